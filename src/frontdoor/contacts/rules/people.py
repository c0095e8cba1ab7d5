"""People as a contact names them, as matching compares them; and what it says of one that their record does not."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from frontdoor.contacts.rules.states import CHILD_KINDS
from frontdoor.people.rules.births import of_age
from frontdoor.people.rules.index_rows import folded_line, postcode
from frontdoor.people.rules.names import fold
from frontdoor.people.rules.records import KNOWN_AS, LEGAL, UNBORN, Called, Record
from frontdoor.shell.rules import london, short_day

_REMARK = re.compile(r"\s*\([^)]*\)")
"""What stands in brackets beside a name is said about it: “Kayleigh (surname not known)”."""


def called(person: Any) -> tuple[Called, ...]:
    """The names under which somebody is named; none of a child whom nobody has named."""
    given, family, known_as = (_plain(text) for text in (person.given_name, person.family_name, person.known_as))
    found = []
    if given or family:
        found.append(Called(given, family, UNBORN if person.kind == "unborn" and not given else LEGAL))
    if known_as and fold(known_as) != fold(given):
        found.append(Called(known_as, family, KNOWN_AS))
    return tuple(found)


def _plain(text: str) -> str:
    return _REMARK.sub("", text).strip()


def record(person: Any, others: Iterable[Any], *, on: datetime) -> Record:
    """Somebody whom a contact names, as matching compares them: what was said of them, and whom it names beside them.

    An adult living with the children has their address where none of their own is told. Protected ones are not in it.

    :param person: a row of a contact, or what is typed into one: the fields have the same names
    :param others: everybody whom it names
    :param on: when it was said, for the age
    """
    home = _home(person, others)
    numbers = (("nhs", person.nhs_number), ("upn", person.upn))
    return Record(
        names=called(person),
        born=person.date_of_birth,
        expected=person.expected_on if person.date_of_birth is None else None,
        age=person.approximate_age,
        age_on=london(on).date() if person.approximate_age is not None else None,
        sex=person.sex if person.sex in ("M", "F") else "",
        addresses=(home[0],) if home[0] else (),
        postcodes=(home[1],) if home[1] else (),
        identifiers=tuple((kind, value) for kind, value in numbers if value),
        schools=(person.school,) if person.school else (),
        relatives=tuple(name for other in others if other is not person for name in called(other)[:1]),
    )


def _protected(person: Any) -> bool:
    return bool(getattr(person, "address_protected", False) or getattr(person, "sealed", ""))


def _home(person: Any, others: Iterable[Any]) -> tuple[str, str]:
    """The lines and the postcode of where somebody lives, as it is said or follows."""
    if _protected(person):
        return "", ""
    if person.address or person.postcode or not (person.kind == "adult" and person.lives_with):
        return person.address, postcode(person.postcode)
    children = [other for other in others if other.kind in CHILD_KINDS and (other.address or other.postcode)]
    if any(_protected(other) for other in others) or not children:
        return "", ""
    return children[0].address, postcode(children[0].postcode)


@dataclass(frozen=True, slots=True)
class News:
    """One thing that a contact says of somebody and their record does not.

    :param code: how a form names it
    :param table: which table of the index it would stand in, with its `values`
    """

    code: str
    words: str
    table: str
    values: dict[str, Any]


def news(person: Any, known: Record) -> tuple[News, ...]:
    """What a contact says of somebody that their record does not; nothing of it is written unless somebody ticks it."""
    return tuple(each for each in _said(person) if not _holds(known, each))


def facts(person: Any, *, on: date) -> tuple[News, ...]:
    """Everything that a contact says of somebody, for a record that is made from it; an age becomes an estimated birth.

    :param on: the day on which it was said
    """
    found = [
        replace(each, values=each.values | {"kind": LEGAL}) if each.values.get("kind") == "alias" else each
        for each in _said(person)
    ]
    if person.approximate_age is not None and not (person.date_of_birth or person.expected_on):
        guessed = of_age(max(0, min(person.approximate_age, 110)), on=on)
        found.append(
            News("born", f"About {person.approximate_age} years", "birth", {"basis": "estimated", "day": guessed.on})
        )
    return tuple(found)


def _said(person: Any) -> Iterable[News]:
    for name in called(person):
        kind = "known_as" if name.kind == KNOWN_AS else "unborn" if name.kind == UNBORN else "alias"
        whole = " ".join(filter(None, (name.given, name.family)))
        said = {"kind": kind, "given_name": name.given, "family_name": name.family}
        yield News("known_as" if name.kind == KNOWN_AS else "name", f"Name: {whole}", "name", said)
    if person.date_of_birth:
        born = {"basis": "known", "day": person.date_of_birth}
        yield News("born", f"Born {short_day(person.date_of_birth)}", "birth", born)
    elif person.expected_on:
        due = {"basis": "expected", "day": person.expected_on}
        yield News("born", f"Expected {short_day(person.expected_on)}", "birth", due)
    if person.address and not _protected(person):
        place = {"kind": "home", "lines": person.address, "postcode": postcode(person.postcode)}
        yield News(
            "address", f"Address: {', '.join(filter(None, (person.address, place['postcode'])))}", "residence", place
        )
    if person.school:
        yield News("school", f"School or nursery: {person.school}", "fact", {"kind": "school", "value": person.school})
    if person.nhs_number:
        number = {"kind": "nhs", "value": person.nhs_number}
        yield News("nhs", f"NHS number: {person.nhs_number}", "identifier", number)
    if person.upn:
        yield News("upn", f"Unique pupil number: {person.upn}", "identifier", {"kind": "upn", "value": person.upn})


def _holds(known: Record, one: News) -> bool:
    """Whether a record holds it; a second date of birth is no news but a question, for the person's own page."""
    said = one.values
    if one.table == "name":
        given, family = fold(said["given_name"]), fold(said["family_name"])
        return any({fold(name.given), fold(name.family)} >= {given, family} - {""} for name in known.names)
    if one.table == "birth":
        return known.born is not None or (known.expected is not None and said["basis"] == "expected")
    if one.table == "residence":
        return folded_line(said["lines"]) in map(folded_line, known.addresses)
    if one.table == "identifier":
        return (said["kind"], said["value"]) in known.identifiers
    return folded_line(said["value"]) in map(folded_line, known.schools)
