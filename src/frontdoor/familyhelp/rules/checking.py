"""Looking again at a family that stepped down or whose help has ended: when, what is asked, and who came back."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from frontdoor.clocks.rules import ClockKind, Escalation, Unit
from frontdoor.clocks.rules import declare as declare_clock
from frontdoor.councils.rules import Kind, Setting, declare

GROUP = "Family help, up and down"
_LOCAL = "Local practice; no national figure"
_GOOD = "Good practice for step-down: looked at again after 3 and 6 months, who comes back is counted"


def _number(name: str, label: str, default: int, *, unit: str, most: int, source: str) -> Setting:
    return declare(
        Setting(f"family_help.{name}", label, GROUP, Kind.NUMBER, default, source, unit=unit, minimum=1, maximum=most)
    )


FIRST_DAYS = _number(
    "first_check_days",
    "After a step-down or an end a family is asked how it goes within",
    91,
    unit="days",
    most=366,
    source=_GOOD,
)
SECOND_DAYS = _number("second_check_days", "It is asked a second time within", 182, unit="days", most=731, source=_GOOD)
AGAIN_DAYS = _number(
    "try_again_working_days",
    "A family that was not reached is tried again within",
    10,
    unit="working days",
    most=60,
    source=_LOCAL,
)
BACK_DAYS = _number(
    "bounce_back_days", "A new contact counts as coming back within", 182, unit="days", most=731, source=_GOOD
)  # fmt: skip
ONE_PLAN = declare(
    Setting(
        "family_help.one_plan", "One plan and one lead worker go on when a family’s status changes", GROUP, Kind.YES_NO,
        False, "Families First Partnership programme guide: one family help plan, a consistent worker",
        hint="From the day on which this council’s Family Help begins. Until then early help ends when a referral is "
        "accepted, as somebody of the hub decides.",
    )
)  # fmt: skip

_NAMED = (Escalation.OWNER, Escalation.TEAM_MANAGER, Escalation.HEAD_OF_SERVICE)
_AFTER = "Family help: after a step-down or an end"


def _kind(name: str, title: str, setting: Setting, unit: Unit, source: str) -> ClockKind:
    return declare_clock(
        ClockKind(
            name=f"familyhelp.{name}", title=title, handoff=_AFTER, unit=unit, setting=setting.name, source=source,
            at_half=(), at_breach=_NAMED, at_stays=_NAMED,
        )
    )  # fmt: skip


FIRST = _kind("first_check", "Asked whether the change is kept up", FIRST_DAYS, Unit.ELAPSED_DAYS, _GOOD)
SECOND = _kind("second_check", "Asked a second time whether it is kept up", SECOND_DAYS, Unit.ELAPSED_DAYS, _GOOD)
AGAIN = _kind("try_again", "Tried again to ask the family", AGAIN_DAYS, Unit.WORKING_DAYS, _LOCAL)


class Which(StrEnum):
    """Which of the two times."""

    FIRST = "first"
    SECOND = "second"

    @property
    def words(self) -> str:
        return dict(WHICH)[self.value]


WHICH = [(Which.FIRST.value, "After 3 months"), (Which.SECOND.value, "After 6 months")]
CLOCKS = {Which.FIRST: FIRST, Which.SECOND: SECOND}

STEP_DOWN, ENDED = "step_down", "ended"
ORIGINS = [(STEP_DOWN, "Stepped down"), (ENDED, "Help ended with what the family wanted")]

DUE, DONE, NOT_NEEDED = "due", "done", "not_needed"
STATES = [(DUE, "To be asked"), (DONE, "Asked"), (NOT_NEEDED, "Not needed any more")]

KEPT, PARTLY, LOST, NOBODY = "kept", "partly", "lost", "nobody"
ANSWERS = [
    (KEPT, "Yes, the change is kept up"),
    (PARTLY, "Partly"),
    (LOST, "No, it is as it was, or worse"),
    (NOBODY, "Nobody can say any more: the family has moved away"),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What came of asking a family how it goes.

    :param reached: whether somebody was reached who can say; without, it is tried again
    :param kept: a code of `ANSWERS`
    :param who: who says so: a parent, a child, school
    :param words: what they said, or what was tried
    :param later: of each outcome that was reached, by its key: how it stands now, and how we know
    """

    reached: bool
    kept: str = ""
    who: str = ""
    heard: str = ""
    unheard: str = ""
    words: str = ""
    later: dict[str, tuple[str, str]] = field(default_factory=dict)


def wrong_with(given: Asked) -> dict[str, str]:
    """What an answer still has to say, by field."""
    if not given.reached:
        return {} if given.words.strip() else {"words": "Write what was tried"}
    wrong = {}
    if given.kept not in dict(ANSWERS):
        wrong["kept"] = "Choose whether the change is kept up"
    if not given.who.strip():
        wrong["who"] = "Write who says so"
    if not given.words.strip():
        wrong["words"] = "Write what they said"
    if given.kept != NOBODY and not given.heard.strip() and not given.unheard.strip():
        wrong["heard"] = "Write what the children say, or below why no child was asked"
    return wrong


@dataclass(frozen=True, slots=True)
class Left:
    """A family that stepped down, or whose help ended.

    :param episode: the number of its help
    """

    episode: int
    at: datetime
    how: str


def came_back(left: datetime, contacts: list[datetime], *, days: int) -> bool:
    """Whether a contact came within so many days after a family had left."""
    return any(left < at <= left + timedelta(days=days) for at in contacts)
