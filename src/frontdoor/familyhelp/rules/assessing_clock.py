"""The clocks of what is done with a family, and the numbers that each council sets for them (domain 2.2)."""

from frontdoor.clocks.rules import ClockKind, Escalation, Unit
from frontdoor.clocks.rules import declare as declare_clock
from frontdoor.councils.rules import Kind, Setting, declare

GROUP = "Family help"
_LOCAL = "Local practice; no national figure"

ASSESS_DAYS = declare(
    Setting(
        "family_help.assessment_working_days", "The assessment of a family is shared with it within", GROUP,
        Kind.NUMBER, 45, f"{_LOCAL} (20 to 45 working days)", unit="working days", minimum=5, maximum=90,
    )
)  # fmt: skip

_NAMED = (Escalation.OWNER, Escalation.TEAM_MANAGER, Escalation.HEAD_OF_SERVICE)

ASSESS = declare_clock(
    ClockKind(
        name="familyhelp.assess", title="The family’s assessment is shared with it",
        handoff="Family help: taken on to what came of it", unit=Unit.WORKING_DAYS, setting=ASSESS_DAYS.name,
        source=ASSESS_DAYS.source, danger=False, at_half=(Escalation.OWNER,), at_breach=_NAMED, at_stays=_NAMED,
    )
)  # fmt: skip
