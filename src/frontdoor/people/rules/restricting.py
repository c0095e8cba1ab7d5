"""The law of records that few may open: grounds, how long, who is called, breaking the glass, and who looks at it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from frontdoor.actors.rules import InvalidInput, StepNotAllowed
from frontdoor.clocks.rules import ClockKind, Escalation, Unit
from frontdoor.clocks.rules import declare as declare_clock
from frontdoor.councils.rules import Kind, Setting, declare
from frontdoor.people.rules.index import BARS, FINDINGS, GROUNDS, LONGEST_GLASS

GROUP = "Records that few may open"
_LOCAL = "Local practice; no national figure"

REVIEW_DAYS = declare(
    Setting(
        "people.restriction_review_days", "A restricted record is looked at again within", GROUP, Kind.NUMBER, 90,
        "Restricted records procedures of English councils: every ninety days", unit="days", minimum=7, maximum=180,
    )
)  # fmt: skip
GLASS_HOURS = declare(
    Setting(
        "people.glass_hours", "Whoever breaks the glass may open the record for", GROUP, Kind.NUMBER, 4,
        "NHS practice of breaking the glass: never over four hours", unit="hours", minimum=1, maximum=LONGEST_GLASS,
    )
)  # fmt: skip
GLASS_REVIEW_DAYS = declare(
    Setting(
        "people.glass_review_days", "Each breaking of the glass is looked at by another person within", GROUP,
        Kind.NUMBER, 1, _LOCAL, unit="working days", minimum=1, maximum=5,
    )
)  # fmt: skip

REVIEW = declare_clock(
    ClockKind(
        name="people.restriction_review", title="Look again at a restricted record", handoff="Restricted records",
        unit=Unit.ELAPSED_DAYS, setting=REVIEW_DAYS.name, source=REVIEW_DAYS.source, at_half=(),
        at_breach=(Escalation.OWNER, Escalation.TEAM_MANAGER), at_stays=(Escalation.OWNER, Escalation.HEAD_OF_SERVICE),
    )
)  # fmt: skip
GLASS = declare_clock(
    ClockKind(
        name="people.glass_review", title="Look at a breaking of the glass", handoff="Restricted records",
        unit=Unit.WORKING_DAYS, setting=GLASS_REVIEW_DAYS.name, source=GLASS_REVIEW_DAYS.source,
        at_half=(Escalation.OWNER,),
        at_breach=(Escalation.OWNER, Escalation.TEAM_MANAGER, Escalation.HEAD_OF_SERVICE),
    )
)  # fmt: skip

UNASKED = frozenset({"adoption"})
"""Grounds of which nobody is told, not even whom to call: what was before an adoption leads nowhere (domain 11.11)."""

FRESH = timedelta(minutes=5)
"""How long after the second factor was given again the glass may be broken with it, once."""


@dataclass(frozen=True, slots=True)
class WhomToCall:
    """What is said where a record that few may open may be meant: whom to call, and not a word of the record.

    :param key: of the restriction, for the way to break the glass; None where nobody may
    """

    key: UUID | None
    whom: str
    number: str

    @property
    def words(self) -> str:
        return f"A record that few may open may be meant. Call {self.whom} on {self.number}."


@dataclass(frozen=True, slots=True)
class Why:
    """What is said when a record is restricted."""

    ground: str
    why: str
    call_whom: str
    call_number: str
    owner: int


def check_why(given: Why) -> None:
    """A restriction says its ground, its reason and whom to call.

    :raises InvalidInput: with a message by field
    """
    problems = {}
    if given.ground not in dict(GROUNDS):
        problems["ground"] = "Choose why few may open it"
    for name, value in (("why", given.why), ("call_whom", given.call_whom), ("call_number", given.call_number)):
        if not value.strip():
            problems[name] = {
                "why": "Write why few may open it", "call_whom": "Enter who is called about it",
                "call_number": "Enter the telephone number on which they are called",
            }[name]  # fmt: skip
    if problems:
        raise InvalidInput(**problems)


def check_reason(words: str, *, field: str = "why", missing: str = "Write why") -> str:
    """A reason in words of one's own.

    :raises InvalidInput: there is none
    """
    if len(words.split()) < 2:
        raise InvalidInput(**{field: missing})
    return words.strip()


def check_times(since: datetime, until: datetime | None) -> None:
    """Access by name begins before it ends.

    :raises InvalidInput: it ends first
    """
    if until is not None and until <= since:
        raise InvalidInput(until="The last day must not come before the first")


def check_bar(ground: str) -> None:
    """A bar has a ground.

    :raises InvalidInput: it is none of the list
    """
    if ground not in dict(BARS):
        raise InvalidInput(ground="Choose why they may never open it")


def check_finding(finding: str, words: str, *, broken_by: int, by: int | None, reviewed_at: datetime | None) -> None:
    """Another person says once what they find of a breaking of the glass, and why where it was not right.

    :raises StepNotAllowed: it was one's own, or somebody has looked at it
    :raises InvalidInput: nothing was found, or no reason was given
    """
    if broken_by == by:
        raise StepNotAllowed("You broke the glass yourself. Somebody else looks at it.")
    if reviewed_at is not None:
        raise StepNotAllowed("Somebody has looked at it already.", when=reviewed_at)
    problems = {}
    if finding not in dict(FINDINGS):
        problems["finding"] = "Choose what you find"
    if finding != "right" and not words.strip():
        problems["words"] = "Write what is done about it"
    if problems:
        raise InvalidInput(**problems)


def review_day(at: date, days: int) -> date:
    """The day by which a restriction is looked at again."""
    return at + timedelta(days=days)


def ends(at: datetime, hours: int) -> datetime:
    """When a broken glass closes by itself: never over four hours after, whatever a setting says."""
    return at + timedelta(hours=min(hours, LONGEST_GLASS))
