#!/usr/bin/env python3
"""Fail on package hosts and machine paths in any file, and on long modules."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAX_LINES = 400

# Written in pieces, so that this file does not find itself.
PACKAGE_HOST = re.compile(
    r"https?://[^\s\"]+\.(?:whl|tgz|tar\.gz)\b"
    r"|--(?:extra-)?index-" + r"url[ =]+\S*http"
    r"|\"resolved\": *\"" + r"http"
    r"|https?://(?:registry\.npm"
    + r"js\.org|pypi\."
    + r"org|files\.python"
    + r"hosted)"
)
MACHINE_PATH = re.compile(
    r"(?:^|[^\w.])/(?:root|work|farm|Users/\w+|home/(?!spot\b)\w+)" + r"/"
)


def our_files(root: Path) -> list[Path]:
    """List what is committed or would be; binary files are left to their owners."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607 -- git from PATH
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    )
    paths = (root / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file() and b"\0" not in head(path)]


def head(path: Path) -> bytes:
    with path.open("rb") as opened:
        return opened.read(2000)


def problems(path: Path, name: str) -> Iterator[str]:
    lines = path.read_text(errors="replace").splitlines()
    for number, line in enumerate(lines, start=1):
        if PACKAGE_HOST.search(line):
            yield f"{name}:{number}: the address of a package host"
        if MACHINE_PATH.search(line):
            yield f"{name}:{number}: a path of one machine"
    is_module = path.suffix == ".py" and "migrations" not in path.parts
    if is_module and len(lines) > MAX_LINES:
        yield f"{name}: {len(lines)} lines, more than {MAX_LINES}"


def main() -> int:
    found = [
        problem
        for path in our_files(ROOT)
        for problem in problems(path, path.relative_to(ROOT).as_posix())
    ]
    for line in found:
        print(line)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
