"""Asking for early help: lists, one family whole, what waits for somebody."""

from frontdoor.earlyhelp.queries.lists import WHICH, Listed, Place, episodes, waits_for

__all__ = ["WHICH", "Listed", "Place", "episodes", "waits_for"]
