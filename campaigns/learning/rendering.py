from collections.abc import Sequence

from campaigns.signs.enums import Audience
from campaigns.signs.rendering import PublicSign, public_signs

# Whose wording of a sign a module takes first; a role that is not here has none.
AUDIENCE_OF_ROLE = {
    "reception": Audience.RECEPTION,
    "housekeeping": Audience.HOUSEKEEPING,
    "maintenance": Audience.HOUSEKEEPING,
    "bar": Audience.BAR_SECURITY,
    "security": Audience.BAR_SECURITY,
    "driver": Audience.TAXI,
    "counter": Audience.TAKEAWAY_SHOP,
}


def lesson_signs(
    *, keys: Sequence[str], roles: Sequence[str], language: str
) -> list[PublicSign]:
    """Return these signs in the lesson's order. One query, or none.

    A sign is worded for the roles the module is written for, or else as another
    audience at work reads it.
    """
    if not keys:
        return []
    first = [AUDIENCE_OF_ROLE[role] for role in roles if role in AUDIENCE_OF_ROLE]
    audiences = list(dict.fromkeys([*first, *AUDIENCE_OF_ROLE.values()]))
    worded: dict[str, PublicSign] = {}
    signs = public_signs(audiences=audiences, language=language)
    for sign in sorted(signs, key=lambda one: audiences.index(Audience(one.audience))):
        worded.setdefault(sign.key, sign)
    return [worded[key] for key in keys if key in worded]
