"""Asking who was told of which clock, and who has not looked."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.clocks.models import UNSEEN, Clock, ClockNotice, Pause
from frontdoor.clocks.queries.reading import Shown, shown
from frontdoor.clocks.rules import KINDS, LAST_SECOND, Escalation, Step, Telling, noticing
from frontdoor.councils import queries as councils

MOST_COUNTED = 100
"""Unseen notices are counted as far as this: nothing counts a table on the page that everybody starts on."""

_FIRST, _TICK = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)

NoticePlace = tuple[bool, int, int, str]
"""Where a page of a merged list ended: danger first, then the newest, then council and key."""


@dataclass(frozen=True, slots=True)
class Told:
    """One notice as its list shows it.

    :param nobodys: nobody who reaches the council today is meant, so the managers are
    :param clock: at the time of the question
    """

    key: UUID
    authority_id: int
    step: Step
    role: Escalation
    user_id: int | None
    nobodys: bool
    danger: bool
    told_at: datetime
    seen_at: datetime | None
    clock: Shown
    version: int

    @property
    def place(self) -> NoticePlace:
        return not self.danger, (_FIRST - self.told_at) // _TICK, self.authority_id, str(self.key)


def telling(*, by: Actor, at: datetime) -> Telling:
    """How the council acted for has people told, on this day: one statement."""
    found = councils.settings(noticing.NAMES, authority=acting_council(by), on=at)
    return Telling.of({name: valued.value for name, valued in found.items()})


def meant_for(by: Actor, people: Collection[int]) -> Q:
    """Which notices are somebody's: their own, and as a manager what is meant for nobody who reaches the council.

    :param people: the accounts that reach the council today
    """
    own = Q(user_id=by.user_id)
    if not by.may(Permission.CLOCK_EXPLAIN):
        return own
    return own | Q(user_id=None) | ~Q(user_id__in=list(people))


STANDS = ~Q(step__in=[Step.BEGUN, Step.SOON], clock__stopped_at__isnull=False) & ~Q(
    step=Step.STILL, clock__paused_at__isnull=True
)
"""What was done in time, or runs again, needs nobody's look any more."""


def _unseen(by: Actor, people: Collection[int]) -> QuerySet[ClockNotice]:
    return within(by, ClockNotice.objects.filter(UNSEEN, STANDS, meant_for(by, people)))


def unseen_count(*, people: Collection[int], by: Actor) -> int:
    """How many notices somebody has not seen, counted as far as `MOST_COUNTED`.

    :raises NotPermitted: `by` may not see the clocks
    """
    require(by, Permission.CLOCK_READ, authority=acting_council(by))
    return _unseen(by, people)[:MOST_COUNTED].count()


def told(
    *,
    people: Collection[int],
    seen: bool = False,
    after: NoticePlace | None = None,
    limit: int = 50,
    by: Actor,
    at: datetime,
) -> list[Told]:
    """Notices of the actor that were not seen, danger first and then the newest; or those seen, the last one first.

    :param people: the accounts that reach the council today
    :param after: where the last page of the unseen ended, perhaps in another council's
    :raises NotPermitted: `by` may not see the clocks
    """
    require(by, Permission.CLOCK_READ, authority=acting_council(by))
    if seen:
        own = within(by, ClockNotice.objects.filter(seen_at__isnull=False, seen_by=by.user_id))
        return _told(own.order_by("-seen_at", "id")[:limit], people=people, by=by, at=at)
    found = _unseen(by, people).filter(_beyond(after, acting_council(by)))
    return _told(found.order_by("-danger", "-told_at", "id")[:limit], people=people, by=by, at=at)


def _beyond(after: NoticePlace | None, authority: int) -> Q:
    """The rows after a place: calm ones after danger, older after newer, then by council and key."""
    if after is None:
        return Q()
    calm, back, council, key = after
    then = _FIRST - back * _TICK
    older = Q(told_at__lt=then)
    if authority > council:
        older |= Q(told_at=then)
    elif authority == council:
        older |= Q(told_at=then, id__gt=key)
    same = Q(danger=not calm) & older
    return same if calm else same | Q(danger=False)


def _told(notices: QuerySet[ClockNotice], *, people: Collection[int], by: Actor, at: datetime) -> list[Told]:
    rows = list(notices.select_related("clock"))
    clocks = {row.id: row for row in shown([row.clock for row in rows], by=by, at=at)}
    return [
        Told(
            key=row.pk, authority_id=row.authority_id, step=Step(row.step), role=Escalation(row.role),
            user_id=row.user_id, nobodys=row.user_id is None or row.user_id not in people, danger=row.danger,
            told_at=row.told_at, seen_at=row.seen_at, clock=clocks[row.clock_id], version=row.version,
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ToTell:
    """A clock of which people are to be told again.

    :param turn: of how many-th pause
    """

    clock_id: UUID
    kind: str
    step: Step
    team_id: int | None
    owner_id: int | None
    turn: int = 0


def late_and_untold(longer: Telling, *, by: Actor, at: datetime, limit: int = 500) -> list[ToTell]:
    """The clocks that are late, still not done, and of which nobody was told a second time; the latest first."""
    danger = [kind.name for kind in KINDS.values() if kind.danger]
    passed = at - LAST_SECOND
    late = Q(kind__in=danger, due_at__lte=passed - longer.stays_danger)
    late |= ~Q(kind__in=danger) & Q(due_at__lte=passed - longer.stays)
    running = Clock.objects.filter(late, stopped_at=None, paused_at=None)
    again = ClockNotice.objects.filter(clock=OuterRef("pk"), step=Step.STAYS)
    found = within(by, running).exclude(Exists(within(by, again))).order_by("due_at", "id")[:limit]
    return [ToTell(clock.pk, clock.kind, Step.STAYS, clock.team_id, clock.owner_id) for clock in found]


def paused_and_untold(longer: Telling, *, by: Actor, at: datetime) -> list[ToTell]:
    """The clocks that have stood still for long, and of whose present pause nobody was told."""
    still = Pause.objects.filter(resumed_at=None, paused_at__lte=at - longer.still).select_related("clock")
    said = ClockNotice.objects.filter(clock=OuterRef("clock"), step=Step.STILL, told_at__gte=OuterRef("paused_at"))
    pauses = list(within(by, still).exclude(Exists(within(by, said))).order_by("paused_at"))
    turns: Counter[UUID] = Counter(
        within(by, Pause.objects.filter(clock__in=[each.clock_id for each in pauses])).values_list("clock", flat=True)
    )
    return [
        ToTell(
            each.clock_id, each.clock.kind, Step.STILL, each.clock.team_id, each.clock.owner_id, turns[each.clock_id]
        )
        for each in pauses
    ]


def message(key: UUID | str, *, by: Actor) -> tuple[int, int]:
    """The person of a message, and how many notices it tells of that nobody has seen yet.

    :raises NotFound: no notice stands in it
    """
    rows = list(within(by, ClockNotice.objects.filter(message=key)).values_list("user_id", "seen_at", "overtaken_at"))
    if not rows or rows[0][0] is None:
        raise NotFound
    return rows[0][0], sum(seen is None and overtaken is None for _, seen, overtaken in rows)
