import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from campaigns.routes.models import Route, RouteFact, RouteWording
from core.audit import record
from core.models import Area, Installation

CONTENT = Path(__file__).parent / "content" / "routes.toml"


@transaction.atomic
def load_routes(path: Path = CONTENT) -> list[str]:
    """Add the routes that are not there yet; never touch one an editor may have edited.

    A local route waits until its area exists here. Returns the keys of the new routes.
    """
    areas = {area.slug: area for area in Area.objects.all()}
    known = set(Route.objects.values_list("key", flat=True))
    entries = [
        entry
        for entry in tomllib.loads(path.read_text())["route"]
        if entry["key"] not in known and entry.get("area", "") in {"", *areas}
    ]
    for entry in entries:
        _add(entry, areas.get(entry.get("area", "")))
    keys = [entry["key"] for entry in entries]
    if keys:
        record("routes.loaded", Installation(pk=1), job=__name__, keys=keys)
    return keys


def _add(entry: dict[str, Any], area: Area | None) -> None:
    route = Route.objects.create(
        key=entry["key"],
        group=entry["group"],
        position=entry["position"],
        area=area,
        anonymity=entry["anonymity"],
        is_protected=entry["is_protected"],
    )
    RouteFact.objects.bulk_create(
        RouteFact(route=route, **fact) for fact in entry.get("fact", ())
    )
    RouteWording.objects.bulk_create(
        RouteWording(route=route, language=language, **entry[language])
        for language, _ in settings.LANGUAGES
        if language in entry
    )
