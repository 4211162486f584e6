"""Short codes that people read out, type and scan.

Crockford's alphabet (no I, L, O, U) with one Luhn mod 32 check character: every single
wrong character and most swaps of neighbours are noticed.
"""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_FOLD = str.maketrans("OIL", "011", " -")


def fold(text: str) -> str:
    """Read a code as people write it: any case, O for 0, I or L for 1, spaces."""
    return text.upper().translate(_FOLD)


def check_character(body: str) -> str:
    size = len(ALPHABET)
    total = 0
    for position, character in enumerate(reversed(body)):
        value = ALPHABET.index(character) * (2 if position % 2 == 0 else 1)
        total += value // size + value % size
    return ALPHABET[-total % size]


def is_well_formed(text: str, *, length: int) -> bool:
    """Say whether a folded code has this length and its right check character."""
    return (
        len(text) == length
        and all(character in ALPHABET for character in text)
        and check_character(text[:-1]) == text[-1]
    )


def new_code(length: int) -> str:
    """Draw a code of `length` characters, the last of them the check character."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(length - 1))
    return body + check_character(body)
