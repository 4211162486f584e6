"""Read the gap rules for every area from `content/`. May be run again."""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from campaigns.learning.models import Module
from partners.followups.models import GapRule

GAP_RULES = Path(__file__).parent / "content" / "gap_rules.toml"
TAKEN_OVER = (
    "step",
    "kind",
    "owner",
    "title",
    "why",
    "evidence",
    "due_days",
    "retest_from_days",
    "retest_to_days",
)


class GapRuleError(Exception):
    pass


@transaction.atomic
def load_gap_rules(*, path: Path = GAP_RULES) -> int:
    """Bring the rules of the product up to date and return how many there are.

    A rule that left the file is switched off: tasks keep what it said. Rules that an
    area has made for itself are not touched. Modules must be loaded before.
    """
    entries = tomllib.loads(path.read_text())["rule"]
    modules = {module.slug: module for module in Module.objects.all()}
    for entry in entries:
        GapRule.objects.update_or_create(
            key=entry["key"], defaults=_fields(entry, modules)
        )
    gone = GapRule.objects.exclude(key="").exclude(
        key__in=[entry["key"] for entry in entries]
    )
    gone.update(is_active=False)
    return len(entries)


def _fields(entry: dict[str, Any], modules: dict[str, Module]) -> dict[str, Any]:
    slug = entry.get("module", "")
    if slug and slug not in modules:
        raise GapRuleError(
            f"The rule {entry['key']} names the module “{slug}”; load modules first."
        )
    return {
        **{name: entry[name] for name in TAKEN_OVER},
        "module": modules.get(slug),
        "is_active": True,
    }
