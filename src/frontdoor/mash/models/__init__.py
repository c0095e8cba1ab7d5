"""What is kept of an enquiry; each part of the room has a file of its own."""

from frontdoor.mash.models.asking import (
    Agreement,
    Asked,
    Capacity,
    Confirmation,
    Desk,
    Dispensing,
    Grounds,
    LeftOut,
    Opening,
    Reply,
    Request,
)
from frontdoor.mash.models.deciding import Analysis, Decision, Meaning, Recommendation, Snapshot, View, Waiting
from frontdoor.mash.models.disagreements import Disagreement, Saying
from frontdoor.mash.models.enquiries import Enquiry, Rating, Subject, Turn
from frontdoor.mash.models.huddles import Huddle, Present, Taken
from frontdoor.mash.models.objecting import Objection, Position
from frontdoor.mash.models.safety import SafetyCheck
from frontdoor.mash.models.strategy import (
    Attending,
    Circulation,
    Discussed,
    Discussion,
    DiscussionTurn,
    Issue,
    Minutes,
)

__all__ = [
    "Agreement",
    "Analysis",
    "Asked",
    "Attending",
    "Capacity",
    "Circulation",
    "Confirmation",
    "Decision",
    "Desk",
    "Disagreement",
    "Discussed",
    "Discussion",
    "DiscussionTurn",
    "Dispensing",
    "Enquiry",
    "Grounds",
    "Huddle",
    "Issue",
    "LeftOut",
    "Meaning",
    "Minutes",
    "Objection",
    "Opening",
    "Position",
    "Present",
    "Rating",
    "Recommendation",
    "Reply",
    "Request",
    "SafetyCheck",
    "Saying",
    "Snapshot",
    "Subject",
    "Taken",
    "Turn",
    "View",
    "Waiting",
]
