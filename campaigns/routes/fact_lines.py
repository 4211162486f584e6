"""What a card tells of the facts of a route, line by line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.enums import Role
from campaigns.routes.enums import (
    CONTACT_KINDS,
    NUMBER_KINDS,
    Access,
    FactKind,
    FactStatus,
)
from campaigns.routes.models import Route, RouteFact
from core.content_words import translated
from core.passages import names_marked


@dataclass(frozen=True)
class FactLine:
    """One more fact under a route: its hours, its cost, a second number.

    `language` is that of the value, where it is not the reader's.
    """

    label: str
    value: str
    href: str
    language: str = ""


@dataclass(frozen=True)
class OtherWay:
    """Another way to use a route, for people who cannot hear or cannot speak."""

    label: str
    value: str
    href: str


@dataclass(frozen=True)
class SourceLink:
    host: str
    url: str


def first_of(facts: Sequence[RouteFact], kinds: Sequence[FactKind]) -> RouteFact | None:
    """Return the fact of the kind named first, a verified one before others."""
    by_kind = sorted(
        (fact for fact in facts if fact.kind in kinds),
        key=lambda fact: (kinds.index(FactKind(fact.kind)), not fact.is_public),
    )
    return by_kind[0] if by_kind else None


def other_ways(route: Route) -> Iterator[OtherWay]:
    for other in route.other_ways:
        facts = other.facts_shown
        contact = first_of(facts, NUMBER_KINDS) or first_of(facts, (FactKind.WEB,))
        if contact and not other.stand_in:
            value = contact.value
            if contact.kind == FactKind.WEB:
                value = urlsplit(value).hostname or value
            label = str(Access(other.access).label)
            yield OtherWay(label, value, contact.href)


def sources(facts: Sequence[RouteFact]) -> Iterator[SourceLink]:
    for url in dict.fromkeys(fact.source_url for fact in facts if fact.source_url):
        host = urlsplit(url).hostname or url
        yield SourceLink(host.removeprefix("www."), url)


def last_checked(facts: Sequence[RouteFact]) -> str:
    """Say when how to reach it was last checked, and by whom: a role, never a name.

    The day is that of the fact that waited longest.
    """
    contacts = [fact for fact in facts if fact.kind in CONTACT_KINDS]
    days = [fact.checked_on for fact in contacts if fact.checked_on]
    if not days or len(days) < len(contacts):
        return ""
    day = date_format(min(days), "DATE_FORMAT")
    oldest = min(contacts, key=lambda fact: (fact.checked_on or date.max, fact.pk))
    if not oldest.checked_role:
        return _("Last checked %(day)s") % {"day": day}
    role = dict(Role.choices).get(oldest.checked_role, "")
    return _("Last checked %(day)s by: %(role)s") % {"day": day, "role": role}


def line_of(fact: RouteFact, language: str) -> FactLine:
    """Return a fact in the reader's language, or in English and marked as that."""
    label = "" if fact.kind == FactKind.TEXT else str(FactKind(fact.kind).label)
    known = translated(fact.value, language)
    # Numbers and addresses are of no language.
    is_english = known is None and not fact.href
    return FactLine(
        label=label,
        value=known or fact.value,
        href=fact.href,
        language=settings.LANGUAGE_CODE if is_english else "",
    )


def status_note(facts: Sequence[RouteFact], language: str) -> SafeString:
    """Name the facts that only a demonstration shows."""
    lines = [
        line_of(fact, language) for fact in facts if fact.status == FactStatus.TO_CHECK
    ]
    if not lines:
        return SafeString("")
    # Each apart from the words around it: in Urdu 0808 500 2222 would else be read from
    # its last group to its first.
    named = format_html_join("; ", "{}", ((_apart(line, language),) for line in lines))
    words = _("To be checked before launch: %(facts)s").replace("%(facts)s", "{}")
    return format_html(words, named)


def _apart(line: FactLine, language: str) -> SafeString:
    if line.language:
        return format_html('<bdi lang="{}">{}</bdi>', line.language, line.value)
    if line.href:
        return format_html("<bdi>{}</bdi>", line.value)
    return format_html("<bdi>{}</bdi>", names_marked(line.value, language))
