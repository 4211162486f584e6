from datetime import datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from core.audit import record
from core.models import Area
from outbox.services import queue_message
from partners.register.enums import JoinState
from partners.register.models import JoinRequest
from partners.register.services.alarms import officers_of
from partners.register.services.errors import RegisterError

LINK_LASTS = timedelta(days=7)
MAX_PER_ADDRESS_AND_DAY = 5
# A brake, not a lock: one force never sees this many honest requests in an hour.
MAX_PER_HOUR = 60

_signer = Signer(salt="partners.register.joining")


@transaction.atomic
def ask_to_join(
    *,
    premises_name: str,
    kind: str,
    street: str,
    town: str,
    postcode: str,
    area: Area,
    contact_name: str,
    email: str,
    phone: str = "",
    now: datetime,
) -> JoinRequest:
    """Note that a business wants to take part and ask for its address to be confirmed.

    The same business asking again with the same address gets its first request back,
    and no second message.

    :raises RegisterError: when too many requests have come in.
    """
    email = email.strip().lower()
    recent = JoinRequest.objects.filter(asked_at__gt=now - timedelta(days=1))
    same = recent.filter(
        state=JoinState.UNCONFIRMED,
        email=email,
        premises_name=premises_name,
        postcode=postcode,
    ).first()
    if same:
        return same
    _refuse_a_flood(recent.filter(email=email).count(), now=now)
    request = JoinRequest.objects.create(
        premises_name=premises_name,
        kind=kind,
        street=street,
        town=town,
        postcode=postcode,
        area=area,
        contact_name=contact_name,
        email=email,
        phone=phone,
        asked_at=now,
    )
    record("joinrequest.asked", request)
    _ask_for_confirmation(request, now=now)
    return request


def _ask_for_confirmation(request: JoinRequest, *, now: datetime) -> None:
    queue_message(
        dedupe_key=f"join-confirm:{request.key}",
        template="join_confirm",
        context={"request": request, "link": confirmation_link(request)},
        address=request.email,
        area=request.area,
        is_secret=True,
        now=now,
    )


def _refuse_a_flood(from_this_address: int, *, now: datetime) -> None:
    last_hour = JoinRequest.objects.filter(asked_at__gt=now - timedelta(hours=1))
    if (
        from_this_address >= MAX_PER_ADDRESS_AND_DAY
        or last_hour.filter(state=JoinState.UNCONFIRMED).count() >= MAX_PER_HOUR
    ):
        raise RegisterError(
            _(
                "We have had too many requests to take another one now. "
                "Please try again tomorrow."
            )
        )


def confirmation_link(request: JoinRequest) -> str:
    token = _signer.sign(request.key)
    path = reverse("register:join-confirm", args=[token])
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"


def request_of_link(token: str) -> JoinRequest | None:
    """Return the request a confirmation link was made for, if we made the link."""
    try:
        key = _signer.unsign(token)
    except BadSignature:
        return None
    return JoinRequest.objects.select_related("area").filter(key=key).first()


@transaction.atomic
def confirm_address(*, request: JoinRequest, now: datetime) -> JoinRequest:
    """Note that the link was opened and tell the area's officers.

    Opening it again changes nothing.

    :raises RegisterError: when the link is too old and was never used.
    """
    request = JoinRequest.objects.select_for_update().get(pk=request.pk)
    if request.state != JoinState.UNCONFIRMED:
        return request
    if now > request.asked_at + LINK_LASTS:
        raise RegisterError(
            _("This link is more than 7 days old. Please fill in the form again.")
        )
    request.state = JoinState.WAITING
    request.confirmed_at = now
    request.save(update_fields=["state", "confirmed_at"])
    record("joinrequest.confirmed", request)
    _tell_officers(request, now=now)
    return request


def _tell_officers(request: JoinRequest, *, now: datetime) -> None:
    path = reverse("join-requests:detail", args=[request.key])
    for officer in officers_of(request.area):
        queue_message(
            dedupe_key=f"join-waiting:{request.key}:user:{officer.pk}",
            template="join_waiting",
            context={
                "request": request,
                "link": f"{settings.WAGTAILADMIN_BASE_URL}{path}",
            },
            recipient=officer,
            area=request.area,
            now=now,
        )
