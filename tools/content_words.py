#!/usr/bin/env python3
"""Keep the catalogues of our pages, routes, signs and modules in step with their files.

One entry for each English text as it is loaded: a heading, a paragraph, a step. The
order is that of the files, and a comment says where each text stands. `make messages`
runs this; run by itself it leaves the words of the interface alone.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib

# Where a text stands, for its translator, and the text.
type Placed = tuple[str, str]

CONTENT = (
    "campaigns/routes/content/*.toml",
    "campaigns/signs/content/*.toml",
    "campaigns/guidance/content/*.toml",
    "campaigns/learning/content/*.toml",
)
ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("pl", "ro", "sk", "ur")
# What a reader reads. Everything else in the files is a key, a name or a source.
PAGE_TEXTS = frozenset(
    {
        *("title", "nav_title", "lead", "content_note", "heading", "body", "text"),
        *("items", "question", "answer", "summary", "caption", "transcript", "alt"),
        *("for_whom", "support_note", "skip_note", "alternative", "say", "points"),
        # What a campaign is about, and how each of its materials is used.
        *("explain", "who", "theme", "note"),
    }
)
# Facts in words. The others are numbers and addresses, the same in every language.
WORDED_FACTS = frozenset({"hours", "cost", "text"})
TOKEN = re.compile(r"\{\w+:[^}]*\}")
LETTER = re.compile(r"[^\W\d_]")


def placed_texts(root: Path) -> Iterator[Placed]:
    """Yield every text of the content files, in their order."""
    for pattern in CONTENT:
        for path in sorted(root.glob(pattern)):
            content = tomllib.loads(path.read_text())
            if "lesson" in content:
                yield from _page(content, f"module {path.stem}")
                continue
            for kind, entries in content.items():
                yield from _texts_of(kind, entries)


def _texts_of(kind: str, entries: Any) -> Iterator[Placed]:
    if isinstance(entries, dict):
        entries = [entries]
    if not isinstance(entries, list):
        return
    for entry in entries:
        if kind == "route":
            yield from _route(entry)
        elif kind == "sign":
            yield from _sign(entry)
        else:
            name = entry.get("slug") or entry.get("key") or ""
            yield from _page(entry, f"{kind} {name}".strip())


def _route(entry: dict[str, Any]) -> Iterator[Placed]:
    place = f"route {entry['key']}"
    for name, text in entry["en"].items():
        yield f"{place}: {name}", text
    for fact in entry.get("fact", ()):
        if fact["kind"] in WORDED_FACTS:
            yield f"{place}: {fact['kind']}", fact["value"]


def _sign(entry: dict[str, Any]) -> Iterator[Placed]:
    for audience, text in entry["wording"].items():
        yield f"sign {entry['key']}: {audience}", text


def _page(part: dict[str, Any], place: str) -> Iterator[Placed]:
    """Yield the texts of a page or of a part of one, however it is nested."""
    for name, value in part.items():
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                yield from _page(item, _inside(place, name, item))
            elif name in PAGE_TEXTS and isinstance(item, str):
                yield f"{place}: {name}", item


def _inside(place: str, name: str, item: dict[str, Any]) -> str:
    """Name a section by its heading and a lesson by its id; others stand in theirs."""
    if len(item.get("id", "")) > 1:
        return f"{place}, {name} {item['id']}"
    if "heading" not in item:
        return place
    return f"{place}, {item.get('kind', name)} “{item['heading']}”"


def collected(root: Path) -> dict[str, list[str]]:
    """Return each text once, a paragraph at a time, with the places it stands in."""
    found: dict[str, list[str]] = {}
    for place, text in placed_texts(root):
        for part in re.split(r"\n\s*\n", text):
            if LETTER.search(part):
                places = found.setdefault(part.strip(), [])
                places.extend({place} - {*places})
    return found


def catalogue(root: Path, language: str) -> Path:
    return root / "site/locale" / language / "LC_MESSAGES/content.po"


def read(path: Path) -> polib.POFile:
    if path.exists():
        # The width keeps each text on one line: a diff then shows what was changed.
        return polib.pofile(str(path), wrapwidth=0)
    return polib.POFile(wrapwidth=0)


def merged(old: polib.POFile, texts: dict[str, list[str]]) -> polib.POFile:
    """Return the catalogue of these texts with the words it had; gone ones last."""
    known = {entry.msgid: entry for entry in old}
    new = polib.POFile(wrapwidth=0)
    new.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "MIME-Version": "1.0",
        "Language": old.metadata.get("Language", ""),
    }
    for text, places in texts.items():
        entry = known.pop(text, polib.POEntry(msgid=text))
        entry.comment = "\n".join(places)
        entry.obsolete = False
        new.append(entry)
    for entry in known.values():
        if entry.msgstr:
            entry.obsolete = True
            entry.comment = ""
            new.append(entry)
    return new


def update(root: Path) -> None:
    texts = collected(root)
    for language in LANGUAGES:
        path = catalogue(root, language)
        words = merged(read(path), texts)
        words.metadata["Language"] = language
        words.save(str(path))
        words.save_as_mofile(str(path.with_suffix(".mo")))
        print(
            f"{language}: {len(texts)} texts of pages, routes and signs, {left(words)}"
        )


def left(words: polib.POFile) -> str:
    count = len(words.untranslated_entries())
    return f"{count} without a translation, shown in English"


def problems(root: Path, language: str) -> Iterator[str]:
    """Yield what must not be committed. A text without a translation is no problem."""
    path = catalogue(root, language)
    words = read(path)
    listed = {entry.msgid for entry in words if not entry.obsolete}
    missing = [text for text in collected(root) if text not in listed]
    for text in missing[:3]:
        yield f"{language}: text not collected: {text!r}"
    if missing:
        yield f"{language}: {len(missing)} texts not collected"
    for entry in words.translated_entries():
        if sorted(TOKEN.findall(entry.msgid)) != sorted(TOKEN.findall(entry.msgstr)):
            yield f"{language}: the tokens differ: {entry.msgid!r} {entry.msgstr!r}"
    compiled = path.with_suffix(".mo")
    if not missing and (
        not compiled.exists() or compiled.read_bytes() != words.to_binary()
    ):
        yield f"{language}: the compiled texts are older than their source"


if __name__ == "__main__":
    update(ROOT)
