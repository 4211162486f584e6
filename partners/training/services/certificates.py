from datetime import datetime

from django.conf import settings
from django.urls import reverse

from outbox.models import Message
from partners.register.models import Premises, Spell
from partners.training.models import Completion
from partners.training.services.telling import tell, ways_to


def send_certificate(*, completion: Completion, now: datetime) -> Message | None:
    """Send a person the address of a new certificate, if there is a way to.

    The address is that of the public check, which never breaks.
    """
    person = completion.staff_member
    way = ways_to([person]).get(person.pk)
    premises = _workplace_of(completion)
    if way is None or premises is None:
        return None
    path = reverse("verify:certificate", args=[completion.certificate_code])
    return tell(
        person=person,
        way=way,
        premises=premises,
        template="certificate",
        dedupe_key=f"certificate:{completion.certificate_code}",
        context={
            "completion": completion,
            "address": settings.WAGTAILADMIN_BASE_URL + path,
        },
        now=now,
    )


def _workplace_of(completion: Completion) -> Premises | None:
    """Return where the person works now, or at last if nowhere any more."""
    spells = Spell.objects.standing().filter(staff_member=completion.staff_member_id)
    newest = spells.select_related("premises").order_by("-started_on", "-pk").first()
    return newest.premises if newest else None
