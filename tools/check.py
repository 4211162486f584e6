#!/usr/bin/env python3
"""Run every check, also after one has failed, and say at the end what failed."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = sys.executable
MANAGE = [PYTHON, "manage.py"]

# Values of the right shape, so that the production settings load. They lead nowhere.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SPOT_SECRET_KEY": "only-for-the-check-of-settings-" + "0123456789abcdef" * 3,
    "SPOT_BASE_URL": "https://signs.force.example",
    "SPOT_MAIL_FROM": "signs@force.example",
    "SPOT_SMTP_HOST": "mail.force.example",
    "DATABASE_URL": "postgresql://spot@localhost/spot",
}
TEST = {"DJANGO_SETTINGS_MODULE": "config.settings.test", "DATABASE_URL": ""}

CHECKS: list[tuple[str, list[str], dict[str, str]]] = [
    ("formatting", [f"{BIN}/ruff", "format", "--check", "."], {}),
    ("ruff", [f"{BIN}/ruff", "check", "."], {}),
    ("types", [f"{BIN}/mypy"], TEST),
    ("imports", [f"{BIN}/lint-imports"], {"PYTHONPATH": ".:site"}),
    ("template form", [f"{BIN}/djlint", "--check", "--quiet", "site/templates"], {}),
    ("template lint", [f"{BIN}/djlint", "--lint", "--quiet", "site/templates"], {}),
    ("migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"], TEST),
    ("translations", [PYTHON, "tools/messages.py", "--check"], {}),
    (
        "deployment",
        [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
        PRODUCTION,
    ),
    ("assets", [PYTHON, "tools/check_assets.py"], {}),
    ("files", [PYTHON, "tools/check_files.py"], {}),
]


def passes(name: str, command: list[str], environment: dict[str, str]) -> bool:
    print(f"\n--- {name}", flush=True)
    started = time.monotonic()
    result = subprocess.run(  # noqa: S603 -- the commands stand above
        command, cwd=ROOT, env=os.environ | environment, check=False
    )
    word = "failed" if result.returncode else "ok"
    print(f"{name}: {word} ({time.monotonic() - started:.0f} s)", flush=True)
    return result.returncode == 0


def main() -> int:
    failed = [check[0] for check in CHECKS if not passes(*check)]
    print(f"\n{len(CHECKS) - len(failed)} of {len(CHECKS)} checks passed.")
    if failed:
        print(f"Failed: {', '.join(failed)}")
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())
