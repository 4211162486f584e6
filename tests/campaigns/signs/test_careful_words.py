import pytest

from campaigns.guidance.loading import load_phrases
from campaigns.guidance.models import GuardDismissal
from campaigns.signs.models import Sign, SignWording
from core.models import AuditEvent
from tests.campaigns.signs.test_viewsets import edit_form, sign_form
from tests.factories.signs import SignWordingFactory

pytestmark = pytest.mark.django_db

CARE = "She put herself at risk in the car park."
CLEAN = "Someone waits in the car park for hours."
NOTE = "What a poster of another force says"
FOUND = "“put herself at risk”"


@pytest.fixture
def pairs(db: None) -> None:
    load_phrases()


def refusal(response) -> list[str]:
    told: list[str] = response.context["form"].errors["keep_note"]
    return told


def test_new_sign_with_words_that_need_care_is_refused(client_of, editor, pairs):
    response = client_of(editor).post(
        "/cms/signs/new/", sign_form(**{"wordings-0-text": CARE})
    )

    (told,) = refusal(response)
    assert told.startswith(FOUND)
    assert "Write instead: " in told
    assert told.split("Write instead: ")[1] in response.text
    assert Sign.objects.count() == 0


def test_note_keeps_the_words_of_a_new_sign(client_of, editor, pairs):
    form = sign_form(**{"wordings-0-text": CARE, "keep_note": NOTE})

    response = client_of(editor).post("/cms/signs/new/", form)

    sign = Sign.objects.get()
    kept = GuardDismissal.objects.get()
    assert response.status_code == 302
    assert (kept.note, kept.by, kept.subject_type, kept.subject_id) == (
        NOTE,
        editor,
        "signs.sign",
        str(sign.pk),
    )
    assert AuditEvent.objects.get(verb="wording.kept").actor_id == editor.pk


def test_changed_wording_is_refused_until_a_note_keeps_it(client_of, editor, pairs):
    sign = SignWordingFactory.create().sign
    before = sign.wordings.get().text
    address = f"/cms/signs/edit/{sign.pk}/"
    form = edit_form(sign, **{"wordings-0-text": CARE})

    refused = client_of(editor).post(address, form)
    untouched = SignWording.objects.get().text
    saved = client_of(editor).post(address, form | {"keep_note": NOTE})
    again = client_of(editor).post(address, form)

    assert len(refusal(refused)) == 1
    assert untouched == before
    assert (saved.status_code, again.status_code) == (302, 302)
    assert SignWording.objects.get().text == CARE
    assert GuardDismissal.objects.get().note == NOTE


def test_clean_words_of_a_sign_pass(client_of, editor, pairs):
    response = client_of(editor).post(
        "/cms/signs/new/", sign_form(**{"wordings-0-text": CLEAN, "keep_note": NOTE})
    )

    assert response.status_code == 302
    assert SignWording.objects.get().text == CLEAN
    assert GuardDismissal.objects.count() == 0


def test_name_of_a_source_is_not_looked_at(client_of, editor, pairs):
    response = client_of(editor).post("/cms/signs/new/", sign_form(source=CARE))

    assert response.status_code == 302


def test_form_of_a_sign_shows_the_guard(client_of, editor, pairs):
    page = client_of(editor).get("/cms/signs/new/").text

    assert "data-language-guard" in page
    assert 'name="keep_note"' in page


def test_each_phrase_has_a_line_of_its_own(client_of, editor, pairs):
    text = f"{CARE} <b>Recruited</b> there."

    response = client_of(editor).post(
        "/cms/signs/new/", sign_form(**{"wordings-0-text": text})
    )

    (told,) = refusal(response)
    assert told.count("<br>") == 1
    assert "<b>" not in told
