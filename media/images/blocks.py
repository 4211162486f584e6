from typing import Any

from django import forms
from wagtail import blocks


class VideoChooserBlock(blocks.ChooserBlock):
    """One of the videos, from a list: there are few."""

    target_model = "images.SiteVideo"
    widget = forms.Select()

    def get_form_state(self, value: Any) -> Any:
        # The browser's side of a list wants what is chosen as words, in a list.
        return self.field.widget.format_value(value.pk if value else None)

    class Meta:
        icon = "media"
