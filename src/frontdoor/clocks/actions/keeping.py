"""What happens to one clock. Starting and stopping are part of the act that causes them, which records it."""

import math
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require, unchanged
from frontdoor.clocks import queries, rules
from frontdoor.clocks.actions.noticing import note_explained
from frontdoor.clocks.models import Clock, Ended, Event, Happening, Outcome, Pause
from frontdoor.clocks.rules import ClockKind, DayEnd, Rule, Terms, Unit
from frontdoor.trail import actions as trail

Subject = tuple[str, object]
"""What a clock is about: the kind of row and its key."""


@transaction.atomic
def start(
    *kinds: ClockKind,
    subject: Subject,
    by: Actor,
    at: datetime,
    team_id: int | None = None,
    owner_id: int | None = None,
    label: str = "",
    terms: Terms | None = None,
) -> list[Clock]:
    """Start one or more clocks on the same subject in one statement; nothing restarts one that runs.

    Part of the act that starts them: that act asks for the permission and writes the entry in the trail. The portal's
    role may call it; it inserts and reads nothing.

    :param at: from when it counts: for the journey, first receipt by any part of the service
    :param label: how a board names the matter, a receipt number; never anybody's name
    :param terms: the settings of these kinds, where the caller has just read them for this council
    :raises IntegrityError: a clock of that kind runs for the subject already
    """
    authority, terms = acting_council(by), terms or queries.terms(kinds, by=by)
    clocks = [Clock(**_made(kind, terms.rule(kind, at), at), authority_id=authority) for kind in kinds]
    for clock in clocks:
        clock.subject_kind, clock.subject_key = subject[0], str(subject[1])
        clock.team_id, clock.owner_id, clock.label = team_id, owner_id, label
    return Clock.objects.bulk_create(clocks)


def start_each(
    wanted: Iterable[tuple[Subject, Sequence[ClockKind]]],
    *,
    team_id: int | None,
    terms: Terms,
    by: Actor,
    at: datetime,
) -> None:
    """Start clocks on many subjects that arrived at one instant: each kind is worked out once, for all of them.

    Part of the act that starts them, as `start` is.

    :param wanted: each subject with its kinds
    :param terms: the settings of all these kinds
    :raises IntegrityError: a clock of that kind runs for one of the subjects already
    """
    authority, pairs = acting_council(by), list(wanted)
    made = {kind: _made(kind, terms.rule(kind, at), at) for kind in {kind for _, kinds in pairs for kind in kinds}}
    Clock.objects.bulk_create(
        [
            Clock(
                **made[kind], authority_id=authority, team_id=team_id, subject_kind=subject[0],
                subject_key=str(subject[1]),
            )
            for subject, kinds in pairs
            for kind in kinds
        ],
        batch_size=1_000,
    )  # fmt: skip


def _made(kind: ClockKind, rule: Rule, started_at: datetime) -> dict[str, object]:
    half_at = rules.half_time(rule, started_at)
    return {
        "kind": kind.name,
        "unit": rule.unit,
        "length": rule.length,
        "day_end": rule.day_end,
        "counting": rule.counting,
        "rule_version": rule.version(kind.version),
        "started_at": started_at,
        "half_at": half_at,
        "due_at": rules.deadline(rule, started_at),
        "rings_at": half_at,
    }


@transaction.atomic
def start_until(
    kind: ClockKind,
    *,
    due_at: datetime,
    subject: Subject,
    by: Actor,
    at: datetime,
    team_id: int | None = None,
    owner_id: int | None = None,
    label: str = "",
) -> Clock:
    """Start a clock whose due time a person has named: no setting made it, and no change of one moves it.

    Part of the act that starts it, as `start` is.

    :param due_at: not before `at`
    :raises IntegrityError: a clock of that kind runs for the subject already
    """
    length = math.ceil((due_at - at) / timedelta(minutes=1))
    half_at = at + (due_at - at) / 2
    return Clock.objects.create(
        authority_id=acting_council(by), kind=kind.name, subject_kind=subject[0], subject_key=str(subject[1]),
        label=label, team_id=team_id, owner_id=owner_id, unit=Unit.ELAPSED_MINUTES, length=length,
        day_end=DayEnd.MIDNIGHT, counting=kind.counting, rule_version=NAMED, started_at=at, half_at=half_at,
        due_at=due_at, rings_at=half_at,
    )  # fmt: skip


NAMED = "named"
"""The version of a rule that nobody wrote: the due time was named by a person."""


@transaction.atomic
def stop(*kinds: ClockKind, subject: Subject, by: Actor, at: datetime, ended: Ended = Ended.DONE) -> list[Clock]:
    """Stop the running clocks of a subject: those of some kinds, or all. Part of the act that stops them.

    A missed deadline stays missed: its event is written here if the sweep has not done so yet.

    :param ended: whether what it waited for was done, a shorter clock took its place, or nothing is waited for any more
    :returns: the stopped clocks; none where none ran
    """
    acting_council(by)
    running = Clock.objects.select_for_update(of=("self",)).filter(
        subject_kind=subject[0], subject_key=str(subject[1]), stopped_at=None
    )
    names = [kind.name for kind in kinds]
    clocks = list(within(by, running.filter(kind__in=names) if names else running).order_by("id"))
    courses = queries.courses(clocks, by=by)
    note_events(clocks, by=by, at=at)
    for clock in clocks:
        _end_pause(clock, courses[clock.pk], by=by, at=at)
        clock.stopped_at, clock.rings_at, clock.ended, clock.version = at, None, ended, clock.version + 1
        late = not rules.in_time(courses[clock.pk].rule, clock.due_at, at)
        clock.outcome = Outcome.LATE if late else Outcome.IN_TIME
        clock.save(update_fields=[*_TIMES, "stopped_at", "ended", "outcome", "version"])
    return clocks


_TIMES = ("half_at", "due_at", "rings_at", "paused_at")


def note_events(clocks: Sequence[Clock], *, by: Actor, at: datetime) -> list[Event]:
    """Write what time alone has done to clocks that the caller has locked, once each; paused ones stand still.

    :returns: the new events
    """
    noted = set(within(by, Event.objects.filter(clock__in=clocks)).values_list("clock_id", "event"))
    return Event.objects.bulk_create(
        Event(authority_id=clock.authority_id, clock=clock, event=happening, at=passed_at, noticed_at=at)
        for clock in clocks
        if clock.paused_at is None
        for happening, passed_at in _passed(clock, at)
        if (clock.pk, happening) not in noted
    )


def _passed(clock: Clock, at: datetime) -> list[tuple[Happening, datetime]]:
    found = []
    if clock.half_at < clock.due_at and clock.half_at <= at:
        found.append((Happening.HALF, clock.half_at))
    if rules.passed(clock.due_at, at):
        found.append((Happening.BREACH, clock.due_at))
    return found


def rings_next(clock: Clock, at: datetime) -> datetime | None:
    """When the sweep has something to say of a running clock next."""
    if clock.half_at > at:
        return clock.half_at
    return None if rules.passed(clock.due_at, at) else clock.due_at + rules.LAST_SECOND


def _take(clock_id: UUID | str, *, by: Actor) -> Clock:
    """One clock, locked.

    :raises NotFound: the council has none with that key
    """
    found = within(by, Clock.objects.select_for_update(of=("self",)).filter(pk=clock_id)).first()
    if found is None:
        raise NotFound
    return found


@transaction.atomic
def pause(clock_id: UUID | str, *, seen: int, reason: str, note: str = "", by: Actor, at: datetime) -> Clock:
    """Let a clock stand still, for a reason that its kind allows; most kinds allow none, since waiting stops no clock.

    :param note: who asked for it, in one line
    :raises NotPermitted: `by` may not let clocks stand still
    :raises Conflict: the clock has changed since `by` saw it
    :raises InvalidInput: the kind cannot be paused for that reason
    :raises StepNotAllowed: it has stopped, stands still already, or is late
    """
    clock = _take(clock_id, by=by)
    require(by, Permission.CLOCK_PAUSE, authority=clock.authority_id)

    unchanged(seen, clock.version)
    state = rules.read(queries.courses([clock], by=by)[clock.pk], at).state
    rules.may_pause(rules.kind_named(clock.kind), state, reason)
    note_events([clock], by=by, at=at)
    clock.paused_at, clock.rings_at, clock.version = at, None, clock.version + 1
    clock.save(update_fields=["paused_at", "rings_at", "version"])
    Pause.objects.create(
        authority_id=clock.authority_id, clock=clock, reason=reason, note=note, paused_by=by.name, paused_at=at
    )

    trail.record("clocks.pause", subject=clock, by=by, at=at, reason=reason)
    return clock


@transaction.atomic
def resume(clock_id: UUID | str, *, seen: int, by: Actor, at: datetime) -> Clock:
    """Let a paused clock run again; what is left is what was left.

    :raises NotPermitted: `by` may not let clocks stand still
    :raises Conflict: the clock has changed since `by` saw it
    :raises StepNotAllowed: it does not stand still
    """
    clock = _take(clock_id, by=by)
    require(by, Permission.CLOCK_PAUSE, authority=clock.authority_id)

    unchanged(seen, clock.version)
    rules.may_resume(clock.paused_at)
    _end_pause(clock, queries.courses([clock], by=by)[clock.pk], by=by, at=at)
    clock.rings_at, clock.version = rings_next(clock, at), clock.version + 1
    clock.save(update_fields=[*_TIMES, "version"])

    trail.record("clocks.resume", subject=clock, by=by, at=at, due_at=clock.due_at)
    return clock


def _end_pause(clock: Clock, course: rules.Course, *, by: Actor, at: datetime) -> None:
    """Close the pause that runs, if one does, and move the times by it."""
    if clock.paused_at is None:
        return
    clock.due_at, clock.half_at = rules.resumed_now(course, at)
    clock.paused_at = None
    within(by, Pause.objects.filter(clock=clock, resumed_at=None)).update(resumed_at=at)


@transaction.atomic
def reassign(
    *, subject: Subject, team_id: int | None, owner_id: int | None, by: Actor, kinds: Sequence[ClockKind] = ()
) -> int:
    """Give the running clocks of a subject to a team and a person; their times stay. Part of the act that moves it.

    :returns: how many clocks were moved
    """
    acting_council(by)
    running = Clock.objects.filter(subject_kind=subject[0], subject_key=str(subject[1]), stopped_at=None)
    if kinds:
        running = running.filter(kind__in=[kind.name for kind in kinds])
    return within(by, running).update(team_id=team_id, owner_id=owner_id, version=F("version") + 1)


@transaction.atomic
def relabel(label: str, *, subject: Subject, by: Actor) -> int:
    """Name the clocks of a subject on the boards, once its receipt number is known. Part of the act that knows it.

    :param label: never anybody's name
    :returns: how many clocks were named
    """
    acting_council(by)
    found = Clock.objects.filter(subject_kind=subject[0], subject_key=str(subject[1]), stopped_at=None)
    return within(by, found).update(label=label)


@transaction.atomic
def explain(clock_id: UUID | str, *, seen: int, reason: str, note: str = "", by: Actor, at: datetime) -> Clock:
    """Say why a deadline was missed: the owner of the clock, or a manager. It stays missed (domain 2.1).

    :param reason: a code of `rules.LATE_REASONS`
    :raises NotPermitted: `by` neither owns the clock nor explains for others
    :raises Conflict: the clock has changed since `by` saw it
    :raises InvalidInput: the reason is not one of the list
    :raises StepNotAllowed: it is not late
    """
    clock = _take(clock_id, by=by)
    require(by, rules.explained_with(clock.owner_id, by), authority=clock.authority_id)

    unchanged(seen, clock.version)
    state = rules.read(queries.courses([clock], by=by)[clock.pk], at).state
    rules.may_explain(state, reason)
    clock.late_reason, clock.late_note, clock.version = reason, note, clock.version + 1
    clock.explained_by, clock.explained_at = by.name, at
    clock.save(update_fields=["late_reason", "late_note", "explained_by", "explained_at", "version"])
    note_explained(clock, by=by, at=at)

    trail.record("clocks.explain", subject=clock, by=by, at=at, reason=reason)
    return clock


def explain_stopped(stopped: Sequence[Clock], *, reason: str, note: str = "", by: Actor, at: datetime) -> None:
    """Say why deadlines were missed, for clocks just stopped: part of the act that stopped them, which records it.

    :param reason: a code of `rules.LATE_REASONS`
    :raises InvalidInput: the reason is not one of the list
    """
    for clock in stopped:
        if clock.outcome == Outcome.LATE:
            rules.may_explain(rules.State.STOPPED_LATE, reason)
            clock.late_reason, clock.late_note, clock.version = reason, note[:500], clock.version + 1
            clock.explained_by, clock.explained_at = by.name, at
            clock.save(update_fields=["late_reason", "late_note", "explained_by", "explained_at", "version"])
            note_explained(clock, by=by, at=at)
