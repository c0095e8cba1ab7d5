"""Asking for clocks. What a clock shows is worked out at the time of the question, never left to the sweep.

`due_at`, `courses`, `for_subject` and `for_subjects` belong to whoever may read the subject, and ask for no permission
of their own; lists across subjects ask for CLOCK_READ.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from frontdoor.actors.queries import OWN, Part, within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.clocks import rules
from frontdoor.clocks.models import Clock, Event, Outcome, Pause, Sweep
from frontdoor.clocks.rules import ClockKind, Counting, Course, DayEnd, Reading, Rule, State, Terms, Unit
from frontdoor.councils import queries as councils

SILENT_AFTER = timedelta(minutes=2)
"""A sweep that has not been heard of for so long is shown on every page (design, section 2)."""

Place = tuple[datetime, int, UUID]
"""Where a page of a merged list ended: due, council, clock."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One clock at the time of the question, as lists and pages show it.

    :param subject: kind and key of what it is about
    :param reading: state, due time, what is left and true age
    :param paused_for: the reason for standing still, in words
    :param paused_note: who asked for that, as it was written down
    """

    id: UUID
    authority_id: int
    kind: ClockKind
    subject: tuple[str, str]
    label: str
    team_id: int | None
    owner_id: int | None
    started_at: datetime
    stopped_at: datetime | None
    reading: Reading
    paused_for: str
    paused_note: str
    ended: str
    outcome: str
    late_reason: str
    late_note: str
    explained_by: str
    explained_at: datetime | None
    version: int

    @property
    def place(self) -> Place:
        """Where it stands in a merged list; a paused clock by its due time if it were resumed now."""
        return self.reading.due_at, self.authority_id, self.id

    @property
    def missed(self) -> bool:
        """Whether its deadline was missed and nobody has said why."""
        return not self.late_reason and self.reading.state in (State.OVERDUE, State.STOPPED_LATE)

    @property
    def explainer(self) -> int | None:
        """The account of whoever said why it was missed; nobody, or a system, has none."""
        kind, _, number = self.explained_by.partition(":")
        return int(number) if kind == "user" else None

    @property
    def words(self) -> str:
        """What is left, or how late it is."""
        return rules.left_words(self.reading)


@dataclass(frozen=True, slots=True)
class KindOnBoard:
    """The running clocks of one kind: how many, how many late, and the first rows, breaches on top."""

    kind: ClockKind
    running: int
    late: int
    half_gone: int
    paused: int
    rows: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Handoff:
    """One heading of the clock board: the kinds of clock that run between the same two hands."""

    title: str
    kinds: tuple[KindOnBoard, ...]

    @property
    def late(self) -> int:
        return sum(kind.late for kind in self.kinds)

    @property
    def running(self) -> int:
        return sum(kind.running for kind in self.kinds)


def terms(kinds: Iterable[ClockKind], *, by: Actor) -> Terms:
    """The settings that the council's clocks of some kinds are made by, in one statement."""
    names = dict.fromkeys([*rules.LOCAL_TIME, *(kind.setting for kind in kinds)])
    lines = councils.timelines(names, authority=acting_council(by))
    return Terms({name: tuple((since, found.value) for since, found in line) for name, line in lines.items()})


def is_open(*, by: Actor, at: datetime) -> bool:
    """Whether the front door of the council acted for is open."""
    return rules.is_open(at, terms((), by=by).calendar)


def due_at(kind: ClockKind, *, subject: tuple[str, object], by: Actor) -> datetime:
    """When the newest clock of a kind is due for a subject, every ended pause in it.

    :raises NotFound: none was ever started
    """
    found = within(by, _of(subject).filter(kind=kind.name)).order_by("-started_at").values_list("due_at", flat=True)
    due = found.first()
    if due is None:
        raise NotFound
    return due


def _of(subject: tuple[str, object]) -> QuerySet[Clock]:
    return Clock.objects.filter(subject_kind=subject[0], subject_key=str(subject[1]))


def courses(clocks: Sequence[Clock], *, by: Actor, terms: Terms | None = None) -> dict[UUID, Course]:
    """The facts of some clocks, from which their states follow: one statement for all pauses."""
    if not clocks:
        return {}
    return _courses(clocks, _pauses(clocks, by=by), (terms or _local(by)).calendar)


def _local(by: Actor) -> Terms:
    return terms((), by=by)


def _pauses(clocks: Sequence[Clock], *, by: Actor) -> dict[UUID, list[Pause]]:
    return _by_clock(within(by, Pause.objects.filter(clock__in=clocks)).order_by("paused_at"))


def _by_clock(pauses: Iterable[Pause]) -> dict[UUID, list[Pause]]:
    found: dict[UUID, list[Pause]] = defaultdict(list)
    for pause in pauses:
        found[pause.clock_id].append(pause)
    return found


def _courses(
    clocks: Sequence[Clock], pauses: Mapping[UUID, Sequence[Pause]], calendar: rules.Calendar
) -> dict[UUID, Course]:
    return {clock.pk: _course(clock, calendar, pauses.get(clock.pk, ())) for clock in clocks}


def _course(clock: Clock, calendar: rules.Calendar, pauses: Sequence[Pause] = ()) -> Course:
    rule = Rule(Unit(clock.unit), clock.length, DayEnd(clock.day_end), Counting(clock.counting), calendar)
    ended = tuple((pause.paused_at, pause.resumed_at) for pause in pauses if pause.resumed_at is not None)
    return Course(rule, clock.started_at, clock.due_at, clock.half_at, ended, clock.paused_at, clock.stopped_at)


def shown(clocks: Sequence[Clock], *, known: Sequence[Pause] | None = None, by: Actor, at: datetime) -> list[Shown]:
    """Some clocks as lists show them; pauses and settings are read only where a clock stands still.

    :param known: the pauses of those that stand still, where they were read with them
    """
    pauses: Mapping[UUID, Sequence[Pause]] = {}
    calendar = rules.NATIONAL
    if any(clock.paused_at for clock in clocks):
        pauses, calendar = _by_clock(known) if known is not None else _pauses(clocks, by=by), _local(by).calendar
    facts = _courses(clocks, pauses, calendar)
    return [_row(clock, rules.read(facts[clock.pk], at), _running(pauses.get(clock.pk, ()))) for clock in clocks]


def _running(pauses: Sequence[Pause]) -> Pause | None:
    return next((pause for pause in pauses if pause.resumed_at is None), None)


def _row(clock: Clock, reading: Reading, pause: Pause | None) -> Shown:
    kind = rules.kind_named(clock.kind)
    return Shown(
        id=clock.pk,
        authority_id=clock.authority_id,
        kind=kind,
        subject=(clock.subject_kind, clock.subject_key),
        label=clock.label,
        team_id=clock.team_id,
        owner_id=clock.owner_id,
        started_at=clock.started_at,
        stopped_at=clock.stopped_at,
        reading=reading,
        paused_for=kind.words_of_pause(pause.reason) if pause else "",
        paused_note=pause.note if pause else "",
        ended=clock.ended,
        outcome=clock.outcome,
        late_reason=clock.late_reason,
        late_note=clock.late_note,
        explained_by=clock.explained_by,
        explained_at=clock.explained_at,
        version=clock.version,
    )


def parts_of(those: Mapping[str, str]) -> tuple[Part, Part]:
    """Every clock of some things with the pauses of those that stand still, as parts of a page's one statement.

    :param those: by kind a constant text: the list of the keys of the things
    """
    clocks = " OR ".join(f"subject_kind = '{kind}' AND subject_key = ANY({keys})" for kind, keys in those.items())
    still = f"SELECT id FROM clocks_clock WHERE {OWN} AND paused_at IS NOT NULL AND ({clocks})"  # noqa: S608 (constants)
    return Part(Clock, f"({clocks})", "started_at, kind"), Part(Pause, f"clock_id = ANY(ARRAY({still}))", "paused_at")


def for_subject(subject: tuple[str, object], *, by: Actor, at: datetime) -> list[Shown]:
    """Every clock of one thing, stopped ones too, in the order in which they started."""
    clocks = list(within(by, _of(subject)).order_by("started_at", "kind"))
    return shown(clocks, by=by, at=at)


def for_subjects(
    kind: str, keys: Collection[object], *, by: Actor, at: datetime, running: bool = True
) -> dict[str, list[Shown]]:
    """The clocks of many things of one kind, by key, for a page of a list: a fixed number of statements.

    :param kind: the kind of subject, not of clock
    :param running: leave out those that have stopped
    """
    found = Clock.objects.filter(subject_kind=kind, subject_key__in=[str(key) for key in keys])
    clocks = list(within(by, found.filter(stopped_at=None) if running else found).order_by("due_at", "id"))
    by_key: dict[str, list[Shown]] = defaultdict(list)
    for row in shown(clocks, by=by, at=at):
        by_key[row.subject[1]].append(row)
    return dict(by_key)


def running(
    *,
    by: Actor,
    at: datetime,
    team_id: int | None = None,
    owner_id: int | None = None,
    kinds: Collection[ClockKind] = (),
    after: Place | None = None,
    limit: int = 50,
) -> list[Shown]:
    """The running clocks of the council, the most overdue first; a page at a time.

    :param after: where the last page ended, perhaps in another council's clock; `at` stays that of the first page
    :raises NotPermitted: `by` may not see the clocks
    """
    require(by, Permission.CLOCK_READ, authority=acting_council(by))
    wanted = Q(stopped_at=None)
    wanted &= Q(team_id=team_id) if team_id is not None else Q()
    wanted &= Q(owner_id=owner_id) if owner_id is not None else Q()
    wanted &= Q(kind__in=[kind.name for kind in kinds]) if kinds else Q()
    found = within(by, Clock.objects.filter(wanted))
    moving = list(found.filter(beyond(after, acting_council(by)), paused_at=None).order_by("due_at", "id")[:limit])
    still = list(found.filter(paused_at__isnull=False))
    rows = sorted(shown([*moving, *still], by=by, at=at), key=lambda row: row.place)
    return [row for row in rows if after is None or row.place > after][:limit]


def beyond(after: tuple[datetime, int, Any] | None, authority: int) -> Q:
    """The rows after a place, within one council, by (due, council, id): for every list that is merged so."""
    if after is None:
        return Q()
    due, council, clock_id = after
    if authority == council:
        return Q(due_at__gte=due) & (Q(due_at__gt=due) | Q(id__gt=clock_id))
    return Q(due_at__gte=due) if authority > council else Q(due_at__gt=due)


def board(*, by: Actor, at: datetime, rows: int = 20) -> list[Handoff]:
    """The clock board: every kind that runs, under its hand-off, the hand-off with the most overdue clock first.

    Four statements at most, at any size: counts, first rows, and where a clock is paused its pauses and the hours.

    :param rows: how many of each kind, breaches on top
    :raises NotPermitted: `by` may not see the clocks
    """
    require(by, Permission.CLOCK_READ, authority=acting_council(by))
    passed = at - rules.LAST_SECOND
    counts = (
        within(by, Clock.objects.filter(stopped_at=None))
        .values_list("kind")
        .annotate(
            running=Count("id"),
            late=Count("id", filter=Q(due_at__lte=passed, paused_at=None)),
            half_gone=Count("id", filter=Q(half_at__lte=at, due_at__gt=passed, paused_at=None)),
            paused=Count("id", filter=Q(paused_at__isnull=False)),
        )
        .order_by()
    )
    found = list(counts)
    first = _first_rows([name for name, *_ in found], by=by, at=at, rows=rows)
    kinds = [
        KindOnBoard(rules.kind_named(name), running, late, half_gone, paused, tuple(first[name]))
        for name, running, late, half_gone, paused in found
        if name in first  # the last one of a kind may have stopped between the two statements
    ]
    return _under_handoffs(sorted(kinds, key=lambda kind: kind.rows[0].place))


def _first_rows(names: Sequence[str], *, by: Actor, at: datetime, rows: int) -> dict[str, list[Shown]]:
    if not names:
        return {}
    open_clocks = within(by, Clock.objects.filter(stopped_at=None)).order_by("due_at", "id")
    paused = open_clocks.filter(paused_at__isnull=False)[: rows * len(names)]
    found = list(paused.union(*(open_clocks.filter(kind=name, paused_at=None)[:rows] for name in names), all=True))
    by_kind: dict[str, list[Shown]] = defaultdict(list)
    for row in sorted(shown(found, by=by, at=at), key=lambda row: row.place):
        by_kind[row.kind.name].append(row)
    return {name: found[:rows] for name, found in by_kind.items()}


def _under_handoffs(kinds: Sequence[KindOnBoard]) -> list[Handoff]:
    """Grouped by hand-off, in the order of the first kind of each."""
    groups: dict[str, list[KindOnBoard]] = defaultdict(list)
    for kind in kinds:
        groups[kind.kind.handoff].append(kind)
    return [Handoff(title, tuple(group)) for title, group in groups.items()]


def one(clock_id: UUID | str, *, by: Actor, at: datetime) -> Shown:
    """One clock.

    :raises NotFound: the council has none with that key
    :raises NotPermitted: `by` may not see the clocks
    """
    require(by, Permission.CLOCK_READ, authority=acting_council(by))
    found = within(by, Clock.objects.filter(pk=clock_id)).first()
    if found is None:
        raise NotFound
    return shown([found], by=by, at=at)[0]


def unexplained(*, by: Actor, at: datetime, owner_id: int | None = None, limit: int = 50) -> list[Shown]:
    """Deadlines that were missed and that nobody has explained: those still running first, then the oldest stopped.

    :param owner_id: only those of one person's clocks
    :raises NotPermitted: `by` may not see the clocks
    """
    require(by, Permission.CLOCK_READ, authority=acting_council(by))
    silent = within(by, Clock.objects.filter(late_reason=""))
    silent = silent if owner_id is None else silent.filter(owner_id=owner_id)
    late = silent.filter(stopped_at=None, paused_at=None, due_at__lte=at - rules.LAST_SECOND).order_by("due_at", "id")
    stopped = silent.filter(outcome=Outcome.LATE, stopped_at__isnull=False).order_by("stopped_at", "id")
    return shown([*late[:limit], *stopped[:limit]][:limit], by=by, at=at)


def explained(*, by: Actor, at: datetime, limit: int = 50) -> list[Shown]:
    """Deadlines that were missed and why, the last one explained first.

    :raises NotPermitted: `by` may not see the clocks
    """
    require(by, Permission.CLOCK_READ, authority=acting_council(by))
    found = within(by, Clock.objects.exclude(late_reason="")).order_by("-explained_at", "id")
    return shown(list(found[:limit]), by=by, at=at)


def untold(*, by: Actor, at: datetime) -> int:
    """How many events have waited for longer than two sweeps for somebody to be told: a listener fails."""
    return within(by, Event.objects.filter(told_at=None, noticed_at__lte=at - SILENT_AFTER)).count()


SWEPT = f"(SELECT swept_at FROM clocks_sweep WHERE {OWN})"  # noqa: S608 (constants)
"""When the clocks were swept last: a part of the statement that every page asks."""


def sweep_silent(*, by: Actor, at: datetime) -> bool:
    """Whether the sweep of the council acted for has not been heard of for two minutes; so too if it never was."""
    last: Any = within(by, Sweep.objects.all()).values_list("swept_at", flat=True).first()
    return last is None or at - last > SILENT_AFTER
