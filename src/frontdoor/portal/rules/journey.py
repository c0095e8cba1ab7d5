"""One thing a page: the order of the pages, and what may be skipped. Nothing is mandatory for a child at risk."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Answers = Mapping[str, Any]
URGENT, PLANNED, OWN = "now", "planned", "help"
"""The ways in that have an order of their own; every other is the usual one."""


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the report.

    :param only: kinds of sender who meet this page; empty for everybody
    """

    slug: str
    title: str
    only: frozenset[str] = frozenset()


STEPS = (
    Step("you", "Who you are"),
    Step("worry", "What you are worried about"),
    Step("danger", "Danger now"),
    Step("children", "Children"),
    Step("words", "What the child has said"),
    Step("adults", "Adults"),
    Step("where", "Where the child is now"),
    Step("helping", "What helps", only=frozenset({"professional", "family", "public"})),
    Step("family", "What the family knows", only=frozenset({"professional", "family", "public"})),
    Step("details", "Your details"),
    Step("answer", "How to answer you"),
    Step("check", "Check your answers"),
)
OF_PLANNED = (
    Step("tried", "What has been tried"),
    Step("wanted", "What you hope for"),
    Step("agreement", "What the family agrees to"),
    Step("organisation", "Your organisation"),
)
"""Pages that only somebody meets who plans a request at work."""
OF_OWN = (
    Step("hoping", "What is hard, and what would help"),
    Step("own", "What you agree to"),
)
"""Pages that only somebody meets who asks for help for their own family (domain 4: requests by the family itself)."""

BY_SLUG = {step.slug: step for step in (*STEPS, *OF_PLANNED, *OF_OWN)}
URGENT_ORDER = ("where", "children", "worry", "check")
PLANNED_ORDER = (
    "danger", "worry", "children", "words", "adults", "tried", "wanted", "agreement", "organisation", "answer", "check",
)  # fmt: skip

OWN_ORDER = ("danger", "hoping", "children", "words", "adults", "own", "details", "answer", "check")

NEEDED = {
    "tried": ("story",),
    "wanted": ("story",),
    "agreement": ("agreement",),
    "organisation": ("name", "role", "agency"),
    "hoping": ("story",),
    "own": ("agreement",),
    "details": ("name",),
    "answer": ("route",),
}
"""What somebody must say who asks for help while no child is in danger, and nobody else ever must (domain 1.3).

Who plans a request at work meets the first four, a family that asks for itself the others: help that nobody can offer
to anybody is none.
"""
OF_FAMILY = frozenset({"hoping", "own", "details", "answer"})


def begun(way: str) -> dict[str, Any]:
    """What the way in says already."""
    if way == PLANNED:
        return {"planned": True, "you": {"kind": "professional"}}
    if way == OWN:
        return {"own_family": True, "you": {"kind": "family"}}
    return {"urgent": way == URGENT}


def steps(answers: Answers) -> tuple[Step, ...]:
    """The pages that this sender meets, in order. In danger now: where, who, what, and send."""
    for way, order in (("urgent", URGENT_ORDER), ("planned", PLANNED_ORDER), ("own_family", OWN_ORDER)):
        if answers.get(way):
            return tuple(BY_SLUG[slug] for slug in order)
    kind = (answers.get("you") or {}).get("kind", "public")
    return tuple(step for step in STEPS if not step.only or kind in step.only)


def asks(answers: Answers) -> bool:
    """Whether somebody asks for help, at work or for their own family, rather than tells of a worry."""
    return bool(answers.get("planned") or answers.get("own_family"))


def demands(answers: Answers) -> bool:
    """Whether anything must be answered: only where somebody asks for help and says that no child is in danger."""
    return asks(answers) and (answers.get("danger") or {}).get("danger") == "no"


def needs(slug: str, answers: Answers) -> tuple[str, ...]:
    """What a page must have answered, by the names of its questions; nothing for most senders."""
    asked = (slug in OF_FAMILY) == bool(answers.get("own_family"))
    return NEEDED.get(slug, ()) if asked and demands(answers) else ()


def missing(answers: Answers) -> tuple[Step, ...]:
    """The pages on which whoever asks for help leaves out what they must say."""
    return tuple(
        BY_SLUG[slug] for slug in NEEDED
        if not all(str((answers.get(slug) or {}).get(name, "")).strip() for name in needs(slug, answers))
    )  # fmt: skip


def after(slug: str, answers: Answers) -> str:
    """The page after this one; "check" after the last."""
    order = [step.slug for step in steps(answers)]
    place = order.index(slug) if slug in order else -1
    return order[min(place + 1, len(order) - 1)]


def before(slug: str, answers: Answers) -> str:
    """The page before this one; empty before the first."""
    order = [step.slug for step in steps(answers)]
    place = order.index(slug) if slug in order else 0
    return order[place - 1] if place > 0 else ""


def number(slug: str, answers: Answers) -> str:
    """Which page of how many, for a title that says nothing to whoever reads the browser's history."""
    order = [step.slug for step in steps(answers)]
    return f"Page {order.index(slug) + 1} of {len(order)}" if slug in order else "Your answers"


def first(answers: Answers) -> str:
    """The first page of this sender's way."""
    return steps(answers)[0].slug
