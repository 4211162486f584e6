"""What the pages of this room use of lower rooms."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from wagtail.models import Page

from campaigns.guidance.models import PublicPage
from campaigns.signs.enums import Audience
from campaigns.signs.rendering import PublicSign, placed_signs, public_signs
from core import uses
from core.enums import UseKind
from core.uses import Use


def register_uses() -> None:
    uses.register("sign", pages_that_place_signs)


def pages_that_place_signs() -> Iterator[tuple[str, Use]]:
    """Yield each shown sign with each page whose filter places it.

    A translated page places what its English page does, so only that one is named.
    """
    signs = public_signs(audiences=Audience.values, language=settings.LANGUAGE_CODE)
    pages = Page.objects.type(PublicPage).filter(
        locale__language_code=settings.LANGUAGE_CODE
    )
    for page in pages.order_by("path").specific():
        use = Use(
            kind=UseKind.PAGE,
            reference=f"page:{page.pk}",
            title=page.heading or page.title,
            url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        )
        for key in _placed_keys(page, signs):
            yield key, use


def _placed_keys(page: PublicPage, signs: list[PublicSign]) -> Iterator[str]:
    for section in page.sections():
        for audience in section.get("audiences") or ():
            placed = placed_signs(
                signs,
                audience=audience,
                harm=section["harm"] or "",
                limit=section["limit"],
            )
            yield from (sign.key for sign in placed)
