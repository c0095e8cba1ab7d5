"""A row of the index before it is saved: checked, put into its clean form, and given its source and its keys."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from frontdoor.actors.rules import Actor, InvalidInput, acting_council
from frontdoor.people.models import Birth, Caution, Fact, Identifier, Name, Person, Recorded, Residence
from frontdoor.people.rules import index_rows as rules
from frontdoor.people.rules import names
from frontdoor.people.rules.index_rows import Source

Row = TypeVar("Row", bound=Recorded)


def checked(row: Row, *, on: date) -> Row:
    """The row, if nothing is wrong with it.

    :param on: the day of today in London
    :raises InvalidInput: what is wrong, by the name of the field
    """
    problems = {**rules.span_problems(row.since, row.until), **_CHECKS[type(row)](row, on)}
    if problems:
        raise InvalidInput(**problems)
    return row


def prepared(row: Row) -> Row:
    """The row in its clean form, with the keys it is found by; for whoever saves many at once. Nothing is saved."""
    _CLEAN.get(type(row), lambda _: None)(row)
    return row


def filled(row: Row, *, person: Person, source: Source, by: Actor, at: datetime) -> Row:
    """The row, clean, as one of this person's: where it is from, who wrote it and when. Nothing is saved."""
    row.authority_id, row.person = acting_council(by), person
    row.source_kind, row.source, row.source_key = source.kind, source.words[:120], source.key
    row.recorded_by, row.recorded_at = by.user_id, at
    return prepared(row)


def _name(row: Name) -> None:
    for part in ("title", "given_name", "middle_names", "patronymic", "family_name", "latin"):
        setattr(row, part, " ".join(getattr(row, part).split()))
    written = f"{row.given_name} {row.middle_names} {row.patronymic} {row.family_name}"
    row.script = rules.script_of(written)
    between = f"{row.middle_names} {row.patronymic}".strip()
    latin = row.latin if row.script else ""
    given, family = rules.latin_of(row.given_name, row.family_name, latin, between=between)
    row.fold_given, row.fold_family = names.fold(given)[:110], names.fold(family)[:110]


def _residence(row: Residence) -> None:
    if row.protected:
        row.lines = row.postcode = row.uprn = row.fold_lines = row.care_of = ""
        return
    row.lines = "\n".join(filter(None, (" ".join(line.split()) for line in row.lines.splitlines())))
    row.postcode = rules.postcode(row.postcode)
    row.uprn = row.uprn.strip()
    row.fold_lines = rules.folded_line(row.lines)


def _identifier(row: Identifier) -> None:
    found = rules.identifier_read(row.kind, row.value, row.system, row.trace)
    if not isinstance(found, dict):
        row.value, row.system, row.trace = found.value, found.system, found.trace or ""


def _fact(row: Fact) -> None:
    row.value = " ".join(row.value.split())
    row.fold_value = rules.folded_value(row.kind, row.value)


def _identifier_problems(row: Identifier) -> dict[str, str]:
    found = rules.identifier_read(row.kind, row.value, row.system, row.trace)
    return found if isinstance(found, dict) else {}


_CLEAN: dict[type[Recorded], Callable[[Any], None]] = {
    Name: _name,
    Residence: _residence,
    Identifier: _identifier,
    Fact: _fact,
}
_CHECKS: dict[type[Recorded], Callable[[Any, date], dict[str, str]]] = {
    Name: lambda row, on: rules.name_problems(
        row.kind, (row.given_name, row.middle_names, row.patronymic, row.family_name)
    ),
    Birth: lambda row, on: rules.birth_problems(row.basis, row.day, on=on),
    Residence: lambda row, on: rules.residence_problems(row.kind, row.lines, protected=row.protected),
    Identifier: lambda row, on: _identifier_problems(row),
    Fact: lambda row, on: rules.fact_problems(row.kind, row.value),
    Caution: lambda row, on: rules.caution_problems(row.kind, row.words),
}
