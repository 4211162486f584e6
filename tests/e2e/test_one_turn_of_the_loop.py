"""One turn of the loop as its people walk it, in a real browser, on real input."""

import pytest
from django.utils import timezone

from outbox.models import Message
from partners.register.models import Premises
from partners.training.coverage import coverage_by_premises
from tests.e2e.walk import (
    board,
    cast,
    following_up,
    joining,
    learning,
    poster,
    public,
    staff,
    visiting,
)
from tests.shipped_content import load_shipped_content


@pytest.fixture
def content(transactional_db):
    load_shipped_content(now=timezone.now())


def covered(premises: Premises) -> int:
    day = timezone.localdate()
    return coverage_by_premises(day=day, premises=[premises])[premises.pk].covered


def test_one_turn_of_the_loop(page_at, content, run_jobs, tmp_path):
    people = cast.gather()
    manager, officer = page_at(1280), page_at(1280)
    worker, tester = page_at(390), page_at(390)

    the_public_knows_what_to_do(page_at)
    premises = a_hotel_joins(manager, officer, people, run_jobs)
    slip = the_staff_are_on_the_list(manager, premises, run_jobs)
    a_worker_learns(worker, slip, premises)
    a_poster_hangs(manager, page_at(390), premises)
    visit = a_visit_is_made(officer, tester, manager, people, premises)
    visiting.check_it(page_at(1280), people, visit)
    visiting.release_it(officer, visit, run_jobs)
    briefing, training = following_up.tasks_are_there(visit)
    following_up.manager_was_told(joining.EMAIL)
    note = staff.a_photo_of_the_rota(tmp_path)
    following_up.do_the_work(manager, premises, briefing, note)
    a_worker_learns_again(worker, slip)
    following_up.training_closed_itself(training)
    following_up.verify(officer, briefing, run_jobs)
    following_up.retest_window_is_open(visit)
    board.read_the_board(page_at(1280), people)

    assert list(Message.objects.exclude(state="sent")) == []


def the_public_knows_what_to_do(page_at):
    public.look_things_up(page_at(390))
    public.leave_at_once(page_at(390, has_script=False))
    public.find_help(page_at(390, has_script=False))


def a_hotel_joins(manager, officer, people, run_jobs) -> Premises:
    joining.ask_to_join(manager, run_jobs)
    joining.let_the_hotel_in(officer, people, run_jobs)
    joining.land_in_the_portal(manager)
    return Premises.objects.get()


def the_staff_are_on_the_list(manager, premises, run_jobs) -> learning.Slip:
    staff.add_by_hand(manager, premises)
    staff.add_forty_from_a_spreadsheet(manager, premises, run_jobs)
    staff.mark_one_as_left(manager, premises)
    return staff.print_slips(manager, premises, "Ana Kowalczyk")


def a_worker_learns(worker, slip, premises):
    """Coverage moves at once, and counts the worker only after the certificate."""
    learning.sign_in(worker, slip)
    before = covered(premises)
    learning.finish_the_module(worker, "reception", wrong=1)
    learning.read_certificate(worker, "Ana Kowalczyk")

    assert (before, covered(premises)) == (0, 1)


def a_worker_learns_again(worker, slip):
    learning.sign_in(worker, slip)
    learning.finish_the_module(worker, "reception")
    learning.read_certificate(worker, "Ana Kowalczyk")


def a_poster_hangs(manager, passer_by, premises):
    code = poster.hang_a_poster(manager, premises)
    poster.scan_it(passer_by, premises, code)


def a_visit_is_made(officer, tester, manager, people, premises):
    visit = visiting.plan_it(officer, people, premises)
    visiting.see_nothing_of_it(manager, premises, visit)
    visiting.record_it(tester, people, visit)
    visiting.see_nothing_of_it(manager, premises, visit)
    return visit
