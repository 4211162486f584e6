from collections.abc import Callable
from typing import Concatenate

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from accounts.scoping import is_officer

type OfficerView[**P] = Callable[Concatenate[HttpRequest, User, P], HttpResponse]
type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponse]


def for_officers[**P](view: OfficerView[P]) -> View[P]:
    """Let only officers in, and hand the officer to the view."""

    def guarded(
        request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        if not isinstance(request.user, User) or not is_officer(request.user):
            raise PermissionDenied
        return view(request, request.user, *args, **kwargs)

    return guarded
