"""Taking a strategy discussion: locked, of the council acted for, as it was seen; its clocks, its history."""

from datetime import datetime
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, require, unchanged
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.models import Ended
from frontdoor.mash.models import Discussed, Discussion, DiscussionTurn
from frontdoor.mash.rules import strategy as rules
from frontdoor.mash.rules.strategy import State

Key = UUID | str
KIND = "mash.discussion"
"""What clocks, directions and the trail call one."""
CHILD = "mash.discussed"
"""What slips and directions call a child of one."""


def taken(key: Key, permission: Permission, *, seen: int, by: Actor, writing: bool = False) -> Discussion:
    """The discussion, locked and unchanged since it was seen.

    :param writing: go on only while its record is open
    :raises NotFound: absent, or another council's
    :raises NotPermitted: the permission is missing
    :raises Conflict: it has changed since `by` saw it
    :raises StepNotAllowed: `writing`, and it is signed, closed or was called off
    """
    wanted = Discussion.objects.select_related("contact", "enquiry")
    row = within(by, wanted.select_for_update(of=("self",), no_key=True).filter(key=key)).first()
    if row is None:
        raise NotFound
    require(by, permission, authority=row.authority_id)
    if writing:
        rules.written_still(row.state)
    unchanged(seen, row.version, {"state": State(row.state).words})
    return row


def changed(row: Discussion, *columns: str) -> None:
    """Save some columns as the next version."""
    row.version += 1
    row.save(update_fields=["version", *columns])


def turn(row: Discussion, kind: str, text: str = "", *, by: Actor, at: datetime) -> None:
    """Write one line of the history."""
    name = ", ".join(part for part in (by.label, by.post) if part)
    DiscussionTurn.objects.create(
        authority_id=row.authority_id, discussion=row, kind=kind, text=text, by_user=by.user_id, by_name=name, at=at
    )


def children(row: Discussion, *, by: Actor) -> list[Discussed]:
    """The children of a discussion, in their order."""
    found = Discussed.objects.select_related("named", "matter__child").filter(discussion=row)
    return list(within(by, found).order_by("position", "id"))


def start_held(row: Discussion, *, until: datetime | None = None, by: Actor, at: datetime) -> None:
    """Start the clock until it is held; `until` is a time that was agreed."""
    stop(row, by=by, at=at, ended=Ended.NOT_NEEDED)
    whose = {"subject": (KIND, row.key), "team_id": row.team_id, "label": row.reference, "by": by, "at": at}
    if until is None:
        row.due_at = clocks.start(rules.HELD, **whose)[0].due_at  # type: ignore[arg-type]  # the parts have their types
    else:
        row.due_at = clocks.start_until(rules.HELD, due_at=until, **whose).due_at  # type: ignore[arg-type]  # likewise


def start_minutes(row: Discussion, *, by: Actor, at: datetime) -> None:
    """It was held: start the clock until its minutes are sent."""
    (clock,) = clocks.start(
        rules.MINUTES, subject=(KIND, row.key), team_id=row.team_id, label=row.reference, by=by, at=at
    )
    row.due_at = clock.due_at


def stop(row: Discussion, *, by: Actor, at: datetime, ended: Ended = Ended.DONE) -> None:
    """Stop whatever clock of a discussion runs; what was late stays late."""
    clocks.stop(subject=(KIND, row.key), by=by, at=at, ended=ended)
