from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit import record
from core.models import Area
from partners.register.models import PlaceSource
from partners.register.opendata import Authority, OpenDataError, OpenDataService
from partners.register.rules import folded
from partners.register.services.errors import RegisterError


def find_authorities(words: str) -> list[Authority]:
    """Ask the open data service which authorities have these words in their name.

    :raises RegisterError: when the service cannot be asked.
    """
    try:
        with OpenDataService() as service:
            authorities = service.authorities()
    except OpenDataError as trouble:
        raise RegisterError(str(trouble)) from trouble
    wanted = folded(words)
    found = [
        one for one in authorities if wanted in folded(one.name) or wanted == one.code
    ]
    return sorted(found, key=lambda one: (one.name, one.code))


def add_source(
    *,
    area: Area,
    authority_code: str,
    authority_name: str,
    authority_number: int | None = None,
    actor: User,
) -> PlaceSource:
    """Note which authority's list an area's businesses stand in.

    :raises RegisterError: when the authority belongs to an area already.
    """
    try:
        with transaction.atomic():
            source = PlaceSource.objects.create(
                area=area,
                authority_code=authority_code,
                authority_name=authority_name,
                authority_number=authority_number,
            )
            record("placesource.added", source, actor=actor, area=area.pk)
    except IntegrityError as error:
        raise RegisterError(
            _("The list of this authority belongs to an area already.")
        ) from error
    return source
