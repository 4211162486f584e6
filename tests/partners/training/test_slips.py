from datetime import timedelta

import pytest

from core.models import AuditEvent
from outbox.models import Message
from partners.training.models import Slip
from partners.training.services import (
    NotOnTheListError,
    SlipExpiredError,
    SlipLockedError,
    SlipReplacedError,
    TrainingError,
    WrongCodeOrPinError,
    print_slips,
    sign_in,
)
from tests.factories.register import SpellFactory
from tests.partners.training.conftest import print_slip


def enter(printed, now, **changes):
    typed = {
        "staff_code": printed.staff_code,
        "personal_code": printed.code,
        "pin": printed.pin,
        **changes,
    }
    return sign_in(**typed, now=now)


def other_pin(printed):
    return "000000" if printed.pin != "000000" else "111111"


def guess_wrong(printed, now, times):
    for _ in range(times):
        with pytest.raises(WrongCodeOrPinError):
            enter(printed, now, pin=other_pin(printed))


def test_slip_signs_in_however_it_is_typed(desk, slip, now):
    typed = enter(
        slip,
        now,
        staff_code=f" {slip.staff_code.lower()} ",
        personal_code=slip.code.lower().replace("0", "o").replace("1", "l"),
        pin=f"{slip.pin[:3]} {slip.pin[3:]}",
    )

    assert typed.staff_member == desk.person
    assert len(slip.pin) == 6
    assert len(slip.code) == 5


def test_pin_is_not_kept(slip):
    kept = Slip.objects.get()

    assert slip.pin not in {kept.code, kept.pin_hmac}
    assert len(kept.pin_hmac) == 64


def test_printing_is_audited_without_names_or_codes(desk, slip):
    event = AuditEvent.objects.get()

    assert (event.verb, event.actor) == ("slips.printed", desk.manager)
    assert event.facts == {"slips": [Slip.objects.get().pk]}


def test_printing_for_many_gives_each_a_code(desk, now):
    people = [
        desk.person,
        *(SpellFactory.create(premises=desk.premises).staff_member for _ in range(2)),
    ]

    printed = print_slips(
        premises=desk.premises, staff_members=people, actor=desk.manager, now=now
    )

    assert [slip.name for slip in printed] == [person.name for person in people]
    assert len({slip.code for slip in printed}) == 3


def test_printing_is_refused_for_someone_without_a_post(desk, now):
    stranger = SpellFactory.create().staff_member

    with pytest.raises(TrainingError, match="is not on the staff list"):
        print_slips(
            premises=desk.premises,
            staff_members=[desk.person, stranger],
            actor=desk.manager,
            now=now,
        )

    assert Slip.objects.count() == 0


def test_unknown_code_and_wrong_pin_are_refused_with_the_same_words(slip, now):
    with pytest.raises(WrongCodeOrPinError) as wrong_pin:
        enter(slip, now, pin=other_pin(slip))
    with pytest.raises(WrongCodeOrPinError) as unknown_code:
        enter(slip, now, personal_code="ZZZZZ")
    with pytest.raises(WrongCodeOrPinError) as unknown_premises:
        enter(slip, now, staff_code="NOWHERE")

    sentences = {str(wrong_pin.value), str(unknown_code.value)}
    assert sentences == {str(unknown_premises.value)}


def test_slip_of_another_premises_is_unknown(slip, now):
    elsewhere = SpellFactory.create().premises

    with pytest.raises(WrongCodeOrPinError):
        enter(slip, now, staff_code=elsewhere.staff_code)


def test_five_wrong_pins_lock_the_slip_and_tell_the_manager(desk, slip, now):
    guess_wrong(slip, now, 4)
    with pytest.raises(SlipLockedError, match="Ask your manager for a new slip"):
        enter(slip, now, pin=other_pin(slip))
    with pytest.raises(SlipLockedError):
        enter(slip, now)

    kept = Slip.objects.get()
    assert (kept.wrong_pins, kept.locked_at) == (5, now)
    verbs = AuditEvent.objects.about(kept).order_by("pk")
    assert [event.verb for event in verbs] == [*["slip.wrong_pin"] * 5, "slip.locked"]
    message = Message.objects.get()
    assert message.recipient == desk.manager
    assert message.subject == f"A training slip at {desk.premises} is locked"
    assert "Ana Kowalska" in message.body


def test_right_pin_forgets_wrong_ones(slip, now):
    guess_wrong(slip, now, 4)
    enter(slip, now)
    guess_wrong(slip, now, 4)

    assert Slip.objects.get().locked_at is None


def test_new_slip_opens_what_was_locked(desk, slip, now):
    guess_wrong(slip, now, 4)
    with pytest.raises(SlipLockedError):
        enter(slip, now, pin=other_pin(slip))

    assert enter(print_slip(desk, now), now).staff_member == desk.person


def test_replaced_slip_says_that_there_is_a_newer_one(desk, slip, now):
    newer = print_slip(desk, now)

    with pytest.raises(SlipReplacedError, match="There is a newer slip"):
        enter(slip, now)
    guess_wrong(slip, now, 6)
    assert enter(newer, now).staff_member == desk.person


def test_slip_runs_out_after_sixty_days(slip, now):
    assert enter(slip, now + timedelta(days=60, seconds=-1))
    with pytest.raises(SlipExpiredError, match="has run out"):
        enter(slip, now + timedelta(days=60))


def test_leaver_is_told_only_with_the_right_pin(desk, slip, now):
    desk.spell.ended_on = (now - timedelta(days=1)).date()
    desk.spell.save()

    with pytest.raises(NotOnTheListError):
        enter(slip, now)
    with pytest.raises(WrongCodeOrPinError):
        enter(slip, now, pin=other_pin(slip))


def test_page_refuses_with_a_sentence_and_keeps_what_was_typed(client, slip):
    refused = client.post(
        "/train/",
        {"staff_code": slip.staff_code, "personal_code": slip.code, "pin": "1"},
    )

    shown = refused.content.decode()
    assert refused.status_code == 422
    assert "The codes and the PIN do not belong together." in shown
    assert f'value="{slip.code}"' in shown
    assert "learner" not in client.session


def test_page_asks_for_what_is_missing(client, db):
    refused = client.post("/train/", {"staff_code": "ABC"})

    assert refused.status_code == 422
    assert refused.context["form"].errors == {
        "personal_code": ["Enter your own code from your slip."],
        "pin": ["Enter the PIN from your slip."],
    }
