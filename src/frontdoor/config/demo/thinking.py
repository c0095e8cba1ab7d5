"""What invented practitioners write: a rationale for a recommendation, and the parts of a decision."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from frontdoor.codes import rules as codes
from frontdoor.config.scenarios import Arrival, PractitionerOutcome
from frontdoor.contacts.models import Matter, Recommendation
from frontdoor.contacts.rules.decisions import ALONGSIDE, Action, Circumstances, Decided, Recommended

DETAILS = {
    "advice": "Advice given to the person who told us about what to watch for and whom to ring.",
    "service": "The family hub in their own town.",
    "question": "Has the family been asked, and what has been tried already?",
    "power": "Police protection, section 46; the duty sergeant holds it.",
    "council": "The duty team of the council where the child lives, by telephone.",
    "reason": "What was described has an explanation that was checked.",
}
ACTIONS = (
    ("Speak to the child alone, and write down what is said", "The receiving team"),
    ("Ring the school and ask who collects the child", "The receiving team"),
    ("Ask the health visitor when the child was last seen", "The receiving team"),
    ("Tell the person who told us whom to ring if it gets worse", "The contact centre"),
    ("See the home, the bedrooms and the kitchen too", "The receiving team"),
)
DIRECTIONS = (
    "See the child before the end of the next working day.",
    "Speak to each child alone, and to the father, who has not been asked yet.",
    "Find out who else lives there, and who has been at home at night.",
    "Read the earlier contacts as one story, and say what was never tried.",
    "Agree with the school what happens at the end of each school day.",
    "Nobody closes this before the child has been seen at home.",
)


@dataclass(frozen=True, slots=True)
class Thoughts:
    """What a careful practitioner makes of one arrival.

    :param outcomes: one for each child as named, else one for all
    :param names: of those children, in the same order
    """

    known: str
    means: str
    rating: str
    level: str
    outcomes: tuple[PractitionerOutcome, ...]
    names: tuple[tuple[str, str], ...] = ()
    council: int | None = None

    @property
    def red(self) -> bool:
        """Whether somebody must act at once."""
        return self.rating == "red"

    def outcome(self, matter: Matter) -> PractitionerOutcome:
        """What should happen for this child; found by name, else by place."""
        if matter.child is None:
            return self.outcomes[0]
        name = (matter.child.given_name, matter.child.family_name)
        place = self.names.index(name) if name in self.names else matter.child.position
        return self.outcomes[min(place, len(self.outcomes) - 1)]


def about(arrival: Arrival) -> Thoughts:
    """What was expected of an arrival, as practitioners would think it."""
    return Thoughts(
        known=arrival.narrative[:600], means=arrival.expected.why, rating=arrival.expected.suggested_rating or "green",
        level=arrival.expected.threshold_level or "2", outcomes=tuple(arrival.expected.outcomes.values()),
        names=tuple((child.given_name or "", child.family_name or "") for child in arrival.children),
        council=arrival.expected.responsible_authority,
    )  # fmt: skip


def recommended(matter: Matter, thoughts: Thoughts, around: Callable[[], Circumstances], *, said: str) -> Recommended:
    """The recommendation for one child, within what the circumstances allow.

    :param around: the circumstances, asked for only where an outcome depends on them
    :param said: the child's own words, if any were marked
    """
    outcome = thoughts.outcome(matter)
    code = _allowed(outcome.primary, around, passed_here=thoughts.council == matter.authority_id)
    row = codes.OUTCOMES[code]
    return Recommended(
        outcome=code, known=thoughts.known, means=thoughts.means, decided=thoughts.means,
        change_mind="New information about danger, or the family moving.", voice=said,
        voice_missing="" if said else "the child has not been seen yet", threshold_level=thoughts.level,
        rating=thoughts.rating if "rating" in row.needs else "",
        specialist_route=(outcome.specialist_route or "") if code == "specialist_route" else "",
        detail=next((DETAILS[need] for need in row.needs if need in DETAILS), ""),
        secondary=_beside(code, outcome.secondary, around),
    )  # fmt: skip


def _beside(code: str, wanted: Sequence[str], around: Callable[[], Circumstances]) -> tuple[str, ...]:
    """What runs beside an outcome, of what is wanted and allowed."""
    found = (each for each in wanted if each in ALONGSIDE and each != code)
    return tuple(
        each for each in found
        if codes.OUTCOMES[each].agreement != "needed" or codes.AGREEMENTS[around().agreement].allows_agreed_services
    )  # fmt: skip


def _allowed(code: str, around: Callable[[], Circumstances], *, passed_here: bool) -> str:
    row = codes.OUTCOMES[code]
    if row.agreement == "needed" and not codes.AGREEMENTS[around().agreement].allows_agreed_services:
        return "information_advice"
    if row.never_with == "safeguarding" and around().safeguarding:
        return "information_advice"
    if row.destination == "other_council" and passed_here:  # it has come to where it belongs
        return "mash_enquiry" if around().safeguarding else "information_advice"
    return code


def decided(
    recommendation: Recommendation,
    *,
    other_council: int,
    receivers: Sequence[int | None],
    in_full: bool,
    due_at: datetime | None = None,
    at: datetime,
) -> Decided:
    """The decision that agrees with a recommendation: by one key, or in full with a direction and one action.

    :param receivers: worker and manager of an assessment team, for what goes to an allocated worker
    :param due_at: when the action is due, where it is not the same hour of the next day
    """
    row = codes.OUTCOMES[recommendation.outcome]
    allocated = row.destination == "allocated_worker"
    agreed = Decided(
        outcome=recommendation.outcome, rating=recommendation.rating,
        specialist_route=recommendation.specialist_route, detail=recommendation.detail,
        secondary=tuple(recommendation.secondary),
        worker=receivers[0] if allocated else None, manager=receivers[1] if allocated else None,
        other_council=other_council if row.destination == "other_council" else None,
    )  # fmt: skip
    if not in_full:
        return agreed
    what, owner = ACTIONS[recommendation.pk % len(ACTIONS)]
    return replace(
        agreed, risk_seen="What was described may happen again tonight.",
        direction=DIRECTIONS[recommendation.pk % len(DIRECTIONS)],
        actions=(Action(what, owner, due_at or at + timedelta(days=1)),),
    )  # fmt: skip
