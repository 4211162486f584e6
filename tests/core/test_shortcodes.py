import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import shortcodes

bodies = st.text(shortcodes.ALPHABET, min_size=7, max_size=7)


@given(body=bodies, place=st.integers(0, 6), other=st.sampled_from(shortcodes.ALPHABET))
def test_check_character_notices_every_single_wrong_character(body, place, other):
    code = body + shortcodes.check_character(body)
    wrong = code[:place] + other + code[place + 1 :]

    assert shortcodes.is_well_formed(wrong, length=8) is (wrong == code)


@pytest.mark.parametrize(
    ("written", "read"),
    (("abo1", "AB01"), ("A-B 0I", "AB01"), ("l", "1"), ("ÄB", "ÄB")),
)
def test_fold_reads_codes_as_people_write_them(written, read):
    assert shortcodes.fold(written) == read


def test_is_well_formed_refuses_foreign_characters_and_lengths():
    code = shortcodes.new_code(8)

    assert shortcodes.is_well_formed(code, length=8)
    assert not shortcodes.is_well_formed(code, length=6)
    assert not shortcodes.is_well_formed("ÄÖÜ45678", length=8)
    assert not shortcodes.is_well_formed("", length=8)
