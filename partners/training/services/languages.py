"""A person changes the language in the middle and goes on where they were."""

from django.db import transaction

from campaigns.learning.models import ModuleVersion
from partners.register import services as register
from partners.register.models import StaffMember
from partners.training.models import Progress


@transaction.atomic
def choose_language(*, staff_member: StaffMember, language: str) -> StaffMember:
    """Speak and write to a person in a language, and go on in it with what is begun.

    The same version has the same questions and answers in each language, so nothing
    that was read or answered is lost. A module without that language stays in its own.

    :raises RegisterError: when it is none of ours.
    """
    staff_member = register.choose_language(person=staff_member, language=language)
    begun = Progress.objects.unfinished().filter(staff_member=staff_member)
    for progress in begun.select_for_update(of=("self",)).select_related("version"):
        version = ModuleVersion.objects.same_in(progress.version, language)
        if version == progress.version:
            continue
        # One that ended in an attempt, which is what is kept of it.
        Progress.objects.filter(staff_member=staff_member, version=version).delete()
        progress.version = version
        progress.save(update_fields=["version"])
    return staff_member
