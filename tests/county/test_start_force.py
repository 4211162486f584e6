import io

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from PIL import Image
from wagtail.models import Site

from accounts.enums import Role
from accounts.models import User
from campaigns.learning.models import ModuleVersion
from campaigns.routes.models import Route
from core.models import Area, AuditEvent, Installation
from county.services import StartError, start_force
from outbox.models import Message
from partners.register.models import Premises
from tests.factories.register import PremisesFactory


@pytest.fixture
def start(db, now):
    """Return a function that begins an installation; give what should differ."""

    def begin(**given):
        usual = {
            "installation": Installation(
                name="Northmoor Police",
                short_name="Northmoor",
                brand="#123456",
                accent="#fedcba",
            ),
            "logo": None,
            "district_names": ["Ashbeck", "Vale of Thorn"],
            "lead_email": "lead@northmoor.example",
            "lead_name": "Ines Marsh",
            "base_url": "https://signs.northmoor.example",
            "now": now,
        }
        return start_force(**usual | given)

    return begin


def picture() -> bytes:
    opened = io.BytesIO()
    Image.new("RGB", (4, 4)).save(opened, "PNG")
    return opened.getvalue()


def test_start_force_writes_the_installation_and_its_areas(start):
    start()

    installation = Installation.objects.get()
    assert (installation.name, installation.brand) == ("Northmoor Police", "#123456")
    assert installation.is_demonstration is False
    assert list(
        Area.objects.order_by("pk").values_list("slug", "kind", "parent__slug")
    ) == [
        ("northmoor-police", "force", None),
        ("ashbeck", "district", "northmoor-police"),
        ("vale-of-thorn", "district", "northmoor-police"),
    ]
    event = AuditEvent.objects.get(verb="installation.started")
    assert event.job == "start_force"


def test_start_force_loads_what_every_installation_begins_with(start):
    start()

    assert Route.objects.filter(key="999").count() == 1
    assert ModuleVersion.objects.exists()
    assert Premises.objects.count() == 0
    site = Site.objects.get()
    assert (site.hostname, site.port) == ("signs.northmoor.example", 443)


def test_start_force_invites_the_first_area_lead(start, run_jobs):
    lead = start()
    run_jobs()

    assert list(User.objects.all()) == [lead]
    assert lead.has_role(Role.AREA_LEAD)
    assert [area.slug for area in lead.areas.all()] == ["northmoor-police"]
    message = Message.objects.get()
    assert (message.recipient, message.is_secret) == (lead, True)


def test_start_force_keeps_the_logo(start, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    start(logo=ContentFile(picture(), name="badge.png"))

    with Installation.objects.get().logo.open() as kept:
        assert kept.read() == picture()


@pytest.mark.parametrize(
    ("given", "sentence"),
    (
        (
            {"installation": Installation(name="Northmoor", brand="blue")},
            "Write a colour as # and six digits, for example #1a3c6e.",
        ),
        ({"lead_email": "nobody"}, "Enter a valid email address."),
        ({"district_names": ["Vale", "vale"]}, "Two areas have the same name."),
        ({"district_names": ["??"]}, "The name of an area needs letters."),
        (
            {"logo": ContentFile(b"no picture", name="logo.png")},
            "The logo is not a picture: give a PNG or JPEG.",
        ),
    ),
)
def test_start_force_refuses_values_it_cannot_use(start, given, sentence):
    with pytest.raises(StartError) as refusal:
        start(**given)

    assert str(refusal.value) == sentence
    assert Installation.objects.count() == 0
    assert Area.objects.count() == 0


def test_start_force_refuses_a_second_start(start):
    start()

    with pytest.raises(
        StartError, match=r"^This installation has been started before\.$"
    ):
        start()


def test_start_force_refuses_to_begin_beside_premises(start):
    PremisesFactory.create()

    with pytest.raises(StartError, match=r"^There are premises in this database"):
        start()


def test_command_starts_a_force_and_says_what_happens_next(db, capsys, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://signs.northmoor.example"
    arguments = [
        *("--name", "Northmoor Police", "--brand", "#1A3C6E", "--area", "Ashbeck"),
        *("--lead-email", "lead@northmoor.example", "--lead-name", "Ines Marsh"),
    ]

    call_command("start_force", *arguments)

    assert capsys.readouterr().out == (
        "Northmoor Police is ready at https://signs.northmoor.example/. The worker "
        "will send lead@northmoor.example a link to choose a password.\n"
    )
    assert Installation.objects.get().brand == "#1a3c6e"
    with pytest.raises(CommandError, match="started before"):
        call_command("start_force", *arguments)


def test_command_says_when_the_logo_is_missing(db, tmp_path):
    with pytest.raises(CommandError, match=r"^The logo cannot be read"):
        call_command(
            "start_force",
            *("--name", "Northmoor", "--logo", str(tmp_path / "none.png")),
            *("--lead-email", "lead@northmoor.example", "--lead-name", "Ines Marsh"),
        )
