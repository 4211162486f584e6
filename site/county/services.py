from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.validators import validate_email
from django.db import transaction
from django.utils.text import slugify
from PIL import Image, UnidentifiedImageError
from wagtail.models import Site

from accounts.enums import Role
from accounts.models import User
from accounts.services import invite_person
from core.audit import record
from core.enums import AreaKind
from core.models import Area, Installation
from county.content import load_content
from partners.register.models import Premises

JOB = "start_force"


class StartError(Exception):
    """Refuse to begin an installation."""


@transaction.atomic
def start_force(
    *,
    installation: Installation,
    logo: File[Any] | None,
    district_names: Sequence[str],
    lead_email: str,
    lead_name: str,
    base_url: str,
    now: datetime,
    languages: Iterable[str] = (),
) -> User:
    """Begin an empty installation and invite its first area lead; return the lead.

    Writes the name and colours, the force with its districts, and the content every
    installation begins with. The lead gets a link to choose a password. Audited.
    :raises StartError: beside an installation or premises that exist, or for a colour,
        logo, district or address that cannot be used; then nothing is written.
    """
    _refuse_a_second_start()
    _refuse_bad_values(installation, logo, lead_email)
    if logo is not None:
        installation.logo = logo
    installation.pk = 1
    installation.save(force_insert=True)
    force = _make_areas(installation.name, district_names)
    load_content(now=now, languages=languages)
    _give_address(base_url)
    record("installation.started", installation, job=JOB, force=force.pk)
    return invite_person(
        email=lead_email,
        name=lead_name,
        role=Role.AREA_LEAD,
        areas=[force],
        actor=None,
        now=now,
    )


def _refuse_a_second_start() -> None:
    if Installation.objects.exists():
        raise StartError("This installation has been started before.")
    if Premises.objects.exists():
        raise StartError("There are premises in this database already.")


def _refuse_bad_values(
    installation: Installation, logo: File[Any] | None, lead_email: str
) -> None:
    try:
        installation.clean_fields(exclude=["id", "logo"])
        validate_email(lead_email)
    except ValidationError as error:
        raise StartError(" ".join(error.messages)) from error
    if logo is None:
        return
    try:
        Image.open(logo).verify()
    except (UnidentifiedImageError, SyntaxError) as error:
        raise StartError("The logo is not a picture: give a PNG or JPEG.") from error
    logo.seek(0)


def _make_areas(force_name: str, district_names: Sequence[str]) -> Area:
    slugs = [slugify(name) for name in (force_name, *district_names)]
    if not all(slugs):
        raise StartError("The name of an area needs letters.")
    if len(set(slugs)) < len(slugs):
        raise StartError("Two areas have the same name.")
    force = Area.objects.create(name=force_name, slug=slugs[0], kind=AreaKind.FORCE)
    for name, slug in zip(district_names, slugs[1:], strict=True):
        Area.objects.create(name=name, slug=slug, parent=force)
    return force


def _give_address(base_url: str) -> None:
    """Tell Wagtail where the site is found, for the links it writes in full."""
    parts = urlsplit(base_url)
    site = Site.objects.get(is_default_site=True)
    site.hostname = parts.hostname or "localhost"
    site.port = parts.port or (443 if parts.scheme == "https" else 80)
    site.save(update_fields=["hostname", "port"])
