"""Asking about the screening: whose hands, the queue, what waits for a look, an answer, a call or advice."""

from frontdoor.contacts.queries.screening.hands import (
    Hands,
    hands,
    held_in_vain,
    newly_come,
    next_free_family,
    screeners,
)

__all__ = ["Hands", "hands", "held_in_vain", "newly_come", "next_free_family", "screeners"]
