"""The clocks of a referral from sending to the conference, and the numbers that each council sets for them."""

from frontdoor.clocks.rules import ClockKind, Escalation, Unit
from frontdoor.clocks.rules import declare as declare_clock
from frontdoor.councils.rules import Kind, Setting, declare

GROUP = "Referrals"
_LOCAL = "Local practice; no national figure"
_SEEN = "Custom, e.g. Berkshire's procedures: 24 hours where a child may need protection, else 5 working days"


def _hours(name: str, label: str, default: int, source: str = _LOCAL) -> Setting:
    return declare(
        Setting(name, label, GROUP, Kind.NUMBER, default, source, unit="hours", minimum=1, maximum=168)
    )  # fmt: skip


def _days(name: str, label: str, default: int, source: str = _LOCAL, *, fixed: bool = False) -> Setting:
    least, most = (default, default) if fixed else (1, 45)
    return declare(
        Setting(
            name, label, GROUP, Kind.NUMBER, default, source, unit="working days", minimum=least, maximum=most,
            fixed=fixed,
        )
    )  # fmt: skip


PICK_UP_HOURS = _hours("referral.pick_up_hours", "A named worker has a referral within", 24)
VISIT_HOURS = _hours("referral.visit_hours", "Somebody goes to a child who may need protection within", 12)
VISIT_DAYS = _days("referral.visit_working_days", "Somebody goes to any other child within", 3)
SEEN_HOURS = _hours("referral.seen_hours", "A child who may need protection is seen within", 24, _SEEN)
SEEN_DAYS = _days("referral.seen_working_days", "Any other child is seen within", 5, _SEEN)
ALONE_DAYS = _days("referral.alone_working_days", "A child is seen alone within", 5)
ASSESSMENT_DAYS = _days(
    "referral.assessment_working_days", "An assessment is authorised within", 45,
    "Working Together to Safeguard Children: at most 45 working days from the referral", fixed=True,
)  # fmt: skip
CONFERENCE_DAYS = _days(
    "referral.conference_working_days", "The first child protection conference is held within", 15,
    "Working Together: 15 working days from the strategy discussion that began the section 47 enquiry", fixed=True,
)  # fmt: skip

_NAMED = (Escalation.OWNER, Escalation.TEAM_MANAGER, Escalation.HEAD_OF_SERVICE)
"""Late work is told to people by name: the worker, the team's manager, the head of service (issue 5, part 8)."""
_HANDOFF = "Decision to child seen"
_INSPECTED = "Inspection 2023, line 9: delay in picking the work up and in seeing the child"


def _kind(name: str, title: str, unit: Unit, setting: Setting, *, danger: bool = False, **more: str) -> ClockKind:
    return declare_clock(
        ClockKind(
            name=f"referrals.{name}", title=title, handoff=more.get("handoff", _HANDOFF), unit=unit,
            setting=setting.name, source=more.get("source", _INSPECTED), danger=danger,
            at_half=(Escalation.OWNER, Escalation.TEAM_MANAGER) if danger else (Escalation.OWNER,), at_breach=_NAMED,
            at_stays=_NAMED,
        )
    )  # fmt: skip


PICK_UP = _kind("pick_up", "Picked up by a named worker", Unit.ELAPSED_HOURS, PICK_UP_HOURS)
VISIT = _kind("visit", "First visit", Unit.WORKING_DAYS, VISIT_DAYS)
VISIT_PROTECTION = _kind(
    "visit_protection", "First visit to a child who may need protection", Unit.ELAPSED_HOURS, VISIT_HOURS
)
SEEN = _kind("seen", "Child seen", Unit.WORKING_DAYS, SEEN_DAYS)
SEEN_PROTECTION = _kind(
    "seen_protection", "Child seen who may need protection", Unit.ELAPSED_HOURS, SEEN_HOURS, danger=True
)
ALONE = _kind("alone", "Child seen alone", Unit.WORKING_DAYS, ALONE_DAYS)
ASSESSMENT = _kind(
    "assessment", "Assessment authorised", Unit.WORKING_DAYS, ASSESSMENT_DAYS, handoff="Referral to assessment",
    source=ASSESSMENT_DAYS.source,
)  # fmt: skip
CONFERENCE = _kind(
    "conference", "First child protection conference held", Unit.WORKING_DAYS, CONFERENCE_DAYS,
    handoff="Section 47 to conference", source=CONFERENCE_DAYS.source,
)  # fmt: skip

VISITS = (VISIT, VISIT_PROTECTION)
SEEING = (SEEN, SEEN_PROTECTION)


def at_the_beginning(*, urgent: bool, unborn: bool, case_open: bool) -> tuple[ClockKind, ...]:
    """The clocks that run from sending. Whoever is not born yet is visited and not seen; an open case has its own
    assessment."""
    visit, seen = (VISIT_PROTECTION, SEEN_PROTECTION) if urgent else (VISIT, SEEN)
    kinds = [PICK_UP, visit]
    if not unborn:
        kinds += [seen, ALONE]
    if not case_open:
        kinds.append(ASSESSMENT)
    return tuple(kinds)


def when_more_came(*, urgent: bool, unborn: bool) -> tuple[ClockKind, ...]:
    """What starts, if it does not run, when red or section 47 work comes about a child whose referral is open."""
    return (() if unborn else (SEEN_PROTECTION, ALONE)) if urgent else ()
