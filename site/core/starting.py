"""What `manage.py up` does before it starts anything, and what it tells the reader."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management import call_command, get_commands
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from core.models import Installation

type Row = tuple[str, str, str, str]


def prepare() -> None:
    """Apply new migrations and, the first time, load the demonstration county."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    if has_new_migrations():
        call_command("migrate", verbosity=0)
    if not Installation.objects.exists() and "load_county" in get_commands():
        call_command("load_county")
    # The processes are forked off this one: none may inherit an open connection.
    connections.close_all()


def has_new_migrations() -> bool:
    executor = MigrationExecutor(connections["default"])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def sign_ins(path: Path) -> list[Row]:
    """Return role, address, password and need of a code of each account."""
    if not path.exists():
        return []
    accounts = json.loads(path.read_text())
    return [
        (
            role,
            account["email"],
            account["password"],
            "yes" if account["totp_secret"] else "no",
        )
        for role, account in accounts.items()
    ]


def guide(base_url: str) -> str:
    """Say where the site is, who can sign in, and how."""
    rows = sign_ins(settings.VAR_DIR / "demo-accounts.json")
    lines = ["", f"  Spot the Signs starts at {base_url}/", ""]
    if rows:
        lines += [f"  Sign in at {base_url}/accounts/login/", "", *table(rows), ""]
        lines += ["  Where it says yes, a code is asked for. To see the current one:"]
        lines += ["    .venv/bin/python manage.py demo_code officer", ""]
    mail = settings.VAR_DIR / "mail"
    lines += [f"  Mail is written to {mail}. Ctrl-C stops everything.", ""]
    return "\n".join(lines)


def table(rows: list[Row]) -> list[str]:
    heads: list[Row] = [("role", "e-mail address", "password", "code"), *rows]
    widths = [max(map(len, column)) for column in zip(*heads, strict=True)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in heads
    )
    return [f"    {line}".rstrip() for line in lines]
