"""permissions: who may edit and publish · wording: words that need care."""

from campaigns.guidance.services.permissions import PermissionsError, grant_permissions
from campaigns.guidance.services.wording import LanguageGuard

__all__ = ["LanguageGuard", "PermissionsError", "grant_permissions"]
