"""Who is open to whom: asked by every page that shows a person to somebody who decides."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.councils.queries import settings
from frontdoor.councils.rules import declared
from frontdoor.people.actions.feeding import latest
from frontdoor.people.models import CaseDate, Involvement
from frontdoor.people.rules import feeding as rules
from frontdoor.people.rules.feeding import Owner


@dataclass(frozen=True, slots=True)
class Open:
    """One matter that is open to somebody.

    :param owner: who answers for it now: the worker, or the manager with the reason
    :param plan: what it is open for, in words
    """

    worker: str
    team: str
    manager: str
    phone: str
    plan: str
    legal_status: str
    since: date | None
    owner: Owner


@dataclass(frozen=True, slots=True)
class Feed:
    """What the last refresh said of some people.

    :param as_at: the time of its tables; None where none ever came, so that nothing is known of anybody
    :param stale: older than the council lets it be: what it says may no longer be so
    :param of: what is open, by person; whoever is not in it is open to nobody, as at that time
    """

    as_at: datetime | None
    stale: bool
    of: dict[int, list[Open]] = field(default_factory=dict)


def open_to(person_ids: Iterable[int], *, by: Actor, at: datetime) -> Feed:
    """To whom these people are open, in three statements however many they are.

    :raises NotPermitted: `by` reads no records of people
    """
    council = acting_council(by)
    require(by, Permission.PERSON_READ, authority=council)
    last = latest(by=by)
    if last is None:
        return Feed(None, stale=False)
    valued = settings([rules.STALE.name, declared.ACCEPT.name], authority=council, on=at)
    limit = timedelta(hours=valued[declared.ACCEPT.name].value)
    rows = within(by, Involvement.objects.filter(person__in=set(person_ids), until=None)).order_by("since", "external")
    found: dict[int, list[Open]] = {}
    for row in rows:
        owner = rules.owner_of(
            worker=row.worker, worker_state=row.worker_state, manager=row.manager, offered_at=row.offered_at,
            accepted_at=row.accepted_at, at=at, limit=limit,
        )  # fmt: skip
        plan = rules.PLANS.get(row.plan, row.plan)
        found.setdefault(row.person_id, []).append(
            Open(row.worker, row.team, row.manager, row.phone, plan, row.legal_status, row.since, owner)
        )
    return Feed(last.as_at, rules.is_stale(last.as_at, at=at, hours=valued[rules.STALE.name].value), found)


def case_dates(person_ids: Iterable[int], *, since: date | None = None, by: Actor) -> dict[int, list[CaseDate]]:
    """What the case system says was done for these people and when, by person, the earliest first.

    :raises NotPermitted: `by` reads no records of people
    """
    require(by, Permission.PERSON_READ, authority=acting_council(by))
    rows = CaseDate.objects.filter(person__in=set(person_ids), gone=False)
    rows = rows.filter(on__gte=since) if since is not None else rows
    found: dict[int, list[CaseDate]] = {}
    for row in within(by, rows).order_by("on", "id"):
        found.setdefault(row.person_id, []).append(row)
    return found
