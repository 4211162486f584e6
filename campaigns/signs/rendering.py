"""Signs as the public sees them: verified ones, in the reader's language or English."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from campaigns.signs.enums import Audience, Harm
from campaigns.signs.models import SignWording

# The drawing beside each audience: a file in components/motifs.
MOTIFS = {
    Audience.RECEPTION: "reception",
    Audience.HOUSEKEEPING: "housekeeping",
    Audience.BAR_SECURITY: "bar",
    Audience.TAXI: "taxi",
    Audience.TAKEAWAY_SHOP: "takeaway",
    Audience.TRANSPORT_PUBLIC: "transport",
    Audience.PARENTS: "home",
    Audience.SCHOOLS_YOUTH: "school",
    Audience.YOUNG_PEOPLE: "phone",
    Audience.PROFESSIONALS: "professional",
}


@dataclass(frozen=True)
class PublicSign:
    key: str
    audience: str
    harm: str
    text: str
    language: str


@dataclass(frozen=True)
class SignGroup:
    """The signs one kind of person may see, as components/sign_list.html wants them."""

    title: str
    motif: str
    signs: list[str]


def public_signs(*, audiences: Iterable[str], language: str) -> list[PublicSign]:
    """Return the verified signs of these audiences, in order. One query."""
    wordings = SignWording.objects.public().for_audiences([*audiences], language)
    chosen: dict[tuple[int, str], SignWording] = {}
    for wording in wordings:
        if _may_show(wording):
            key = (wording.sign_id, wording.audience)
            if key not in chosen or wording.language != "en":
                chosen[key] = wording
    return [
        PublicSign(
            key=wording.sign.key,
            audience=wording.audience,
            harm=wording.sign.harm,
            text=wording.text,
            language=wording.language,
        )
        for wording in chosen.values()
    ]


def sign_groups(
    signs: Iterable[PublicSign],
    *,
    audiences: Iterable[str],
    harm: Harm | str = "",
    limit: int | None = None,
) -> list[SignGroup]:
    """Group fetched signs by audience, leaving out audiences that have none."""
    wanted = [sign for sign in signs if not harm or sign.harm == harm]
    groups = [
        SignGroup(
            title=str(Audience(audience).label),
            motif=MOTIFS[Audience(audience)],
            signs=[sign.text for sign in wanted if sign.audience == audience][:limit],
        )
        for audience in audiences
    ]
    return [group for group in groups if group.signs]


def _may_show(wording: SignWording) -> bool:
    """Say whether these words may be read: a named person has confirmed them."""
    return (
        wording.language == "en" or bool(wording.confirmed_by) or settings.DEMONSTRATION
    )
