import pytest
from django.urls import reverse

from media.print.session_sheets import session_sheet_of
from tests.factories.register import ManagerLinkFactory
from tests.factories.training import TrainingSessionFactory

pytestmark = pytest.mark.django_db


def sheet(session) -> str:
    return reverse("print:session-sheet", args=[session.key])


def test_sheet_has_code_and_lines_to_sign(area, officer, client_of):
    session = TrainingSessionFactory.create(area=area, capacity=20)

    page = client_of(officer).get(sheet(session))

    assert page.status_code == 200
    assert session.version.module.title in page.text
    assert "<svg" in page.text
    assert page.context["typed"].endswith("/train/here/")
    assert len(page.context["lines"]) == 20
    assert page.text.count("<td>&nbsp;</td>") == 20


def test_small_sheet_has_room_for_a_team(area):
    session = TrainingSessionFactory.create(area=area)

    assert session_sheet_of(session)["lines"] == range(14)


def test_manager_prints_the_sheet_of_the_own_session_only(area, client_of):
    link = ManagerLinkFactory.create(premises__area=area)
    own = TrainingSessionFactory.create(at=link.premises)
    of_area = TrainingSessionFactory.create(area=area)
    client = client_of(link.user)

    assert client.get(sheet(own)).status_code == 200
    assert client.get(sheet(of_area)).status_code == 404


def test_cancelled_session_has_no_sheet(area, officer, client_of):
    session = TrainingSessionFactory.create(
        area=area, state="cancelled", state_reason="Flooded."
    )

    assert client_of(officer).get(sheet(session)).status_code == 404
