from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from accounts.models import User
from partners.register.models import Premises

type View = Callable[..., HttpResponse]


def for_managers(view: View) -> View:
    """Hand the manager and the premises to the view; other premises are not there."""

    @login_required
    def guarded(request: HttpRequest, key: str, **kwargs: Any) -> HttpResponse:
        manager = request.user
        managed = Premises.objects.managed_by(manager).select_related(
            "organisation", "region", "area"
        )
        premises = get_object_or_404(managed, key=key)
        assert isinstance(manager, User)  # noqa: S101 -- nobody else manages premises
        return view(request, manager, premises, **kwargs)

    return guarded
