"""What belongs to one incident, what is many at once, and the lines of a quick first look."""

from collections.abc import Sequence

from frontdoor.clocks.rules import ClockKind, Escalation, Unit, declare
from frontdoor.contacts.rules.intake import folded
from frontdoor.councils.rules import Kind, Setting, declared
from frontdoor.councils.rules import declare as declare_setting

NEAR_MINUTES = declare_setting(
    Setting(
        "notices.near_minutes",
        "Notices of one address count as perhaps one incident if they happened within",
        declared.ARRIVAL,
        Kind.NUMBER,
        60,
        "Local practice; they are proposed, and a person joins them",
        unit="minutes",
        minimum=5,
        maximum=720,
    )
)
CLAIM_MINUTES = declare_setting(
    Setting(
        "notices.claim_minutes",
        "A notice that somebody has before them for a first look goes to the next person after",
        declared.ARRIVAL,
        Kind.NUMBER,
        5,
        "Local practice; two people never read the same notice at once",
        unit="minutes",
        minimum=1,
        maximum=60,
    )
)
STORM_COUNT = declare_setting(
    Setting(
        "notices.storm_count",
        "The manager of the day is asked about people when more police notices than this arrive within an hour",
        declared.ARRIVAL,
        Kind.NUMBER,
        30,
        "Domain: a storm of notices asks for people, and a manager finds them; the number is local",
        unit="notices",
        minimum=2,
        maximum=2_000,
    )
)
STORM_MINUTES = declare_setting(
    Setting(
        "notices.storm_minutes",
        "A manager says who works a storm of notices within",
        declared.ARRIVAL,
        Kind.NUMBER,
        10,
        "Local practice; no national figure",
        unit="minutes",
        minimum=2,
        maximum=120,
    )
)
STORM = declare(
    ClockKind(
        name="contacts.storm",
        title="A manager says who works the many notices that came at once",
        handoff="Storm of notices to people who work it",
        unit=Unit.ELAPSED_MINUTES,
        setting=STORM_MINUTES.name,
        source="Local practice; no national figure",
        at_half=(Escalation.MANAGER_OF_THE_DAY,),
        at_breach=(Escalation.TEAM_MANAGER, Escalation.MANAGER_OF_THE_DAY, Escalation.HEAD_OF_SERVICE),
    )
)

LINES: dict[str, str] = {
    "1": "Police are with the family and the children are safe tonight.",
    "2": "The person who may hurt them has been arrested or has left.",
    "3": "Children were not there and have not been hurt.",
    "4": "Found and back where they live; return interview to be offered.",
    "5": "More about an incident that has been looked at already.",
    "6": "Not enough in the notice to tell; ask the police desk.",
    "7": "Somebody must act today: see the notice.",
}
"""A first look's line by one key; whoever needs other words writes them."""


def first_line(key: str, words: str) -> str:
    """The line of a first look: what was written, else that of the key."""
    return words.strip() or LINES.get(key, "")


def place_key(address: str, postcode: str) -> str:
    """The stored key of a place; empty unless both are given, so that a street is no place."""
    return f"{folded(postcode)}|{folded(address)}"[:120] if address.strip() and postcode.strip() else ""


def same_sender(kinds: Sequence[str], one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two senders are one person who can be answered once.

    :param kinds: the identities of both; who gave no name, or wants it withheld, is never taken for another
    :param one: name, agency, e-mail and telephone of the first
    """
    if set(kinds) != {"given"}:
        return False
    mine, theirs = [folded(each) for each in one], [folded(each) for each in other]
    return mine == theirs and bool(mine[0]) and bool(mine[2] or mine[3])
