import pytest

from core.generation import bump, expect_change, watch
from core.models import Area, PublicGeneration
from tests.factories.core import AreaFactory

pytestmark = pytest.mark.django_db


def number() -> int:
    row = PublicGeneration.objects.filter(pk=1).first()
    return row.number if row else 0


def test_bump_counts_on():
    before = number()

    bump()
    bump()

    assert number() == before + 2


def test_expected_change_is_noted(now):
    expect_change(now)

    assert PublicGeneration.objects.get().next_change_at == now


def test_saving_and_deleting_a_watched_row_bumps(request):
    watch(Area)
    area = AreaFactory.create()
    before = number()

    area.save()
    area.delete()

    assert number() == before + 2
