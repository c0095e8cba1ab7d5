"""Reviews of a plan with the family, on clocks that lists of the hub and of the lead practitioner show."""

from datetime import datetime

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, StepNotAllowed, acting_person
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.models import Ended
from frontdoor.clocks.rules import ClockKind
from frontdoor.earlyhelp.actions.rows import KIND
from frontdoor.earlyhelp.actions.rows import changed as episode_changed
from frontdoor.earlyhelp.models import Episode
from frontdoor.earlyhelp.queries import finding
from frontdoor.earlyhelp.rules.states import State, Step
from frontdoor.familyhelp.actions.rows import Key, held
from frontdoor.familyhelp.models import Plan, PlanLine, PlanReview, ReviewVoice
from frontdoor.familyhelp.queries.team import hears_of_clocks, plan_clocks
from frontdoor.familyhelp.rules import planning as rules
from frontdoor.handovers.actions.slips import signature
from frontdoor.shell.rules import london
from frontdoor.trail import actions as trail


def begin_reviews(plan: Plan, *, by: Actor, at: datetime) -> None:
    """Start the first clock, once: part of the act that agrees the plan."""
    reviewed = within(by, PlanReview.objects.filter(plan=plan)).exists()
    _start(plan, rules.NEXT_REVIEW if reviewed else rules.FIRST_REVIEW, by=by, at=at)


def _start(plan: Plan, kind: ClockKind, *, by: Actor, at: datetime) -> None:
    """Start a clock where none of a plan runs; whoever leads the family is told first, with an account."""
    episode = plan.episode
    if not plan_clocks(episode, by=by, at=at):
        clocks.start(
            kind, subject=(KIND, episode.key), team_id=episode.team_id, label=episode.reference,
            owner_id=hears_of_clocks(episode, by=by, at=at), by=by, at=at,
        )  # fmt: skip
    _kept(plan, by=by, at=at)


def _kept(plan: Plan, *, by: Actor, at: datetime) -> None:
    """When the plan is reviewed next stands with it, and the family's place in lists follows."""
    plan.review_at = next((row.reading.due_at for row in plan_clocks(plan.episode, by=by, at=at)), None)
    plan.save(update_fields=["review_at"])
    episode_changed(plan.episode, by=by, at=at)


def stepped(episode: Episode, step: Step, *, by: Actor, at: datetime) -> None:
    """A family whose help has ended, or that is looked at for risk first, is reviewed by nobody meanwhile.

    Taken on again, it is: the plan that was agreed stands, whatever happened between.
    """
    plan = within(by, Plan.objects.select_related("episode").filter(episode=episode)).first()
    if plan is None or not plan.edition:
        return
    if step is Step.TAKE_ON:
        reviewed = within(by, PlanReview.objects.filter(plan=plan)).exists()
        _clock_for(plan, episode, rules.NEXT_REVIEW if reviewed else rules.FIRST_REVIEW, by=by, at=at)
    elif State(episode.state) is not State.ALLOCATED:
        clocks.stop(*rules.CLOCKS, subject=(KIND, episode.key), by=by, at=at, ended=Ended.NOT_NEEDED)
        Plan.objects.filter(pk=plan.pk).update(review_at=None)


def _clock_for(plan: Plan, episode: Episode, kind: ClockKind, *, by: Actor, at: datetime) -> None:
    (made,) = clocks.start(
        kind, subject=(KIND, episode.key), team_id=episode.team_id, label=episode.reference,
        owner_id=hears_of_clocks(episode, by=by, at=at), by=by, at=at,
    )  # fmt: skip
    Plan.objects.filter(pk=plan.pk).update(review_at=made.due_at)


@transaction.atomic
def review(key: Key, *, given: rules.Reviewed, by: Actor, at: datetime) -> PlanReview:
    """Write down a review with the family: its clock ends, and the next one begins.

    What it finds ends nothing by itself: help is ended at the hub, and a worry goes back to the front door.

    :raises NotFound: absent, or not a family of theirs
    :raises NotPermitted: `by` does not work on plans
    :raises InvalidInput: a part is missing, or a child is not heard
    :raises StepNotAllowed: no plan was agreed, it has ended, or nobody agrees to help any more
    """
    episode = held(key, by=by, at=at)
    rows = Plan.objects.select_for_update(of=("self",)).select_related("episode").filter(episode=episode)
    plan = within(by, rows).first()
    if plan is None or not plan.edition:
        raise StepNotAllowed("No plan was agreed yet: there is nothing to review.")
    children = {str(each.key): each for each in finding.members(episode, by=by) if each.is_child}
    wrong = rules.wrong_with_review(given, today=london(at).date())
    if {each.member for each in given.heard} != set(children):
        wrong.setdefault("heard_0", "Write what each child says, or why it was not asked")
    if wrong:
        raise InvalidInput(**wrong)
    row = PlanReview.objects.create(
        authority_id=plan.authority_id, plan=plan, held_on=given.held_on, well=given.well.strip(),
        worries=given.worries.strip(), changes=given.changes.strip(), leads_to=given.leads_to, why=given.why.strip(),
        by_user=acting_person(by), by_name=signature(by), at=at,
    )  # fmt: skip
    for each in given.heard:
        ReviewVoice.objects.create(
            authority_id=plan.authority_id, review=row, member=children[each.member], words=each.words.strip(),
            unheard="" if each.words.strip() else each.unheard.strip(),
        )  # fmt: skip
    PlanLine.objects.create(
        authority_id=plan.authority_id, plan=plan, kind=rules.Line.REVIEWED.value, about=row.key,
        text=f"{row.get_leads_to_display()}. {row.why}", by_user=by.user_id, by_name=signature(by), at=at,
    )  # fmt: skip
    clocks.stop(*rules.CLOCKS, subject=(KIND, episode.key), by=by, at=at)
    _start(plan, rules.NEXT_REVIEW, by=by, at=at)
    trail.record("familyhelp.review", subject=episode, by=by, at=at, review=row.key, leads_to=row.leads_to)
    return row
