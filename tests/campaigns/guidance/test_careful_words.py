import json

import pytest
from wagtail.test.utils.form_data import streamfield

from accounts.enums import Role
from campaigns.guidance.loading import load_phrases
from campaigns.guidance.models import (
    GuardDismissal,
    GuardedPhrase,
    GuidancePage,
    HomePage,
)
from campaigns.guidance.services import grant_permissions
from core.models import AuditEvent
from tests.campaigns.guidance.editing import page_form, words
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

CHECK = "/cms/guidance/check-words/"
CARE = "Some children are recruited here."
REFUSAL = (
    "“recruited”: People are recruited to a job they may turn down. A groomed child "
    "may not. Write instead: groomed; coerced; criminally exploited"
)


@pytest.fixture
def parks(home: HomePage) -> GuidancePage:
    load_phrases()
    grant_permissions()
    page = GuidancePage(
        title="Parks", slug="parks", heading="Parks", locale=home.locale
    )
    home.add_child(instance=page)
    return page


@pytest.fixture
def lead():
    return UserFactory.create(roles=[Role.SAFEGUARDING_LEAD])


@pytest.fixture
def edit(parks, lead, client_of):
    """Return a function that sends the form of the page and tells what was refused."""
    client = client_of(lead)

    def send(*blocks, **changes):
        response = client.post(
            f"/cms/pages/{parks.pk}/edit/", page_form(*blocks, **changes)
        )
        return {} if response.status_code == 302 else response.context["form"].errors

    return send


def test_a_draft_is_saved_freely(edit, parks):
    assert edit(words(CARE)) == {}
    parks.refresh_from_db()
    assert parks.get_latest_revision_as_object().body[0].value["body"] == CARE


def test_publishing_words_that_need_care_asks_for_a_note(edit, parks):
    errors = edit(words(CARE), action="publish")

    assert errors == {"keep_note": [REFUSAL]}
    parks.refresh_from_db()
    assert parks.live is True
    assert list(parks.body) == []


def test_submitting_for_review_asks_too(edit, parks, home):
    errors = edit(words(CARE), action="submit")

    assert "keep_note" in errors or not home.has_workflow


def test_a_note_lets_them_through_and_is_written_down(edit, parks, lead):
    errors = edit(words(CARE), action="publish", keep_note="A title of a study")

    parks.refresh_from_db()
    kept = GuardDismissal.objects.get()
    event = AuditEvent.objects.get(verb="wording.kept")
    assert errors == {}
    assert parks.body[0].value["body"] == CARE
    assert (kept.note, kept.by, kept.subject_type, kept.subject_id) == (
        "A title of a study",
        lead,
        "guidance.guidancepage",
        str(parks.pk),
    )
    assert event.facts == {"phrases": [kept.phrase_id]}


def test_an_unchanged_block_is_not_asked_about_again(edit):
    edit(words(CARE), action="publish", keep_note="A title of a study")

    assert edit(words(CARE), words("More."), action="publish") == {}
    assert GuardDismissal.objects.count() == 1


def test_a_changed_block_is_asked_about_again(edit):
    edit(words(CARE), action="publish", keep_note="A title of a study")

    assert "keep_note" in edit(words(CARE + " Often."), action="publish")


def test_the_same_words_on_another_page_are_asked_about(edit, parks, home):
    edit(words(CARE), action="publish", keep_note="A title of a study")
    GuardDismissal.objects.get()
    other = GuidancePage(title="Woods", slug="woods", heading="W", locale=home.locale)
    home.add_child(instance=other)

    assert GuardDismissal.objects.kept_in(other) == set()
    assert len(GuardDismissal.objects.kept_in(parks)) == 1


def test_a_new_page_is_asked_about_and_its_note_written_down(
    parks, home, lead, client_of
):
    address = f"/cms/pages/add/guidance/guidancepage/{home.pk}/"
    client = client_of(lead)
    form = page_form(words(CARE), action="publish", slug="woods")

    refused = client.post(address, form)
    client.post(address, form | {"keep_note": "A title of a study"})

    woods = GuidancePage.objects.get(slug="woods")
    assert refused.context["form"].errors == {"keep_note": [REFUSAL]}
    assert woods.live is True
    assert GuardDismissal.objects.get().subject_id == str(woods.pk)


def steps(style):
    items = streamfield([("item", "Child slaves")])
    return ("steps", {"heading": "W", "body": "", "style": style, "items": items})


def test_a_list_of_things_not_to_do_may_quote_them(edit):
    assert edit(steps("avoid"), action="publish") == {}
    assert "keep_note" in edit(steps("list"), action="publish")


def test_a_pair_out_of_use_is_not_looked_for(edit):
    GuardedPhrase.objects.filter(key="recruit").update(is_active=False)

    assert edit(words(CARE), action="publish") == {}


def test_editor_changes_a_pair_in_the_admin(parks, client_of):
    editor = UserFactory.create(roles=[Role.EDITOR])
    pair = GuardedPhrase.objects.get(key="recruit")

    response = client_of(editor).post(
        f"/cms/guarded-phrases/edit/{pair.pk}/",
        {
            "language": "en",
            "avoid": "enlist\nenrol",
            "instead": "groom",
            "reason": "It is no army.",
            "source": "",
            "is_active": "on",
        },
    )

    pair.refresh_from_db()
    assert response.status_code == 302
    assert pair.forms == ["enlist", "enrol"]


@pytest.mark.parametrize("phrase_count", (1, 3))
def test_list_of_pairs_asks_a_fixed_number_of_queries(
    client_of, django_assert_num_queries, phrase_count
):
    grant_permissions()
    for number in range(phrase_count):
        GuardedPhrase.objects.create(avoid=f"word{number}", instead="x", reason="y")
    client = client_of(UserFactory.create(roles=[Role.EDITOR]))
    client.get("/cms/guarded-phrases/")

    with django_assert_num_queries(14):
        page = client.get("/cms/guarded-phrases/").content.decode()

    assert sum(f"word{number}" in page for number in range(3)) == phrase_count


def test_load_phrases_again_keeps_what_an_editor_changed(parks):
    GuardedPhrase.objects.filter(key="recruit").update(reason="Ours.")

    assert load_phrases() == []
    assert GuardedPhrase.objects.get(key="recruit").reason == "Ours."
    assert GuardedPhrase.objects.count() == 40


def ask(client, fields, language="en"):
    return client.post(
        CHECK,
        json.dumps({"language": language, "fields": fields}),
        content_type="application/json",
    )


def test_check_tells_the_phrase_why_and_what_instead_of_each_field(
    parks, lead, client_of
):
    answer = ask(
        client_of(lead),
        {
            "lead": CARE,
            "slug": "slave",
            "body-0-value-style": "avoid",
            "body-0-value-items-0-value": "slave",
            "body-1-value-body": "Nothing here.",
            "body-2-deleted": "1",
            "body-2-value-body": CARE,
            "readers": "public",
        },
    ).json()

    assert answer == {
        "fields": {
            "lead": [
                {
                    "found": "recruited",
                    "reason": "People are recruited to a job they may turn down. "
                    "A groomed child may not.",
                    "instead": "Write instead: groomed; coerced; criminally exploited",
                }
            ]
        },
        "reading_age": None,
        "summary": "1 phrase needs care. Too few words to tell a reading age.",
    }


def test_check_tells_the_reading_age_and_the_aim(parks, lead, client_of):
    text = "The cat sat on the mat. The dog ran to the door. We all had tea. " * 3

    answer = ask(client_of(lead), {"lead": text, "readers": "professionals"}).json()

    assert answer["summary"] == (
        "No words that need care. Reading age 5.0: within the 14 we aim for."
    )


def test_check_looks_in_the_language_of_the_row(parks, lead, client_of):
    fields = {"wordings-0-text": CARE, "wordings-0-language": "pl"}
    client = client_of(lead)

    assert ask(client, fields).json()["fields"] == {}
    fields["wordings-0-language"] = "en"
    assert list(ask(client, fields).json()["fields"]) == ["wordings-0-text"]


def test_check_stores_nothing(parks, lead, client_of):
    before = AuditEvent.objects.count()

    ask(client_of(lead), {"lead": CARE})

    assert (AuditEvent.objects.count(), GuardDismissal.objects.count()) == (before, 0)


@pytest.mark.parametrize(
    ("body", "status", "says"),
    (
        ("no json", 400, "This cannot be read."),
        ("[]", 400, "This cannot be read."),
        ('{"fields": "lead"}', 400, "This cannot be read."),
        ("x" * 300_001, 413, "This is too long to check."),
    ),
)
def test_check_refuses_what_it_cannot_read(lead, client_of, body, status, says):
    response = client_of(lead).post(CHECK, body, content_type="application/json")

    assert (response.status_code, response.json()) == (status, {"error": says})


@pytest.mark.parametrize("role", (Role.MANAGER, Role.TESTER, Role.BOARD))
def test_check_is_closed_to_people_without_words_to_write(client_of, role):
    assert ask(client_of(UserFactory.create(roles=[role])), {}).status_code == 403


def test_check_is_closed_to_strangers_and_to_other_sites(client, lead, client_of):
    assert ask(client, {}).status_code == 302
    strict = client_of(lead)
    strict.handler.enforce_csrf_checks = True
    assert ask(strict, {}).status_code == 403
