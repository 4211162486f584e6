#!/usr/bin/env python3
"""Keep the translation files in step with the words of the source.

`messages.py` collects new words into site/locale/*/LC_MESSAGES/django.po and compiles
them, and the texts of our pages, routes and signs into content.po (content_words.py).
`messages.py --check` works in a copy and fails when a word is missing from a language,
or when a compiled file is older than its source.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import content_words
import polib

# The context of a word, if it has one, and the word itself.
type Word = tuple[str | None, str]

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("pl", "ro", "sk", "ur")
FOLDERS = ("campaigns", "media", "partners", "site", "manage.py")
SHOWN = 12
REMEDY = "Run `make messages`, fill in the empty words, and commit the files."


def need_gettext() -> None:
    """Install the gettext programs if they are missing and we may."""
    if shutil.which("xgettext") and shutil.which("msgfmt"):
        return
    if os.geteuid() or not shutil.which("apt-get"):
        sys.exit("The translation tools need gettext: install it and try again.")
    for arguments in (["update"], ["install", "-y", "gettext"]):
        subprocess.run(  # noqa: S603 -- our own arguments
            ["apt-get", "-qq", *arguments],  # noqa: S607 -- from PATH
            check=True,
            stdin=subprocess.DEVNULL,
        )


def collect(root: Path) -> None:
    """Run Django's own collector in `root`, its files named from the top folder."""
    languages = [part for code in LANGUAGES for part in ("--locale", code)]
    subprocess.run(  # noqa: S603 -- our own arguments
        [
            *(sys.executable, "manage.py", "makemessages", *languages),
            *("--ignore", ".venv", "--ignore", "node_modules", "--ignore", "tests"),
            *("--ignore", "var", "--no-wrap", "--add-location", "file"),
            *("--verbosity", "0"),
        ],
        cwd=root,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "PYTHONPATH": f"{root}:{root / 'site'}",
            "SPOT_VAR_DIR": str(root / "var"),
        },
        check=True,
    )


def catalogue(root: Path, language: str) -> Path:
    return root / "site/locale" / language / "LC_MESSAGES/django.po"


def words(path: Path) -> dict[Word, bool]:
    """Return every word in use and whether it is translated."""
    if not path.exists():
        return {}
    return {
        (entry.msgctxt, entry.msgid): entry.translated()
        for entry in polib.pofile(str(path))
        if not entry.obsolete
    }


def update() -> int:
    for language in LANGUAGES:
        catalogue(ROOT, language).parent.mkdir(parents=True, exist_ok=True)
    collect(ROOT)
    for language in LANGUAGES:
        path = catalogue(ROOT, language)
        translations = polib.pofile(str(path))
        # The day of the run would change every file at every run.
        translations.metadata.pop("POT-Creation-Date", None)
        translations.metadata_is_fuzzy = False
        translations.save(str(path))
        translations.save_as_mofile(str(path.with_suffix(".mo")))
        left = len(translations.untranslated_entries())
        print(f"{language}: {len(translations)} words, {left} without a translation")
    content_words.update(ROOT)
    return 0


def check() -> int:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in FOLDERS:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(
                    source, copy / name, ignore=shutil.ignore_patterns("__pycache__")
                )
            else:
                shutil.copy(source, copy / name)
        for language in LANGUAGES:
            catalogue(copy, language).parent.mkdir(parents=True, exist_ok=True)
        collect(copy)
        found = [line for code in LANGUAGES for line in problems(copy, code)]
    for code in LANGUAGES:
        found += content_words.problems(ROOT, code)
        words = content_words.read(content_words.catalogue(ROOT, code))
        print(f"{code}: texts of pages, routes and signs: {content_words.left(words)}")
    for line in found:
        print(line)
    if found:
        print(REMEDY)
    return bool(found)


def problems(copy: Path, language: str) -> list[str]:
    committed = words(catalogue(ROOT, language))
    missing = words(catalogue(copy, language)).keys() - committed.keys()
    empty = {word for word, is_translated in committed.items() if not is_translated}
    found = [
        *counted(language, "not collected", missing),
        *counted(language, "not translated", empty),
    ]
    if not found and compiled(language) != compiled_anew(language):
        found.append(f"{language}: the compiled file is older than its source")
    return found


def counted(language: str, fault: str, found: set[Word]) -> list[str]:
    """Name the first few words of a fault, and how many there are."""
    if not found:
        return []
    named = sorted(msgid for _, msgid in found)[:SHOWN]
    lines = [f"{language}: {fault}: {msgid!r}" for msgid in named]
    return [*lines, f"{language}: {len(found)} words {fault}"]


def compiled(language: str) -> bytes:
    path = catalogue(ROOT, language).with_suffix(".mo")
    return path.read_bytes() if path.exists() else b""


def compiled_anew(language: str) -> bytes:
    return polib.pofile(str(catalogue(ROOT, language))).to_binary()


if __name__ == "__main__":
    need_gettext()
    sys.exit(check() if "--check" in sys.argv[1:] else update())
