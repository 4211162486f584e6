import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from accounts.enums import Role
from campaigns.guidance.services.permissions import grant_permissions
from campaigns.learning.models import Module, ModuleVersion, ModuleWording
from campaigns.learning.services import freeze_version
from tests.factories.accounts import UserFactory
from tests.factories.learning import AuthoredModuleFactory, ModuleVersionFactory
from tests.factories.training import CompletionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(area):
    """Return somebody of each role, with the rights a beginning gives them."""
    grant_permissions()

    def person(role):
        return UserFactory.create(roles=[role], areas=[area])

    return person


@pytest.fixture
def module(now):
    module = AuthoredModuleFactory.create(title="At the desk")
    freeze_version(module=module, now=now)
    return module


def options(*texts):
    return streamfield_list(
        {
            "text": text,
            "correct": "on" if number == 1 else "",
            "explain": "Ring 999.",
        }
        for number, text in enumerate(texts)
    )


def streamfield_list(values):
    rows = [*values]
    return {
        "count": str(len(rows)),
        **{
            str(number): {"value": value, "order": str(number), "deleted": "", "id": ""}
            for number, value in enumerate(rows)
        },
    }


def form(module=None, *, action="action-publish", right="Ring 999", **changes):
    """Return what the browser sends for a module with one lesson and one question."""
    return nested_form_data(
        {
            "title": "At the front desk",
            "slug": "desk",
            "summary": "What to notice.",
            "minutes": "5",
            "roles": ["reception"],
            "support_note": "Talk to someone.",
            "support_routes": [],
            "skip_note": "Ring 999 when they are here.",
            "ask": "0",
            "pass_mark": "80",
            "change": "material",
            "keep_note": "",
            "lessons": streamfield(
                [
                    (
                        "lesson",
                        {
                            "title": "Look",
                            "alternative": "",
                            "parts": streamfield([("say", {"text": "“Hello.”"})]),
                        },
                    )
                ]
            ),
            "questions": streamfield(
                [
                    (
                        "question",
                        {
                            "text": "They are here?",
                            "must_get_right": "on",
                            "options": options("Wait", right),
                        },
                    )
                ]
            ),
            action: "1",
        }
        | changes
    )


def test_lead_writes_and_publishes_a_module(client_of, people):
    client = client_of(people(Role.SAFEGUARDING_LEAD))

    answer = client.post("/cms/modules/add/", form())

    assert answer.status_code == 302, answer.context["form"].errors
    version = ModuleVersion.objects.get()
    assert (version.number, version.language) == (1, "en")
    assert version.content == Module.objects.get().content()
    assert version.words["lessons"][0]["parts"] == [{"kind": "say", "text": "“Hello.”"}]
    [question] = version.words["questions"]
    assert [option["correct"] for option in question["options"]] == [False, True]
    assert question["must_get_right"] is True


def test_unsound_module_is_kept_in_the_form_and_not_published(client_of, people):
    client = client_of(people(Role.SAFEGUARDING_LEAD))

    answer = client.post("/cms/modules/add/", form(questions=streamfield([])))

    assert answer.status_code == 200
    sentence = "At least one question must be one that everybody has to get right."
    assert sentence in answer.content.decode()
    assert Module.objects.count() == ModuleVersion.objects.count() == 0


def test_telephone_number_is_not_published(client_of, people):
    client = client_of(people(Role.SAFEGUARDING_LEAD))

    answer = client.post("/cms/modules/add/", form(right="Ring 0800 555 111"))

    assert "looks like a telephone number" in answer.content.decode()
    assert ModuleVersion.objects.count() == 0


def test_draft_is_saved_unfinished_and_nobody_learns_from_it(client_of, people):
    client = client_of(people(Role.EDITOR))

    answer = client.post(
        "/cms/modules/add/", form(action="save", questions=streamfield([]))
    )

    assert answer.status_code == 302, answer.context["form"].errors
    module = Module.objects.get()
    assert (module.live, module.versions.count()) == (False, 0)


def test_editor_hands_in_and_a_safeguarding_lead_approves(client_of, people, module):
    editor, lead = people(Role.EDITOR), people(Role.SAFEGUARDING_LEAD)
    sent = form(action="action-publish")
    client_of(editor).post(f"/cms/modules/edit/{module.pk}/", sent)
    assert module.versions.count() == 1

    client_of(editor).post(
        f"/cms/modules/edit/{module.pk}/", form(action="action-submit")
    )

    module.refresh_from_db()
    waiting = module.current_workflow_state.current_task_state.specific
    page = client_of(lead).get(f"/cms/guidance/approvals/{waiting.pk}/")
    assert f"/cms/modules/edit/{module.pk}/" in page.content.decode()
    waiting.task.specific.on_action(waiting, lead, "approve")
    assert [*module.versions.order_by("number").values_list("number", flat=True)] == [
        1,
        2,
    ]
    assert module.versions.get(number=2).words["title"] == "At the front desk"


@pytest.mark.parametrize(
    ("role", "status"),
    ((Role.EDITOR, 200), (Role.OFFICER, 200), (Role.TESTER, 403), (Role.BOARD, 403)),
)
def test_modules_are_for_those_who_enter_the_admin(
    client_of, people, module, role, status
):
    answer = client_of(people(role)).get(f"/cms/modules/edit/{module.pk}/")

    assert answer.status_code == status


@pytest.mark.parametrize("action", ("delete", "unpublish"))
def test_nobody_takes_back_what_was_taught(client_of, people, module, action):
    client = client_of(people(Role.SAFEGUARDING_LEAD))

    client.post(f"/cms/modules/{action}/{module.pk}/")

    module.refresh_from_db()
    assert module.live is True


@pytest.mark.parametrize("item_count", (1, 3))
def test_editor_sees_modules_with_their_newest_version(
    client_of, people, item_count, django_assert_num_queries
):
    for number in range(item_count):
        version = ModuleVersionFactory.create(module__title=f"Desk {number}")
        ModuleVersionFactory.create(module=version.module, number=2)
    client = client_of(people(Role.EDITOR))
    client.get("/cms/modules/")

    with django_assert_num_queries(14):
        page = client.get("/cms/modules/")

    listed = list(page.context["object_list"])
    assert [module.title for module in listed] == [
        f"Desk {number}" for number in range(item_count)
    ]
    assert {module.newest_number for module in listed} == {2}


def test_editor_reads_the_words_of_each_version(client_of, people, module):
    page = client_of(people(Role.EDITOR)).get(f"/cms/modules/inspect/{module.pk}/")

    shown = " ".join(page.content.decode().split())
    assert "Question 1? (must be right)" in shown
    assert "Missing: 7" in shown
    assert "paragraphs" not in shown
    assert list(page.context["versions"]) == [module.versions.get()]


def test_previews_show_a_lesson_and_a_question_as_learners_do(module):
    for mode, words in (("lessons", "Look, ask, call."), ("questions", "Call 999")):
        page = module.make_preview_request(preview_mode=mode)
        assert page.status_code == 200
        assert words in page.content.decode()


def test_usage_tells_of_nobody_who_learned_it(client_of, people, module):
    completion = CompletionFactory.create(module=module)

    for view in ("usage", "history"):
        page = client_of(people(Role.EDITOR)).get(f"/cms/modules/{view}/{module.pk}/")
        assert page.status_code == 200
        assert completion.certificate_code not in page.content.decode()


def test_revisions_are_compared_in_words(client_of, people, module):
    client = client_of(people(Role.SAFEGUARDING_LEAD))
    for right in ("Ring 999", "Ring 999 now"):
        client.post(f"/cms/modules/edit/{module.pk}/", form(right=right))
    first, second = module.revisions.order_by("pk")

    page = client.get(f"/cms/modules/history/{module.pk}/")
    compared = client.get(
        reverse("modules:revisions_compare", args=[module.pk, first.pk, second.pk])
    )

    assert page.status_code == compared.status_code == 200
    assert "Ring 999 now" in compared.content.decode()


def test_editor_translates_block_by_block(client_of, people, module):
    client = client_of(people(Role.EDITOR))
    address = f"/cms/modules/words/{module.pk}/pl/"
    shown = client.get(address).content.decode()
    assert 'name="q1.options.b.text"' in shown

    client.post(address, {"lesson-1.title": "Lekcja", "lesson-2.title": ""})

    row = ModuleWording.objects.get()
    assert (row.part, row.words) == ("lesson-1", {".title": "Lekcja"})
    assert client.get(f"/cms/modules/words/{module.pk}/xx/").status_code == 404


@pytest.mark.parametrize("role", (Role.TESTER, Role.BOARD, Role.MANAGER))
def test_others_do_not_translate(client_of, people, module, role):
    client = client_of(people(role))

    client.post(f"/cms/modules/words/{module.pk}/pl/", {"lesson-1.title": "Lekcja"})

    assert ModuleWording.objects.count() == 0


def test_team_talk_has_the_lessons_and_room_to_sign(client_of, people, module):
    page = client_of(people(Role.EDITOR)).get(f"/cms/modules/team-talk/{module.pk}/")

    shown = page.content.decode()
    assert "Look, ask, call." in shown
    assert "Who was there" in shown
    refused = client_of(people(Role.TESTER)).get(f"/cms/modules/team-talk/{module.pk}/")
    assert refused.status_code == 403
