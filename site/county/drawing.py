from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from core.shortcodes import ALPHABET, check_character

KEY_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
KEY_LENGTH = 12


class Lot(Random):
    """All chance of the county: the same seed draws the same things in the same order.

    Keys and codes come from it too, instead of from the system's randomness.
    """

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self._taken: set[str] = set()

    def key(self) -> str:
        return "".join(self.choices(KEY_ALPHABET, k=KEY_LENGTH))

    def code(self, length: int) -> str:
        """Draw a code with its check character that was not drawn before."""
        while True:
            body = "".join(self.choices(ALPHABET, k=length - 1))
            code = body + check_character(body)
            if code not in self._taken:
                self._taken.add(code)
                return code

    def chance(self, share: float) -> bool:
        return self.random() < share

    def weighted[Thing](self, weights: Mapping[Thing, float]) -> Thing:
        return self.choices(list(weights), list(weights.values()))[0]

    def days(self, mean: float) -> int:
        """Draw a number of days that is often short and sometimes long."""
        return int(self.expovariate(1 / mean))

    def day_between(self, first: date, last: date) -> date:
        return first + timedelta(days=self.randint(0, max(0, (last - first).days)))

    def moment(self, day: date, first_hour: int = 8, last_hour: int = 21) -> datetime:
        clock = time(self.randint(first_hour, last_hour), self.randint(0, 59))
        return timezone.make_aware(datetime.combine(day, clock))
