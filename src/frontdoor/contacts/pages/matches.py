"""What was said of who is who, and what it rests on: the probability, and each field's part in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from frontdoor.contacts.queries.matches import Explained, Match
from frontdoor.matching.pages.candidates import field_words, level_words
from frontdoor.matching.rules.scoring import STRENGTHS
from frontdoor.matching.rules.states import LINK_STATES
from frontdoor.shell.pages import Column, Row, link, number, text, when
from frontdoor.shell.rules import moment

COLUMNS = ("Person of the index", "What was said", "As it looked", Column("Bits", numeric=True), "By", "When")
STEP_COLUMNS = ("Field", "How it came out", Column("Bits", numeric=True), Column("Together", numeric=True))
_STATES, _STRENGTHS = dict(LINK_STATES), dict(STRENGTHS)


def rows(found: Iterable[Match], slug: str) -> list[Row]:
    """The list of what was said, each leading to what it rests on."""
    return [
        Row((
            link(each.link.person.label, reverse("contacts:match", args=[slug, each.link.key])),
            text(_state(each), below=each.link.why), text(_STRENGTHS.get(each.link.strength, "Nobody was offered")),
            number(round(each.link.bits, 1)) if each.link.bits is not None else text(None), text(each.said_by),
            when(each.link.said_at),
        ))
        for each in found
    ]  # fmt: skip


def _state(each: Match) -> str:
    said = "A record was made" if each.link.made else _STATES[each.link.state]
    return f"{said} (taken back)" if each.link.ended_at else said


Bar = tuple[str, float, float, float]
"""Words, what is added, and from where to where."""


@dataclass(frozen=True, slots=True)
class Page:
    """What one match rests on."""

    heading: str
    facts: tuple[str, ...]
    summary: tuple[tuple[str, str], ...]
    bars: tuple[Bar, ...]
    steps: tuple[Row, ...]
    reasons: tuple[str, ...]
    against: tuple[str, ...]


def page(found: Explained) -> Page:
    """The waterfall, and the table that says the same."""
    verdict, made = found.verdict, []
    total = 0.0
    bars: list[Bar] = []
    for step in verdict.steps:
        words = field_words(step.field)
        bars.append((words, step.bits, total, total + step.bits))
        total += step.bits
        said = level_words(step.field, step.level)
        made.append(Row((text(words), text(said), number(f"{step.bits:+.1f}"), number(f"{total:+.1f}"))))
    then = f"{found.link.bits:+.1f} bits, weights version {found.link.weights_version}" if found.link.bits else ""
    return Page(
        heading=f"{found.told} and {found.person.label}",
        facts=(_STATES[found.link.state], f"{found.said_by} {moment(found.link.said_at)}".strip()),
        summary=(
            ("Probability", f"{verdict.probability:.4%}"), ("In bits", f"{verdict.bits:+.1f}"),
            ("In words", verdict.words), ("Weights", f"Version {verdict.version}"),
            ("When it was said", then or "Nothing was shown"),
        ),
        bars=tuple(bars), steps=tuple(made), reasons=verdict.reasons, against=verdict.against,
    )  # fmt: skip
