"""A sender that falls silent against its own pattern (inspection line 1): a rule that is printed, never a guess."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from statistics import median_low

from frontdoor.clocks.rules import ClockKind, Escalation, Unit, declare
from frontdoor.councils.rules import Kind, Setting
from frontdoor.councils.rules import declare as declare_setting

GROUP = "When a sender falls silent"
_LOCAL = "Ofsted's letter of 9 May 2023: referrals that did not arrive, which nobody noticed; the number is local"

WEEKS = 8
"""How many of the same weekdays are looked at."""
FURTHEST = 26
"""How many weeks back they are looked for: over a summer few are term days."""
FEWEST = 3
"""With fewer days to compare there is no usual."""

FOUND = [
    ("nothing", "They had nothing to send"),
    ("fault_here", "A fault with us"),
    ("fault_there", "A fault with them"),
    ("not_reached", "They could not be reached: others were told"),
    ("sent_again", "They have sent again, before anybody rang"),
]
SAID = FOUND[:-1]
"""What somebody who rang may say; the last is said by the service itself."""

LEAST = declare_setting(
    Setting(
        "silence.least", "A sender is watched on a weekday and by an hour at which it usually has sent", GROUP,
        Kind.NUMBER, 2, _LOCAL, unit="reports", minimum=1, maximum=100,
    )
)  # fmt: skip
SHARE = declare_setting(
    Setting(
        "silence.share", "It counts as silent with no more than this share of what is usual", GROUP,
        Kind.NUMBER, 20, _LOCAL, unit="per cent", minimum=0, maximum=80,
    )
)  # fmt: skip
MINUTES = declare_setting(
    Setting(
        "silence.minutes", "Somebody has rung a silent sender within", GROUP, Kind.NUMBER, 60, _LOCAL,
        unit="minutes", minimum=10, maximum=480,
    )
)  # fmt: skip
HOLIDAYS = declare_setting(
    Setting(
        "silence.school_holidays", "School holidays: the first and the last day of each, in their order", GROUP,
        Kind.DATES,
        [
            "2025-10-27", "2025-10-31", "2025-12-22", "2026-01-02", "2026-02-16", "2026-02-20", "2026-03-30",
            "2026-04-10", "2026-05-25", "2026-05-29", "2026-07-22", "2026-08-31", "2026-10-26", "2026-10-30",
            "2026-12-21", "2027-01-01", "2027-02-15", "2027-02-19", "2027-03-29", "2027-04-09", "2027-05-31",
            "2027-06-04", "2027-07-22", "2027-08-31",
        ],
        "Each council sets its own term dates; these are a common pattern until it does",
        hint="Schools are not expected to send in these days, nor are they counted as usual.",
    )
)  # fmt: skip
NAMES = (LEAST.name, SHARE.name, MINUTES.name, HOLIDAYS.name)

SILENCE = declare(
    ClockKind(
        name="contacts.silence",
        title="A sender that fell silent is rung",
        handoff="Silence to a call",
        unit=Unit.ELAPSED_MINUTES,
        setting=MINUTES.name,
        source="Ofsted's letter of 9 May 2023: referrals made online did not always arrive, and nobody escalated it",
        at_half=(Escalation.TEAM_MANAGER, Escalation.MANAGER_OF_THE_DAY),
        at_breach=(Escalation.TEAM_MANAGER, Escalation.MANAGER_OF_THE_DAY, Escalation.HEAD_OF_SERVICE),
    )
)

ANYBODYS = frozenset(
    {
        "aol.com", "btinternet.com", "gmail.com", "googlemail.com", "hotmail.co.uk", "hotmail.com", "icloud.com",
        "live.co.uk", "live.com", "me.com", "msn.com", "outlook.com", "proton.me", "sky.com", "talktalk.net",
        "virginmedia.com", "yahoo.co.uk", "yahoo.com",
    }
)  # fmt: skip
"""Domains from which anybody writes: they are no sender with a pattern of its own."""

KEEPS_TERMS = frozenset({"school", "education"})
"""Kinds of agency that send on school days alone."""


def in_holidays(day: date, bounds: Sequence[date]) -> bool:
    """Whether a day lies in a school holiday, its first and last day included; a last date alone is one day."""
    ordered = sorted(bounds)
    return any(first <= day <= last for first, last in zip(ordered[::2], [*ordered[1::2], *ordered[-1:]], strict=False))


def counts(day: date, *, terms: bool, bank_holidays: Collection[date], school_holidays: Sequence[date]) -> bool:
    """Whether a day tells what a sender usually sends: no bank holiday, and for schools a weekday in term."""
    if day in bank_holidays:
        return False
    return not terms or (day.weekday() < 5 and not in_holidays(day, school_holidays))


def comparable(
    day: date, *, terms: bool, bank_holidays: Collection[date], school_holidays: Sequence[date]
) -> list[date]:
    """Up to eight earlier days of the same weekday that count, the latest first; none where the day itself does not."""
    rules = {"terms": terms, "bank_holidays": bank_holidays, "school_holidays": school_holidays}
    if not counts(day, **rules):  # type: ignore[arg-type]  # three names with their three kinds
        return []
    earlier = (day - timedelta(weeks=week) for week in range(1, FURTHEST + 1))
    return [each for each in earlier if counts(each, **rules)][:WEEKS]  # type: ignore[arg-type]  # the same three


def usual(sent: Mapping[date, int], days: Sequence[date]) -> int:
    """What a sender usually has sent by this hour: the lower median over the comparable days; 0 with too few.

    :param sent: how many by day, up to the same hour of the day
    """
    if len(days) < FEWEST:
        return 0
    return median_low([sent.get(day, 0) for day in days])


def silent(usual_: int, seen: int, *, least: int, share: int) -> bool:
    """Whether so few are a silence: something is usual, and no more than the share of it has come."""
    return usual_ >= least and seen * 100 <= usual_ * share
