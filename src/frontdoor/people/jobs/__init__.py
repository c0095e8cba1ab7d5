"""Background handlers of this room, joined from its parts."""

from frontdoor.people.jobs.restricting import match_declared, tell_of_glass

__all__ = ["match_declared", "tell_of_glass"]
