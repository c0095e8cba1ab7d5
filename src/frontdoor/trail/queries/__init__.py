"""Reading the trail, proving what it holds, and asking whether its seals hold."""

from frontdoor.trail.queries.entries import PAGE, open_actor, open_subject
from frontdoor.trail.queries.proofs import open_proof
from frontdoor.trail.queries.seals import broken, counted, sealing_trouble

__all__ = ["PAGE", "broken", "counted", "open_actor", "open_proof", "open_subject", "sealing_trouble"]
