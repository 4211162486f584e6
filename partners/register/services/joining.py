from datetime import datetime, timedelta
from typing import NotRequired, TypedDict

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit import record
from core.models import Area
from outbox.services import queue_message
from partners.register.enums import JoinState
from partners.register.models import JoinRequest
from partners.register.services.alarms import officers_of
from partners.register.services.challenges import spend_proof
from partners.register.services.errors import RegisterError

LINK_LASTS = timedelta(days=7)
MAX_PER_ADDRESS_AND_DAY = 5
# A brake, not a lock: one force never sees this many honest requests in an hour.
MAX_PER_HOUR = 60


class JoinAnswers(TypedDict):
    """What the form asks; a second contact is asked for, not demanded."""

    premises_name: str
    kind: str
    street: str
    town: str
    postcode: str
    area: Area
    contact_name: str
    email: str
    organisation_name: NotRequired[str]
    contact_role: NotRequired[str]
    phone: NotRequired[str]
    second_name: NotRequired[str]
    second_role: NotRequired[str]
    second_email: NotRequired[str]
    second_phone: NotRequired[str]


_signer = Signer(salt="partners.register.joining")


@transaction.atomic
def ask_to_join(
    *, answers: JoinAnswers, challenge: str = "", answer: str = "", now: datetime
) -> JoinRequest:
    """Note that a business wants to take part.

    With a proof of work its address is asked to be confirmed; without one nothing is
    sent to anybody outside, and an officer rings first. The same business asking again
    with the same address gets its first request back, and no second message.

    :raises RegisterError: when the proof is no good, or too many requests have come in.
    """
    has_proof = bool(answer)
    if has_proof:
        spend_proof(challenge=challenge, answer=answer, now=now)
    facts = {**answers, "email": answers["email"].strip().lower()}
    recent = JoinRequest.objects.filter(asked_at__gt=now - timedelta(days=1))
    state = JoinState.UNCONFIRMED if has_proof else JoinState.CALL_BACK
    same = recent.filter(
        state=state,
        email=facts["email"],
        premises_name=facts["premises_name"],
        postcode=facts["postcode"],
    ).first()
    if same:
        return same
    _refuse_a_flood(recent.filter(email=facts["email"]).count(), state, now=now)
    request = JoinRequest.objects.create(**facts, state=state, asked_at=now)
    record("joinrequest.asked", request, has_proof=has_proof)
    if has_proof:
        _ask_for_confirmation(request, now=now)
    else:
        _ask_for_a_call(request, now=now)
    return request


@transaction.atomic
def note_call(*, request: JoinRequest, officer: User, now: datetime) -> JoinRequest:
    """Note that an officer rang and somebody there knew of it; go on as with proof.

    :raises RegisterError: when the request waits for no call.
    """
    request = JoinRequest.objects.select_for_update().get(pk=request.pk)
    if request.state != JoinState.CALL_BACK:
        raise RegisterError(_("This request waits for no call."))
    request.state = JoinState.UNCONFIRMED
    request.called_at = now
    request.called_by = officer
    request.save(update_fields=["state", "called_at", "called_by"])
    record("joinrequest.called", request, actor=officer)
    _ask_for_confirmation(request, now=now)
    return request


def _ask_for_confirmation(request: JoinRequest, *, now: datetime) -> None:
    request.link_sent_at = now
    request.save(update_fields=["link_sent_at"])
    queue_message(
        dedupe_key=f"join-confirm:{request.key}",
        template="join_confirm",
        context={"request": request, "link": confirmation_link(request)},
        address=request.email,
        area=request.area,
        is_secret=True,
        now=now,
    )


def _ask_for_a_call(request: JoinRequest, *, now: datetime) -> None:
    """Tell officers once a day: whoever sends many cannot fill their post."""
    wanted = {"state": JoinState.CALL_BACK.value}
    path = reverse("join-requests:list", query=wanted)
    day = timezone.localdate(now).isoformat()
    for officer in officers_of(request.area):
        queue_message(
            dedupe_key=f"join-call:{request.area_id}:{day}:user:{officer.pk}",
            template="join_call",
            context={
                "request": request,
                "link": f"{settings.WAGTAILADMIN_BASE_URL}{path}",
            },
            recipient=officer,
            area=request.area,
            now=now,
        )


def _refuse_a_flood(from_this_address: int, state: JoinState, *, now: datetime) -> None:
    """Brake each way in by itself: requests without proof never stop those with one."""
    last_hour = JoinRequest.objects.filter(asked_at__gt=now - timedelta(hours=1))
    if (
        from_this_address >= MAX_PER_ADDRESS_AND_DAY
        or last_hour.filter(state=state).count() >= MAX_PER_HOUR
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
    if request.state == JoinState.CALL_BACK:
        raise RegisterError(_("An officer rings you first. Please wait for the call."))
    if request.state != JoinState.UNCONFIRMED:
        return request
    if now > (request.link_sent_at or request.asked_at) + LINK_LASTS:
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
