"""The page of a plan, and what is written on it: one small page each."""

from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import NotFound, Permission
from frontdoor.earlyhelp.models import Member
from frontdoor.earlyhelp.queries.finding import label_of
from frontdoor.familyhelp.actions import planning as actions
from frontdoor.familyhelp.actions import reviewing
from frontdoor.familyhelp.forms import planning as forms
from frontdoor.familyhelp.models import PlanAction
from frontdoor.familyhelp.pages import plan as pages
from frontdoor.familyhelp.pages.team import works
from frontdoor.familyhelp.queries import plan as queries
from frontdoor.familyhelp.queries.plan import Planned
from frontdoor.familyhelp.views.team import act
from frontdoor.shell.rules import london

READ, WORK = Permission.FAMILY_HELP_READ, Permission.FAMILY_HELP_WORK


def opened(request: Any, key: UUID) -> Planned:
    """A family with its plan, for whoever is about to write."""
    return queries.open_plan(key, permission=WORK, by=request.actor, at=request.at)


def _back(request: Any, key: UUID) -> str:
    return reverse("familyhelp:plan", args=[request.council.slug, key])


def named(members: Iterable[Member]) -> list[tuple[str, str]]:
    """People of a family as choices."""
    return [(str(each.key), label_of(each.named)) for each in members]


@address(Kind.COUNCIL, READ)
@require_safe
def plan(request: Any, key: UUID) -> HttpResponse:
    """The plan with a family."""
    found = queries.open_plan(key, by=request.actor, at=request.at)
    page = pages.plan_page(found, request.council.slug, by=request.actor)
    return render(request, "familyhelp/plan.html", {"page": page, "pages": pages})


@address(Kind.COUNCIL, READ)
@require_safe
def edition(request: Any, key: UUID, number: int) -> HttpResponse:
    """The plan as it was agreed once."""
    found, row = queries.edition(key, number, by=request.actor, at=request.at)
    page = pages.edition_page(found, row, queries.words_on(row, by=request.actor))
    acts = works(found.family, by=request.actor) and found.family.agrees()
    prints = reverse("familyhelp:print-for", args=[request.council.slug, key, number]) if acts else ""
    return render(request, "familyhelp/plan_edition.html", {"page": page, "found": found, "prints": prints})


@address(Kind.COUNCIL, WORK)
def goal(request: Any, key: UUID) -> HttpResponse:
    """Write a goal."""
    found = opened(request, key)
    form = forms.GoalForm(request.POST or None, people=named(found.family.members))
    title = "What the family wants to be different"
    return act(request, found.family, form, actions.add_goal, title=title, press="Save", back=_back(request, key))


@address(Kind.COUNCIL, WORK)
def change_goal(request: Any, key: UUID, goal: UUID) -> HttpResponse:
    """Change a goal, or say how it stands."""
    found = opened(request, key)
    row = next((each for each in found.goals if each.key == goal), None)
    if row is None:
        raise NotFound
    start = {"seen": row.version, "words": row.words, "state": row.state, "why": row.why}
    form = forms.ChangeGoalForm(request.POST or None, initial=start)
    do = partial(_named, actions.change_goal, "goal", goal)
    return act(request, found.family, form, do, title="Change a goal", press="Save", back=_back(request, key))


def _named(do: Any, name: str, which: UUID, key: UUID, **typed: Any) -> object:
    return do(key, **{name: which}, **typed)


def owners(found: Planned) -> list[tuple[str, str]]:
    """Who may do something: the family first, then the team."""
    family = [(f"member:{key}", name) for key, name in named(found.family.members)]
    return family + [(f"practitioner:{each.key}", f"{each.name}, {each.agency}") for each in found.family.told]


def goals(found: Planned) -> list[tuple[str, str]]:
    """The goals of a plan as choices."""
    return [(str(each.key), each.words[:120]) for each in found.goals]


@address(Kind.COUNCIL, WORK)
def doing(request: Any, key: UUID) -> HttpResponse:
    """Write who does what by when."""
    found = opened(request, key)
    form = forms.DoingForm(request.POST or None, owners=owners(found), goals=goals(found))
    title = "Who does what by when"
    return act(request, found.family, form, actions.add_action, title=title, press="Save", back=_back(request, key))


def _action(found: Planned, action: UUID) -> PlanAction:
    row = next((each for each in found.actions if each.key == action), None)
    if row is None:
        raise NotFound
    return row


@address(Kind.COUNCIL, WORK)
def change_doing(request: Any, key: UUID, action: UUID) -> HttpResponse:
    """Change what is done, by whom or by when."""
    found = opened(request, key)
    row = _action(found, action)
    owner = f"member:{row.member.key}" if row.member else ""
    owner = f"practitioner:{row.practitioner.key}" if row.practitioner else owner
    start = {
        "seen": row.version, "what": row.what, "due_on": row.due_on, "owner": owner, "agency": row.agency,
        "goal": str(row.goal.key) if row.goal else "",
    }  # fmt: skip
    form = forms.ChangeDoingForm(request.POST or None, initial=start, owners=owners(found), goals=goals(found))
    do = partial(_named, actions.change_action, "action", action)
    over = "Somebody has said what came of this." if row.outcome else ""
    return act(
        request, found.family, form, do, title="Change an action", press="Save", back=_back(request, key), over=over
    )


@address(Kind.COUNCIL, WORK)
def outcome(request: Any, key: UUID, action: UUID) -> HttpResponse:
    """Say what came of an action."""
    found = opened(request, key)
    row = _action(found, action)
    form = forms.OutcomeForm(request.POST or None, initial={"seen": row.version, "outcome": row.outcome})
    do = partial(_named, actions.settle_action, "action", action)
    beside = (("What", row.what), ("Who", queries.owner_of(row)), ("By", f"{row.due_on:%d.%m.%Y}"))
    title = "What came of it"
    return act(request, found.family, form, do, title=title, press="Save", beside=beside, back=_back(request, key))


@address(Kind.COUNCIL, WORK)
def agree(request: Any, key: UUID) -> HttpResponse:
    """The family agrees the plan as it stands."""
    found = opened(request, key)
    start = {"seen": found.plan.version if found.plan else 0}
    form = forms.AgreeForm(request.POST or None, initial=start, people=named(found.family.members))
    over = "" if found.goals else "There is no goal in this plan yet."
    if found.plan and not found.plan.changed:
        over = "Nothing has changed since the plan was agreed."
    intro = (
        "The plan is kept as it stands now, to be read and printed. What changes later makes the next edition. Talk it "
        "over with each person, the children too."
    )
    title = "The family agrees the plan"
    return act(
        request, found.family, form, actions.agree, title=title, press="Keep it as agreed", intro=intro, over=over,
        back=_back(request, key),
    )  # fmt: skip


@address(Kind.COUNCIL, WORK)
def say(request: Any, key: UUID, member: UUID) -> HttpResponse:
    """Write down what one person says of the plan now."""
    found = opened(request, key)
    whose = next((each for each in found.family.members if each.key == member), None)
    if whose is None:
        raise NotFound
    form = forms.SayForm(request.POST or None)
    over = "" if found.editions else "No plan was agreed yet."
    do = partial(_named, actions.say, "member", member)
    title = f"What {label_of(whose.named)} says of the plan"
    return act(request, found.family, form, do, title=title, press="Save", over=over, back=_back(request, key))


@address(Kind.COUNCIL, WORK)
def review(request: Any, key: UUID) -> HttpResponse:
    """Write down a review with the family."""
    found = opened(request, key)
    start = {"held_on": london(request.at).date()}
    form = forms.ReviewForm(request.POST or None, initial=start, children=named(found.family.children))
    over = "" if found.editions else "No plan was agreed yet: there is nothing to review."
    intro = (
        "If a child may be at risk, do not wait for this: send the family back to the front door now. What is found "
        "here ends nothing by itself."
    )
    return act(
        request, found.family, form, reviewing.review, title="A review with the family", press="Save", intro=intro,
        over=over, back=_back(request, key),
    )  # fmt: skip
