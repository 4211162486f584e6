import pytest

from campaigns.learning.uses import modules_that_name_signs
from core.enums import UseKind
from core.uses import Use
from tests.factories.learning import (
    ModuleFactory,
    ModuleVersionFactory,
    module_content,
)

pytestmark = pytest.mark.django_db


def content(*, lesson: list[str], question: list[str] | None = None):
    words = module_content()
    words["lessons"][0]["parts"].append({"kind": "signs", "keys": lesson})
    if question is not None:
        words["questions"][0]["signs"] = question
    return words


def test_newest_version_names_its_signs():
    module = ModuleFactory.create(title="At reception")
    ModuleVersionFactory.create(module=module, content=content(lesson=["old"]))
    ModuleVersionFactory.create(
        module=module, number=2, content=content(lesson=["cash"], question=["bags"])
    )

    found = [*modules_that_name_signs()]

    use = Use(
        UseKind.MODULE,
        f"module:{module.pk}",
        "At reception",
        f"/cms/modules/inspect/{module.pk}/",
    )
    assert found == [("cash", use), ("bags", use)]


@pytest.mark.parametrize("module_count", (1, 3))
def test_uses_of_modules_ask_once(django_assert_num_queries, module_count):
    for _ in range(module_count):
        ModuleVersionFactory.create(content=content(lesson=["cash"]))

    with django_assert_num_queries(1):
        found = [*modules_that_name_signs()]

    assert len(found) == module_count
