from partners.training.forms.coverage import CoverageFilter
from partners.training.forms.requirements import (
    PeopleInPost,
    RequirementChangeForm,
    RequirementForm,
)
from partners.training.forms.signing_in import SignInForm

__all__ = [
    "CoverageFilter",
    "PeopleInPost",
    "RequirementChangeForm",
    "RequirementForm",
    "SignInForm",
]
