from typing import Any

from django.http import HttpRequest  # noqa: TID251 -- a context processor's argument
from django.utils.functional import SimpleLazyObject

from core.languages import language_choices
from core.models import Installation
from core.remembering import once


def installation(request: HttpRequest) -> dict[str, Any]:
    """Give every template the name, colours and logo of this installation."""
    return {"installation": once("installation", Installation.objects.current)}


def languages(request: HttpRequest) -> dict[str, Any]:
    """Give templates the languages that a reader may choose from."""
    return {"language_choices": SimpleLazyObject(language_choices)}
