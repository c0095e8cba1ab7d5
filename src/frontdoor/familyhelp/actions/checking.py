"""Asking a family how it goes, 3 and 6 months after a step-down or an end; not reached leads to trying again."""

from datetime import datetime
from uuid import UUID

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
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.models import Ended
from frontdoor.earlyhelp.models import Episode
from frontdoor.earlyhelp.rules.states import Ending
from frontdoor.earlyhelp.rules.states import Step as EpisodeStep
from frontdoor.familyhelp.actions.outcomes import keep_later, sustained
from frontdoor.familyhelp.models import Asking, Check
from frontdoor.familyhelp.queries.standing import CHECK
from frontdoor.familyhelp.queries.team import reached
from frontdoor.familyhelp.rules import checking
from frontdoor.familyhelp.rules.checking import CLOCKS, DUE
from frontdoor.handovers.actions.slips import signature
from frontdoor.trail import actions as trail

Key = UUID | str


def promise(episode: Episode, origin: str, *, since: datetime, by: Actor, at: datetime) -> list[Check]:
    """Promise to ask a family twice how it goes, each time with its clock. Part of the act that it follows.

    :param origin: a code of `checking.ORIGINS`
    :param since: from when the time counts
    """
    made = []
    for which, clock in CLOCKS.items():
        row = Check.objects.create(
            authority_id=episode.authority_id, episode=episode, origin=origin, which=which.value, since=since
        )
        clocks.start(
            clock, subject=(CHECK, row.key), team_id=episode.team_id, owner_id=None, label=episode.reference, by=by,
            at=since,
        )  # fmt: skip
        made.append(row)
    return made


def hear(episode: Episode, step: EpisodeStep, *, by: Actor, at: datetime) -> None:
    """A step of a family's help: after an end with what it wanted it is asked; opened again, nobody asks meanwhile."""
    if step is EpisodeStep.CLOSE and episode.ending == Ending.OUTCOMES_MET:
        promise(episode, checking.ENDED, since=at, by=by, at=at)
    elif step is EpisodeStep.REOPEN:
        _call_off(episode, by=by, at=at)


def _call_off(episode: Episode, *, by: Actor, at: datetime) -> None:
    rows = Check.objects.select_for_update(of=("self",), no_key=True).filter(
        episode=episode, origin=checking.ENDED, state=DUE
    )
    for row in within(by, rows):
        clocks.stop(subject=(CHECK, row.key), by=by, at=at, ended=Ended.NOT_NEEDED)
        row.state, row.version = checking.NOT_NEEDED, row.version + 1
        row.save(update_fields=["state", "version"])


@transaction.atomic
def record_asking(key: Key, *, seen: int, given: checking.Asked, by: Actor, at: datetime) -> Asking:
    """Write down what came of asking: how it goes, or that nobody was reached and it is tried again.

    :raises NotFound: absent, another council's, restricted, or not a family of theirs
    :raises NotPermitted: the permission is missing
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: a part is missing
    :raises StepNotAllowed: it was asked already, or is not needed any more
    """
    row = within(by, Check.objects.select_for_update(of=("self",), no_key=True).filter(key=key)).first()
    if row is None:
        raise NotFound
    episode = reached(row.episode.key, Permission.FAMILY_HELP_WORK, by=by, at=at)
    unchanged(seen, row.version, {"state": row.get_state_display()})
    if row.state != DUE:
        raise StepNotAllowed(f"{row.get_state_display()}.")
    if wrong := checking.wrong_with(given):
        raise InvalidInput(**wrong)
    later = sustained(row, given, by=by)
    made = Asking.objects.create(
        authority_id=row.authority_id, check_of=row, reached=given.reached, kept=given.kept if given.reached else "",
        who=given.who.strip() if given.reached else "", heard=given.heard.strip(),
        unheard="" if given.heard.strip() else given.unheard.strip(), words=given.words.strip(),
        by_user=acting_person(by), by_name=signature(by), at=at,
    )  # fmt: skip
    if given.reached:
        clocks.stop(subject=(CHECK, row.key), by=by, at=at)
        row.state = checking.DONE
        keep_later(later, by=by, at=at)
    else:
        _again(row, episode, by=by, at=at)
    row.version += 1
    row.save(update_fields=["state", "version"])
    trail.record(
        "familyhelp.record_asking", subject=episode, by=by, at=at, check=row.key, reached=given.reached, kept=made.kept
    )
    return made


def _again(row: Check, episode: Episode, *, by: Actor, at: datetime) -> None:
    """Nobody was reached: the promise stands with its clock, and a shorter one says when somebody tries again."""
    clocks.stop(checking.AGAIN, subject=(CHECK, row.key), by=by, at=at)
    clocks.start(
        checking.AGAIN, subject=(CHECK, row.key), team_id=episode.team_id, owner_id=None, label=episode.reference,
        by=by, at=at,
    )  # fmt: skip
