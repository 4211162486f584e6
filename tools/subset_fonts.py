#!/usr/bin/env python3
"""Cut from the fonts in node_modules what our five languages need: site/scss/fonts.

The whole fonts would be more than all the rest of a page. Run it again when a language
is added or a font is renewed: `npm ci`, then with `fonttools` and `brotli` installed in
an environment of your own `python tools/subset_fonts.py`, then `make assets`. What is
cut away is still there for names of people: `_fonts.scss` loads it when it is met.
"""

import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules/@fontsource-variable"
TARGET = ROOT / "site/scss/fonts"
LATIN_FEATURES = "ccmp,locl"
# `mark` and `mkmk` put each dot on its letter: the font draws them apart.
ARABIC_FEATURES = "init,medi,fina,isol,rlig,ccmp,locl,mark,mkmk"
# Name of the result: family, script, weights kept, features kept. Its letters are those
# that `_fonts.scss` gives to it, so that the two cannot differ.
FONTS = {
    "atkinson-latin": (
        *("atkinson-hyperlegible-next", "latin"),
        *("400:800", LATIN_FEATURES),
    ),
    "atkinson-central": (
        *("atkinson-hyperlegible-next", "latin-ext"),
        *("400:800", LATIN_FEATURES),
    ),
    "naskh-urdu": (*("noto-naskh-arabic", "arabic"), *("400:700", ARABIC_FEATURES)),
}


def letters_of(name: str) -> str:
    styles = (ROOT / "site/scss/_fonts.scss").read_text()
    face = re.search(rf"\"{name}\"\).*?unicode-range:(.*?);", styles, re.DOTALL)
    if face is None:
        raise SystemExit(f"_fonts.scss does not load {name}.")
    return "".join(face[1].split())


def cut(name: str, folder: Path) -> None:
    family, script, weights, features = FONTS[name]
    source = MODULES / f"{family}/files/{family}-{script}-wght-normal.woff2"
    lighter = folder / f"{name}.ttf"
    _run("fontTools.varLib.instancer", source, f"wght={weights}", "-o", lighter)
    _run(
        "fontTools.subset",
        lighter,
        f"--unicodes={letters_of(name)}",
        f"--layout-features={features}",
        "--flavor=woff2",
        "--no-hinting",
        f"--output-file={TARGET / name}.woff2",
    )


def _run(module: str, *arguments: str | Path) -> None:
    subprocess.run([sys.executable, "-m", module, *arguments], check=True)  # noqa: S603


def main() -> None:
    TARGET.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        for name in FONTS:
            cut(name, Path(folder))
    for path in sorted(TARGET.iterdir()):
        print(f"{path.stat().st_size:7}  {path.name}")


if __name__ == "__main__":
    main()
