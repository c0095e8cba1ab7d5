"""Opening one enquiry: everything its page shows, and the one entry that says who opened it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.clocks import queries as clocks
from frontdoor.clocks.queries import Shown
from frontdoor.directions import queries as directions
from frontdoor.directions.queries import Directed
from frontdoor.mash.models import (
    Decision,
    Disagreement,
    Discussion,
    Enquiry,
    Rating,
    Recommendation,
    SafetyCheck,
    Subject,
    Turn,
)
from frontdoor.mash.queries.asking import OneRequest
from frontdoor.mash.queries.enquiries.colours import Colour, colours
from frontdoor.mash.queries.enquiries.whole import read_one, read_whole
from frontdoor.trail import actions as trail


@dataclass(frozen=True, slots=True)
class Opened:
    """One enquiry as its page shows it.

    :param clocks: of the enquiry, of each child and of the slips that brought them
    :param earlier: other enquiries of the family, the newest first
    :param recommended: what waits or was decided on, by number of the child; `decided` what is in force
    :param disputed: what professionals said against decisions about these children, what is open first
    :param against: the versions of the analysis that an agency sees otherwise
    """

    enquiry: Enquiry
    people: tuple[Subject, ...]
    ratings: tuple[Rating, ...]
    turns: tuple[Turn, ...]
    checks: tuple[SafetyCheck, ...]
    clocks: tuple[Shown, ...]
    requests: tuple[OneRequest, ...]
    directions: tuple[Directed, ...]
    discussions: tuple[Discussion, ...]
    recommended: dict[int, Recommendation]
    decided: dict[int, Decision]
    disputed: tuple[Disagreement, ...]
    against: frozenset[int]
    earlier: tuple[Enquiry, ...]
    colours: dict[str, Colour]
    names: dict[int, str]

    @property
    def children(self) -> list[Subject]:
        """The children, each once."""
        return [each for each in self.people if each.is_child and each.same_as_id is None]


def open_enquiry(key: UUID | str, *, by: Actor, at: datetime, why: str = "") -> Opened:
    """Open one enquiry; it leaves one entry.

    :param why: the reason, where one is asked
    :raises NotPermitted: `by` reads no enquiries
    :raises NotFound: the council acted for has none of that key
    """
    require(by, Permission.MASH_READ, authority=acting_council(by))
    row = read_one(key, by=by)
    if row is None:
        raise NotFound
    opened = _gathered(row, by=by, at=at)
    trail.record("mash.open", subject=row, by=by, at=at, why=why, contact=row.contact.key)
    return opened


def _gathered(row: Enquiry, *, by: Actor, at: datetime) -> Opened:
    found = read_whole(row, by=by)
    users = (
        {row.holder, row.opened_by, row.settled_by}
        | {each.by_user for each in found.ratings}
        | {each.by_user for each in found.turns}
        | {each.answered_by for each in found.checks}
    )
    return Opened(
        enquiry=row, people=found.people, ratings=found.ratings, turns=found.turns, checks=found.checks,
        clocks=tuple(clocks.shown(found.clocks, known=found.pauses, by=by, at=at)), requests=found.requests,
        directions=tuple(directions.directed(found.directions, by=by, at=at)),
        discussions=found.discussions, recommended=found.recommended, decided=found.decided, disputed=found.disputed,
        against=found.against, earlier=found.earlier, colours=colours(by=by, at=at),
        names=names({number for number in users if number is not None}, by=by),
    )  # fmt: skip


def open_ones(key: UUID | str, *, by: Actor) -> list[Enquiry]:
    """The open enquiries that another one may be joined to, by number."""
    rows = Enquiry.objects.select_related("contact").filter(settled_at=None).exclude(key=key)
    return list(within(by, rows).order_by("reference")[:200])
