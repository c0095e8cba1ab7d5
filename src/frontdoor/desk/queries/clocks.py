"""Clocks of all councils: the board, notices, missed deadlines, and where each clock's matter can be opened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from frontdoor.access.queries import Place, colleagues, names
from frontdoor.actors.rules import Actor, Permission
from frontdoor.clocks import queries as clocks
from frontdoor.clocks.queries import Handoff, NoticePlace, Shown, Told
from frontdoor.clocks.rules import explained_with
from frontdoor.contacts.queries import belonging
from frontdoor.desk.queries.councils import each
from frontdoor.handovers.queries.lists import MASKED
from frontdoor.organisations.queries import teams
from frontdoor.shell.rules import merge
from frontdoor.trail import actions as trail


def on_board(by: Actor, at: datetime, *, rows: int) -> list[Handoff]:
    """The running clocks of the council acted for, for those who may see them."""
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
    with each(councils, by=by) as turns:
        for place, acting in turns:
            if acting.may(Permission.CLOCK_READ):
                handoffs = on_board(acting, at, rows=20)
                rows = [row for handoff in handoffs for kind in handoff.kinds for row in kind.rows]
                opened = leads(rows, place.slug, by=acting)
                trail.record("desk.board", by=acting, at=at, clocks=[str(row.id) for row in rows])
                found.append(Board(place, handoffs, opened, acting.may(Permission.CLOCK_EXPLAIN)))
    return found


_OPENED_AT = {
    "contacts.callback": ("contacts:call", Permission.CONTACT_ADVISE),
    "contacts.consultation": ("contacts:consultation", Permission.REFERRER_READ),
    "contacts.storm": ("contacts:storm", Permission.CONTACT_ASSIGN),
    "contacts.safetycall": ("contacts:safety-call", Permission.CONTACT_READ),
    "contacts.silence": ("contacts:silence", Permission.CLOCK_EXPLAIN),
    "handovers.handover": ("handovers:detail", Permission.CONTACT_READ),
    "handovers.copy": ("handovers:copy", Permission.HANDOVER_ANSWER),
    "directions.direction": ("directions:detail", Permission.CONTACT_READ),
    "contacts.telling": ("contacts:telling", Permission.CONTACT_READ),
    "contacts.familycall": ("contacts:family-call", Permission.CONTACT_READ),
    "letters.letter": ("letters:letter", Permission.LETTER_READ),
    "disclosures.request": ("disclosures:request", Permission.DISCLOSURE_PREPARE),
    "referrals.referral": ("referrals:referral", Permission.REFERRAL_READ),
    "earlyhelp.episode": ("earlyhelp:episode", Permission.EARLY_HELP_READ),
    "familyhelp.check": ("familyhelp:check", Permission.FAMILY_HELP_WORK),
    "matching.told": ("matching:told", Permission.PERSON_READ),
    "mash.enquiry": ("mash:enquiry", Permission.MASH_READ),
    "mash.subject": ("mash:child", Permission.MASH_READ),
    "mash.discussion": ("mash:strategy", Permission.MASH_READ),
    "mash.disagreement": ("mash:disagreement", Permission.DISAGREEMENT_RAISE),
    "complaints.complaint": ("complaints:complaint", Permission.COMPLAINT_KEEP),
    "directory.correction": ("directory:correction", Permission.DIRECTORY_KEEP),
    "people.restriction": ("people:restriction", Permission.RESTRICTION_KEEP),
    "people.lifting": ("people:lifting", Permission.SAFE_CONTACT_KEEP),
    "people.glass": ("people:glass-look", Permission.GLASS_REVIEW),
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
        elif kind == "people.watched" and row.owner_id == by.user_id:
            found[row.id] = Lead(reverse("people:asked-one", kwargs={"council": slug, "key": key}))
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
    :param owner: whose clock it is: a person who reaches the council today, else its team; empty where it has neither
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
    with each(councils, by=by) as turns:
        for place, acting in turns:
            if acting.may(Permission.CLOCK_READ):
                people = reaching(by=acting, at=at)
                told = clocks.told(people=people, after=after, limit=NOTICES_PAGE + 1, by=acting, at=at)
                looked = clocks.told(people=people, seen=True, limit=SEEN_SHOWN, by=acting, at=at) if not after else []
                rows = _noticed([*told, *looked], place, people, by=acting, at=at)
                pages.append(rows[: len(told)])
                seen += rows[len(told) :]
                trail.record("desk.notices", by=acting, at=at, notices=[str(row.told.key) for row in rows])
    found, more = merge(pages, lambda row: row.told.place, NOTICES_PAGE)
    seen.sort(key=lambda row: row.told.seen_at or at, reverse=True)
    return Notices(found, more, seen[:SEEN_SHOWN])


def _noticed(rows: list[Told], place: Place, people: frozenset[int], *, by: Actor, at: datetime) -> list[Noticed]:
    opened = leads([row.clock for row in rows], place.slug, by=by)
    here = {row.clock.owner_id for row in rows if row.clock.owner_id in people | {by.user_id}}
    owners = names({number for number in here if number is not None}, by=by)
    ours = {team.pk: team.name for team in teams(by=by, at=at)} if rows else {}
    return [
        Noticed(
            row, place, opened.get(row.clock.id),
            owners.get(row.clock.owner_id or 0) or ours.get(row.clock.team_id or 0, ""),
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
