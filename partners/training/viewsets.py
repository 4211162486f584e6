from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.scoping import is_officer
from partners.register.enums import StaffRole
from partners.training.forms import RequirementForm
from partners.training.models import Requirement
from partners.training.services import save_requirement

# A requirement is ended by its last day, never deleted: past coverage is read by it.
ALLOWED = frozenset({"view", "add", "change"})


class RequirementPolicy(ModelPermissionPolicy):
    """Officers see what applies in their areas and change what is theirs."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in ALLOWED and is_officer(user)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(
        self, user: Any, action: str, instance: Requirement
    ) -> bool:
        if action != "change":
            return self.user_has_permission(user, action)
        return Requirement.objects.changeable_by(user).filter(pk=instance.pk).exists()

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Any, instance: Requirement
    ) -> bool:
        return any(
            self.user_has_permission_for_instance(user, action, instance)
            for action in actions
        )


class RequirementIndexView(IndexView):
    def get_base_queryset(self) -> "QuerySet[Requirement]":
        return (
            Requirement.objects.visible_to(self.request.user)
            .select_related("module", "area")
            .prefetch_related("required_roles")
            .order_by("module__title", "pk")
        )


class RequirementCreateView(CreateView):
    def save_instance(self) -> Requirement:
        return _save(self)


class RequirementEditView(EditView):
    def get_queryset(self) -> "QuerySet[Requirement]":
        return Requirement.objects.changeable_by(self.request.user)

    def save_instance(self) -> Requirement:
        return _save(self)


def _save(view: CreateView | EditView) -> Requirement:
    return save_requirement(
        requirement=view.form.save(commit=False),
        roles=view.form.cleaned_data["roles"],
        actor=view.request.user,
    )


def _roles(requirement: Requirement) -> str:
    roles = requirement.required_roles.all()
    return ", ".join(sorted(str(StaffRole(entry.role).label) for entry in roles))


class RequirementViewSet(ModelViewSet):
    model = Requirement
    name = "requirements"
    icon = "clipboard-list"
    menu_label = _("Required training")
    menu_order = 320
    add_to_admin_menu = True
    index_view_class = RequirementIndexView
    add_view_class = RequirementCreateView
    edit_view_class = RequirementEditView
    copy_view_enabled = False
    inspect_view_enabled = False
    list_display = [
        Column("module", label=_("Module"), sort_key="module__title"),
        Column("roles", label=_("Who needs it"), accessor=_roles),
        Column("area", label=_("Area"), accessor=lambda row: row.area or _("All")),
        Column("within_days", label=_("Days to do it")),
        Column("valid_months", label=_("Months it is valid")),
        Column("starts_on", label=_("From")),
        Column("ends_on", label=_("Until")),
    ]

    def get_form_class(self, for_update: bool = False) -> type[RequirementForm]:  # noqa: FBT001, FBT002 -- Wagtail's signature
        return RequirementForm
