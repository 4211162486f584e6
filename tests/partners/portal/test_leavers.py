from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEvent
from core.personal_data import sections_about
from partners.portal import services
from partners.portal.models import StillHere
from partners.portal.services import PortalError
from partners.portal.week import ASK_AGAIN_AFTER, SILENT_AFTER, questions_of
from partners.register.enums import ImportState
from partners.register.models import StagedImport
from partners.register.services import RegisterError, mark_left
from tests.factories.learning import ModuleFactory, ModuleVersionFactory
from tests.factories.register import (
    ManagerLinkFactory,
    OrganisationFactory,
    PremisesFactory,
    SpellFactory,
)
from tests.factories.training import (
    AttemptFactory,
    CompletionFactory,
    ProgressFactory,
    RequirementFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(area):
    return ManagerLinkFactory.create(premises__area=area)


@pytest.fixture
def premises(link):
    return link.premises


@pytest.fixture
def right_now():
    """Return the moment of the page: the home reads the clock itself."""
    return timezone.now()


@pytest.fixture
def module():
    module = ModuleFactory.create(title="At reception")
    ModuleVersionFactory.create(module=module)
    RequirementFactory.create(module=module)
    return module


def listed_without(premises, link, spells, *, now, **fields):
    return StagedImport.objects.create(
        premises=premises,
        created_by=link.user,
        created_at=now - timedelta(days=5),
        applied_at=now - timedelta(days=5),
        filename="list.csv",
        is_everybody=True,
        missing=[spell.pk for spell in spells],
        **{"state": ImportState.APPLIED, **fields},
    )


def asked_about(premises, now):
    found = questions_of(premises, today=timezone.localdate(now))
    return [question.spell for question in found]


def test_whom_a_list_of_everybody_leaves_out_is_asked_about(premises, link, right_now):
    here, gone = SpellFactory.create_batch(2, premises=premises)
    listed_without(premises, link, [gone], now=right_now)

    (question,) = questions_of(premises, today=timezone.localdate(right_now))

    assert question.spell == gone
    assert question.why.startswith("Not on your list of everybody of ")
    assert question.last_day == timezone.localdate(right_now) - timedelta(days=5)
    assert here not in asked_about(premises, right_now)


@pytest.mark.parametrize(
    "fields",
    (
        {"state": ImportState.UNDONE},
        {"state": ImportState.CHECKED},
        {"is_everybody": False},
    ),
)
def test_other_lists_ask_about_nobody(premises, link, right_now, fields):
    gone = SpellFactory.create(premises=premises)
    staged = listed_without(premises, link, [gone], now=right_now)
    StagedImport.objects.filter(pk=staged.pk).update(**fields)

    assert asked_about(premises, right_now) == []


def test_a_newer_list_that_names_them_ends_the_question(premises, link, right_now):
    gone = SpellFactory.create(premises=premises)
    listed_without(premises, link, [gone], now=right_now)
    listed_without(premises, link, [], now=right_now + timedelta(days=1))

    assert asked_about(premises, right_now) == []


def overdue_since(module, premises, now, *, days):
    """Put somebody in post whose training ran out so many days ago."""
    today = timezone.localdate(now)
    spell = SpellFactory.create(
        premises=premises, started_on=today - timedelta(days=700)
    )
    CompletionFactory.create(
        staff_member=spell.staff_member,
        module=module,
        valid_from=today - timedelta(days=600),
        valid_until=today - timedelta(days=days),
    )
    return spell


def test_who_is_long_overdue_and_silent_is_asked_about(premises, module, right_now):
    long = overdue_since(module, premises, right_now, days=SILENT_AFTER.days + 2)
    overdue_since(module, premises, right_now, days=SILENT_AFTER.days - 2)

    (question,) = questions_of(premises, today=timezone.localdate(right_now))

    assert question.spell == long
    assert question.why.startswith("Training overdue since ")
    assert question.last_day == timezone.localdate(right_now)


@pytest.mark.parametrize("seen", ("attempt", "progress"))
def test_who_was_seen_lately_is_not_asked_about(premises, module, right_now, seen):
    spell = overdue_since(module, premises, right_now, days=SILENT_AFTER.days + 2)
    moment = right_now - timedelta(days=3)
    version = module.versions.get(number=1)
    if seen == "attempt":
        AttemptFactory.create(
            staff_member=spell.staff_member,
            version=version,
            started_at=moment,
            is_passed=False,
        )
    else:
        ProgressFactory.create(
            staff_member=spell.staff_member, version=version, started_at=moment
        )

    assert asked_about(premises, right_now) == []


def test_one_tap_marks_as_left_on_the_day_named(premises, link, right_now, client_of):
    gone = SpellFactory.create(premises=premises, staff_member__name="Bo Gone")
    staged = listed_without(premises, link, [gone], now=right_now)
    client = client_of(link.user)
    home = reverse("portal:premises", args=[premises.key])
    assert "Bo Gone" in client.get(home).text

    done = client.post(
        reverse("portal:answer-leaver", args=[premises.key]),
        {"spell": gone.pk, "answer": "left"},
        follow=True,
    )

    gone.refresh_from_db()
    staged.refresh_from_db()
    assert gone.ended_on == timezone.localdate(right_now) - timedelta(days=5)
    assert staged.missing == []
    assert "Bo Gone is marked as left, last day" in done.text
    assert "Have they left?" not in done.text
    assert AuditEvent.objects.filter(verb="spell.ended", actor_id=link.user.pk).count()


def test_one_tap_marks_who_is_silent(premises, link, module, right_now):
    spell = overdue_since(module, premises, right_now, days=200)

    services.say_left(
        premises=premises, spell_id=spell.pk, actor=link.user, now=right_now
    )

    spell.refresh_from_db()
    assert spell.ended_on == timezone.localdate(right_now)


def test_who_is_still_here_is_not_asked_about_again_for_a_while(
    premises, link, module, right_now
):
    spell = overdue_since(module, premises, right_now, days=200)

    answer = services.say_still_here(
        premises=premises, spell_id=spell.pk, actor=link.user, now=right_now
    )

    assert (answer.spell, answer.said_by) == (spell, link.user)
    assert AuditEvent.objects.get(verb="spell.still_here").actor_id == link.user.pk
    assert asked_about(premises, right_now) == []


def test_the_answer_is_in_the_copy_of_a_persons_data(premises, link, right_now):
    spell = SpellFactory.create(premises=premises)
    other = SpellFactory.create(premises=premises)
    StillHere.objects.create(spell=spell, said_by=link.user, said_at=right_now)

    (section,) = [
        one
        for one in sections_about(spell.staff_member)
        if one.title == "Said to work here still"
    ]

    assert [row["Premises"] for row in section.rows] == [premises.name]
    assert "Said to work here still" not in [
        one.title for one in sections_about(other.staff_member)
    ]


def test_an_old_answer_is_asked_for_again(premises, link, module, right_now):
    spell = overdue_since(module, premises, right_now, days=200)
    long_ago = right_now - ASK_AGAIN_AFTER - timedelta(days=1)
    StillHere.objects.create(spell=spell, said_by=link.user, said_at=long_ago)

    assert asked_about(premises, right_now) == [spell]


def test_a_list_after_the_answer_asks_again(premises, link, right_now):
    spell = SpellFactory.create(premises=premises)
    staged = listed_without(premises, link, [spell], now=right_now)
    before, after = timedelta(hours=-1), timedelta(hours=1)
    StillHere.objects.create(
        spell=spell, said_by=link.user, said_at=staged.created_at + before
    )
    asked = asked_about(premises, right_now)
    StillHere.objects.create(
        spell=spell, said_by=link.user, said_at=staged.created_at + after
    )

    assert asked == [spell]
    assert asked_about(premises, right_now) == []


def test_what_is_answered_already_is_refused(premises, link, right_now):
    spell = SpellFactory.create(premises=premises)
    asked = {"premises": premises, "spell_id": spell.pk, "actor": link.user}

    with pytest.raises(PortalError, match="answered already"):
        services.say_left(**asked, now=right_now)
    with pytest.raises(PortalError, match="answered already"):
        services.say_still_here(**asked, now=right_now)
    assert not StillHere.objects.exists()


def test_people_of_another_place_cannot_be_answered_for(
    premises, link, right_now, client_of
):
    elsewhere = PremisesFactory.create()
    theirs = SpellFactory.create(premises=elsewhere)
    listed_without(elsewhere, link, [theirs], now=right_now)
    client = client_of(link.user)

    for place in (premises, elsewhere):
        client.post(
            reverse("portal:answer-leaver", args=[place.key]),
            {"spell": theirs.pk, "answer": "left"},
        )

    theirs.refresh_from_db()
    assert theirs.ended_on is None


def test_people_of_an_owner_before_are_not_asked_about(premises, link, right_now):
    spell = SpellFactory.create(
        premises=premises, staff_member__organisation=OrganisationFactory.create()
    )
    listed_without(premises, link, [spell], now=right_now)

    assert asked_about(premises, right_now) == []


def test_somebody_marked_meanwhile_is_refused_in_words(
    premises, link, module, right_now
):
    spell = overdue_since(module, premises, right_now, days=200)
    mark_left(
        spell=spell,
        last_day=timezone.localdate(right_now),
        actor=link.user,
        now=right_now,
    )

    with pytest.raises((PortalError, RegisterError)):
        services.say_left(
            premises=premises, spell_id=spell.pk, actor=link.user, now=right_now
        )


@pytest.mark.parametrize("data", ({}, {"spell": "x", "answer": "left"}))
def test_an_answer_without_sense_is_told_so(premises, link, client_of, data):
    page = client_of(link.user).post(
        reverse("portal:answer-leaver", args=[premises.key]), data, follow=True
    )

    assert "Choose one of the two answers." in page.text


@pytest.mark.parametrize("item_count", (1, 3))
def test_page_of_questions_query_count(
    premises, link, right_now, client_of, django_assert_num_queries, item_count
):
    gone = SpellFactory.create_batch(item_count, premises=premises)
    listed_without(premises, link, gone, now=right_now)
    client = client_of(link.user)
    path = reverse("portal:leavers", args=[premises.key])
    client.get(path)

    with django_assert_num_queries(8):
        page = client.get(path)

    assert len(page.context["questions"]) == item_count


@pytest.mark.parametrize("item_count", (5, 6))
def test_home_shows_five_and_where_the_others_are(
    premises, link, right_now, client_of, item_count
):
    gone = SpellFactory.create_batch(item_count, premises=premises)
    listed_without(premises, link, gone, now=right_now)

    page = client_of(link.user).get(reverse("portal:premises", args=[premises.key]))

    assert page.text.count('value="here"') == 5
    assert ("All 6 we ask about" in page.text) == (item_count == 6)
