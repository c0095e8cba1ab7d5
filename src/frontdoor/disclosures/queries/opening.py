"""Opening one request: everything its page shows, and the one entry that says who opened it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.clocks import queries as clocks
from frontdoor.clocks.rules import DayEnd, end_of_day, london_date
from frontdoor.contacts.models import Contact
from frontdoor.councils.queries import setting
from frontdoor.disclosures.models import About, Answer, Disclosure, Request, Risk, Search
from frontdoor.disclosures.queries.finding import facts
from frontdoor.disclosures.rules import kinds
from frontdoor.disclosures.rules.answering import Fact
from frontdoor.disclosures.rules.states import State
from frontdoor.handovers import queries as handovers
from frontdoor.handovers.queries import Given
from frontdoor.trail import actions as trail


@dataclass(frozen=True, slots=True)
class Opened:
    """One request as its page shows it; who told us of earlier contacts is not in it.

    :param facts: what the searches found and may be told
    :param names: of every account that the page names
    """

    request: Request
    people: tuple[About, ...]
    searches: tuple[Search, ...]
    answers: tuple[Answer, ...]
    lines: tuple[Disclosure, ...]
    risks: tuple[Risk, ...]
    facts: tuple[Fact, ...]
    clocks: tuple[clocks.Shown, ...]
    slips: tuple[Given, ...]
    may_approve: bool
    names: dict[int, str]

    @property
    def answer(self) -> Answer | None:
        """The newest answer."""
        return self.answers[-1] if self.answers else None


def open_request(key: UUID | str, *, by: Actor, at: datetime, why: str = "") -> Opened:
    """Open one request; it leaves one entry.

    :param why: the reason, where one is asked
    :raises NotPermitted: `by` does not work on requests
    :raises NotFound: the council acted for has none of that key
    """
    require(by, Permission.DISCLOSURE_PREPARE, authority=acting_council(by))
    request = within(by, Request.objects.select_related("contact").filter(key=key)).first()
    if request is None:
        raise NotFound
    opened = _gathered(request, by=by, at=at)
    trail.record("disclosures.open", subject=request, by=by, at=at, why=why, contact=request.contact.key)
    return opened


def _gathered(request: Request, *, by: Actor, at: datetime) -> Opened:
    searches = tuple(within(by, Search.objects.select_related("about").filter(request=request)).order_by("id"))
    given = tuple(answers(request, by=by))
    risks = tuple(within(by, Risk.objects.select_related("contact").filter(request=request)).order_by("id"))
    lines = within(by, Disclosure.objects.select_related("about").filter(request=request)).order_by("id")
    people = {request.holder, request.checked_by, request.grounds_by, request.settled_by}
    people |= {search.searched_by for search in searches} | {risk.seen_by for risk in risks}
    for answer in given:
        people |= {answer.proposed_by, answer.approved_by, answer.back_by, answer.sent_by}
    return Opened(
        request=request,
        people=tuple(within(by, About.objects.filter(request=request)).order_by("position")),
        searches=searches,
        answers=given,
        lines=tuple(lines),
        risks=risks,
        facts=tuple(facts(request, by=by)),
        clocks=tuple(clocks.for_subject(("disclosures.request", request.key), by=by, at=at)),
        slips=tuple(handovers.for_subject("disclosures.request", request.key, by=by, at=at))
        if request.state == State.PASSED
        else (),
        may_approve=may_approve(by=by, at=at),
        names=names({number for number in people if number is not None}, by=by),
    )


def may_approve(*, by: Actor, at: datetime) -> bool:
    """Whether somebody may be the second person of this council today: managers, or the desk where it says so."""
    manager, desk = by.may(Permission.DISCLOSURE_APPROVE), by.may(Permission.DISCLOSURE_PREPARE)
    if manager or not desk:
        return manager
    said = setting(kinds.APPROVERS.name, authority=acting_council(by), on=london_date(at)).value
    return kinds.approves(manager=manager, of_the_desk=desk, setting=str(said))


def answers(request: Request, *, by: Actor) -> list[Answer]:
    """Every answer of a request, in order."""
    return list(within(by, Answer.objects.filter(request=request)).order_by("number"))


def due_on(day: date, *, by: Actor, at: datetime) -> datetime:
    """The end of a day in London, for a day that a court or a meeting has named."""
    return end_of_day(day, DayEnd.MIDNIGHT, clocks.terms((), by=by).calendar)


def of_contact(contact: UUID | str, *, by: Actor) -> Request | None:
    """The request that was made of a contact, if one was."""
    return within(by, Request.objects.filter(contact__key=contact)).first()


def open_contact_to_begin(key: UUID | str, *, by: Actor, at: datetime) -> Contact:
    """The contact that somebody gives to the desk: its number and kind; it leaves an entry.

    :raises NotFound: the council acted for has none of that key
    :raises NotPermitted: `by` may not take contacts here
    """
    require(by, Permission.CONTACT_TAKE, authority=acting_council(by))
    found = within(by, Contact.objects.filter(key=key)).first()
    if found is None:
        raise NotFound
    trail.record("disclosures.open_contact", subject=found, by=by, at=at)
    return found
