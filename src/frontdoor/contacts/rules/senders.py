"""What an agency that sent something may see of it, and how a day of receipts is compared with its own list."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Step(StrEnum):
    """How far something that was sent has come, as its sender may know it."""

    LOOKED = "looked"
    ACCEPTED = "accepted"
    ANSWERED = "answered"


STEPS = [
    (Step.LOOKED.value, "A social worker has looked at it"),
    (Step.ACCEPTED.value, "A team has taken it on"),
    (Step.ANSWERED.value, "Answered"),
]
RECEIVED = "Received"
_ORDER = [Step.LOOKED, Step.ACCEPTED, Step.ANSWERED]

ADDED = "The sender added the later one to the earlier."
"""Why two contacts are linked that one agency sent, one to add to the other."""

NOBODY = 0
"""Whoever made such a link: no person of ours did."""

A_TEAM = "A team of the council"
"""How a team is named whose name would tell what the matter is about: one for allegations, a specialist's."""


def standing(steps: Iterable[str]) -> str:
    """Where something stands, in the sender's words: the furthest of its steps."""
    come = set(steps)
    found = [step for step in _ORDER if step in come]
    return dict(STEPS)[found[-1]] if found else RECEIVED


def outcome_words(labels: Sequence[str]) -> str:
    """What was decided, each outcome once and without saying for which child.

    A professional hears the outcome (domain 1.10); names of children stay in the letter.
    """
    return "; ".join(dict.fromkeys(labels))[:300]


@dataclass(frozen=True, slots=True)
class Tallied:
    """The numbers of one channel on one day.

    :param digest: SHA-256 in hexadecimal over the lines "number digest", sorted by number, each ended by a newline
    """

    channel: str
    count: int
    first: str
    last: str
    digest: str


def tally(rows: Iterable[tuple[str, str, str]]) -> list[Tallied]:
    """One line a channel of a day's receipts, each as (channel, number, digest in hexadecimal), in any order.

    A sender works out the same from its own list and compares one text instead of a thousand.
    """
    channels: dict[str, list[tuple[str, str]]] = {}
    for channel, number, digest in rows:
        channels.setdefault(channel, []).append((number, digest))
    found = []
    for channel, pairs in sorted(channels.items()):
        pairs.sort()
        lines = "".join(f"{number} {digest}\n" for number, digest in pairs)
        whole = hashlib.sha256(lines.encode()).hexdigest()
        found.append(Tallied(channel, len(pairs), pairs[0][0], pairs[-1][0], whole))
    return found


@dataclass(frozen=True, slots=True)
class Compared:
    """Two lists beside each other.

    :param both: how many stand in both
    :param only_theirs: in the sender's list, and not received here
    :param only_ours: received here, and not in the sender's list
    """

    both: int
    only_theirs: tuple[str, ...]
    only_ours: tuple[str, ...]


def listed(text: str) -> list[str]:
    """The numbers or keys of a pasted or uploaded list: one a line, or the first column of a CSV; each once."""
    lines = text.replace("\ufeff", "").splitlines()
    cells = (line.replace(";", ",").replace("\t", ",").split(",")[0].strip().strip('"').strip() for line in lines)
    return list(dict.fromkeys(cell for cell in cells if cell))


def compare(theirs: Iterable[str], ours: Iterable[tuple[str, str]]) -> Compared:
    """A sender's list beside what was received, by number or by the sender's own key, whatever its capitals.

    :param ours: number and key of each receipt
    """
    pairs = list(ours)
    known = {name.casefold(): number for number, key in pairs for name in (number, key) if name}
    given = {each.casefold(): each for each in theirs}
    matched = {known[name] for name in given if name in known}
    return Compared(
        both=len(matched),
        only_theirs=tuple(each for name, each in given.items() if name not in known),
        only_ours=tuple(number for number, _ in pairs if number not in matched),
    )


def own_words(body: dict[str, Any]) -> str:
    """Which of the agency's people sent it, as they gave their name."""
    return str((body.get("referrer") or {}).get("name", ""))
