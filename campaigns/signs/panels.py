from typing import Any

from wagtail.admin.panels import Panel

from core.uses import uses_by_key


class UsesPanel(Panel):
    """What uses the sign that is being edited, and what waits to be looked at again."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "signs/uses_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(
            self, parent_context: dict[str, Any] | None = None
        ) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            waiting = self.instance.flags.filter(cleared_at__isnull=True)
            return context | {
                "uses": uses_by_key("sign").get(self.instance.key, []),
                "flags": [*waiting.order_by("kind", "title", "pk")],
            }
