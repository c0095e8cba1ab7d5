"""Lists of slips. Each compares with the time of the question, and shows what is restricted only to whom it is for."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from frontdoor.access.queries import colleagues, names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotPermitted, Permission, acting_council, require
from frontdoor.codes import rules as codes
from frontdoor.handovers import rules
from frontdoor.handovers.models import Copy, Handover, Turn
from frontdoor.handovers.queries.rows import Cursor, Given, Passing, Waiting
from frontdoor.organisations.queries import teams
from frontdoor.shell.rules import Paged, cut, merge
from frontdoor.trail import actions as trail

MOST = 200
"""Slips of one thing, and of a list that is not shown page by page."""
PAGE = 50
"""Rows on a page of a list."""


MASKED = "Restricted"


def given(
    *, by: Actor, at: datetime, mine: bool = False, after: Cursor | None = None, limit: int = MOST, count: bool = False
) -> Paged[Given]:
    """What the actor or their teams gave and nobody has accepted yet, the most overdue first.

    :param mine: leave out what colleagues gave. What somebody gave who no longer reaches the council is nobody's, so
        it is every manager's of the giver's team
    :param after: the cursor of the last page's last row
    :param count: say how many there are in all
    :raises NotPermitted: `by` may not hand over here
    """
    require(by, Permission.HANDOVER_SEND, authority=acting_council(by))
    wanted = Q(from_user=by.user_id) if by.user_id is not None else Q(pk=None)
    ours = Q(from_team_id__in=rules.teams(by))
    if not mine:
        wanted |= ours
    elif by.may(Permission.DIRECTION_GIVE):
        wanted |= ours & (Q(from_user=None) | ~Q(from_user__in=[person.id for person in colleagues(by=by, at=at)]))
    slips = Handover.objects.filter(wanted, settled_at=None)
    rows = _page(slips, after=after, limit=limit, count=count, by=by, at=at)
    trail.record("handovers.given", by=by, at=at, mine=mine, shown=_shown(rows))
    return rows


def escalated(
    *, by: Actor, at: datetime, after: Cursor | None = None, limit: int = MOST, count: bool = False
) -> Paged[Given]:
    """What was refused twice and waits for a head of service.

    :raises NotPermitted: `by` is none
    """
    require(by, Permission.HANDOVER_OVERRULE, authority=acting_council(by))
    waiting = Handover.objects.filter(state=rules.State.ESCALATED.value, settled_at=None)
    rows = _page(waiting, after=after, limit=limit, count=count, by=by, at=at)
    trail.record("handovers.escalated", by=by, at=at, shown=_shown(rows))
    return rows


def _page(
    slips: QuerySet[Handover], *, after: Cursor | None, limit: int, count: bool, by: Actor, at: datetime
) -> Paged[Given]:
    """One page of slips that whoever asks gives or settles: none of them is kept from them, so counts are true."""
    total = within(by, slips).count() if count else None
    if after is not None:
        slips = slips.filter(Q(due_at__gt=after[0]) | Q(due_at=after[0], key__gt=after[1]))
    return cut(_given(slips, by=by, at=at, limit=limit + 1), limit, total)


def _shown(rows: Sequence[Given | Waiting]) -> list[str]:
    """What of a list its entry in the trail holds."""
    return [str(row.key) for row in rows if row.key is not None]


def for_subject(subject_kind: str, subject_key: object, *, by: Actor, at: datetime) -> list[Given]:
    """Every slip of one thing, in the order in which they were sent; restricted ones only for those they are for.

    It belongs to whoever may read that thing, whose opening is the entry.
    """
    return for_subjects(subject_kind, [subject_key], by=by, at=at)


def for_subjects(subject_kind: str, keys: Iterable[object], *, by: Actor, at: datetime) -> list[Given]:
    """The same for several things of one kind, in a fixed number of statements; masked rows name none of them."""
    found = Handover.objects.filter(subject_kind=subject_kind, subject_key__in=[UUID(str(key)) for key in keys])
    rows = sorted(_given(found, by=by, at=at, limit=MOST), key=lambda row: row.sent_at)
    known = passings([row.key for row in rows if row.key is not None], by=by)
    return [replace(row, passings=tuple(known.get(row.key, ()))) if row.key else row for row in rows]


PASSED = ("sent", "sent_again", "refused", "corrected", "escalated", "ruled", "accepted", "withdrawn", "taken_over")


def passings(keys: Collection[UUID], *, by: Actor) -> dict[UUID, list[Passing]]:
    """How several slips passed from hand to hand, each in its order; chasing and reminders are left out."""
    found: dict[UUID, list[Passing]] = {}
    turns = within(by, Turn.objects.filter(handover__key__in=keys, kind__in=PASSED)).order_by("at", "id")
    for key, kind, at, by_name in turns.values_list("handover__key", "kind", "at", "by_name"):
        found.setdefault(key, []).append(Passing(rules.Turn(kind), at, by_name))
    return found


def _given(slips: QuerySet[Handover], *, by: Actor, at: datetime, limit: int) -> list[Given]:
    rows = list(within(by, slips.defer("payload", "why")).order_by("due_at", "key")[:limit])
    seen = [(row, sight) for row in rows if (sight := rules.sight(by, row)) is not rules.Sight.NONE]
    if not seen:
        return []
    here = {colleague.id: colleague.name for colleague in colleagues(by=by, at=at)}
    known = {team.pk: team.name for team in teams(by=by, at=at)}
    said = last_words([row for row, _ in seen], by=by)
    return [_row(row, sight, here, known, said.get(row.pk, ""), by=by) for row, sight in seen]


def last_words(rows: Sequence[Handover], *, by: Actor) -> dict[int, str]:
    """Why each slip that is not on its way came back or was taken back, in the words of whoever did so last."""
    wanted = [row.pk for row in rows if row.state not in (rules.State.SENT, rules.State.ACCEPTED)]
    if not wanted:
        return {}
    kinds = ("refused", "corrected", "escalated", "ruled", "withdrawn")
    turns = within(by, Turn.objects.filter(handover_id__in=wanted, kind__in=kinds)).order_by("at", "id")
    return dict(turns.values_list("handover_id", "text"))


def _row(
    row: Handover, sight: rules.Sight, here: dict[int, str], known: dict[int, str], said: str, *, by: Actor
) -> Given:
    masked = sight is rules.Sight.MASKED
    return Given(
        key=None if masked else row.key,
        authority_id=row.authority_id,
        destination=MASKED if masked else rules.destination(row.destination).title,
        receiver=MASKED if masked else receiver_of(row, known),
        summary=MASKED if masked else row.summary,
        subject_kind="" if masked else row.subject_kind,
        subject_key=None if masked else row.subject_key,
        rating="" if masked else row.rating,
        section47=row.section47 and not masked,
        urgent=row.urgent,
        state=rules.State(row.state),
        mine=by.user_id is not None and by.user_id == row.from_user,
        by_name=here.get(row.from_user or 0, ""),
        received_at=row.received_at,
        first_sent_at=row.first_sent_at,
        sent_at=row.sent_at,
        due_at=row.due_at,
        answered_at=row.answered_at,
        settled_at=row.settled_at,
        chased=row.chased,
        refusals=row.refusals,
        said="" if masked else said,
        party=not masked and (rules.receives(by, row) or rules.gives(by, row)),
        cursor=(row.due_at, str(row.key)),
    )


def receiver_of(row: Handover, known: dict[int, str]) -> str:
    """Who receives it, by name: the team, or the other council and whoever was spoken to there."""
    if row.to_authority_id == row.authority_id:
        return known.get(row.to_team_id or 0, "")
    return ", ".join(filter(None, (council_name(row.to_authority_id), row.to_outside)))


def council_name(number: int) -> str:
    """A council of England by its DfE number."""
    found = codes.authority(number)
    return found.label if found else str(number)


def inbox(
    *, by: Actor, at: datetime, team_id: int | None = None, after: Cursor | None = None, limit: int = MOST,
    count: bool = False,
) -> Paged[Waiting]:  # fmt: skip
    """What waits for the actor's teams to accept, and what names the actor as worker or manager; urgent work first.

    Copies that another council passed stand in it from the instant they were sent, whatever any job does.

    :param team_id: one of the actor's teams; the inboxes of all where it is left out
    :param after: the cursor of the last page's last row
    :param count: say how many there are in all
    :raises NotPermitted: `by` may not answer here, or is not in that team
    """
    require(by, Permission.HANDOVER_ANSWER, authority=acting_council(by))
    mine, functions = _my_teams(team_id, by=by, at=at)
    wanted = Q(to_team_id__in=mine)
    if team_id is None and by.user_id is not None:
        wanted |= Q(to_user=by.user_id) | Q(to_manager=by.user_id)
    slips = within(by, Handover.objects.filter(wanted, state=rules.State.SENT.value).defer("payload", "why"))
    copies = within(by, Copy.objects.filter(function__in=functions, state=rules.State.SENT.value))
    copies = copies.defer("payload", "why")
    total = slips.count() + copies.count() if count else None
    given = list(slips.filter(_later(after, "key")).order_by("-urgent", "due_at", "key")[: limit + 1])
    passed = list(copies.filter(_later(after, "pk")).order_by("-urgent", "due_at", "pk")[: limit + 1])
    pages = [_slips(given, by=by, at=at), [_copy(row) for row in passed]]
    rows, more = merge(pages, lambda row: row.place, limit)
    trail.record("handovers.inbox", by=by, at=at, team=team_id, shown=_shown(rows))
    return Paged(rows, total=total, more=more)


def _later(after: Cursor | None, key: str) -> Q:
    """What comes after a row of the inbox: less urgent, due later, or of a greater key."""
    if after is None:
        return Q()
    urgent, due_at, last = not after[0], after[1], after[2]
    same = Q(urgent=urgent) & (Q(due_at__gt=due_at) | Q(due_at=due_at, **{f"{key}__gt": last}))
    return same | Q(urgent=False) if urgent else same


def accepted(
    *, by: Actor, at: datetime, team_id: int | None = None, after: Cursor | None = None, limit: int = MOST,
    count: bool = False,
) -> Paged[Waiting]:  # fmt: skip
    """What the actor's teams took on, the latest first: the work itself, until each has a room of its own.

    :param after: the cursor of the last page's last row
    :raises NotPermitted: `by` may not answer here, or is not in that team
    """
    require(by, Permission.HANDOVER_ANSWER, authority=acting_council(by))
    mine, functions = _my_teams(team_id, by=by, at=at)
    taken = within(by, Handover.objects.filter(to_team_id__in=mine, state=rules.State.ACCEPTED.value))
    copies = within(by, Copy.objects.filter(function__in=functions, state=rules.State.ACCEPTED.value))
    total = taken.count() + copies.count() if count else None
    given = list(_earlier(taken, after, "settled_at", "key")[: limit + 1])
    passed = list(_earlier(copies, after, "answered_at", "pk")[: limit + 1])
    pages = [_slips(given, by=by, at=at), [_copy(row) for row in passed]]
    rows = sorted((row for page in pages for row in page), key=lambda row: row.taken, reverse=True)
    page = cut(rows, limit, total)
    trail.record("handovers.accepted", by=by, at=at, team=team_id, shown=_shown(page))
    return page


def _earlier(rows: "QuerySet[Any]", after: Cursor | None, when: str, key: str) -> "QuerySet[Any]":
    """What was taken on before a row of the list, the latest first."""
    if after is not None:
        same = Q(**{when: after[0], f"{key}__lt": after[1]})
        rows = rows.filter(Q(**{f"{when}__lt": after[0]}) | same)
    return rows.defer("payload", "why").order_by(f"-{when}", f"-{key}")


def _my_teams(team_id: int | None, *, by: Actor, at: datetime) -> tuple[list[int], list[str]]:
    """The teams whose inboxes are asked for, and their functions."""
    mine = [team for team in teams(by=by, at=at) if team.pk in rules.teams(by)]
    if team_id is not None and not (mine := [team for team in mine if team.pk == team_id]):
        raise NotPermitted(Permission.HANDOVER_ANSWER)
    return [team.pk for team in mine], [team.function for team in mine]


def _slips(rows: Sequence[Handover], *, by: Actor, at: datetime) -> list[Waiting]:
    if not rows:
        return []
    known = {team.pk: team.name for team in teams(by=by, at=at)}
    people = names({row.answered_by for row in rows if row.answered_by is not None}, by=by)
    return [
        Waiting(
            key=row.key,
            copy=False,
            authority_id=row.authority_id,
            destination=rules.destination(row.destination).title,
            giver=known.get(row.from_team_id, ""),
            summary=row.summary,
            rating=row.rating,
            section47=row.section47,
            urgent=row.urgent,
            named=by.user_id is not None and by.user_id in (row.to_user, row.to_manager),
            received_at=row.received_at,
            sent_at=row.sent_at,
            due_at=row.due_at,
            chased=row.chased,
            accepted_by=people.get(row.answered_by or 0, ""),
            accepted_at=row.settled_at,
        )
        for row in rows
    ]


def _copy(row: Copy) -> Waiting:
    return Waiting(
        key=row.pk,
        copy=True,
        authority_id=row.authority_id,
        destination=rules.destination("other_council").title,
        giver=council_name(row.from_authority_id),
        summary=row.summary,
        rating=row.rating,
        section47=row.section47,
        urgent=row.urgent,
        named=False,
        received_at=row.received_at,
        sent_at=row.sent_at,
        due_at=row.due_at,
        chased=0,
        accepted_at=row.answered_at if row.state == rules.State.ACCEPTED else None,
    )
