"""Marking what is to change for a family, and writing down how we know whether it has."""

from datetime import datetime

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    InvalidInput,
    NotFound,
    Permission,
    StepNotAllowed,
    acting_person,
    unchanged,
)
from frontdoor.earlyhelp.actions.rows import Key, changed
from frontdoor.earlyhelp.models import Episode
from frontdoor.earlyhelp.rules.states import State as EpisodeState
from frontdoor.familyhelp.models import Check, Evidence, Outcome
from frontdoor.familyhelp.queries.outcomes import local_headings, met_at_end
from frontdoor.familyhelp.queries.team import reached
from frontdoor.familyhelp.rules import checking, outcomes
from frontdoor.familyhelp.rules.outcomes import Phase
from frontdoor.handovers.actions.slips import signature
from frontdoor.trail import actions as trail


def _family(key: Key, *, seen: int, by: Actor, at: datetime) -> Episode:
    """The family's help, locked, unchanged and open, for whoever works on it."""
    episode = reached(key, Permission.FAMILY_HELP_WORK, by=by, at=at, lock=True)
    unchanged(seen, episode.version, {"state": EpisodeState(episode.state).words})
    if episode.settled_at is not None:
        raise StepNotAllowed("This help has ended.", when=episode.settled_at)
    return episode


@transaction.atomic
def mark(
    key: Key, *, seen: int, heading: str, wanted: str, evidence: str, stands: str = outcomes.NOT, by: Actor,
    at: datetime,
) -> Outcome:  # fmt: skip
    """Mark one outcome for a family: what is to change, how it stands at the start, and how we know.

    :param heading: a value of `rules.outcomes.headings`
    :raises NotFound: absent, another council's, restricted, or not a family of theirs
    :raises NotPermitted: the permission is missing
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no such heading, marked already, or a part is missing
    :raises StepNotAllowed: it has ended
    """
    episode = _family(key, seen=seen, by=by, at=at)
    found = outcomes.heading_of(heading, local_headings(by=by, at=at))
    wrong = {}
    if found is None:
        wrong["heading"] = "Choose one of the headings"
    elif within(by, Outcome.objects.filter(episode=episode, code=found[0], heading=found[1])).exists():
        wrong["heading"] = "This one is marked already"
    if not wanted.strip():
        wrong["wanted"] = "Write what is to change, in words that the family would recognise"
    if not evidence.strip():
        wrong["evidence"] = "Write how it is now, and how we know"
    if stands not in dict(outcomes.STANDS):
        wrong["stands"] = "Choose how it stands"
    if wrong or found is None:
        raise InvalidInput(**wrong)
    row = Outcome.objects.create(
        authority_id=episode.authority_id, episode=episode, code=found[0], heading=found[1], wanted=wanted.strip(),
        by_user=acting_person(by), by_name=signature(by), at=at,
    )  # fmt: skip
    _write(row, Phase.START.value, stands, evidence, by=by, at=at)
    changed(episode, by=by, at=at)
    trail.record("familyhelp.mark", subject=episode, by=by, at=at, outcome=row.key, code=row.code)
    return row


@transaction.atomic
def record_evidence(key: Key, outcome: Key, *, seen: int, given: outcomes.Shown, by: Actor, at: datetime) -> Evidence:
    """Write down how one outcome stands, at a review or at the end, and how we know.

    :raises NotFound: absent, another council's, restricted, not a family of theirs, or not marked for it
    :raises NotPermitted: the permission is missing
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: a part is missing
    :raises StepNotAllowed: it has ended: how it stands later is asked then
    """
    episode = _family(key, seen=seen, by=by, at=at)
    row = within(by, Outcome.objects.filter(episode=episode, key=outcome)).first()
    if row is None:
        raise NotFound
    if wrong := outcomes.wrong_with(given):
        raise InvalidInput(**wrong)
    made = _write(row, given.phase, given.stands, given.evidence, by=by, at=at)
    changed(episode, by=by, at=at)
    trail.record(
        "familyhelp.record_evidence", subject=episode, by=by, at=at, outcome=row.key, phase=given.phase,
        stands=given.stands,
    )  # fmt: skip
    return made


def _write(row: Outcome, phase: str, stands: str, words: str, *, by: Actor, at: datetime) -> Evidence:
    return Evidence.objects.create(
        authority_id=row.authority_id, outcome=row, phase=phase, stands=stands, words=words.strip(),
        by_user=acting_person(by), by_name=signature(by), at=at,
    )  # fmt: skip


def sustained(row: Check, given: checking.Asked, *, by: Actor) -> list[tuple[Outcome, str, str]]:
    """What an answer says of each outcome that was reached, where it is six months after the end and somebody can say.

    :raises InvalidInput: one is not answered
    """
    asks = row.origin == checking.ENDED and row.which == checking.Which.SECOND
    if not asks or not given.reached or given.kept == checking.NOBODY:
        return []
    wrong, said = {}, []
    for outcome in met_at_end(row.episode, by=by):
        stands, words = given.later.get(str(outcome.key), ("", ""))
        if stands not in dict(outcomes.STANDS):
            wrong[f"stands_{outcome.key}"] = "Choose how it stands now"
        if not words.strip():
            wrong[f"evidence_{outcome.key}"] = "Write how we know"
        said.append((outcome, stands, words))
    if wrong:
        raise InvalidInput(**wrong)
    return said


def keep_later(said: list[tuple[Outcome, str, str]], *, by: Actor, at: datetime) -> None:
    """Write down how the outcomes stand six months after. Part of the act that asked."""
    for outcome, stands, words in said:
        _write(outcome, Phase.LATER.value, stands, words, by=by, at=at)
