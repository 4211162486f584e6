from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit import record
from outbox.invitations import password_link
from outbox.services import queue_message
from partners.register.enums import JoinState
from partners.register.models import JoinRequest, Organisation, Premises
from partners.register.services.alarms import look_for_managers
from partners.register.services.errors import RegisterError
from partners.register.services.managing import person_of, start_link
from partners.register.services.opening import (
    PlaceFacts,
    new_organisation,
    open_premises,
)
from partners.register.services.places import add_contact


@transaction.atomic
def approve_request(
    *,
    request: JoinRequest,
    officer: User,
    now: datetime,
    organisation: Organisation | None = None,
    premises: Premises | None = None,
) -> Premises:
    """Take a business in: its premises, its manager's sign-in, and word to them.

    Give `organisation` when it already runs other premises, or `premises` when these
    are known already and only the manager is new.

    :raises RegisterError: when the request is not waiting, or the person is barred.
    """
    request = _lock_waiting(request)
    if premises is None:
        premises = _open(request, organisation, officer=officer, now=now)
    manager, is_new = person_of(
        email=request.email, name=request.contact_name, actor=officer
    )
    start_link(manager, premises, actor=officer, now=now)
    _note_contacts(request, premises, officer=officer)
    request.state = JoinState.APPROVED
    request.premises = premises
    _decide(request, officer=officer, now=now, fields=["premises"])
    record("joinrequest.approved", request, actor=officer, premises=premises.pk)
    _tell_manager(request, manager, premises, is_new=is_new, now=now)
    look_for_managers(premises=Premises.objects.covered_by(premises), now=now)
    return premises


@transaction.atomic
def decline_request(
    *, request: JoinRequest, officer: User, reason: str, now: datetime
) -> JoinRequest:
    """Turn a request down and tell the person why.

    :raises RegisterError: when the request is not waiting, or no reason is given.
    """
    request = _lock_undecided(request)
    if not reason.strip():
        raise RegisterError(_("Say why, in words that the business can read."))
    request.state = JoinState.DECLINED
    request.decline_reason = reason.strip()
    _decide(request, officer=officer, now=now, fields=["decline_reason"])
    record("joinrequest.declined", request, actor=officer)
    # Nothing goes to an address that nobody has shown to be theirs.
    if request.confirmed_at is None:
        return request
    queue_message(
        dedupe_key=f"join-declined:{request.key}",
        template="join_declined",
        context={"request": request},
        address=request.email,
        area=request.area,
        now=now,
    )
    return request


def _lock_waiting(request: JoinRequest) -> JoinRequest:
    request = _lock_undecided(request)
    if request.state == JoinState.CALL_BACK:
        raise RegisterError(_("Ring the business first."))
    if request.state == JoinState.UNCONFIRMED:
        raise RegisterError(_("The e-mail address has not been confirmed yet."))
    return request


def _lock_undecided(request: JoinRequest) -> JoinRequest:
    locked = JoinRequest.objects.select_for_update(of=("self",))
    request = locked.select_related("area").get(pk=request.pk)
    match request.state:
        case JoinState.APPROVED:
            raise RegisterError(_("This request has already been approved."))
        case JoinState.DECLINED:
            raise RegisterError(_("This request has already been declined."))
    return request


def _decide(
    request: JoinRequest, *, officer: User, now: datetime, fields: list[str]
) -> None:
    request.decided_at = now
    request.decided_by = officer
    request.save(update_fields=["state", "decided_at", "decided_by", *fields])


def _open(
    request: JoinRequest,
    organisation: Organisation | None,
    *,
    officer: User,
    now: datetime,
) -> Premises:
    if organisation is None:
        name = request.organisation_name or request.premises_name
        organisation = new_organisation(name, officer)
    facts = PlaceFacts(
        name=request.premises_name,
        kind=request.kind,
        street=request.street,
        town=request.town,
        postcode=request.postcode,
        area=request.area,
    )
    return open_premises(facts, organisation, actor=officer, now=now)


def _note_contacts(request: JoinRequest, premises: Premises, *, officer: User) -> None:
    """Take the people of the request over, unless they are known there already."""
    known = set(premises.contacts.values_list("name", flat=True))
    given = [
        (request.contact_name, request.contact_role, request.email, request.phone),
        (
            request.second_name,
            request.second_role,
            request.second_email,
            request.second_phone,
        ),
    ]
    for name, role, email, phone in given:
        if name and name not in known and (email or phone):
            add_contact(
                premises=premises,
                name=name,
                role=role,
                email=email,
                phone=phone,
                actor=officer,
            )


def _tell_manager(
    request: JoinRequest,
    manager: User,
    premises: Premises,
    *,
    is_new: bool,
    now: datetime,
) -> None:
    template = "join_approved_new" if is_new else "join_approved_known"
    home = reverse("portal:premises", args=[premises.key])
    link = password_link(manager) if is_new else settings.WAGTAILADMIN_BASE_URL + home
    queue_message(
        dedupe_key=f"join-approved:{request.key}",
        template=template,
        context={
            "request": request,
            "premises": premises,
            "link": link,
        },
        recipient=manager,
        area=request.area,
        is_secret=is_new,
        now=now,
    )
