"""What is set down about reaching somebody safely: by person and way, until somebody takes it back."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from frontdoor.letters.rules.kinds import Route
from frontdoor.shell.rules import LONDON


class Way(StrEnum):
    """A way of reaching somebody; a voicemail is another thing than a call that they answer."""

    ANY = "any"
    POST = "post"
    PHONE = "phone"
    VOICEMAIL = "voicemail"
    TEXT = "text"
    EMAIL = "email"


WAYS = [
    (Way.ANY.value, "Any way at all"),
    (Way.POST.value, "Post"),
    (Way.PHONE.value, "Telephone"),
    (Way.VOICEMAIL.value, "Voicemail"),
    (Way.TEXT.value, "Text message"),
    (Way.EMAIL.value, "E-mail"),
]
NEVER = [(True, "Never"), (False, "Only as set down here")]

_OF_ROUTE = {Route.EMAIL: Way.EMAIL, Route.TEXT: Way.TEXT, Route.LETTER: Way.POST, Route.PHONE: Way.PHONE}


@dataclass(frozen=True, slots=True)
class SafeRule:
    """One rule as the guard reads it.

    :param never: nothing goes this way; else only between the times, where they are given
    :param mark: of the row: a release covers this rule alone
    """

    way: Way
    never: bool
    begins: time | None
    ends: time | None
    mark: str

    def covers(self, route: Route) -> bool:
        """Whether it speaks of this route."""
        return self.way is Way.ANY or self.way is _OF_ROUTE.get(route)

    def forbids(self, route: Route) -> bool:
        """Whether nothing may go by this route."""
        return self.never and self.covers(route)

    def safe_at(self, route: Route, now: datetime) -> bool:
        """Whether this moment lies in the times at which they may be reached; a span may cross midnight."""
        if not self.covers(route) or self.begins is None or self.ends is None:
            return True
        clock = now.astimezone(LONDON).time()
        if self.begins <= self.ends:
            return self.begins <= clock < self.ends
        return clock >= self.begins or clock < self.ends


def past_review(review_on: date | None, *, on: date) -> bool:
    """Whether somebody should look at a rule again. It holds until they do: no rule ends by itself."""
    return review_on is not None and review_on <= on
