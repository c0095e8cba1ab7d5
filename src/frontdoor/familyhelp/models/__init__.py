"""What is kept of a family that was taken on."""

from frontdoor.familyhelp.models.assessment import Assessment, Passage, Presence
from frontdoor.familyhelp.models.meetings import Invitation, Invited, Meeting
from frontdoor.familyhelp.models.outcomes import Evidence, Outcome
from frontdoor.familyhelp.models.plans import (
    Goal,
    Plan,
    PlanAction,
    PlanEdition,
    PlanLine,
    PlanPrint,
    PlanReview,
    PlanWord,
    ReviewVoice,
)
from frontdoor.familyhelp.models.standing import Asking, Check, Standing, StepDown
from frontdoor.familyhelp.models.team import Practitioner

__all__ = [
    "Asking",
    "Assessment",
    "Check",
    "Evidence",
    "Goal",
    "Invitation",
    "Invited",
    "Meeting",
    "Outcome",
    "Passage",
    "Plan",
    "PlanAction",
    "PlanEdition",
    "PlanLine",
    "PlanPrint",
    "PlanReview",
    "PlanWord",
    "Practitioner",
    "Presence",
    "ReviewVoice",
    "Standing",
    "StepDown",
]
