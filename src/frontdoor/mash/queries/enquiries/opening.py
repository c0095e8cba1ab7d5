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
from frontdoor.handovers import queries as handovers
from frontdoor.handovers.queries import Given
from frontdoor.mash.models import Enquiry, Rating, SafetyCheck, Subject, Turn
from frontdoor.mash.queries import asking
from frontdoor.mash.queries.asking import OneRequest
from frontdoor.mash.queries.enquiries.colours import Colour, colours
from frontdoor.trail import actions as trail

HISTORY = 500
"""Lines of history on the page, the newest."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One enquiry as its page shows it.

    :param clocks: of the enquiry, of each child and of the slips that brought them
    :param earlier: other enquiries of the family, the newest first
    :param going: slips by which its children were handed on
    """

    enquiry: Enquiry
    people: tuple[Subject, ...]
    ratings: tuple[Rating, ...]
    turns: tuple[Turn, ...]
    checks: tuple[SafetyCheck, ...]
    clocks: tuple[Shown, ...]
    requests: tuple[OneRequest, ...]
    directions: tuple[Directed, ...]
    going: tuple[Given, ...]
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
    row = within(by, Enquiry.objects.select_related("contact", "joined_to").filter(key=key)).first()
    if row is None:
        raise NotFound
    opened = _gathered(row, by=by, at=at)
    trail.record("mash.open", subject=row, by=by, at=at, why=why, contact=row.contact.key)
    return opened


def _gathered(row: Enquiry, *, by: Actor, at: datetime) -> Opened:
    found = Subject.objects.select_related("named", "matter__contact").filter(enquiry=row)
    people = tuple(within(by, found).order_by("position", "id"))
    keys = [each.key for each in people if each.is_child]
    checks = SafetyCheck.objects.select_related("subject").filter(subject__enquiry=row)
    ratings = tuple(within(by, Rating.objects.filter(enquiry=row)).order_by("at", "id"))
    turns = tuple(within(by, Turn.objects.filter(enquiry=row)).order_by("-at", "-id")[:HISTORY])
    answers = tuple(within(by, checks).order_by("-answered_at", "-id"))
    users = (
        {row.holder, row.opened_by, row.settled_by}
        | {each.by_user for each in ratings}
        | {each.by_user for each in turns}
    )
    users |= {each.answered_by for each in answers}
    mine = clocks.for_subjects("mash.subject", keys, by=by, at=at, running=False)
    slips = [str(each.slip) for each in people if each.slip]
    brought = clocks.for_subjects("handovers.handover", slips, by=by, at=at, running=False)
    family = Enquiry.objects.filter(family=row.family).exclude(pk=row.pk)
    return Opened(
        enquiry=row, people=people, ratings=ratings, turns=turns, checks=answers,
        clocks=(
            *(each for those in brought.values() for each in those),
            *clocks.for_subject(("mash.enquiry", row.key), by=by, at=at),
            *(each for those in mine.values() for each in those),
        ),
        requests=tuple(asking.of_enquiry(row, by=by)),
        directions=tuple(directions.for_subjects("mash.subject", keys, by=by, at=at)),
        going=tuple(handovers.for_subjects("mash.subject", keys, by=by, at=at)),
        earlier=tuple(within(by, family).order_by("-opened_at", "-id")[:20]),
        colours=colours(by=by, at=at),
        names=names({number for number in users if number is not None}, by=by),
    )  # fmt: skip


def open_ones(key: UUID | str, *, by: Actor) -> list[Enquiry]:
    """The open enquiries that another one may be joined to, by number."""
    rows = Enquiry.objects.select_related("contact").filter(settled_at=None).exclude(key=key)
    return list(within(by, rows).order_by("reference")[:200])
