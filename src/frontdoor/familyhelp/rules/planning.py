"""The plan with a family: goals in its own words, who does what by when, what each person says of it, and reviews."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from frontdoor.clocks.rules import ClockKind, Escalation, Unit
from frontdoor.clocks.rules import declare as declare_clock
from frontdoor.councils.rules import Kind, Setting, declare

GROUP = "Family help"
_LOCAL = "Local practice; no national figure"
_LONGEST_DAYS = 366

FIRST_DAYS = declare(
    Setting(
        "family_help.first_review_days", "A plan is reviewed with the family for the first time within", GROUP,
        Kind.NUMBER, 42, _LOCAL, unit="days", minimum=7, maximum=_LONGEST_DAYS,
    )
)  # fmt: skip
NEXT_DAYS = declare(
    Setting(
        "family_help.review_days", "After that it is reviewed again within", GROUP, Kind.NUMBER, 84, _LOCAL,
        unit="days", minimum=7, maximum=_LONGEST_DAYS,
    )
)  # fmt: skip
_NAMED = (Escalation.OWNER, Escalation.TEAM_MANAGER, Escalation.HEAD_OF_SERVICE)


def _kind(name: str, title: str, setting: Setting) -> ClockKind:
    return declare_clock(
        ClockKind(
            name=f"familyhelp.{name}", title=title, handoff="Plan with a family: from one review to the next",
            unit=Unit.ELAPSED_DAYS, setting=setting.name, source=_LOCAL, at_half=(), at_breach=_NAMED,
            at_stays=_NAMED,
        )
    )  # fmt: skip


FIRST_REVIEW = _kind("first_review", "The plan is reviewed for the first time", FIRST_DAYS)
NEXT_REVIEW = _kind("review", "The plan is reviewed again", NEXT_DAYS)
CLOCKS = (FIRST_REVIEW, NEXT_REVIEW)


class GoalState(StrEnum):
    """Where a goal stands."""

    OPEN = "open"
    REACHED = "reached"
    DROPPED = "dropped"


GOALS = [
    (GoalState.OPEN.value, "We work on it"),
    (GoalState.REACHED.value, "Reached"),
    (GoalState.DROPPED.value, "Not wanted any more"),
]
DONE, NOT_DONE, NOT_NEEDED = "done", "not_done", "not_needed"
OUTCOMES = [(DONE, "Done"), (NOT_DONE, "Not done"), (NOT_NEEDED, "No longer needed")]
YES, PARTLY, NO, NOT_ASKED = "yes", "partly", "no", "not_asked"
SAYS = [(YES, "Agrees"), (PARTLY, "Agrees with some of it"), (NO, "Does not agree"), (NOT_ASKED, "Was not asked")]
ON, DOWN, END, UP = "on", "down", "end", "up"
LEADS_TO = [
    (ON, "Help goes on"),
    (DOWN, "Less is needed: one agency can go on alone"),
    (END, "It may end: what the family wanted was reached"),
    (UP, "More is needed: a child may be at risk"),
]


class Line(StrEnum):
    """What the history of a plan tells."""

    GOAL = "goal"
    ACTION = "action"
    OUTCOME = "outcome"
    AGREED = "agreed"
    SAID = "said"
    REVIEWED = "reviewed"
    PRINTED = "printed"

    @property
    def words(self) -> str:
        return dict(LINES)[self.value]


LINES = [
    (Line.GOAL.value, "A goal was written or changed"),
    (Line.ACTION.value, "An action was written or changed"),
    (Line.OUTCOME.value, "What came of an action"),
    (Line.AGREED.value, "The plan was agreed as it stands"),
    (Line.SAID.value, "What somebody said of the plan"),
    (Line.REVIEWED.value, "The plan was reviewed"),
    (Line.PRINTED.value, "The plan was printed for somebody"),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """What somebody does, as it is written down.

    :param owner: `member:` or `practitioner:` with a key; empty where an agency does it, named in `agency`
    :param goal: the key of the goal it is for; empty where it is for none alone
    """

    what: str
    due_on: date
    owner: str = ""
    agency: str = ""
    goal: str = ""


def wrong_with_doing(given: Doing) -> dict[str, str]:
    """What an action still has to say, by field."""
    wrong = {} if given.what.strip() else {"what": "Write what is done"}
    if not given.owner and not given.agency.strip():
        wrong["owner"] = "Choose who does it, or write which agency"
    elif given.owner and given.agency.strip():
        wrong["agency"] = "One person or one agency does it: leave one of the two empty"
    return wrong


def wrong_with_outcome(outcome: str, why: str) -> dict[str, str]:
    """What the end of an action still has to say, by field."""
    wrong = {} if outcome in dict(OUTCOMES) else {"outcome": "Choose what came of it"}
    if outcome in (NOT_DONE, NOT_NEEDED) and not why.strip():
        wrong["why"] = "Write why"
    return wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one person says of a plan.

    :param words: their comment, or why they were not asked
    """

    member: str
    agrees: str
    words: str = ""


def wrong_with_word(said: Said) -> dict[str, str]:
    """What one person's word still has to say, by field."""
    if said.agrees not in dict(SAYS):
        return {"agrees": "Choose what they say"}
    if said.agrees != YES and not said.words.strip():
        return {"words": "Write why they were not asked" if said.agrees == NOT_ASKED else "Write what they say"}
    return {}


def wrong_with_words(said: Sequence[Said]) -> dict[str, str]:
    """What keeps a plan from being agreed, by field: somebody agrees, and whoever was not asked has a reason."""
    wrong = {
        f"{name}_{place}": words for place, each in enumerate(said) for name, words in wrong_with_word(each).items()
    }
    if not wrong and not any(each.agrees in (YES, PARTLY) for each in said):
        wrong["agrees_0"] = "Nobody of the family agrees: talk it over with them first"
    return wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One child's own words at a review, or why it was not asked."""

    member: str
    words: str = ""
    unheard: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A review, as it is written down.

    :param leads_to: a code of `LEADS_TO`
    """

    held_on: date
    well: str
    worries: str
    changes: str
    leads_to: str
    why: str
    heard: tuple[Heard, ...] = ()


def wrong_with_review(given: Reviewed, *, today: date) -> dict[str, str]:
    """What a review still has to say, by field."""
    asked = {
        "well": "Write what goes well", "worries": "Write what worries somebody, or that nothing does",
        "changes": "Write what changes in the plan, or that nothing does", "why": "Write why",
    }  # fmt: skip
    wrong = {name: words for name, words in asked.items() if not getattr(given, name).strip()}
    if given.held_on > today:
        wrong["held_on"] = "This day is in the future"
    if given.leads_to not in dict(LEADS_TO):
        wrong["leads_to"] = "Choose whether help goes on"
    for place, each in enumerate(given.heard):
        if not each.words.strip() and not each.unheard.strip():
            wrong[f"heard_{place}"] = "Write what this child says, or below why it was not asked"
    return wrong


SCHEMA = 1


def snapshot(
    *, goals: Sequence[Mapping[str, Any]], lead: str, team: Sequence[str], family: Sequence[str]
) -> dict[str, Any]:
    """A plan as it was agreed. Of the family it holds keys alone: names stand with the contact, and never here.

    :param goals: each with `words`, `whose`, `state`, `why` and `actions`; what is for no goal stands under empty words
    :param family: keys of its people
    """
    return {"schema": SCHEMA, "lead": lead, "team": list(team), "family": list(family), "goals": list(goals)}


def late(due_on: date, outcome: str, today: date) -> bool:
    """Whether an action's day has gone by and nobody has said what came of it."""
    return not outcome and due_on < today
