"""What the queue of possible doubles shows: pairs with their reasons, a waterfall, how far a search is."""

from collections.abc import Iterable

from django.urls import reverse

from frontdoor.matching.models import Search
from frontdoor.matching.queries.doubles import Double
from frontdoor.matching.queries.joining import Compared
from frontdoor.matching.rules.doubles import share
from frontdoor.matching.rules.scoring import STRENGTHS
from frontdoor.people.models import Person
from frontdoor.shell.pages import Column, Row, link, number, tag, text
from frontdoor.shell.rules import moment, short_day

COLUMNS = ("Record", "May be the same as", "How like", "Why")
STEP_COLUMNS = ["What was compared", "How it came out", Column("Bits", numeric=True), Column("Together", numeric=True)]
TONES = {"almost_certain": "danger", "likely": "late", "possible": "waiting"}


def rows(found: Iterable[Double], slug: str) -> list[Row]:
    """The queue, each with a way to the two side by side."""
    return [
        Row(
            (
                link(_named(each.row.person), reverse("matching:double", args=[slug, each.row.key])),
                text(other(each)), tag(strength(each), TONES.get(each.row.strength, "plain")),
                text("; ".join(each.row.reasons) or None),
            ),
            key=str(each.row.key),
        )
        for each in found
    ]  # fmt: skip


def _named(person: Person) -> str:
    born = f", born {short_day(person.born_on)}" if person.born_on else ""
    return f"{person.label or 'Name not known'}{born}"


def other(double: Double) -> str:
    """The other record; of another council's nothing but where it is."""
    if double.place is not None:
        return f"A record in {double.place[0]}"
    return _named(double.row.other) if double.row.other else "A record in another council"


def strength(double: Double) -> str:
    """How like the two are, in words."""
    return dict(STRENGTHS).get(double.row.strength, "Somewhat alike")


def step_rows(compared: Compared) -> list[Row]:
    """The waterfall as a table: what each field weighs, and what all before it come to."""
    found, together = [], 0.0
    for step in compared.verdict.steps:
        together += step.bits
        words = (step.field.replace("_", " ").capitalize(), step.level.replace("_", " "))
        found.append(Row((text(words[0]), text(words[1]), number(f"{step.bits:+.1f}"), number(f"{together:+.1f}"))))
    return found


def probability(compared: Compared) -> str:
    """What the comparison holds the chance to be that the two are one."""
    return f"{compared.verdict.probability:.1%}"


def progress(search: Search | None) -> tuple[str, int] | None:
    """How far the search is, in words and hundredths; None where none was ever made."""
    if search is None:
        return None
    part, began = share(search.done, search.total), f"The search begun {moment(search.begun_at)}"
    if search.state == "running":
        words = f"{began} has compared {search.done:,} of {search.total:,} records and found {search.found:,}."
        return (words, part)
    ended = f" It {_ENDED[search.state]} {moment(search.ended_at)}." if search.ended_at else ""
    return (f"{began} found {search.found:,} in {search.total:,} records.{ended}", part)


_ENDED = {"done": "was done", "stopped": "was stopped", "failed": "failed"}
