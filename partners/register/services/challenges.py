"""Proof of work: a sum that costs a robot time and a person nothing they notice.

The page hands out a signed challenge; the browser looks for a number that, put behind
it, gives a SHA-256 which begins with enough zero bits. Nothing is stored until a proof
is spent, no cookie is set and nobody else is asked.
"""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

from django.core.signing import BadSignature, Signer
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from partners.register.models import SpentChallenge
from partners.register.services.errors import RegisterError

# About a second on a slow phone, while the form is being filled in.
ZERO_BITS = 16
# Long enough for somebody who is called away from the form.
LASTS = timedelta(hours=6)
LONGEST_ANSWER = 12

_signer = Signer(salt="partners.register.challenges")


def new_challenge(*, now: datetime) -> str:
    """Return a challenge that is good once and until its time is up."""
    ends = int((now + LASTS).timestamp())
    return _signer.sign(f"{get_random_string(16)}.{ends}.{ZERO_BITS}")


def spend_proof(*, challenge: str, answer: str, now: datetime) -> None:
    """Accept a proof once, in the caller's transaction.

    :raises RegisterError: when it is wrong, too old or was used before.
    """
    nonce, ends, zero_bits = _read(challenge)
    is_answer = answer.isascii() and answer.isdecimal() and len(answer) < LONGEST_ANSWER
    if not is_answer or now > ends or not _has_work(challenge, answer, zero_bits):
        raise _refusal()
    _row, is_first = SpentChallenge.objects.get_or_create(
        nonce=nonce, defaults={"ends_at": ends}
    )
    if not is_first:
        raise _refusal()


def forget_spent_challenges(*, now: datetime) -> int:
    """Delete what could not be used again anyway; return how many."""
    old = SpentChallenge.objects.filter(ends_at__lt=now)
    return old.delete()[0]


def _read(challenge: str) -> tuple[str, datetime, int]:
    try:
        nonce, ends, zero_bits = _signer.unsign(challenge).split(".")
    except (BadSignature, ValueError) as error:
        raise _refusal() from error
    return nonce, datetime.fromtimestamp(int(ends), tz=UTC), int(zero_bits)


def _has_work(challenge: str, answer: str, zero_bits: int) -> bool:
    digest = sha256(f"{challenge}:{answer}".encode()).digest()
    return int.from_bytes(digest) >> (len(digest) * 8 - zero_bits) == 0


def _refusal() -> RegisterError:
    return RegisterError(
        _("This page was open for a long time or was sent before. Send it once more.")
    )
