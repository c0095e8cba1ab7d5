"""The plan with a family: goals, who does what by when, what came of it; agreed as it stands, and reviewed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, StepNotAllowed, acting_person, unchanged
from frontdoor.earlyhelp.models import Episode, Member
from frontdoor.earlyhelp.queries import finding
from frontdoor.familyhelp.actions.reviewing import begin_reviews
from frontdoor.familyhelp.actions.rows import Key, held
from frontdoor.familyhelp.models import (
    Goal,
    Meeting,
    Plan,
    PlanAction,
    PlanEdition,
    PlanLine,
    PlanWord,
)
from frontdoor.familyhelp.queries.plan import snapshot_of
from frontdoor.familyhelp.queries.team import told
from frontdoor.familyhelp.rules import planning as rules
from frontdoor.familyhelp.rules.planning import Doing, GoalState, Line, Said
from frontdoor.handovers.actions.slips import signature
from frontdoor.trail import actions as trail


def plan_of(episode: Episode, *, by: Actor) -> Plan | None:
    """The plan of a family, locked."""
    rows = Plan.objects.select_for_update(of=("self",), no_key=True).filter(episode=episode)
    return within(by, rows).first()


def _changed(plan: Plan, *columns: str, by: Actor) -> None:
    """It is not any more as it was agreed."""
    plan.changed = True
    plan.version += 1
    plan.save(update_fields=["changed", "version", *columns])


def line(plan: Plan, kind: Line, text: str, *, about: UUID | None = None, by: Actor, at: datetime) -> PlanLine:
    """Write one line of a plan's history."""
    return PlanLine.objects.create(
        authority_id=plan.authority_id, plan=plan, kind=kind.value, about=about, text=text, by_user=by.user_id,
        by_name=signature(by), at=at,
    )  # fmt: skip


def _begun(episode: Episode, *, by: Actor, at: datetime) -> Plan:
    found = plan_of(episode, by=by)
    return found or Plan.objects.create(authority_id=episode.authority_id, episode=episode, at=at)


def _member(episode: Episode, key: Key, *, by: Actor) -> Member | None:
    return next((each for each in finding.members(episode, by=by) if str(each.key) == str(key)), None) if key else None


@transaction.atomic
def add_goal(key: Key, *, words: str, member: Key = "", by: Actor, at: datetime) -> Goal:
    """Write down what the family wants to be different, in its own words; the first goal begins the plan.

    :param member: whose goal it is; empty where it is everybody's
    :raises NotFound: absent, or not a family of theirs
    :raises NotPermitted: `by` does not work on plans
    :raises InvalidInput: no words, or nobody of this family
    :raises StepNotAllowed: it has ended, or nobody agrees to help any more
    """
    episode = held(key, by=by, at=at)
    whose = _member(episode, member, by=by)
    wrong = {} if words.strip() else {"words": "Write what the family wants to be different"}
    if member and whose is None:
        wrong["member"] = "Choose somebody of this family"
    if wrong:
        raise InvalidInput(**wrong)
    plan = _begun(episode, by=by, at=at)
    row = Goal.objects.create(authority_id=plan.authority_id, plan=plan, member=whose, words=words.strip(), at=at)
    _changed(plan, by=by)
    line(plan, Line.GOAL, row.words, about=row.key, by=by, at=at)
    trail.record("familyhelp.add_goal", subject=episode, by=by, at=at, goal=row.key)
    return row


@transaction.atomic
def change_goal(
    key: Key, *, goal: Key, seen: int, words: str, state: str, why: str = "", by: Actor, at: datetime
) -> Goal:
    """Change a goal's words, or say that it is reached or not wanted any more; what stood before stays in the history.

    :raises NotFound: absent, or not a goal of this family
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no words, or no reason for dropping it
    :raises StepNotAllowed: it has ended, or nobody agrees to help any more
    """
    episode = held(key, by=by, at=at)
    row = within(by, Goal.objects.select_for_update(of=("self",)).filter(key=goal, plan__episode=episode)).first()
    if row is None:
        raise NotFound
    unchanged(seen, row.version)
    wrong = {} if words.strip() else {"words": "Write what the family wants to be different"}
    if state not in dict(rules.GOALS):
        wrong["state"] = "Choose how it stands"
    if state == GoalState.DROPPED and not why.strip():
        wrong["why"] = "Write why it is not wanted any more"
    if wrong:
        raise InvalidInput(**wrong)
    before = f"{row.words} ({row.get_state_display()})"
    row.words, row.state, row.why = words.strip(), state, why.strip()
    row.version += 1
    row.save(update_fields=["words", "state", "why", "version"])
    _changed(row.plan, by=by)
    line(row.plan, Line.GOAL, f"{row.words} ({row.get_state_display()}). Before: {before}. {row.why}".strip(),
         about=row.key, by=by, at=at)  # fmt: skip
    trail.record("familyhelp.change_goal", subject=episode, by=by, at=at, goal=row.key, state=state)
    return row


@transaction.atomic
def add_action(key: Key, *, given: Doing, meeting: Key = "", by: Actor, at: datetime) -> PlanAction:
    """Write down who does what by when.

    :param meeting: the meeting at which it was agreed, where it was at one
    :raises NotFound: absent, not a family of theirs, or no meeting of it
    :raises InvalidInput: something is missing, or nobody of this family and team
    :raises StepNotAllowed: it has ended, or nobody agrees to help any more
    """
    episode = held(key, by=by, at=at)
    plan = _begun(episode, by=by, at=at)
    written = _doing(plan, given, by=by, at=at)
    at_meeting = within(by, Meeting.objects.filter(key=meeting, episode=episode)).first() if meeting else None
    if meeting and at_meeting is None:
        raise NotFound
    row = PlanAction.objects.create(
        authority_id=plan.authority_id, plan=plan, meeting=at_meeting, what=given.what.strip(), due_on=given.due_on,
        at=at, **written,
    )  # fmt: skip
    _changed(plan, by=by)
    line(plan, Line.ACTION, f"{row.what} (by {row.due_on:%d.%m.%Y})", about=row.key, by=by, at=at)
    trail.record("familyhelp.add_action", subject=episode, by=by, at=at, doing=row.key)
    return row


def _doing(plan: Plan, given: Doing, *, by: Actor, at: datetime) -> dict[str, object]:
    """Whose it is and for which goal, as columns.

    :raises InvalidInput: something is missing, or it names nobody and nothing of this family
    """
    wrong, episode = rules.wrong_with_doing(given), plan.episode
    kind, _, key = given.owner.partition(":")
    member = _member(episode, key, by=by) if kind == "member" else None
    there = told(episode, by=by, at=at) if kind == "practitioner" else []
    practitioner = next((each for each in there if str(each.key) == key), None)
    if given.owner and member is None and practitioner is None:
        wrong["owner"] = "Choose somebody of this family or of its team"
    goals = within(by, Goal.objects.filter(plan=plan))
    goal = next((each for each in goals if str(each.key) == given.goal), None)
    if given.goal and goal is None:
        wrong["goal"] = "Choose a goal of this plan"
    if wrong:
        raise InvalidInput(**wrong)
    return {"member": member, "practitioner": practitioner, "agency": given.agency.strip(), "goal": goal}


def _action(key: Key, action: Key, *, seen: int, by: Actor, at: datetime) -> tuple[Episode, Plan, PlanAction]:
    episode = held(key, by=by, at=at)
    rows = PlanAction.objects.select_for_update(of=("self",)).filter(key=action, plan__episode=episode)
    row, plan = within(by, rows).first(), plan_of(episode, by=by)
    if row is None or plan is None:
        raise NotFound
    unchanged(seen, row.version)
    return episode, plan, row


@transaction.atomic
def change_action(key: Key, *, action: Key, seen: int, given: Doing, by: Actor, at: datetime) -> PlanAction:
    """Change an action that is not settled; what stood before stays in the history.

    :raises NotFound: absent, or not an action of this family
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: something is missing
    :raises StepNotAllowed: somebody has said what came of it, it has ended, or nobody agrees any more
    """
    episode, plan, row = _action(key, action, seen=seen, by=by, at=at)
    if row.outcome:
        raise StepNotAllowed("Somebody has said what came of this.", when=row.settled_at)
    written, before = _doing(plan, given, by=by, at=at), f"{row.what} (by {row.due_on:%d.%m.%Y})"
    for name, value in written.items():
        setattr(row, name, value)
    row.what, row.due_on = given.what.strip(), given.due_on
    row.version += 1
    row.save(update_fields=["what", "due_on", "version", *written])
    _changed(plan, by=by)
    line(plan, Line.ACTION, f"{row.what} (by {row.due_on:%d.%m.%Y}). Before: {before}", about=row.key, by=by, at=at)
    trail.record("familyhelp.change_action", subject=episode, by=by, at=at, doing=row.key)
    return row


@transaction.atomic
def settle_action(
    key: Key, *, action: Key, seen: int, outcome: str, why: str = "", by: Actor, at: datetime
) -> PlanAction:
    """Say what came of an action; a new word takes the place of the last, which stays in the history.

    The plan stands as it was agreed: what was done changes nothing of what was to be done.

    :raises NotFound: absent, or not an action of this family
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: nothing chosen, or no reason
    :raises StepNotAllowed: it has ended, or nobody agrees to help any more
    """
    episode, plan, row = _action(key, action, seen=seen, by=by, at=at)
    if wrong := rules.wrong_with_outcome(outcome, why):
        raise InvalidInput(**wrong)
    row.outcome, row.why, row.settled_at = outcome, why.strip(), at
    row.version += 1
    row.save(update_fields=["outcome", "why", "settled_at", "version"])
    line(plan, Line.OUTCOME, f"{row.what}: {row.get_outcome_display()}. {row.why}".strip(), about=row.key, by=by, at=at)
    trail.record("familyhelp.settle_action", subject=episode, by=by, at=at, doing=row.key, outcome=outcome)
    return row


@transaction.atomic
def agree(key: Key, *, seen: int, said: Sequence[Said], by: Actor, at: datetime) -> PlanEdition:
    """Keep the plan as it stands now as the one that was agreed, with what each person of the family says of it.

    The first time begins the clock of its reviews.

    :raises NotFound: absent, or not a family of theirs
    :raises Conflict: the plan has changed since `by` saw it
    :raises InvalidInput: somebody's word is missing, or nobody agrees
    :raises StepNotAllowed: there is no goal, nothing has changed, it has ended, or nobody agrees to help any more
    """
    episode = held(key, by=by, at=at)
    plan = plan_of(episode, by=by)
    if plan is None or not within(by, Goal.objects.filter(plan=plan)).exists():
        raise StepNotAllowed("There is no goal in this plan yet.")
    unchanged(seen, plan.version)
    if not plan.changed:
        raise StepNotAllowed("Nothing has changed since the plan was agreed.")
    people = {str(each.key): each for each in finding.members(episode, by=by)}
    if {each.member for each in said} != set(people):
        raise InvalidInput(agrees_0="Write down what each person of the family says")
    if wrong := rules.wrong_with_words(said):
        raise InvalidInput(**wrong)
    plan.edition, plan.changed = plan.edition + 1, False
    made = PlanEdition.objects.create(
        authority_id=plan.authority_id, plan=plan, number=plan.edition, said=snapshot_of(plan, by=by),
        by_user=acting_person(by), by_name=signature(by), at=at,
    )  # fmt: skip
    for each in said:
        _word(made, people[each.member], each, by=by, at=at)
    plan.version += 1
    plan.save(update_fields=["edition", "changed", "version"])
    line(plan, Line.AGREED, f"Edition {made.number}", about=made.key, by=by, at=at)
    begin_reviews(plan, by=by, at=at)
    trail.record("familyhelp.agree", subject=episode, by=by, at=at, edition=made.key)
    return made


def _word(edition: PlanEdition, member: Member, said: Said, *, by: Actor, at: datetime) -> PlanWord:
    return PlanWord.objects.create(
        authority_id=edition.authority_id, edition=edition, member=member, agrees=said.agrees,
        words=said.words.strip(), by_user=acting_person(by), by_name=signature(by), at=at,
    )  # fmt: skip


@transaction.atomic
def say(key: Key, *, member: Key, agrees: str, words: str = "", by: Actor, at: datetime) -> PlanWord:
    """Write down what one person says of the plan that stands agreed; the words before stay readable.

    :raises NotFound: absent, not a family of theirs, or nobody of it
    :raises InvalidInput: nothing chosen, or no words
    :raises StepNotAllowed: nothing is agreed yet, it has ended, or nobody agrees to help any more
    """
    episode = held(key, by=by, at=at)
    plan, whose = plan_of(episode, by=by), _member(episode, member, by=by)
    if whose is None:
        raise NotFound
    if plan is None or not plan.edition:
        raise StepNotAllowed("No plan was agreed yet.")
    given = Said(member=str(member), agrees=agrees, words=words)
    if wrong := rules.wrong_with_word(given):
        raise InvalidInput(**wrong)
    edition = within(by, PlanEdition.objects.filter(plan=plan, number=plan.edition)).get()
    row = _word(edition, whose, given, by=by, at=at)
    line(plan, Line.SAID, row.get_agrees_display(), about=row.key, by=by, at=at)
    trail.record("familyhelp.say", subject=episode, by=by, at=at, word=row.key, agrees=agrees)
    return row
