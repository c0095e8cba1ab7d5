"""In which status a family is helped: changed by a person, or because a referral was accepted under one plan."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, Permission, StepNotAllowed, acting_council, require, unchanged
from frontdoor.earlyhelp.actions.rows import Key, turn
from frontdoor.earlyhelp.actions.rows import changed as episode_changed
from frontdoor.earlyhelp.models import Episode, StepUp
from frontdoor.earlyhelp.rules.states import Line
from frontdoor.earlyhelp.rules.states import State as EpisodeState
from frontdoor.familyhelp.models import Standing
from frontdoor.familyhelp.queries import standing as queries
from frontdoor.familyhelp.queries.team import reached
from frontdoor.familyhelp.rules.standing import STATUSES, Status
from frontdoor.handovers.actions.slips import signature
from frontdoor.referrals.actions import follow as follow_referral
from frontdoor.referrals.models import Arrival, Referral
from frontdoor.trail import actions as trail


def into(
    episode: Episode, status: Status, why: str, *, since: datetime, by: Actor, at: datetime,
    referral: Referral | None = None, said_by: tuple[int | None, str] | None = None,
) -> Standing | None:  # fmt: skip
    """Write that a family is helped in another status from a time on; nothing where it has that status already.

    Part of the act that changes it. Plan, team and lead worker stay as they are.

    :param said_by: who did it, by number and name, where a job writes what somebody has done
    """
    if queries.status_of(episode, by=by) is status:
        return None
    said = said_by or (by.user_id, signature(by))
    return _write(episode, status, why, since=since, referral=referral, said_by=said, by=by, at=at)


def _write(
    episode: Episode, status: Status, why: str, *, since: datetime, referral: Referral | None,
    said_by: tuple[int | None, str], by: Actor, at: datetime,
) -> Standing:  # fmt: skip
    made = Standing.objects.create(
        authority_id=episode.authority_id, episode=episode, status=status.value, since=since, why=why.strip(),
        referral=referral, by_user=said_by[0], by_name=said_by[1],
    )  # fmt: skip
    turn(episode, Line.NOTE, f"Status: {status.words}", by=by, at=at, said_by=said_by)
    return made


@transaction.atomic
def change_status(key: Key, *, seen: int, status: str, why: str, by: Actor, at: datetime) -> Standing:
    """Change the status in which a family is helped; the same plan and lead worker go on.

    A registered social worker does it: whether a child is in need or is to be protected is hers to say (Children Act
    1989, sections 17 and 47).

    :param seen: the version of the family's help that `by` saw
    :raises NotFound: absent, another council's, restricted, or not a family of theirs
    :raises NotPermitted: the permission is missing
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no such status, the one it has already, or no reason
    :raises StepNotAllowed: it has ended, this council has no one plan across statuses, or `by` is no social worker
    """
    episode = reached(key, Permission.FAMILY_HELP_STATUS, by=by, at=at, lock=True)
    unchanged(seen, episode.version, {"state": EpisodeState(episode.state).words})
    if over := why_not_changed(episode, by=by, at=at):
        raise StepNotAllowed(over)
    wrong = {}
    if status not in dict(STATUSES):
        wrong["status"] = "Choose a status"
    elif queries.status_of(episode, by=by) == status:
        wrong["status"] = "The family has this status already"
    if not why.strip():
        wrong["why"] = "Write why, in words that the family would recognise"
    if wrong:
        raise InvalidInput(**wrong)
    said = (by.user_id, signature(by))
    made = _write(episode, Status(status), why, since=at, referral=None, said_by=said, by=by, at=at)
    episode_changed(episode, by=by, at=at)
    trail.record("familyhelp.change_status", subject=episode, by=by, at=at, status=status)
    return made


def why_not_changed(episode: Episode, *, by: Actor, at: datetime) -> str:
    """Why nobody changes a family's status; empty where somebody may."""
    if episode.settled_at is not None:
        return "This help has ended."
    if not queries.one_plan(by=by, at=at):
        return "In this council help does not go on across statuses: early help ends when a referral is taken on."
    if not by.qualified:
        return "A registered social worker says in which status a family is helped. Ask the social worker of its team."
    return ""


@transaction.atomic
def taken_up(handover: UUID | str, *, by: Actor, at: datetime) -> list[Standing]:
    """An assessment team accepted what came of a family that early help had sent back: under one plan its help goes on.

    Where the council has not decided for one plan nothing follows here: somebody of the hub ends early help.

    :raises NotFound: the council has no such slip
    :raises NotPermitted: `by` does not keep early help
    """
    require(by, Permission.EARLY_HELP_KEEP, authority=acting_council(by))
    if not queries.one_plan(by=by, at=at):
        return []
    follow_referral(handover, by=by, at=at)
    arrival = within(by, Arrival.objects.select_related("referral").filter(slip=UUID(str(handover)))).first()
    if arrival is None or arrival.contact_id is None or arrival.referral.accepted_at is None:
        return []
    ups = within(by, StepUp.objects.filter(contact_id=arrival.contact_id)).values("episode_id")
    rows = Episode.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ups, settled_at=None)
    status = Status.SECTION47 if arrival.referral.section47 else Status.SECTION17
    made = []
    for episode in within(by, rows).order_by("id"):
        why = "An assessment team has taken on what early help sent back. The same plan and lead worker go on."
        row = into(
            episode, status, why, since=arrival.referral.accepted_at, referral=arrival.referral, by=by, at=at
        )  # fmt: skip
        if row is not None:
            episode_changed(episode, by=by, at=at)
            trail.record("familyhelp.taken_up", subject=episode, by=by, at=at, status=status.value)
            made.append(row)
    return made
