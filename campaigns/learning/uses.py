"""What the modules use of lower rooms."""

from collections.abc import Iterator

from django.urls import reverse

from campaigns.learning.models import ModuleVersion
from campaigns.learning.rules.shape import sign_keys
from core import uses
from core.enums import UseKind
from core.uses import Use


def register_uses() -> None:
    uses.register("sign", modules_that_name_signs)


def modules_that_name_signs() -> Iterator[tuple[str, Use]]:
    """Yield each sign that the newest version of a module names."""
    versions = ModuleVersion.objects.newest().in_english().select_related("module")
    for version in versions.order_by("module__title", "module_id"):
        use = Use(
            kind=UseKind.MODULE,
            reference=f"module:{version.module_id}",
            title=version.module.title,
            url=reverse("modules:inspect", args=[version.module_id]),
        )
        for key in sign_keys(version.content):
            yield key, use
