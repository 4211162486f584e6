from partners.register.services.alarms import (
    look_at_premises_of,
    look_for_managers,
    manager_bounced,
    watch_over_premises,
)
from partners.register.services.applying import (
    apply_import,
    fail_import,
    finish_imports,
    start_import,
)
from partners.register.services.approving import (
    approve_request,
    decline_request,
)
from partners.register.services.area_places import (
    count_again,
    leave_out,
    link_place,
    note_declined,
    note_invited,
    take_back_answer,
    unlink_place,
)
from partners.register.services.challenges import (
    forget_spent_challenges,
    new_challenge,
)
from partners.register.services.changes import (
    change_owner,
    close_premises,
    reopen_premises,
)
from partners.register.services.correcting import correct_spell
from partners.register.services.errors import (
    RegisterError,
)
from partners.register.services.fixing import (
    fix_row,
    skip_row,
    unskip_row,
)
from partners.register.services.joining import (
    JoinAnswers,
    ask_to_join,
    confirm_address,
    confirmation_link,
    note_call,
    request_of_link,
)
from partners.register.services.leaving import (
    mark_missing_left,
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
from partners.register.services.opening import (
    PlaceFacts,
    add_premises,
    change_details,
    unused_staff_code,
)
from partners.register.services.personal import copy_of, note_staff_export
from partners.register.services.place_applying import (
    apply_load,
    finish_loads,
)
from partners.register.services.place_comparing import (
    compare_load,
)
from partners.register.services.place_loads import (
    confirm_load,
    discard_load,
    forget_old_loads,
    keep_choices,
    resume_load,
    start_load,
    start_load_from_file,
)
from partners.register.services.place_reading import (
    read_load,
)
from partners.register.services.place_sources import (
    add_source,
    find_authorities,
)
from partners.register.services.places import (
    add_contact,
    change_contact,
    change_profile,
    note_export,
    remove_contact,
)
from partners.register.services.retention import (
    Leaver,
    anonymise,
    anonymise_leavers,
    leavers,
    set_retention,
)
from partners.register.services.staff import (
    add_starter,
    choose_language,
    mark_left,
    void_spell,
)
from partners.register.services.staging import (
    confirm_columns,
    discard_import,
    forget_old_rows,
    stage_import,
)
from partners.register.services.undoing import (
    Undoing,
    plan_undo,
    undo_import,
)

__all__ = [
    "JoinAnswers",
    "Leaver",
    "PlaceFacts",
    "Reader",
    "RegisterError",
    "Undoing",
    "Whole",
    "add_contact",
    "add_premises",
    "add_source",
    "add_starter",
    "anonymise",
    "anonymise_leavers",
    "apply_import",
    "apply_load",
    "approve_request",
    "ask_to_join",
    "change_contact",
    "change_details",
    "change_owner",
    "change_profile",
    "choose_language",
    "close_premises",
    "compare_load",
    "confirm_address",
    "confirm_columns",
    "confirm_load",
    "confirm_mailing",
    "confirmation_link",
    "copy_of",
    "correct_spell",
    "count_again",
    "decline_request",
    "discard_import",
    "discard_load",
    "end_link",
    "fail_import",
    "find_authorities",
    "finish_hand_overs",
    "finish_imports",
    "finish_loads",
    "finish_mailings",
    "fix_row",
    "forget_old_loads",
    "forget_old_rows",
    "forget_spent_challenges",
    "hand_over",
    "invite_manager",
    "invite_manager_again",
    "keep_choices",
    "leave_out",
    "leavers",
    "link_place",
    "look_at_premises_of",
    "look_for_managers",
    "manager_bounced",
    "mark_left",
    "mark_missing_left",
    "new_challenge",
    "note_call",
    "note_declined",
    "note_export",
    "note_invited",
    "note_staff_export",
    "plan_undo",
    "read_load",
    "recipients_of",
    "remove_contact",
    "reopen_premises",
    "request_of_link",
    "resume_load",
    "send_mailing",
    "set_retention",
    "skip_row",
    "stage_import",
    "start_import",
    "start_load",
    "start_load_from_file",
    "take_back_answer",
    "undo_import",
    "unlink_place",
    "unskip_row",
    "unused_staff_code",
    "user_can_manage_whole",
    "void_spell",
    "watch_over_premises",
]
