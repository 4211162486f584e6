"""What officers note about a business of the area."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit import record, record_each
from partners.register.enums import NotCounted
from partners.register.models import AreaPlace, AreaPlaceQuerySet, Premises
from partners.register.services.errors import RegisterError


@transaction.atomic
def link_place(*, place: AreaPlace, premises: Premises, actor: User) -> AreaPlace:
    """Note that a business of the area is these premises.

    :raises RegisterError: when either is tied to another one.
    """
    place = _lock(place)
    if place.premises_id == premises.pk:
        return place
    if place.premises_id is not None:
        raise RegisterError(_("This business is tied to other premises already."))
    place.premises = premises
    try:
        with transaction.atomic():
            place.save(update_fields=["premises"])
    except IntegrityError as error:
        raise RegisterError(
            _("These premises are another business of the list already.")
        ) from error
    place.told_apart.remove(premises)
    record("areaplace.linked", place, actor=actor, premises=premises.pk)
    return place


@transaction.atomic
def unlink_place(*, place: AreaPlace, actor: User) -> AreaPlace:
    """Take back that a business is its premises, and do not suggest it again."""
    place = _lock(place)
    if place.premises_id is None:
        return place
    premises, place.premises = place.premises_id, None
    place.save(update_fields=["premises"])
    place.told_apart.add(premises)
    record("areaplace.unlinked", place, actor=actor, premises=premises)
    return place


@transaction.atomic
def leave_out(*, place: AreaPlace, reason: NotCounted, actor: User) -> AreaPlace:
    """Leave a business out of the count, and say why.

    :raises RegisterError: when it takes part.
    """
    place = _lock(place)
    if place.premises_id is not None:
        raise RegisterError(
            _("This business is tied to premises that we know. Untie it first.")
        )
    place.not_counted = reason
    place.save(update_fields=["not_counted"])
    record("areaplace.left_out", place, actor=actor, reason=reason)
    return place


@transaction.atomic
def count_again(*, place: AreaPlace, actor: User) -> AreaPlace:
    place = _lock(place)
    if place.not_counted:
        place.not_counted = ""
        place.save(update_fields=["not_counted"])
        record("areaplace.counted", place, actor=actor)
    return place


@transaction.atomic
def note_invited(*, places: AreaPlaceQuerySet, actor: User, today: date) -> int:
    """Note that businesses were invited; return how many were not before."""
    invited = list(
        places.filter(
            invited_on__isnull=True,
            premises__isnull=True,
            gone_on__isnull=True,
            not_counted="",
        )
    )
    for place in invited:
        place.invited_on = today
    AreaPlace.objects.bulk_update(invited, ["invited_on"], batch_size=500)
    record_each("areaplace.invited", invited, actor=actor)
    return len(invited)


@transaction.atomic
def note_declined(*, place: AreaPlace, actor: User, today: date) -> AreaPlace:
    """Note that a business does not want to take part; it stays in the count."""
    place = _lock(place)
    place.declined_on = today
    place.save(update_fields=["declined_on"])
    record("areaplace.declined", place, actor=actor)
    return place


@transaction.atomic
def take_back_answer(*, place: AreaPlace, actor: User) -> AreaPlace:
    """Forget that a business was invited and said no, as if nobody had asked."""
    place = _lock(place)
    place.invited_on = place.declined_on = None
    place.save(update_fields=["invited_on", "declined_on"])
    record("areaplace.answer_taken_back", place, actor=actor)
    return place


def _lock(place: AreaPlace) -> AreaPlace:
    return AreaPlace.objects.select_for_update(of=("self",)).get(pk=place.pk)
