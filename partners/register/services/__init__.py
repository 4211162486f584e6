from partners.register.services.approving import (
    approve_request,
    decline_request,
    unused_staff_code,
)
from partners.register.services.errors import RegisterError
from partners.register.services.importing import (
    apply_import,
    confirm_columns,
    discard_import,
    forget_old_rows,
    stage_import,
)
from partners.register.services.joining import (
    ask_to_join,
    confirm_address,
    confirmation_link,
    request_of_link,
)
from partners.register.services.mailing import (
    confirm_mailing,
    finish_mailings,
    recipients_of,
    send_mailing,
)
from partners.register.services.staff import add_starter, mark_left, void_spell

__all__ = [
    "RegisterError",
    "add_starter",
    "apply_import",
    "approve_request",
    "ask_to_join",
    "confirm_address",
    "confirm_columns",
    "confirm_mailing",
    "confirmation_link",
    "decline_request",
    "discard_import",
    "finish_mailings",
    "forget_old_rows",
    "mark_left",
    "recipients_of",
    "request_of_link",
    "send_mailing",
    "stage_import",
    "unused_staff_code",
    "void_spell",
]
