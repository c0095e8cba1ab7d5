"""The settings that several rooms read: hours and days, first look, answers, repeats, handing back.

A room declares in its own rules what only that room reads.
"""

from frontdoor.councils.rules.settings import Kind, Setting, declare

_LOCAL = "Local practice; no national figure"

HOURS = "Opening hours and days"
ARRIVAL = "When something arrives"
DECISION = "Decisions"
HANDING_ON = "Handing on"
NIGHT = "Out of hours"

OPENING = declare(
    Setting(
        "hours.opening",
        "When the front door is open",
        HOURS,
        Kind.WEEK,
        {
            **{day: [["08:00", "17:30"]] for day in ("monday", "tuesday", "wednesday", "thursday")},
            "friday": [["08:00", "16:30"]],
        },
        "Hours of Cambridgeshire's professionals' line, 2017",
        hint="One day a line, for example: Monday: 08:00 to 17:30. A day that is not named is closed.",
    )
)
CLOSED_DAYS = declare(
    Setting(
        "days.closed",
        "Days on which the offices are closed",
        HOURS,
        Kind.DATES,
        [],
        _LOCAL,
        hint="One date a line, for example 2026-12-24. They stop no statutory clock.",
    )
)
CLOSED_COUNT = declare(
    Setting(
        "days.closed_are_not_working",
        "Closed days do not count as working days",
        HOURS,
        Kind.YES_NO,
        False,
        "General rule: only weekends and bank holidays are left out",
    )
)
EXTRA_BANK_HOLIDAYS = declare(
    Setting(
        "days.extra_bank_holidays",
        "One-off bank holidays",
        HOURS,
        Kind.DATES,
        [],
        "By proclamation; announced late, so they are data",
    )
)
NOT_BANK_HOLIDAYS = declare(
    Setting(
        "days.not_bank_holidays",
        "Usual bank holidays that were moved away",
        HOURS,
        Kind.DATES,
        [],
        "By proclamation, as in 2020 and 2022",
    )
)
DAY_END = declare(
    Setting(
        "days.end",
        "When a working day ends for a deadline",
        HOURS,
        Kind.CHOICE,
        "midnight",
        "Recommended convention; the figure is judged by date either way",
        choices=(("midnight", "At midnight"), ("closing", "When the front door closes")),
    )
)

FIRST_LOOK = declare(
    Setting(
        "first_look.minutes",
        "A qualified worker looks at what has arrived within",
        ARRIVAL,
        Kind.NUMBER,
        60,
        _LOCAL + "; inspectors in 2023 found delay before anybody had looked",
        unit="minutes",
        minimum=5,
        maximum=1440,
    )
)
FIRST_LOOK_DANGER = declare(
    Setting(
        "first_look.minutes_danger",
        "The same where the sender says that a child is in danger now",
        ARRIVAL,
        Kind.NUMBER,
        15,
        _LOCAL,
        unit="minutes",
        minimum=1,
        maximum=120,
    )
)
ACKNOWLEDGE = declare(
    Setting(
        "acknowledge.working_days",
        "The sender is told that it arrived within",
        ARRIVAL,
        Kind.NUMBER,
        1,
        "Cambridgeshire and Peterborough procedure on receipt of a referral",
        unit="working days",
        minimum=1,
        maximum=1,
        fixed=True,
    )
)
CALL_BACK = declare(
    Setting(
        "call_back.minutes",
        "Somebody who asked to be rung is rung within",
        ARRIVAL,
        Kind.NUMBER,
        60,
        _LOCAL,
        unit="minutes",
        minimum=5,
        maximum=1440,
    )
)
CONSULTATION = declare(
    Setting(
        "consultation.working_hours",
        "A qualified social worker answers a request for advice within",
        ARRIVAL,
        Kind.NUMBER,
        4,
        _LOCAL,
        unit="working hours",
        minimum=1,
        maximum=40,
    )
)
HAND_BACK = declare(
    Setting(
        "hand_back.minutes",
        "Work that was taken and not touched goes back after",
        ARRIVAL,
        Kind.NUMBER,
        60,
        _LOCAL,
        unit="minutes",
        minimum=10,
        maximum=480,
    )
)

DECIDE = declare(
    Setting(
        "decide.working_days",
        "A social worker decides what kind of response is needed within",
        DECISION,
        Kind.NUMBER,
        1,
        "Working Together to Safeguard Children (statutory guidance)",
        unit="working days",
        minimum=1,
        maximum=1,
        fixed=True,
    )
)
OUTCOME = declare(
    Setting(
        "outcome.hours",
        "A manager has signed the outcome within",
        DECISION,
        Kind.NUMBER,
        24,
        "Custom of several areas: 24 hours or one working day",
        unit="hours",
        minimum=1,
        maximum=72,
    )
)
THRESHOLD_DOCUMENT = declare(
    Setting(
        "threshold.document",
        "The threshold document in force, with its date",
        DECISION,
        Kind.TEXT,
        "",
        "Published by the safeguarding partners (Working Together)",
        maximum=200,
    )
)
REPEAT_CONTACTS = declare(
    Setting(
        "repeat.contacts",
        "A manager looks at the pattern from this many contacts",
        DECISION,
        Kind.NUMBER,
        3,
        _LOCAL + "; custom is 3 in 3 months",
        unit="contacts",
        minimum=2,
        maximum=10,
        hint="Contacts about the child or a brother or sister.",
    )
)
REPEAT_MONTHS = declare(
    Setting(
        "repeat.months",
        "Contacts count towards the pattern for",
        DECISION,
        Kind.NUMBER,
        3,
        _LOCAL + "; custom is 3, 6 or 12 months",
        unit="months",
        minimum=1,
        maximum=24,
    )
)
RE_REFERRAL_MONTHS = declare(
    Setting(
        "re_referral.months",
        "A referral is a re-referral within",
        DECISION,
        Kind.NUMBER,
        12,
        "Definition in the national statistics of children in need",
        unit="months",
        minimum=12,
        maximum=12,
        fixed=True,
    )
)
SAMPLE = declare(
    Setting(
        "sample.percent",
        "Share of plain decisions that a second manager reads again",
        DECISION,
        Kind.NUMBER,
        10,
        _LOCAL,
        unit="%",
        minimum=1,
        maximum=100,
    )
)
OVERSIGHT = declare(
    Setting(
        "oversight.hours",
        "A manager reviews protection that was started first and written after within",
        DECISION,
        Kind.NUMBER,
        4,
        _LOCAL,
        unit="hours",
        minimum=1,
        maximum=24,
    )
)

ACCEPT = declare(
    Setting(
        "accept.hours",
        "Whoever is given work accepts or refuses it within",
        HANDING_ON,
        Kind.NUMBER,
        24,
        _LOCAL,
        unit="hours",
        minimum=1,
        maximum=72,
    )
)
ACCEPT_URGENT = declare(
    Setting(
        "accept.minutes_urgent",
        "The same for red and section 47 work",
        HANDING_ON,
        Kind.NUMBER,
        30,
        _LOCAL,
        unit="minutes",
        minimum=5,
        maximum=240,
    )
)

NIGHT_UNOPENED = declare(
    Setting(
        "night.unopened_minutes",
        "Outside hours, what nobody has opened rings the rota after",
        NIGHT,
        Kind.NUMBER,
        30,
        _LOCAL,
        unit="minutes",
        minimum=5,
        maximum=240,
    )
)
NIGHT_GAP = declare(
    Setting(
        "night.gap_minutes",
        "No name on the rota is itself an alarm after",
        NIGHT,
        Kind.NUMBER,
        60,
        _LOCAL,
        unit="minutes",
        minimum=5,
        maximum=240,
    )
)
