"""Who may be asked for: a union of branches, each an equality or the range of a prefix on stored keys, each bounded."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from frontdoor.actors.queries import OWN
from frontdoor.matching.rules.searching import Question, Years, after
from frontdoor.people.rules.probes import asked
from frontdoor.people.rules.records import Called, Record

_MEANT = {"own": OWN, "each": "60", "pool": "1500", "born": "400"}
"""What the texts below leave open: whose rows, and how many of each branch at most."""

_BY_NUMBER = """
SELECT person_id, 'number', '' FROM people_identifier
 WHERE {own} AND value = ANY(%(numbers)s) AND struck_at IS NULL LIMIT {each}"""
_BY_PROBE = """
SELECT found.person_id, 'token', '' FROM unnest(%(tokens)s::bigint[]) AS wanted (token)
 CROSS JOIN LATERAL (
   SELECT probe.person_id FROM people_probe probe WHERE probe.{own} AND probe.token = wanted.token LIMIT 40) found"""
_BY_DAY = """
SELECT name.person_id, 'pool', name.fold_given || ' ' || name.fold_family FROM (
   SELECT id FROM people_person WHERE {own} AND born_on = %(day_{n})s LIMIT {born}) born
  JOIN people_name name ON name.{own} AND name.person_id = born.id AND name.struck_at IS NULL"""
_BY_BIRTH = """
SELECT id, 'pool', given_name || ' ' || family_name FROM people_person
 WHERE {own} AND born_on = %(day_{n})s LIMIT {each}"""
_UNBORN = """
SELECT name.person_id, 'pool', name.fold_given || ' ' || name.fold_family FROM (
   SELECT id FROM people_person WHERE {own} AND expected_on IS NOT NULL AND born_on IS NULL
    ORDER BY expected_on DESC LIMIT {born}) due
  JOIN people_name name ON name.{own} AND name.person_id = due.id AND name.struck_at IS NULL"""
_BY_POSTCODE = """
SELECT person_id, 'place', '' FROM people_residence
 WHERE {own} AND postcode = %(postcode)s AND struck_at IS NULL LIMIT 200"""
_BY_SCHOOL = """
SELECT person_id, 'place', '' FROM people_fact
 WHERE {own} AND fold_value >= %(school)s AND fold_value < %(school_end)s AND fold_value <> '' AND struck_at IS NULL
 LIMIT {each}"""
_PUPIL = """
SELECT pupil.person_id, 'name', '' FROM (
   SELECT person_id FROM people_fact
    WHERE {own} AND fold_value >= %(school_{n})s AND fold_value < %(school_end_{n})s AND fold_value <> ''
      AND struck_at IS NULL LIMIT {pool}) pupil
  JOIN people_name name ON name.{own} AND name.person_id = pupil.person_id AND name.struck_at IS NULL
 WHERE name.fold_given = ANY(%(words)s) OR name.fold_family = ANY(%(words)s)"""
_BY_BOTH = """
SELECT person_id, 'name', '' FROM people_name
 WHERE {own} AND fold_family = %(one_{n})s AND fold_given >= %(other_{n})s AND fold_given < %(other_end_{n})s
 LIMIT {each}"""
_BY_BOTH_TOO = """
SELECT person_id, 'name', '' FROM people_name
 WHERE {own} AND fold_given = %(one_{n})s AND fold_family >= %(other_{n})s AND fold_family < %(other_end_{n})s
 LIMIT {each}"""
_OF_FAMILY = """
SELECT person_id, 'pool', fold_given || ' ' || fold_family FROM people_name
 WHERE {own} AND fold_family = %(one_{n})s LIMIT {pool}"""
_OF_GIVEN = """
SELECT person_id, 'pool', fold_given || ' ' || fold_family FROM people_name
 WHERE {own} AND fold_given = %(one_{n})s AND fold_family >= %(letter_{n})s AND fold_family < %(letter_end_{n})s
 LIMIT {pool}"""
_OF_GIVEN_TOO = """
SELECT person_id, 'pool', fold_given || ' ' || fold_family FROM people_name
 WHERE {own} AND fold_given = %(one_{n})s LIMIT {pool}"""
_BOTH_BEGIN = """
SELECT person_id, 'name', '' FROM people_name
 WHERE {own} AND fold_family >= %(start_{n})s AND fold_family < %(start_end_{n})s
   AND fold_given >= %(other_{n})s AND fold_given < %(other_end_{n})s
 LIMIT {each}"""
_BEGINS = """
SELECT person_id, 'name', '' FROM people_name
 WHERE {own} AND {column} >= %(word)s AND {column} < %(word_end)s LIMIT {each}"""
_NEARLY = """
SELECT person_id, 'pool', fold_given || ' ' || fold_family FROM people_name
 WHERE {own} AND {column} >= %(start)s AND {column} < %(start_end)s LIMIT {pool}"""
_NARROWED = """
SELECT person.id, 'name', '' FROM (
   SELECT person_id FROM people_name WHERE {own} AND {column} >= %(word)s AND {column} < %(word_end)s LIMIT 4000
 ) called JOIN people_person person ON person.{own} AND person.id = called.person_id
 WHERE (%(first)s::date IS NULL OR person.born_on BETWEEN %(first)s AND %(last)s)
   AND (%(district)s = '' OR split_part(person.postcode, ' ', 1) = %(district)s) LIMIT {each}"""
_COLUMNS = ("fold_family", "fold_given")
# From the young to the old: children are near the year that somebody says, adults are not.
_AGES = (*range(1, 18, 2), 19, 23, 27, *range(34, 90, 8))
_BABY_DAYS, _DUE_DAYS = 500, 280


class _Union:
    """The branches of one statement and their values."""

    def __init__(self) -> None:
        self.branches: list[str] = []
        self.values: dict[str, Any] = {"first": None, "last": None, "district": ""}

    def add(self, text: str, **values: Any) -> None:
        number = len(self.branches)
        for name, said in {**_MEANT, "n": str(number)}.items():
            text = text.replace(f"{{{name}}}", said)
        self.branches.append(f"({text})")
        self.values |= {name.replace("_n", f"_{number}") if name.endswith("_n") else name: value
                        for name, value in values.items()}  # fmt: skip

    def begin(self, text: str, **values: str) -> None:
        """A branch over the range of a prefix: each value comes with its end."""
        ends = {
            _end(name): after(value)
            for name, value in values.items()
            if name.endswith(("letter_n", "other_n", "start_n", "school_n", "word", "start", "school"))
        }
        self.add(text, **values, **ends)


def _end(name: str) -> str:
    return f"{name[:-2]}_end_n" if name.endswith("_n") else f"{name}_end"


def statement(question: Question, *, on: date) -> tuple[str, dict[str, Any]]:
    """One statement of the branches that this question needs, and its values.

    :returns: rows of (person, how they were found, their name where it is still to be compared)
    """
    union = _Union()
    _exact(question, union, on)
    words = question.all_words
    if question.born is not None:
        _born(question, question.born, union)
    elif len(words) == 1:
        _one(question, words[0], union, on)
    elif words:
        _several(words, union)
    _schooled(question, union)
    return " UNION ALL ".join(union.branches), union.values


def _exact(question: Question, union: _Union, on: date) -> None:
    """Numbers, places and tokens: whatever agrees as a whole."""
    if question.identifiers:
        numbers = {form for _, value in question.identifiers for form in (value, value.upper(), value.lower())}
        union.add(_BY_NUMBER, numbers=sorted(numbers))
    if question.postcode:
        union.add(_BY_POSTCODE, postcode=question.postcode)
    if question.unborn:
        union.add(_UNBORN)
    if tokens := frozenset[int]().union(*map(asked, _records(question, on))):
        union.add(_BY_PROBE, tokens=sorted(tokens))


def _born(question: Question, day: date, union: _Union) -> None:
    """Everybody born on the day, and on the day that it is with its month first."""
    days = [day]
    if day.day <= 12 and day.day != day.month:
        days.append(day.replace(month=day.day, day=day.month))
    for each in days:
        union.add(_BY_DAY if question.all_words else _BY_BIRTH, day_n=each)


def _one(question: Question, word: str, union: _Union, on: date) -> None:
    """One word alone: who begins with it, narrowed by age and district where these are told, and who is nearly it."""
    years = question.years
    if question.baby or question.unborn:
        years = Years(on - timedelta(_BABY_DAYS), on + timedelta(_DUE_DAYS), "")
    for column in _COLUMNS:
        union.begin(_BEGINS.replace("{column}", column), word=word)
        if years or question.district:
            union.begin(_NARROWED.replace("{column}", column), word=word)
        if len(word) > 3:
            union.begin(_NEARLY.replace("{column}", column), start=word[:3])
    if years:
        slack = timedelta(400)
        union.values |= {"first": years.first - slack, "last": years.last + slack}
    union.values["district"] = question.district


def _several(words: tuple[str, ...], union: _Union) -> None:
    """Two parts of a name in either order, each whole beside a beginning of the other, or beside anything like it."""
    pairs = [(words[0], words[-1]), (words[-1], words[0])]
    if len(words) > 2:
        pairs += [(words[0], " ".join(words[1:])), (" ".join(words[:-1]), words[-1])]
    for column in _COLUMNS:
        union.begin(_BEGINS.replace("{column}", column), word=" ".join(words))
    for one, other in pairs:
        union.begin(_BY_BOTH, one_n=one, other_n=other)
        union.begin(_BY_BOTH_TOO, one_n=one, other_n=other)
    for one, other in pairs[:2]:
        union.begin(_OF_FAMILY, one_n=one)
        union.begin(_OF_GIVEN, one_n=one, letter_n=other[:1])
        union.begin(_OF_GIVEN_TOO, one_n=one)
        if min(len(one), len(other)) > 1:
            union.begin(_BOTH_BEGIN, start_n=one, other_n=other)


def _schooled(question: Question, union: _Union) -> None:
    if question.school:
        union.begin(_BY_SCHOOL, school=question.school)
    starts = [question.school] if question.school else []
    if question.schooled:
        starts = [word for word in question.all_words if len(word) > 2]
    for start in starts:
        if question.all_words:
            union.begin(_PUPIL, school_n=start)
            union.values["words"] = list(question.all_words)


def _records(question: Question, on: date) -> Iterator[Record]:
    """What was typed as people whom the index may know: names in every order, of every age where none was told."""
    base = Record(
        born=question.born, postcodes=(question.postcode,) if question.postcode else (),
        phones=(question.phone,) if question.phone else (), emails=(question.email,) if question.email else (),
    )  # fmt: skip
    if question.years and not question.born:
        base = replace(base, age=on.year - question.years.last.year, age_on=on)
    called = list(_called(question))
    if not called:
        yield base
    for names in called:
        yield replace(base, names=names)
        if len(question.all_words) > 1 and base.born is None and base.age is None:
            for age in _AGES:
                yield replace(base, names=names, age=age, age_on=on)


def _called(question: Question) -> Iterable[tuple[Called, ...]]:
    """Names that the words may be: each two of them, either as given and as family name."""
    words = question.all_words
    if len(words) == 1:
        yield Called(given=words[0]), Called(family=words[0])
        return
    pairs = [(words[0], words[-1])] if words else []
    if len(words) > 2:
        pairs += [(words[0], words[1]), (words[1], words[-1])]
    for one, other in pairs:
        yield Called(one, other), Called(other, one)
