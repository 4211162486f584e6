from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.audit import record
from media.codes.models import Code
from media.codes.services import issue_code
from media.print.evidence import gather
from media.print.models import EvidencePack
from media.print.posters import poster_pdf
from partners.register.models import Premises


@transaction.atomic
def make_poster(*, premises: Premises, place: str, actor: User, now: datetime) -> Code:
    """Issue a code for one more wall and prove that its poster can be read.

    :raises CodeError: the premises no longer take part.
    :raises PosterError: the poster fails its check; then no code is issued either.
    """
    code = issue_code(premises=premises, place=place, actor=actor, now=now)
    poster_pdf(code)
    return code


@transaction.atomic
def issue_pack(*, premises: Premises, actor: User, now: datetime) -> EvidencePack:
    """Freeze what can be shown of premises today, under a number of its own.

    Asked for again on a day on which nothing has changed, it is the same pack.
    """
    Premises.objects.select_for_update().get(pk=premises.pk)
    today = timezone.localdate(now)
    figures = gather(premises, today=today)
    newest = (
        EvidencePack.objects.of_controller(premises)
        .filter(day=today)
        .order_by("-issued_at", "-pk")
        .first()
    )
    if newest is not None and newest.figures == figures:
        return newest
    pack = EvidencePack.objects.create(
        premises=premises,
        organisation_id=premises.organisation_id,
        day=today,
        figures=figures,
        issued_at=now,
        issued_by=actor,
    )
    record("evidencepack.issued", pack, actor=actor, premises=premises.pk)
    return pack
