"""The sweep: once a minute for each council it turns passed times into events, and has those told who must hear."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.clocks import queries, rules
from frontdoor.clocks.actions.keeping import NAMED, Subject, note_events, rings_next
from frontdoor.clocks.actions.noticing import Held
from frontdoor.clocks.models import Clock, Event, Happening, Sweep
from frontdoor.clocks.rules import ClockKind, Escalation
from frontdoor.trail import actions as trail

logger = logging.getLogger(__name__)

BATCH = 500
"""Clocks locked, and events told, in one go."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One event as a listener gets it.

    :param tell: who has to hear of it; the listener knows who that is today
    """

    event: Happening
    at: datetime
    clock_id: UUID
    kind: ClockKind
    subject: Subject
    label: str
    due_at: datetime
    team_id: int | None
    owner_id: int | None

    @property
    def tell(self) -> tuple[Escalation, ...]:
        return self.kind.at_half if self.event is Happening.HALF else self.kind.at_breach


Listener = Callable[[Notice, Actor, datetime], None]
"""Tells somebody of an event, acting for its council, in a savepoint of the sweep."""

Opening = Callable[[Actor, datetime], Callable[[Notice], None]]
"""Asked once a sweep for what tells of its events, so that what holds for all of them is worked out once."""

_LISTENERS: dict[str, Opening] = {}


def listen(name: str, listener: Listener) -> None:
    """Have a higher room hear of every event; each room calls this once, when it is loaded."""
    listen_to_sweeps(name, lambda by, at: lambda notice: listener(notice, by, at))


def listen_to_sweeps(name: str, opened: Opening) -> None:
    """The same for a room that works something out once for all events of a sweep."""
    _LISTENERS[name] = opened


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep did.

    :param rung: events that were new
    :param told: events of which everybody has now been told, earlier failures among them
    :param moved: open clocks worked out again because a setting or kind had changed
    """

    rung: int
    told: int
    moved: int


@transaction.atomic
def sweep(*, by: Actor, at: datetime) -> Swept:
    """Turn passed half-times and deadlines into events, tell of them, and leave a heartbeat.

    Any number of sweeps may run at once: a clock that another holds is left to it, and an event exists once. An event
    of which a listener could not tell is told again by the next sweep; nothing is lost by a failure or a restart.
    """
    authority = acting_council(by)
    require(by, Permission.CLOCK_KEEP, authority=authority)

    terms = queries.terms(list(rules.KINDS.values()), by=by)
    last = within(by, Sweep.objects.all()).first()
    mark = rules.mark_of((terms.mark, sorted((kind.name, kind.version) for kind in rules.KINDS.values())))
    moved = 0
    if last is None or last.mark != mark:
        # Who holds a clock now is not waited for, since they may come to wait for another of these. While one is left
        # out the old mark stays, and the next sweep comes back for it.
        moved, whole = _work_out_again(terms, passing_over=True, by=by, at=at)
        mark = mark if whole else getattr(last, "mark", "")
    rung: list[str] = []
    while clocks := _to_ring(by, at):
        rung += _ring(clocks, by=by, at=at)
    told = _tell(by=by, at=at)
    Sweep.objects.bulk_create(
        [Sweep(authority_id=authority, swept_at=at, mark=mark)],
        update_conflicts=True,
        unique_fields=["authority_id"],
        update_fields=["swept_at", "mark"],
    )

    # A sweep that found nothing to do changes nobody's record: its heartbeat is enough.
    if rung or told or moved:
        trail.record("clocks.sweep", by=by, at=at, rung=rung, told=told, moved=moved)
    return Swept(len(rung), told, moved)


def _to_ring(by: Actor, at: datetime) -> list[Clock]:
    waiting = Clock.objects.select_for_update(of=("self",), skip_locked=True)
    return list(within(by, waiting.filter(stopped_at=None, rings_at__lte=at)).order_by("rings_at")[:BATCH])


def _ring(clocks: Sequence[Clock], *, by: Actor, at: datetime) -> list[str]:
    events = note_events(clocks, by=by, at=at)
    late = [clock.pk for clock in clocks if rules.passed(clock.due_at, at)]
    half = [clock.pk for clock in clocks if not rules.passed(clock.due_at, at)]
    within(by, Clock.objects.filter(pk__in=late)).update(rings_at=None)
    within(by, Clock.objects.filter(pk__in=half)).update(rings_at=F("due_at") + rules.LAST_SECOND)
    return [f"{event.clock_id}:{event.event}" for event in events]


def _tell(*, by: Actor, at: datetime) -> int:
    """Have the listeners tell of what has not been told, each event by itself, so that one failure stops no other."""
    if not _LISTENERS:
        return 0
    waiting = Event.objects.select_for_update(of=("self",), skip_locked=True).select_related("clock")
    tellers = [opened(by, at) for opened in _LISTENERS.values()]
    told = []
    for event in list(within(by, waiting.filter(told_at=None)).order_by("noticed_at", "id")[:BATCH]):
        try:
            with transaction.atomic():
                for tell in tellers:
                    tell(_notice(event))
        except Held:
            continue  # the next sweep tells of it
        except Exception:
            # Whatever a listener failed by: it is logged, and the event stays untold for the next sweep.
            logger.exception("a listener could not tell of an event", extra={"council": event.authority_id})
        else:
            told.append(event.pk)
    within(by, Event.objects.filter(pk__in=told)).update(told_at=at)
    return len(told)


def _notice(event: Event) -> Notice:
    clock = event.clock
    return Notice(
        event=Happening(event.event),
        at=event.at,
        clock_id=clock.pk,
        kind=rules.kind_named(clock.kind),
        subject=(clock.subject_kind, clock.subject_key),
        label=clock.label,
        due_at=clock.due_at,
        team_id=clock.team_id,
        owner_id=clock.owner_id,
    )


@transaction.atomic
def recompute(*, by: Actor, at: datetime) -> int:
    """Work out the council's open clocks again, after a definition or a table of holidays has changed (domain 2.1).

    Stopped clocks keep their result and the rule that made it, and an event that has been written stays. The sweep does
    the same by itself within a minute of a change.

    :returns: how many clocks have another rule or other times now
    """
    require(by, Permission.CLOCK_KEEP, authority=acting_council(by))
    moved, _ = _work_out_again(queries.terms(list(rules.KINDS.values()), by=by), by=by, at=at)
    trail.record("clocks.recompute", by=by, at=at, moved=moved)
    return moved


_WORKED_OUT = ("unit", "length", "day_end", "counting", "rule_version", "half_at", "due_at", "rings_at")


def _work_out_again(terms: rules.Terms, *, passing_over: bool = False, by: Actor, at: datetime) -> tuple[int, bool]:
    """How many clocks were moved, and whether all were looked at.

    :param passing_over: leave out the clocks that somebody else holds
    """
    running = within(by, Clock.objects.filter(stopped_at=None).exclude(rule_version=NAMED))
    every = set(running.values_list("pk", flat=True))  # which, not how many: one that starts now is no held one
    clocks = list(running.select_for_update(of=("self",), skip_locked=passing_over).order_by("id"))
    courses = queries.courses(clocks, by=by, terms=terms)
    changed = []
    for clock in clocks:
        kind = rules.kind_named(clock.kind)
        rule = terms.rule(kind, clock.started_at)
        if clock.rule_version == rule.version(kind.version):
            continue
        pauses = courses[clock.pk].pauses
        clock.unit, clock.length, clock.day_end, clock.counting = rule.unit, rule.length, rule.day_end, rule.counting
        clock.rule_version = rule.version(kind.version)
        clock.half_at = rules.half_time(rule, clock.started_at, pauses)
        clock.due_at = rules.deadline(rule, clock.started_at, pauses)
        clock.rings_at = None if clock.paused_at else rings_next(clock, at)
        changed.append(clock)
    note_events(changed, by=by, at=at)
    Clock.objects.bulk_update(changed, _WORKED_OUT, batch_size=BATCH)
    return len(changed), every <= {clock.pk for clock in clocks}
