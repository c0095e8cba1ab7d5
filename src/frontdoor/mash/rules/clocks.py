"""The clocks of an enquiry, each council's numbers for them, and what its colours are called and mean (domain 3.4)."""

from datetime import datetime

from frontdoor.clocks.rules import ClockKind, Escalation, Unit, declare
from frontdoor.councils.rules import Kind, Setting
from frontdoor.councils.rules import declare as declare_setting

GROUP = "Enquiries of several agencies"
_LOCAL = "Local practice; no national figure"
_MERTON = "Merton's MASH: information back within 2, 6 and 24 hours; colours, meanings and hours differ by area"
_ALL = (Escalation.OWNER, Escalation.TEAM_MANAGER, Escalation.MANAGER_OF_THE_DAY)
_DANGER = (*_ALL, Escalation.HEAD_OF_SERVICE)
_LINE_3 = "Inspection 2023, line 3: delay in starting and finishing enquiries"

COLOURS = ("red", "amber", "green")
"""The ratings of an enquiry, the most urgent first. What is blue needs no enquiry: it is stood down."""

_MEANINGS = {
    "red": "A child may be suffering significant harm: immediate action",
    "amber": "Significant concern, no immediate action",
    "green": "Concern below the statutory level: agencies that know the family",
}
NAMES = {
    colour: declare_setting(
        Setting(
            f"mash.{colour}_name", f"What the {place} of an enquiry is called", GROUP, Kind.TEXT, colour.capitalize(),
            "Colours differ by area", maximum=30,
        )
    )
    for colour, place in zip(COLOURS, ("highest rating", "middle rating", "lowest rating"), strict=True)
}  # fmt: skip
MEANINGS = {
    colour: declare_setting(
        Setting(
            f"mash.{colour}_meaning", f"What the {place} of an enquiry means", GROUP, Kind.TEXT, _MEANINGS[colour],
            _MERTON, maximum=200,
        )
    )
    for colour, place in zip(COLOURS, ("highest rating", "middle rating", "lowest rating"), strict=True)
}  # fmt: skip

RATE_MINUTES = declare_setting(
    Setting(
        "mash.rate_minutes", "An enquiry is rated by a qualified worker within", GROUP, Kind.NUMBER, 60, _LOCAL,
        unit="minutes", minimum=5, maximum=480,
    )
)  # fmt: skip
RATE = declare(
    ClockKind(
        name="mash.rate", title="Enquiry rated", handoff="Enquiry opened to rated", unit=Unit.ELAPSED_MINUTES,
        setting=RATE_MINUTES.name, source=_LINE_3, danger=True, at_half=(Escalation.OWNER, Escalation.TEAM_MANAGER),
        at_breach=_DANGER,
    )
)  # fmt: skip


def _hours(stage: str, colour: str, label: str, number: int, source: str) -> tuple[str, Unit]:
    """Declare the hours of one stage at one rating: of the highest real hours, of the others working hours."""
    unit = Unit.ELAPSED_HOURS if colour == "red" else Unit.WORKING_HOURS
    counted = "hours" if unit is Unit.ELAPSED_HOURS else "working hours"
    name = f"mash.{colour}_{stage}_hours"
    declare_setting(Setting(name, label, GROUP, Kind.NUMBER, number, source, unit=counted, minimum=1, maximum=240))
    return name, unit


def _stage(stage: str, title: str, handoff: str, label: str, hours: tuple[int, int, int]) -> dict[str, ClockKind]:
    found = {}
    for colour, number in zip(COLOURS, hours, strict=True):
        setting, unit = _hours(stage, colour, f"{label} ({colour})", number, _MERTON if stage == "gather" else _LOCAL)
        urgent = colour == "red"
        found[colour] = declare(
            ClockKind(
                name=f"mash.{stage}_{colour}", title=title, handoff=handoff, unit=unit, setting=setting,
                source=_LINE_3, danger=urgent, at_breach=_DANGER if urgent else _ALL,
            )
        )  # fmt: skip
    return found


GATHER = _stage(
    "gather", "What the agencies know is in", "Enquiry rated to information in",
    "What the agencies know is in within", (2, 6, 8),
)  # fmt: skip
ANALYSE = _stage(
    "analyse", "Analysed together", "Enquiry rated to analysed", "What the agencies know is analysed within", (3, 7, 16)
)
DECIDE = _stage(
    "decide", "Every child of the enquiry decided", "Enquiry rated to decided",
    "Every child of an enquiry is decided within", (4, 8, 24),
)  # fmt: skip
STAGES = (GATHER, ANALYSE, DECIDE)

UNTOUCHED = declare(
    ClockKind(
        name="mash.untouched", title="Something done about the enquiry", handoff="Enquiry lying still",
        unit=Unit.ELAPSED_HOURS, setting=DECIDE["red"].setting,
        source="An open enquiry that nobody has touched for half of its limit alerts (domain 3.4)", at_breach=_ALL,
    )
)  # fmt: skip
"""Its time is half of what the rating gives to decide, counted from the last touch; never the setting itself."""


def _safe(colour: str, number: int) -> ClockKind:
    name = f"mash.{colour}_safe_hours"
    declare_setting(
        Setting(
            name, f"Whether the child is safe now is asked again after ({colour})", GROUP, Kind.NUMBER, number, _LOCAL,
            unit="hours", minimum=1, maximum=240,
        )
    )  # fmt: skip
    return declare(
        ClockKind(
            name=f"mash.safe_{colour}", title="Is the child safe now: answered",
            handoff="Asked whether the child is safe to answered", unit=Unit.ELAPSED_HOURS, setting=name,
            source="Inspection 2023, line 5: the child's safety while checks ran was not confirmed", danger=True,
            at_half=(Escalation.OWNER,), at_breach=_DANGER,
        )
    )  # fmt: skip


SAFE = {colour: _safe(colour, number) for colour, number in zip(COLOURS, (2, 24, 72), strict=True)}
"""Is the child safe now: nights and weekends count, for a child is at home then."""


def asked_as(rating: str) -> ClockKind:
    """The clock of the question; until an enquiry is rated it is asked as often as at the highest rating."""
    return SAFE[rating or "red"]


def changed_due(*, due_at: datetime, fresh_at: datetime, whole_at: datetime, raised: bool, at: datetime) -> datetime:
    """Until when there is time after a change of rating (domain 3.4).

    Rated higher: the shorter of what was left and of the new limit from now; what was late is late at once. Rated
    lower: the new limit from the first start; what was late stays late, for no rating takes a breach away.

    :param due_at: as it stood
    :param fresh_at: the new limit counted from now
    :param whole_at: the new limit counted from when the first clock started
    """
    if raised:
        return max(at, min(due_at, fresh_at))
    return due_at if due_at < at else max(due_at, whole_at)
