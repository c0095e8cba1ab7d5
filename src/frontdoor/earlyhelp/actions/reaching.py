"""Taking a family's matter, trying to reach the family, writing a note."""

from datetime import datetime

from django.db import transaction

from frontdoor.actors.rules import Actor, InvalidInput, Permission, StepNotAllowed, acting_person
from frontdoor.clocks import actions as clocks
from frontdoor.earlyhelp.actions.rows import KIND, Key, changed, stop_clocks, taken, turn
from frontdoor.earlyhelp.models import Attempt, Episode
from frontdoor.earlyhelp.rules import hub, kinds
from frontdoor.earlyhelp.rules.states import Line
from frontdoor.handovers.actions.slips import signature
from frontdoor.trail import actions as trail

KEEP = Permission.EARLY_HELP_KEEP


@transaction.atomic
def take(key: Key, *, seen: int, by: Actor, at: datetime) -> Episode:
    """Take a family's matter, or take it over; its clocks go with it and keep their times.

    :raises NotPermitted: `by` does not keep early help
    :raises Conflict: it has changed since `by` saw it
    :raises StepNotAllowed: it has ended, or `by` has it already
    """
    episode, me = taken(key, KEEP, seen=seen, by=by), acting_person(by)
    if episode.holder == me:
        raise StepNotAllowed("You have this already.")
    episode.holder = me
    clocks.reassign(subject=(KIND, episode.key), team_id=episode.team_id, owner_id=me, by=by)
    changed(episode, "holder", by=by, at=at)
    turn(episode, Line.TAKEN, by=by, at=at)
    trail.record("earlyhelp.take", subject=episode, by=by, at=at)
    return episode


@transaction.atomic
def record_attempt(
    key: Key, *, seen: int, made_at: datetime, way: str, reached: bool, said: str, by: Actor, at: datetime
) -> Attempt:
    """Record that somebody tried to reach the family; the first time that they did stops the clock, as at that time.

    :param said: what the family said, or what happened instead
    :raises NotPermitted: `by` does not keep early help
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: a part is missing or cannot be
    :raises StepNotAllowed: it has ended
    """
    episode, wrong = taken(key, KEEP, seen=seen, by=by), {}
    if made_at > at:
        wrong["made_at"] = "This is in the future"
    elif made_at < episode.received_at.replace(second=0, microsecond=0):
        wrong["made_at"] = "This was before anybody told us"
    if way not in dict(hub.REACHED_BY):
        wrong["way"] = "Choose how"
    if reached and not said.strip():
        wrong["said"] = "Write what the family said"
    if wrong:
        raise InvalidInput(**wrong)
    row = Attempt.objects.create(
        authority_id=episode.authority_id, episode=episode, made_at=made_at, way=way, reached=reached,
        said=said.strip(), by_user=acting_person(by), by_name=signature(by), at=at,
    )  # fmt: skip
    if reached:
        stop_clocks(episode, kinds.REACH, by=by, at=max(made_at, episode.opened_at))
    changed(episode, by=by, at=at)
    turn(episode, Line.REACHED if reached else Line.NOT_REACHED, said.strip(), by=by, at=at)
    trail.record("earlyhelp.record_attempt", subject=episode, by=by, at=at, attempt=row.key, reached=reached)
    return row


@transaction.atomic
def note(key: Key, *, seen: int, text: str, by: Actor, at: datetime) -> Episode:
    """Write a note in the history, also of what has ended.

    :raises NotPermitted: `by` does not keep early help
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: nothing was written
    """
    episode = taken(key, KEEP, seen=seen, by=by, open_still=False)
    if not text.strip():
        raise InvalidInput(text="Write the note")
    changed(episode, by=by, at=at)
    turn(episode, Line.NOTE, text.strip(), by=by, at=at)
    trail.record("earlyhelp.note", subject=episode, by=by, at=at)
    return episode
