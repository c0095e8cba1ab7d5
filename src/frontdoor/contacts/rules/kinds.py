"""The clocks of this room, and the numbers that each council sets for itself."""

from frontdoor.clocks.rules import ClockKind, Escalation, Unit, declare

FIRST_LOOK = declare(
    ClockKind(
        name="contacts.first_look",
        title="First look by a qualified worker",
        handoff="Arrival to first look",
        unit=Unit.MINUTES,
        setting="contacts.first_look_minutes",
        source="Ofsted's letter of 9 May 2023: delay before anybody qualified had read a contact",
    )
)
DECISION = declare(
    ClockKind(
        name="contacts.decision",
        title="Decision on the contact",
        handoff="Arrival to decision",
        unit=Unit.WORKING_DAYS,
        setting="contacts.decision_days",
        source="Working Together to Safeguard Children: one working day from receipt of a referral",
        at_breach=(
            Escalation.OWNER, Escalation.TEAM_MANAGER, Escalation.MANAGER_OF_THE_DAY, Escalation.HEAD_OF_SERVICE,
        ),
    )
)  # fmt: skip
ACKNOWLEDGE = declare(
    ClockKind(
        name="contacts.acknowledge",
        title="Acknowledgement to the person who told us",
        handoff="Arrival to acknowledgement",
        unit=Unit.WORKING_DAYS,
        setting="contacts.acknowledge_days",
        source="Local procedure on receipt of a referral: acknowledged within one working day",
    )
)
