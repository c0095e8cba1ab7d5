"""What a reply holds, who may see it, and which of several stands (domain 3.3, 9.2)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdoor.actors.rules import InvalidInput

KINDS = [
    ("information", "We know something"),
    ("nothing_known", "Nothing known to us"),
    ("cannot", "We cannot say, because"),
    ("will_not", "We will not say, because"),
]
WITHOUT = frozenset({"cannot", "will_not"})
"""Replies that tell nothing, and say why."""

HOW = [
    ("desk", "At the agency's own desk"),
    ("telephone", "By telephone"),
    ("room", "Said in the room"),
    ("volunteered", "Told us unasked"),
]
BY_US = frozenset({"telephone", "room"})
"""Written down by us: it waits for the agency's confirmation."""

MARKS = [
    ("open", "May be told to the family"),
    ("professionals", "For professionals only"),
    ("restricted_source", "The source must stay unknown"),
    ("intelligence", "Intelligence: must not leave the hub"),
    ("victim_safety", "A victim's safety: never to the other side"),
    ("legal", "Legal advice"),
]
"""Handling marks (domain 9.2); what is not marked is for professionals only."""

INSIDE = frozenset({"intelligence", "legal"})
"""What stays with the hub's own staff and the agency that said it."""

KEPT_APART = INSIDE | {"restricted_source", "victim_safety"}
"""What other agencies of the enquiry do not read either, whatever is ticked."""


@dataclass(frozen=True, slots=True)
class Said:
    """One reply, as far as choosing among several needs it."""

    id: int
    asked_id: int
    kind: str
    mark: str
    agency: UUID
    supersedes: int | None
    withdrawn: bool
    at: datetime
    how: str = "desk"


def check_reply(
    *, kind: str, mark: str, facts: str, analysis: str, protective: str, reason: str, partners: bool = False
) -> None:
    """A reply with information says something and how it is handled; one without says why, and nothing else.

    :raises InvalidInput: with a message by field
    """
    problems = {}
    if kind not in dict(KINDS):
        problems["kind"] = "Say what you know"
    elif kind == "information":
        if not (facts.strip() or analysis.strip() or protective.strip()):
            problems["facts"] = "Write what is known: facts, what you think, or what protects the child"
        if mark not in dict(MARKS):
            problems["mark"] = "Say how this may be used"
    elif kind in WITHOUT and not reason.strip():
        problems["reason"] = "Say why"
    if partners and mark in KEPT_APART:
        problems["partners_may_see"] = "What is marked like this is not shown to the other agencies"
    if problems:
        raise InvalidInput(**problems)


def check_duty(*, duty: bool, kind: str, reason: str) -> None:
    """While the duty to share is in force, who will not share says why it would do the child more harm (s16LA(3)).

    :raises InvalidInput: the reason is missing
    """
    if duty and kind == "will_not" and len(reason.split()) < 3:
        raise InvalidInput(reason="Say why sharing would do the child more harm than not sharing")


def standing(replies: Iterable[Said]) -> list[Said]:
    """The replies that stand: what was corrected or withdrawn is kept and is not among them; oldest first."""
    rows = list(replies)
    gone = {each.supersedes for each in rows if each.supersedes is not None}
    return sorted((each for each in rows if each.id not in gone and not each.withdrawn), key=lambda e: (e.at, e.id))


def outcome(asked: Iterable[int], replies: Iterable[Said]) -> str:
    """How a request stands by its replies: "" while somebody is unanswered, else "answered" or "refused".

    Refused: nobody of it was answered with more than "cannot" or "will not".
    """
    people = set(asked)
    stand = [each for each in standing(replies) if each.asked_id in people]
    if not people or {each.asked_id for each in stand} != people:
        return ""
    return "refused" if all(each.kind in WITHOUT for each in stand) else "answered"


def stands(asked: Iterable[int], replies: Iterable[Said], confirmed: Collection[int]) -> str:
    """How a request stands: "" while somebody is unanswered, "told" while our words wait for the agency, or its end.

    :param confirmed: numbers of the replies written down by us that the agency has said are right
    """
    people, rows = set(asked), list(replies)
    found = outcome(people, rows)
    ours = {each.id for each in standing(rows) if each.how in BY_US and each.asked_id in people}
    return "told" if found and not ours <= set(confirmed) else found


def may_go(mark: str, *, to: str, own: bool = False) -> bool:
    """Whether a reply with a mark may go to somebody.

    A victim's safety never reaches the side of whoever they need protecting from, whoever asks for it.

    :param to: "hub" (our staff), "partner" (another agency that takes part), "family", "other_side" (a suspected
        perpetrator and whoever acts for them)
    :param own: the agency that said it reads it
    """
    if to == "hub" or (own and to == "partner"):
        return True
    if to == "partner":
        return mark not in KEPT_APART
    if to == "family":
        return mark == "open"
    return False
