"""The screens of wagtail-localize that ask for one right alone, with ours besides."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.views.report import TranslationsReportView
from wagtail_localize.views.submit_translations import SubmitPageTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsView

from accounts.scoping import may_translate
from campaigns.guidance.models import seen_by, worked_on_by


def _close(form: forms.Form, name: str) -> None:
    """Take a choice away: it is not shown, and what is sent for it is not read."""
    form.fields[name].disabled = True
    form.fields[name].widget = forms.HiddenInput()


class OwnSubmitView(SubmitPageTranslationView):
    def get_object(self) -> Page:
        page: Page = super().get_object()
        if not page.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        return page

    def get_form(self) -> forms.Form:
        form: forms.Form = super().get_form()
        below = self.object.get_descendants()
        if below.exclude(pk__in=below.filter(worked_on_by(self.request.user))).exists():
            # Among the pages below are drafts of campaigns of other areas.
            _close(form, "include_subtree")
        return form


class OwnUpdateView(UpdateTranslationsView):
    def get_object(self) -> TranslationSource:
        source: TranslationSource = super().get_object()
        page = source.get_source_instance()
        self.tester = page.permissions_for_user(self.request.user)
        if not self.tester.can_edit():
            raise PermissionDenied
        return source

    def get_form(self) -> forms.Form:
        form: forms.Form = super().get_form()
        if not self.tester.can_publish():
            _close(form, "publish_translations")
        return form


class OwnTranslationsReport(TranslationsReportView):
    """For those who hand pages in for translation: what became of their own."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_translate(request.user):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_queryset(self) -> "QuerySet[Translation]":
        others = Page.objects.exclude(
            pk__in=Page.objects.filter(seen_by(self.request.user)).values("pk")
        )
        translations: QuerySet[Translation] = (
            super()
            .get_queryset()
            .exclude(source__object_id__in=others.values("translation_key"))
            .select_related(
                "source__locale", "source__specific_content_type", "target_locale"
            )
            .order_by("source__object_repr", "target_locale__language_code", "pk")
        )
        return translations
