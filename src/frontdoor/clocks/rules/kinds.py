"""The kinds of clock: each room declares its own, with the source of the limit and who is told."""

from dataclasses import dataclass
from enum import StrEnum

from frontdoor.clocks.rules.calendar import Counting
from frontdoor.clocks.rules.deadlines import Unit
from frontdoor.councils.rules import setting_named


class UnknownKind(LookupError):
    """A clock of a kind that no room declared."""


class Owner(StrEnum):
    """Who owns a clock of a kind when it starts; somebody always does."""

    TEAM = "team"
    PERSON = "person"


class Escalation(StrEnum):
    """Who is told. Higher rooms know who that is today."""

    OWNER = "owner"
    TEAM_MANAGER = "team_manager"
    MANAGER_OF_THE_DAY = "manager_of_the_day"
    HEAD_OF_SERVICE = "head_of_service"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason that is chosen, as code and as words."""

    code: str
    words: str


LATE_REASONS = (
    Reason("family_unavailable", "The family could not be reached"),
    Reason("partner_late", "A partner agency answered late"),
    Reason("capacity", "There were not enough people"),
    Reason("risk_led_delay", "Waiting was safer for the child"),
    Reason("agreed_extension", "An extension was agreed"),
)
"""Why a deadline was missed (domain 2.1). A missed deadline is never deleted; it is explained."""


@dataclass(frozen=True, slots=True)
class ClockKind:
    """What one kind of clock measures.

    :param name: `room.clock`, unique
    :param title: what has to happen, in words that a page shows
    :param handoff: between whom the work lies: the heading under which the clock board shows it
    :param setting: name of the council's setting that holds the length
    :param source: the law, guidance or agreement that the limit comes from
    :param at_half: who is told when half of the time has gone
    :param at_breach: who is told when the time has passed
    :param at_stays: who is told when it has passed and nothing has happened since
    :param danger: a child may be in danger while it runs: its breach is told by message too, and sooner again
    :param pauses: the only reasons for which it may be paused; for most, none: waiting stops no clock
    :param version: raised when the meaning of the kind changes, since closed results keep it
    """

    name: str
    title: str
    handoff: str
    unit: Unit
    setting: str
    source: str
    owner: Owner = Owner.TEAM
    at_half: tuple[Escalation, ...] = (Escalation.OWNER,)
    at_breach: tuple[Escalation, ...] = (Escalation.OWNER, Escalation.TEAM_MANAGER, Escalation.MANAGER_OF_THE_DAY)
    at_stays: tuple[Escalation, ...] = (
        Escalation.OWNER, Escalation.TEAM_MANAGER, Escalation.MANAGER_OF_THE_DAY, Escalation.HEAD_OF_SERVICE,
    )  # fmt: skip
    danger: bool = False
    pauses: tuple[Reason, ...] = ()
    counting: Counting = Counting.FROM_NEXT_DAY
    version: int = 1

    def words_of_pause(self, code: str) -> str:
        """A reason for standing still in words; empty if it is none of this kind's."""
        return next((reason.words for reason in self.pauses if reason.code == code), "")


KINDS: dict[str, ClockKind] = {}
"""Every declared kind by name; filled while the rooms are imported, read afterwards."""


_WORDS = {
    Unit.ELAPSED_MINUTES: "minutes",
    Unit.ELAPSED_HOURS: "hours",
    Unit.ELAPSED_DAYS: "days",
    Unit.WORKING_HOURS: "working hours",
    Unit.WORKING_DAYS: "working days",
}


def declare(kind: ClockKind) -> ClockKind:
    """Make a kind known, once; each room calls this beside its own rules, after it has declared the setting.

    :raises UnknownSetting: no room declared the setting that holds the length
    :raises ValueError: another kind has that name, the setting counts something else, or nobody would hear of a breach
    """
    if KINDS.get(kind.name, kind) != kind:
        raise ValueError(f"two kinds of clock are called {kind.name}")
    if (counted := setting_named(kind.setting).unit) != _WORDS[kind.unit]:
        raise ValueError(f"{kind.name} counts {_WORDS[kind.unit]}, its setting {counted or 'nothing'}")
    if not kind.at_breach:
        raise ValueError(f"{kind.name}: somebody is always told of a breach")
    KINDS[kind.name] = kind
    return kind


def kind_named(name: str) -> ClockKind:
    """The declared kind.

    :raises UnknownKind: no room declared it
    """
    try:
        return KINDS[name]
    except KeyError as missing:
        raise UnknownKind(name) from missing
