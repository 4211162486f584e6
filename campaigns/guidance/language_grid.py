"""How far each language has come: what the admin's screen of languages shows."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page

from accounts.models import User
from campaigns.guidance.models import PageWords, PublicPage, seen_by
from campaigns.learning.models import ModuleVersion, ModuleWording
from campaigns.learning.rules.shape import Content
from campaigns.learning.rules.words import blocks_of
from campaigns.learning.rules.words import words_of as words_in
from campaigns.routes.models import RouteWording
from campaigns.signs.models import STATES, SignWording
from core.enums import SAFE_TO_READ, TranslationState
from core.models import LanguageConfirmation
from core.wording import fingerprint, state_of

# The hash of a part without words: there is nothing to translate.
NO_WORDS = fingerprint()
SUBMIT = "wagtail_localize.submit_translation"


@dataclass(frozen=True)
class Cell:
    """How one thing stands in one language."""

    language: str
    counts: Mapping[TranslationState, int] = field(default_factory=dict)
    confirmed: str = ""
    edit_url: str = ""
    confirm_url: str = ""
    # Said of pages only: nobody reads a page that is not published.
    is_unpublished: bool = False

    @property
    def state(self) -> TranslationState:
        """Return the worst state: a page is as good as its worst part."""
        return max(self.counts, key=STATES.index, default=TranslationState.MISSING)

    @property
    def behind(self) -> str:
        """Say how much of a translation that exists has this state."""
        total = sum(self.counts.values())
        if not total or self.state == TranslationState.CURRENT:
            return ""
        told = _("%(count)d of %(total)d parts")
        return told % {"count": self.counts[self.state], "total": total}

    @property
    def counted(self) -> list[tuple[TranslationState, int]]:
        return [(state, self.counts[state]) for state in STATES if state in self.counts]


@dataclass(frozen=True)
class Row:
    title: str
    cells: list[Cell]
    url: str = ""
    depth: int = 0

    def has(self, state: str) -> bool:
        """Say whether some of these words are in a state."""
        return any(state in cell.counts for cell in self.cells)

    def is_somewhere(self, state: str) -> bool:
        """Say whether the whole is in a state in one of the languages."""
        return any(cell.state == state for cell in self.cells)


@dataclass(frozen=True)
class Grid:
    interface: Row
    # Routes, signs and modules: many words each, counted.
    wordings: list[Row]
    pages: list[Row]


def language_grid(*, languages: Sequence[str], state: str, user: User) -> Grid:
    """Return the whole grid in a fixed number of queries, however many pages.

    :param state: leaves out what has no words in this state; "" for everything.
    """
    wordings = [
        _wording_row(_("Routes"), "routes", languages, route_pairs()),
        _wording_row(_("Signs"), "signs", languages, sign_pairs()),
        _wording_row(_("Modules"), "modules", languages, module_pairs()),
    ]
    pages = _page_rows(languages, user)
    return Grid(
        _interface_row(languages),
        [row for row in wordings if not state or row.has(state)],
        [row for row in pages if not state or row.is_somewhere(state)],
    )


@dataclass(frozen=True)
class Pair:
    """Words in English and in another language, if there are any."""

    language: str
    english: tuple[str, ...]
    words: tuple[str, ...]
    state: TranslationState
    confirmed_by: str

    @property
    def may_be_confirmed(self) -> bool:
        return self.state in SAFE_TO_READ


def route_pairs(languages: Iterable[str] | None = None) -> list[Pair]:
    wanted = _languages(languages)
    rows = RouteWording.objects.filter(language__in=[*wanted, settings.LANGUAGE_CODE])
    rows = rows.order_by("route__position", "route__pk")
    by_place = {(row.route_id, row.language): row for row in rows}
    return [
        _pair(other, english, by_place.get((route, other)))
        for (route, language), english in by_place.items()
        if language == settings.LANGUAGE_CODE
        for other in wanted
    ]


def sign_pairs(languages: Iterable[str] | None = None) -> list[Pair]:
    wanted = _languages(languages)
    rows = SignWording.objects.filter(language__in=[*wanted, settings.LANGUAGE_CODE])
    rows = rows.order_by("sign__position", "sign__pk", "audience")
    by_place = {((row.sign_id, row.audience), row.language): row for row in rows}
    return [
        _pair(other, english, by_place.get((place, other)))
        for (place, language), english in by_place.items()
        if language == settings.LANGUAGE_CODE
        for other in wanted
    ]


def module_pairs(languages: Iterable[str] | None = None) -> list[Pair]:
    """Return the words of each block of the modules that are taught. Two queries."""
    wanted = _languages(languages)
    rows = {
        (row.module_id, row.language, row.part): row
        for row in ModuleWording.objects.filter(language__in=wanted)
    }
    versions = ModuleVersion.objects.newest().in_english()
    return [
        _module_pair(version, part, block, language, rows)
        for version in versions.order_by("module__title", "module_id")
        for part, block in blocks_of(version.words).items()
        for language in wanted
    ]


def _module_pair(
    version: ModuleVersion,
    part: str,
    block: Content,
    language: str,
    rows: Mapping[tuple[int, str, str], ModuleWording],
) -> Pair:
    english = words_in(block)
    row = rows.get((version.module_id, language, part))
    if row is None:
        missing = TranslationState.MISSING
        return Pair(language, tuple(english.values()), (), missing, "")
    return Pair(
        language,
        tuple(english.values()),
        tuple(row.words.get(place, "") for place in english),
        row.state_against(version.prints),
        row.confirmed_by,
    )


def confirmed_page(words: PageWords | None) -> str:
    """Say who has confirmed a page and when, or nothing."""
    if words is None or not words.confirmed_by_name:
        return ""
    return confirmed_words(words.confirmed_by_name, words.confirmed_at)


def confirmed_words(name: str, at: datetime | None) -> str:
    day = date_format(timezone.localdate(at)) if at else ""
    return _("confirmed by %(name)s on %(day)s") % {"name": name, "day": day}


def confirmed_wordings(pairs: Sequence[Pair]) -> str:
    """Say who has confirmed the words that may be read, or how many of them."""
    readable = [pair for pair in pairs if pair.may_be_confirmed]
    confirmed = [pair.confirmed_by for pair in readable if pair.confirmed_by]
    if not confirmed:
        return ""
    if len(confirmed) < len(readable):
        told = _("%(count)d of %(total)d confirmed")
        return told % {"count": len(confirmed), "total": len(readable)}
    return _("confirmed by %(names)s") % {"names": ", ".join(sorted({*confirmed}))}


def _languages(languages: Iterable[str] | None) -> list[str]:
    if languages is not None:
        return [*languages]
    return [code for code, _name in settings.LANGUAGES[1:]]


def _pair[W: (RouteWording, SignWording)](
    language: str, english: W, other: W | None
) -> Pair:
    if other is None:
        missing = TranslationState.MISSING
        return Pair(language, _texts(english), (), missing, "")
    return Pair(
        language,
        _texts(english),
        _texts(other),
        other.state_against(english),
        other.confirmed_by,
    )


def _texts(row: RouteWording | SignWording) -> tuple[str, ...]:
    if isinstance(row, SignWording):
        return (row.text,)
    texts = (row.name, row.when, row.say, row.say_business, row.note)
    return tuple(filter(None, texts))


def _interface_row(languages: Sequence[str]) -> Row:
    confirmed = {
        row.language: confirmed_words(row.confirmed_by_name, row.confirmed_at)
        for row in LanguageConfirmation.objects.all()
    }
    return Row(
        _("Interface"),
        [
            Cell(
                language,
                confirmed=confirmed.get(language, ""),
                confirm_url=confirm_url(language, "interface"),
            )
            for language in languages
        ],
    )


def _wording_row(
    title: str, what: str, languages: Sequence[str], pairs: Sequence[Pair]
) -> Row:
    cells = []
    for language in languages:
        own = [pair for pair in pairs if pair.language == language]
        can_confirm = any(pair.may_be_confirmed for pair in own)
        cells.append(
            Cell(
                language,
                Counter(pair.state for pair in own),
                confirmed_wordings(own),
                confirm_url=confirm_url(language, what) if can_confirm else "",
            )
        )
    return Row(title, cells)


def _page_rows(languages: Sequence[str], user: User) -> list[Row]:
    pages = Page.objects.type(PublicPage).select_related("page_words")
    english = list(
        pages.live()
        .filter(seen_by(user), locale__language_code=settings.LANGUAGE_CODE)
        .order_by("path")
    )
    others = {
        (page.translation_key, page.locale.language_code): page
        for page in pages.filter(locale__language_code__in=languages)
        .select_related("locale", "page_words")
        .order_by("path")
    }
    may_submit = user.has_perm(SUBMIT)
    return [
        Row(
            page.title,
            [
                _page_cell(
                    language,
                    page,
                    others.get((page.translation_key, language)),
                    may_submit=may_submit,
                )
                for language in languages
            ],
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            page.depth - english[0].depth,
        )
        for page in english
    ]


def _page_cell(
    language: str, english: Page, page: Page | None, *, may_submit: bool
) -> Cell:
    if page is None:
        submit = reverse(
            "wagtail_localize:submit_page_translation",
            args=[english.pk],
            query={"select_locale": language},
        )
        missing = {TranslationState.MISSING: 0}
        return Cell(language, missing, edit_url=submit if may_submit else "")
    words = words_of(page)
    confirm = reverse("guidance_admin:language-page-confirm", args=[page.pk])
    return Cell(
        language,
        page_states(words_of(english), words),
        confirmed_page(words),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        confirm if words else "",
        is_unpublished=not page.live,
    )


def page_states(
    english: PageWords | None, words: PageWords | None
) -> Counter[TranslationState]:
    """Count the parts of a page by their state, from what was published last.

    Needs none of the words themselves, so that no page and no picture is loaded.
    """
    made_from = words.fingerprints if words else {}
    counts: Counter[TranslationState] = Counter()
    for key, current in english.fingerprints.items() if english else ():
        if current == NO_WORDS:
            continue
        state = TranslationState.MISSING
        if key in made_from:
            state = state_of(
                source_hash=made_from[key],
                current_hash=current,
                same_meaning=english.same_meaning.get(key, ()) if english else (),
            )
        counts[state] += 1
    return counts


def words_of(page: Page) -> PageWords | None:
    """Return the row of words of a page that was loaded with it, if it has one."""
    words: PageWords | None = getattr(page, "page_words", None)
    return words


def confirm_url(language: str, what: str) -> str:
    return reverse("guidance_admin:language-confirm", args=[language, what])
