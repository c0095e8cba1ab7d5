"""A family's plan whole: what stands, what was agreed, what each person said, reviews, meetings and history."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission
from frontdoor.earlyhelp.queries import finding
from frontdoor.earlyhelp.queries.finding import label_of
from frontdoor.familyhelp.models import (
    Goal,
    Meeting,
    Plan,
    PlanAction,
    PlanEdition,
    PlanLine,
    PlanReview,
    PlanWord,
    Practitioner,
    ReviewVoice,
)
from frontdoor.familyhelp.queries.families import Family, open_family
from frontdoor.familyhelp.rules import planning as rules


@dataclass(frozen=True, slots=True)
class Planned:
    """A family with its plan.

    :param plan: None where no goal was written yet
    :param words: the newest word of each person on the edition that stands, by their number
    :param voices: what each child said, by the number of the review
    """

    family: Family
    plan: Plan | None
    goals: tuple[Goal, ...]
    actions: tuple[PlanAction, ...]
    editions: tuple[PlanEdition, ...]
    words: dict[int, PlanWord]
    reviews: tuple[PlanReview, ...]
    voices: dict[int, list[ReviewVoice]]
    lines: tuple[PlanLine, ...]
    meetings: tuple[Meeting, ...]

    def owner(self, action: PlanAction) -> str:
        """Who does it, in words."""
        return owner_of(action)


def owner_of(action: PlanAction) -> str:
    """Who does an action, in words."""
    if action.member is not None:
        return label_of(action.member.named)
    if action.practitioner is not None:
        return f"{action.practitioner.name}, {action.practitioner.agency}"
    return action.agency


def open_plan(
    key: UUID | str, *, permission: Permission = Permission.FAMILY_HELP_READ, by: Actor, at: datetime
) -> Planned:
    """Open a family with its plan; the opening is recorded.

    :raises NotFound: absent, another council's, restricted, or not a family of theirs
    :raises NotPermitted: the permission is missing
    """
    family = open_family(key, permission=permission, by=by, at=at)
    meetings = tuple(within(by, Meeting.objects.filter(episode=family.episode)).order_by("-starts_at", "-id"))
    plan = within(by, Plan.objects.filter(episode=family.episode)).first()
    if plan is None:
        return Planned(family, None, (), (), (), {}, (), {}, (), meetings)
    editions = tuple(within(by, PlanEdition.objects.filter(plan=plan)).order_by("-number"))
    said = within(by, PlanWord.objects.filter(edition__in=editions[:1])).order_by("id")
    reviews = tuple(within(by, PlanReview.objects.filter(plan=plan)).order_by("-id"))
    voices: dict[int, list[ReviewVoice]] = {}
    heard = ReviewVoice.objects.select_related("member__named").filter(review__in=reviews)
    for each in within(by, heard).order_by("id"):
        voices.setdefault(each.review_id, []).append(each)
    return Planned(
        family, plan, tuple(goals_of(plan, by=by)), tuple(actions_of(plan, by=by)), editions,
        {each.member_id: each for each in said}, reviews, voices,
        tuple(within(by, PlanLine.objects.filter(plan=plan)).order_by("-at", "-id")), meetings,
    )  # fmt: skip


def goals_of(plan: Plan, *, by: Actor) -> list[Goal]:
    """The goals in the order in which they were written, those that are worked on first."""
    rows = list(within(by, Goal.objects.select_related("member__named").filter(plan=plan)).order_by("id"))
    return sorted(rows, key=lambda each: each.state != rules.GoalState.OPEN)


def actions_of(plan: Plan, *, by: Actor) -> list[PlanAction]:
    """The actions by their day."""
    rows = PlanAction.objects.select_related("member__named", "practitioner").filter(plan=plan)
    return list(within(by, rows).order_by("due_on", "id"))


def edition(key: UUID | str, number: int, *, by: Actor, at: datetime) -> tuple[Planned, PlanEdition]:
    """One edition, with the family whose plan it is; the opening is recorded.

    :raises NotFound: absent, another council's, or not a family of theirs
    """
    found = open_plan(key, by=by, at=at)
    row = next((each for each in found.editions if each.number == number), None)
    if row is None:
        raise NotFound
    return found, row


def words_on(row: PlanEdition, *, by: Actor) -> list[PlanWord]:
    """Everything that was said of an edition, in the order in which it was written down."""
    return list(within(by, PlanWord.objects.select_related("member__named").filter(edition=row)).order_by("id"))


def snapshot_of(plan: Plan, *, by: Actor) -> dict[str, Any]:
    """A plan as it stands now, to be kept (`rules.snapshot`). Part of the act that agrees it."""
    goals, actions = goals_of(plan, by=by), actions_of(plan, by=by)
    team = list(within(by, Practitioner.objects.filter(episode=plan.episode, until=None)).order_by("-leads", "id"))
    told = [
        {
            "words": goal.words, "whose": str(goal.member.key) if goal.member else "", "state": goal.state,
            "why": goal.why, "actions": [_told(each) for each in actions if each.goal_id == goal.pk],
        }
        for goal in goals
    ]  # fmt: skip
    if loose := [_told(each) for each in actions if each.goal_id is None]:
        told.append({"words": "", "whose": "", "state": "open", "why": "", "actions": loose})
    return rules.snapshot(
        goals=told, lead=next((each.name for each in team if each.leads), ""),
        team=[f"{each.name}, {each.agency}" for each in team],
        family=[str(each.key) for each in finding.members(plan.episode, by=by)],
    )  # fmt: skip


def _told(action: PlanAction) -> dict[str, str]:
    who = "" if action.member else owner_of(action)
    return {
        "what": action.what, "member": str(action.member.key) if action.member else "", "who": who,
        "by": action.due_on.isoformat(), "outcome": action.outcome, "why": action.why,
    }  # fmt: skip
