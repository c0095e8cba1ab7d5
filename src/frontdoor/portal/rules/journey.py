"""One thing a page: the order of the pages, and what may be skipped. Nothing is mandatory for a child at risk."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Answers = Mapping[str, Any]
URGENT, PLANNED = "now", "planned"
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

BY_SLUG = {step.slug: step for step in (*STEPS, *OF_PLANNED)}
URGENT_ORDER = ("where", "children", "worry", "check")
PLANNED_ORDER = (
    "danger", "worry", "children", "words", "adults", "tried", "wanted", "agreement", "organisation", "answer", "check",
)  # fmt: skip

NEEDED = {
    "tried": ("story",),
    "wanted": ("story",),
    "agreement": ("agreement",),
    "organisation": ("name", "role", "agency"),
}
"""What a planned request must say, and nothing else ever must (domain 1.3)."""


def begun(way: str) -> dict[str, Any]:
    """What the way in says already."""
    if way == PLANNED:
        return {"planned": True, "you": {"kind": "professional"}}
    return {"urgent": way == URGENT}


def steps(answers: Answers) -> tuple[Step, ...]:
    """The pages that this sender meets, in order. In danger now: where, who, what, and send."""
    for way, order in (("urgent", URGENT_ORDER), ("planned", PLANNED_ORDER)):
        if answers.get(way):
            return tuple(BY_SLUG[slug] for slug in order)
    kind = (answers.get("you") or {}).get("kind", "public")
    return tuple(step for step in STEPS if not step.only or kind in step.only)


def demands(answers: Answers) -> bool:
    """Whether anything must be answered: only of a planned request that says that no child is in danger."""
    return bool(answers.get("planned")) and (answers.get("danger") or {}).get("danger") == "no"


def missing(answers: Answers) -> tuple[Step, ...]:
    """The pages on which a planned request leaves out what it must say."""
    if not demands(answers):
        return ()
    lacking = (
        slug for slug, names in NEEDED.items()
        if not all(str((answers.get(slug) or {}).get(name, "")).strip() for name in names)
    )  # fmt: skip
    return tuple(BY_SLUG[slug] for slug in lacking)


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
