"""What stands of a person's rows, taken together: the line that lists show, and the value that matching compares.

No day is asked: a row without an end comes before one that has ended, so that nothing changes while nobody writes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from frontdoor.people.rules import births, records
from frontdoor.people.rules.index import NAME_KINDS, RESIDENCE_KINDS, SAID_OFTEN, name_as_written
from frontdoor.people.rules.index_rows import latin_of, script_of
from frontdoor.people.rules.records import Called, Record


class NameRow(NamedTuple):
    """One name that stands."""

    person_id: int
    id: int
    recorded_at: datetime
    since: date | None
    until: date | None
    kind: str
    given_name: str = ""
    middle_names: str = ""
    patronymic: str = ""
    family_name: str = ""
    latin: str = ""
    led_at: datetime | None = None


class BirthRow(NamedTuple):
    """One statement of a birth that stands."""

    person_id: int
    id: int
    recorded_at: datetime
    basis: str
    day: date


class ResidenceRow(NamedTuple):
    """One address that stands."""

    person_id: int
    id: int
    recorded_at: datetime
    since: date | None
    until: date | None
    kind: str
    lines: str = ""
    postcode: str = ""
    uprn: str = ""
    protected: bool = False


class IdentifierRow(NamedTuple):
    """One number that stands."""

    person_id: int
    id: int
    recorded_at: datetime
    kind: str
    system: str
    value: str


class FactRow(NamedTuple):
    """Any other fact that stands."""

    person_id: int
    id: int
    recorded_at: datetime
    since: date | None
    until: date | None
    kind: str
    value: str


@dataclass(slots=True)
class Standing:
    """Every row of one person that nobody struck through, in no order; and the people who belong to them."""

    names: list[NameRow] = field(default_factory=list)
    births: list[BirthRow] = field(default_factory=list)
    residences: list[ResidenceRow] = field(default_factory=list)
    identifiers: list[IdentifierRow] = field(default_factory=list)
    facts: list[FactRow] = field(default_factory=list)
    relatives: list[Called] = field(default_factory=list)


class Summary(NamedTuple):
    """What a person's own row says of them; the columns of `Person`."""

    label: str
    family_name: str
    given_name: str
    born_on: date | None
    born_basis: str
    expected_on: date | None
    died_on: date | None
    sex: str
    postcode: str
    unidentified: bool


_NAME_ORDER = {kind: number for number, (kind, _) in enumerate(sorted(NAME_KINDS, key=lambda each: (
    ("legal", "known_as", "unborn", "alias", "maiden", "former").index(each[0])
)))}  # fmt: skip
_PLACE_ORDER = {kind: number for number, (kind, _) in enumerate(RESIDENCE_KINDS)}
_LONGEST_LABEL = 220
UNKNOWN = "Name not known"
NOT_IDENTIFIED = "Not identified"


def newest_first(rows: Iterable[Any]) -> list[Any]:
    """Rows that have no end before those that have; of these the last to end, of those the last written, first."""
    return sorted(
        rows,
        key=lambda row: (row.until or date.max, row.recorded_at, row.since or date.min, row.id),
        reverse=True,
    )


def names_in_order(rows: Iterable[Any]) -> list[Any]:
    """Names as they count: those of today before those of before, the legal name first, the newest of a kind first.

    The name that somebody chose last to lead comes before them all, until a legal one is written down after that.
    """
    found = newest_first(rows)
    today = [row for row in found if row.until is None]
    chosen = max((row.led_at for row in today if row.led_at is not None), default=None)
    if chosen and any(row.kind == records.LEGAL and row.recorded_at > chosen for row in today):
        chosen = None
    return sorted(
        found, key=lambda row: (row.until is not None, not chosen or row.led_at != chosen, _NAME_ORDER[row.kind])
    )


def places_in_order(rows: Iterable[Any]) -> list[Any]:
    """Addresses as they count: those of today before those of before, home first, the newest of a kind first."""
    return sorted(
        newest_first(rows), key=lambda row: (row.until is not None, _PLACE_ORDER[row.kind] if row.until is None else 0)
    )


def born(rows: Iterable[BirthRow]) -> births.Born:
    """When somebody was born, by every statement that stands."""
    return births.of_rows((row.basis, row.day) for row in sorted(rows, key=lambda row: (row.recorded_at, row.id)))


def label(row: NameRow | None, *, description: str = "") -> str:
    """What a person is called in a line: the name with its Latin form beside it, or what is known instead of a name."""
    if row is None:
        words = f"{NOT_IDENTIFIED}: {description}" if description else UNKNOWN
        return words[:_LONGEST_LABEL]
    whole = name_as_written(row.given_name, row.middle_names, row.patronymic, row.family_name)
    if row.kind == records.UNBORN and not row.given_name:
        return f"Unborn {whole}"
    if script_of(whole):
        return f"{whole} ({row.latin or ' '.join(filter(None, latin_of(row.given_name, row.family_name, '')))})"[
            :_LONGEST_LABEL
        ]
    return whole[:_LONGEST_LABEL]


def summary(found: Standing, *, description: str = "") -> Summary:
    """The line that lists show of one person.

    :param description: of somebody who was written down without a name; they are identified once a legal one stands
    """
    called = names_in_order(found.names)
    name = called[0] if called else None
    when = born(found.births)
    places = places_in_order(found.residences)
    facts = newest_first(found.facts)
    died = next((row.value for row in facts if row.kind == "died"), "")
    return Summary(
        label=label(name, description=description),
        family_name=name.family_name if name else "",
        given_name=name.given_name if name else "",
        born_on=when.on,
        born_basis="" if when.basis is births.Basis.UNKNOWN else when.basis.value,
        expected_on=when.expected_on,
        died_on=date.fromisoformat(died) if died else None,
        sex=next((row.value for row in facts if row.kind == "sex"), ""),
        postcode=places[0].postcode if places and places[0].until is None else "",
        unidentified=bool(description) and not any(row.kind == records.LEGAL for row in found.names),
    )


def record(found: Standing) -> Record:
    """What matching compares of one person. A protected address leaves nothing here."""
    when = born(found.births)
    open_places = [row for row in places_in_order(found.residences) if not row.protected]
    facts = newest_first(found.facts)
    sex = next((row.value for row in facts if row.kind == "sex"), "")
    called = [each for row in names_in_order(found.names) for each in _called(row)]
    return Record(
        names=tuple(dict.fromkeys(called)),
        born=when.on,
        born_basis=when.basis.value if when.on is not None else records.KNOWN,
        expected=when.expected_on,
        sex=sex if sex in ("M", "F") else "",
        postcodes=_each(row.postcode for row in open_places),
        addresses=_each(row.lines for row in open_places),
        uprns=_each(row.uprn for row in open_places),
        identifiers=tuple(dict.fromkeys((_kind(row), row.value) for row in found.identifiers)),
        phones=_each(row.value for row in facts if row.kind == "phone"),
        emails=_each(row.value for row in facts if row.kind == "email"),
        schools=_each(row.value for row in facts if row.kind == "school"),
        relatives=tuple(dict.fromkeys(found.relatives)),
    )


def shown_facts(rows: Sequence[Any]) -> list[Any]:
    """Of facts in the order of `newest_first`, those that are shown as what is so: often the newest of a kind alone."""
    seen: set[str] = set()
    kept = []
    for row in rows:
        if row.until is None and (row.kind in SAID_OFTEN or row.kind not in seen):
            kept.append(row)
        seen.add(row.kind)
    return kept


def _called(row: NameRow) -> list[Called]:
    """A name as it is written, and as somebody carried it over into Latin letters."""
    given = " ".join(filter(None, (row.given_name, row.middle_names)))
    found = [Called(given, row.family_name, row.kind, row.patronymic)]
    if row.latin:
        between = f"{row.middle_names} {row.patronymic}".strip()
        found.append(Called(*latin_of(row.given_name, row.family_name, row.latin, between=between), row.kind))
    return found


def _kind(row: IdentifierRow) -> str:
    return f"{row.kind}:{row.system}" if row.system else row.kind


def _each(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
