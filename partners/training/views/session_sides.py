"""One session, run by officers in the admin and by managers in the portal."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.models import User
from partners.register.models import Premises
from partners.register.rendering import portal_context
from partners.register.views.managers import for_managers
from partners.register.views.officers import for_officers
from partners.training.models import TrainingSession


class SessionSide(NamedTuple):
    """Who acts on which session; `premises` are the manager's, officers have none."""

    actor: User
    session: TrainingSession
    premises: Premises | None

    @property
    def may_run(self) -> bool:
        """Say whether this side plans, opens and closes it: see `_may_be_run`."""
        return self.premises is None or not self.session.is_for_area

    @property
    def list_url(self) -> str:
        if self.premises is None:
            return reverse("officer-sessions:list")
        return reverse("sessions:session-list", args=[self.premises.key])

    def address(self, name: str, *arguments: object) -> str:
        """Return the address of one of the shared pages on this side."""
        if self.premises is None:
            return reverse(
                f"officer-sessions:{name}", args=[self.session.key, *arguments]
            )
        return reverse(
            f"sessions:{name}", args=[self.premises.key, self.session.key, *arguments]
        )

    def home(self) -> HttpResponse:
        return redirect(self.address("detail"))

    def render(
        self, request: HttpRequest, page: str, context: dict[str, Any], status: int
    ) -> HttpResponse:
        """Draw `page` in the layout of this side."""
        if self.premises is None:
            template = f"training/admin/session_{page}.html"
            layout = {"page_title": context["title"], "header_icon": "group"}
        else:
            template = f"training/portal/session_{page}.html"
            layout = portal_context(self.premises, current="people")
        given = {"side": self, "session": self.session}
        return render(request, template, layout | given | context, status=status)


type SideView = Callable[..., HttpResponse]


def on_both_sides(view: SideView) -> tuple[SideView, SideView]:
    """Return the view for managers whose people may come, and for officers."""

    @for_managers
    def in_portal(
        request: HttpRequest,
        manager: User,
        premises: Premises,
        session_key: str,
        **kwargs: Any,
    ) -> HttpResponse:
        found = TrainingSession.objects.for_premises(premises).with_place()
        session = get_object_or_404(found, key=session_key)
        return view(request, SessionSide(manager, session, premises), **kwargs)

    @for_officers
    def in_office(
        request: HttpRequest, officer: User, /, key: str, **kwargs: Any
    ) -> HttpResponse:
        found = TrainingSession.objects.visible_to(officer).with_place()
        session = get_object_or_404(found, key=key)
        return view(request, SessionSide(officer, session, None), **kwargs)

    return in_portal, in_office


def for_those_who_run_it(view: SideView) -> SideView:
    """Hide a page from managers of people who may come to a session of others."""

    def guarded(request: HttpRequest, side: SessionSide, **kwargs: Any) -> HttpResponse:
        if not side.may_run:
            raise Http404
        return view(request, side, **kwargs)

    return guarded
