"""What is kept of a family that was taken on."""

from frontdoor.familyhelp.models.meetings import Invited, Meeting
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
from frontdoor.familyhelp.models.team import Practitioner

__all__ = [
    "Goal",
    "Invited",
    "Meeting",
    "Plan",
    "PlanAction",
    "PlanEdition",
    "PlanLine",
    "PlanPrint",
    "PlanReview",
    "PlanWord",
    "Practitioner",
    "ReviewVoice",
]
