"""The clocks of this room, and the numbers that each council sets for itself."""

from frontdoor.clocks.rules import ClockKind, Escalation, Owner, Unit, declare
from frontdoor.councils.rules import Kind, Setting, declared
from frontdoor.councils.rules import declare as declare_setting

FIRST_LOOK = declare(
    ClockKind(
        name="contacts.first_look",
        title="First look by a qualified worker",
        handoff="Arrival to first look",
        unit=Unit.ELAPSED_MINUTES,
        setting=declared.FIRST_LOOK.name,
        source="Ofsted's letter of 9 May 2023: delay before anybody qualified had read a contact",
    )
)
FIRST_LOOK_DANGER = declare(
    ClockKind(
        name="contacts.first_look_danger",
        title="First look where the sender says that a child is in danger now",
        handoff="Arrival to first look",
        unit=Unit.ELAPSED_MINUTES,
        setting=declared.FIRST_LOOK_DANGER.name,
        source="Ofsted's letter of 9 May 2023: delay before anybody qualified had read a contact",
        danger=True,
        at_half=(Escalation.OWNER, Escalation.TEAM_MANAGER),
        at_breach=(
            Escalation.OWNER, Escalation.TEAM_MANAGER, Escalation.MANAGER_OF_THE_DAY, Escalation.HEAD_OF_SERVICE,
        ),
    )
)  # fmt: skip


def first_look(danger_said: str) -> ClockKind:
    """The kind of first look that an arrival gets: a shorter one where a child is said to be in danger now."""
    return FIRST_LOOK_DANGER if danger_said == "yes" else FIRST_LOOK


DECISION = declare(
    ClockKind(
        name="contacts.decision",
        title="Decision on the contact",
        handoff="Arrival to decision",
        unit=Unit.WORKING_DAYS,
        setting=declared.DECIDE.name,
        source="Working Together to Safeguard Children: one working day from receipt of a referral",
        at_breach=(
            Escalation.OWNER, Escalation.TEAM_MANAGER, Escalation.MANAGER_OF_THE_DAY, Escalation.HEAD_OF_SERVICE,
        ),
    )
)  # fmt: skip
PROFESSIONAL_DOMAINS = declare_setting(
    Setting(
        "mailbox.professional_domains",
        "E-mail from these domains is acknowledged at once, before anybody has read it",
        declared.ARRIVAL,
        Kind.TEXT,
        "gov.uk nhs.net nhs.uk police.uk cjsm.net sch.uk",
        "Local practice; whoever else writes is answered when somebody has seen that an answer is safe",
        hint="Domains with a space between them; addresses below them count too",
    )
)
RED_FLAG_MINUTES = declare_setting(
    Setting(
        "red_flag.minutes",
        "A red flag is taken by a qualified worker within",
        declared.ARRIVAL,
        Kind.NUMBER,
        10,
        "Local practice; a red flag goes at once, not in the order of the queue",
        unit="minutes",
        minimum=1,
        maximum=60,
    )
)
RED_FLAG = declare(
    ClockKind(
        name="contacts.red_flag",
        title="Red flag taken by a qualified worker",
        handoff="Red flag to a qualified worker",
        unit=Unit.ELAPSED_MINUTES,
        setting=RED_FLAG_MINUTES.name,
        source="Local practice; no national figure",
        danger=True,
        at_half=(Escalation.OWNER, Escalation.TEAM_MANAGER),
        at_breach=(
            Escalation.OWNER, Escalation.TEAM_MANAGER, Escalation.MANAGER_OF_THE_DAY, Escalation.HEAD_OF_SERVICE,
        ),
    )
)  # fmt: skip
QUESTION_HOURS = declare_setting(
    Setting(
        "question.working_hours",
        "A question to the person who told us counts as unanswered after",
        declared.ARRIVAL,
        Kind.NUMBER,
        4,
        "Local practice; waiting for the answer stops no clock",
        unit="working hours",
        minimum=1,
        maximum=8,
    )
)
QUESTION = declare(
    ClockKind(
        name="contacts.question",
        title="Answer to a question",
        handoff="Question to answer",
        unit=Unit.WORKING_HOURS,
        setting=QUESTION_HOURS.name,
        source="Local practice; no national figure",
        owner=Owner.PERSON,
        at_breach=(Escalation.OWNER, Escalation.TEAM_MANAGER),
    )
)
CALL_MINUTES = declare_setting(
    Setting(
        "call.minutes",
        "A telephone call that was begun is taken in or ended within",
        declared.ARRIVAL,
        Kind.NUMBER,
        60,
        "Local practice; a worry that was told is never left in an unfinished call",
        unit="minutes",
        minimum=10,
        maximum=240,
    )
)
CALL = declare(
    ClockKind(
        name="contacts.call",
        title="Telephone call taken in or ended",
        handoff="Call begun to arrival",
        unit=Unit.ELAPSED_MINUTES,
        setting=CALL_MINUTES.name,
        source="Local practice; no national figure",
        owner=Owner.PERSON,
        at_half=(Escalation.OWNER,),
        at_breach=(Escalation.OWNER, Escalation.TEAM_MANAGER, Escalation.MANAGER_OF_THE_DAY),
    )
)
SAFETY_CALL_MINUTES = declare_setting(
    Setting(
        "safety_call.minutes",
        "Where a child's safety hangs on a call back, it is made within, unless another time is agreed",
        declared.ARRIVAL,
        Kind.NUMBER,
        15,
        "Local practice; no national figure",
        unit="minutes",
        minimum=1,
        maximum=120,
    )
)
SAFETY_CALL = declare(
    ClockKind(
        name="contacts.safety_call",
        title="Call back on which a child's safety hangs",
        handoff="Call agreed to call made",
        unit=Unit.ELAPSED_MINUTES,
        setting=SAFETY_CALL_MINUTES.name,
        source="Local practice; no national figure",
        danger=True,
        at_half=(Escalation.OWNER, Escalation.TEAM_MANAGER),
        at_breach=(
            Escalation.OWNER, Escalation.TEAM_MANAGER, Escalation.MANAGER_OF_THE_DAY, Escalation.HEAD_OF_SERVICE,
        ),
    )
)  # fmt: skip
CALL_BACK = declare(
    ClockKind(
        name="contacts.call_back",
        title="Call back by a qualified social worker",
        handoff="Call asked for to call made",
        unit=Unit.ELAPSED_MINUTES,
        setting=declared.CALL_BACK.name,
        source="Working Together: a referrer can always speak to a qualified social worker; the time is local",
    )
)
CONSULTATION = declare(
    ClockKind(
        name="contacts.consultation",
        title="Advice by a qualified social worker",
        handoff="Advice asked for to advice given",
        unit=Unit.WORKING_HOURS,
        setting=declared.CONSULTATION.name,
        source="Working Together: a referrer can always speak to a qualified social worker; the time is local",
    )
)
OVERSIGHT = declare(
    ClockKind(
        name="contacts.oversight",
        title="A manager's oversight of protection started first and written after",
        handoff="Protection started to oversight",
        unit=Unit.ELAPSED_HOURS,
        setting=declared.OVERSIGHT.name,
        source="Local practice; no national figure",
        danger=True,
        at_half=(Escalation.OWNER, Escalation.TEAM_MANAGER),
        at_breach=(
            Escalation.OWNER, Escalation.TEAM_MANAGER, Escalation.MANAGER_OF_THE_DAY, Escalation.HEAD_OF_SERVICE,
        ),
    )
)  # fmt: skip

SIGN_OFF_HOURS = declare_setting(
    Setting(
        "sign_off.working_hours",
        "A manager decides on a recommendation within",
        declared.DECISION,
        Kind.NUMBER,
        2,
        "Local practice; no national figure",
        unit="working hours",
        minimum=1,
        maximum=8,
    )
)
THIRD_SIGNATURE = declare_setting(
    Setting(
        "decision.third_signature",
        "Outcomes that a third person signs",
        declared.DECISION,
        Kind.TEXT,
        "",
        "Local practice; two people always sign",
        hint="Codes of outcomes with a space between them, for example: nfa immediate_protection",
    )
)
SIGN_OFF = declare(
    ClockKind(
        name="contacts.sign_off",
        title="A manager's decision on a recommendation",
        handoff="Recommendation to decision",
        unit=Unit.WORKING_HOURS,
        setting=SIGN_OFF_HOURS.name,
        source="Ofsted's letter of 9 May 2023: delay before and after oversight of contacts",
    )
)

NIGHT = declare(
    ClockKind(
        name="contacts.night",
        title="Opened by whoever watches the night",
        handoff="Night inbox to the rota",
        unit=Unit.ELAPSED_MINUTES,
        setting=declared.NIGHT_UNOPENED.name,
        source="Local practice; no national figure",
    )
)
