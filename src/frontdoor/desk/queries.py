"""What is composed of several rooms, council by council: each is read inside its own `acting_for`."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TypeVar
from uuid import UUID

from django.urls import reverse

from frontdoor.access.queries import Place, colleagues, names
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import Actor, Permission
from frontdoor.clocks import queries as clocks
from frontdoor.clocks.queries import Handoff, NoticePlace, Shown, Told
from frontdoor.clocks.rules import explained_with
from frontdoor.contacts.models import Matter
from frontdoor.contacts.queries import belonging, decisions, figures, screening, searching
from frontdoor.contacts.queries import night as nights
from frontdoor.contacts.queries.figures import Figures
from frontdoor.contacts.queries.screening import Place as QueuePlace
from frontdoor.contacts.queries.screening import Waiting
from frontdoor.contacts.queries.searching import Wanted
from frontdoor.directions import queries as directions
from frontdoor.directions.queries import Directed
from frontdoor.handovers import queries as handovers
from frontdoor.handovers.queries import Given
from frontdoor.handovers.queries import Waiting as InInbox
from frontdoor.handovers.queries.lists import MASKED
from frontdoor.organisations.queries import teams
from frontdoor.shell.pages import Notice
from frontdoor.shell.rules import london, merge, moment
from frontdoor.trail import actions as trail

T = TypeVar("T")
CLOSES = time(17, 30)
"""After this hour of the day before, an arrival counts as today's when the figures are read at 08:45."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is with one person in one council."""

    place: Place
    mine: list[Waiting] = field(default_factory=list)
    to_do: list[Directed] = field(default_factory=list)
    come_back: list[Directed] = field(default_factory=list)
    given: list[Given] = field(default_factory=list)
    inbox: list[InInbox] = field(default_factory=list)
    to_decide: list[Matter] = field(default_factory=list)
    figures: Figures = field(default_factory=Figures)
    not_accepted: int = 0
    not_told: int = 0
    unseen: int = 0
    banners: list[Notice] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return not (self.mine or self.to_do or self.come_back or self.given or self.inbox or self.to_decide)


def each(councils: tuple[Place, ...], *, by: Actor) -> Iterator[tuple[Place, Actor]]:
    """The councils that an actor reaches, one at a time."""
    for place in councils:
        with acting_for(place.id, by=by) as acting:
            yield place, acting


def since_yesterday(at: datetime) -> datetime:
    """The evening before, 17:30 in London: what came after it is today's."""
    here = london(at)
    return datetime.combine(here.date() - timedelta(days=1), CLOSES, here.tzinfo)


def my_work(councils: tuple[Place, ...], *, by: Actor, at: datetime) -> list[Work]:
    """Everything that is with this person, the figures and the banners, for every council reached; an entry each."""
    return [_work(place, acting, at) for place, acting in each(councils, by=by)]


def _if(permission: Permission, by: Actor, ask: Callable[[], list[T]]) -> list[T]:
    return ask() if by.may(permission) else []


def _work(place: Place, by: Actor, at: datetime) -> Work:
    manages = by.may(Permission.DIRECTION_GIVE)
    work = Work(
        place=place,
        mine=_if(Permission.CONTACT_SCREEN, by, lambda: screening.queue(by=by, at=at, whose="mine")),
        to_do=_if(Permission.DIRECTION_DO, by, lambda: directions.mine(by=by, at=at, team=False)),
        come_back=directions.given_by_me_due(by=by, at=at) if manages else [],
        given=_if(Permission.HANDOVER_SEND, by, lambda: handovers.given(by=by, at=at, mine=True)),
        inbox=_if(Permission.HANDOVER_ANSWER, by, lambda: handovers.inbox(by=by, at=at)),
        to_decide=_if(Permission.CONTACT_DECIDE, by, lambda: decisions.waiting(by=by)),
        banners=banners(by=by, at=at, slug=place.slug, name=place.name),
        unseen=unseen(by=by, at=at),
        **_figures(by, at),  # type: ignore[arg-type]  # keys and types are those of Work
    )
    shown = [str(row.key) for row in work.mine]
    trail.record("desk.my_work", by=by, at=at, contacts=shown)
    return work


def _figures(by: Actor, at: datetime) -> dict[str, object]:
    if not by.may(Permission.FIGURES_READ):
        return {}
    late = {kind.kind.name: kind for handoff in _board(by, at, rows=1) for kind in handoff.kinds}
    waiting = (kind.running for name, kind in late.items() if name.startswith("handovers."))
    untold = (kind.late for name, kind in late.items() if name.startswith("letters."))
    return {
        "figures": figures.figures(since=since_yesterday(at), by=by, at=at),
        "not_accepted": sum(waiting),
        "not_told": sum(untold),
    }


def _board(by: Actor, at: datetime, *, rows: int) -> list[Handoff]:
    return clocks.board(by=by, at=at, rows=rows) if by.may(Permission.CLOCK_READ) else []


@dataclass(frozen=True, slots=True)
class Lead:
    """Where the matter of a clock can be opened, and the number by which it is known, where it has one."""

    href: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """The clock board of one council.

    :param leads: where each clock's matter can be opened, by clock
    :param may_explain: whether the reader explains missed deadlines there
    """

    place: Place
    handoffs: list[Handoff]
    leads: dict[UUID, Lead]
    may_explain: bool


def board(councils: tuple[Place, ...], *, by: Actor, at: datetime) -> list[Board]:
    """Every running clock by hand-off, breaches on top, for each council that the actor may see clocks of."""
    found = []
    for place, acting in each(councils, by=by):
        if acting.may(Permission.CLOCK_READ):
            handoffs = _board(acting, at, rows=20)
            rows = [row for handoff in handoffs for kind in handoff.kinds for row in kind.rows]
            opened = leads(rows, place.slug, by=acting)
            trail.record("desk.board", by=acting, at=at, clocks=len(rows))
            found.append(Board(place, handoffs, opened, acting.may(Permission.CLOCK_EXPLAIN)))
    return found


_OPENED_AT = {
    "contacts.callback": ("contacts:call", Permission.CONTACT_ADVISE),
    "contacts.consultation": ("contacts:consultation", Permission.REFERRER_READ),
    "contacts.safetycall": ("contacts:safety-call", Permission.CONTACT_READ),
    "handovers.handover": ("handovers:detail", Permission.CONTACT_READ),
    "handovers.copy": ("handovers:copy", Permission.HANDOVER_ANSWER),
    "directions.direction": ("directions:detail", Permission.CONTACT_READ),
    "letters.letter": ("letters:letter", Permission.LETTER_READ),
}
"""Where a thing with a page of its own is opened, and what that takes; everything else belongs to a contact."""


def leads(rows: Iterable[Shown], slug: str, *, by: Actor) -> dict[UUID, Lead]:
    """Where the matter of each clock can be opened by this actor; a clock that leads nowhere for them is left out."""
    shown = [row for row in rows if row.label != MASKED]
    contacts = {}
    if by.may(Permission.CONTACT_READ):
        contacts = belonging.contacts_of({row.subject for row in shown}, by=by)
    found = {}
    for row in shown:
        kind, key = row.subject
        if row.subject in contacts:
            contact = contacts[row.subject]
            href = reverse("contacts:detail", kwargs={"council": slug, "key": contact.key})
            found[row.id] = Lead(href, contact.receipt)
        elif kind == "contacts.draft" and row.owner_id == by.user_id and by.may(Permission.CONTACT_TAKE):
            found[row.id] = Lead(reverse("contacts:telephone-call", kwargs={"council": slug, "key": key}))
        elif kind in _OPENED_AT and by.may(_OPENED_AT[kind][1]):
            found[row.id] = Lead(reverse(_OPENED_AT[kind][0], kwargs={"council": slug, "key": key}))
    return found


NOTICES_PAGE = 50
SEEN_SHOWN = 20
"""How many of the notices that one has seen are shown again, the last one first."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """One notice on its list.

    :param lead: where its matter can be opened, if anywhere
    :param owner: whose clock it is, by name; empty for a team's, and where that person no longer reaches the council
    :param explains: whether the reader is asked why the deadline was missed
    """

    told: Told
    place: Place
    lead: Lead | None
    owner: str
    explains: bool


@dataclass(frozen=True, slots=True)
class Notices:
    """The notices of one person over all councils reached: a page of those not seen, and the last ones seen."""

    unseen: list[Noticed]
    more: bool
    seen: list[Noticed]


def reaching(*, by: Actor, at: datetime) -> frozenset[int]:
    """The accounts that reach the council today, for those who see what is nobody's; nobody else needs to know."""
    if not by.may(Permission.CLOCK_EXPLAIN):
        return frozenset()
    return frozenset(each.id for each in colleagues(by=by, at=at))


def unseen(*, by: Actor, at: datetime) -> int:
    """How many notices of the council acted for somebody has not seen; none where they see no clocks."""
    if not by.may(Permission.CLOCK_READ):
        return 0
    return clocks.unseen_count(people=reaching(by=by, at=at), by=by)


def notices(councils: tuple[Place, ...], *, after: NoticePlace | None, by: Actor, at: datetime) -> Notices:
    """Somebody's notices, danger first and then the newest, in one total order over the councils; an entry each."""
    pages, seen = [], []
    for place, acting in each(councils, by=by):
        if acting.may(Permission.CLOCK_READ):
            people = reaching(by=acting, at=at)
            told = clocks.told(people=people, after=after, limit=NOTICES_PAGE + 1, by=acting, at=at)
            looked = clocks.told(people=people, seen=True, limit=SEEN_SHOWN, by=acting, at=at) if not after else []
            rows = _noticed([*told, *looked], place, people, by=acting)
            pages.append(rows[: len(told)])
            seen += rows[len(told) :]
            trail.record("desk.notices", by=acting, at=at, notices=[str(row.told.key) for row in rows])
    found, more = merge(pages, lambda row: row.told.place, NOTICES_PAGE)
    seen.sort(key=lambda row: row.told.seen_at or at, reverse=True)
    return Notices(found, more, seen[:SEEN_SHOWN])


def _noticed(rows: list[Told], place: Place, people: frozenset[int], *, by: Actor) -> list[Noticed]:
    opened = leads([row.clock for row in rows], place.slug, by=by)
    here = {row.clock.owner_id for row in rows if row.clock.owner_id in people | {by.user_id}}
    owners = names({number for number in here if number is not None}, by=by)
    return [
        Noticed(
            row, place, opened.get(row.clock.id), owners.get(row.clock.owner_id or 0, ""),
            explains=row.clock.missed and by.may(explained_with(row.clock.owner_id, by)),
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Missed:
    """The missed deadlines of one council.

    :param names: of everybody who owns one, or has explained one
    """

    place: Place
    unexplained: list[Shown]
    explained: list[Shown]
    leads: dict[UUID, Lead]
    names: dict[int, str]
    teams: dict[int, str]


def missed(place: Place, *, by: Actor, at: datetime) -> Missed:
    """Deadlines that were missed, those that nobody has explained apart from the last ones that somebody has."""
    open_ones, closed = clocks.unexplained(by=by, at=at), clocks.explained(by=by, at=at, limit=SEEN_SHOWN)
    rows = [*open_ones, *closed]
    trail.record("desk.missed", by=by, at=at, clocks=[str(row.id) for row in rows])
    here = reaching(by=by, at=at)
    people = {row.owner_id for row in open_ones if row.owner_id in here} | {row.explainer for row in closed}
    return Missed(
        place, open_ones, closed, leads(rows, place.slug, by=by),
        names({number for number in people if number is not None}, by=by),
        {team.pk: team.name for team in teams(by=by, at=at)},
    )  # fmt: skip


QUEUE_PAGE = 50


def queue(
    councils: tuple[Place, ...], *, after: QueuePlace | None, whose: str, by: Actor, at: datetime
) -> tuple[list[Waiting], bool]:
    """One queue of all councils reached, in one total order; each is asked for a page and one row more.

    :returns: the rows of this page, and whether there are more
    """
    pages = []
    for _, acting in each(councils, by=by):
        if acting.may(Permission.CONTACT_READ):
            pages.append(screening.heads(by=acting, at=at, after=after, limit=QUEUE_PAGE + 1, whose=whose))
    heads, more = merge(pages, lambda head: head.place, QUEUE_PAGE)
    rows: list[Waiting] = []
    for place, acting in each(councils, by=by):
        if ours := [head for head in heads if head.council == place.id]:
            shown = screening.rows_of(ours, by=acting)
            trail.record("desk.queue", by=acting, at=at, whose=whose, contacts=[str(row.key) for row in shown])
            rows += shown
    return sorted(rows, key=lambda row: row.place), more


@dataclass(frozen=True, slots=True)
class Found:
    """One contact that a search found."""

    place: Place
    key: UUID
    receipt: str
    received_at: datetime
    state: str
    people: tuple[str, ...]


def search(councils: tuple[Place, ...], wanted: Wanted, *, by: Actor, at: datetime) -> list[Found]:
    """Contacts by receipt number or by the exact name, birth date or address of somebody in them.

    The index of people, which finds what is misspelt, is another room. Referrers are never searched. The settled query
    leaves one entry a council, its words folded and hashed.
    """
    found = []
    for place, acting in each(councils, by=by):
        if acting.may(Permission.CONTACT_SEARCH):
            rows = searching.search(wanted, by=acting)
            digest = hashlib.sha256(repr(wanted).encode()).hexdigest()[:16]
            trail.record("desk.search", by=acting, at=at, query=digest, contacts=[str(row.key) for row in rows])
            found += [Found(place, row.key, row.receipt, row.received_at, row.state, row.people) for row in rows]
    return sorted(found, key=lambda row: row.received_at, reverse=True)


def banners(*, by: Actor, at: datetime, slug: str, name: str, night: bool = True) -> list[Notice]:
    """What must be seen on a council's every page: a red flag nobody has taken, a night without a name, a silent sweep.

    :param night: whether to ask for the rota too, which takes two statements more
    """
    found = [
        Notice(
            f"Red flag on {flag.receipt}, raised {moment(flag.flagged_at)}. Nobody has taken it.", kind="error",
            href=reverse("contacts:detail", kwargs={"council": slug, "key": flag.key}), link="Open it",
        )
        for flag in screening.flags(by=by, at=at)
    ]  # fmt: skip
    if clocks.sweep_silent(by=by, at=at):
        words = f"The clocks of {name} have not been swept for two minutes. Times are right, but nobody is being told."
        found.append(Notice(words, kind="warning"))
    if night and nights.nobody_on(by=by, at=at):
        href = reverse("contacts:night", kwargs={"council": slug})
        words = f"{name}: the front door is closed and no name stands on the rota."
        found.append(Notice(words, kind="warning", href=href, link="Go to the night inbox"))
    return found
