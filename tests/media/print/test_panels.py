from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import timezone

from core.panels import panels_for
from media.codes.enums import Prefix
from media.codes.models import ScanCount
from tests.factories.codes import CodeFactory
from tests.factories.register import PremisesFactory, SpellFactory

pytestmark = pytest.mark.django_db


def panel_of(premises, title):
    request = RequestFactory().get("/partners/x/")
    request.user = AnonymousUser()
    panels = panels_for("premises.home", request, premises)
    return next((panel for panel in panels if panel.title == title), None)


def test_posters_panel_bands_openings_and_waits_a_day(area):
    premises = PremisesFactory.create(area=area)
    code = CodeFactory.create(premises=premises)
    CodeFactory.create(premises=premises, retired_on="2026-01-01")
    CodeFactory.create()
    current = timezone.now().replace(minute=0, second=0, microsecond=0)
    for days, openings in ((0, 400), (2, 7), (40, 900)):
        ScanCount.objects.create(
            code=code,
            hour=current - timedelta(days=days),
            kind=Prefix.SCANNED,
            n=openings,
        )

    panel = panel_of(premises, "Posters")

    assert panel.context["openings"] == "5 to 9"
    assert panel.context["codes"] == [code]


def test_slips_panel_counts_people_in_post_once(area):
    premises = PremisesFactory.create(area=area)
    spell = SpellFactory.create(premises=premises)
    SpellFactory.create(premises=premises, staff_member=spell.staff_member, role="bar")
    SpellFactory.create(premises=premises, ended_on="2026-02-01")

    panel = panel_of(premises, "Slips to sign in and learn")

    assert panel.context["people"] == 1


def test_slips_panel_stays_away_while_nobody_is_in_post(area):
    assert (
        panel_of(PremisesFactory.create(area=area), "Slips to sign in and learn")
        is None
    )
