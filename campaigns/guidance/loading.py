import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Locale, Page, Site

from campaigns.guidance.enums import Motif, Readers
from campaigns.guidance.models import (
    AudiencePage,
    BulletinIndexPage,
    BulletinPage,
    FolderPage,
    GuardedPhrase,
    GuidancePage,
    HomePage,
    PublicPage,
    SearchSynonym,
    SupportPage,
)
from core.audit import record
from core.generation import bump
from core.models import Installation

CONTENT = Path(__file__).parent / "content" / "pages.toml"
PHRASES = CONTENT.with_name("phrases.toml")
SYNONYMS = CONTENT.with_name("synonyms.toml")
MODELS: dict[str, type[PublicPage]] = {
    "home": HomePage,
    "audience": AudiencePage,
    "guidance": GuidancePage,
    "interruption": FolderPage,
    "support": SupportPage,
    "bulletins": BulletinIndexPage,
    "bulletin": BulletinPage,
}
# Everyone else is one tap from the doors on the home page; these are in the menu too.
IN_MENUS = frozenset({"report-what-happens", "online", "pages/a7"})


@transaction.atomic
def load_pages(*, site_name: str, now: datetime, path: Path = CONTENT) -> list[str]:
    """Build and publish the pages that are not there yet; never touch one that is.

    Stands on its own feet: makes the root page, the English locale and the site record
    when they are missing. Returns the addresses of the new pages.
    """
    entries = tomllib.loads(path.read_text())["page"]
    home, is_new = _home(entries[0], site_name=site_name, now=now)
    made = [entries[0]["slug"]] if is_new else []
    known = set(Page.objects.descendant_of(home).values_list("url_path", flat=True))
    for entry in entries[1:]:
        if f"{home.url_path}{entry['slug']}/" not in known:
            _publish(_parent(home, entry["slug"]), _page(entry), now=now)
            made.append(entry["slug"])
    if made:
        record("pages.loaded", Installation(pk=1), job=__name__, pages=made)
    return made


def _home(
    entry: dict[str, Any], *, site_name: str, now: datetime
) -> tuple[HomePage, bool]:
    """Return the English home page and whether it was made just now."""
    locale, _ = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    home = HomePage.objects.filter(locale=locale).first()
    if home:
        return home, False
    root = Page.get_first_root_node() or Page.add_root(
        instance=Page(title="Root", slug="root", locale=locale)
    )
    _remove_welcome_page(root)
    home = HomePage(**page_values(entry))
    _publish(root, home, now=now)
    Site.objects.create(
        hostname="localhost",
        site_name=site_name,
        root_page=home,
        is_default_site=True,
    )
    return home, True


def _remove_welcome_page(root: Page) -> None:
    """Delete the page Wagtail greets with, and with it the site record it holds."""
    for page in root.get_children():
        if page.specific_class is Page:
            page.delete()
    # Deleting moved the tree below us: add_child counts the children we remember.
    root.refresh_from_db()


def _parent(home: HomePage, address: str) -> Page:
    """Return the page above an address: of `pages/a7` that is `pages`."""
    home.refresh_from_db()
    above, _, _ = address.rpartition("/")
    return Page.objects.child_of(home).get(slug=above) if above else home


def _publish(parent: Page, page: Page, *, now: datetime) -> None:
    page.locale = parent.locale
    page.first_published_at = now
    parent.add_child(instance=page)
    page.save_revision().publish()


def _page(entry: dict[str, Any]) -> PublicPage:
    return MODELS[entry["type"]](**page_values(entry))


def _readers(audiences: list[str]) -> Readers:
    """Return for whom a page is written; one for professionals may be harder."""
    if audiences == ["professionals"]:
        return Readers.PROFESSIONALS
    return Readers.YOUNG if "young_people" in audiences else Readers.PUBLIC


def page_values(entry: dict[str, Any]) -> dict[str, Any]:
    values = {
        "title": entry["nav_title"],
        "slug": entry["slug"].rpartition("/")[2],
        "heading": entry["title"],
        "lead": entry["lead"],
        "motif": Motif(entry["motif"]),
        "readers": _readers(entry.get("audience", [])),
        "content_note": _paragraphs(entry.get("content_note", [])),
        "show_in_menus": entry["slug"] in IN_MENUS,
        "search_words": ", ".join(entry.get("keywords", [])),
        "body": [(part["kind"], _section(part)) for part in entry.get("section", [])],
    }
    if "choice" in entry:
        values["choices"] = [("choice", _choice(part)) for part in entry["choice"]]
    if "issued" in entry:
        values |= {"issued_on": entry["issued"], "for_whom": entry["for_whom"]}
    return values


def _section(part: dict[str, Any]) -> dict[str, Any]:
    """Return what a block of this kind holds; the files leave out what is empty."""
    kinds: dict[str, dict[str, Any]] = {
        "text": {},
        "callout": {},
        "doors": {"links": part.get("links", [])},
        "steps": {"style": part.get("style", "numbered")},
        "question_and_answer": {},
        "signs": {
            "audiences": part.get("audience", []),
            "harm": part.get("harm", ""),
            "limit": part.get("limit"),
        },
        "routes": {
            "keys": part.get("keys", []),
            "groups": part.get("groups", []),
            "voice": part.get("voice", "public"),
            "is_folded": part.get("folded", False),
        },
    }
    section = {"heading": part["heading"], "body": _paragraphs(part.get("body", []))}
    if "items" in part:
        section["items"] = part["items"]
    return section | kinds[part["kind"]]


def _choice(part: dict[str, Any]) -> dict[str, Any]:
    return {name: part.get(name, "") for name in ("heading", "text", "route", "link")}


def _paragraphs(parts: list[str]) -> str:
    return "\n\n".join(parts)


@transaction.atomic
def load_phrases(path: Path = PHRASES) -> list[str]:
    """Add the phrases the guard looks for; never touch one an editor may have edited.

    Returns the first form of each new phrase.
    """
    known = set(GuardedPhrase.objects.values_list("key", flat=True))
    new = [
        GuardedPhrase(
            key=slugify(entry["avoid"][0]),
            avoid="\n".join(entry["avoid"]),
            instead=entry["instead"],
            reason=entry["reason"],
            source=entry["source"],
        )
        for entry in tomllib.loads(path.read_text())["phrase"]
        if slugify(entry["avoid"][0]) not in known
    ]
    GuardedPhrase.objects.bulk_create(new)
    made = [str(phrase) for phrase in new]
    if made:
        record("phrases.loaded", Installation(pk=1), job=__name__, phrases=len(made))
    return made


@transaction.atomic
def load_synonyms(path: Path = SYNONYMS) -> int:
    """Add the search words that are not there yet; return how many are new."""
    known = set(SearchSynonym.objects.values_list("language", "words"))
    entries = tomllib.loads(path.read_text())["synonym"]
    synonyms = [
        SearchSynonym(
            language=entry.get("language", settings.LANGUAGE_CODE),
            words=", ".join(entry["words"]),
            means=", ".join(entry.get("means", [])),
            leads_to=entry.get("leads_to", ""),
            is_topic=entry.get("topic", False),
            is_urgent=entry.get("urgent", False),
        )
        for entry in entries
    ]
    new = [one for one in synonyms if (one.language, one.words) not in known]
    if new:
        SearchSynonym.objects.bulk_create(new)
        bump()
        record("synonyms.loaded", Installation(pk=1), job=__name__, count=len(new))
    return len(new)
