"""Who is told of a clock, step by step: begun by another, half gone, passed, still not done, standing still too long.

The kind of clock says who hears of each step; a council may have more people told, and sets the times between.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from frontdoor.clocks.rules.kinds import ClockKind, Escalation
from frontdoor.councils.rules import Kind, Setting, declare

_LOCAL = "Local practice; no national figure"
GROUP = "When a deadline nears or passes"


class Step(StrEnum):
    """How far a clock has gone without what it waits for; each is told once."""

    BEGUN = "begun"
    SOON = "soon"
    PASSED = "passed"
    STAYS = "stays"
    STILL = "still"

    @property
    def words(self) -> str:
        return _WORDS[self]

    @property
    def later(self) -> tuple["Step", ...]:
        """The steps that come after this one, and say all that it says."""
        course = (Step.BEGUN, Step.SOON, Step.PASSED, Step.STAYS)
        return course[course.index(self) + 1 :] if self in course else ()


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who is to know.

    :param user_id: the account; None where nobody who reaches the council holds the role
    :param message: whether a message goes to them too
    """

    user_id: int | None
    role: Escalation
    message: bool = False


_WORDS = {
    Step.BEGUN: "New: it waits for you",
    Step.SOON: "Due soon: half of the time has gone",
    Step.PASSED: "The time has passed",
    Step.STAYS: "Late, and still not done",
    Step.STILL: "Paused for long",
}

WARN = declare(
    Setting(
        "notice.warn", "Who is told when half of the time has gone", GROUP, Kind.CHOICE, "clock", _LOCAL,
        choices=(
            ("clock", "The owner, and the manager too where a child may be in danger"),
            ("manager", "The owner and the team manager"),
            ("danger", "Nobody, unless a child may be in danger"),
        ),
    )
)  # fmt: skip
PASSED = declare(
    Setting(
        "notice.passed", "Who is told when the time has passed", GROUP, Kind.CHOICE, "clock",
        "Ofsted's letter of 9 May 2023: delay that no manager saw",
        choices=(
            ("clock", "The owner, the team manager and the manager of the day; the head of service as each clock says"),
            ("head", "The same people, and always the head of service"),
        ),
    )
)  # fmt: skip
STAYS = declare(
    Setting(
        "notice.stays_minutes", "What is late and still not done goes to the head of service after", GROUP,
        Kind.NUMBER, 60, _LOCAL + "; a failure is seen within the hour", unit="minutes", minimum=15, maximum=1440,
    )
)  # fmt: skip
STAYS_DANGER = declare(
    Setting(
        "notice.stays_minutes_danger", "The same where a child may be in danger", GROUP, Kind.NUMBER, 15, _LOCAL,
        unit="minutes", minimum=5, maximum=120,
    )
)  # fmt: skip
STILL = declare(
    Setting(
        "notice.paused_hours", "The team manager is reminded of a paused clock after", GROUP, Kind.NUMBER, 24, _LOCAL,
        unit="hours", minimum=1, maximum=240,
    )
)  # fmt: skip
MESSAGE = declare(
    Setting(
        "notice.message", "Who gets an e-mail when a clock of danger passes", GROUP, Kind.CHOICE, "both", _LOCAL,
        hint="The message holds a number of notices and where to read them, never a name or a concern.",
        choices=(
            ("both", "The manager of the day and the head of service"),
            ("manager", "The manager of the day"),
            ("head", "The head of service"),
            ("nobody", "Nobody"),
        ),
    )
)  # fmt: skip
ADDRESS = declare(
    Setting(
        "notice.address", "Web address at which staff sign in, as it stands in those messages", GROUP, Kind.TEXT, "",
        _LOCAL, hint="Without it the message says only that people should sign in.", maximum=120,
    )
)  # fmt: skip

NAMES = tuple(each.name for each in (WARN, PASSED, STAYS, STAYS_DANGER, STILL, MESSAGE, ADDRESS))

_MESSAGED = {
    "both": (Escalation.MANAGER_OF_THE_DAY, Escalation.HEAD_OF_SERVICE),
    "manager": (Escalation.MANAGER_OF_THE_DAY,),
    "head": (Escalation.HEAD_OF_SERVICE,),
    "nobody": (),
}


@dataclass(frozen=True, slots=True)
class Telling:
    """How one council has people told, on one day: the values of its settings."""

    warn: str
    passed: str
    stays: timedelta
    stays_danger: timedelta
    still: timedelta
    message: str
    address: str

    @classmethod
    def of(cls, values: dict[str, Any]) -> "Telling":
        """From the values of `NAMES`, by name."""
        return cls(
            warn=values[WARN.name],
            passed=values[PASSED.name],
            stays=timedelta(minutes=int(values[STAYS.name])),
            stays_danger=timedelta(minutes=int(values[STAYS_DANGER.name])),
            still=timedelta(hours=int(values[STILL.name])),
            message=values[MESSAGE.name],
            address=values[ADDRESS.name],
        )

    def tell(self, kind: ClockKind, step: Step) -> tuple[Escalation, ...]:
        """Who has to hear of a step of a clock; each once."""
        found = {
            Step.BEGUN: (Escalation.OWNER,),
            Step.SOON: self._warned(kind),
            Step.PASSED: kind.at_breach + ((Escalation.HEAD_OF_SERVICE,) if self.passed == "head" else ()),
            Step.STAYS: kind.at_stays,
            Step.STILL: (Escalation.TEAM_MANAGER,),
        }[step]
        return tuple(dict.fromkeys(found))

    def _warned(self, kind: ClockKind) -> tuple[Escalation, ...]:
        if self.warn == "danger" and not kind.danger:
            return ()
        return kind.at_half + ((Escalation.TEAM_MANAGER,) if self.warn == "manager" else ())

    def messaged(self, kind: ClockKind, step: Step) -> tuple[Escalation, ...]:
        """Who gets a message too: of a clock of danger that has passed."""
        return _MESSAGED[self.message] if kind.danger and step is Step.PASSED else ()
