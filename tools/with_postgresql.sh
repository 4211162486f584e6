#!/bin/sh
# Run a command with DATABASE_URL naming a real PostgreSQL: tools/with_postgresql.sh COMMAND…
#
# DATABASE_URL if it is set, else the server on 127.0.0.1:5432 if one answers, else one
# that is installed (as root) and started here, and stopped when the command is done.
set -u
cd "$(dirname "$0")/.."

answers() {
    .venv/bin/python - "$1" 2>/dev/null <<'END'
import sys

import psycopg

psycopg.connect(sys.argv[1], connect_timeout=5).close()
END
}

usual=postgresql://postgres@127.0.0.1:${SPOT_POSTGRESQL_PORT:-5432}
if [ -n "${DATABASE_URL:-}" ]; then
    exec "$@"
fi
if answers "$usual/postgres"; then
    # Each run has its own name, so that two runs at once never meet.
    DATABASE_URL="$usual/spot_$$" exec "$@"
fi

programs() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1; }

if [ "$(id -u)" != 0 ]; then
    echo "No PostgreSQL answers on 127.0.0.1:5432. Start one or set DATABASE_URL." >&2
    exit 1
fi
if [ -z "$(programs)" ]; then
    echo "Installing PostgreSQL with apt (once)" >&2
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
        apt-get install -qq -y --no-install-recommends postgresql; } >&2 </dev/null
fi
bin=$(programs)
if [ -z "$bin" ]; then
    echo "PostgreSQL could not be installed. Install it or set DATABASE_URL." >&2
    exit 1
fi

cluster=$(mktemp -d) || exit 1
port=$(.venv/bin/python -c "
import socket
free = socket.create_server(('127.0.0.1', 0))
print(free.getsockname()[1])")
chown postgres "$cluster"
as_postgres() { runuser -u postgres -- "$@" >"$cluster.log" 2>&1 </dev/null; }
stop() {
    as_postgres "$bin/pg_ctl" -D "$cluster/data" -m immediate stop
    rm -rf "$cluster" "$cluster.log"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
if ! as_postgres "$bin/initdb" -D "$cluster/data" -U postgres --auth=trust -E UTF8 ||
    ! as_postgres "$bin/pg_ctl" -D "$cluster/data" -w -l "$cluster/server.log" \
        -o "-p $port -c listen_addresses=127.0.0.1 -c fsync=off -k $cluster" start; then
    echo "PostgreSQL did not start:" >&2
    cat "$cluster.log" >&2
    exit 1
fi
DATABASE_URL="postgresql://postgres@127.0.0.1:$port/spot" "$@"
