"""What the family's page shows: the genogram as on a day, the households, what can be changed, what was corrected."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.urls import reverse

from frontdoor.actors.rules import Actor, Permission
from frontdoor.people.models import Change, Household, Membership, Person, Relationship
from frontdoor.people.pages.index_around import add_part, parts
from frontdoor.people.queries.families import OpenFamily
from frontdoor.people.queries.families_moving import OpenChange
from frontdoor.people.rules import families as rules
from frontdoor.people.rules import index as kinds
from frontdoor.shell.pages import Column, Item, Row, link, text, when
from frontdoor.shell.pages.cells import struck
from frontdoor.shell.pages.genogram import (
    Couple,
    Family,
    Genogram,
    Home,
    Member,
    Parentage,
    Relative,
    Tie,
    Together,
    genogram,
)
from frontdoor.shell.rules import short_day

add_part("Family", "people:family")

SEXES = frozenset("MF")
GENDERS = {"M": ("m", "male", "man", "boy", "trans man"), "F": ("f", "female", "woman", "girl", "trans woman")}
STATES = dict(kinds.CHANGE_STATES)
CHANGES = dict(kinds.CHANGE_KINDS)
MOST_DAYS = 12


@dataclass(frozen=True, slots=True)
class FamilyPage:
    """A person's family as on a day.

    :param days: the days on which something began or ended, each as a link to the family on that day
    """

    heading: str
    navigation: list[Item]
    picture: Genogram
    homes: tuple[Row, ...]
    changes: tuple[Row, ...]
    relationships: tuple[Row, ...]
    corrected: tuple[Row, ...]
    days: tuple[Item, ...]
    adds: tuple[Item, ...]
    more: bool


HOMES = ("Household", "Who lives there on this day")
CHANGE_COLUMNS = ("Change", "State", "From", "Why")
RELATIONSHIP_COLUMNS = ("What is recorded", "From", "Until", "Where from", Column("Change", hidden=True))
CORRECTED = ("What was written", "What was wrong", "Corrected by", "When")


def family_page(opened: OpenFamily, on: date, slug: str, *, by: Actor) -> FamilyPage:
    """Everything of one family, as far as its reader may act on it."""
    person, keeps = opened.person, by.may(Permission.PERSON_KEEP)
    here = reverse("people:family", args=[slug, person.key])
    return FamilyPage(
        heading=f"Family of {person.label or 'somebody whose name is not known'}",
        navigation=parts(person, slug, "people:family", by=by),
        picture=genogram(family_of(opened, slug), on),
        homes=tuple(_homes(opened, on, slug)),
        changes=tuple(_change_row(each, person, slug) for each in opened.changes),
        relationships=tuple(_relationships(opened, slug)) if keeps else (),
        corrected=tuple(_corrected(opened)),
        days=tuple(Item(short_day(day), f"{here}?on-day={day.day}&on-month={day.month}&on-year={day.year}",
                        current=day == on) for day in opened.days()[:MOST_DAYS]),
        adds=tuple(_adds(person, slug)) if keeps else (),
        more=opened.more,
    )  # fmt: skip


def _adds(person: Person, slug: str) -> Iterator[Item]:
    yield Item("Record what somebody is to them", reverse("people:relate", args=[slug, person.key]), key="r")
    yield Item("Record a household", reverse("people:household-new", args=[slug, person.key]))


def family_of(opened: OpenFamily, slug: str) -> Family:
    """The family as the genogram takes it."""
    key = {row.pk: str(row.key) for row in opened.people}
    links = [row for row in opened.relationships if row.struck_at is None]
    parts_ = [row for row in opened.memberships if row.struck_at is None]
    return Family(
        tuple(_relative(row, opened, slug) for row in opened.people),
        tuple(_parent(row, key) for row in links if rules.kind(row.kind).form == "parent"),
        tuple(_couple(row, key) for row in links if rules.kind(row.kind).form == "couple"),
        tuple(_tie(row, key) for row in links if rules.kind(row.kind).form in ("kin", "other", "risk")),
        tuple(
            Together(frozenset((key[row.person_id], key[row.other_id])), row.twin == "identical")
            for row in links
            if row.twin
        ),
        tuple(_home(home, parts_, key) for home in opened.households),
    )


def _relative(row: Person, opened: OpenFamily, slug: str) -> Relative:
    """One person. Where a gender is written it alone is drawn: what was before is nobody's to see in a picture."""
    said = opened.genders.get(row.pk, "").strip().lower()
    drawn = next((code for code, words in GENDERS.items() if said in words), "U") if said else row.sex
    note = {"estimated": "Date of birth estimated", "disputed": "Age disputed"}.get(row.born_basis, "")
    return Relative(
        str(row.key), row.label or "Name not known", drawn if drawn in SEXES else "U", born=row.born_on,
        age="" if row.expected_on else "Age not known", expected=row.expected_on, died=row.died_on,
        about=row.pk == opened.person.pk, note=note, href=reverse("people:person", args=[slug, row.key]),
    )  # fmt: skip


def _parent(row: Relationship, key: Mapping[int, str]) -> Parentage:
    kind, drawn = rules.kind(row.kind), rules.PARENTAGE[row.kind]
    return Parentage(
        key[row.person_id], key[row.other_id], drawn, kind.label, "child" if drawn == "birth" else kind.back,
        _responsibility(row), row.evidence, row.since, row.until,
    )  # fmt: skip


def _responsibility(row: Relationship) -> str:
    return "" if row.responsibility == "unknown" else row.responsibility


def _couple(row: Relationship, key: Mapping[int, str]) -> Couple:
    state = row.state or "couple"
    return Couple(key[row.person_id], key[row.other_id], state, since=row.since, until=row.until)


def _tie(row: Relationship, key: Mapping[int, str]) -> Tie:
    kind = rules.kind(row.kind)
    return Tie(
        key[row.person_id], key[row.other_id], kind.label, kind.form, kind.back, rules.GENERATIONS.get(row.kind, 0),
        _responsibility(row), row.evidence, row.since, row.until,
    )  # fmt: skip


def _home(home: Household, rows: list[Membership], key: Mapping[int, str]) -> Home:
    return Home(
        str(home.key),
        home.label,
        tuple(
            Member(key[row.person_id], row.pattern, row.since, row.until)
            for row in rows
            if row.household_id == home.pk and row.person_id in key
        ),
    )


def _homes(opened: OpenFamily, on: date, slug: str) -> Iterator[Row]:
    label = {row.pk: row.label for row in opened.people}
    for home in opened.households:
        lives = [
            f"{label[row.person_id]}{f' ({row.pattern})' if row.pattern else ''}"
            for row in opened.memberships
            if row.household_id == home.pk and row.struck_at is None and row.person_id in label
            and rules.overlap(row.since, row.until, on, on)
        ]  # fmt: skip
        href = reverse("people:household", args=[slug, opened.person.key, home.key])
        if lives or home.ended_at is None:
            yield Row((link(home.label, href), text("; ".join(lives) or "Nobody on this day")))


def _change_row(change: Change, person: Person, slug: str) -> Row:
    href = reverse("people:change", args=[slug, person.key, change.key])
    wanted = rules.wanted(change.wanted)
    return Row((link(CHANGES[change.kind], href), text(STATES[change.state]), when(wanted.on), text(change.why)))


def in_words(row: Relationship, people: Mapping[int, str]) -> str:
    """A relationship as a sentence."""
    kind = rules.kind(row.kind)
    state = f", {row.get_state_display().lower()}" if row.state else ""
    twin = f", {row.get_twin_display().lower()}" if row.twin else ""
    return f"{people[row.person_id]} is the {kind.label} of {people[row.other_id]}{state}{twin}"


def _relationships(opened: OpenFamily, slug: str) -> Iterator[Row]:
    label = {row.pk: row.label for row in opened.people}
    for row in opened.relationships:
        if row.struck_at is not None:
            continue
        whose = opened.person
        if opened.person.pk not in (row.person_id, row.other_id):
            whose = next(each for each in opened.people if each.pk == row.person_id)
        href = reverse("people:relationship", args=[slug, whose.key, row.key])
        said = in_words(row, label)
        wrote = opened.users.get(row.recorded_by or 0, "")
        where = ", ".join(filter(None, (row.get_source_kind_display(), row.source)))
        yield Row((text(said), when(row.since), when(row.until), text(where, below=wrote),
                   link("Correct or end", href, hidden=said)))  # fmt: skip


def _corrected(opened: OpenFamily) -> Iterator[Row]:
    label = {row.pk: row.label for row in opened.people}
    said = [(row, in_words(row, label)) for row in opened.relationships]
    lived: list[tuple[Relationship | Membership, str]] = [
        (row, f"{label.get(row.person_id, '')} lived in {row.household.label}") for row in opened.memberships
    ]
    for row, words in (*said, *lived):
        if row.struck_at is not None:
            who = opened.users.get(row.struck_by or 0, "")
            yield Row((struck(words), text(row.struck_why), text(who), when(row.struck_at)))


@dataclass(frozen=True, slots=True)
class HouseholdPage:
    """One household within a family: who lives and lived in it."""

    label: str
    home: Household
    members: tuple[Row, ...]
    steps: tuple[Item, ...]


MEMBERS = ("Who", "From", "Until", "Days", "Where from", Column("Change", hidden=True))


def household_page(opened: OpenFamily, home: UUID, slug: str, *, by: Actor) -> HouseholdPage | None:
    """One household of a family; None where it is none of that family."""
    found = next((each for each in opened.households if each.key == home), None)
    if found is None:
        return None
    keeps = by.may(Permission.PERSON_KEEP) and found.ended_at is None
    args = [slug, opened.person.key, found.key]
    steps = [
        Item("Change who lives where", reverse("people:household-change", args=args), key="w"),
        Item("Add somebody who lives here", reverse("people:household-join", args=args)),
        Item("Rename the household", reverse("people:household-rename", args=args)),
    ]
    label = {row.pk: row.label for row in opened.people}
    rows = [
        row for row in opened.memberships
        if row.household_id == found.pk and row.struck_at is None and row.person_id in label
    ]  # fmt: skip
    members = tuple(_member(row, label[row.person_id], opened, slug, keeps=keeps) for row in rows)
    return HouseholdPage(found.label, found, members, tuple(steps) if keeps else ())


def _member(row: Membership, label: str, opened: OpenFamily, slug: str, *, keeps: bool) -> Row:
    where = ", ".join(filter(None, (row.get_source_kind_display(), row.source)))
    wrote = opened.users.get(row.recorded_by or 0, "")
    href = reverse("people:member", args=[slug, opened.person.key, row.key])
    change = link("Correct or end", href, hidden=label) if keeps else text("")
    return Row((text(label), when(row.since), when(row.until), text(row.pattern), text(where, below=wrote), change))


@dataclass(frozen=True, slots=True)
class ChangePage:
    """A change of who lives where: before and after, side by side, and what can be done about it."""

    heading: str
    facts: tuple[tuple[str, str], ...]
    before: Genogram
    after: Genogram
    lists: tuple[Row, ...]
    state: str
    version: int


LISTS = ("Household", "Before", "After")


def change_page(change: OpenChange, opened: OpenFamily, slug: str) -> ChangePage:
    """One change, drawn small before and after, and as one table."""
    on = change.wanted.on
    whole = family_of(opened, slug)
    people = {each.person for each in (*change.before, *change.after)}
    near = Family(
        tuple(replace(each, note="") for each in whole.people if each.key in people),
        whole.parents, whole.couples, (), whole.births,
    )  # fmt: skip
    row = change.change
    facts = [
        ("What", CHANGES[row.kind]), ("State", STATES[row.state]), ("From", short_day(on)), ("Why", row.why),
        ("Asked for by", change.users.get(row.asked_by, "")),
        ("Made by", change.users.get(row.made_by or 0, "")),
        ("Undone by", change.users.get(row.undone_by or 0, "")), ("Why undone", row.undone_why),
    ]  # fmt: skip
    return ChangePage(
        heading=CHANGES[row.kind],
        facts=tuple((name, said) for name, said in facts if said),
        before=genogram(replace(near, homes=_drawn(change, change.before)), on, title="Before"),
        after=genogram(replace(near, homes=_drawn(change, change.after)), on, title="After"),
        lists=tuple(
            Row((text(label), text(_who(change.before, key)), text(_who(change.after, key))))
            for key, label in change.homes.items()
        ),
        state=row.state,
        version=row.version,
    )


def _drawn(change: OpenChange, lives: tuple[rules.Living, ...]) -> tuple[Home, ...]:
    return tuple(
        Home(key, label, tuple(Member(each.person, each.pattern) for each in lives if each.household == key))
        for key, label in change.homes.items()
    )


def _who(lives: tuple[rules.Living, ...], home: str) -> str:
    found = [each for each in lives if each.household == home]
    return "; ".join(f"{each.label}{f' ({each.pattern})' if each.pattern else ''}" for each in found) or "Nobody"
