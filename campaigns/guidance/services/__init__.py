"""Everything that changes how words get published.

permissions: who may edit and publish · wording: words that need care · approvals: pages
that wait for a safeguarding lead · reviews: pages read again · publishing: what was
scheduled
"""

from campaigns.guidance.services.addresses import edit_path
from campaigns.guidance.services.approvals import (
    ApprovalError,
    open_approval,
    plan_approval,
    take_approval,
    tell_author,
)
from campaigns.guidance.services.permissions import (
    PermissionsError,
    attach_workflow,
    grant_permissions,
)
from campaigns.guidance.services.publishing import publish_due_pages
from campaigns.guidance.services.reviews import (
    ReviewError,
    confirm_page,
    note_approval,
    tell_of_overdue_pages,
)
from campaigns.guidance.services.wording import LanguageGuard

__all__ = [
    "ApprovalError",
    "LanguageGuard",
    "PermissionsError",
    "ReviewError",
    "attach_workflow",
    "confirm_page",
    "edit_path",
    "grant_permissions",
    "note_approval",
    "open_approval",
    "plan_approval",
    "publish_due_pages",
    "take_approval",
    "tell_author",
    "tell_of_overdue_pages",
]
