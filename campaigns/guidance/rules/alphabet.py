"""The order of letters in the languages we speak, for the A to Z."""

import unicodedata

LATIN = "abcdefghijklmnopqrstuvwxyz"
# A vowel with an accent that is not here stands with its plain one: á with a.
ALPHABETS = {
    "en": LATIN,
    "pl": "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż",
    "ro": "aăâbcdefghiîjklmnopqrsștțuvwxyz",
    "sk": "aäbcčdďefghiíjklľmnňoôpqrsštťuúvwxyýzž",
    "ur": "اآبپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھءیے" + LATIN,
}
DIGITS = "0\u20139"
OTHER = "#"


def letter_of(text: str, language: str) -> str:
    """Return the letter under which a title stands."""
    first = next((sign for sign in text.casefold() if sign.isalnum()), "")
    if first.isdigit():
        return DIGITS
    known = _known(first, ALPHABETS.get(language, LATIN))
    return known.upper() if known else OTHER


def sort_key(text: str, language: str) -> list[int]:
    """Return what puts titles in the order of a language's own alphabet."""
    alphabet = ALPHABETS.get(language, LATIN)
    signs = (sign for sign in text.casefold() if sign.isalnum())
    return [_place(sign, alphabet) for sign in signs]


def _place(sign: str, alphabet: str) -> int:
    known = _known(sign, alphabet)
    if known:
        return alphabet.index(known)
    # Digits before the letters, signs of other scripts behind them.
    return ord(sign) - 1_000 if sign.isdigit() else len(alphabet) + ord(sign)


def _known(sign: str, alphabet: str) -> str:
    """Return the letter of the alphabet that a sign is, or is an accented form of."""
    # The cedilla is how old keyboards write the Romanian comma.
    sign = {"ş": "ș", "ţ": "ț", "ي": "ی", "ك": "ک"}.get(sign, sign)
    if sign and sign in alphabet:
        return sign
    plain = unicodedata.normalize("NFKD", sign)[:1]
    return plain if plain and plain in alphabet else ""
