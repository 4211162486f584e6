from django import template
from django.utils import timezone

from campaigns.learning.models import Module
from campaigns.learning.rendering import ShownPart, shown_parts
from campaigns.learning.rules.shape import Content

register = template.Library()


@register.simple_tag
def module_content(module: Module) -> Content:
    return module.content()


@register.simple_tag
def lesson_parts(lesson: Content, content: Content) -> list[ShownPart]:
    """Return the parts of a lesson for its editor, who previews it here.

    Wagtail gives the template of a preview the module and nothing else, and the model
    knows no rendering.
    """
    return shown_parts(
        lesson, roles=content["roles"], language="en", today=timezone.localdate()
    )
