"""The clocks of the hub, and the numbers that each council sets for them (domain 2.2; no national figure)."""

from frontdoor.clocks.rules import ClockKind, Escalation, Unit
from frontdoor.clocks.rules import declare as declare_clock
from frontdoor.councils.rules import Kind, Setting, declare

GROUP = "Early help"
_LOCAL = "Local practice; no national figure"


def _days(name: str, label: str, default: int, most: int = 60) -> Setting:
    return declare(
        Setting(
            f"early_help.{name}", label, GROUP, Kind.NUMBER, default, _LOCAL, unit="working days", minimum=1,
            maximum=most,
        )
    )  # fmt: skip


REACH_DAYS = _days("reach_working_days", "Somebody speaks with the family within", 3)
TRIAGE_DAYS = _days("triage_working_days", "It is decided which help fits within", 5)
REVIEW_DAYS = _days("review_working_days", "A family on the waiting list is looked at again every", 10)
ANSWER_DAYS = _days("answer_working_days", "Whoever is offered a family answers within", 5)
SCREEN_DAYS = _days("screen_working_days", "A family that refuses or does not answer is looked at for risk within", 1)

_NAMED = (Escalation.OWNER, Escalation.TEAM_MANAGER, Escalation.HEAD_OF_SERVICE)
_HUB = "Early help: request to somebody who takes the family on"


def _kind(name: str, title: str, setting: Setting, *, danger: bool = False) -> ClockKind:
    return declare_clock(
        ClockKind(
            name=f"earlyhelp.{name}", title=title, handoff=_HUB, unit=Unit.WORKING_DAYS, setting=setting.name,
            source=_LOCAL, danger=danger, at_half=(Escalation.OWNER,),
            at_breach=_NAMED, at_stays=_NAMED,
        )
    )  # fmt: skip


REACH = _kind("reach", "Somebody has spoken with the family", REACH_DAYS)
TRIAGE = _kind("triage", "Decided which help fits", TRIAGE_DAYS)
REVIEW = _kind("review", "Looked at again on the waiting list", REVIEW_DAYS)
ANSWER = _kind("answer", "The offer is answered", ANSWER_DAYS)
SCREEN = _kind("screen", "Looked at for risk before it ends", SCREEN_DAYS, danger=True)

ALL = (REACH, TRIAGE, REVIEW, ANSWER, SCREEN)
