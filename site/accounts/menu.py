from django.http import HttpRequest  # noqa: TID251 -- Wagtail's menu asks with a request
from wagtail.admin.menu import MenuItem

from accounts.scoping import is_area_lead, is_officer


class OfficerMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return is_officer(request.user)


class AreaLeadMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return is_area_lead(request.user)
