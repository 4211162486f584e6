"""Search: what people type, understood, and the pages that answer it.

The database only says which pages hold a word; what counts for how much is decided
here, so that SQLite and PostgreSQL answer alike. Nothing typed is kept or logged.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from wagtail.models import Page
from wagtail.search.query import Or, PlainText, SearchQuery

from campaigns.guidance.directory import ListedPage
from campaigns.guidance.models import SearchSynonym
from campaigns.guidance.rules.terms import holds, is_stop_word, stem, stems_of, words_of

# Enough for a sentence. What comes after it is not looked for, and the page says so.
MAX_LETTERS = 200
MAX_IDEAS = 8
MAX_RESULTS = 10
# A page that answers a quarter as well as the best one is noise.
WORTH_SHOWING = 0.25
IN_TITLE = 2.0
BEST_PAGE = 2.0


@dataclass(frozen=True)
class Idea:
    """One thing typed, with all the ways our pages may say it."""

    ways: tuple[tuple[str, ...], ...]
    leads_to: str = ""
    is_urgent: bool = False


@dataclass(frozen=True)
class Answer:
    pages: list[ListedPage]
    ideas: list[Idea]
    is_cut: bool

    @property
    def is_urgent(self) -> bool:
        return any(idea.is_urgent for idea in self.ideas)

    @property
    def is_understood(self) -> bool:
        """Say whether anything but the commonest words was typed."""
        return bool(self.ideas)


def answer(typed: str, *, pages: Sequence[ListedPage], language: str) -> Answer:
    """Find the pages that say what was typed, the reader's language first.

    One query for the synonyms and one for each idea, of which there are eight at most.
    """
    typed = typed.strip()
    synonyms = SearchSynonym.objects.heard_in(language)
    ideas = ideas_of(typed[:MAX_LETTERS], synonyms=synonyms, language=language)
    found = _best(pages, ideas[:MAX_IDEAS])
    is_cut = len(typed) > MAX_LETTERS or len(ideas) > MAX_IDEAS
    return Answer(pages=_shown(found), ideas=ideas[:MAX_IDEAS], is_cut=is_cut)


def ideas_of(
    typed: str, *, synonyms: Iterable[SearchSynonym], language: str
) -> list[Idea]:
    """Take a search apart: phrases we have other words for, then single words."""
    words = words_of(typed)
    stems = [stem(word) for word in words]
    ideas, heard = [], set[str]()
    for synonym in synonyms:
        for phrase in synonym.phrases:
            own = stems_of(phrase)
            if own and holds(stems, own):
                heard.update(own)
                ideas.append(_idea(synonym, phrase, language))
                break
    rest = (
        stem(word)
        for word in dict.fromkeys(words)
        if not is_stop_word(word, language) and stem(word) not in heard
    )
    return [*ideas, *(Idea(ways=((word,),)) for word in dict.fromkeys(rest))]


def names_of(ideas: Iterable[Idea], texts: Iterable[str]) -> set[str]:
    """Return those of these names, such as Childline, that somebody typed."""
    return {text for text in texts for idea in ideas if _is_named(idea, stems_of(text))}


def _is_named(idea: Idea, name: Sequence[str]) -> bool:
    return any(holds(name, way) for way in idea.ways)


def _idea(synonym: SearchSynonym, phrase: str, language: str) -> Idea:
    ways = [_telling(text, language) for text in [phrase, *synonym.meanings]]
    return Idea(
        ways=tuple(dict.fromkeys(way for way in ways if way)),
        leads_to=synonym.leads_to,
        is_urgent=synonym.is_urgent,
    )


def _telling(text: str, language: str) -> tuple[str, ...]:
    """Return the words of a phrase that tell one page from another."""
    words = (word for word in words_of(text) if not is_stop_word(word, language))
    return tuple(stem(word) for word in words)


def _best(
    pages: Sequence[ListedPage], ideas: Iterable[Idea]
) -> list[tuple[float, ListedPage]]:
    """Weigh the pages: a rare word tells more than a common one, a title more still."""
    points: dict[str, float] = {}
    for idea in ideas:
        holding = _pages_holding(idea)
        hits = [page for page in pages if page.page_ids & holding]
        rarity = log(1 + len(pages) / max(len(hits), 1))
        for page in hits:
            titled = _is_named(idea, stems_of(f"{page.title} {page.heading}"))
            gain = rarity * (IN_TITLE if titled else 1)
            points[page.path] = points.get(page.path, 0) + gain
        for page in pages:
            if idea.leads_to and page.path == idea.leads_to:
                gain = BEST_PAGE * log(1 + len(pages))
                points[page.path] = points.get(page.path, 0) + gain
    worth = WORTH_SHOWING * max(points.values(), default=0)
    ranked = [(points.get(page.path, 0), page) for page in pages]
    return [(gain, page) for gain, page in ranked if gain and gain >= worth]


def _pages_holding(idea: Idea) -> set[int]:
    ways: list[SearchQuery] = [
        PlainText(" ".join(way), operator="and") for way in idea.ways
    ]
    if not ways:
        return set()
    query = ways[0] if len(ways) == 1 else Or(ways)
    found = Page.objects.live().search(query, order_by_relevance=False)
    return {page.pk for page in found}


def _shown(found: list[tuple[float, ListedPage]]) -> list[ListedPage]:
    """Order the pages, and let one support page stand for all: its title is neutral."""
    ranked = sorted(
        found, key=lambda hit: (hit[1].language != "", -hit[0], hit[1].title)
    )
    pages, has_support = [], False
    for _gain, page in ranked:
        if not (page.is_support and has_support):
            pages.append(page)
        has_support = has_support or page.is_support
    return pages[:MAX_RESULTS]
