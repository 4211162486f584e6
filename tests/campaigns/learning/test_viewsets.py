import pytest

from accounts.enums import Role
from tests.factories.accounts import UserFactory
from tests.factories.learning import ModuleFactory, ModuleVersionFactory


@pytest.fixture
def editor(area):
    return UserFactory.create(roles=[Role.EDITOR], areas=[area])


@pytest.mark.parametrize("item_count", (1, 3))
def test_editor_sees_modules_with_their_newest_version(
    client_of, editor, item_count, django_assert_num_queries
):
    for number in range(item_count):
        version = ModuleVersionFactory.create(module__title=f"Desk {number}")
        ModuleVersionFactory.create(module=version.module, number=2)
    client = client_of(editor)
    client.get("/cms/modules/")

    with django_assert_num_queries(13):
        page = client.get("/cms/modules/")

    listed = list(page.context["object_list"])
    assert [module.title for module in listed] == [
        f"Desk {number}" for number in range(item_count)
    ]
    assert {module.newest_number for module in listed} == {2}


def test_editor_reads_the_words_of_each_version(client_of, editor):
    version = ModuleVersionFactory.create()

    page = client_of(editor).get(f"/cms/modules/inspect/{version.module_id}/")

    shown = page.content.decode()
    assert page.status_code == 200
    assert "Question 1?" in shown
    assert "(must be right)" in " ".join(shown.split())
    assert list(page.context["versions"]) == [version]


@pytest.mark.parametrize("action", ("new/", "edit/{pk}/", "delete/{pk}/"))
def test_nobody_edits_frozen_words(client_of, editor, action):
    module = ModuleFactory.create()

    refused = client_of(editor).get(f"/cms/modules/{action.format(pk=module.pk)}")

    assert (refused.status_code, refused.url) == (302, "/cms/")


def test_tester_does_not_see_modules(client_of, area):
    tester = UserFactory.create(roles=[Role.TESTER])

    refused = client_of(tester).get("/cms/modules/")

    assert refused.status_code == 403
    assert refused.templates[0].name == "403.html"
