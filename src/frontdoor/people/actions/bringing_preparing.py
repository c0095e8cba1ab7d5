"""What is worked out of families before the database is asked anything: lines, probes, and who belongs to whom."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import NamedTuple, TypeVar

from frontdoor.people.rules import index_summary, probes
from frontdoor.people.rules.bringing import Brought
from frontdoor.people.rules.index_summary import BirthRow, FactRow, IdentifierRow, NameRow, ResidenceRow, Standing
from frontdoor.people.rules.records import Called

_FOREVER = datetime.min.replace(tzinfo=UTC)
_T = TypeVar("_T")


def ahead(work: Iterator[_T]) -> Generator[_T, None, None]:
    """The same one after another, the next worked out in a thread while this one is being written."""
    with ThreadPoolExecutor(1) as pool:
        following = pool.submit(next, work, None)
        while (now := following.result()) is not None:
            following = pool.submit(next, work, None)
            yield now


class Lines(NamedTuple):
    """What lists show of each new person, and what they are found by, by their number in the case system."""

    shown: dict[str, index_summary.Summary]
    probes: dict[str, frozenset[int]]


def lines_of(families: Sequence[Sequence[Brought]], fresh: Iterable[Brought]) -> Lines:
    """The lines of those who are new; the names of relatives help to find them."""
    new = {person.number for person in fresh}
    lines: dict[str, index_summary.Summary] = {}
    kept: dict[str, frozenset[int]] = {}
    for family in families:
        rows = {person.number: _standing(person) for person in family if person.number in new}
        lines |= {number: index_summary.summary(found) for number, found in rows.items()}
        for number, kin in _kin(family, lines).items():
            if number in rows:
                rows[number].relatives = [Called(line.given_name, line.family_name) for line in kin]
        kept |= {number: probes.probes(index_summary.record(found)) for number, found in rows.items()}
    return Lines(lines, kept)


def _kin(family: Sequence[Brought], lines: dict[str, index_summary.Summary]) -> dict[str, list[index_summary.Summary]]:
    """The relatives of each in a family, the eldest first, as a question to the index finds them."""
    kin: dict[str, set[str]] = {}
    for one, other, _ in pairs(family):
        kin.setdefault(one, set()).add(other)
        kin.setdefault(other, set()).add(one)
    place = {person.number: number for number, person in enumerate(family)}
    return {
        number: sorted(
            (lines[other] for other in sorted(others & lines.keys(), key=lambda other: place.get(other, 0))
             if lines[other].given_name or lines[other].family_name),
            key=lambda line: (line.born_on or date.max, line.given_name),
        )
        for number, others in kin.items()
    }  # fmt: skip


def _standing(person: Brought) -> Standing:
    """The rows of a new person, as the index takes them together."""
    return Standing(
        names=[
            NameRow(0, 0, _FOREVER, None, None, name_kind(person), person.given, person.middle, "", person.family)
            for _ in (1,) if person.given or person.family
        ],
        births=[BirthRow(0, 0, _FOREVER, *person.birth)] if person.birth else [],
        residences=[
            ResidenceRow(0, number, _FOREVER, lived.since, lived.until, lived.kind, lived.lines, lived.postcode,
                         lived.uprn, lived.protected)
            for number, lived in enumerate(person.lived)
        ],
        identifiers=[
            IdentifierRow(0, 0, _FOREVER, known.kind.value, known.system, known.value) for known in person.numbers
        ],
        facts=[
            FactRow(0, number, _FOREVER, said.since, said.until, said.kind, said.value)
            for number, said in enumerate(person.said)
        ],
    )  # fmt: skip


def name_kind(person: Brought) -> str:
    """The kind of name that the case system's name is."""
    return "unborn" if person.unborn else "legal"


def pairs(family: Sequence[Brought]) -> list[tuple[str, str, str]]:
    """Who is whose mother; then one tie for each part of a family number that no mother ties to the rest."""
    found = [(mother, person.number, "mother") for person in family for mother in person.mothers]
    group = {person.number: person.number for person in family}
    for one, other, _ in found:
        _merge(group, one, other)
    first: dict[str, str] = {}
    for person in family:
        for number in person.families:
            head = first.setdefault(number, person.number)
            if group[head] != group[person.number]:
                found.append((head, person.number, "other_relative"))
                _merge(group, head, person.number)
    return found


def _merge(group: dict[str, str], one: str, other: str) -> None:
    first, second = group.setdefault(one, one), group.setdefault(other, other)
    if first != second:
        for number in [number for number, head in group.items() if head == second]:
            group[number] = first
