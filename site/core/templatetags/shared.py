from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core.remembering import once

register = template.Library()


@register.simple_tag
def shared(name: str, **given: Any) -> SafeString:
    """Include a template with what is given and nothing else.

    It is drawn once for all public pages of a language that give it the same.
    """
    same = [
        tuple(value) if isinstance(value, list) else value for value in given.values()
    ]
    return once(
        ("shared", name, get_language(), *same),
        lambda: render_to_string(name, given),
    )
