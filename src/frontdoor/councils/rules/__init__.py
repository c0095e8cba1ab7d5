"""What a setting is, which value holds on a day, and which council a postcode belongs to: pure values."""

from frontdoor.councils.rules import declared
from frontdoor.councils.rules.postcodes import Candidate, Confidence, Routed, districts, normalise, route
from frontdoor.councils.rules.settings import (
    DAYS,
    BadValue,
    Kind,
    Setting,
    UnknownSetting,
    Valued,
    Version,
    declare,
    every_setting,
    may_start,
    setting_named,
    timeline,
    valued,
)
from frontdoor.councils.rules.time import london_day

__all__ = [
    "DAYS",
    "BadValue",
    "Candidate",
    "Confidence",
    "Kind",
    "Routed",
    "Setting",
    "UnknownSetting",
    "Valued",
    "Version",
    "declare",
    "declared",
    "districts",
    "every_setting",
    "london_day",
    "may_start",
    "normalise",
    "route",
    "setting_named",
    "timeline",
    "valued",
]
