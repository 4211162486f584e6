from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import F, Model, QuerySet
from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.scoping import may_enter_admin
from campaigns.signs.models import Sign, SignWording, UseFlag, language_states
from campaigns.signs.panels import UsesPanel
from campaigns.signs.services import (
    SUBJECT,
    SignError,
    add_sign,
    change_sign,
    clear_flag,
)
from core.careful_forms import careful_words_panel, keep_words
from core.enums import TranslationState, UseKind
from core.uses import Use, uses_by_key


class SignPolicy(ModelPermissionPolicy):
    """Whoever edits signs may add and change them. A sign is retired, never deleted."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and bool(super().user_has_permission(user, action))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        allowed = {*actions} - {"delete"}
        return bool(super().user_has_any_permission(user, allowed))


class UseFlagPolicy(ModelPermissionPolicy):
    """Whoever may enter the admin looks at flags and clears them; nobody else."""

    ACTIONS = frozenset({"view", "change"})

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in self.ACTIONS and may_enter_admin(user)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return bool(self.ACTIONS & {*actions}) and may_enter_admin(user)


class SignIndexView(IndexView):
    def get_base_queryset(self) -> "QuerySet[Sign]":
        return (
            Sign.objects.with_english_text()
            .with_open_flags()
            .prefetch_related("wordings")
        )

    @cached_property
    def uses(self) -> dict[str, list[Use]]:
        return uses_by_key(SUBJECT)

    @cached_property
    def columns(self) -> list[Column]:
        columns: list[Column] = super().columns
        return [
            *columns,
            Column("uses", label=_("Used in"), accessor=self._use_count),
            Column("languages", label=_("Languages"), accessor=_language_summary),
        ]

    def _use_count(self, sign: Sign) -> int:
        return len(self.uses.get(sign.key, []))


def _language_summary(sign: Sign) -> str:
    """Name the languages whose words are missing or outdated."""
    states = language_states(sign.wordings.all())
    wanting = {
        state: ", ".join(code for code, other in states.items() if other == state)
        for state in states.values()
        if state != TranslationState.CURRENT
    }
    return "; ".join(
        f"{TranslationState(state).label}: {codes}" for state, codes in wanting.items()
    ) or str(TranslationState.CURRENT.label)


class SignCreateView(CreateView):
    def save_instance(self) -> Sign:
        sign: Sign = self.form.save(commit=False)
        add_sign(sign=sign, actor=self.request.user, now=timezone.now())
        keep_words(sign, by=self.request.user)
        log(instance=sign, action="wagtail.create", content_changed=True)
        return sign


class SignEditView(EditView):
    def save_instance(self) -> Sign:
        sign: Sign = self.form.save(commit=False)
        change_sign(
            sign=sign,
            is_same_meaning=self.form.cleaned_data["is_same_meaning"],
            actor=self.request.user,
            now=timezone.now(),
        )
        changed = self.form.has_changed()
        log(instance=sign, action="wagtail.edit", content_changed=changed)
        return sign


class SignViewSet(ModelViewSet):
    model = Sign
    name = "signs"
    icon = "view"
    menu_label = _("Signs")
    menu_order = 305
    add_to_admin_menu = True
    index_view_class = SignIndexView
    add_view_class = SignCreateView
    edit_view_class = SignEditView
    copy_view_enabled = False
    ordering = ["position", "pk"]
    search_fields = ["key", "english_text", "source"]
    list_filter = ["status", "harm"]
    list_display = [
        "key",
        Column("english_text", label=_("In English")),
        Column("get_harm_display", label=_("Kind of harm"), sort_key="harm"),
        Column("get_status_display", label=_("Status"), sort_key="status"),
        Column("open_flags", label=_("To look at again"), sort_key="open_flags"),
    ]
    panels = [
        FieldRowPanel([FieldPanel("key"), FieldPanel("position")]),
        FieldRowPanel([FieldPanel("harm"), FieldPanel("status")]),
        FieldPanel("source"),
        InlinePanel(
            "wordings",
            heading=_("Words"),
            label=_("Wording"),
            min_num=1,
            help_text=_(
                "Say what people do. Never looks, accent, clothes or nationality."
            ),
            panels=[
                FieldRowPanel([FieldPanel("audience"), FieldPanel("language")]),
                FieldPanel("text"),
                FieldPanel("confirmed_by", read_only=True),
            ],
        ),
        FieldPanel("is_same_meaning"),
        careful_words_panel(),
        UsesPanel(heading=_("Where used")),
    ]


def _who_cleared(flag: UseFlag) -> str:
    """Say who found a place still right, when, and what they noted."""
    if flag.cleared_at is None:
        return ""
    day = date_format(timezone.localtime(flag.cleared_at))
    return ", ".join(filter(None, (day, str(flag.cleared_by), flag.note)))


class UseFlagFilterSet(WagtailFilterSet):
    OPEN, DONE = "open", "done"

    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=UseKind.choices, widget=forms.RadioSelect
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(OPEN, _("To look at again")), (DONE, _("Still right"))],
        method="filter_state",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = UseFlag
        fields: ClassVar[list[str]] = ["kind"]

    def filter_state(
        self, flags: "QuerySet[UseFlag]", name: str, value: str
    ) -> "QuerySet[UseFlag]":
        return flags.filter(cleared_at__isnull=value == self.OPEN)


class UseFlagIndexView(IndexView):
    def get_base_queryset(self) -> "QuerySet[UseFlag]":
        return UseFlag.objects.select_related("sign", "cleared_by")

    def order_queryset(self, queryset: "QuerySet[UseFlag]") -> "QuerySet[UseFlag]":
        if self.is_explicitly_ordered:
            ordered: QuerySet[UseFlag] = super().order_queryset(queryset)
            return ordered
        # The databases do not agree on where a flag that is open would stand.
        latest = F("cleared_at").desc(nulls_first=True)
        return queryset.order_by(latest, "-raised_at", "-pk")

    def get_edit_url(self, instance: Model) -> str | None:
        if isinstance(instance, UseFlag) and instance.cleared_at:
            return None
        url: str | None = super().get_edit_url(instance)
        return url


class UseFlagEditView(EditView):
    template_name = "signs/useflag_edit.html"
    page_title = _("Look again")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        words = SignWording.objects.filter(sign=self.object.sign, language="en")
        return context | {
            "words": [*words.order_by("pk")],
            "submit_button_label": _("Still right"),
        }

    def save_instance(self) -> UseFlag:
        return clear_flag(
            flag=self.get_object(),
            actor=self.request.user,
            note=self.form.cleaned_data["note"],
            now=timezone.now(),
        )

    def form_valid(self, form: BaseForm) -> HttpResponse:
        response: HttpResponse
        try:
            response = super().form_valid(form)
        except SignError as error:
            self.produced_error_message = str(error)
            response = self.form_invalid(form)
        return response

    def get_success_url(self) -> str:
        return reverse(self.index_url_name, query={"state": UseFlagFilterSet.OPEN})


class UseFlagViewSet(ModelViewSet):
    """Places that use a sign which has changed since."""

    model = UseFlag
    name = "look-again"
    icon = "warning"
    menu_label = _("To look at again")
    menu_order = 306
    add_to_admin_menu = True
    index_view_class = UseFlagIndexView
    edit_view_class = UseFlagEditView
    inspect_view_enabled = True
    copy_view_enabled = False
    filterset_class = UseFlagFilterSet
    form_fields = ["note"]
    list_display = [
        "title",
        Column("get_kind_display", label=_("Kind"), sort_key="kind"),
        Column("sign", label=_("Sign"), sort_key="sign__key"),
        Column("get_reason_display", label=_("Why")),
        DateColumn("raised_at", label=_("Since"), sort_key="raised_at"),
        Column(
            "cleared_at",
            label=_("Still right"),
            accessor=_who_cleared,
            sort_key="cleared_at",
        ),
    ]
