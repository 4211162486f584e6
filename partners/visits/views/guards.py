"""Who may open the pages of this room; others find nothing there."""

from collections.abc import Callable
from typing import Concatenate

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase

from accounts.models import User
from accounts.scoping import is_officer, is_tester

type PersonView[**P] = Callable[Concatenate[HttpRequest, User, P], HttpResponseBase]
type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def for_officers[**P](view: PersonView[P]) -> View[P]:
    """Let officers in, and hand the officer to the view."""

    def guarded(
        request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        if not isinstance(request.user, User) or not is_officer(request.user):
            raise Http404
        return view(request, request.user, *args, **kwargs)

    return guarded


def for_testers[**P](view: PersonView[P]) -> View[P]:
    """Let testers in, and hand the tester to the view."""

    def guarded(
        request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path())
        if not is_tester(request.user):
            raise Http404
        return view(request, request.user, *args, **kwargs)

    return guarded
