"""Begin with a copy of the migrated database, where its migrations are still the same.

Running all migrations takes longer than most files of tests. The copy holds what they
left on SQLite; `migrate` still runs on it, finds nothing to do, and sends its signals.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from shutil import copyfile
from sqlite3 import connect
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).parent.parent
ROOMS = ("site", "campaigns", "partners", "media")


@contextmanager
def migrations_remembered() -> Iterator[None]:
    if connection.vendor != "sqlite":
        yield
        return
    creation: Any = type(connection.creation)
    create = creation._create_test_db

    def create_from_copy(self: Any, *args: Any, **kwargs: Any) -> Any:
        name = create(self, *args, **kwargs)
        # A run that was cut short leaves its log, which would be read into ours.
        for log in ("-wal", "-shm"):
            Path(f"{name}{log}").unlink(missing_ok=True)
        if _copy().exists():
            copyfile(_copy(), name)
        return name

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(creation, "_create_test_db", create_from_copy)
        yield


def remember_migrations() -> None:
    """Keep a copy of the database as it is after all migrations."""
    if connection.vendor != "sqlite" or _copy().exists():
        return
    for older in _copy().parent.glob("migrated-*.sqlite3"):
        older.unlink(missing_ok=True)
    # Another process may write the same: the last step is one.
    process = Path(connection.settings_dict["NAME"]).name
    unfinished = _copy().with_suffix(f".{process}")
    connection.ensure_connection()
    with closing(connect(unfinished)) as target:
        connection.connection.backup(target)
    unfinished.replace(_copy())


def _copy() -> Path:
    """Return where the copy is: another one for other migrations or packages."""
    written = sha256((ROOT / "requirements/base.txt").read_bytes())
    for room in ROOMS:
        for path in sorted((ROOT / room).glob("**/migrations/*.py")):
            written.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    folder: Path = settings.VAR_DIR
    return folder / f"migrated-{written.hexdigest()[:16]}.sqlite3"
