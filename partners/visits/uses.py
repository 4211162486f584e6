"""What the checklists use of lower rooms."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from core import uses
from core.enums import UseKind
from core.uses import Use
from partners.visits.enums import ScenarioKind
from partners.visits.models import ChecklistItem, ChecklistVersion


def register_uses() -> None:
    uses.register("sign", checklists_that_name_signs)


def checklists_that_name_signs() -> Iterator[tuple[str, Use]]:
    """Yield each sign of the newest checklist of each scenario.

    Editors read this and are told of no scenario: only what kind of visit it is.
    """
    items = ChecklistItem.objects.filter(
        version__in=ChecklistVersion.objects.newest(), sign__isnull=False
    ).order_by("version__scenario", "position")
    rows = items.values_list(
        "sign__key", "version__scenario", "version__scenario__kind"
    )
    for key, scenario_id, kind in rows:
        title = _("Checklist for test visits: %(kind)s") % {
            "kind": ScenarioKind(kind).label
        }
        yield key, Use(UseKind.CHECKLIST, f"scenario:{scenario_id}", title)
