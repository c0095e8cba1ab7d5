"""Taking a referral: locked, of the council acted for, as it was seen; its clocks, its history, its next state."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    InvalidInput,
    NotFound,
    Permission,
    StepNotAllowed,
    acting_council,
    require,
    unchanged,
)
from frontdoor.clocks import actions as clocks
from frontdoor.clocks import queries as clock_queries
from frontdoor.clocks.models import Clock, Outcome
from frontdoor.clocks.queries import Shown
from frontdoor.clocks.rules import ClockKind
from frontdoor.handovers.actions.slips import signature
from frontdoor.referrals.models import Referral
from frontdoor.referrals.models import Turn as TurnRow
from frontdoor.referrals.queries.opening import KIND, visible
from frontdoor.referrals.rules import kinds
from frontdoor.referrals.rules.states import State, Step, Turn, after

Key = UUID | str
FAR = timedelta(days=400)
"""Where nothing is due any more, a referral stands at the end of the list."""


def one_at_a_time(*, by: Actor) -> None:
    """Let referrals of a council begin one after the other: of two slips about one child the second sees the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('referrals.begin', %s))", [acting_council(by)])


def taken(key: Key, *, seen: int, by: Actor, open_still: bool = True) -> Referral:
    """The referral, locked and unchanged since it was seen, for whoever works on referrals.

    :param open_still: go on only with one that is open
    :raises NotFound: absent, another council's, or restricted to a team that is not the actor's
    :raises NotPermitted: `by` does not work on referrals
    :raises Conflict: somebody has changed it
    :raises StepNotAllowed: it is settled
    """
    locked = visible(Referral.objects.select_for_update(of=("self",), no_key=True).filter(key=key), by=by)
    row = within(by, locked).first()
    if row is None:
        raise NotFound
    require(by, Permission.REFERRAL_KEEP, authority=row.authority_id)
    unchanged(seen, row.version, {"state": State(row.state).words})
    if open_still and State(row.state).settled:
        raise StepNotAllowed(f"{State(row.state).words}.", when=row.settled_at)
    return row


def found(pk: int, *, by: Actor) -> Referral:
    """The referral, locked, for what follows from something elsewhere; inside an act that has asked for permission."""
    return within(by, Referral.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk)).get()


def turn(referral: Referral, kind: Turn, text: str = "", *, by: Actor, at: datetime) -> TurnRow:
    """Write one line of the history."""
    return TurnRow.objects.create(
        authority_id=referral.authority_id, referral=referral, kind=kind.value, text=text, by_user=by.user_id,
        by_name=signature(by), at=at,
    )  # fmt: skip


def running(referral: Referral, *, by: Actor, at: datetime) -> dict[str, Shown]:
    """The running clocks of a referral by the name of their kind."""
    rows = clock_queries.for_subjects(KIND, [referral.key], by=by, at=at).get(str(referral.key), [])
    return {row.kind.name: row for row in rows}


def start(
    referral: Referral, wanted: Sequence[ClockKind], *, since: datetime, by: Actor, at: datetime
) -> list[ClockKind]:
    """Start those clocks that do not run; nothing restarts one that does.

    :param since: from when they count
    """
    known = running(referral, by=by, at=at)
    new = [kind for kind in wanted if kind.name not in known]
    if new:
        clocks.start(
            *new, subject=(KIND, referral.key), team_id=referral.team_id, owner_id=referral.worker,
            label=referral.label, by=by, at=since,
        )  # fmt: skip
    return new


def stop_since(
    referral: Referral, wanted: Sequence[ClockKind], *, when: datetime, by: Actor, at: datetime
) -> list[Clock]:
    """Stop those clocks that had begun when something happened: what was before a clock began does not stop it.

    :param when: when it happened, to the minute, not when it was written down
    """
    known = running(referral, by=by, at=at)
    due = [kind for kind in wanted if kind.name in known and minute(known[kind.name].started_at) <= when]
    if not due:
        return []
    latest = max(when, *(known[kind.name].started_at for kind in due))
    return clocks.stop(*due, subject=(KIND, referral.key), by=by, at=latest)


def minute(at: datetime) -> datetime:
    """The minute of an instant: visits are written down to the minute."""
    return at.replace(second=0, microsecond=0)


def explain_late(stopped: Sequence[Clock], *, reason: str, note: str, by: Actor, at: datetime) -> None:
    """Keep why what was stopped was late; the miss itself stays.

    :raises InvalidInput: something was late, and nobody says why
    """
    late = [clock for clock in stopped if clock.outcome == Outcome.LATE]
    if late and not reason and not by.is_system:
        raise InvalidInput(late_reason="This was late. Choose why")
    if late and reason:
        clocks.explain_stopped(late, reason=reason, note=note.strip(), by=by, at=at)


def changed(referral: Referral, *columns: str, by: Actor, at: datetime) -> None:
    """Save some columns as the next version, with the order of the lists worked out from the running clocks."""
    known = running(referral, by=by, at=at)
    due = [row.reading.due_at for row in known.values()]
    unseen = [known[kind.name].started_at for kind in kinds.SEEING if kind.name in known]
    referral.due_at = min(due, default=referral.began_at + FAR)
    referral.unseen_since = max(unseen, default=None)
    referral.alone_since = known[kinds.ALONE.name].started_at if kinds.ALONE.name in known else None
    referral.version += 1
    referral.save(update_fields=[*columns, "due_at", "unseen_since", "alone_since", "version"])


def move(referral: Referral, step: Step, *columns: str, why: str = "", by: Actor, at: datetime) -> State:
    """Bring a referral into its next state and save it.

    :raises StepNotAllowed: the step does not lead on from where it stands
    """
    state = after(referral.state, step)
    referral.state = state.value
    if state.settled:
        referral.settled_at, referral.settled_by, referral.settled_why = at, by.user_id, why
        columns = (*columns, "settled_at", "settled_by", "settled_why")
    changed(referral, "state", *columns, by=by, at=at)
    return state
