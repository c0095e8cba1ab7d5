"""What the case system said before and says no more: it is given its end, and says so itself; nothing is erased.

Only a table that is there, has the columns that are compared and has not shrunk suddenly says by its silence that
something is over; and only of a person whom the table of persons names.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db import connection

from frontdoor.actors.queries import OWN, rows_within
from frontdoor.actors.rules import Actor, acting_council
from frontdoor.people.rules.bringing import Brought, layouts
from frontdoor.shell.rules import short_day as in_words

Rows = Mapping[str, Mapping[int, list[tuple[Any, ...]]]]

_ADDRESS = (
    "addr_address_json", "addr_address_type", "addr_address_start_date", "addr_address_postcode",
)  # fmt: skip
_FACTS = {
    "gender": (layouts.PERSON, ("pers_gender",)),
    "ethnicity": (layouts.PERSON, ("pers_ethnicity",)),
    "nationality": (layouts.PERSON, ("pers_nationality",)),
    "upn_unknown": (layouts.PERSON, ("pers_upn_unknown",)),
    "disability": (layouts.DISABILITY, ("disa_disability_code",)),
    "immigration": (
        layouts.IMMIGRATION, ("immi_immigration_status", "immi_immigration_status_start_date"),
    ),
}  # fmt: skip
"""Kind of fact to the table and the columns that it comes from. A death, a sex, a name and a birth never just end."""
_NUMBERS = {"nhs": (layouts.PERSON, ("pers_common_child_id",)), "upn": (layouts.PERSON, ("pers_upn",))}
_LINKED = (layouts.LINKED, ("link_identifier_type", "link_identifier_value"))


def vanished(
    number: int, person: Brought, said: Rows, columns: Collection[str], *, system: str, one: Collection[str]
) -> Iterator[tuple[str, int]]:
    """Table and number of each open row of one person that the case system says no more.

    :param said: what it said of everybody before, as `bringing_writing` reads it
    :param columns: that the files have
    :param one: kinds of fact of which it says one at a time: a newer value ends none, silence does
    """
    of_several = any(row[1] == "local" and row[3] != person.number for row in said["identifier"].get(number, ()))
    if not person.listed or of_several:  # joined of two: the one's rows do not say what the other's no longer do
        return

    def silent(table: str, needed: Collection[str]) -> bool:
        return table not in person.doubtful and all(each in columns for each in needed)

    if silent(layouts.ADDRESS, _ADDRESS):
        yield from (("residence", row) for row in _homes(person, said["residence"].get(number, ())))
    for kind, row in _facts(person, said["fact"].get(number, ()), one):
        if kind in _FACTS and silent(*_FACTS[kind]):
            yield "fact", row
    for kind, row in _numbers(person, said["identifier"].get(number, ()), system):
        if silent(*_LINKED) and (kind not in _NUMBERS or silent(*_NUMBERS[kind])):
            yield "identifier", row


def _homes(person: Brought, before: Iterable[tuple[Any, ...]]) -> Iterator[int]:
    lived = {(each.kind, each.lines, each.postcode, each.protected, each.since) for each in person.lived}
    return (row[7] for row in before if row[6] is None and row[8] and row[1:6] not in lived)


def _facts(person: Brought, before: Iterable[tuple[Any, ...]], one: Collection[str]) -> Iterator[tuple[str, int]]:
    facts = {(each.kind, each.value, each.since) for each in person.said}
    kinds = {each.kind for each in person.said}
    for _, kind, value, since, until, row, stands in before:
        told = kind in kinds if kind in one else not facts.isdisjoint({(kind, value, since), (kind, value, None)})
        if until is None and stands and not told:
            yield kind, row


def _numbers(person: Brought, before: Iterable[tuple[Any, ...]], system: str) -> Iterator[tuple[str, int]]:
    """All but the number by which somebody is known again, and the one that they had before it."""
    numbers = {(each.kind.value, each.system, each.value) for each in person.numbers}
    for _, kind, of, value, until, row, stands in before:
        own = kind == "local" or of == f"{system}, earlier"[:60]
        if until is None and stands and not own and (kind, of, value) not in numbers:
            yield kind, row


def end(rows: Collection[tuple[str, int]], *, system: str, on: date, by: Actor) -> None:
    """Give these rows their end, and let their source say why; what the case system says again later is a new row."""
    source = f"{system}; no longer in its tables of {in_words(on)}"[:120]
    for table in dict.fromkeys(table for table, _ in rows):
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE people_{table} SET until = greatest(%s, since), source = %s"  # noqa: S608 (constants)
                " WHERE authority_id = %s AND id = ANY(%s)",
                [on, source, acting_council(by), [number for each, number in rows if each == table]],
            )


_LOCAL = f"""
SELECT id, value FROM people_identifier
 WHERE {OWN} AND kind = 'local' AND system = %(system)s AND struck_at IS NULL AND id > %(after)s
 ORDER BY id LIMIT 20000
"""  # noqa: S608 (constants)


def numbers_before(*, system: str, by: Actor) -> Iterator[str]:
    """The number in the case system of everybody who was brought in before, in the order in which they came."""
    after = 0
    while rows := rows_within(by, _LOCAL, system=system, after=after):
        yield from (value for _, value in rows)
        after = rows[-1][0]
