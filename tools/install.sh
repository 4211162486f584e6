#!/bin/sh
# Make .venv and install what is asked for: tools/install.sh base [test|check]
#
# A copy of each requirements file is kept in .venv once it is installed. While the two
# are alike nothing is done, and nothing is asked of the network.
set -eu
cd "$(dirname "$0")/.."

installed=.venv/installed

if ! .venv/bin/python -c "" 2>/dev/null; then
    python=$(tools/find_python.sh)
    echo "Making .venv with $python"
    "$python" -m venv --clear .venv
fi
mkdir -p "$installed"

for level in "$@"; do
    if ! cmp -s "requirements/$level.txt" "$installed/$level.txt"; then
        echo "Installing requirements/$level.txt (once)"
        .venv/bin/python -m pip install --quiet --disable-pip-version-check \
            --require-hashes -r "requirements/$level.txt"
        cp "requirements/$level.txt" "$installed/$level.txt"
    fi
done

# The path file of the editable install names this folder: a moved clone needs a new one.
here=$(pwd)
if [ "$(cat "$installed/project" 2>/dev/null)" != "$here" ]; then
    .venv/bin/python -m pip install --quiet --disable-pip-version-check \
        --no-index --no-deps --no-build-isolation -e .
    echo "$here" > "$installed/project"
fi
