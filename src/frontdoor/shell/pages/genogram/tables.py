"""The same family as tables: what the picture shows by form and place stands here in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from frontdoor.shell.pages import cells
from frontdoor.shell.pages.genogram import words
from frontdoor.shell.pages.genogram.values import COUPLES, PARENTAGE, RESPONSIBILITY, Family, Relative
from frontdoor.shell.rules.words import short_day

PEOPLE = ("Person", "Age", "To the person of this page", "Lives in", "Parental responsibility", "From", "Until")
TIES = ("Who", "Is", "Of whom", "Parental responsibility", "From", "Until")


@dataclass(frozen=True, slots=True)
class Line:
    """One relationship in words; `may` is parental responsibility, None where that is no question."""

    one: str
    what: str
    other: str
    may: str | None = None
    evidence: str = ""
    since: date | None = None
    until: date | None = None


def people(family: Family, on: date) -> tuple[cells.Row, ...]:
    """A row for each person: age, relation to the person of the page, homes, responsibility for them, since when."""
    related = words.relations(family)
    about = next((person.key for person in family.people if person.about), "")
    with_about = {line.one if line.other == about else line.other: line for line in reversed(list(_lines(family)))
                  if about in (line.one, line.other)}  # fmt: skip
    rows = []
    for person in family.people:
        line = with_about.get(person.key)
        theirs = line is not None and line.one == person.key
        rows.append(
            cells.Row(
                (
                    _name(person),
                    cells.text("" if person.restricted else words.age(person, on)),
                    cells.text(related.get(person.key, "not said")),
                    cells.text("; ".join(_homes(family, person.key))),
                    _responsibility(line) if line and theirs else cells.text(None),
                    cells.when(line.since if line else None),
                    cells.when(line.until if line else None),
                )
            )
        )
    return tuple(rows)


def ties(family: Family) -> tuple[cells.Row, ...]:
    """A row for each relationship of the picture."""
    label = {person.key: person.label or "Name not known" for person in family.people}
    return tuple(
        cells.Row(
            (
                cells.text(label[line.one]),
                cells.text(line.what),
                cells.text(label[line.other]),
                _responsibility(line),
                cells.when(line.since),
                cells.when(line.until),
            )
        )
        for line in _lines(family)
    )


def _responsibility(line: Line) -> cells.Cell:
    return cells.text(None if line.may is None else RESPONSIBILITY[line.may], below=line.evidence)


def _lines(family: Family) -> Iterator[Line]:
    for each in family.parents:
        what = each.words or PARENTAGE[each.kind]
        yield Line(each.parent, what, each.child, each.responsibility, each.evidence, each.since, each.until)
    for couple in family.couples:
        what = f"partner: {couple.words or COUPLES[couple.kind]}"
        yield Line(couple.one, what, couple.other, since=couple.since, until=couple.until)
    for tie in family.ties:
        may = tie.responsibility or None
        yield Line(tie.one, tie.words, tie.other, may, tie.evidence, tie.since, tie.until)
    for birth in family.births:
        first, *others = sorted(birth.children)
        for other in others:
            yield Line(first, "identical twin" if birth.identical else "twin, born together", other)


def _name(person: Relative) -> cells.Cell:
    label = person.label or "Name not known"
    below = person.restricted or person.note
    return cells.link(label, person.href, below=below) if person.href else cells.text(label, below=below)


def _homes(family: Family, key: str) -> Iterator[str]:
    for letter, home in zip(words.letters(len(family.homes)), family.homes, strict=True):
        for member in home.members:
            if member.person == key:
                since = f" since {short_day(member.since)}" if member.since else ""
                yield f"{letter}: {home.label}{f' ({member.days})' if member.days else ''}{since}"
