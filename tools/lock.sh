#!/bin/sh
# Write requirements/*.txt with hashes from requirements/*.in: tools/lock.sh [--upgrade]
#
# pip-tools has an environment of its own: it is no part of the product. No address of an
# index is written, whatever pip is told to use on the machine that does this.
set -eu
cd "$(dirname "$0")/.."

if ! [ -x .venv-lock/bin/pip-compile ]; then
    "$(tools/find_python.sh)" -m venv .venv-lock
    .venv-lock/bin/pip install --quiet --disable-pip-version-check pip-tools
fi
cd requirements
for level in base test check; do
    ../.venv-lock/bin/pip-compile --quiet "$@" --generate-hashes --allow-unsafe --strip-extras \
        --no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
        --output-file "$level.txt" "$level.in"
done
