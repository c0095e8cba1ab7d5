"""The kinds of request (domain 1.2, category 1): by whom each is answered, and within which time."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from frontdoor.actors.rules import StepNotAllowed
from frontdoor.clocks.rules import ClockKind, Escalation, Owner, Unit
from frontdoor.clocks.rules import declare as declare_clock
from frontdoor.codes import rules as codes
from frontdoor.councils.rules import Kind, Setting, declare

GROUP = "Requests for information and complaints"
CATEGORY = "request_for_information"
_LOCAL = "Local practice; no national figure"
_ALL = (Escalation.OWNER, Escalation.TEAM_MANAGER, Escalation.MANAGER_OF_THE_DAY)


class Route(StrEnum):
    """Who answers a request of a kind."""

    DESK = "desk"
    GOVERNANCE = "governance"

    @property
    def words(self) -> str:
        return {
            Route.DESK: "Answered by the information desk",
            Route.GOVERNANCE: "Passed to information governance; not answered here",
        }[self]


def _clock(  # noqa: PLR0917 (a table of six lines)
    code: str, title: str, label: str, number: int, unit: Unit, most: int, source: str
) -> ClockKind:
    counted = "working hours" if unit is Unit.WORKING_HOURS else "working days"
    name = f"requests.{code}.{counted.replace(' ', '_')}"
    declare(Setting(name, label, GROUP, Kind.NUMBER, number, source, unit=counted, minimum=1, maximum=most))
    return declare_clock(
        ClockKind(
            name=f"disclosures.{code}", title=title, handoff="Request for information to answer", unit=unit,
            setting=name, source=source, owner=Owner.TEAM, at_breach=_ALL,
        )
    )  # fmt: skip


COURT = _clock(
    "court", "Answer to a court or Cafcass", "A court or Cafcass is answered, where the court names no day, within",
    10, Unit.WORKING_DAYS, 40, "The day that the court names (Children Act 1989, sections 7 and 37); else local",
)  # fmt: skip
CHECK = _clock(
    "check", "Answer to a check", "Another council, a fostering, adoption or barring check is answered within",
    10, Unit.WORKING_DAYS, 40, _LOCAL,
)  # fmt: skip
MEETING = _clock(
    "meeting", "Research for a meeting", "Research for a MARAC or MAPPA meeting without a named day is done within",
    3, Unit.WORKING_DAYS, 20, "The day before the meeting; without one, local practice",
)  # fmt: skip
ENQUIRY = _clock(
    "enquiry", "Answer to the police or a health service", "The police or a health service are answered within",
    4, Unit.WORKING_HOURS, 40, _LOCAL,
)  # fmt: skip
PRIVATE_LAW = _clock(
    "private_law", "Answer to a letter in a private dispute", "A letter in a private family dispute is answered within",
    10, Unit.WORKING_DAYS, 40, _LOCAL,
)  # fmt: skip
SUBJECT_ACCESS = _clock(
    "subject_access", "Passed to information governance",
    "A request for one's own records is with information governance within", 1, Unit.WORKING_DAYS, 5,
    "UK GDPR article 12(3) gives one month for the answer; passing it on takes none of it",
)  # fmt: skip
SUBJECT_ANSWER = declare_clock(
    ClockKind(
        name="disclosures.subject_answer", title="Answer to a request for one's own records",
        handoff="Request for information to answer", unit=Unit.WORKING_DAYS, setting=SUBJECT_ACCESS.setting,
        source="UK GDPR article 12(3): one month after it reached the council, whoever answers it",
        owner=Owner.TEAM, at_breach=_ALL,
    )
)  # fmt: skip
CLOCKS = (COURT, CHECK, MEETING, ENQUIRY, PRIVATE_LAW, SUBJECT_ACCESS)
"""The clock with which each kind begins."""

APPROVERS = declare(
    Setting(
        "requests.approvers", "Who may approve what somebody else proposed to tell", GROUP, Kind.CHOICE, "managers",
        "The council decides; two people always read what leaves the house",
        choices=(("managers", "Managers alone"), ("desk", "Managers, and anybody else of the information desk")),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RequestKind:
    """One kind of request.

    :param code: as in `codes.CONTACT_KINDS`
    :param names_day: whoever asks names the day by which they need it: a court, a meeting
    :param specialist: the specialist team that has to know, a code of `codes.ROUTES`
    """

    code: str
    route: Route
    clock: ClockKind
    names_day: bool = False
    specialist: str = ""

    @property
    def label(self) -> str:
        return codes.CONTACT_KINDS[self.code].label

    @property
    def restricted(self) -> bool:
        return codes.CONTACT_KINDS[self.code].restricted


def _kind(code: str, clock: ClockKind, *, route: Route = Route.DESK, names_day: bool = False) -> RequestKind:
    return RequestKind(code, route, clock, names_day, codes.CONTACT_KINDS[code].route)


KINDS: dict[str, RequestKind] = {
    kind.code: kind
    for kind in (
        _kind("cafcass_s7", COURT, names_day=True),
        _kind("court_s37", COURT, names_day=True),
        _kind("other_la_check", CHECK),
        _kind("fostering_check", CHECK),
        _kind("adoption_check", CHECK),
        _kind("dbs_check", CHECK),
        _kind("marac_research", MEETING, names_day=True),
        _kind("mappa_research", MEETING, names_day=True),
        _kind("police_enquiry", ENQUIRY),
        _kind("health_enquiry", ENQUIRY),
        _kind("subject_access", SUBJECT_ACCESS, route=Route.GOVERNANCE),
        _kind("private_law_letter", PRIVATE_LAW),
    )
}
"""Every kind of request that `codes.CONTACT_KINDS` knows; a test compares."""


def approves(*, manager: bool, of_the_desk: bool, setting: str) -> bool:
    """Whether somebody may be the second person: managers always, the desk where the council says so."""
    return manager or (of_the_desk and setting == "desk")


def answered_here(code: str) -> None:
    """Refuse to answer here what information governance answers (domain 1.2, 9.4).

    :raises StepNotAllowed: it is a request for one's own records
    """
    if KINDS[code].route is Route.GOVERNANCE:
        raise StepNotAllowed("This is a request for one's own records. Pass it to information governance.")


def one_month_after(day: date) -> date:
    """The same day of the next month, or its last day: how the Information Commissioner counts a month (article 12)."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))
