"""Plans and meetings as they stand in tests."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from frontdoor.familyhelp.rules.planning import Doing, Heard, Reviewed, Said
from tests.earlyhelp import helping
from tests.earlyhelp.helping import AT
from tests.familyhelp.helping import taken_on
from tests.worlds import World

if TYPE_CHECKING:
    from datetime import datetime

    from frontdoor.earlyhelp.models import Episode
    from frontdoor.familyhelp.models import Goal, Plan, PlanAction, PlanEdition, PlanReview

DAY = AT.date()
WORDS = "We want the mornings to be calm."


def goal(world: World, episode: "Episode", *, role: str = helping.OFFICER, **more: Any) -> "Goal":
    from frontdoor.familyhelp.actions.planning import add_goal

    with helping.acting(world, role=role) as by:
        return add_goal(episode.key, **{"words": WORDS, **more}, by=by, at=AT)


def doing(world: World, episode: "Episode", *, at: "datetime" = AT, **more: Any) -> "PlanAction":
    """Ada Fenn rings the school within a week."""
    from frontdoor.familyhelp.actions.planning import add_action
    from frontdoor.familyhelp.models import Practitioner

    with helping.acting(world, at=at) as by:
        lead = Practitioner.objects.get(episode=episode, leads=True, until=None)
        meeting = more.pop("meeting", "")
        usual = {"what": "Ring the school about breakfast", "owner": f"practitioner:{lead.key}"}
        given = Doing(**{**usual, "due_on": DAY + timedelta(days=7), **more})
        return add_action(episode.key, given=given, meeting=meeting, by=by, at=at)


def everybody(episode: "Episode", says: str = "yes", words: str = "") -> tuple[Said, ...]:
    """The same word of everybody in the family; inside `acting` alone."""
    from frontdoor.earlyhelp.models import Member

    rows = Member.objects.filter(episode=episode, same_as=None).order_by("position", "id")
    return tuple(Said(member=str(each.key), agrees=says, words=words) for each in rows)


def plan(world: World, episode: "Episode") -> "Plan":
    from frontdoor.familyhelp.models import Plan

    with helping.acting(world):
        return Plan.objects.get(episode=episode)


def agreed(world: World, episode: "Episode", *, at: "datetime" = AT) -> "PlanEdition":
    from frontdoor.familyhelp.actions.planning import agree

    seen = plan(world, episode).version
    with helping.acting(world, at=at) as by:
        return agree(episode.key, seen=seen, said=everybody(episode), by=by, at=at)


def with_plan(world: World, **more: Any) -> "Episode":
    """A family with a goal, an action, and an agreed plan."""
    episode = taken_on(world, **more)
    doing(world, episode, goal=str(goal(world, episode).key))
    agreed(world, episode)
    return episode


def reviewed(world: World, episode: "Episode", *, at: "datetime" = AT, **more: Any) -> "PlanReview":
    from frontdoor.familyhelp.actions.reviewing import review

    with helping.acting(world, at=at) as by:
        heard = (Heard(member=str(helping.child(episode).key), words="I am on time now."),)
        usual = {
            "held_on": at.date(), "well": "Mornings.", "worries": "Nothing.", "changes": "Nothing.",
            "leads_to": "on", "why": "It works.", "heard": heard,
        }  # fmt: skip
        return review(episode.key, given=Reviewed(**{**usual, **more}), by=by, at=at)
