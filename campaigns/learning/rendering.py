"""A lesson as learners and editors see it: keys become signs, routes and pictures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from campaigns.learning.models import ModuleVersion
from campaigns.learning.rules.shape import Content
from campaigns.routes.rendering import RouteCard, public_routes
from campaigns.signs.enums import Audience
from campaigns.signs.rendering import PublicSign, public_signs
from core.models import Area
from media.images.models import SiteImage, SiteVideo

# As many as stand below one another on a page of paper.
SIGNATURES = 14
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


@dataclass(frozen=True)
class ShownPart:
    """A part of a lesson, its template, and what it places."""

    part: Content
    signs: Sequence[PublicSign] = ()
    routes: Sequence[RouteCard] = ()
    image: SiteImage | None = None
    video: SiteVideo | None = None
    captions: Sequence[Any] = field(default_factory=list)
    transcript: Any = None

    @property
    def template(self) -> str:
        return f"learning/parts/{self.part['kind']}.html"


def shown_parts(
    lesson: Content,
    *,
    roles: Sequence[str],
    language: str,
    today: date,
    area: Area | None = None,
) -> list[ShownPart]:
    """Return the parts of a lesson with what they place.

    One query for each kind of thing that is placed, one more for each video and for
    each place of routes. A picture or video that may no longer be shown is left out.
    """
    parts = lesson["parts"]
    keys = [key for part in parts for key in _keys(part, "signs")]
    signs = lesson_signs(keys=keys, roles=roles, language=language)
    images = _usable(SiteImage, _ids(parts, "image"), today)
    videos = _usable(SiteVideo, _ids(parts, "video"), today)
    by_sign = {sign.key: sign for sign in signs}
    return [
        ShownPart(
            part,
            signs=[by_sign[key] for key in _keys(part, "signs") if key in by_sign],
            routes=placed_routes(
                _keys(part, "routes"), language=language, today=today, area=area
            ),
            image=images.get(part.get("image")),
            **_video(videos.get(part.get("video")), language),
        )
        for part in parts
    ]


def placed_routes(
    keys: Sequence[str], *, language: str, today: date, area: Area | None = None
) -> list[RouteCard]:
    """Return the routes of these keys as people at work read them. One query."""
    if not keys:
        return []
    return public_routes(
        language=language, today=today, keys=keys, area=area, for_business=True
    )


def _keys(part: Content, kind: str) -> list[str]:
    keys: list[str] = part["keys"] if part["kind"] == kind else []
    return keys


def _ids(parts: Iterable[Content], name: str) -> list[int]:
    return [part[name] for part in parts if part.get(name)]


def _usable[M: (SiteImage, SiteVideo)](
    model: type[M], ids: list[int], today: date
) -> Mapping[int | None, M]:
    if not ids:
        return {}
    found = model.objects.in_bulk(ids)
    return {pk: one for pk, one in found.items() if one.is_usable(today)}


def _video(video: SiteVideo | None, language: str) -> dict[str, Any]:
    """Return a video with its captions, and the words to read instead of hearing it."""
    if video is None:
        return {}
    captions = [*video.captions.order_by("pk")]
    by_language = {one.language: one for one in reversed(captions)}
    own = by_language.get(language) or by_language.get("en")
    transcript = own or next(iter(captions), None)
    return {"video": video, "captions": captions, "transcript": transcript}


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


def team_talk_of(
    version: ModuleVersion, *, today: date, area: Area | None = None
) -> dict[str, Any]:
    """Return what a sheet for a team talk shows: the same lessons, and questions.

    Of the questions those that must be right, and one more to talk about.
    """
    words = version.words
    must = [one for one in words["questions"] if one["must_get_right"]]
    rest = [one for one in words["questions"] if not one["must_get_right"]]
    lessons = [
        (
            lesson,
            shown_parts(
                lesson,
                roles=words["roles"],
                language=version.language,
                today=today,
                area=area,
            ),
        )
        for lesson in words["lessons"]
    ]
    return {
        "version": version,
        "words": words,
        "lessons": lessons,
        "questions": [
            (one, next(o for o in one["options"] if o["correct"]))
            for one in [*must, *rest[:1]]
        ],
        "lines": range(SIGNATURES),
    }
