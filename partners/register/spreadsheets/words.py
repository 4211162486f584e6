"""The many words that staff lists have for roles, shifts and languages."""

from functools import lru_cache

from partners.register.enums import Shift, StaffRole
from partners.register.rules import folded

ROLE_WORDS = {
    StaffRole.RECEPTION: (
        "reception|front desk|receptionist|front office|foh|front of house|concierge|"
        "night auditor|night porter|porter|guest services|reservations|guest relations|"
        "host|duty receptionist|night receptionist|head receptionist|bell"
    ),
    StaffRole.HOUSEKEEPING: (
        "housekeeping|hk|housekeeper|room attendant|cleaner|cleaning|chambermaid|"
        "linen porter|laundry|rooms|head housekeeper|public area cleaner|linen"
    ),
    StaffRole.MAINTENANCE: (
        "maintenance|engineer|engineering|handyman|technician|caretaker|facilities|"
        "maintenance engineer|gardener"
    ),
    StaffRole.BAR: (
        "bar|bar and restaurant|restaurant|bartender|barman|barmaid|bar staff|waiter|"
        "waitress|waiting staff|f b|f and b|food and beverage|server|barista|"
        "bar person|bar supervisor|breakfast|breakfast assistant"
    ),
    StaffRole.SECURITY: (
        "security|security and door|door|door staff|doorman|door supervisor|bouncer|"
        "security guard|security officer|night security"
    ),
    StaffRole.DRIVER: "driver|taxi driver|chauffeur|delivery driver|courier|bus driver",
    StaffRole.COUNTER: (
        "shop or takeaway counter|counter|cashier|shop assistant|sales assistant|"
        "till|counter staff|counter assistant|server at counter"
    ),
    StaffRole.MANAGER: (
        "manager|general manager|gm|duty manager|supervisor|night manager|"
        "assistant manager|deputy manager|team leader|owner|director|"
        "operations manager|front office manager|hotel manager"
    ),
    StaffRole.OTHER: (
        "other|kitchen|chef|cook|kitchen porter|kp|commis|commis chef|head chef|"
        "sous chef|office|admin|administrator|accounts|sales|events|spa|leisure|"
        "human resources|hr|marketing|apprentice|trainee|dishwasher"
    ),
}
SHIFT_WORDS = {
    Shift.DAY: "day|days|d|morning|mornings|early|earlies|am|daytime",
    Shift.EVENING: "evening|evenings|e|late|lates|pm|afternoon|afternoons|back",
    Shift.NIGHT: "night|nights|n|overnight|night shift",
    Shift.MIXED: (
        "mixed|changing shifts|changing|rotating|rota|any|varies|various|flexible|"
        "day night|all|both|split"
    ),
}
LANGUAGE_WORDS = {
    "en": "en|english|eng",
    "pl": "pl|polish|polski|pol",
    "ro": "ro|romanian|romana|rom|ron",
    "sk": "sk|slovak|slovencina|slovensky|slk",
    "ur": "ur|urdu|اردو|urd",
}


def _lookup[T: str](words: dict[T, str]) -> dict[str, T]:
    return {word: value for value, texts in words.items() for word in texts.split("|")}


_ROLES = _lookup(ROLE_WORDS)
_SHIFTS = _lookup(SHIFT_WORDS)
_LANGUAGES = _lookup(LANGUAGE_WORDS)


def plain_words(text: str) -> str:
    """Return a text in small letters without accents, signs and doubled spaces."""
    return " ".join("".join(c if c.isalnum() else " " for c in folded(text)).split())


# A list of ten thousand people has some dozen roles: each is worked out once.
@lru_cache(maxsize=2048)
def role_of(text: str) -> StaffRole | None:
    """Return the one role a text names, however it is qualified; None when unsure."""
    words = plain_words(text)
    if words in StaffRole.values:
        return StaffRole(words)
    if found := _ROLES.get(words) or _ROLES.get(words.removesuffix("s")):
        return found
    return _role_within(words.split())


def _role_within(words: list[str]) -> StaffRole | None:
    """Find "receptionist" in "senior receptionist", the longest words first."""
    found = set()
    rest = words
    for length in range(min(3, len(words)), 0, -1):
        for at in range(len(rest) - length + 1):
            if role := _ROLES.get(" ".join(rest[at : at + length])):
                found.add(role)
                rest = [*rest[:at], *[""] * length, *rest[at + length :]]
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=2048)
def shift_of(text: str) -> Shift | None:
    words = plain_words(text)
    return _SHIFTS.get(words) or _SHIFTS.get(words.removesuffix(" shift"))


@lru_cache(maxsize=2048)
def language_of(text: str) -> str | None:
    """Return the code of a language we offer."""
    return _LANGUAGES.get(plain_words(text))


def is_role(text: str) -> bool:
    return role_of(text) is not None


def is_shift(text: str) -> bool:
    return shift_of(text) is not None


def is_language(text: str) -> bool:
    return language_of(text) is not None
