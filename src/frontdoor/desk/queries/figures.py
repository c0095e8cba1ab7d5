"""Exactly the rows that one of the six figures counts."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from frontdoor.access.queries import Place
from frontdoor.actors.rules import Actor, Permission
from frontdoor.clocks import queries as clocks
from frontdoor.clocks.queries import Shown
from frontdoor.clocks.rules import KINDS
from frontdoor.clocks.rules import State as ClockState
from frontdoor.contacts.queries import figures
from frontdoor.contacts.queries.figures import Listed
from frontdoor.desk.queries.clocks import Lead, leads
from frontdoor.desk.queries.councils import each
from frontdoor.desk.queries.work import since_yesterday
from frontdoor.shell.rules import merge
from frontdoor.trail import actions as trail

FIGURE_PAGE = 50
HANDED_OVER, NOT_TOLD = "handed-over", "not-told"
_CLOCKS = {HANDED_OVER: "handovers.", NOT_TOLD: "letters."}
"""The figures that count running clocks, by what the names of their kinds begin with."""
_ASKS = {True: Permission.CLOCK_READ, False: Permission.CONTACT_READ}
FIGURES = (*figures.NAMES, *_CLOCKS)


@dataclass(frozen=True, slots=True)
class Counted:
    """A page of the rows that one figure counts, over all councils reached: contacts, or clocks and where they lead."""

    contacts: list[Listed] = field(default_factory=list)
    clocks: list[Shown] = field(default_factory=list)
    leads: dict[UUID, Lead] = field(default_factory=dict)
    more: bool = False

    @property
    def end(self) -> tuple[Any, ...]:
        """Where the page ends, as plain values."""
        if self.contacts:
            return self.contacts[-1].place
        return (*self.clocks[-1].place[:2], str(self.clocks[-1].id))


def counted(councils: tuple[Place, ...], name: str, *, after: Any, by: Actor, at: datetime) -> Counted:
    """Exactly the rows that a figure counts; an entry for each council of which any are shown.

    :param name: one of `FIGURES`
    :param after: `end` of the page before
    """
    pages: list[list[Any]] = []
    after = (*after[:2], UUID(after[2])) if after and name in _CLOCKS else after
    with each(councils, by=by) as turns:
        for _, acting in turns:
            if acting.may(Permission.FIGURES_READ) and acting.may(_ASKS[name in _CLOCKS]):
                ask = _counted_clocks if name in _CLOCKS else _counted_contacts
                pages.append(ask(name, after=after, by=acting, at=at))
    rows, more = merge(pages, lambda row: row.place, FIGURE_PAGE)
    opened: dict[UUID, Lead] = {}
    with each(councils, by=by) as turns:
        for place, acting in turns:
            if ours := [row for row in rows if row.authority_id == place.id]:
                shown = [str(row.id if name in _CLOCKS else row.key) for row in ours]
                opened |= leads(ours, place.slug, by=acting) if name in _CLOCKS else {}
                trail.record("desk.figure", by=acting, at=at, figure=name, shown=shown)
    return Counted(clocks=rows, leads=opened, more=more) if name in _CLOCKS else Counted(contacts=rows, more=more)


def _counted_contacts(name: str, *, after: Any, by: Actor, at: datetime) -> list[Listed]:
    return figures.listed(name, since=since_yesterday(at), after=after, limit=FIGURE_PAGE + 1, by=by, at=at)


def _counted_clocks(name: str, *, after: Any, by: Actor, at: datetime) -> list[Shown]:
    """The running clocks of slips; of letters those that are late, which come first in their order."""
    kinds = [kind for kind in KINDS.values() if kind.name.startswith(_CLOCKS[name])]
    rows = clocks.running(kinds=kinds, after=after, limit=FIGURE_PAGE + 1, by=by, at=at)
    return rows if name == HANDED_OVER else [row for row in rows if row.reading.state is ClockState.OVERDUE]
