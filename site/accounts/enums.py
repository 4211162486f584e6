from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person may do. Each role is a group of the same name."""

    AREA_LEAD = "area-lead", _("Area lead")
    OFFICER = "officer", _("Campaign officer")
    SAFEGUARDING_LEAD = "safeguarding-lead", _("Safeguarding lead")
    EDITOR = "editor", _("Editor")
    TESTER = "tester", _("Tester")
    MANAGER = "manager", _("Manager")
    BOARD = "board", _("Board member")


# Who can reach people, covert visits or the public's pages: a password is not enough.
SECOND_FACTOR_ROLES = frozenset(
    {Role.AREA_LEAD, Role.OFFICER, Role.SAFEGUARDING_LEAD, Role.EDITOR, Role.TESTER}
)
# Whom an area lead may invite, deactivate and give a new second factor.
STAFF_ROLES = frozenset(
    {Role.OFFICER, Role.SAFEGUARDING_LEAD, Role.EDITOR, Role.TESTER, Role.BOARD}
)
OFFICER_ROLES = frozenset({Role.AREA_LEAD, Role.OFFICER})
ADMIN_ROLES = frozenset(
    {Role.AREA_LEAD, Role.OFFICER, Role.SAFEGUARDING_LEAD, Role.EDITOR}
)
# Who puts words before the public; everyone else hands them in for review.
PUBLISHING_ROLES = frozenset({Role.AREA_LEAD, Role.SAFEGUARDING_LEAD})
# Who hands a page to the screens of translation; its words are drafts until published.
TRANSLATING_ROLES = PUBLISHING_ROLES | {Role.EDITOR}
# Who may enter that a named person has confirmed the words of a translation.
CONFIRMING_ROLES = OFFICER_ROLES | {Role.SAFEGUARDING_LEAD}
