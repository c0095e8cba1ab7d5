"""What an office computer may remember of its user, and for how long: nothing of a child, and only if ticked."""

from collections.abc import Mapping
from typing import Any

from frontdoor.councils.rules import Kind, Setting, declare
from frontdoor.portal.rules.returning import PUBLIC_PAGES

ORGANISATION_DAYS = declare(
    Setting(
        "portal.organisation_days",
        "How long a computer remembers the organisation of somebody who plans requests, if they tick that",
        PUBLIC_PAGES,
        Kind.NUMBER,
        90,
        "A school term",
        unit="days",
        minimum=1,
        maximum=365,
    )
)

REMEMBERED = ("name", "role", "agency", "local", "phone", "email")


def worth(typed: Mapping[str, Any]) -> dict[str, str]:
    """Of what was typed, what may be remembered."""
    return {name: str(typed[name]) for name in REMEMBERED if typed.get(name)}
