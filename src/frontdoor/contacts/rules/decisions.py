"""The law of recommending and deciding: what each must hold, when a manager must look harder, and what repeats."""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from frontdoor.codes import rules as codes

HIGHER_RATINGS = frozenset({"red", "amber"})
ALONGSIDE = frozenset({"met_hub", "lado", "early_help", "edt"})
"""Outcomes that may run beside another."""


@dataclass(frozen=True, slots=True)
class Recommended:
    """What a social worker recommends for one child (domain 1.9, 3.6): the rationale is kept in parts.

    :param known: what we know
    :param means: what it means for this child, day to day
    :param decided: what should happen, and why not more or less
    :param change_mind: what would change our mind
    :param detail: what the outcome itself asks: the advice, the service, the question, the power, the council
    """

    outcome: str
    known: str
    means: str
    decided: str
    change_mind: str = ""
    voice: str = ""
    voice_missing: str = ""
    history: str = ""
    threshold_level: str = ""
    rating: str = ""
    specialist_route: str = ""
    detail: str = ""
    secondary: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doer:
    """Who does an action: as `directions.give` takes them, and by name."""

    value: str
    name: str


@dataclass(frozen=True, slots=True)
class Action:
    """One action that a decision directs: what, who, by when.

    :param owner: as `directions.give` takes it: `user:12`, `team:3`, or a name
    :param called: the owner's name, where `owner` is a number
    """

    what: str
    owner: str
    due_at: datetime
    called: str = ""

    @property
    def owner_name(self) -> str:
        """Who does it, in words."""
        return self.called or self.owner


@dataclass(frozen=True, slots=True)
class Decided:
    """What a manager decides: agreeing takes the recommendation as it stands; differing says why.

    :param missing: what is not known, and why the decision does not wait for it
    :param other_council: DfE number of the council that takes the child on
    :param worker: the allocated worker; `manager` is that team's manager, and both are told
    """

    outcome: str
    rating: str = ""
    specialist_route: str = ""
    detail: str = ""
    secondary: tuple[str, ...] = ()
    why_different: str = ""
    risk_seen: str = ""
    direction: str = ""
    missing: str = ""
    other_council: int | None = None
    worker: int | None = None
    manager: int | None = None
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What stands around a matter when it is recommended or decided.

    :param agreement: the family's agreement to what is recommended, as an agreement status
    :param red_flag: somebody raised a red flag and no qualified worker has taken it
    :param safeguarding: the contact's sub-type or first look says harm
    :param late: the decision's deadline has passed
    :param returned: the contact had been returned to the referrer before
    :param basis_without_agreement: a lawful basis is recorded while agreement was refused or not sought
    """

    agreement: str = "not_sought"
    red_flag: bool = False
    safeguarding: bool = False
    late: bool = False
    returned: bool = False
    repeat: bool = False
    rating: str = ""
    basis_without_agreement: bool = False


RATIONALE_ASKED = {
    "known": "Write what we know",
    "means": "Write what this means for the child",
    "decided": "Write what should happen, and why not more or less",
}
"""The parts of a rationale that every recommendation holds (domain 3.6)."""


def problems_of_recommendation(given: Recommended, around: Circumstances) -> dict[str, str]:
    """What is still missing, by field, in words for the page. Empty when it may go to a manager."""
    problems = {name: words for name, words in RATIONALE_ASKED.items() if not getattr(given, name).strip()}
    if given.outcome not in codes.OUTCOMES:
        return problems | {"outcome": "Choose what should happen"}
    if not given.voice.strip() and not given.voice_missing.strip():
        problems["voice"] = "Write the child's own words, or why the child has not been heard yet"
    if given.threshold_level not in codes.LEVELS:
        problems["threshold_level"] = "Choose the level of need"
    return problems | _problems_of_outcome(given.outcome, given, around)


def _problems_of_outcome(outcome: str, given: "Recommended | Decided", around: Circumstances) -> dict[str, str]:
    problems = outcome_problems(
        outcome, beside=given.secondary, detail=given.detail, route=given.specialist_route, around=around
    )
    if "rating" in codes.OUTCOMES[outcome].needs and given.rating not in codes.RATINGS:
        problems["rating"] = "Choose a rating"
    return problems


def outcome_problems(
    outcome: str, *, beside: Sequence[str] = (), detail: str, route: str, around: Circumstances
) -> dict[str, str]:
    """What an outcome itself demands, whoever chooses it, by field; and those that run beside it.

    :param beside: further outcomes, each handed over by a slip of its own
    :param detail: what was typed for the outcome's own question
    :param route: the specialist route, where one is chosen
    """
    row, problems = codes.OUTCOMES[outcome], {}
    if row.never_with == "red_flag" and around.red_flag:
        problems["outcome"] = (
            "A red flag stands. It must be taken up before this contact can end with no further action"
        )
    if row.never_with == "safeguarding" and around.safeguarding:
        problems["outcome"] = "A safeguarding worry is never sent back to the person who told us"
    agreed = codes.AGREEMENTS[around.agreement].allows_agreed_services
    if row.agreement == "needed" and not agreed:
        problems["outcome"] = "This rests on the family's agreement, and none is recorded"
    if set(beside) - ALONGSIDE or outcome in beside:
        problems["secondary"] = "Choose what may run beside it"
    elif not agreed and any(codes.OUTCOMES[each].agreement == "needed" for each in beside):
        problems["secondary"] = "Early help rests on the family's agreement, and none is recorded"
    if "route" in row.needs and route not in codes.ROUTES:
        problems["specialist_route"] = "Choose the specialist route"
    if set(row.needs) & set(DETAIL_ASKED) and not detail.strip():
        problems["detail"] = next(words for need, words in DETAIL_ASKED.items() if need in row.needs)
    return problems


DETAIL_ASKED = {
    "advice": "Write the advice that was given",
    "service": "Name the service",
    "question": "Write what we need to know from them",
    "power": "Name the power or order, and who holds it",
    "council": "Name the other council",
    "reason": "Write why nothing more is needed",
}
"""What the one free field beside an outcome is asked for."""


def whole_record_demanded(outcome: str, around: Circumstances, *, beside: Sequence[str] = ()) -> list[str]:
    """Why risk seen, direction and actions are demanded; an empty list lets agreeing be one key.

    Demanded for every safeguarding outcome, also for one that runs beside another, and where domain 3.6 asks: no
    further action on a higher rating, going on without agreement, closing after a return to the referrer, a missed
    deadline, and a repeat inside the window.
    """
    reasons = []
    if any(codes.OUTCOMES[each].whole_record for each in (outcome, *beside)):
        reasons.append("this is a safeguarding outcome")
    if outcome == "nfa" and (around.rating in HIGHER_RATINGS or around.safeguarding):
        reasons.append("a safeguarding worry would end with no further action")
    if around.basis_without_agreement:
        reasons.append("we are going on without the family's agreement")
    if around.returned and codes.OUTCOMES[outcome].may_close:
        reasons.append("this was sent back to the person who told us, and would now close")
    if around.late:
        reasons.append("the deadline has passed")
    if around.repeat:
        reasons.append("this family has been reported repeatedly")
    return reasons


def problems_of_decision(given: Decided, recommended: str, around: Circumstances) -> dict[str, str]:
    """What a decision still lacks, by field. An empty direction cannot be signed (Ofsted 2023, line 7)."""
    if given.outcome not in codes.OUTCOMES:
        return {"outcome": "Choose what happens"}
    problems = _problems_of_outcome(given.outcome, given, around)
    if given.outcome != recommended and not given.why_different.strip():
        problems["why_different"] = "Write why you decide differently from the recommendation"
    problems |= _problems_of_receiver(given)
    if whole_record_demanded(given.outcome, around, beside=given.secondary):
        if not given.risk_seen.strip():
            problems["risk_seen"] = "Write the risk that you see for this child"
        if not given.direction.strip():
            problems["direction"] = "Write what must be done differently from now on"
        if not given.actions:
            problems["actions"] = "Give at least one action, with who does it and by when"
    return problems


def _problems_of_receiver(given: Decided) -> dict[str, str]:
    destination = codes.OUTCOMES[given.outcome].destination
    if destination == "other_council" and given.other_council is None:
        return {"other_council": "Choose the council that takes this child on"}
    if destination == "allocated_worker" and (given.worker is None or given.manager is None):
        return {"worker": "Choose the child's worker and the manager of that team"}
    return {}


def plain_words(text: str) -> str:
    """A text without case, punctuation and doubled spaces: what two directions are compared by."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def same_words(direction: str, earlier: Sequence[str]) -> int:
    """How many earlier directions say the same in the same words."""
    said = plain_words(direction)
    return sum(1 for text in earlier if said and plain_words(text) == said)


@dataclass(frozen=True, slots=True)
class Earlier:
    """One earlier contact of a child or of a sibling.

    :param confirmed: somebody confirmed that it names the same people; else it is alike by exact matching alone
    """

    received_on: date
    outcome: str
    closed_by: int | None = None
    key: UUID | None = None
    label: str = ""
    response: str = ""
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Windows:
    """A council's limits for repeat contacts: how many in how many months, and months after a no-further-action."""

    contacts: int
    months: int
    after_nfa_months: int


@dataclass(frozen=True, slots=True)
class Repeat:
    """That a pattern must be looked at, by which rule: printed on the screen, never a score."""

    counted: int
    rule: str
    earlier: tuple[Earlier, ...] = field(default_factory=tuple)


def months_before(day: date, months: int) -> date:
    """The same day some months earlier; the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def repeat(received_on: date, earlier: Sequence[Earlier], windows: Windows) -> Repeat | None:
    """Whether this contact makes a pattern that a manager must give a reasoned decision on (domain 1.12).

    Siblings count: `earlier` holds the contacts of the whole family, this one left out.
    """
    since = months_before(received_on, windows.months)
    inside = tuple(each for each in earlier if since <= each.received_on <= received_on)
    if len(inside) + 1 >= windows.contacts:
        return Repeat(len(inside) + 1, f"{len(inside) + 1} contacts in {windows.months} months", inside)
    after = months_before(received_on, windows.after_nfa_months)
    ended = tuple(each for each in earlier if each.outcome == "nfa" and after <= each.received_on <= received_on)
    if ended:
        rule = f"a new contact within {windows.after_nfa_months} months of one that ended with no further action"
        return Repeat(len(ended) + 1, rule, ended)
    return None


def may_review_pattern(by: int, earlier: Sequence[Earlier]) -> bool:
    """Whoever closed the last earlier contact does not judge the pattern (domain 1.12)."""
    last = max(earlier, key=lambda each: each.received_on, default=None)
    return last is None or last.closed_by != by
