"""What a marked sentence puts into the form: only where nothing stands, and always beside its sentence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from frontdoor.contacts.rules.intake import MOST_PEOPLE, folded
from frontdoor.contacts.rules.telephone.marks import Mark
from frontdoor.contacts.rules.telephone.reading import Proposed, people_in, place_in

MOST_AT_ONCE = 8
"""People whom one sentence may bring."""


@dataclass(frozen=True, slots=True)
class Filling:
    """What a mark proposes.

    :param values: by the name of the input
    :param sources: the number of the mark by what was filled: a row of a person (`people-0`), or the family's `place`
    """

    values: dict[str, str] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)


def filling(typed: Mapping[str, str], mark: Mark, *, on: date) -> Filling:
    """What a newly marked sentence puts into a form; nothing that was typed is changed.

    :param typed: by the name of the input
    :param on: the day of the call
    """
    if mark.kind == "address":
        return _of_place(typed, mark)
    if mark.kind == "person":
        return _of_people(typed, mark, on)
    return Filling()


def _of_place(typed: Mapping[str, str], mark: Mark) -> Filling:
    if typed.get("keep") or typed.get("sealed"):
        return Filling()  # an address that is kept from others is not taken from the story into a plain field
    place = place_in(mark.words)
    values = {"address": place.address, "postcode": place.postcode}
    free = {name: value for name, value in values.items() if value and not typed.get(name, "").strip()}
    return Filling(free, {"place": mark.number} if free else {})


def _of_people(typed: Mapping[str, str], mark: Mark, on: date) -> Filling:
    found = Filling()
    for person in people_in(mark.words, on=on)[:MOST_AT_ONCE]:
        standing = {**typed, **found.values}
        row = _row_of(standing, person)
        if row is None:
            continue
        free = {name: value for name, value in _inputs(row, person).items() if not standing.get(name, "").strip()}
        if any(not name.endswith("-kind") for name in free):
            found.values.update(free | {f"people-{row}-kind": _kind(standing, row, person)})
            found.sources[f"people-{row}"] = mark.number
    return found


def _kind(standing: Mapping[str, str], row: int, person: Proposed) -> str:
    """The kind that a row has; an empty row takes that of the person whom the sentence brings."""
    return standing.get(f"people-{row}-kind", "") if said_in(standing, row) else person.kind


def _inputs(row: int, person: Proposed) -> dict[str, str]:
    """A proposed person as the inputs of a row."""
    values = {
        "given_name": person.given_name,
        "family_name": person.family_name,
        "approximate_age": "" if person.age is None else str(person.age),
        "relationship": person.relationship,
        "description": person.description,
        **_day("date_of_birth", person.born),
        **_day("expected_on", person.expected),
    }
    return {f"people-{row}-{name}": value for name, value in values.items() if value}


def _day(name: str, day: date | None) -> dict[str, str]:
    if day is None:
        return {}
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


_SAID = re.compile(r"people-(\d{1,2})-(?!kind$|council$|keep$)")


def said_in(typed: Mapping[str, str], row: int) -> bool:
    """Whether a row says somebody: more than a kind."""
    return any(
        value.strip() and (found := _SAID.match(name)) is not None and int(found[1]) == row
        for name, value in typed.items()
    )


def rows_said(typed: Mapping[str, str]) -> int:
    """How many rows there are up to the last that says somebody."""
    rows = [int(found[1]) for name, value in typed.items() if value.strip() and (found := _SAID.match(name))]
    return max(rows, default=-1) + 1


def _row_of(typed: Mapping[str, str], person: Proposed) -> int | None:
    """The row of somebody of that name, if just one can be meant; else the first free one; None where all are taken."""
    if person.given_name:
        same = [row for row in range(rows_said(typed)) if _same(typed, row, person)]
        if len(same) == 1:
            return same[0]
    return next((row for row in range(MOST_PEOPLE) if not said_in(typed, row)), None)


def _same(typed: Mapping[str, str], row: int, person: Proposed) -> bool:
    """Whether a row names this person: the same first name, and no other last name or age."""
    given, family = (folded(typed.get(f"people-{row}-{name}", "")) for name in ("given_name", "family_name"))
    age = typed.get(f"people-{row}-approximate_age", "").strip()
    return (
        given == folded(person.given_name)
        and (not family or not person.family_name or family == folded(person.family_name))
        and (not age or person.age is None or age == str(person.age))
    )


def cleared(typed: Mapping[str, str], row: int) -> dict[str, str]:
    """The inputs without those of one row: somebody was named who has nothing to do with it."""
    return {name: value for name, value in typed.items() if not name.startswith(f"people-{row}-")}
