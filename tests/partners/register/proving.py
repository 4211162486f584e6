"""The sum a browser does, done here."""

from datetime import datetime
from hashlib import sha256
from itertools import count

from partners.register.services import new_challenge


def proof(now: datetime) -> tuple[str, str]:
    """Return a challenge of this moment with its answer."""
    challenge = new_challenge(now=now)
    return challenge, answer_to(challenge)


def answer_to(challenge: str) -> str:
    return next(
        str(number)
        for number in count()
        if sha256(f"{challenge}:{number}".encode()).digest()[:2] == b"\0\0"
    )
