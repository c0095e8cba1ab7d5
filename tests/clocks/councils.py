"""Three councils' hours, each written once for the rules and once, by another hand, for the oracle."""

from datetime import date, timedelta

from frontdoor.clocks.rules import Calendar, week_of
from tests.clocks.oracle import Council

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")

LINE = Calendar(
    hours=((date.min, week_of({day: [["08:00", "16:30" if day == "friday" else "17:30"]] for day in WEEKDAYS})),)
)
"""Monday to Thursday 08:00 to 17:30, Friday to 16:30: the line hours of domain 2.4."""

ORACLE_LINE = Council(week={**{day: [(480, 1050)] for day in range(4)}, 4: [(480, 990)]})

_EXTRA, _GONE = date(2026, 6, 19), date(2028, 5, 1)
_CLOSED = {date(2024, 12, 24), date(2026, 4, 7), date(2027, 12, 29), date(2027, 12, 30)}

LUNCH = Calendar(
    hours=(
        (
            date.min,
            week_of(
                {day: [["08:45", "12:30"], ["13:15", "17:15"]] for day in WEEKDAYS} | {"saturday": [["10:00", "13:00"]]}
            ),
        ),
    ),
    extra_bank_holidays=frozenset({_EXTRA}),
    not_bank_holidays=frozenset({_GONE}),
    closures=frozenset(_CLOSED),
    uncounted=frozenset(_CLOSED),
)
"""Closed at lunch, open on Saturday mornings; one day proclaimed late, one moved away, closures that stop clocks."""

ORACLE_LUNCH = Council(
    week={**{day: [(525, 750), (795, 1035)] for day in range(5)}, 5: [(600, 780)]},
    extra={_EXTRA},
    not_holidays={_GONE},
    closures=_CLOSED,
    closures_stop_days=True,
)

_NIGHT = [["00:00", "01:30"], ["02:15", "08:00"], ["17:30", "24:00"]]
_CHANGE = date(2025, 7, 1)

NIGHT = Calendar(
    hours=(
        (date.min, week_of(dict.fromkeys(WEEKDAYS, _NIGHT) | {"bank_holiday": [["00:00", "24:00"]]})),
        (
            _CHANGE,
            week_of(
                dict.fromkeys(WEEKDAYS, _NIGHT)
                | {
                    "saturday": [["00:00", "24:00"]],
                    "sunday": [["00:30", "01:10"], ["01:20", "01:40"], ["01:50", "24:00"]],
                }
                | {"bank_holiday": [["00:00", "24:00"]]}
            ),
        ),
    ),
    closures=frozenset({date(2026, 10, 25) - timedelta(days=364)}),
)
"""Out of hours, in pieces that begin and end in the hours that the clock changes double and drop; longer since 2025."""


class _ByDate(Council):
    """The night team's hours: the weekend came in July 2025."""

    def _openings(self, day: date) -> list[tuple[int, int]]:
        usual = super()._openings(day)
        if usual or day in self.closures or self.holiday(day) or day < date(2025, 7, 1):
            return usual
        return {5: [(0, 1440)], 6: [(30, 70), (80, 100), (110, 1440)]}[day.weekday()]


ORACLE_NIGHT = _ByDate(
    week={day: [(0, 90), (135, 480), (1050, 1440)] for day in range(5)},
    on_bank_holidays=[(0, 1440)],
    closures={date(2025, 10, 26)},
)

PAIRS = {"line": (LINE, ORACLE_LINE), "lunch": (LUNCH, ORACLE_LUNCH), "night": (NIGHT, ORACLE_NIGHT)}
