"""How the words of a language stand to the English ones they were made from."""

from collections.abc import Collection
from hashlib import sha256

from core.enums import TranslationState


def fingerprint(*texts: str) -> str:
    """Return the hash by which a translation remembers its English source."""
    return sha256("\x1f".join(text.strip() for text in texts).encode()).hexdigest()


def state_of(
    *, source_hash: str, current_hash: str, same_meaning: Collection[str] = ()
) -> TranslationState:
    """Say whether a translation still says what the English says today.

    `same_meaning` holds the hashes of earlier English words that an editor has since
    changed without changing what they mean.
    """
    if source_hash == current_hash:
        return TranslationState.CURRENT
    if source_hash in same_meaning:
        return TranslationState.COSMETIC
    return TranslationState.MATERIAL
