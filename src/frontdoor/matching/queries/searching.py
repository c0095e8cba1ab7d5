"""Finding people while somebody types: candidates from indexed keys alone, compared in Python, with their families.

Every branch is an equality or the range of a prefix on stored keys, which PostgreSQL may ask before the wall, and reads
a bounded number of rows; so a search costs the same in a town and in a country. Statements are three, and two more for
families, however many are found. It leaves no entry: whoever shows the rows does.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from rapidfuzz import fuzz, process

from frontdoor.actors.queries import OWN, rows_within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.matching.queries.searching_candidates import statement
from frontdoor.matching.rules.searching import Question
from frontdoor.matching.rules.searching_hits import LIKELY, STRONG, Known, NameLine, PlaceLine, Verdict, fits
from frontdoor.people.rules import names
from frontdoor.people.rules.index_rows import latin_of

MOST = 20
"""People whom a search finds at most, families apart."""
COMPARED = 60
"""Candidates that are compared in full."""


@dataclass(frozen=True, slots=True)
class Line:
    """The line that lists show of somebody."""

    id: int
    key: UUID
    label: str
    given_name: str
    family_name: str
    born_on: date | None
    born_basis: str
    expected_on: date | None
    died_on: date | None
    sex: str
    postcode: str

    @property
    def order(self) -> tuple[int, str, str, int]:
        """The younger first, then by name."""
        return -(self.born_on or self.expected_on or date.min).toordinal(), self.family_name, self.given_name, self.id


@dataclass(frozen=True, slots=True)
class Hit:
    """Somebody found, and how they fit."""

    line: Line
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the best first, and whether there are more.

    :param unseen: candidates whom an ordinary reading did not show; for asking whom to call, nothing else
    """

    hits: tuple[Hit, ...] = ()
    more: bool = False
    unseen: frozenset[int] = frozenset()


def search(question: Question, *, by: Actor, on: date, most: int = MOST) -> Found:
    """People of the council acted for who fit what was typed, the best first. Whom the wall hides is not among them.

    :param on: the day of the question
    :raises NotPermitted: `by` reads no records of people
    """
    require(by, Permission.PERSON_READ, authority=acting_council(by))
    if not question.enough:
        return Found()
    chosen = _candidates(question, by=by, on=on)
    seen = lines(chosen, by=by) if chosen else {}
    hits = _fitting(question, seen, by=by, on=on)
    if question.born is not None and len(question.all_words) > 1 and not _sure(hits):
        # Whoever was born on that day is not who is meant: the date may be wrong as a whole, and the name right.
        chosen = list(dict.fromkeys([*chosen, *_candidates(replace(question, born=None), by=by, on=on)]))
        seen = lines(chosen, by=by) if chosen else {}
        hits = _fitting(question, seen, by=by, on=on)
    return Found(tuple(hits[:most]), len(hits) > most, frozenset(chosen) - seen.keys())


def _candidates(question: Question, *, by: Actor, on: date) -> list[int]:
    text, values = statement(question, on=on)
    return _chosen(question, rows_within(by, text, **values))


def _sure(hits: Iterable[Hit]) -> bool:
    return any(hit.verdict.strength in (STRONG, LIKELY) for hit in hits)


def meant(question: Question, people: Iterable[int], *, by: Actor, on: date) -> list[int]:
    """Those of some people who are likely meant, the best first: numbers alone, for the one neutral question."""
    found = _fitting(question, lines(people, by=by), by=by, on=on)
    return [hit.line.id for hit in found if hit.verdict.strength in (STRONG, LIKELY)]


def _fitting(question: Question, seen: dict[int, Line], *, by: Actor, on: date) -> list[Hit]:
    """Those of some people who fit, the best first."""
    known = _known(question, seen, by=by, on=on) if seen else ()
    fitting = [(line, fits(question, each, on=on)) for line, each in known]
    hits = [Hit(line, verdict) for line, verdict in fitting if verdict is not None]
    if _sure(hits):
        hits = [hit for hit in hits if not hit.verdict.namesake]
    return sorted(hits, key=lambda hit: (-round(hit.verdict.score, 3), hit.line.order))


_SOURCES = {"number": 100.0, "name": 3.0, "place": 1.0, "token": 1.0}
_LEAST_LIKE = 55


def _chosen(question: Question, rows: Iterable[tuple[Any, ...]]) -> list[int]:
    """The candidates that are worth comparing in full: found in more ways, or nearly called so, first."""
    weight: dict[int, float] = defaultdict(float)
    pool: dict[str, list[int]] = defaultdict(list)
    for person, source, called in rows:
        if source == "pool":
            pool[called].append(person)
        else:
            weight[person] += _SOURCES[source]
    words = question.all_words
    if pool and words:
        for called, like in _like(words, list(pool), least=0 if question.born else _LEAST_LIKE):
            for person in pool[called]:
                weight[person] += like / 25
    else:
        weight.update({person: 1.0 for people in pool.values() for person in people})
    return sorted(weight, key=lambda person: (-weight[person], person))[:COMPARED]


def _like(words: tuple[str, ...], called: list[str], *, least: float) -> Iterator[tuple[str, float]]:
    """Names that are nearly what was typed, in the order typed and the other way round."""
    scorer = fuzz.ratio if len(words) > 1 else fuzz.partial_ratio
    for order in {" ".join(words), " ".join((*words[1:], words[0])), " ".join((words[-1], *words[:-1]))}:
        for name, like, _ in process.extract(order, called, scorer=scorer, limit=COMPARED // 2, score_cutoff=least):
            yield name, like


_PEOPLE = """
SELECT id, key, label, given_name, family_name, born_on, born_basis, expected_on, died_on, sex, postcode
  FROM people_person WHERE {own} AND id = ANY(%(people)s) AND joined_into_id IS NULL"""

_NAMES = """
SELECT 'name', person_id, kind, given_name, middle_names, patronymic, family_name, latin, NULL::date, until
  FROM people_name WHERE {own} AND person_id = ANY(%(people)s) AND struck_at IS NULL"""
_BIRTHS = """
SELECT 'birth', person_id, basis, '', '', '', '', '', day, until
  FROM people_birth WHERE {own} AND person_id = ANY(%(people)s) AND struck_at IS NULL"""
_PLACES = """
SELECT 'place', person_id, kind, postcode, fold_lines, '', '', '', NULL, until
  FROM people_residence WHERE {own} AND person_id = ANY(%(people)s) AND struck_at IS NULL AND NOT protected"""
_NUMBERS = """
SELECT 'number', person_id, kind, value, '', '', '', '', NULL, until
  FROM people_identifier WHERE {own} AND person_id = ANY(%(people)s) AND struck_at IS NULL"""
_FACTS = """
SELECT 'fact', person_id, kind, fold_value, value, '', '', '', NULL, until
  FROM people_fact WHERE {own} AND person_id = ANY(%(people)s) AND struck_at IS NULL AND fold_value <> ''"""


def _own(text: str) -> str:
    return text.replace("{own}", OWN)


def lines(people: Iterable[int], *, by: Actor) -> dict[int, Line]:
    """What lists show of these people, by their number; whoever is not seen is left out."""
    return {row[0]: Line(*row) for row in rows_within(by, _own(_PEOPLE), people=list(people))}


def _known(question: Question, seen: dict[int, Line], *, by: Actor, on: date) -> Iterator[tuple[Line, Known]]:
    """What is compared of each candidate: of their rows those that the question asks for."""
    parts = [
        (_NAMES, True), (_BIRTHS, question.born or question.years or question.unborn or question.baby),
        (_PLACES, question.postcode or question.district or question.street or question.schooled),
        (_NUMBERS, question.identifiers),
        (_FACTS, question.phone or question.email or question.school or question.schooled),
    ]  # fmt: skip
    text = " UNION ALL ".join(part for part, needed in parts if needed)
    rows: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows_within(by, _own(text), people=list(seen)):
        rows[row[1]].append(row)
    for number, line in seen.items():
        yield line, _compared(line, rows[number], on)


def _compared(line: Line, rows: list[tuple[Any, ...]], on: date) -> Known:
    found: dict[str, list[Any]] = {part: [] for part in ("name", "birth", "place", "number", "fact")}
    for row in rows:
        part, _, kind, one, two, _, _, _, day, until = row
        now = until is None or until >= on
        match part:
            case "name":
                found[part] += _named(kind, row[3:8], now=now)
            case "birth":
                found[part].append((kind, day))
            case "place":
                found[part].append(PlaceLine(kind, one, two, until, now))
            case "number":
                found[part].append((kind, one.casefold()))
            case _:
                found[part].append((kind, one, two, now))
    return Known(
        names=tuple(found["name"]), births=tuple(found["birth"]), places=tuple(found["place"]),
        numbers=tuple(found["number"]), facts=tuple(found["fact"]), sex=line.sex, postcode=line.postcode,
    )  # fmt: skip


def _named(kind: str, row: tuple[str, ...], *, now: bool) -> Iterator[NameLine]:
    """A name as it is written and, where somebody carried it over, in Latin letters."""
    given, middle, patronymic, family, latin = row
    written = " ".join(part for part in (given, middle, patronymic, family) if part)
    yield NameLine(kind, now, written, names.parts(f"{given} {middle}"), names.parts(f"{patronymic} {family}"))
    if latin:
        first, last = latin_of(given, family, latin, between=f"{middle} {patronymic}".strip())
        yield NameLine(kind, now, f"{written} ({latin})", names.parts(first), names.parts(last))
