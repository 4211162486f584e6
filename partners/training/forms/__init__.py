from partners.training.forms.attending import (
    PeopleForm,
    SessionCodeForm,
    SessionSignInForm,
)
from partners.training.forms.coverage import CoverageFilter
from partners.training.forms.requirements import (
    PeopleInPost,
    RequirementChangeForm,
    RequirementForm,
)
from partners.training.forms.sessions import (
    CancelSessionForm,
    OfficerSessionForm,
    SessionFilter,
    SessionForm,
)
from partners.training.forms.signing_in import SignInForm

__all__ = [
    "CancelSessionForm",
    "CoverageFilter",
    "OfficerSessionForm",
    "PeopleForm",
    "PeopleInPost",
    "RequirementChangeForm",
    "RequirementForm",
    "SessionCodeForm",
    "SessionFilter",
    "SessionForm",
    "SessionSignInForm",
    "SignInForm",
]
