"""Asking for handovers: what is given and not yet accepted, each team's inbox, one slip with its page."""

from frontdoor.handovers.queries.lists import (
    PAGE,
    accepted,
    escalated,
    for_subject,
    for_subjects,
    given,
    inbox,
)
from frontdoor.handovers.queries.opening import (
    Line,
    OpenCopy,
    OpenHandover,
    Slip,
    copy,
    open_copy,
    open_handover,
    payload,
    slip,
    slips_of,
    travelling,
)
from frontdoor.handovers.queries.rows import Given, Waiting

__all__ = [
    "PAGE",
    "Given",
    "Line",
    "OpenCopy",
    "OpenHandover",
    "Slip",
    "Waiting",
    "accepted",
    "copy",
    "escalated",
    "for_subject",
    "for_subjects",
    "given",
    "inbox",
    "open_copy",
    "open_handover",
    "payload",
    "slip",
    "slips_of",
    "travelling",
]
