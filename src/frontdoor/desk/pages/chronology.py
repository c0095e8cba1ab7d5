"""What the pages of a chronology show: when, at what age, what it was, what came of it, what somebody marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.urls import reverse

from frontdoor.actors.rules import Actor, Permission
from frontdoor.codes import rules as codes
from frontdoor.contacts.queries.history import Past
from frontdoor.contacts.rules.history import Told, changes, kind_in_words
from frontdoor.councils.rules import london_day
from frontdoor.desk.queries.chronology import CONTACT, Chronology, Entry
from frontdoor.people.models import Person
from frontdoor.people.pages.index_around import parts
from frontdoor.shell.pages import Cell, Item, Row, link, reference, text
from frontdoor.shell.rules import age, day, short_day

COLUMNS = ["When", "Who, and how old then", "What", "What came of it", "Marked"]
SIDE_BY_SIDE = ["Came", "Age then", "About", "Told by", "Decided, and because", "Direction", "What changed"]


@dataclass(frozen=True, slots=True)
class Page:
    """The chronology as it is shown."""

    heading: str
    facts: list[str]
    rows: list[Row]
    beside: list[Row]
    council: str
    whole: bool
    navigation: list[Item]


def page(found: Chronology, *, council: Any, whole: bool, oldest: bool, by: Actor, today: date) -> Page:
    """A chronology for one council's page, the last first unless `oldest` is asked for."""
    may_mark = by.may(Permission.PERSON_KEEP)
    entries = found.entries if oldest else found.entries[::-1]
    return Page(
        heading=found.person.label,
        facts=_facts(found.person, today),
        rows=[_row(group, council=council, may_mark=may_mark) for group in _together(entries, found.person)],
        beside=_beside(found),
        council=council.name,
        whole=whole,
        navigation=parts(found.person, council.slug, "child:chronology", by=by),
    )


def _facts(person: Person, today: date) -> list[str]:
    if person.born_on:
        return [f"Born {day(person.born_on)}", age(person.born_on, person.died_on or today)]
    return [f"Expected {day(person.expected_on)}"] if person.expected_on else []


def age_then(person: Person, on: date) -> str:
    """How old somebody was on a day, in words; nothing where their birth date is not known."""
    return age(person.born_on, on) if person.born_on else "not yet born" if person.expected_on else ""


def _together(entries: Sequence[Entry], first: Person) -> list[list[Entry]]:
    """What happened to several at once is one row: one contact, one move; each still has an age of their own.

    :param first: the person of the page, who stands before the others
    """

    def what(entry: Entry) -> tuple[object, ...]:
        return entry.on, entry.kind, entry.key or entry.words

    return [sorted(group, key=lambda each: each.person.pk != first.pk) for _, group in groupby(entries, what)]


def _row(group: Sequence[Entry], *, council: Any, may_mark: bool) -> Row:
    entry = group[0]
    told = entry.past
    if told:
        about = ", told by ".join(filter(None, (kind_in_words(told.sub_type), told.source)))
        what = reference(told.receipt, reverse("contacts:detail", args=[council.slug, told.contact]), below=about)
    else:
        what = text(entry.words)
    cells = (
        text(short_day(entry.on)), text("; ".join(_who(each) for each in group)), what, text(_came_of(group)),
        _mark(group, council=council, may_mark=may_mark),
    )  # fmt: skip
    return Row(cells, tone="soon" if any(each.marks for each in group) else "")


def _who(entry: Entry) -> str:
    then = age_then(entry.person, entry.on)
    return f"{entry.person.label} ({then})" if then else entry.person.label


def _came_of(group: Sequence[Entry]) -> str | None:
    """What was decided: once where it was the same for all, else for each child by name."""
    said = [(each.person.label, _became(each.past)) for each in group if each.past and not each.past.adult]
    if not said:
        return "Named in it" if group[0].past else None
    if len({words for _, words in said}) == 1:
        return said[0][1]
    return " ".join(f"{name}: {words}." for name, words in said)


def _became(told: Past) -> str:
    if not told.outcome:
        return "Not decided yet" if told.open else "Nothing was decided for this child"
    outcome = codes.OUTCOMES[told.outcome].label
    level = f", level {told.level}" if told.level else ""
    because = f": {told.because}" if told.because else ""
    return f"{outcome}{level}{because}"


def _mark(group: Sequence[Entry], *, council: Any, may_mark: bool) -> Cell:
    words = "; ".join(dict.fromkeys(f"{mark.words} ({mark.by})" for each in group for mark in each.marks))
    entry = group[0]
    if not (may_mark and entry.kind == CONTACT):
        return text(words or None)
    href = reverse("child:mark", args=[council.slug, entry.person.key, entry.key])
    hidden = f"{entry.past.receipt if entry.past else entry.words}, {entry.person.label}"
    return link("Say more" if words else "Mark", href, hidden=hidden, below=words)


def _beside(found: Chronology) -> list[Row]:
    """The contacts about the person of the page, each beside the one before it, the last first."""
    rows: list[Row] = []
    before: Told | None = None
    for told in found.contacts:
        now = Told(london_day(told.received_at), told.sub_type, told.source, told.outcome, told.level)
        cells = (
            text(short_day(now.on), below=told.receipt), text(age_then(found.person, now.on) or None),
            text(kind_in_words(told.sub_type)), text(told.source or None),
            text("Named in it" if told.adult else _became(told)), text(told.direction or None),
            text(" ".join(changes(before, now))),
        )  # fmt: skip
        rows.append(Row(cells))
        before = now
    return rows[::-1]
