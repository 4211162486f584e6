from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partners.portal.week import ASKED_AT_ONCE, NAMED_AT_HOME
from partners.register.enums import ImportState, StaffRole
from partners.register.models import Spell, StaffMember, StagedImport
from tests.factories.codes import CodeFactory
from tests.factories.register import ManagerLinkFactory, PremisesFactory
from tests.factories.training import RequirementFactory
from tests.partners.portal.test_bulletins import issue

MOST_QUERIES = 20


@pytest.mark.parametrize("staff", (3, 3000))
def test_home_takes_few_queries_whoever_works_there(
    staff, area, index, client_of, django_assert_max_num_queries
):
    """With all that may be on it: posters, bulletins, a list that names nobody."""
    issue(index)
    RequirementFactory.create()
    premises = PremisesFactory.create(area=area)
    link = ManagerLinkFactory.create(premises=premises)
    started_on = timezone.localdate() - timedelta(days=400)
    people = StaffMember.objects.bulk_create(
        StaffMember(organisation=premises.organisation, name=f"Worker {number}")
        for number in range(staff)
    )
    Spell.objects.bulk_create(
        Spell(
            staff_member=person,
            premises=premises,
            role=StaffRole.RECEPTION,
            started_on=started_on,
        )
        for person in people
    )
    now = timezone.now()
    StagedImport.objects.create(
        premises=premises,
        created_by=link.user,
        created_at=now,
        applied_at=now,
        filename="list.csv",
        is_everybody=True,
        state=ImportState.APPLIED,
        missing=[*premises.spells.values_list("pk", flat=True)],
    )
    CodeFactory.create(premises=premises)
    client = client_of(link.user)
    home = reverse("portal:premises", args=[premises.key])
    client.get(home)

    with django_assert_max_num_queries(MOST_QUERIES):
        page = client.get(home)

    assert page.status_code == 200
    assert page.context["coverage"].never_trained == staff
    assert len(page.context["week"].questions) == min(staff, ASKED_AT_ONCE)
    assert len(page.context["week"].due) == min(staff, NAMED_AT_HOME)
    assert page.context["week"].due_unnamed == max(0, staff - NAMED_AT_HOME)
