import pytest

from campaigns.signs.enums import Audience, FlagReason, Harm, SignStatus
from campaigns.signs.models import Sign, SignWording, UseFlag
from campaigns.signs.services import SignError, add_sign, change_sign, clear_flag
from core.enums import UseKind
from core.models import AuditEvent
from core.uses import Use
from core.wording import fingerprint
from tests.factories.signs import (
    SignFactory,
    SignWordingFactory,
    TranslationFactory,
    UseFlagFactory,
)

CASH = "An adult pays in cash."


@pytest.fixture
def sign(db: None, used_in, hotel_page) -> Sign:
    """Return a sign with English and confirmed Polish words, placed on one page."""
    sign = SignFactory.create(key="pays-cash")
    SignWordingFactory.create(sign=sign, text=CASH)
    TranslationFactory.create(sign=sign, english=CASH, confirmed_by="Ana Novak")
    used_in.append(("pays-cash", hotel_page))
    return sign


def change(sign, actor, now, *, is_same_meaning=False, text="", polish=None, **fields):
    """Change the sign as the admin's form does: in memory, then by the service."""
    for name, value in fields.items():
        setattr(sign, name, value)
    rows = {row.language: row for row in sign.wordings.all()}
    if text:
        rows["en"].text = text
    for name, value in (polish or {}).items():
        setattr(rows["pl"], name, value)
    sign.wordings.set(rows.values())
    return change_sign(sign=sign, is_same_meaning=is_same_meaning, actor=actor, now=now)


def wording(language):
    return SignWording.objects.get(language=language)


def test_material_change_flags_each_use_and_ages_translations(sign, editor, now):
    flags = change(sign, editor, now, text="A guest pays in cash.")

    (flag,) = UseFlag.objects.all()
    assert flags == [flag]
    assert (flag.sign, flag.kind, flag.reference) == (sign, UseKind.PAGE, "page:7")
    assert (flag.title, flag.url) == ("At the desk", "/cms/pages/7/edit/")
    assert (flag.reason, flag.raised_at) == (FlagReason.WORDS, now)
    assert wording("en").same_meaning == []
    assert wording("pl").source_hash == fingerprint(CASH)


def test_cosmetic_change_flags_nothing_and_keeps_translations(sign, editor, now):
    change(sign, editor, now, text="An adult pays cash.", is_same_meaning=True)
    change(sign, editor, now, text="Adults pay cash.", is_same_meaning=True)

    assert UseFlag.objects.count() == 0
    assert wording("en").same_meaning == [
        fingerprint(CASH),
        fingerprint("An adult pays cash."),
    ]


def test_material_change_forgets_what_meant_the_same(sign, editor, now):
    change(sign, editor, now, text="An adult pays cash.", is_same_meaning=True)

    change(sign, editor, now, text="A guest pays by card.")

    assert wording("en").same_meaning == []


@pytest.mark.parametrize(
    ("fields", "reason"),
    (
        ({"status": SignStatus.RETIRED}, FlagReason.HIDDEN),
        ({"status": SignStatus.DRAFT}, FlagReason.HIDDEN),
        ({"harm": Harm.ONLINE}, FlagReason.HARM),
    ),
)
def test_change_of_what_the_public_is_shown_flags(sign, editor, now, fields, reason):
    change(sign, editor, now, is_same_meaning=True, **fields)

    assert UseFlag.objects.get().reason == reason


@pytest.mark.parametrize(
    "fields", ({"source": "a-source"}, {"position": 3}, {"polish": {"text": "Gotówka"}})
)
def test_change_the_english_reader_cannot_see_flags_nothing(sign, editor, now, fields):
    assert change(sign, editor, now, **fields) == []


def test_words_that_are_taken_away_flag(sign, editor, now):
    sign.wordings.set([])

    change_sign(sign=sign, is_same_meaning=False, actor=editor, now=now)

    assert UseFlag.objects.get().reason == FlagReason.WORDS
    assert SignWording.objects.count() == 0


def test_use_gained_by_the_change_is_flagged_too(sign, editor, now, used_in):
    """A sign moved to another kind of harm leaves one page and comes to another."""
    before = used_in[0][1]
    after = Use(UseKind.PAGE, "page:8", "Online", "")

    class Moving(list):
        def __iter__(self):
            is_moved = Sign.objects.get(pk=sign.pk).harm == Harm.ONLINE
            return iter([("pays-cash", after if is_moved else before)])

    from core import uses  # noqa: PLC0415 -- replaced by the fixture for this test

    uses._finders["sign"] = [Moving]

    change(sign, editor, now, harm=Harm.ONLINE)

    assert sorted(UseFlag.objects.values_list("reference", flat=True)) == [
        "page:7",
        "page:8",
    ]


def test_second_change_keeps_one_open_flag_with_the_newest_reason(sign, editor, now):
    change(sign, editor, now, text="A guest pays in cash.")

    change(sign, editor, now, status=SignStatus.RETIRED)

    assert UseFlag.objects.get().reason == FlagReason.HIDDEN


def test_change_after_a_flag_was_cleared_raises_another(sign, editor, now):
    (flag,) = change(sign, editor, now, text="A guest pays in cash.")
    clear_flag(flag=flag, actor=editor, note="", now=now)

    change(sign, editor, now, text="A guest pays cash again.")

    assert UseFlag.objects.open().count() == 1
    assert UseFlag.objects.count() == 2


def test_new_words_of_a_translation_lose_their_confirmation(sign, editor, now):
    change(sign, editor, now, polish={"text": "Gotówka."})

    assert wording("pl").confirmed_by == ""
    assert wording("pl").source_hash == fingerprint(CASH)


def test_translation_made_again_with_the_english_is_current(sign, editor, now):
    change(sign, editor, now, text="In cash.", polish={"text": "Gotówką."})

    assert wording("pl").source_hash == fingerprint("In cash.")


def test_change_is_audited_with_what_follows(sign, editor, now):
    change(sign, editor, now, text="A guest pays in cash.")

    changed, flagged = AuditEvent.objects.filter(verb__startswith="sign.").order_by(
        "pk"
    )
    assert (changed.verb, changed.actor_id) == ("sign.changed", editor.pk)
    assert changed.facts == {
        "key": "pays-cash",
        "status": ["verified", "verified"],
        "english": ["reception"],
        "is_same_meaning": False,
        "reason": "words",
    }
    assert (flagged.verb, flagged.actor_id) == ("sign.uses_flagged", editor.pk)
    assert flagged.facts == {"reason": "words", "uses": ["page:page:7"]}


@pytest.mark.parametrize(
    ("status", "count"), ((SignStatus.VERIFIED, 1), (SignStatus.DRAFT, 0))
)
def test_new_sign_flags_the_pages_that_show_it_at_once(
    editor, now, used_in, hotel_page, status, count
):
    used_in.append(("new", hotel_page))
    sign = Sign(key="new", status=status)
    sign.wordings.set(
        [
            SignWording(audience=Audience.TAXI, language="en", text="One"),
            SignWording(audience=Audience.TAXI, language="pl", text="Raz"),
        ]
    )

    flags = add_sign(sign=sign, actor=editor, now=now)

    assert [flag.reason for flag in flags] == [FlagReason.SHOWN] * count
    assert wording("pl").source_hash == fingerprint("One")
    assert AuditEvent.objects.get(verb="sign.added").facts == {
        "key": "new",
        "status": status,
    }


def test_clear_flag_notes_who_and_when(editor, now):
    flag = UseFlagFactory.create()

    clear_flag(flag=flag, actor=editor, note="Read again", now=now)

    assert (flag.cleared_by, flag.cleared_at, flag.note) == (editor, now, "Read again")
    event = AuditEvent.objects.get(verb="useflag.cleared")
    assert (event.actor_id, event.facts) == (
        editor.pk,
        {"sign": flag.sign.key, "note": "Read again"},
    )


def test_clear_flag_refuses_what_someone_else_has_cleared(editor, now):
    flag = UseFlagFactory.create(cleared_at=now, cleared_by=editor)

    with pytest.raises(SignError, match="Someone else has looked"):
        clear_flag(flag=flag, actor=editor, note="", now=now)

    assert AuditEvent.objects.filter(verb="useflag.cleared").count() == 0
