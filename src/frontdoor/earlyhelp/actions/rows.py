"""What every act on a family's early help does alike: taking it, its clocks, its history, its next state."""

from datetime import datetime, timedelta
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, StepNotAllowed, require, unchanged
from frontdoor.clocks import actions as clocks
from frontdoor.clocks import queries as clock_queries
from frontdoor.clocks.models import Ended
from frontdoor.clocks.rules import ClockKind
from frontdoor.earlyhelp.models import Episode, Turn
from frontdoor.earlyhelp.rules import beyond, kinds
from frontdoor.earlyhelp.rules.states import Ending, Line, State, Step, after, why_not
from frontdoor.handovers.actions.slips import signature

KIND = "earlyhelp.episode"
"""What clocks and the trail call early help for a family."""
Key = UUID | str
FAR = timedelta(days=400)
"""Where nothing is due any more, a family stands at the end of the list."""


def taken(key: Key, permission: Permission, *, seen: int | None, by: Actor, open_still: bool = True) -> Episode:
    """Early help for a family, locked, once `by` holds the permission and has seen what stands.

    :param seen: the version that `by` saw; None for a job, which looks for itself
    :param open_still: go on only with what has not ended
    :raises NotFound: absent, or another council's
    :raises NotPermitted: the permission is missing
    :raises Conflict: it has changed since `by` saw it
    :raises StepNotAllowed: it has ended
    """
    row = within(by, Episode.objects.select_for_update(of=("self",), no_key=True).filter(key=key)).first()
    if row is None:
        raise NotFound
    require(by, permission, authority=row.authority_id)
    if seen is not None:
        unchanged(seen, row.version, {"state": State(row.state).words})
    if open_still and (over := why_not(row.state, None)):
        raise StepNotAllowed(over, when=row.settled_at)
    return row


def turn(
    episode: Episode,
    kind: Line,
    text: str = "",
    *,
    by: Actor,
    at: datetime,
    said_by: tuple[int | None, str] | None = None,
) -> Turn:
    """Write one line of the history.

    :param said_by: who did it, by number and name, where a job writes what somebody has done
    """
    user, name = said_by or (by.user_id, signature(by))
    return Turn.objects.create(
        authority_id=episode.authority_id, episode=episode, kind=kind.value, text=text,
        by_user=user, by_name=name, at=at,
    )  # fmt: skip


def start(episode: Episode, *wanted: ClockKind, by: Actor, at: datetime) -> None:
    """Start those clocks that do not run."""
    known = {row.kind.name for row in clock_queries.for_subject((KIND, episode.key), by=by, at=at)
             if row.stopped_at is None}  # fmt: skip
    new = [kind for kind in wanted if kind.name not in known]
    if new:
        clocks.start(
            *new, subject=(KIND, episode.key), team_id=episode.team_id, owner_id=episode.holder,
            label=episode.reference, by=by, at=at,
        )  # fmt: skip


def stop_clocks(episode: Episode, *wanted: ClockKind, by: Actor, at: datetime, ended: Ended = Ended.DONE) -> None:
    """Stop those clocks that run."""
    clocks.stop(*(wanted or kinds.ALL), subject=(KIND, episode.key), by=by, at=at, ended=ended)


def changed(episode: Episode, *columns: str, by: Actor, at: datetime) -> None:
    """Save some columns as the next version, with its place in the lists worked out from the running clocks."""
    running = clock_queries.for_subjects(KIND, [episode.key], by=by, at=at).get(str(episode.key), [])
    episode.due_at = min((row.reading.due_at for row in running), default=episode.opened_at + FAR)
    episode.version += 1
    episode.save(update_fields=[*columns, "due_at", "version"])


def move(episode: Episode, step: Step, *columns: str, by: Actor, at: datetime) -> State:
    """Bring it into its next state and save it; whoever is not looked at for risk any more is not stopping.

    :raises StepNotAllowed: the step does not lead on from where it stands
    """
    state = after(episode.state, step)
    episode.state = state.value
    if state is not State.SCREENING:
        episode.stopping = ""
    for hears in beyond.STEPPED:
        hears(episode, step, by=by, at=at)
    changed(episode, "state", "stopping", *columns, by=by, at=at)
    return state


def settle(episode: Episode, step: Step, ending: Ending, why: str, *, by: Actor, at: datetime) -> None:
    """End it: every clock that still runs is not needed any more."""
    stop_clocks(episode, by=by, at=at, ended=Ended.NOT_NEEDED)
    episode.ending, episode.settled_why = ending.value, why.strip()
    episode.settled_at, episode.settled_by = at, by.user_id
    move(episode, step, "ending", "settled_why", "settled_at", "settled_by", by=by, at=at)
    turn(episode, Line.CLOSED, f"{ending.words}. {why.strip()}", by=by, at=at)
