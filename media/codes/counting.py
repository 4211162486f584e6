"""Count openings. The one hand-written statement: a count must cost one write."""

from datetime import datetime

from django.db import connection

from media.codes.enums import Prefix
from media.codes.models import Code

ADD_ONE = """
    INSERT INTO codes_scancount (code_id, hour, kind, n) VALUES (%s, %s, %s, 1)
    ON CONFLICT (code_id, hour, kind) DO UPDATE SET n = codes_scancount.n + 1
"""


def count_opening(*, code: Code, kind: Prefix, now: datetime) -> None:
    """Add one to the code's hour. Two at once are both counted; no reader is kept."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(
            ADD_ONE,
            [code.pk, connection.ops.adapt_datetimefield_value(hour), kind.value],
        )
