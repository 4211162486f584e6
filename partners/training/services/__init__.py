from partners.training.services.attempts import (
    answer_question,
    read_lesson,
    start_module,
    submit_attempt,
)
from partners.training.services.refusals import (
    NotOnTheListError,
    SlipExpiredError,
    SlipLockedError,
    SlipReplacedError,
    TrainingError,
    WrongCodeOrPinError,
)
from partners.training.services.requirements import save_requirement
from partners.training.services.slips import PrintedSlip, print_slips, sign_in

__all__ = [
    "NotOnTheListError",
    "PrintedSlip",
    "SlipExpiredError",
    "SlipLockedError",
    "SlipReplacedError",
    "TrainingError",
    "WrongCodeOrPinError",
    "answer_question",
    "print_slips",
    "read_lesson",
    "save_requirement",
    "sign_in",
    "start_module",
    "submit_attempt",
]
