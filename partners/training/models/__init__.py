from partners.training.models.attempts import Attempt, Progress
from partners.training.models.completions import (
    CERTIFICATE_CODE_LENGTH,
    Completion,
    CompletionQuerySet,
    CompletionWithdrawal,
    new_certificate_code,
)
from partners.training.models.coverage_days import CoverageCorrection, CoverageDay
from partners.training.models.personal_links import PersonalLink
from partners.training.models.requirements import Requirement, RequirementRole
from partners.training.models.slips import Slip
from partners.training.models.training_sessions import (
    SESSION_CODE_LENGTH,
    Attendance,
    SessionCodeTries,
    TrainingSession,
    TrainingSessionQuerySet,
    new_session_code,
)

__all__ = [
    "CERTIFICATE_CODE_LENGTH",
    "SESSION_CODE_LENGTH",
    "Attempt",
    "Attendance",
    "Completion",
    "CompletionQuerySet",
    "CompletionWithdrawal",
    "CoverageCorrection",
    "CoverageDay",
    "PersonalLink",
    "Progress",
    "Requirement",
    "RequirementRole",
    "SessionCodeTries",
    "Slip",
    "TrainingSession",
    "TrainingSessionQuerySet",
    "new_certificate_code",
    "new_session_code",
]
