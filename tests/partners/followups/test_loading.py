import pytest

from partners.followups.loading import GapRuleError, load_gap_rules
from partners.followups.models import GapRule
from tests.factories.followups import GapRuleFactory
from tests.factories.learning import ModuleFactory

pytestmark = pytest.mark.django_db


def test_loading_twice_adds_nothing_and_spares_own_rules(area):
    ModuleFactory.create(slug="reception")
    ModuleFactory.create(slug="manager")
    own = GapRuleFactory.create(area=area)
    gone = GapRuleFactory.create(key="from-an-older-release")

    count = load_gap_rules()
    load_gap_rules()

    assert GapRule.objects.filter(is_active=True).count() == count + 1
    own.refresh_from_db()
    gone.refresh_from_db()
    assert (own.is_active, gone.is_active) == (True, False)


def test_unknown_module_is_named():
    with pytest.raises(GapRuleError, match="load modules first"):
        load_gap_rules()

    assert not GapRule.objects.exists()
