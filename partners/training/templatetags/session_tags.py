from django import template

from partners.training.models import TrainingSession
from partners.training.rendering import hours_of

register = template.Library()


@register.filter
def hours(session: TrainingSession) -> str:
    return hours_of(session)
