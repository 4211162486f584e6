from partners.training.models.attempts import Attempt, Progress
from partners.training.models.completions import (
    CERTIFICATE_CODE_LENGTH,
    Completion,
    new_certificate_code,
)
from partners.training.models.coverage_days import CoverageCorrection, CoverageDay
from partners.training.models.personal_links import PersonalLink
from partners.training.models.requirements import Requirement, RequirementRole
from partners.training.models.slips import Slip

__all__ = [
    "CERTIFICATE_CODE_LENGTH",
    "Attempt",
    "Completion",
    "CoverageCorrection",
    "CoverageDay",
    "PersonalLink",
    "Progress",
    "Requirement",
    "RequirementRole",
    "Slip",
    "new_certificate_code",
]
