"""Telling people of a clock, and what they say of it: seen. Who they are today is for higher rooms to know."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Q, QuerySet

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, acting_person, require, unchanged
from frontdoor.clocks.models import UNSEEN, Clock, ClockNotice
from frontdoor.clocks.queries.noticing import meant_for
from frontdoor.clocks.rules import Escalation, Recipient, Step, kind_named
from frontdoor.trail import actions as trail


class Held(Exception):
    """Somebody holds the clock at this moment. Whoever tells of many comes back for it, and waits for none."""


@transaction.atomic
def tell(
    clock_id: UUID, step: Step, recipients: Sequence[Recipient], *, turn: int = 0, by: Actor, at: datetime
) -> list[ClockNotice]:
    """Write down that people are to know of a step of a clock: once for each clock, step and person, however often.

    What they were told of the same clock before and have not seen is overtaken: one clock asks for one look. So is
    this one from the start, for whom a later step was told first: two events of one sweep come in no order.

    :param turn: which time of several, for what may happen to a clock again
    :returns: the notices that are new
    :raises NotFound: the council has no such clock
    :raises Held: an act that is not yet done holds it; it may come to wait for another clock that was told of before
    """
    those = within(by, Clock.objects.filter(pk=clock_id))
    clock = those.select_for_update(of=("self",), skip_locked=True).first()
    if clock is None:
        raise Held if those.exists() else NotFound
    require(by, Permission.CLOCK_KEEP, authority=clock.authority_id)

    notices = within(by, ClockNotice.objects.filter(clock=clock))
    known = set(notices.filter(step=step, turn=turn).values_list("user_id", flat=True))
    new = [each for each in recipients if each.user_id not in known]
    if not new:
        return []
    further = set(notices.filter(step__in=step.later).values_list("user_id", flat=True))
    _overtake(notices.filter(UNSEEN).exclude(step__in=step.later), {each.user_id for each in new}, at)
    danger = kind_named(clock.kind).danger
    made = ClockNotice.objects.bulk_create(
        ClockNotice(
            authority_id=clock.authority_id, clock=clock, step=step, turn=turn, user_id=each.user_id, role=each.role,
            danger=danger, told_at=at, wants_message=each.message and each.user_id is not None,
            overtaken_at=at if each.user_id in further else None,
        )
        for each in new
    )  # fmt: skip

    trail.record("clocks.tell", subject=clock, by=by, at=at, step=step.value, users=[each.user_id for each in new])
    return made


def announce(begun: Iterable[Clock], *, by: Actor, at: datetime) -> None:
    """Tell the owners of clocks that they have one, where another's act gave it to them and nobody told them.

    Part of the act that starts them, as `keeping.start` is.
    """
    ClockNotice.objects.bulk_create(
        ClockNotice(
            authority_id=acting_council(by), clock=clock, step=Step.BEGUN, user_id=clock.owner_id,
            role=Escalation.OWNER, danger=kind_named(clock.kind).danger, told_at=at,
        )
        for clock in begun
        if clock.owner_id is not None
    )  # fmt: skip


def _overtake(earlier: QuerySet[ClockNotice], users: set[int | None], at: datetime) -> None:
    wanted = Q(user_id__in=[user for user in users if user is not None])
    wanted |= Q(user_id=None) if None in users else Q()
    earlier.filter(wanted).update(overtaken_at=at, version=F("version") + 1)


@transaction.atomic
def see(key: UUID | str, *, seen: int, people: Collection[int], by: Actor, at: datetime) -> ClockNotice:
    """Say that a notice was seen: one's own, or as a manager one that is nobody's.

    :param people: the accounts that reach the council today
    :raises NotFound: it is another council's, or somebody else's
    :raises Conflict: somebody has seen it, or something has overtaken it, since `by` was shown it
    """
    taken = ClockNotice.objects.select_for_update(of=("self",)).filter(meant_for(by, people), pk=key)
    notice = within(by, taken).first()
    if notice is None:
        raise NotFound
    require(by, Permission.CLOCK_READ, authority=notice.authority_id)

    unchanged(seen, notice.version)
    notice.seen_at, notice.seen_by, notice.version = at, acting_person(by), notice.version + 1
    notice.save(update_fields=["seen_at", "seen_by", "version"])

    trail.record("clocks.see", subject=notice, by=by, at=at, clock=notice.clock_id, step=notice.step)
    return notice


def note_explained(clock: Clock, *, by: Actor, at: datetime) -> None:
    """Whoever has explained a miss has seen what they were told of it. Part of the act that explains."""
    if by.user_id is not None:
        mine = within(by, ClockNotice.objects.filter(UNSEEN, clock=clock, user_id=by.user_id))
        mine.update(seen_at=at, seen_by=by.user_id, version=F("version") + 1)


@transaction.atomic
def take_to_message(*, by: Actor, at: datetime) -> dict[UUID, int]:
    """Put the notices that want a message together, one message a person, and mark them as being told by it.

    What was seen in the meantime needs none.

    :returns: the person of each message, by its key
    """
    require(by, Permission.CLOCK_KEEP, authority=acting_council(by))
    waiting = ClockNotice.objects.select_for_update(of=("self",), skip_locked=True)
    rows = list(within(by, waiting.filter(UNSEEN, wants_message=True, message=None)).order_by("told_at", "id"))
    messages: dict[int, UUID] = {}
    for row in rows:
        if row.user_id is not None:
            row.message = messages.setdefault(row.user_id, uuid4())
    ClockNotice.objects.bulk_update(rows, ["message"])
    found = {key: user for user, key in messages.items()}
    if found:
        trail.record("clocks.take_to_message", by=by, at=at, users=sorted(messages), notices=len(rows))
    return found
