"""What is kept of an enquiry; each part of the room has a file of its own."""

from frontdoor.mash.models.enquiries import Enquiry, Rating, Subject, Turn
from frontdoor.mash.models.safety import SafetyCheck

__all__ = ["Enquiry", "Rating", "SafetyCheck", "Subject", "Turn"]
