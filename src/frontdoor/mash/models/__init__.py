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
from frontdoor.mash.models.disagreements import Disagreement, Saying
from frontdoor.mash.models.enquiries import Enquiry, Rating, Subject, Turn
from frontdoor.mash.models.safety import SafetyCheck

__all__ = [
    "Agreement",
    "Asked",
    "Capacity",
    "Confirmation",
    "Desk",
    "Disagreement",
    "Dispensing",
    "Enquiry",
    "Grounds",
    "LeftOut",
    "Opening",
    "Rating",
    "Reply",
    "Request",
    "SafetyCheck",
    "Saying",
    "Subject",
    "Turn",
]
