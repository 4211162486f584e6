import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pytest_django import Settings

from campaigns.routes.enums import FactKind, LinkStatus
from campaigns.routes.models import RouteFact, RouteFlag
from campaigns.routes.probing import AGENT, Probe, probe
from campaigns.routes.rules import registrable
from campaigns.routes.services import check_links, note_link
from core.generation import bump
from core.models import AuditEvent, PublicGeneration
from outbox.models import Message
from tests.factories.routes import RouteFactFactory, RouteFactory

ANSWERS = {
    "/fine": (200, ""),
    "/gone": (404, ""),
    "/broken": (500, ""),
    "/no-robots": (403, ""),
    "/not-to-programs": (406, ""),
    "/too-often": (429, ""),
    "/to-no-robots": (301, "/no-robots"),
    "/moved-here": (301, "/fine"),
    "/moved-away": (302, "https://elsewhere.example/"),
    "/to-file": (302, "file:///etc/passwd"),
    "/in-circles": (302, "/in-circles"),
}


class _Site(BaseHTTPRequestHandler):
    asked: list[tuple[str, str, str]] = []

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        agent = self.headers["User-Agent"]
        self.asked.append((self.command, self.path, agent))
        if self.path == "/no-head":
            status, location = (405 if self.command == "HEAD" else 200), ""
        else:
            status, location = ANSWERS[self.path]
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- its name there
        pass


@pytest.fixture
def site() -> Iterator[str]:
    _Site.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), _Site) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("path", "status", "detail"),
    (
        ("/fine", LinkStatus.OK, "200"),
        ("/moved-here", LinkStatus.OK, "200"),
        ("/no-head", LinkStatus.OK, "200"),
        ("/gone", LinkStatus.FAILED, "404"),
        ("/broken", LinkStatus.FAILED, "500"),
        ("/no-robots", LinkStatus.REFUSES, "403"),
        ("/not-to-programs", LinkStatus.REFUSES, "406"),
        ("/too-often", LinkStatus.REFUSES, "429"),
        ("/to-no-robots", LinkStatus.REFUSES, "403"),
        ("/moved-away", LinkStatus.MOVED, "elsewhere.example"),
        ("/to-file", LinkStatus.MOVED, ""),
        ("/in-circles", LinkStatus.FAILED, "too many redirects"),
    ),
)
def test_probe_tells_how_an_address_answers(site, path, status, detail):
    assert probe(site + path) == Probe(status, detail)


def test_probe_asks_with_head_and_says_nothing_about_us(site):
    probe(site + "/fine")

    assert _Site.asked == [("HEAD", "/fine", AGENT)]


def test_probe_sends_no_word_to_a_machine_that_is_not_public(site, settings: Settings):
    settings.ROUTE_LINK_LOOPBACK = False

    answer = probe(site + "/fine")

    assert answer == Probe(LinkStatus.FAILED, "not on the public internet")
    assert _Site.asked == []


def test_probe_follows_a_redirect_to_a_host_of_the_list(site, settings: Settings):
    settings.ROUTE_LINK_HOSTS = ["elsewhere.example"]

    assert probe(site + "/moved-away").status == LinkStatus.FAILED


def test_probe_tells_when_nobody_listens():
    assert probe("http://127.0.0.1:9/").detail == "cannot be reached"


@pytest.mark.parametrize(
    ("host", "expected"),
    (
        ("www.crimestoppers-uk.org", "crimestoppers-uk.org"),
        ("report.iwf.org.uk", "iwf.org.uk"),
        ("www.southyorks.police.uk", "southyorks.police.uk"),
        ("localhost", "localhost"),
    ),
)
def test_registrable_is_what_somebody_registered(host, expected):
    assert registrable(host) == expected


@pytest.mark.django_db
def test_check_links_writes_each_answer_and_flags_what_is_new(site, now, area, officer):
    route = RouteFactory.create(area=area, words__name="Web line")
    for path in ("/fine", "/gone"):
        RouteFactFactory.create(route=route, kind=FactKind.WEB, value=site + path)
    RouteFactFactory.create(route=route)

    check_links(now=now)

    assert list(
        RouteFact.objects.order_by("pk").values_list("link_status", "link_detail")
    ) == [("ok", "200"), ("failed", "404"), ("", "")]
    assert RouteFlag.objects.get().kind == "link"
    assert "Web line: A web address does not answer" in Message.objects.get().body
    assert AuditEvent.objects.filter(verb="route.link_failed").count() == 1


@pytest.mark.django_db
def test_check_links_tells_of_a_failure_once(site, now, officer):
    RouteFactFactory.create(kind=FactKind.WEB, value=site + "/gone")

    check_links(now=now)
    check_links(now=now)

    assert (RouteFlag.objects.count(), Message.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_address_that_refuses_robots_alarms_nobody(site, now, officer):
    RouteFactFactory.create(kind=FactKind.WEB, value=site + "/no-robots")

    check_links(now=now)
    check_links(now=now)

    assert RouteFact.objects.get().link_status == "refuses"
    assert (RouteFlag.objects.count(), Message.objects.count()) == (0, 0)
    assert AuditEvent.objects.get().verb == "route.link_refuses"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "after", "verbs"),
    (
        ("", LinkStatus.OK, []),
        ("ok", LinkStatus.REFUSES, ["route.link_refuses"]),
        # Whether it answers a person nobody knows: it is not said that it does.
        ("failed", LinkStatus.REFUSES, ["route.link_refuses"]),
        ("refuses", LinkStatus.REFUSES, []),
        ("refuses", LinkStatus.OK, ["route.link_answers"]),
        ("refuses", LinkStatus.FAILED, ["route.link_failed", "route.flagged"]),
        ("refuses", LinkStatus.MOVED, ["route.link_failed", "route.flagged"]),
        ("moved", LinkStatus.FAILED, []),
    ),
)
def test_change_in_how_an_address_answers_is_audited(now, before, after, verbs):
    fact = RouteFactFactory.create(
        kind=FactKind.WEB, value="https://a.example", link_status=before
    )

    flag = note_link(fact=fact, answer=Probe(after, ""), now=now)

    assert (flag is not None) == ("route.flagged" in verbs)
    written = AuditEvent.objects.order_by("pk").values_list("verb", flat=True)
    assert list(written) == verbs


@pytest.mark.django_db
def test_check_links_cut_short_leaves_nothing_untold(
    site, now, officer, settings: Settings
):
    for path in ("/gone", "/fine"):
        RouteFactFactory.create(kind=FactKind.WEB, value=site + path)
    pause = settings.ROUTE_LINK_PAUSE
    # No pause can be made: the run ends after the first address has failed.
    settings.ROUTE_LINK_PAUSE = None

    with pytest.raises(TypeError):
        check_links(now=now)
    flagged = RouteFlag.objects.count()
    settings.ROUTE_LINK_PAUSE = pause
    check_links(now=now)

    assert flagged == 0
    assert (RouteFlag.objects.count(), Message.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_check_links_keeps_pages_in_memory(site, now):
    RouteFactFactory.create(kind=FactKind.WEB, value=site + "/fine")
    bump()
    before = PublicGeneration.objects.get().number

    check_links(now=now)

    assert PublicGeneration.objects.get().number == before


@pytest.mark.django_db
def test_link_that_answers_again_is_audited(now):
    fact = RouteFactFactory.create(
        kind=FactKind.WEB, value="https://a.example", link_status="failed"
    )

    flag = note_link(fact=fact, answer=Probe(LinkStatus.OK, "200"), now=now)

    assert flag is None
    assert AuditEvent.objects.get().verb == "route.link_answers"


@pytest.mark.django_db
def test_address_changed_meanwhile_is_left_alone(now):
    fact = RouteFactFactory.create(kind=FactKind.WEB, value="https://a.example")
    RouteFact.objects.update(value="https://b.example")

    note_link(fact=fact, answer=Probe(LinkStatus.FAILED, "404"), now=now)

    assert (RouteFact.objects.get().link_status, RouteFlag.objects.count()) == ("", 0)
