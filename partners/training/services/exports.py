from datetime import date

from accounts.models import User
from core.audit import record


def note_coverage_export(*, officer: User, day: date, rows: int) -> None:
    """Write into the audit trail that coverage has left the system, and how much."""
    record("coverage.exported", officer, actor=officer, day=day.isoformat(), rows=rows)
