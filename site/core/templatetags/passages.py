from django import template
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core import passages

register = template.Library()


@register.filter
def with_names(text: str, language: str | None = None) -> SafeString:
    """Write a text of this language, or the reader's, with English names marked."""
    return passages.names_marked(str(text), language or get_language() or "")


@register.simple_tag(takes_context=True)
def for_reader(context: Context) -> SafeString:
    """Give an element the reader's language, where the page around it is English."""
    if not context.get("words_language"):
        return SafeString("")
    return passages.attributes(context["reading_language"])
