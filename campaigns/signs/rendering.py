"""Signs as the public sees them: verified ones, in the reader's language or English."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from campaigns.signs.enums import Audience, Harm
from campaigns.signs.models import SignWording
from core.enums import SAFE_TO_READ

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
    signs: list[PublicSign]


def public_signs(*, audiences: Iterable[str], language: str) -> list[PublicSign]:
    """Return the verified signs of these audiences, in order. One query.

    A sign whose translation may not be read is given in English, and says so.
    """
    wordings = SignWording.objects.public().for_audiences([*audiences], language)
    english: dict[tuple[int, str], SignWording] = {}
    translated: dict[tuple[int, str], SignWording] = {}
    for wording in wordings:
        rows = english if wording.language == "en" else translated
        rows[wording.sign_id, wording.audience] = wording
    return [
        _public(_readable(translated.get(place), source=source))
        for place, source in english.items()
    ]


def placed_signs(
    signs: Iterable[PublicSign],
    *,
    audience: str,
    harm: Harm | str = "",
    limit: int | None = None,
) -> list[PublicSign]:
    """Return the signs that a page with this filter shows to one audience."""
    wanted = [
        sign
        for sign in signs
        if sign.audience == audience and (not harm or sign.harm == harm)
    ]
    return wanted[:limit]


def sign_groups(
    signs: Iterable[PublicSign],
    *,
    audiences: Iterable[str],
    harm: Harm | str = "",
    limit: int | None = None,
) -> list[SignGroup]:
    """Group fetched signs by audience, leaving out audiences that have none."""
    signs = [*signs]
    groups = [
        SignGroup(
            title=str(Audience(audience).label),
            motif=MOTIFS[Audience(audience)],
            signs=placed_signs(signs, audience=audience, harm=harm, limit=limit),
        )
        for audience in audiences
    ]
    return [group for group in groups if group.signs]


def _readable(translation: SignWording | None, *, source: SignWording) -> SignWording:
    """Return the translation when it may be read, else the English words.

    It must say what the English says today, and a named person must have confirmed it;
    a demonstration shows drafts, but no outdated words either.
    """
    if translation is None:
        return source
    is_confirmed = bool(translation.confirmed_by) or settings.DEMONSTRATION
    is_safe = translation.state_against(source) in SAFE_TO_READ
    return translation if is_confirmed and is_safe else source


def _public(wording: SignWording) -> PublicSign:
    return PublicSign(
        key=wording.sign.key,
        audience=wording.audience,
        harm=wording.sign.harm,
        text=wording.text,
        language=wording.language,
    )
