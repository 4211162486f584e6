"""Read the scenarios and their checklists from `content/`. May be run again."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from campaigns.learning.models import Module
from campaigns.signs.models import Sign
from core.audit import record
from partners.visits.models import ChecklistItem, ChecklistVersion, Scenario

CHECKLISTS = Path(__file__).parent / "content" / "checklists.toml"

type Line = tuple[str, str, bool, str, str]


class ChecklistError(Exception):
    pass


@transaction.atomic
def load_checklists(*, now: datetime, path: Path = CHECKLISTS) -> int:
    """Bring scenarios up to date; return how many checklist versions are new.

    A checklist whose items differ from the newest version gets a new version: visits
    keep the one they were taken on. Signs and modules must be loaded before.
    """
    content = tomllib.loads(path.read_text())
    return sum(_load_scenario(entry, now) for entry in content["scenario"])


def _load_scenario(entry: dict[str, Any], now: datetime) -> bool:
    scenario, _ = Scenario.objects.update_or_create(
        slug=entry["slug"],
        defaults={
            name: entry[name] for name in ("title", "kind", "cues", "pressure", "brief")
        },
    )
    newest = ChecklistVersion.objects.current(scenario)
    lines = [_line(item) for item in entry["item"]]
    if newest and _lines_of(newest) == lines:
        return False
    version = ChecklistVersion.objects.create(
        scenario=scenario,
        number=newest.number + 1 if newest else 1,
        published_at=now,
    )
    _add_items(version, lines)
    record("checklist.published", version, job="visits.loading", number=version.number)
    return True


def _line(item: dict[str, Any]) -> Line:
    return (
        item["step"],
        item["text"],
        bool(item.get("critical", False)),
        item.get("sign", ""),
        item.get("module", ""),
    )


def _lines_of(version: ChecklistVersion) -> list[Line]:
    items = version.items.select_related("sign", "module").order_by("position")
    return [
        (
            item.step,
            item.text,
            item.is_critical,
            item.sign.key if item.sign else "",
            item.module.slug if item.module else "",
        )
        for item in items
    ]


def _add_items(version: ChecklistVersion, lines: list[Line]) -> None:
    signs = {sign.key: sign for sign in Sign.objects.all()}
    modules = {module.slug: module for module in Module.objects.all()}
    for position, (step, text, is_critical, sign, module) in enumerate(lines, 1):
        if (sign and sign not in signs) or (module and module not in modules):
            raise ChecklistError(
                f"{version.scenario.slug}: the step {step} names the sign “{sign}” "
                f"and the module “{module}”; load signs and modules first."
            )
        ChecklistItem.objects.create(
            version=version,
            position=position,
            step=step,
            text=text,
            is_critical=is_critical,
            sign=signs.get(sign),
            module=modules.get(module),
        )
