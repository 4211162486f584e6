import pytest

from core.enums import UseKind
from core.uses import Use
from partners.visits.enums import Step
from partners.visits.uses import checklists_that_name_signs
from tests.factories.signs import SignFactory
from tests.factories.visits import ChecklistItemFactory, ChecklistVersionFactory

pytestmark = pytest.mark.django_db


def test_newest_checklist_names_its_signs_but_no_scenario():
    old = ChecklistVersionFactory.create(scenario__title="Young person, cash")
    new = ChecklistVersionFactory.create(scenario=old.scenario, number=2)
    ChecklistItemFactory.create(version=old, sign=SignFactory.create(key="old"))
    ChecklistItemFactory.create(version=new, sign=SignFactory.create(key="cash"))
    ChecklistItemFactory.create(version=new, step=Step.NOTICED)

    (found,) = checklists_that_name_signs()

    assert found == (
        "cash",
        Use(
            UseKind.CHECKLIST,
            f"scenario:{old.scenario_id}",
            "Checklist for test visits: Covert walk-in",
        ),
    )


@pytest.mark.parametrize("item_count", (1, 3))
def test_uses_of_checklists_ask_once(django_assert_num_queries, item_count):
    for _ in range(item_count):
        ChecklistItemFactory.create(sign=SignFactory.create())

    with django_assert_num_queries(1):
        found = [*checklists_that_name_signs()]

    assert len(found) == item_count
