"""WCAG 2.2 AA on every page that people meet, as far as a machine can tell."""

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page

from tests.e2e.judging import complaints
from tests.e2e.stage import Stage, cookies_of, learner_client, set_up


def paths_of(stage: Stage) -> dict[str, list[str]]:
    home = f"/partners/{stage.premises.key}/"
    module = f"/train/modules/{stage.open_module.slug}/"
    certificate = stage.completion.certificate_code
    return {
        "public": [
            "/",
            "/hotels/",
            "/report/",
            "/search/",
            "/a-to-z/",
            "/report/now/",
            "/report/gone/",
            "/report/gone/street/",
            "/report/gone/street/anywhere/",
            "/report/all/",
            "/hotel-reception/",
            "/pages/",
            "/pages/a7/",
            "/bulletins/",
            "/bulletins/law-2026/",
            "/nowhere/",
            f"/R/{stage.code.text}",
            "/R/AAAAAAAA",
            f"/verify/{certificate}/",
            "/verify/pack/000000000000/",
            "/partners/join/",
            "/accounts/login/",
            "/train/",
            "/train/here/",
        ],
        "learner": [
            "/train/modules/",
            f"{module}lessons/1/",
            f"{module}questions/1/",
            f"/train/certificates/{certificate}/",
        ],
        "manager": [
            home,
            f"{home}people/",
            f"{home}people/add/",
            f"{home}people/import/{stage.read_import.key}/",
            f"{home}people/import/{stage.checked_import.key}/",
            f"{home}tasks/",
            f"{home}tasks/{stage.task.key}/",
            f"{home}feedback/{stage.visit.key}/",
            f"{home}have-they-left/",
            f"{home}certificates/",
            f"{home}evidence/",
            f"{home}posters/",
            f"{home}about/",
            f"{home}about/profile/",
            f"{home}about/contacts/add/",
            f"{home}managers/invite/",
            f"{home}sessions/",
            f"{home}sessions/plan/",
            f"{home}sessions/{stage.session.key}/",
            f"{home}sessions/{stage.session.key}/people/",
            f"/partners/sessions/{stage.session.key}/sheet/",
        ],
        "tester": ["/visits/", f"/visits/{stage.planned.key}/record/"],
        "board": ["/board/"],
    }


STATUSES = {"/nowhere/": 404}
# Forms that are sent back when sent empty.
FORMS = {"/partners/join/", "/train/", "/train/here/"}


def visitors(page_at: Any, stage: Stage, width: int, **options: Any) -> dict[str, Page]:
    """Return a page of each person, signed in."""
    clients = {"public": Client(), "learner": learner_client(stage)}
    for role in ("manager", "tester", "board"):
        clients[role] = Client()
        clients[role].force_login(
            stage.people[role], "allauth.account.auth_backends.AuthenticationBackend"
        )
    pages = {}
    for who, client in clients.items():
        # axe is put into the page, which our content security policy forbids.
        pages[who] = page_at(width, bypass_csp=True, **options)
        pages[who].context.add_cookies(cookies_of(client, page_at.base_url))
    return pages


def walk(pages: dict[str, Page], stage: Stage) -> dict[str, list[str]]:
    """Look at every page; return the complaints about those that have any."""
    wrong = {}
    for who, paths in paths_of(stage).items():
        page = pages[who]
        for path in paths:
            answer = page.goto(path)
            assert answer is not None
            assert answer.status == STATUSES.get(path, 200), path
            wrong[path] = complaints(page)
            if path in FORMS:
                page.locator("main form [type=submit]").last.click()
                page.locator(".govuk-error-summary").wait_for()
                # The styles as well: half a page looks wrong to axe.
                page.wait_for_load_state("load")
                wrong[f"{path} with errors"] = complaints(page)
    return {path: found for path, found in wrong.items() if found}


def test_pages_are_accessible_on_a_phone(page_at, transactional_db):
    stage = set_up()

    assert walk(visitors(page_at, stage, 390), stage) == {}


@pytest.mark.proof
@pytest.mark.parametrize("colour_scheme", ("light", "dark"))
@pytest.mark.parametrize("width", (390, 1280))
def test_pages_are_accessible_everywhere(
    page_at, transactional_db, width, colour_scheme
):
    stage = set_up()
    pages = visitors(page_at, stage, width, color_scheme=colour_scheme)

    assert walk(pages, stage) == {}
