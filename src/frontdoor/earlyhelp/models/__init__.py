"""What is kept of early help for a family."""

from frontdoor.earlyhelp.models.episodes import OPEN, Agreement, Attempt, Episode, Member, Turn
from frontdoor.earlyhelp.models.hub import Look, Offer, Provider, Review, StepUp, Triage
from frontdoor.earlyhelp.models.signposting import Signpost, Uptake

__all__ = [
    "OPEN",
    "Agreement",
    "Attempt",
    "Episode",
    "Look",
    "Member",
    "Offer",
    "Provider",
    "Review",
    "Signpost",
    "StepUp",
    "Triage",
    "Turn",
    "Uptake",
]
