from partners.visits.models.authorisations import (
    Authorisation,
    AuthorisationQuerySet,
)
from partners.visits.models.challenges import (
    CHALLENGED_WITHIN,
    Challenge,
    ChallengeQuerySet,
)
from partners.visits.models.covert import CovertModel
from partners.visits.models.feeds import (
    CalendarFeed,
    CalendarFeedQuerySet,
    hmac_of,
)
from partners.visits.models.scenarios import (
    ChecklistItem,
    ChecklistVersion,
    ChecklistVersionQuerySet,
    Scenario,
)
from partners.visits.models.standards import AreaStandard, AreaStandardQuerySet
from partners.visits.models.visits import (
    Observation,
    ObservationQuerySet,
    TestVisit,
    TestVisitQuerySet,
)

__all__ = [
    "CHALLENGED_WITHIN",
    "AreaStandard",
    "AreaStandardQuerySet",
    "Authorisation",
    "AuthorisationQuerySet",
    "CalendarFeed",
    "CalendarFeedQuerySet",
    "Challenge",
    "ChallengeQuerySet",
    "ChecklistItem",
    "ChecklistVersion",
    "ChecklistVersionQuerySet",
    "CovertModel",
    "Observation",
    "ObservationQuerySet",
    "Scenario",
    "TestVisit",
    "TestVisitQuerySet",
    "hmac_of",
]
