"""The clocks of a slip, and the numbers that each council sets for them."""

from frontdoor.clocks.rules import ClockKind, Escalation, Unit
from frontdoor.clocks.rules import declare as declare_clock
from frontdoor.councils.rules import Kind, Setting, declare, declared

SETTLE_HOURS = declare(
    Setting(
        "settle.working_hours",
        "A head of service settles what was refused twice within",
        declared.HANDING_ON,
        Kind.NUMBER,
        4,
        "Local practice; no national figure",
        unit="working hours",
        minimum=1,
        maximum=40,
    )
)

_ALL = (Escalation.OWNER, Escalation.TEAM_MANAGER, Escalation.MANAGER_OF_THE_DAY)

ACCEPT = declare_clock(
    ClockKind(
        name="handovers.accept",
        title="Accepted by the receiving team",
        handoff="Sent to accepted",
        unit=Unit.ELAPSED_HOURS,
        setting=declared.ACCEPT.name,
        source="Inspection 2023, line 2: a hand-off stays with the giver until the receiver accepts it",
        at_breach=_ALL,
    )
)
ACCEPT_URGENT = declare_clock(
    ClockKind(
        name="handovers.accept_urgent",
        title="Red or section 47 work accepted by the receiving team",
        handoff="Sent to accepted",
        unit=Unit.ELAPSED_MINUTES,
        setting=declared.ACCEPT_URGENT.name,
        source="Inspection 2023, lines 2 and 9: delay in picking up work after the decision",
        danger=True,
        at_half=(Escalation.OWNER, Escalation.TEAM_MANAGER),
        at_breach=(*_ALL, Escalation.HEAD_OF_SERVICE),
    )
)
SETTLE = declare_clock(
    ClockKind(
        name="handovers.settle",
        title="Settled by the head of service after two refusals",
        handoff="Refused twice to settled",
        unit=Unit.WORKING_HOURS,
        setting=SETTLE_HOURS.name,
        source="Local practice: the second refusal of the same work goes to the head of service",
        at_half=(Escalation.OWNER, Escalation.HEAD_OF_SERVICE),
        at_breach=(*_ALL, Escalation.HEAD_OF_SERVICE),
    )
)


def accept_kind(*, is_urgent: bool) -> ClockKind:
    """The clock that runs from the first sending until somebody has accepted; no refusal restarts it."""
    return ACCEPT_URGENT if is_urgent else ACCEPT
