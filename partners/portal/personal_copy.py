"""What the portal knows of a person on a staff list."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from core.personal_data import Section
from partners.portal.models import StillHere
from partners.register.models import StaffMember
from partners.register.personal_copy import moment_words


def about_answers(person: StaffMember) -> Iterable[Section]:
    answers = StillHere.objects.filter(spell__staff_member=person).select_related(
        "spell__premises"
    )
    yield Section(
        _("Said to work here still"),
        [
            {
                _("Premises"): str(answer.spell.premises),
                _("On"): moment_words(answer.said_at),
            }
            for answer in answers.order_by("said_at", "pk")
        ],
    )
