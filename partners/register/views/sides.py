"""One act, offered to managers in the portal and to officers in the admin."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.models import User
from partners.register.models import Premises
from partners.register.rendering import portal_context
from partners.register.services import RegisterError
from partners.register.views.managers import for_managers
from partners.register.views.officers import for_officers


class Side(NamedTuple):
    """Who acts, on which premises, and where the page stands."""

    actor: User
    premises: Premises
    is_office: bool

    @property
    def home(self) -> str:
        name = "officer-premises:detail" if self.is_office else "register:place"
        return reverse(name, args=[self.premises.key])

    def address(self, name: str, *arguments: object) -> str:
        """Return the address of one of the shared pages on this side."""
        room = "officer-premises" if self.is_office else "register"
        return reverse(f"{room}:{name}", args=[self.premises.key, *arguments])

    def render(
        self, request: HttpRequest, page: str, context: dict[str, Any], status: int
    ) -> HttpResponse:
        """Draw `page` in the layout of this side."""
        if self.is_office:
            template = f"register/officer_{page}.html"
            layout = {"page_title": context["title"], "header_icon": "home"}
        else:
            template = f"register/place_{page}.html"
            layout = portal_context(self.premises, current="place")
        context = {**layout, "premises": self.premises, "side": self, **context}
        return render(request, template, context, status=status)


type SideView = Callable[..., HttpResponse]


def on_both_sides(view: SideView) -> tuple[SideView, SideView]:
    """Return the view for managers of the premises, and for officers of its area."""

    @for_managers
    def in_portal(
        request: HttpRequest, manager: User, premises: Premises, **kwargs: Any
    ) -> HttpResponse:
        return view(request, Side(manager, premises, is_office=False), **kwargs)

    return in_portal, in_office(view)


def in_office(view: SideView) -> SideView:
    """Return the view for officers of the premises' area."""

    @for_officers
    def guarded(
        request: HttpRequest, officer: User, /, key: str, **kwargs: Any
    ) -> HttpResponse:
        visible = Premises.objects.in_areas_of(officer).select_related(
            "organisation", "region", "area"
        )
        premises = get_object_or_404(visible, key=key)
        return view(request, Side(officer, premises, is_office=True), **kwargs)

    return guarded


def form_page(
    request: HttpRequest,
    side: Side,
    form: Form,
    *,
    title: str,
    submit: str,
    act: Callable[[], object],
    done: str,
    intro: str = "",
    is_grave: bool = False,
    **context: Any,
) -> HttpResponse:
    """Show a form; when it is sent and right, act once, say so and go home.

    What the service refuses stands above the form, and nothing typed is lost.
    """
    if form.is_valid():
        try:
            act()
        except RegisterError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect(side.home)
    page = {
        "title": title,
        "intro": intro,
        "form": form,
        "submit": submit,
        "is_grave": is_grave,
        **context,
    }
    return side.render(request, "form", page, status=422 if form.errors else 200)
