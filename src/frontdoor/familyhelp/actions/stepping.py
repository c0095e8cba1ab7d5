"""Stepping down: a meeting and a plan, a slip to the hub, and what follows when the hub has answered."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    InvalidInput,
    Permission,
    StepNotAllowed,
    acting_council,
    acting_person,
    require,
)
from frontdoor.clocks.rules import london_date
from frontdoor.earlyhelp.actions.opening import open_from_slip, whose
from frontdoor.earlyhelp.models import Episode
from frontdoor.earlyhelp.queries.finding import HERE
from frontdoor.familyhelp.actions.checking import promise
from frontdoor.familyhelp.actions.standing import into
from frontdoor.familyhelp.models import StepDown
from frontdoor.familyhelp.queries.standing import why_not_down
from frontdoor.familyhelp.rules import checking
from frontdoor.familyhelp.rules.standing import SUBJECT, Status, Step, SteppedDown, after, step_of_slip, wrong_with
from frontdoor.handovers import actions as handovers
from frontdoor.handovers import queries as handover_queries
from frontdoor.handovers.actions.slips import signature
from frontdoor.handovers.queries import Slip
from frontdoor.handovers.rules import State as SlipState
from frontdoor.referrals.actions.rows import Key, changed, taken
from frontdoor.shell.rules import day
from frontdoor.trail import actions as trail


@transaction.atomic
def step_down(key: Key, *, seen: int, given: SteppedDown, by: Actor, at: datetime) -> StepDown:
    """Send a family to the early help hub with the plan that was agreed. The referral stays open until it is accepted.

    :raises NotFound: absent, another council's, or restricted to a team that is not the actor's
    :raises NotPermitted: `by` does not work on referrals, or hands nothing over
    :raises Conflict: the referral has changed since `by` saw it
    :raises InvalidInput: something of the meeting or the plan is missing
    :raises StepNotAllowed: it is settled, not accepted yet, restricted, or a step-down is on its way
    """
    referral = taken(key, seen=seen, by=by)
    if over := why_not_down(referral, by=by):
        raise StepNotAllowed(over)
    if wrong := wrong_with(given, today=london_date(at)):
        raise InvalidInput(**wrong)
    row = StepDown.objects.create(
        authority_id=referral.authority_id, referral=referral, came_from=given.came_from, held_on=given.held_on,
        there=given.there.strip(), family_there=given.family_there,
        family_why="" if given.family_there else given.family_why.strip(), plan=given.plan.strip(),
        heard=given.heard.strip(), unheard="" if given.heard.strip() else given.unheard.strip(),
        lead_name=given.lead_name.strip(), lead_agency=given.lead_agency.strip(),
        by_user=acting_person(by), by_name=signature(by), at=at,
    )  # fmt: skip
    slip = handovers.send(
        (SUBJECT, row.key), to="early_help", from_team_id=referral.team_id, received_at=referral.received_at,
        summary=f"A step-down from {Status(row.came_from).words.lower()}", why=_why(row), by=by, at=at,
    )  # fmt: skip
    row.slip = slip.key
    row.save(update_fields=["slip"])
    changed(referral, by=by, at=at)
    trail.record("familyhelp.step_down", subject=referral, by=by, at=at, step_down=row.key, slip=slip.key)
    return row


def _why(row: StepDown) -> str:
    lines = [
        f"Agreed at a meeting on {day(row.held_on)}. There: {row.there}",
        "" if row.family_there else f"Nobody of the family was there: {row.family_why}",
        f"From now on {row.lead_name}, {row.lead_agency}, leads.", f"The plan: {row.plan}",
        f"What the children say: {row.heard}" if row.heard else f"No child was asked: {row.unheard}",
    ]  # fmt: skip
    return "\n\n".join(filter(None, lines))


@transaction.atomic
def follow(handover: UUID | str, *, by: Actor, at: datetime) -> StepDown | None:
    """Let a step-down follow its slip as it stands: once accepted, the family's help goes on in early help.

    Twice does it once.

    :returns: the step-down; None where the slip is about none
    :raises NotFound: the council has no such slip
    :raises NotPermitted: `by` does not keep early help
    """
    require(by, Permission.EARLY_HELP_KEEP, authority=acting_council(by))
    slip = handover_queries.slip(handover, by=by)
    rows = StepDown.objects.select_for_update(of=("self",), no_key=True).select_related("referral")
    row = within(by, rows.filter(slip=slip.key)).first()
    if row is None:
        return None
    # What was sent elsewhere in the end is taken back here.
    stands = slip.state if slip.destination == HERE else SlipState.WITHDRAWN
    step = step_of_slip(row.state, stands)
    if step is None:
        return row
    row.state = after(row.state, step).value
    row.said = _last_words(slip, by=by)
    if step in (Step.ACCEPT, Step.WITHDRAW):
        row.settled_at = slip.answered_at or at
    episode = open_from_slip(slip.key, by=by, at=at) if step is Step.ACCEPT else None
    row.episode = episode
    row.save(update_fields=["state", "said", "settled_at", "episode"])
    if episode is not None:
        _received(row, episode, slip, by=by, at=at)
    trail.record(f"familyhelp.step_down_{row.state}", subject=row.referral, by=by, at=at, step_down=row.key)
    return row


def _last_words(slip: Slip, *, by: Actor) -> str:
    """What the hub said last, as the giver reads it."""
    slips = handover_queries.slips_of(SUBJECT, [slip.subject_key], by=by).get(slip.subject_key, [])
    return slips[-1].said if slips else ""


def _received(row: StepDown, episode: Episode, slip: Slip, *, by: Actor, at: datetime) -> None:
    """Early help has it: its status, and when somebody asks. Who leads is said when the hub has placed the family."""
    since = row.settled_at or at
    into(
        episode, Status.EARLY_HELP, f"Stepped down. {row.plan}", since=since, referral=row.referral, by=by, at=at,
        said_by=whose(slip, by=by),
    )  # fmt: skip
    promise(episode, checking.STEP_DOWN, since=since, by=by, at=at)
