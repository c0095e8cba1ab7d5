"""One thing a page: the order of the pages, and what may be skipped. Nothing is mandatory for a child at risk."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the report.

    :param urgent: also part of the short way for danger now: where, who, what
    :param only: kinds of sender who meet this page; empty for everybody
    """

    slug: str
    title: str
    urgent: bool = False
    only: frozenset[str] = frozenset()


STEPS = (
    Step("you", "Who you are"),
    Step("worry", "What you are worried about", urgent=True),
    Step("danger", "Danger now"),
    Step("children", "Children", urgent=True),
    Step("words", "What the child has said"),
    Step("adults", "Adults"),
    Step("where", "Where the child is now", urgent=True),
    Step("helping", "What helps", only=frozenset({"professional", "family", "public"})),
    Step("family", "What the family knows", only=frozenset({"professional", "family", "public"})),
    Step("details", "Your details"),
    Step("answer", "How to answer you"),
    Step("check", "Check your answers", urgent=True),
)
URGENT_ORDER = ("where", "children", "worry", "check")


def steps(answers: Answers) -> tuple[Step, ...]:
    """The pages that this sender meets, in order. In danger now: where, who, what, and send."""
    if answers.get("urgent"):
        by_slug = {step.slug: step for step in STEPS}
        return tuple(by_slug[slug] for slug in URGENT_ORDER)
    kind = (answers.get("you") or {}).get("kind", "public")
    return tuple(step for step in STEPS if not step.only or kind in step.only)


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


def first(answers: Answers) -> str:
    """The first page of this sender's way."""
    return steps(answers)[0].slug
