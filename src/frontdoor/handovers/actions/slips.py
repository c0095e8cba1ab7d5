"""What every act on a slip does alike: taking it, writing its history, telling the room of its subject."""

from datetime import datetime
from typing import Any
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, NotPermitted, Permission, require
from frontdoor.background.actions import later
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.models import Ended
from frontdoor.handovers import rules
from frontdoor.handovers.models import Handover, Turn

KIND = "handovers.handover"
"""What clocks and the trail call a slip."""
COPY = "handovers.copy"

CHANGES = ("state", "answered_by", "answered_name", "answered_at", "settled_at", "refusals", "version")


def take(key: UUID, permission: Permission, *, by: Actor) -> Handover:
    """The slip, locked, once `by` holds the permission and sees the whole of it.

    :raises NotFound: another council's, absent, or restricted to others
    :raises NotPermitted: the permission is missing
    """
    slip = within(by, Handover.objects.select_for_update(of=("self",), no_key=True).filter(key=key)).first()
    if slip is None:
        raise NotFound
    if rules.sight(by, slip) is not rules.Sight.WHOLE:
        raise NotFound
    require(by, permission, authority=slip.authority_id)
    return slip


def from_receiver(slip: Handover, *, by: Actor) -> None:
    """Let only the receiving side answer.

    :raises NotPermitted: `by` is not of the team it went to, nor the worker or manager named
    """
    if slip.to_team_id is None or not rules.receives(by, slip):
        raise NotPermitted(Permission.HANDOVER_ANSWER)


def from_giver(slip: Handover, *, by: Actor) -> None:
    """Let only the giving side act, or a manager where the giver has gone.

    :raises NotPermitted: `by` is neither
    """
    if not rules.gives(by, slip) and not by.may(Permission.DIRECTION_GIVE):
        raise NotPermitted(Permission.HANDOVER_SEND)


def step(slip: Handover, taken: rules.Step, *, by: Actor) -> rules.State:
    """The state that a step leads to.

    :raises StepNotAllowed: it does not lead on from where the slip stands; says who brought it there, and when
    """
    return rules.after(slip.state, taken, brought=lambda: _brought(slip, by=by))


_ASIDE = (
    rules.Turn.CHASED, rules.Turn.TOLD, rules.Turn.HALF_TIME, rules.Turn.LATE, rules.Turn.CROSSED,
    rules.Turn.TAKEN_OVER,
)  # fmt: skip


def _brought(slip: Handover, *, by: Actor) -> tuple[str, datetime | None]:
    """Who brought the slip where it stands, and when."""
    last = within(by, slip.turns.exclude(kind__in=_ASIDE)).order_by("-at", "-id").first()
    return (last.by_name, last.at) if last else ("", None)


def bring(slip: Handover, state: rules.State, *, by: Actor, at: datetime, name: str = "") -> None:
    """Bring the slip into a state and save it.

    :param name: who answered, where it was nobody with an account here
    """
    slip.state, slip.version = state.value, slip.version + 1
    slip.answered_by, slip.answered_name, slip.answered_at = (None if name else by.user_id), name, at
    slip.settled_at = at if state.settled else None
    slip.save(update_fields=list(CHANGES))


def turn(slip: Handover, kind: rules.Turn, *, by: Actor, at: datetime, **said: Any) -> Turn:
    """Write one line of the slip's history."""
    said.setdefault("by_name", signature(by))
    return Turn.objects.create(
        authority_id=slip.authority_id, handover=slip, kind=kind.value, by_user=by.user_id, at=at, **said
    )


def signature(by: Actor) -> str:
    """Who speaks, with the post, as others read it."""
    return ", ".join(part for part in (by.label, by.post) if part)


def tell(slip: Handover, event: rules.Event) -> None:
    """Have the room of the subject and the room that receives there told, each by a job of its own."""
    told = (*rules.listeners(slip.subject_kind, event), *rules.listeners_at(slip.destination, event))
    for job in dict.fromkeys(told):
        later(job, handover=str(slip.key), subject=str(slip.subject_key))


def give_clocks(slip: Handover, *, to_giver: bool, by: Actor) -> None:
    """Let the clock go with the work: to the team that has to act next. Its times stay as they are."""
    team, owner = (slip.from_team_id, slip.from_user) if to_giver else (slip.to_team_id, slip.to_user)
    clocks.reassign(subject=(KIND, slip.key), team_id=team or slip.from_team_id, owner_id=owner, by=by)


def stop_clocks(slip: Handover, *, by: Actor, at: datetime, done: bool = True) -> None:
    """Stop every clock of the slip: it was taken on, or nothing is waited for any more."""
    clocks.stop(subject=(KIND, slip.key), by=by, at=at, ended=Ended.DONE if done else Ended.NOT_NEEDED)
