"""Minutes of a strategy discussion as they are read: by us with everything, by an agency as it got them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from frontdoor.mash.rules.minutes import PART
from frontdoor.shell.pages import Row, text
from frontdoor.shell.rules import moment

Pairs = tuple[tuple[str, str], ...]
THERE_COLUMNS = ("For whom", "Who", "Took part", "What they brought")
ISSUE_COLUMNS = ("Issue", "Raised by", "Answer")
ACTION_COLUMNS = ("What", "Who", "By when")
_PARTS = [
    ("shared", "Information shared"), ("others", "Other children"), ("contingency", "If the risk remains, then"),
    ("dissent", "Did anybody disagree?"), ("legal", "Legal advice"), ("lado", "Somebody who works with children"),
    ("other_council", "Another council"),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """One version of the minutes.

    :param lacking: who was missing for a quorum, and why that was accepted; empty where it was quorate
    :param part: whether it is a copy without anything of where the people are and what keeps them safe
    """

    facts: Pairs
    lacking: str
    why: str
    children: tuple[tuple[str, Pairs], ...]
    attending: tuple[Row, ...]
    issues: tuple[Row, ...]
    record: Pairs
    actions: tuple[Row, ...]
    part: bool = False


def sheet(body: dict[str, Any], names: Sequence[str]) -> Sheet:
    """The minutes as a page shows them.

    :param names: how the children are called, by their place; the minutes keep no name
    """
    parents = ". ".join(part for part in (body["parents_words"], body["parents_why"]) if part)
    record = [("Do the parents know?", parents), *((words, body.get(name, "")) for name, words in _PARTS)]
    return Sheet(
        facts=tuple(
            (label, words)
            for label, words in (
                ("Asked for", _when(body["asked_at"])), ("Began", _when(body["began_at"])),
                ("Ended", _when(body["ended_at"])), ("Held as", body["how"]), ("Chaired by", body["chair"]),
            )
            if words
        ),
        lacking=". ".join(filter(None, (body["lacking"], body["lacking_why"]))) if body["lacking"] else "",
        why=body["why"],
        children=tuple((_name(names, each["place"]), _child(each)) for each in body["children"]),
        attending=tuple(
            Row((
                text(each["name"], below=each["line"]),
                text(", ".join(part for part in (each["who"], each["role"]) if part) or None),
                text(each["came"], below=each["way"]),
                text("Stays with them" if each.get("withheld") else each["contribution"] or None),
            ))
            for each in body["attending"]
        ),
        issues=tuple(
            Row((text(each["text"]), text(each["by"]), text(each["answer"] or f"Left open: {each['open_why']}")))
            for each in body["issues"]
        ),
        record=tuple((label, words) for label, words in record if words),
        actions=tuple(
            Row((
                text(each["what"], below=_for(names, each.get("child"))), text(each["owner"]), text(_when(each["due"])),
            ))
            for each in body["actions"]
        ),
        part=bool(body.get(PART)),
    )  # fmt: skip


def _for(names: Sequence[str], place: int | None) -> str:
    """Whom something is done for; empty where it is for all of them."""
    return "" if place is None else f"For {_name(names, place)}"


def _name(names: Sequence[str], place: int) -> str:
    return names[place] if place < len(names) else f"Child {place + 1}"


def _when(iso: str) -> str:
    return moment(datetime.fromisoformat(iso)) if iso else ""


def _child(each: dict[str, str]) -> Pairs:
    seen = f"{each['sees']}, by {_when(each['sees_at'])}" if each["sees_at"] else each["sees"]
    pairs = (
        ("Threshold reached", each["threshold"]), ("Section 47", each["section47"]), ("Why", each["reason"]),
        ("Single or joint", each["enquiry"]), ("Began", _when(each["began_at"])), ("Seen by", seen),
        ("Seen how", each["sees_with"]), ("Medical examination", each["medical"]), ("Safe meanwhile", each["safety"]),
    )  # fmt: skip
    return tuple((label, words) for label, words in pairs if words)
