from partners.register.services.approving import (
    approve_request,
    decline_request,
    unused_staff_code,
)
from partners.register.services.errors import RegisterError
from partners.register.services.joining import (
    ask_to_join,
    confirm_address,
    confirmation_link,
    request_of_link,
)
from partners.register.services.staff import add_starter, mark_left, void_spell

__all__ = [
    "RegisterError",
    "add_starter",
    "approve_request",
    "ask_to_join",
    "confirm_address",
    "confirmation_link",
    "decline_request",
    "mark_left",
    "request_of_link",
    "unused_staff_code",
    "void_spell",
]
