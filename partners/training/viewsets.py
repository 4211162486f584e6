from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.own_areas import OwnAreasViewSet
from accounts.scoping import is_officer
from partners.register.enums import StaffRole
from partners.training.coverage import simulate
from partners.training.forms import (
    PeopleInPost,
    RequirementChangeForm,
    RequirementForm,
)
from partners.training.models import Requirement
from partners.training.services import (
    Plan,
    PlanUnseenError,
    TrainingError,
    change_requirement,
    plan_addition,
    plan_change,
    save_requirement,
)

# A requirement is ended by its last day, never deleted: past coverage is read by it.
ALLOWED = frozenset({"view", "add", "change"})

# The two buttons below a preview.
CONFIRMED = "confirmed"
CHANGE_AGAIN = "change_again"
NOT_TYPED = frozenset({CONFIRMED, CHANGE_AGAIN, "csrfmiddlewaretoken"})

FOR_WHOM = MultiFieldPanel(
    [
        FieldPanel("module"),
        FieldPanel("roles"),
        FieldRowPanel(
            [
                FieldPanel(
                    "shift",
                    help_text=_("Who works changing shifts works each of them."),
                ),
                FieldPanel("premises_kind"),
                FieldPanel("area"),
            ]
        ),
    ],
    heading=_("Who needs it"),
)
HOW_SOON = MultiFieldPanel(
    [
        FieldPanel(
            "within_days",
            help_text=_("Somebody new has finished it this many days after starting."),
        ),
        FieldPanel(
            "grace_days",
            help_text=_(
                "After the day it is due, or after a certificate has run out, this "
                "many days more. In these days people are not in date: they are shown "
                "beside, as “still has time”, and not yet as overdue."
            ),
        ),
    ],
    heading=_("How soon"),
)
AGAIN = MultiFieldPanel(
    [
        FieldPanel("renewal"),
        FieldPanel(
            "valid_months",
            help_text=_("When each person has their own day: months from finishing."),
        ),
        FieldPanel(
            "window_days",
            help_text=_(
                "Who does it again in the last days before the end loses no time: the "
                "new months count from the old end. With a season: who finishes so "
                "many days before it opens has done it for that season."
            ),
        ),
    ],
    heading=_("When it is done again"),
)
SEASON = MultiFieldPanel(
    [
        FieldRowPanel([FieldPanel("season_opens"), FieldPanel("season_closes")]),
        FieldPanel(
            "late_starters",
            help_text=_(
                "Whoever finishes before a season is due again with everybody, in "
                "that season, however lately they have started."
            ),
        ),
        FieldPanel("late_starter_days"),
    ],
    heading=_("Only when everybody renews in a season"),
)
BEGINNING = MultiFieldPanel(
    [
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
    ],
    heading=_("From when to when"),
    help_text=_("Who is in post already has the days of a starter from the first day."),
)
CHANGING = MultiFieldPanel(
    [
        FieldRowPanel([FieldPanel("applies_on"), FieldPanel("ends_on")]),
        FieldPanel(
            "people_in_post",
            help_text=_(
                "Nobody loses a certificate. This is about days only: whether somebody "
                "who has time left today may be overdue because of the new rules."
            ),
        ),
    ],
    heading=_("From when the change holds"),
)
TERMS = [FOR_WHOM, HOW_SOON, AGAIN, SEASON]
ADD_PANEL = ObjectList([*TERMS, BEGINNING], base_form_class=RequirementForm)
CHANGE_PANEL = ObjectList([*TERMS, CHANGING], base_form_class=RequirementChangeForm)


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
            .order_by("module__title", "-starts_on", "pk")
        )


class RefusalsMixin(PermissionCheckedMixin):
    """Show what a service refuses beside the form, with everything as it was typed."""

    # Wagtail sets it only where it saves drafts, and reads it for every refusal.
    produced_error_message: str | None = None

    def form_valid(self, form: BaseForm) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except TrainingError as refusal:
            self.produced_error_message = str(refusal)
            form.add_error(None, str(refusal))
            response = self.form_invalid(form)
        return response


class PreviewMixin(PermissionCheckedMixin):
    """Tell first what rules would do to people; save only what was told.

    The confirmation belongs to just these rules: whoever changes them in between, on
    this page or from another, has the officer look again.
    """

    preview_template_name = "training/admin/requirement_preview.html"
    submit_button_label = _("See what this would do")
    submit_button_active_label = _("Counting…")
    success_message = _("The rules are saved.")

    # Wagtail sets it; only its own kind of form can be saved.
    form: Any

    def form_valid(self, form: BaseForm) -> HttpResponse:
        self.form = form
        if CHANGE_AGAIN in self.request.POST:
            page: HttpResponse = self.render_to_response(self.get_context_data())
            return page
        if CONFIRMED not in self.request.POST:
            return self.preview()
        try:
            response: HttpResponse = super().form_valid(form)
        except PlanUnseenError as refusal:
            response = self.preview(str(refusal))
        return response

    def preview(self, refusal: str = "") -> HttpResponse:
        plan: Plan = self.plan()
        officer = self.request.user
        context = self.get_context_data() | {
            "plan": plan,
            "roles": _role_names(self.form.cleaned_data["roles"]),
            "is_ending": plan.verb == "requirement.ended",
            "refusal": refusal,
            "today": timezone.localdate(),
            "confirmation": plan.confirmation_by(officer),
            "typed": [
                (name, value)
                for name, values in self.request.POST.lists()
                for value in values
                if name not in NOT_TYPED
            ],
        }
        if "spares_people_in_post" in plan.facts:
            chosen = self.form.cleaned_data["people_in_post"]
            context["people_in_post"] = PeopleInPost(chosen).label
        if plan.first_day is not None:
            context["simulation"] = simulate(
                plan.versions, first_day=plan.first_day, officer=officer
            )
        return render(self.request, self.preview_template_name, context)


class RequirementCreateView(RefusalsMixin, PreviewMixin, CreateView):
    @property
    def chosen(self) -> dict[str, Any]:
        return {
            "requirement": self.form.save(commit=False),
            "roles": self.form.cleaned_data["roles"],
            "today": timezone.localdate(),
        }

    def plan(self) -> Plan:
        return plan_addition(**self.chosen)

    def save_instance(self) -> Requirement:
        return save_requirement(
            **self.chosen,
            actor=self.request.user,
            confirmed=self.request.POST[CONFIRMED],
        )


class RequirementEditView(RefusalsMixin, PreviewMixin, EditView):
    def get_queryset(self) -> "QuerySet[Requirement]":
        return Requirement.objects.changeable_by(self.request.user)

    def get_page_subtitle(self) -> str:
        return str(self.object.module.title)

    @property
    def chosen(self) -> dict[str, Any]:
        typed = self.form.cleaned_data
        return {
            "requirement": self.get_object(),
            "wanted": self.form.save(commit=False),
            "roles": typed["roles"],
            "applies_on": typed["applies_on"],
            "spares_people_in_post": typed["people_in_post"] == PeopleInPost.SPARED,
            "today": timezone.localdate(),
        }

    def plan(self) -> Plan:
        return plan_change(**self.chosen)

    def save_instance(self) -> Requirement:
        return change_requirement(
            **self.chosen,
            actor=self.request.user,
            confirmed=self.request.POST[CONFIRMED],
        )


def _roles(requirement: Requirement) -> str:
    return _role_names(entry.role for entry in requirement.required_roles.all())


def _role_names(roles: Iterable[str]) -> str:
    return ", ".join(sorted(str(StaffRole(role).label) for role in roles))


class RequirementViewSet(OwnAreasViewSet):
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
    edit_handler = ADD_PANEL
    list_display = [
        Column("module", label=_("Module"), sort_key="module__title"),
        Column("roles", label=_("Who needs it"), accessor=_roles),
        Column("area", label=_("Area"), accessor=lambda row: row.area or _("All")),
        Column("within_days", label=_("Days to do it")),
        Column("renewal", label=_("Again"), accessor="renewal_text"),
        Column("starts_on", label=_("From")),
        Column("ends_on", label=_("Until")),
    ]

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        panel = CHANGE_PANEL.bind_to_model(Requirement)
        forms: dict[str, Any] = {"panel": panel, "form_class": panel.get_form_class()}
        return super().get_edit_view_kwargs(**forms, **kwargs)  # type: ignore[no-any-return] # Wagtail's
