"""Asking about police notices: what was sent, what belongs together, what waits for a first look."""

from frontdoor.contacts.queries.notices.batches import (
    PORTAL_ROLE,
    Before,
    Given,
    Words,
    batches,
    open_batch,
    own_batches,
    received,
)
from frontdoor.contacts.queries.notices.grouping import (
    Group,
    Grouped,
    Line,
    Near,
    grouped,
    open_incident,
    open_storm,
    storms,
)
from frontdoor.contacts.queries.notices.looking import (
    Earlier,
    NoticeLook,
    Waits,
    belongs,
    open_notice,
    unseen,
    waits,
)
from frontdoor.contacts.queries.screening.hands import ORDER

__all__ = [
    "ORDER",
    "PORTAL_ROLE",
    "Before",
    "Earlier",
    "Given",
    "Group",
    "Grouped",
    "Line",
    "Near",
    "NoticeLook",
    "Waits",
    "Words",
    "batches",
    "belongs",
    "grouped",
    "open_batch",
    "open_incident",
    "open_notice",
    "open_storm",
    "own_batches",
    "received",
    "storms",
    "unseen",
    "waits",
]
