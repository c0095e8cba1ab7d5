"""What became of the children about whom one decided: for learning, seen by nobody else."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from frontdoor.access.queries import Place
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission
from frontdoor.contacts.queries.history import Mine, Past, mine, past
from frontdoor.contacts.queries.safe import NAMED
from frontdoor.contacts.rules.history import Became, Later, became
from frontdoor.councils.rules import london_day
from frontdoor.desk.models import Learning
from frontdoor.desk.queries.councils import each
from frontdoor.matching.queries.linked import people_of, subjects_of
from frontdoor.referrals.queries.afterwards import Step, steps_of
from frontdoor.trail import actions as trail

FIRST, LAST = timedelta(days=28), timedelta(days=215)
"""Decisions are shown from four weeks old, when there is something to see, until the six months are over."""

MOST = 50


@dataclass(frozen=True, slots=True)
class Afterwards:
    """One decision and what became of the child.

    :param known: whether it is said who the child is; if not, later contacts cannot be told to be theirs
    :param kept: what one wants to talk over in supervision, where one kept it
    """

    place: Place
    mine: Mine
    decided_on: date
    known: bool
    became: tuple[Became, ...]
    kept: str = ""


def afterwards(councils: tuple[Place, ...], *, by: Actor, at: datetime) -> list[Afterwards]:
    """One's own decisions and recommendations of the last seven months, the newest first, at most fifty a council.

    Each council is asked by itself; a page is one entry in each.
    """
    found: list[Afterwards] = []
    with each(councils, by=by) as turns:
        for place, acting in turns:
            if acting.may(Permission.CONTACT_SCREEN) and acting.may(Permission.PERSON_READ):
                found += _of(place, by=acting, at=at)
    return sorted(found, key=lambda one: (one.mine.made_at, one.mine.receipt), reverse=True)


def _of(place: Place, *, by: Actor, at: datetime) -> list[Afterwards]:
    own = mine(since=at - LAST, until=at - FIRST, most=MOST, by=by)
    people = people_of([one.named for one in own], by=by)
    whose = subjects_of(set(people.values()), kind=NAMED, by=by)
    told: dict[int, list[Past]] = defaultdict(list)
    for each_past in past(list(whose), by=by):
        told[whose[each_past.named]].append(each_past)
    kept = _kept([one.decision for one in own], by=by)
    first = min((london_day(one.made_at) for one in own), default=london_day(at))
    done = steps_of(set(people.values()), since=first, by=by)
    trail.record("desk.afterwards", by=by, at=at, decisions=[str(one.decision) for one in own])
    found = []
    for one in own:
        person = people.get(one.named)
        after = told[person] if person else []
        steps = done.get(person, []) if person else []
        known, words = person is not None, kept.get(one.decision, "")
        found.append(_one(place, one, after, steps, known=known, kept=words, at=at))
    return found


def _one(
    place: Place, one: Mine, told: Sequence[Past], done: Sequence[Step], *, known: bool, kept: str, at: datetime
) -> Afterwards:
    decided_on = london_day(one.made_at)
    later = [
        Later(london_day(each.received_at), each.sub_type, each.outcome)
        for each in told
        if each.received_at > one.made_at and each.contact != one.contact
    ]
    return Afterwards(place, one, decided_on, known, became(decided_on, later, done=done, today=london_day(at)), kept)


def _kept(decisions: Sequence[UUID], *, by: Actor) -> dict[UUID, str]:
    rows = Learning.objects.filter(decision__in=decisions, user_id=by.user_id or 0, ended_at=None)
    found: dict[UUID, str] = defaultdict(str)
    found.update(within(by, rows).values_list("decision", "words"))
    return found


def kept_of(decision: UUID, *, by: Actor) -> str:
    """What one wants to talk over about one decision; nothing where it is not kept."""
    return _kept([decision], by=by)[decision]
