#!/usr/bin/env python3
"""Fail when the built files in site/static no longer match their sources.

Node is not needed: tools/build_assets.mjs says how the digests in built.json are made.
"""

import hashlib
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SINGLE_SOURCES = ("package.json", "tools/build_assets.mjs")
REMEDY = "Run `make assets` and commit what it writes."


def source_digest(root: Path) -> str:
    paths = [path.relative_to(root) for path in (root / "site/scss").rglob("*.scss")]
    names = [path.as_posix().encode() for path in paths]
    names += [name.encode() for name in SINGLE_SOURCES]
    digest = hashlib.sha256()
    for name in sorted(names):
        digest.update(name + b"\0" + (root / name.decode()).read_bytes() + b"\0")
    return digest.hexdigest()


def problems(root: Path) -> list[str]:
    static = root / "site/static"
    built = json.loads((static / "built.json").read_text())
    found = []
    if built["sources"] != source_digest(root):
        found.append("The sources of the built files have changed.")
    for name, digest in built["outputs"].items():
        path = static / name
        if not path.exists():
            found.append(f"site/static/{name} is missing.")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            found.append(f"site/static/{name} was changed by hand.")
    return found


def main() -> int:
    found = problems(ROOT)
    for line in found:
        print(line)
    if found:
        print(REMEDY)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
