"""Taking premises in: after a request, or by an officer's own hand."""

from datetime import datetime
from typing import TypedDict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.scoping import areas_of, is_officer
from core.audit import record
from core.models import Area
from core.shortcodes import new_code
from partners.register.models import Organisation, Premises, Region
from partners.register.services.errors import RegisterError
from partners.register.services.managing import invite_manager

STAFF_CODE_LENGTH = 6


class PlaceFacts(TypedDict):
    name: str
    kind: str
    street: str
    town: str
    postcode: str
    area: Area


@transaction.atomic
def add_premises(
    *,
    facts: PlaceFacts,
    organisation: Organisation | None,
    organisation_name: str,
    manager_name: str,
    manager_email: str,
    actor: User,
    now: datetime,
) -> Premises:
    """Enter premises by hand and, with an address, invite their manager.

    :raises RegisterError: outside the officer's areas, or when the person is barred.
    """
    require_officer(actor, facts["area"])
    if organisation is None:
        organisation = new_organisation(organisation_name or facts["name"], actor)
    premises = open_premises(facts, organisation, actor=actor, now=now)
    if manager_email:
        invite_manager(
            whole=premises,
            email=manager_email,
            name=manager_name,
            actor=actor,
            now=now,
        )
    return premises


@transaction.atomic
def change_details(
    *,
    premises: Premises,
    facts: PlaceFacts,
    region: Region | None,
    new_region: str,
    actor: User,
) -> Premises:
    """Correct name, kind and address, and put premises into a region of their chain.

    :raises RegisterError: outside the officer's areas, or for a region of others.
    """
    require_officer(actor, premises.area)
    require_officer(actor, facts["area"])
    if new_region:
        region, is_new = Region.objects.get_or_create(
            organisation=premises.organisation, name=" ".join(new_region.split())
        )
        if is_new:
            record("region.created", region, actor=actor)
    if region is not None and region.organisation_id != premises.organisation_id:
        raise RegisterError(_("This region belongs to another organisation."))
    values = {**facts, "region": region}
    changed = [
        name for name, value in values.items() if getattr(premises, name) != value
    ]
    for name in changed:
        setattr(premises, name, values[name])
    premises.save(update_fields=changed)
    record("premises.changed", premises, actor=actor, fields=changed)
    return premises


def open_premises(
    facts: PlaceFacts, organisation: Organisation, *, actor: User, now: datetime
) -> Premises:
    """Make the premises, in the caller's transaction."""
    premises = Premises.objects.create(
        **facts,
        organisation=organisation,
        staff_code=unused_staff_code(),
        joined_on=timezone.localdate(now),
    )
    record("premises.created", premises, actor=actor)
    return premises


def new_organisation(name: str, actor: User) -> Organisation:
    organisation = Organisation.objects.create(name=" ".join(name.split()))
    record("organisation.created", organisation, actor=actor)
    return organisation


def unused_staff_code() -> str:
    """Draw a staff code that no other premises has."""
    while True:
        code = new_code(STAFF_CODE_LENGTH)
        if not Premises.objects.filter(staff_code=code).exists():
            return code


def require_officer(actor: User, area: Area) -> None:
    """Refuse whoever is no officer of an area.

    :raises RegisterError: in words that may be shown.
    """
    if not is_officer(actor) or not areas_of(actor).filter(pk=area.pk).exists():
        raise RegisterError(_("Only an officer of the area can do this."))
