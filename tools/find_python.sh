#!/bin/sh
# Print the path of a Python that can run this project, or say how to get one.
#
# Every occurrence on PATH is tried: a version manager's shim may stand before an
# interpreter that works, and a shim whose version is missing does not start.
set -u

# Some builds lack parts of the standard library that we cannot do without.
question='
import ensurepip, sqlite3, ssl, sys, venv
if sys.version_info < (3, 12):
    sys.exit(1)
print(getattr(sys, "_base_executable", sys.executable))
'

for name in python3.14 python3.13 python3.12 python3; do
    rest=$PATH:
    while [ -n "$rest" ]; do
        candidate=${rest%%:*}/$name
        rest=${rest#*:}
        [ -x "$candidate" ] || continue
        if found=$("$candidate" -c "$question" 2>/dev/null) && [ -n "$found" ]; then
            echo "$found"
            exit 0
        fi
    done
done

# Versions that pyenv holds but does not offer in this folder.
for candidate in "${PYENV_ROOT:-${HOME:-}/.pyenv}"/versions/3.*/bin/python3; do
    [ -x "$candidate" ] || continue
    if found=$("$candidate" -c "$question" 2>/dev/null) && [ -n "$found" ]; then
        echo "$found"
        exit 0
    fi
done

printf '%s\n' >&2 \
    "Spot the Signs needs Python 3.12 or newer with its venv module, and found none." \
    "  Debian 13, Ubuntu 24.04 or newer:  sudo apt install python3 python3-venv" \
    "  Fedora:                            sudo dnf install python3" \
    "  macOS:                             brew install python" \
    "  anywhere:                          pyenv install 3.13"
exit 1
