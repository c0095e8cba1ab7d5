"""A family's way up and down: the step-down until the hub has accepted it, and which status the help has now."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from frontdoor.actors.rules import StepNotAllowed
from frontdoor.handovers.rules import State as SlipState

SUBJECT = "familyhelp.stepdown"
"""What slips, clocks and the trail call a step-down."""


class State(StrEnum):
    """Where a step-down stands."""

    SENT = "sent"
    BACK = "back"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str:
        return dict(STATES)[self.value]

    @property
    def settled(self) -> bool:
        """Whether nothing is waited for any more."""
        return self in (State.ACCEPTED, State.WITHDRAWN)


STATES = [
    (State.SENT.value, "With the early help hub, not accepted yet"),
    (State.BACK.value, "Sent back by the early help hub"),
    (State.ACCEPTED.value, "Accepted by the early help hub"),
    (State.WITHDRAWN.value, "Taken back by the team"),
]


class Step(StrEnum):
    """What may happen to a step-down."""

    ACCEPT = "accept"
    COME_BACK = "come_back"
    GO_AGAIN = "go_again"
    WITHDRAW = "withdraw"


STEPS: dict[Step, tuple[frozenset[State], State]] = {
    # Who has sent it back may still take it on.
    Step.ACCEPT: (frozenset({State.SENT, State.BACK}), State.ACCEPTED),
    Step.COME_BACK: (frozenset({State.SENT}), State.BACK),
    Step.GO_AGAIN: (frozenset({State.BACK}), State.SENT),
    Step.WITHDRAW: (frozenset({State.SENT, State.BACK}), State.WITHDRAWN),
}


def after(state: str, step: Step) -> State:
    """The state that a step leads to.

    :raises StepNotAllowed: the step does not lead on from this state
    """
    allowed, result = STEPS[step]
    if State(state) not in allowed:
        raise StepNotAllowed(f"{State(state).words}.")
    return result


def step_of_slip(state: str, slip: SlipState) -> Step | None:
    """The step by which a step-down follows its slip as it stands; None where it stands right."""
    if State(state).settled:
        return None
    if slip is SlipState.ACCEPTED:
        return Step.ACCEPT
    if slip is SlipState.WITHDRAWN:
        return Step.WITHDRAW
    if slip is SlipState.SENT:
        return Step.GO_AGAIN if state == State.BACK else None
    return Step.COME_BACK if state == State.SENT else None


class Status(StrEnum):
    """In which status a family is helped. The plan and whoever leads are the same in all of them."""

    EARLY_HELP = "early_help"
    SECTION17 = "section17"
    SECTION47 = "section47"

    @property
    def words(self) -> str:
        return dict(STATUSES)[self.value]


STATUSES = [
    (Status.EARLY_HELP.value, "Early help, by the family’s agreement"),
    (Status.SECTION17.value, "Children in need (section 17)"),
    (Status.SECTION47.value, "Child protection (section 47)"),
]
FROM = [pair for pair in STATUSES if pair[0] != Status.EARLY_HELP]
"""From which status a family steps down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SteppedDown:
    """A meeting at which a step-down was agreed, and what was agreed.

    :param came_from: a code of `FROM`
    :param there: who was at the meeting
    :param family_there: whether somebody of the family was
    :param heard: what the children say, word for word
    :param lead_name: who is to lead from now on; they come into the team when the hub has placed the family with them
    """

    held_on: date
    came_from: str
    there: str
    family_there: bool
    family_why: str = ""
    plan: str = ""
    heard: str = ""
    unheard: str = ""
    lead_name: str = ""
    lead_agency: str = ""


def wrong_with(given: SteppedDown, *, today: date) -> dict[str, str]:
    """What a step-down still has to say, by field (domain 4: meeting with the receiving lead practitioner, a plan)."""
    wrong = {}
    if given.held_on > today:
        wrong["held_on"] = "This day is in the future: the meeting comes first"
    if given.came_from not in dict(FROM):
        wrong["came_from"] = "Choose what the family steps down from"
    if not given.family_there and not given.family_why.strip():
        wrong["family_why"] = "Say why nobody of the family was at the meeting"
    if not given.heard.strip() and not given.unheard.strip():
        wrong["heard"] = "Write what the children say, or below why no child was asked"
    asked = {
        "there": "Write who was at the meeting", "plan": "Write what was agreed",
        "lead_name": "Write who leads from now on", "lead_agency": "Write of which agency they are",
    }  # fmt: skip
    return wrong | {name: words for name, words in asked.items() if not getattr(given, name).strip()}
