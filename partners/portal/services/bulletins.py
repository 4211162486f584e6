from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.guidance.models import issued_bulletins
from core.audit import record
from partners.portal.models import BulletinReading
from partners.portal.services.errors import PortalError
from partners.register.models import Premises


@transaction.atomic
def note_bulletin_read(
    *, bulletin: UUID, premises: Premises, reader: User, now: datetime
) -> BulletinReading:
    """Note that a manager has read a bulletin, once for each premises.

    Said twice it is the first time that stands, and nothing new is written.
    :raises PortalError: when no such bulletin is published.
    """
    issued = issued_bulletins(today=timezone.localdate(now))
    page = issued.filter(translation_key=bulletin).first()
    if page is None:
        raise PortalError(_("This bulletin is no longer published."))
    reading, is_new = BulletinReading.objects.get_or_create(
        bulletin=bulletin,
        issued_on=page.issued_on,
        premises=premises,
        reader=reader,
        defaults={"read_at": now},
    )
    if is_new:
        record("bulletin.read", reading, actor=reader, premises=premises.pk)
    return reading
