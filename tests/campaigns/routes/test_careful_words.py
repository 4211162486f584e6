import pytest

from accounts.enums import Role
from campaigns.guidance.loading import load_phrases
from campaigns.guidance.models import GuardDismissal
from campaigns.guidance.services import grant_permissions
from campaigns.routes.models import Route, RouteWording
from tests.campaigns.routes.test_viewsets import form_of
from tests.factories.accounts import UserFactory
from tests.factories.routes import RouteFactory

pytestmark = pytest.mark.django_db

CARE = "A child put herself at risk."
NOTE = "What the helpline calls itself"


@pytest.fixture
def editor():
    grant_permissions()
    load_phrases()
    return UserFactory.create(roles=[Role.EDITOR])


@pytest.fixture
def route() -> Route:
    made: Route = RouteFactory.create(number="0800 111")
    return made


def send(client, route: Route, **changed: str):
    posted = form_of(route, **{"facts-0-is_checked": "on"} | changed)
    return client.post(f"/cms/reporting-routes/edit/{route.pk}/", posted)


def test_words_of_a_route_that_need_care_are_refused(client_of, editor, route):
    response = send(client_of(editor), route, **{"wordings-0-when": CARE})

    (told,) = response.context["form"].errors["keep_note"]
    assert told.startswith("“put herself at risk”")
    assert "Write instead: " in told
    assert RouteWording.objects.get().when != CARE
    assert GuardDismissal.objects.count() == 0


def test_note_keeps_the_words_of_a_route(client_of, editor, route):
    response = send(
        client_of(editor), route, **{"wordings-0-when": CARE, "keep_note": NOTE}
    )

    kept = GuardDismissal.objects.get()
    assert response.status_code == 302
    assert RouteWording.objects.get().when == CARE
    assert (kept.note, kept.by, kept.subject_type, kept.subject_id) == (
        NOTE,
        editor,
        "routes.route",
        str(route.pk),
    )


def test_note_keeps_the_words_of_a_new_route(client_of, editor, route):
    posted = form_of(
        route,
        **{
            "key": "night-line",
            "keep_note": NOTE,
            "facts-INITIAL_FORMS": "0",
            "facts-0-id": "",
            "wordings-INITIAL_FORMS": "0",
            "wordings-0-id": "",
            "wordings-0-say": CARE,
        },
    )

    response = client_of(editor).post("/cms/reporting-routes/new/", posted)

    made = Route.objects.get(key="night-line")
    assert response.status_code == 302
    assert GuardDismissal.objects.get().subject_id == str(made.pk)


def test_clean_words_of_a_route_pass(client_of, editor, route):
    response = send(client_of(editor), route, **{"wordings-0-when": "At any time."})

    assert response.status_code == 302
    assert GuardDismissal.objects.count() == 0
