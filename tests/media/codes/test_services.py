import pytest

from core.models import AuditEvent
from core.shortcodes import is_well_formed
from media.codes.models import Code
from media.codes.qrcodes import qr_svg, scanned_address, typed_address
from media.codes.rules import banded, is_opening
from media.codes.services import CodeError, issue_code, retire_code
from partners.register.enums import PremisesState
from tests.factories.codes import CodeFactory
from tests.factories.register import PremisesFactory

pytestmark = pytest.mark.django_db


def test_issue_code_draws_a_checked_code_for_the_wall(officer, now):
    premises = PremisesFactory.create()

    code = issue_code(
        premises=premises, place=" Back office ", actor=officer, now=now, language="pl"
    )

    assert is_well_formed(code.text, length=8)
    assert (code.premises, code.area, code.place, code.language) == (
        premises,
        premises.area,
        "Back office",
        "pl",
    )
    event = AuditEvent.objects.about(code).get()
    assert (event.verb, event.actor, event.facts) == (
        "code.issued",
        officer,
        {"premises": premises.pk},
    )


def test_issue_code_refuses_closed_premises(officer, now):
    premises = PremisesFactory.create(state=PremisesState.CLOSED)

    with pytest.raises(CodeError, match="no longer take part"):
        issue_code(premises=premises, place="", actor=officer, now=now)

    assert not Code.objects.exists()


def test_retire_code_happens_once(officer, now):
    code = CodeFactory.create()

    retire_code(code=code, actor=officer, today=now.date())
    with pytest.raises(CodeError, match="already"):
        retire_code(code=code, actor=officer, today=now.date())

    code.refresh_from_db()
    assert code.retired_on == now.date()
    assert [event.verb for event in AuditEvent.objects.about(code)] == ["code.retired"]
    assert list(Code.objects.on_walls()) == []


@pytest.mark.parametrize(
    ("openings", "said"),
    (
        (0, "fewer than 5"),
        (4, "fewer than 5"),
        (5, "5 to 9"),
        (19, "10 to 19"),
        (99, "50 to 99"),
        (100, "100 or more"),
    ),
)
def test_banded_hides_small_counts(openings, said):
    assert banded(openings) == said


@pytest.mark.parametrize(
    ("method", "headers", "counts"),
    (
        ("GET", {}, True),
        ("GET", {"Purpose": "navigate"}, True),
        ("HEAD", {}, False),
        ("GET", {"X-Moz": "prefetch"}, False),
    ),
)
def test_is_opening_leaves_out_early_fetches(method, headers, counts):
    assert is_opening(method, headers) is counts


def test_addresses_are_short_and_the_scanned_one_in_capitals(settings):
    settings.WAGTAILADMIN_BASE_URL = "https://signs.test"
    code = CodeFactory.create(text="0123ABC5")

    assert scanned_address(code) == "HTTPS://SIGNS.TEST/R/0123ABC5"
    assert typed_address(code) == "signs.test/T/0123ABC5"


def test_qr_code_of_a_short_address_has_version_two():
    """25 modules and a quiet zone of four on each side; larger hosts need more."""
    assert 'viewBox="0 0 33 33"' in qr_svg("HTTPS://SIGNS.TEST/R/0123ABC5")
