"""What the pages of one person's record show: what is known, where from, and what was corrected."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from frontdoor.actors.rules import Actor, Permission
from frontdoor.people.models import Person, Recorded
from frontdoor.people.pages.index_around import parts
from frontdoor.people.queries.index import Opened
from frontdoor.people.rules import births, identifiers, index_summary
from frontdoor.people.rules import index as kinds
from frontdoor.people.rules import index_rows as rules
from frontdoor.shell.pages import Cell, Column, Item, Row, link, text
from frontdoor.shell.pages.cells import spelled, struck
from frontdoor.shell.rules import london, moment, short_day

SOURCES = dict(kinds.SOURCE_KINDS)
PROTECTED = "Address is protected"
HEADINGS = {
    "caution": "Before you visit or call", "name": "Names", "birth": "Birth", "residence": "Addresses",
    "identifier": "Numbers", "fact": "About them",
}  # fmt: skip
EMPTY = {
    "caution": "", "name": "No name is known.", "birth": "No date of birth is known.",
    "residence": "No address is known.", "identifier": "No number is known.", "fact": "Nothing else is known.",
}  # fmt: skip
ADDS = {
    "caution": "Add what to know before a visit", "name": "Add a name", "birth": "Add a date of birth",
    "residence": "Add an address", "identifier": "Add a number",
}  # fmt: skip
ORDER = ("name", "birth", "residence", "fact", "identifier", "caution")
_FACT_ORDER = {kind: number for number, (kind, _) in enumerate(kinds.FACT_KINDS)}


@dataclass(frozen=True, slots=True)
class Section:
    """One sort of fact: what is so, what was so, and where each is from.

    :param sources: every row that stands, with where it is from, who wrote it and when
    """

    heading: str
    columns: tuple[str | Column, ...]
    rows: tuple[Row, ...]
    empty: str
    before: tuple[Row, ...]
    sources: tuple[Row, ...]
    add: Item | None


@dataclass(frozen=True, slots=True)
class Record:
    """The page of one person."""

    key: UUID
    heading: str
    facts: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    note: str
    navigation: list[Item]
    steps: tuple[Item, ...]
    sections: tuple[Section, ...]
    corrected: tuple[Row, ...]
    adds: tuple[Item, ...]


SOURCE_COLUMNS = ("What", "Where from", "Written by", "When")
CORRECTED_COLUMNS = ("What", "What was written", "What was wrong", "Corrected by", "When")


def record(opened: Opened, slug: str, *, by: Actor, at: datetime) -> Record:
    """Everything that is known of one person, as far as its reader may act on it."""
    person, today = opened.person, london(at).date()
    keeps = by.may(Permission.PERSON_KEEP)
    when = births.of_rows((row.basis, row.day) for row in reversed(_standing(opened.births)))
    return Record(
        key=person.key,
        heading=person.label,
        facts=tuple(_bar(opened, when, today)),
        tags=tuple(_tags(opened, when, today)),
        warnings=tuple(_warning(row, today) for row in _standing(opened.cautions) if row.until is None),
        note=_identify(opened, today),
        navigation=parts(person, slug, "people:person", by=by),
        steps=tuple(_steps(person, slug, by=by)) if keeps else (),
        sections=tuple(_section(kind, opened, slug, keeps=keeps, today=today) for kind in ORDER),
        corrected=tuple(_corrected(opened, today)),
        adds=tuple(_adds(person, slug)) if keeps else (),
    )


def _standing(rows: Iterable[Any]) -> list[Any]:
    """Rows that nobody struck through, the last written first."""
    return [row for row in rows if row.struck_at is None]


def _bar(opened: Opened, when: births.Born, today: date) -> Iterator[str]:
    person = opened.person
    if person.died_on:
        yield f"Died on {short_day(person.died_on)}"
    yield births.full_words(when, today)
    if person.sex and person.sex != "U":
        yield rules.fact_in_words("sex", person.sex)
    others = index_summary.names_in_order(_standing(opened.names))
    called = [str(row) for row in others if row.until is None and row.kind == "known_as" and str(row) != person.label]
    if called:
        yield f"Known as {called[0]}"
    if opened.person.postcode:
        yield opened.person.postcode


def _tags(opened: Opened, when: births.Born, today: date) -> Iterator[tuple[str, str]]:
    if opened.person.unidentified:
        yield "Not identified", "danger"
    if when.basis is births.Basis.EXPECTED:
        yield ("Birth not recorded", "late") if births.overdue(when, today) else ("Not yet born", "waiting")
    if when.basis is births.Basis.DISPUTED:
        child = births.is_child(when, today)
        yield ("Age is disputed: a child until it is decided", "late") if child else ("Age is disputed", "soon")
    facts = index_summary.shown_facts(index_summary.newest_first(_standing(opened.facts)))
    if any(row.kind == "interpreter" and row.value == rules.YES for row in facts):
        yield "Interpreter needed", "soon"
    if any(row.protected and row.until is None for row in _standing(opened.residences)):
        yield PROTECTED, "danger"


def _warning(row: Any, today: date) -> str:
    late = (
        f" To be looked at again since {short_day(row.review_on)}." if row.review_on and row.review_on < today else ""
    )
    return f"{row.get_kind_display()}: {row.words}{late}"


def _identify(opened: Opened, today: date) -> str:
    """Who this may be and who finds it out by when, where nobody knows."""
    if not opened.person.unidentified:
        return ""
    asked = next((row for row in _standing(opened.facts) if row.kind == "identify" and row.until is None), None)
    if asked is None:
        return f"{opened.person.description} Nobody is asked to find out who this is."
    day = date.fromisoformat(asked.value)
    late = ", which has passed" if day < today else ""
    return f"{opened.person.description} To be identified by {short_day(day)}{late}. {asked.note}".strip()


def _steps(person: Person, slug: str, *, by: Actor) -> Iterator[Item]:
    if person.expected_on:
        yield Item("Record the birth", reverse("people:born", args=[slug, person.key]), key="b")
    if person.unidentified:
        yield Item("Say who this is", reverse("people:add", args=[slug, person.key, "name"]), key="i")
        yield Item("Say by when somebody finds out", reverse("people:add", args=[slug, person.key, "identify"]))
    if by.may(Permission.RESTRICTION_KEEP) and not person.shut:
        yield Item("Restrict this record", reverse("people:restrict", args=[slug, person.key]))


def _adds(person: Person, slug: str) -> Iterator[Item]:
    """Every sort of fact that may be added; a fact of which one stands at a time is changed the same way."""
    for kind, words in (*ADDS.items(), *kinds.FACT_KINDS):
        if kind != "identify":
            yield Item(words, reverse("people:add", args=[slug, person.key, kind]))


def _section(kind: str, opened: Opened, slug: str, *, keeps: bool, today: date) -> Section:
    found = _standing(opened.rows(kind))
    now, before = _divided(kind, found)
    add = (
        Item(ADDS[kind], reverse("people:add", args=[slug, opened.person.key, kind]))
        if keeps and kind in ADDS
        else None
    )
    change = (Column("Change", hidden=True),) if keeps else ()
    return Section(
        heading=HEADINGS[kind],
        columns=("What", "What is known", *(() if kind == "birth" else ("From", "Until")), *change),
        rows=tuple(_row(kind, row, slug, keeps=keeps, today=today) for row in now),
        empty=EMPTY[kind],
        before=tuple(_row(kind, row, slug, keeps=keeps, today=today) for row in before),
        sources=tuple(_from(kind, row, opened.users) for row in (*now, *before)),
        add=add,
    )


def _divided(kind: str, found: list[Any]) -> tuple[list[Any], list[Any]]:
    """What is so, and what was so or was said before, each in an order that people understand."""
    if kind == "name":
        ordered = index_summary.names_in_order(found)
    elif kind == "residence":
        ordered = index_summary.places_in_order(found)
    elif kind == "fact":
        ordered = index_summary.newest_first(found)
        shown = {row.pk for row in index_summary.shown_facts(ordered)}
        ordered.sort(key=lambda row: _FACT_ORDER.get(row.kind, 99))
        return [row for row in ordered if row.pk in shown], [row for row in ordered if row.pk not in shown]
    else:
        ordered = found
    return [row for row in ordered if row.until is None], [row for row in ordered if row.until is not None]


def _row(kind: str, row: Any, slug: str, *, keeps: bool, today: date) -> Row:
    days = () if kind == "birth" else (_day(row.since), _day(row.until))
    change: tuple[Cell, ...] = ()
    if keeps:
        where = reverse("people:row", args=[slug, kind, row.key])
        change = (link("Change", where, hidden=f"{words(kind, row).lower()}: {said(kind, row, today)}"),)
    return Row((text(words(kind, row)), _known(kind, row, today), *days, *change), key=str(row.key))


def _day(day: date | None) -> Cell:
    return text(short_day(day) if day else None)


def words(kind: str, row: Any) -> str:
    """Which sort of fact a row is, in words."""
    if kind == "birth":
        return f"{row.get_basis_display()} date"
    if kind == "identifier" and row.system:
        return str(row.system)
    return str(row.get_kind_display())


def said(kind: str, row: Any, today: date) -> str:
    """What a row says, in one line; of a protected address only that there is one."""
    if kind == "birth":
        return f"due {short_day(row.day)}" if row.basis == "expected" else short_day(row.day)
    if kind == "identifier":
        return identifiers.shown(identifiers.Known(identifiers.Kind(row.kind), row.value))
    if kind == "fact":
        return _fact(row)
    if kind == "caution":
        return str(row.words)
    if kind == "residence":
        return PROTECTED if row.protected else _place(row)
    return " ".join(filter(None, (row.title, str(row))))


def _fact(row: Any) -> str:
    if row.kind in rules.DAYS:
        return short_day(date.fromisoformat(row.value))
    return rules.fact_in_words(row.kind, row.value)


def _place(row: Any) -> str:
    care = f"care of {row.care_of}" if row.care_of else ""
    where = ", ".join(filter(None, (care, *row.lines.splitlines(), row.postcode)))
    return where or "No address"


def below(kind: str, row: Any) -> str:
    """What is to be known about what a row says, in a quieter line: its Latin form, its tracing, its grounds."""
    if kind == "name" and row.script:
        given, family = rules.latin_of(row.given_name, row.family_name, "")
        return (
            f"In Latin letters: {row.latin}"
            if row.latin
            else f"Letter by letter: {' '.join(filter(None, (given, family)))}"
        )
    if kind == "birth":
        return str(row.grounds)
    if kind == "identifier":
        return _standing_of(row)
    if kind == "residence" and row.uprn:
        return f"Property number {row.uprn}"
    if kind == "caution" and row.review_on:
        return f"To be looked at again by {short_day(row.review_on)}"
    return str(row.note) if kind == "fact" else ""


def _standing_of(row: Any) -> str:
    """How sure a number is: whether it can be one at all, whether it is temporary, how its tracing stands."""
    read = rules.identifier_read(row.kind, row.value, row.system, row.trace)
    if isinstance(read, dict):
        return f"Check this: {next(iter(read.values()))}"
    if identifiers.temporary(read):
        return "Temporary: the school has asked for the real one"
    return dict(identifiers.TRACES).get(read.trace, "") if read.trace else ""


def _known(kind: str, row: Any, today: date) -> Cell:
    return (spelled if kind == "name" else text)(said(kind, row, today), below=below(kind, row))


def _from(kind: str, row: Recorded, users: dict[int, str]) -> Row:
    return Row((
        text(f"{words(kind, row)}: {said(kind, row, row.recorded_at.date())}"), text(where_from(row)),
        text(users.get(row.recorded_by or 0, "The system")), text(moment(row.recorded_at)),
    ))  # fmt: skip


def where_from(row: Recorded) -> str:
    """Where a fact is from, in words."""
    sort = SOURCES.get(row.source_kind, row.source_kind)
    return f"{sort}: {row.source}" if row.source else sort


def _corrected(opened: Opened, today: date) -> Iterator[Row]:
    wrong = [(kind, row) for kind in ORDER for row in opened.rows(kind) if row.struck_at is not None]
    for kind, row in sorted(wrong, key=lambda each: (each[1].struck_at, each[1].pk), reverse=True):
        who = opened.users.get(row.struck_by or 0, "The system")
        cells = text(words(kind, row)), struck(said(kind, row, today)), text(row.struck_why), text(who)
        yield Row((*cells, text(moment(row.struck_at) if row.struck_at else None)))


def row_facts(kind: str, row: Any, wrote: str, today: date) -> Sequence[tuple[str, str]]:
    """What stands of one fact, to be read beside the form that changes it."""
    days = [("From", short_day(row.since) if row.since else ""), ("Until", short_day(row.until) if row.until else "")]
    return [
        (words(kind, row), "\n".join(filter(None, (said(kind, row, today), below(kind, row))))),
        *([] if kind == "birth" else [pair for pair in days if pair[1]]),
        ("Where it is from", where_from(row)), ("Written by", wrote or "The system"), ("When", moment(row.recorded_at)),
    ]  # fmt: skip


def ways(table: str, row: Any, slug: str, *, by: Actor) -> list[Item]:
    """What else may be said of one fact than that another is right."""
    found = []
    if row.until is None and table != "birth":
        found.append(Item("It was right, and is no longer so", reverse("people:end", args=[slug, table, row.key])))
    found.append(
        Item("It was never so, and nothing takes its place", reverse("people:strike", args=[slug, table, row.key]))
    )
    if table == "residence" and row.lines and by.may(Permission.SAFE_CONTACT_KEEP):
        found.append(Item("Nobody may find this address: seal it", reverse("people:protect", args=[slug, row.key])))
    if table == "residence" and row.protected and by.may(Permission.PROTECTED_OPEN):
        found.append(Item("Open the protected address", reverse("people:sealed", args=[slug, row.key])))
    if table == "residence" and row.protected and by.may(Permission.SAFE_CONTACT_KEEP):
        found.append(Item("It need not be sealed any longer", reverse("people:lift", args=[slug, row.key])))
    return found


def over(row: Any) -> str:
    """Why there is nothing more to say of one fact; empty while it stands."""
    return "This was corrected. It stays readable on the record, struck through." if row.struck_at else ""
