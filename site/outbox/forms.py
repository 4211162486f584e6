from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from outbox.enums import MessageState
from outbox.kinds import kind_title
from outbox.models import MessageQuerySet


class MessageFilter(forms.Form):
    """Which messages to show; what is no choice narrows nothing."""

    UNDELIVERED = "undelivered"

    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            ("", _("All messages")),
            (UNDELIVERED, _("Did not arrive, for whatever reason")),
            *MessageState.choices,
        ],
        required=False,
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    q = forms.CharField(label=_("Address or subject"), required=False)

    def __init__(self, *args: Any, visible: MessageQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        templates = visible.order_by().values_list("template", flat=True).distinct()
        kinds = sorted((kind_title(template), template) for template in templates)
        chosen = self.fields["kind"]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = [
                ("", _("Every kind")),
                *((template, title) for title, template in kinds),
            ]

    @property
    def wanted(self) -> dict[str, str]:
        self.is_valid()
        return self.cleaned_data

    def narrow(self, messages: MessageQuerySet) -> MessageQuerySet:
        """Keep the messages that were asked for."""
        state, kind, words = (self.wanted.get(name) for name in ("state", "kind", "q"))
        if state == self.UNDELIVERED:
            messages = messages.undelivered()
        elif state:
            messages = messages.filter(state=state)
        if kind:
            messages = messages.filter(template=kind)
        return messages.holding(words) if words else messages
