from partners.register.services.alarms import (
    look_at_premises_of,
    look_for_managers,
    manager_bounced,
    watch_over_premises,
)
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
    Reader,
    confirm_mailing,
    finish_mailings,
    recipients_of,
    send_mailing,
)
from partners.register.services.managing import (
    Whole,
    end_link,
    finish_hand_overs,
    hand_over,
    invite_manager,
    invite_manager_again,
    user_can_manage_whole,
)
from partners.register.services.places import (
    add_contact,
    change_contact,
    change_profile,
    note_export,
    remove_contact,
)
from partners.register.services.staff import add_starter, mark_left, void_spell

__all__ = [
    "Reader",
    "RegisterError",
    "Whole",
    "add_contact",
    "add_starter",
    "apply_import",
    "approve_request",
    "ask_to_join",
    "change_contact",
    "change_profile",
    "confirm_address",
    "confirm_columns",
    "confirm_mailing",
    "confirmation_link",
    "decline_request",
    "discard_import",
    "end_link",
    "finish_hand_overs",
    "finish_mailings",
    "forget_old_rows",
    "hand_over",
    "invite_manager",
    "invite_manager_again",
    "look_at_premises_of",
    "look_for_managers",
    "manager_bounced",
    "mark_left",
    "note_export",
    "recipients_of",
    "remove_contact",
    "request_of_link",
    "send_mailing",
    "stage_import",
    "unused_staff_code",
    "user_can_manage_whole",
    "void_spell",
    "watch_over_premises",
]
