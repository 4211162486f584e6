"""Runs one benchmark: `make bench NAME=landing`.

A benchmark is a module beside this one with a function `cases()` that yields a `Case`
for each figure. It measures the thing and a stated baseline in the same run, through
the address or service that people use, on the production settings. The database is new
each time: SQLite under var/bench, or the empty one that DATABASE_URL names. A module
that says `NEEDS_POSTGRESQL = True` gets a database of its own on the server of
DATABASE_URL, or on the one that `tools/with_postgresql.sh` finds or starts.
"""

import importlib
import json
import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.benchmarks.databases import own_database, run_again_with_postgresql

ROOT = Path(__file__).resolve().parent.parent.parent
RESULTS = ROOT / "var/bench"
NAMED = re.compile(r'^NAME = "(\w+)"$', re.MULTILINE)

# The host is looked at by the production settings; nothing is sent to it.
HOST = "signs.force.example"
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SPOT_SECRET_KEY": "benchmarks-only-" + "0123456789abcdef" * 4,
    "SPOT_BASE_URL": f"https://{HOST}",
    "SPOT_MAIL_FROM": f"signs@{HOST}",
    "SPOT_SMTP_HOST": "localhost",
}


@dataclass(frozen=True)
class Case:
    """One figure. The ratio is higher when we are better, whatever was measured."""

    case: str
    ratio: float
    baseline: str
    figures: dict[str, float | int | str]


def available() -> dict[str, str]:
    """Return the module of each benchmark here, by its name.

    That is the module's, unless it says another: `import` can be no module's name.
    """
    found = {}
    for path in sorted(Path(__file__).parent.glob("*.py")):
        text = path.read_text()
        if "\ndef cases(" in text:
            named = NAMED.search(text)
            found[named[1] if named else path.stem] = path.stem
    return found


def needs_postgresql(name: str) -> bool:
    text = Path(__file__).with_name(f"{available()[name]}.py").read_text()
    return "\nNEEDS_POSTGRESQL = True\n" in text


def line(name: str, case: Case) -> str:
    figures = " ".join(f"{key}={shown(value)}" for key, value in case.figures.items())
    return (
        f"bench {name}/{case.case}: {figures} "
        f"ratio={shown(case.ratio)} vs {case.baseline}"
    )


def shown(value: float | str) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def report(name: str, cases: Iterable[Case], folder: Path) -> Path:
    """Print each case as it comes and write them all to `<folder>/<name>.json`."""
    done = []
    for case in cases:
        sys.stdout.write(line(name, case) + "\n")
        sys.stdout.flush()
        done.append(asdict(case))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    path.write_text(json.dumps({"name": name, "cases": done}, indent=2) + "\n")
    return path


def prepare(folder: Path) -> None:
    """Set up Django on the production settings with a new database in `folder`."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ.update(PRODUCTION, SPOT_VAR_DIR=str(folder))
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]

    import django  # noqa: PLC0415 -- the settings are named just above
    from django.core.management import call_command  # noqa: PLC0415 -- as above

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def cases_of(name: str) -> Iterator[Case]:
    module = importlib.import_module(f"tests.benchmarks.{available()[name]}")
    yield from module.cases()


def main(arguments: list[str]) -> int:
    name = arguments[0] if arguments else ""
    if name not in available():
        sys.stderr.write(
            f"There is no benchmark “{name}”. Try: make bench NAME=<one of "
            f"{', '.join(available())}>\n"
        )
        return 2
    on_postgresql = needs_postgresql(name)
    if on_postgresql and not os.environ.get("DATABASE_URL"):
        run_again_with_postgresql(name)
    with own_database() if on_postgresql else nullcontext():
        prepare(RESULTS / "work")
        path = report(name, cases_of(name), RESULTS)
    sys.stdout.write(f"written to {path.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
