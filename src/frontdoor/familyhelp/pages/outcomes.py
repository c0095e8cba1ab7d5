"""Outcomes of a family as pages show them: a table with the words, and beside each a bar that says the same."""

from dataclasses import dataclass

from django.urls import reverse

from frontdoor.actors.rules import Actor, Permission
from frontdoor.familyhelp.models import Evidence
from frontdoor.familyhelp.queries.outcomes import Marked, OpenedOutcomes
from frontdoor.familyhelp.rules.outcomes import LOCAL, STEPS, Phase
from frontdoor.shell.pages import Row, text
from frontdoor.shell.rules import moment

COLUMNS = ("When", "How it stands", "How we know", "By")
FULL = max(STEPS.values())


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it says, and how many of `FULL` parts are filled."""

    when: str
    words: str
    filled: int


@dataclass(frozen=True, slots=True)
class OneOutcome:
    """One outcome: its heading, what is wanted, its bars and the same as a table.

    :param add: where evidence is written; empty where nobody may now
    """

    heading: str
    of: str
    wanted: str
    bars: tuple[Bar, ...]
    rows: tuple[Row, ...]
    add: str


def page(opened: OpenedOutcomes, slug: str, *, by: Actor) -> tuple[OneOutcome, ...]:
    """Every outcome of a family, as far as its reader may act on it."""
    may = by.may(Permission.FAMILY_HELP_WORK) and opened.episode.settled_at is None
    return tuple(_one(each, opened, slug, may=may) for each in opened.marked)


def _one(each: Marked, opened: OpenedOutcomes, slug: str, *, may: bool) -> OneOutcome:
    row = each.outcome
    add = reverse("familyhelp:evidence", args=[slug, opened.episode.key, row.key]) if may else ""
    return OneOutcome(
        row.heading, "Heading of this council" if row.code == LOCAL else "National heading", row.wanted,
        tuple(Bar(_when(one), one.get_stands_display(), STEPS[one.stands]) for one in each.evidence),
        tuple(
            Row((text(_when(one)), text(one.get_stands_display()), text(one.words), text(one.by_name)))
            for one in each.evidence
        ),
        add,
    )  # fmt: skip


def _when(one: Evidence) -> str:
    return f"{Phase(one.phase).words}, {moment(one.at)}"
