"""Who worked with a record that was joined by mistake: what they did, by when they look at it again, what was found."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from frontdoor.actors.rules import InvalidInput
from frontdoor.clocks.rules import ClockKind, Escalation, Owner, Unit
from frontdoor.clocks.rules import declare as declare_clock
from frontdoor.councils.rules import Kind, Setting, declare, declared
from frontdoor.matching.rules import states

LOOK_DAYS = declare(
    Setting(
        "joined.look_days",
        "Whoever worked with a record joined by mistake, or on a wrong match, has looked again at what they did within",
        declared.DECISION, Kind.NUMBER, 2, "Local practice; no national figure", unit="working days", minimum=1,
        maximum=20,
    )
)  # fmt: skip
LOOK = declare_clock(
    ClockKind(
        name="matching.look_again",
        title="Look again at work that rests on the wrong record",
        handoff="Put right to looked at",
        unit=Unit.WORKING_DAYS,
        setting=LOOK_DAYS.name,
        source="Merging and parting of records (domain 11, 10): whoever saw or decided on the wrong record is told",
        owner=Owner.PERSON,
        at_breach=(Escalation.OWNER, Escalation.TEAM_MANAGER),
    )
)


class Did(StrEnum):
    """What somebody did with a record."""

    OPENED = "opened"
    PRINTED = "printed"
    WROTE = "wrote"
    DECIDED = "decided"
    HANDED = "handed"
    MATCHED = "matched"
    SENT = "sent"
    WAS_SENT = "was_sent"
    WORKED = "worked"

    @property
    def words(self) -> str:
        return {
            Did.OPENED: "Opened the record",
            Did.PRINTED: "Printed it",
            Did.WROTE: "Wrote to the record",
            Did.DECIDED: "Decided about a child with this record",
            Did.HANDED: "Handed over a child with this record",
            Did.MATCHED: "Said that the child is this person",
            Did.SENT: "Wrote to somebody about a child with this record",
            Did.WAS_SENT: "Was sent something about a child with this record",
            Did.WORKED: "Worked with the record",
        }[self]


_VERBS = (
    ("print", Did.PRINTED), ("open", Did.OPENED), ("read", Did.OPENED), ("add", Did.WROTE), ("correct", Did.WROTE),
    ("strike", Did.WROTE), ("end", Did.WROTE), ("say", Did.WROTE), ("born", Did.WROTE), ("link", Did.WROTE),
    ("confirm", Did.WROTE),
)  # fmt: skip


def did(action: str) -> Did:
    """What an entry of the trail tells, from the name of its action."""
    verb = action.partition(".")[2]
    return next((what for begins, what in _VERBS if verb.startswith(begins)), Did.WORKED)


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that somebody did.

    :param user_id: who; None where it was a system, or somebody without an account
    :param number: the receipt number of what it was about, where it has one
    :param kind: with `key`, the row that it was about, for a link
    """

    what: Did
    at: datetime
    user_id: int | None = None
    who: str = ""
    number: str = ""
    kind: str = ""
    key: UUID | None = None


Finder = Callable[..., Iterable[Act]]
"""`find(subjects, since=, until=, by=)`: acts that rest on rows (kind, key) which were linked with the record."""

FINDERS: dict[str, Finder] = {}
"""Rooms above that know of acts: each names itself while it starts."""


def declare_finder(name: str, find: Finder) -> None:
    """Make known who can tell what was done, once.

    :raises ValueError: another finder has that name
    """
    if FINDERS.setdefault(name, find) is not find:
        raise ValueError(f"two find acts as {name}")


def looked(finding: str, words: str) -> str:
    """What somebody found when they looked again, in words.

    :raises InvalidInput: no finding, or help is needed and nobody can tell with what
    """
    if finding not in dict(states.FINDINGS):
        raise InvalidInput(finding="Choose what you found.")
    stripped = words.strip()[:500]
    if finding != "nothing" and not stripped:
        raise InvalidInput(words="Say what it is.")
    return stripped
