import tomllib

import pytest

from core.models import AuditEvent
from partners.visits.loading import CHECKLISTS, ChecklistError, load_checklists
from partners.visits.models import ChecklistItem, ChecklistVersion, Scenario
from tests.factories.learning import ModuleFactory
from tests.factories.visits import SignFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def references():
    items = [
        item
        for scenario in tomllib.loads(CHECKLISTS.read_text())["scenario"]
        for item in scenario["item"]
    ]
    for key in {item["sign"] for item in items}:
        SignFactory.create(key=key)
    for slug in {item["module"] for item in items}:
        ModuleFactory.create(slug=slug)


def test_loading_twice_adds_nothing(references, now):
    assert load_checklists(now=now) == 2
    assert load_checklists(now=now) == 0

    assert Scenario.objects.count() == 2
    assert ChecklistVersion.objects.count() == 2
    assert ChecklistItem.objects.count() == 16
    assert AuditEvent.objects.filter(verb="checklist.published").count() == 2


def test_changed_item_makes_a_new_version(references, now, tmp_path):
    load_checklists(now=now)
    changed = tmp_path / "checklists.toml"
    changed.write_text(CHECKLISTS.read_text().replace("photo ID.", "proof of age.", 1))

    assert load_checklists(now=now, path=changed) == 1

    numbers = ChecklistVersion.objects.values_list("scenario__slug", "number")
    assert sorted(numbers) == [
        ("hotel-phone-booking", 1),
        ("hotel-walk-in", 1),
        ("hotel-walk-in", 2),
    ]


def test_unknown_sign_or_module_is_named(now):
    with pytest.raises(ChecklistError, match="load signs and modules first"):
        load_checklists(now=now)

    assert not Scenario.objects.exists()
