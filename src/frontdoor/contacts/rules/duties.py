"""What the law or guidance wants done within a time for one kind of contact, whoever decides on it (domain 2.2).

The clock starts here, at the front door, since this is where the council first knows of it. It runs on when the contact
is decided and handed over: only what was done, or a manager's reason why it is not owed, stops it.
"""

from dataclasses import dataclass
from datetime import datetime

from frontdoor.actors.rules import InvalidInput
from frontdoor.clocks.rules import ClockKind, Escalation, Unit
from frontdoor.clocks.rules import declare as declare_clock
from frontdoor.councils.rules import Kind, Setting, declare

GROUP = "What a kind of contact asks for"
NOT_REQUIRED = "not_required"
_ALL = (Escalation.OWNER, Escalation.TEAM_MANAGER, Escalation.MANAGER_OF_THE_DAY)
_ANSWER = [("done", "It was held or done")]
_NONE = [(NOT_REQUIRED, "It is not owed: a manager says why")]


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that is owed for contacts of some kinds.

    :param sub_types: codes of `codes.CONTACT_KINDS`
    :param words: what is owed, as its page asks
    :param since_event: whether its time runs from what happened, where that is known, and else from receipt
    :param answers: what may have come of it
    """

    code: str
    sub_types: frozenset[str]
    words: str
    clock: ClockKind
    since_event: bool = False
    answers: tuple[tuple[str, str], ...] = (*_ANSWER, *_NONE)

    def starts(self, *, received_at: datetime, happened_at: datetime | None) -> datetime:
        """From when its time runs."""
        return min(happened_at, received_at) if self.since_event and happened_at else received_at


def _clock(  # noqa: PLR0917 (a table of four lines)
    code: str, title: str, label: str, number: int, unit: Unit, source: str, *, fixed: bool = True
) -> ClockKind:
    counted = "hours" if unit is Unit.ELAPSED_HOURS else "working days"
    name = f"{code}.{counted.replace(' ', '_')}"
    declare(Setting(name, label, GROUP, Kind.NUMBER, number, source, unit=counted, minimum=1, maximum=96, fixed=fixed))
    return declare_clock(
        ClockKind(
            name=f"contacts.{code}", title=title, handoff="What a kind of contact asks for", unit=unit, setting=name,
            source=source, at_breach=_ALL,
        )
    )  # fmt: skip


DUTIES = {
    duty.code: duty
    for duty in (
        Duty(
            "return_interview", frozenset({"found_notification"}),
            "An interview with the child who was found, by somebody independent of their care",
            _clock(
                "return_interview", "Return interview", "A child who was missing is offered an interview within", 72,
                Unit.ELAPSED_HOURS, "Statutory guidance on children who run away or go missing (2014): 72 hours",
            ),
            since_event=True,
            answers=(
                *_ANSWER, ("declined_child", "Offered; the child said no"),
                ("declined_parent", "Offered; a parent said no"), *_NONE,
            ),
        ),
        Duty(
            "private_fostering_visit", frozenset({"private_fostering"}),
            "A visit: the home, the child and the carer are seen",
            _clock(
                "private_fostering_visit", "Private fostering visit", "A private foster home is visited within", 7,
                Unit.WORKING_DAYS, "Children (Private Arrangements for Fostering) Regulations 2005, regulation 4",
            ),
        ),
        Duty(
            "lado_told", frozenset({"lado"}), "The officer for allegations is told",
            _clock(
                "lado_told", "Officer for allegations told", "The officer for allegations is told within", 1,
                Unit.WORKING_DAYS, "Working Together to Safeguard Children: within one working day",
            ),
        ),
        Duty(
            "transfer_in", frozenset({"moving_in"}), "A conference about the plan that the child brings here",
            _clock(
                "transfer_in", "Transfer-in conference", "A child's plan from elsewhere has its conference within", 15,
                Unit.WORKING_DAYS, "Local practice; most councils keep 15 working days", fixed=False,
            ),
        ),
    )
}  # fmt: skip
"""Every duty that the domain times and that begins with a contact."""

ANSWERS = sorted({answer for duty in DUTIES.values() for answer in duty.answers})


def duties_of(sub_type: str) -> tuple[Duty, ...]:
    """What is owed for a contact of this kind."""
    return tuple(duty for duty in DUTIES.values() if sub_type in duty.sub_types)


def check_done(duty: Duty, *, answer: str, on: datetime | None, words: str, since: datetime, at: datetime) -> None:
    """What came of it has an answer, a time and a word.

    :param since: from when its time runs
    :raises InvalidInput: with a message by field
    """
    problems = {}
    if answer not in dict(duty.answers):
        problems["answer"] = "Say what came of it"
    if on is None:
        problems["on"] = "Enter the day and the time"
    elif not since <= on <= at:
        problems["on"] = "Enter a time between when it began and now"
    if not words.strip():
        problems["words"] = "Write one line: by whom, or why it is not owed"
    elif len(words.strip()) > 300:
        problems["words"] = "Write at most 300 characters"
    if problems:
        raise InvalidInput(**problems)
