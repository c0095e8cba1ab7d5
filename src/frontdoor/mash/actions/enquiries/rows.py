"""What every act on an enquiry does alike: taking it, saving it as touched, writing its history, asking of children."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, require, unchanged
from frontdoor.clocks import actions as clocks
from frontdoor.clocks import queries as clock_queries
from frontdoor.clocks.models import Ended
from frontdoor.clocks.queries import Shown
from frontdoor.clocks.rules import ClockKind, deadline, half_time
from frontdoor.mash.models import Enquiry, Subject, Turn
from frontdoor.mash.rules import clocks as kinds
from frontdoor.mash.rules.states import Line, State, Step, after

KIND = "mash.enquiry"
"""What clocks, directions and the trail call an enquiry."""
CHILD = "mash.subject"
"""What clocks, handovers and directions call a child of one."""
Key = UUID | str


def taken(key: Key, permission: Permission, *, seen: int | None, by: Actor) -> Enquiry:
    """The enquiry, locked, once `by` holds the permission and has seen what stands.

    :param seen: the version that `by` saw; None for a job, which looks for itself
    :raises NotFound: absent, or another council's
    :raises NotPermitted: the permission is missing
    :raises Conflict: it has changed since `by` saw it
    """
    row = within(by, Enquiry.objects.select_for_update(of=("self",), no_key=True).filter(key=key)).first()
    if row is None:
        raise NotFound
    require(by, permission, authority=row.authority_id)
    if seen is not None:
        unchanged(seen, row.version, {"state": State(row.state).words})
    return row


def changed(enquiry: Enquiry, *columns: str, by: Actor, at: datetime) -> None:
    """Save some columns as the next version, and let the time begin anew after which nobody has touched it."""
    enquiry.version, enquiry.touched_at = enquiry.version + 1, at
    enquiry.save(update_fields=[*columns, "touched_at", "version"])
    subject = (KIND, enquiry.key)
    clocks.stop(kinds.UNTOUCHED, subject=subject, by=by, at=at)
    state = State(enquiry.state)
    if enquiry.rating and not state.settled and not state.unrated and state is not State.DECIDED:
        kind = kinds.DECIDE[enquiry.rating]
        half = half_time(clock_queries.terms([kind], by=by).rule(kind, at), at)
        clocks.start_until(
            kinds.UNTOUCHED, due_at=half, subject=subject, team_id=enquiry.team_id, owner_id=enquiry.holder,
            label=enquiry.reference, by=by, at=at,
        )  # fmt: skip


def turn(enquiry: Enquiry, kind: Line, *, by: Actor, at: datetime, text: str = "", said_by: int | None = None) -> Turn:
    """Write one line of the enquiry's history.

    :param said_by: who did it, where a job writes what somebody has done
    """
    name = ", ".join(part for part in (by.label, by.post) if part)
    return Turn.objects.create(
        authority_id=enquiry.authority_id, enquiry=enquiry, kind=kind.value, text=text,
        by_user=by.user_id if said_by is None else said_by, by_name=name, at=at,
    )  # fmt: skip


def gather(enquiry: Enquiry, *, by: Actor, at: datetime) -> None:
    """Agencies are being asked: part of the act that sends the first request, which takes the lock and asks.

    :raises StepNotAllowed: it is not rated yet, or nothing more is gathered
    """
    if enquiry.state in (State.GATHERING, State.ANALYSIS, State.RECOMMENDED):
        changed(enquiry, by=by, at=at)
        return
    enquiry.state = after(enquiry.state, Step.GATHER).value
    changed(enquiry, "state", by=by, at=at)
    turn(enquiry, Line.GATHERING, by=by, at=at)


def gathered(enquiry: Enquiry, *, by: Actor, at: datetime) -> None:
    """What the agencies know is in: part of the act by which the last request is answered or stopped."""
    clocks.stop(*kinds.GATHER.values(), subject=(KIND, enquiry.key), by=by, at=at)


def children(enquiry: Enquiry, *, by: Actor) -> list[Subject]:
    """The children of an enquiry, each once, in their order."""
    found = Subject.objects.select_related("named").filter(enquiry=enquiry, is_child=True, same_as=None)
    return list(within(by, found).order_by("position", "id"))


def ask_safety(enquiry: Enquiry, those: Iterable[Subject], *, by: Actor, at: datetime) -> None:
    """Start the question whether each of these children is safe now, as often as the rating says."""
    kind = kinds.asked_as("" if State(enquiry.state).unrated else enquiry.rating)
    for child in those:
        (clock,) = clocks.start(
            kind, subject=(CHILD, child.key), team_id=enquiry.team_id, owner_id=enquiry.holder,
            label=enquiry.reference, by=by, at=at,
        )  # fmt: skip
        child.safe_due_at, child.version = clock.due_at, child.version + 1
        child.save(update_fields=["safe_due_at", "version"])


def stop_all(enquiry: Enquiry, *, by: Actor, at: datetime, ended: Ended = Ended.NOT_NEEDED) -> None:
    """Stop every clock of an enquiry and of its children: it was settled. What was late stays late."""
    clocks.stop(subject=(KIND, enquiry.key), ended=ended, by=by, at=at)
    for child in children(enquiry, by=by):
        clocks.stop(subject=(CHILD, child.key), ended=ended, by=by, at=at)
        child.safe_due_at, child.version = None, child.version + 1
        child.save(update_fields=["safe_due_at", "version"])


def reassign(enquiry: Enquiry, *, by: Actor) -> None:
    """Let the clocks of an enquiry and of its children go with whoever has it; their times stay."""
    for subject in [(KIND, enquiry.key), *((CHILD, child.key) for child in children(enquiry, by=by))]:
        clocks.reassign(subject=subject, team_id=enquiry.team_id, owner_id=enquiry.holder, by=by)


def swap(
    clock: Shown, kind: ClockKind, *, raised: bool, first_at: datetime, enquiry: Enquiry, by: Actor, at: datetime
) -> datetime:
    """Put a clock of another rating in the place of one that runs, and say when it is due (domain 3.4).

    The old one keeps its result. Rated lower, one that is late runs on as it is.

    :param first_at: when the first clock of this stage started
    """
    terms = clock_queries.terms([kind], by=by)
    fresh_at = deadline(terms.rule(kind, at), at)
    whole_at = deadline(terms.rule(kind, first_at), first_at)
    late = clock.reading.due_at < at
    if late and not raised:
        return clock.reading.due_at
    due_at = kinds.changed_due(due_at=clock.reading.due_at, fresh_at=fresh_at, whole_at=whole_at, raised=raised, at=at)
    clocks.stop(clock.kind, subject=clock.subject, ended=Ended.REPLACED, by=by, at=at)
    if due_at in (fresh_at, whole_at):
        since = at if due_at == fresh_at else first_at
        clocks.start(
            kind, subject=clock.subject, team_id=enquiry.team_id, owner_id=enquiry.holder, label=enquiry.reference,
            by=by, at=since,
        )  # fmt: skip
    else:
        clocks.start_until(
            kind, due_at=due_at, subject=clock.subject, team_id=enquiry.team_id, owner_id=enquiry.holder,
            label=enquiry.reference, by=by, at=at,
        )  # fmt: skip
    return due_at


def running(found: Sequence[Shown], those: Iterable[ClockKind]) -> Shown | None:
    """The clock of a stage that runs, whatever rating it was started at."""
    names = {kind.name for kind in those}
    return next((clock for clock in found if clock.stopped_at is None and clock.kind.name in names), None)
