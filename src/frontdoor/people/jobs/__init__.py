"""Background handlers of this room, joined from its parts."""

from frontdoor.people.jobs.feeding import refresh_open
from frontdoor.people.jobs.restricting import match_declared, tell_of_glass

__all__ = ["match_declared", "refresh_open", "tell_of_glass"]
