"""What the ratings are called and mean in a council on a day."""

from dataclasses import dataclass
from datetime import datetime

from frontdoor.actors.rules import Actor, acting_council
from frontdoor.clocks.rules import london_date
from frontdoor.councils.queries import settings
from frontdoor.mash.rules import clocks as kinds


@dataclass(frozen=True, slots=True)
class Colour:
    """One rating as this council calls it.

    :param hours: until every child is decided, in the council's own words for hours
    :param asked: how often it is asked whether the child is safe
    """

    code: str
    name: str
    meaning: str
    hours: str
    asked: str


def colours(*, by: Actor, at: datetime) -> dict[str, Colour]:
    """The ratings of the council acted for as they are today, the most urgent first; one statement."""
    wanted = [
        name
        for code in kinds.COLOURS
        for name in (
            kinds.NAMES[code].name, kinds.MEANINGS[code].name, kinds.DECIDE[code].setting, kinds.SAFE[code].setting,
        )
    ]  # fmt: skip
    found = settings(wanted, authority=acting_council(by), on=london_date(at))
    return {
        code: Colour(
            code, found[kinds.NAMES[code].name].value, found[kinds.MEANINGS[code].name].value,
            f"{found[kinds.DECIDE[code].setting].value} {'hours' if code == 'red' else 'working hours'}",
            f"every {found[kinds.SAFE[code].setting].value} hours",
        )
        for code in kinds.COLOURS
    }  # fmt: skip
