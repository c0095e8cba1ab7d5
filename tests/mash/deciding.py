"""An enquiry that is analysed, recommended on and decided in tests, up to the slips that leave for other teams."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from frontdoor.contacts.rules.decisions import Action
from frontdoor.mash.rules.deciding import Analysed, Decided, Meant, Recommended
from tests.mash.enquiring import AT, children, minutes, rated, stands
from tests.worlds import World

if TYPE_CHECKING:  # the models can be imported only when Django stands
    from frontdoor.mash.models import Analysis, Decision, Enquiry, Recommendation

WORDS = "He shouts and then we go to nan's."
ANALYSED = Analysed(
    known="School saw a mark on Monday; the police were called twice in May.", history="Two contacts in 2025.",
    strengths="The grandmother is there every day.", not_known="What health knows of the injury.",
    change_mind="An explanation that a doctor finds likely.",
)  # fmt: skip
ASSESS = Recommended(
    outcome="referral_assessment", level="3", rationale="The mark has no explanation.",
    why_not_more="Nobody says that it was done to the child.", why_not_less="Help alone would not find out.",
    contingency="If there is another mark, then a strategy discussion the same day.",
)  # fmt: skip
SIGNED = Decided(
    outcome="referral_assessment", risk_seen="It may happen again tonight.", direction="See the child today.",
    actions=(Action("See the child alone at school", "The receiving team", AT + timedelta(days=1)),),
)  # fmt: skip
NOTHING = replace(ASSESS, outcome="nfa", detail="Everything was explained.", level="1")
SIGNED_NOTHING = replace(SIGNED, outcome="nfa", detail="Everything was explained.")


def of_all(those: list[Any], **more: Any) -> Analysed:
    """An analysis that says something of each child."""
    meant = tuple(
        Meant(child=str(child.key), means="Afraid on Sunday evenings.", voice=WORDS, voice_on=date(2026, 4, 1))
        for child in those
    )
    return replace(ANALYSED, children=meant, **more)


def analysed(
    world: World, enquiry: "Enquiry", *, at: datetime = AT, role: str = "social_worker", **more: Any
) -> "Analysis":
    """The next version of the analysis."""
    from frontdoor.mash.actions.deciding.analysing import analyse

    with world.acting(role, at=at) as by:
        now = stands(enquiry)
        return analyse(enquiry.key, seen=now.version, given=of_all(children(now), **more), by=by, at=at)


def recommended(
    world: World, child: Any, given: Recommended = ASSESS, *, at: datetime = AT, second: bool = False
) -> "Recommendation":
    """What the social worker recommends for one child."""
    from frontdoor.mash.actions.deciding.recommending import recommend

    with world.acting("social_worker", at=at, second=second) as by:
        return recommend(child.key, seen=stands(child.enquiry).version, given=given, by=by, at=at)


def decided(
    world: World,
    child: Any,
    given: Decided = SIGNED,
    *,
    at: datetime = AT,
    role: str = "team_manager",
    second: bool = False,
    without: Mapping[str, str] | None = None,
) -> "Decision":
    """What a manager decides for one child."""
    from frontdoor.mash.actions.deciding.signing import decide

    with world.acting(role, at=at, second=second) as by:
        seen = stands(child.enquiry).version
        return decide(child.key, seen=seen, given=given, without=without, by=by, at=at)


def waiting(world: World, given: Recommended = ASSESS, *, rating: str = "amber", **more: Any) -> "Enquiry":
    """An enquiry that waits for a manager, for every child."""
    enquiry = rated(world, rating, **more)
    analysed(world, enquiry, at=minutes(1))
    with world.acting("social_worker"):
        those = children(enquiry)
    for child in those:
        recommended(world, child, given, at=minutes(2))
    return again(world, enquiry)


def again(world: World, enquiry: "Enquiry") -> "Enquiry":
    """It as it stands now."""
    with world.acting("social_worker"):
        return stands(enquiry)


def only_child(world: World, enquiry: "Enquiry") -> Any:
    """Its first child, with its enquiry."""
    with world.acting("social_worker"):
        return children(enquiry)[0]
