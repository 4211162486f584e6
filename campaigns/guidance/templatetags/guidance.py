from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from campaigns.signs.rendering import SignGroup
from core.remembering import once

register = template.Library()


@register.simple_tag(takes_context=True)
def inline(context: Context, text: str) -> SafeString:
    """Write a text of a block with its numbers and links."""
    words: SafeString = context["placed"].inline(text)
    return words


@register.simple_tag(takes_context=True)
def paragraphs(context: Context, text: str) -> SafeString:
    """Write the paragraphs of a block with their numbers and links."""
    parts: list[Any] = context["placed"].paragraphs(text or "")
    return format_html_join("\n", "<p>{}</p>", ((part,) for part in parts))


@register.simple_tag
def sign_list(groups: list[SignGroup]) -> SafeString:
    """Draw groups of signs, once for all pages on which the same stand."""
    placed = [(group.title, *group.signs) for group in groups]
    return once(
        ("sign list", get_language(), *placed),
        lambda: render_to_string("components/sign_list.html", {"groups": groups}),
    )


@register.simple_tag
def last_day(closes_at: datetime) -> date:
    """Return the last day of something that closes at a moment, often a midnight."""
    return timezone.localdate(closes_at - timedelta(microseconds=1))
