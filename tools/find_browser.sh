#!/bin/sh
# Print the path of a Chromium; install one when there is none.
set -u
cd "$(dirname "$0")/.."

on_path() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" && return 0
    done
    return 1
}

from_playwright() {
    .venv/bin/python - <<'END'
from pathlib import Path

from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    path = Path(playwright.chromium.executable_path)
    print(path if path.exists() else "", end="")
END
}

if [ -n "${CHROME:-}" ]; then
    [ -x "$CHROME" ] && echo "$CHROME" && exit 0
    echo "CHROME is set to $CHROME, which is no program." >&2
    exit 1
fi
on_path && exit 0
found=$(from_playwright) && [ -n "$found" ] && echo "$found" && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium with apt (once)" >&2
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
        apt-get install -qq -y --no-install-recommends chromium; } >&2 </dev/null
    on_path && exit 0
fi
echo "Downloading Chromium with Playwright (once)" >&2
.venv/bin/python -m playwright install chromium >&2 </dev/null
found=$(from_playwright) && [ -n "$found" ] && echo "$found" && exit 0

cat >&2 <<END
The browser tests need Chromium, and none could be found, installed or downloaded.
Install chromium or google-chrome, or set CHROME to the path of one, and try again.
END
exit 1
