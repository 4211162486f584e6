from typing import Any

from django.conf import settings
from django.db import models

from partners.register.enums import ImportState, RowOutcome
from partners.register.models.premises import Premises, random_key


class StagedImport(models.Model):
    """A spreadsheet of staff between reading and applying.

    Only columns we may keep are in its rows; the file itself is not stored. `columns`
    lists {"heading", "field", "guessed", "why"} in the order of the kept columns,
    `dropped` {"heading", "reason"} of those left out, `is_day_first` how ambiguous
    dates are read. The counts are those of the last check, and once applied those of
    what was done. `missing` holds the ids of spells open here that a list of everybody
    does not name; `looked_at` says how many rows the worker has read so far.
    """

    key = models.CharField(max_length=12, unique=True, default=random_key)
    premises = models.ForeignKey(Premises, models.PROTECT, related_name="imports")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    filename = models.CharField(max_length=200)
    state = models.CharField(
        max_length=10, choices=ImportState, default=ImportState.MAPPING
    )
    columns: "models.JSONField[list[dict[str, Any]], list[dict[str, Any]]]" = (
        models.JSONField(default=list)
    )
    dropped: "models.JSONField[list[dict[str, str]], list[dict[str, str]]]" = (
        models.JSONField(default=list)
    )
    is_day_first = models.BooleanField(default=True)
    date_reason = models.CharField(max_length=200, blank=True)
    added = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    is_everybody = models.BooleanField(default=False)
    missing: "models.JSONField[list[int], list[int]]" = models.JSONField(default=list)
    looked_at = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=300, blank=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    started_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    taken_back = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.filename} {self.state}"

    @property
    def total(self) -> int:
        """Return how many rows were checked."""
        return self.added + self.known + self.wrong + self.skipped


class StagedRow(models.Model):
    """One row as read: `cells` beside the columns, `errors` as field → sentence.

    Rows that were added or known are deleted with the applying, the others some days
    later: names live on in the staff list only.
    """

    staged_import = models.ForeignKey(StagedImport, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    cells: "models.JSONField[list[str], list[str]]" = models.JSONField()
    outcome = models.CharField(max_length=5, choices=RowOutcome, blank=True)
    errors: "models.JSONField[dict[str, str], dict[str, str]]" = models.JSONField(
        default=dict
    )
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staged_import", "number"], name="stagedrow_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"row {self.number}"
