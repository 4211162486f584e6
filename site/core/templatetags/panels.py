from django import template
from django.template import Context, Engine
from django.utils.safestring import SafeString

from core.panels import Panel

register = template.Library()


@register.simple_tag(takes_context=True)
def draw_panel(context: Context, panel: Panel) -> SafeString:
    """Draw a panel with its own context, also as `panel`, laid over the page's."""
    drawn = Engine.get_default().get_template(panel.template)
    with context.push(**panel.context, panel=panel.context):
        return drawn.render(context)
