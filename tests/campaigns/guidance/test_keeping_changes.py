"""No page in memory is stale for over a second, whoever changes whatever it shows."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from wagtail.models import Page

from campaigns.guidance.models import AudiencePage, HomePage
from campaigns.routes.models import RouteFact, RouteWording
from campaigns.signs.models import Sign, SignWording
from core.generation import expect_change, watched_tables
from core.models import Installation, PublicGeneration
from tests.campaigns.guidance.process import Process

# What a public page asks that no person and no job changes while a process runs.
UNCHANGING = {"django_content_type"}
TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')


def change_a_number() -> None:
    fact = RouteFact.objects.get(route__key="crimestoppers", kind="number")
    fact.value = "0800 555 999"
    fact.save()


def change_a_sign() -> None:
    wording = SignWording.objects.get(
        sign__key="no-luggage", audience="reception", language="en"
    )
    wording.text = "Ring 0800 555 999 when"
    wording.save()


def publish_a_page() -> None:
    page = AudiencePage.objects.get(slug="hotels")
    page.lead = "Ring 0800 555 999 please"
    page.save_revision().publish()


def rename_the_site() -> None:
    Installation.objects.update_or_create(pk=1, defaults={"name": "0800 555 999"})


@pytest.mark.parametrize(
    ("change", "path"),
    (
        (change_a_number, "/hotels/"),
        (change_a_sign, "/hotels/"),
        (publish_a_page, "/hotels/"),
        (rename_the_site, "/hotels/"),
    ),
)
def test_change_is_seen_within_a_second_by_every_process(
    process: Process, other_process: Process, change, path
):
    assert "0800 555 999" not in process.read(path)
    assert "0800 555 999" not in other_process.read(path)

    change()

    assert "0800 555 999" not in process.read(path)
    assert "0800 555 999" in process.read_a_second_later(path)
    assert "0800 555 999" in other_process.read(path)


def test_translation_is_seen_within_a_second(process: Process, settings: Settings):
    settings.DEMONSTRATION = True
    assert "Zadzwoń teraz" not in process.read("/pl/hotels/")

    wording = RouteWording.objects.get(route__key="999", language="en")
    RouteWording.objects.update_or_create(
        route=wording.route,
        language="pl",
        defaults={
            "name": "999",
            "when": "Zadzwoń teraz",
            "source_hash": wording.source_hash,
        },
    )

    assert "Zadzwoń teraz" in process.read_a_second_later("/pl/hotels/")


def test_unpublished_page_is_gone_within_a_second(process: Process):
    process.read("/hotels/")
    assert 'href="/hotels/"' in process.read("/")

    AudiencePage.objects.get(slug="hotels").unpublish()

    process.clock.seconds += 1
    gone = process.ask("/hotels/")
    assert (gone.status_code, 'href="tel:999"' in gone.text) == (404, True)
    assert 'href="/hotels/"' not in process.read("/")


def test_deleted_page_is_gone_within_a_second(process: Process):
    process.read("/hotels/")

    Page.objects.get(slug="hotels").delete()

    process.clock.seconds += 1
    assert process.ask("/hotels/").status_code == 404


def test_retired_sign_is_gone_within_a_second(process: Process):
    assert "with no bags" in process.read("/hotels/")

    sign = Sign.objects.get(key="no-luggage")
    sign.status = "retired"
    sign.save()

    assert "with no bags" not in process.read_a_second_later("/hotels/")


def test_change_by_another_program_is_seen_within_a_second(process: Process):
    process.read("/hotels/")
    RouteFact.objects.filter(route__key="crimestoppers", kind="number").update(
        value="0800 555 999"
    )

    PublicGeneration.objects.filter(pk=1).update(number=F("number") + 1)

    assert "0800 555 999" in process.read_a_second_later("/hotels/")


def test_pages_are_made_anew_when_an_expected_change_has_come(process: Process):
    expect_change(process.clock.now() + timedelta(minutes=1))
    process.read("/hotels/")
    # What the moment itself changes stands in no row: here, behind the cache's back.
    RouteFact.objects.filter(route__key="crimestoppers", kind="number").update(
        value="0800 555 999"
    )

    process.clock.seconds = 59
    assert "0800 555 999" not in process.read("/hotels/")
    process.clock.seconds = 60
    assert "0800 555 999" in process.read("/hotels/")


def test_pages_are_made_anew_each_day(process: Process):
    process.read("/hotels/")
    RouteFact.objects.filter(route__key="crimestoppers", kind="number").update(
        value="0800 555 999"
    )

    process.clock.seconds = timedelta(hours=12).total_seconds()

    assert "0800 555 999" in process.read("/hotels/")


def test_change_that_is_taken_back_leaves_the_pages_as_they_were(process: Process):
    before = process.read("/hotels/")

    with transaction.atomic():
        change_a_number()
        transaction.set_rollback(True)

    assert process.read_a_second_later("/hotels/") == before


def test_pages_are_made_anew_while_the_generation_cannot_be_read(process: Process):
    process.read("/hotels/")
    RouteFact.objects.filter(route__key="crimestoppers", kind="number").update(
        value="0800 555 999"
    )

    def refuse(execute: Any, sql: str, *rest: Any) -> Any:
        if "publicgeneration" in sql:
            raise DatabaseError
        return execute(sql, *rest)

    process.clock.seconds += 1
    with connection.execute_wrapper(refuse):
        assert "0800 555 999" in process.read("/hotels/")


@pytest.mark.parametrize("prefix", ("", "/pl"))
def test_every_table_a_public_page_reads_is_watched(
    whole_home: HomePage, client: Client, prefix
):
    """Whoever adds a model to a public page calls `watch` for it in `apps.ready`."""
    paths = [*Page.objects.live().values_list("url_path", flat=True)]
    below = whole_home.url_path
    addresses = [f"/{path.removeprefix(below)}" for path in paths if below in path]

    with CaptureQueriesContext(connection) as asked:
        for address in [*addresses, "/report/"]:
            assert client.get(f"{prefix}{address}").status_code == 200

    read = {table for query in asked for table in TABLE.findall(query["sql"])}
    assert read - watched_tables() - UNCHANGING == set()
    assert {"routes_routefact", "signs_signwording", "wagtailcore_page"} <= read
