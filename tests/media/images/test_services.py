from datetime import date

import pytest

from core.models import PublicGeneration
from media.images.services import make_pages_old_when_something_ended
from tests.factories.images import SiteImageFactory, SiteVideoFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 18)
YESTERDAY = date(2026, 11, 17)


def generation():
    return PublicGeneration.objects.values_list("number", flat=True).first()


@pytest.mark.parametrize("factory", (SiteImageFactory, SiteVideoFactory))
@pytest.mark.parametrize("field", ("licence_until", "consent_until"))
def test_pages_are_drawn_anew_the_day_after_the_last(factory, field):
    factory.create(**{field: YESTERDAY})
    before = generation()

    assert make_pages_old_when_something_ended(today=TODAY)

    assert generation() == before + 1


@pytest.mark.parametrize("last", (TODAY, date(2026, 11, 16), None))
def test_pages_stay_on_other_days(last):
    SiteImageFactory.create(consent_until=last)
    before = generation()

    assert not make_pages_old_when_something_ended(today=TODAY)

    assert generation() == before


def test_pages_drawn_anew_twice_are_the_same_pages():
    SiteImageFactory.create(consent_until=YESTERDAY)

    assert make_pages_old_when_something_ended(today=TODAY)
    assert make_pages_old_when_something_ended(today=TODAY)
