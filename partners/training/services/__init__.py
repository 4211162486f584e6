from partners.training.services.attempts import (
    answer_question,
    read_lesson,
    skip_lesson,
    start_module,
    submit_attempt,
)
from partners.training.services.certificates import send_certificate
from partners.training.services.completions import complete_module, until_of
from partners.training.services.exports import note_coverage_export
from partners.training.services.keeping import (
    Difference,
    correct_days,
    differences,
    keep_coverage,
    kept_days,
    rebuild_coverage,
)
from partners.training.services.leavers import send_leaver_notices
from partners.training.services.personal_links import (
    IssuedLink,
    end_personal_links,
    link_of,
    make_personal_link,
    sign_in_by_link,
)
from partners.training.services.planning import (
    Plan,
    plan_addition,
    plan_change,
    plan_end,
)
from partners.training.services.refusals import (
    LinkEndedError,
    LinkExpiredError,
    LinkReplacedError,
    LinkUnknownError,
    LinkUsedUpError,
    NoAddressError,
    NotOnTheListError,
    PlaceClosedError,
    PlanUnseenError,
    SlipExpiredError,
    SlipLockedError,
    SlipReplacedError,
    TrainingError,
    WrongCodeOrPinError,
)
from partners.training.services.reminders import send_reminders
from partners.training.services.requirements import (
    change_requirement,
    end_requirement,
    save_requirement,
)
from partners.training.services.slips import PrintedSlip, print_slips, sign_in
from partners.training.services.telling import send_personal_link, tell, ways_to

__all__ = [
    "Difference",
    "IssuedLink",
    "LinkEndedError",
    "LinkExpiredError",
    "LinkReplacedError",
    "LinkUnknownError",
    "LinkUsedUpError",
    "NoAddressError",
    "NotOnTheListError",
    "PlaceClosedError",
    "Plan",
    "PlanUnseenError",
    "PrintedSlip",
    "SlipExpiredError",
    "SlipLockedError",
    "SlipReplacedError",
    "TrainingError",
    "WrongCodeOrPinError",
    "answer_question",
    "change_requirement",
    "complete_module",
    "correct_days",
    "differences",
    "end_personal_links",
    "end_requirement",
    "keep_coverage",
    "kept_days",
    "link_of",
    "make_personal_link",
    "note_coverage_export",
    "plan_addition",
    "plan_change",
    "plan_end",
    "print_slips",
    "read_lesson",
    "rebuild_coverage",
    "save_requirement",
    "send_certificate",
    "send_leaver_notices",
    "send_personal_link",
    "send_reminders",
    "sign_in",
    "sign_in_by_link",
    "skip_lesson",
    "start_module",
    "submit_attempt",
    "tell",
    "until_of",
    "ways_to",
]
