from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from accounts.services import give_role
from core.audit import record
from core.shortcodes import new_code
from outbox.invitations import password_link
from outbox.services import queue_message
from partners.register.enums import JoinState
from partners.register.models import JoinRequest, ManagerLink, Organisation, Premises
from partners.register.services.errors import RegisterError

STAFF_CODE_LENGTH = 6


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
        premises = _open_premises(request, organisation, officer=officer, now=now)
    manager, is_new = _manager_of(request, officer=officer)
    _link(manager, premises, officer=officer, now=now)
    request.state = JoinState.APPROVED
    request.premises = premises
    _decide(request, officer=officer, now=now, fields=["premises"])
    record("joinrequest.approved", request, actor=officer, premises=premises.pk)
    _tell_manager(request, manager, premises, is_new=is_new, now=now)
    return premises


@transaction.atomic
def decline_request(
    *, request: JoinRequest, officer: User, reason: str, now: datetime
) -> JoinRequest:
    """Turn a request down and tell the person why.

    :raises RegisterError: when the request is not waiting, or no reason is given.
    """
    request = _lock_waiting(request)
    if not reason.strip():
        raise RegisterError(_("Say why, in words that the business can read."))
    request.state = JoinState.DECLINED
    request.decline_reason = reason.strip()
    _decide(request, officer=officer, now=now, fields=["decline_reason"])
    record("joinrequest.declined", request, actor=officer)
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
    locked = JoinRequest.objects.select_for_update(of=("self",))
    request = locked.select_related("area").get(pk=request.pk)
    match request.state:
        case JoinState.UNCONFIRMED:
            raise RegisterError(_("The e-mail address has not been confirmed yet."))
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


def _open_premises(
    request: JoinRequest,
    organisation: Organisation | None,
    *,
    officer: User,
    now: datetime,
) -> Premises:
    if organisation is None:
        organisation = Organisation.objects.create(name=request.premises_name)
        record("organisation.created", organisation, actor=officer)
    premises = Premises.objects.create(
        organisation=organisation,
        area=request.area,
        name=request.premises_name,
        kind=request.kind,
        street=request.street,
        town=request.town,
        postcode=request.postcode,
        staff_code=unused_staff_code(),
        joined_on=timezone.localdate(now),
    )
    record("premises.created", premises, actor=officer)
    return premises


def unused_staff_code() -> str:
    """Draw a staff code that no other premises has."""
    while True:
        code = new_code(STAFF_CODE_LENGTH)
        if not Premises.objects.filter(staff_code=code).exists():
            return code


def _manager_of(request: JoinRequest, *, officer: User) -> tuple[User, bool]:
    """Return the person behind the confirmed address, and whether they are new."""
    manager = User.objects.filter(email__iexact=request.email).first()
    if manager is not None and not manager.is_active:
        raise RegisterError(
            _("The person with this address was deactivated and cannot be a manager.")
        )
    is_new = manager is None
    if manager is None:
        manager = User.objects.create_user(request.email, name=request.contact_name)
        EmailAddress.objects.create(
            user=manager, email=manager.email, verified=True, primary=True
        )
        record("person.created", manager, actor=officer)
    give_role(user=manager, role=Role.MANAGER)
    return manager, is_new


def _link(manager: User, premises: Premises, *, officer: User, now: datetime) -> None:
    link, is_new = ManagerLink.objects.get_or_create(
        user=manager,
        premises=premises,
        ended_at__isnull=True,
        defaults={"started_at": now},
    )
    if is_new:
        record("managerlink.started", link, actor=officer, premises=premises.pk)


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
