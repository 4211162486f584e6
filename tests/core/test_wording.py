import pytest

from core.enums import TranslationState
from core.wording import fingerprint, state_of

OLD, NEW = fingerprint("Ring 101"), fingerprint("Ring 999")


def test_fingerprint_keeps_texts_apart():
    assert fingerprint("a", "b") != fingerprint("ab")
    assert fingerprint("a ") == fingerprint("a")


@pytest.mark.parametrize(
    ("source", "same_meaning", "state"),
    (
        (NEW, (), TranslationState.CURRENT),
        (OLD, (OLD,), TranslationState.COSMETIC),
        (OLD, (), TranslationState.MATERIAL),
    ),
)
def test_state_follows_the_english_words(source, same_meaning, state):
    found = state_of(source_hash=source, current_hash=NEW, same_meaning=same_meaning)

    assert found == state
