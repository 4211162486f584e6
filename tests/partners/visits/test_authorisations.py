from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from core.models import AuditEvent
from partners.visits import services
from partners.visits.models import Authorisation
from partners.visits.services import Decision, VisitError
from tests.factories.accounts import UserFactory
from tests.factories.core import AreaFactory
from tests.factories.visits import AuthorisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision(area):
    def decide(**changes):
        fields = {
            "area": area,
            "reference": "AUTH-7",
            "decision_maker": "Superintendent",
            "decided_on": date(2026, 11, 2),
            "legal_check": "Legal services, 2 November: none needed",
            "data_protection": "Version 3, 1 October",
            "review_on": date(2027, 2, 1),
        } | changes
        return Decision(**fields)

    return decide


def test_decision_is_kept_with_who_entered_it(decision, officer, area, now):
    kept = services.enter_authorisation(
        decision=decision(reference=" AUTH-7 "),
        actor=officer,
        now=now,
        today=now.date(),
    )

    kept.refresh_from_db()
    assert (kept.area, kept.reference, kept.review_on) == (
        area,
        "AUTH-7",
        date(2027, 2, 1),
    )
    assert (kept.entered_by, kept.entered_at) == (officer, now)
    assert AuditEvent.objects.get(verb="authorisation.entered").actor == officer


@pytest.mark.parametrize(
    ("changes", "sentence"),
    (
        ({"reference": " "}, "Give the reference"),
        ({"decision_maker": ""}, "who decided"),
        ({"legal_check": ""}, "the legal check"),
        ({"data_protection": " "}, "data-protection assessment"),
        ({"decided_on": date(2026, 11, 19)}, "cannot lie in the future"),
        ({"review_on": date(2026, 11, 17)}, "The review date has passed"),
    ),
)
def test_decision_is_refused_by_half(decision, officer, now, changes, sentence):
    with pytest.raises(VisitError, match=sentence):
        services.enter_authorisation(
            decision=decision(**changes), actor=officer, now=now, today=now.date()
        )

    assert not Authorisation.objects.exists()


def test_decision_for_an_area_of_others_is_refused(decision, officer, area, now):
    editor = UserFactory.create(roles=[Role.EDITOR], areas=[area])
    calls = ((officer, AreaFactory.create()), (editor, area))

    for actor, where in calls:
        with pytest.raises(VisitError, match="belongs to other officers"):
            services.enter_authorisation(
                decision=decision(area=where), actor=actor, now=now, today=now.date()
            )


def test_decision_covers_its_area_and_days(area):
    force = AreaFactory.create(kind="force")
    district = AreaFactory.create(parent=force)
    row = AuthorisationFactory.create(
        area=force, decided_on=date(2026, 11, 2), review_on=date(2026, 11, 30)
    )

    assert row.covers(force, date(2026, 11, 2))
    assert row.covers(district, date(2026, 11, 30))
    assert not row.covers(district, date(2026, 11, 1))
    assert not row.covers(district, date(2026, 12, 1))
    assert not row.covers(area, date(2026, 11, 30))


def test_what_was_entered_is_never_changed(area):
    row = AuthorisationFactory.create(area=area)

    for change in (
        lambda: Authorisation.objects.filter(pk=row.pk).update(reference="other"),
        lambda: Authorisation.objects.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


@pytest.mark.parametrize("item_count", (1, 3))
def test_list_shows_the_own_areas(
    client_of, officer, area, item_count, django_assert_num_queries
):
    shown = [AuthorisationFactory.create(area=area) for _ in range(item_count)]
    AuthorisationFactory.create()
    client = client_of(officer)
    client.get(reverse("visits_admin:authorisations"))

    with django_assert_num_queries(14):
        response = client.get(reverse("visits_admin:authorisations"))

    assert set(response.context["page"].object_list) == set(shown)


def test_entering_by_form(client_of, officer, area):
    today = timezone.localdate()
    values = {
        "area": area.pk,
        "reference": "AUTH-9",
        "decision_maker": "Superintendent",
        "decided_on": today.isoformat(),
        "legal_check": "Legal, 1 May, none needed",
        "data_protection": "Version 3",
        "review_on": (today + timedelta(days=90)).isoformat(),
    }
    client = client_of(officer)
    address = reverse("visits_admin:authorisation-add")
    yesterday = (today - timedelta(days=1)).isoformat()
    past = {**values, "decided_on": yesterday, "review_on": yesterday}
    turned = {**values, "review_on": yesterday}

    refused = client.post(address, past)
    assert "The review lies before the decision" in client.post(address, turned).text
    accepted = client.post(address, values)

    assert refused.status_code == 422
    assert "The review date has passed" in refused.text
    assert 'value="AUTH-9"' in refused.text
    assert accepted.url == reverse("visits_admin:authorisations")
    assert Authorisation.objects.get().entered_by == officer
    assert "AUTH-9" in client.get(accepted.url).text


@pytest.mark.parametrize("name", ("authorisations", "authorisation-add"))
def test_others_find_nothing(client_of, area, name):
    AuthorisationFactory.create(area=area)
    for role in (Role.EDITOR, Role.TESTER, Role.BOARD):
        person = UserFactory.create(roles=[role], areas=[area])
        assert client_of(person).get(reverse(f"visits_admin:{name}")).status_code in {
            302,
            403,
            404,
        }
