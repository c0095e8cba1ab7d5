"""What a genogram is drawn from: plain values of people, what they are to each other, and where they live."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

PARENTAGE = {
    "birth": "parent by birth, or parent",
    "adopted": "parent by adoption",
    "step": "step-parent, or partner of a parent",
    "foster": "foster carer",
    "guardian": "special guardian",
    "carer": "another who cares for the child",
}
"""What somebody is to a child; each is another form of line."""

COUPLES = {
    "married": "married or in a civil partnership",
    "together": "living together",
    "apart": "a couple, living apart",
    "couple": "a couple; how they live is not recorded",
    "separated": "separated",
    "divorced": "divorced",
    "former": "former partners",
    "": "parents of a child; whether they are a couple is not recorded",
}
"""What two adults are to each other; each is another form of line, with one stroke through it, or two, once parted."""

TIES = {
    "kin": "other relatives",
    "other": "another person who matters to the child",
    "risk": "a person who may be a risk",
}

RESPONSIBILITY = {"yes": "Yes", "no": "No", "disputed": "Disputed", "": "Not known"}


@dataclass(frozen=True, slots=True)
class Relative:
    """One person of the picture.

    :param label: what stands below the symbol; of an unborn child that has no name, "Unborn" and the family's
    :param sex: as recorded: ``M``, ``F`` or ``U``
    :param gender: ``M``, ``F`` or ``X`` where it is another than the sex and may be shown; it is the outer form then
    :param born: the day of birth; None where it is not known
    :param age: the age in words where there is no day of birth to work it out from
    :param expected: when an unborn child is expected; nobody has both days
    :param about: the person whom the page is about
    :param restricted: what stands instead of all else: whom to call
    :param note: a line more below the name, as "may be known in Cambridgeshire too"
    :param href: where the table leads
    """

    key: str
    label: str
    sex: str = "U"
    gender: str = ""
    born: date | None = None
    age: str = ""
    expected: date | None = None
    died: date | None = None
    dead: bool = False
    about: bool = False
    restricted: str = ""
    note: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Parentage:
    """Somebody is a parent of a child, or cares for it like one.

    :param kind: of PARENTAGE
    :param words: what the older is to the child, and `back` what the child is to the older; plain words
    :param responsibility: parental responsibility: ``yes``, ``no``, ``disputed`` or empty where it is not known
    :param evidence: what shows it, as "birth certificate seen"
    """

    parent: str
    child: str
    kind: str = "birth"
    words: str = ""
    back: str = ""
    responsibility: str = ""
    evidence: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Couple:
    """Two who are or were a couple; `kind` of COUPLES."""

    one: str
    other: str
    kind: str = "together"
    words: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """Anything else that one is to the other.

    :param words: what `one` is to `other`, and `back` what the other is to the one
    :param kind: of TIES
    :param up: how many generations the one stands above the other; 0 beside
    """

    one: str
    other: str
    words: str
    kind: str = "kin"
    back: str = ""
    up: int = 0
    responsibility: str = ""
    evidence: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Together:
    """Children of one birth; `identical` only where that is recorded."""

    children: frozenset[str]
    identical: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a household; `days` where it is not all of the time, as "Monday to Thursday"."""

    person: str
    days: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """Those who live together."""

    key: str
    label: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """Everything that one picture shows."""

    people: tuple[Relative, ...]
    parents: tuple[Parentage, ...] = ()
    couples: tuple[Couple, ...] = ()
    ties: tuple[Tie, ...] = ()
    births: tuple[Together, ...] = ()
    homes: tuple[Home, ...] = ()


_Span = TypeVar("_Span", Parentage, Tie, Member)


def as_on(family: Family, day: date) -> Family:
    """The family as it was on a day: who was born, what held, who lived where. Both days of a span belong to it.

    A couple that had parted by then stays, as parted; whoever is joined to the person of the page on other days only is
    left out. Whoever is joined to nobody on any day stays, so that nobody is lost who was written down.
    """
    parents = _held(family.parents, day)
    ties = _held(family.ties, day)
    couples = tuple(_couples(family.couples, day))
    homes = tuple(replace(home, members=_held(home.members, day)) for home in family.homes)
    ever, then = _joined(family), _joined(Family(family.people, parents, couples, ties, homes=homes))
    people = tuple(
        _aged(person, day)
        for person in family.people
        if person.about or (_begun(person, day) and (person.key in then or person.key not in ever))
    )
    here = {person.key for person in people}
    return Family(
        people,
        tuple(each for each in parents if {each.parent, each.child} <= here),
        tuple(each for each in couples if {each.one, each.other} <= here),
        tuple(each for each in ties if {each.one, each.other} <= here),
        tuple(each for each in family.births if each.children <= here),
        tuple(_with(home, here) for home in homes),
    )


def known(family: Family) -> Family:
    """The family without what names somebody who is not among its people, or somebody twice, or to himself."""
    people = tuple({person.key: person for person in reversed(family.people)}.values())[::-1]
    here = {person.key for person in people}
    births = _one_birth(replace(each, children=each.children & here) for each in family.births)
    return Family(
        people,
        tuple(each for each in family.parents if {each.parent, each.child} <= here and each.parent != each.child),
        tuple(each for each in family.couples if {each.one, each.other} <= here and each.one != each.other),
        tuple(each for each in family.ties if {each.one, each.other} <= here and each.one != each.other),
        births,
        tuple(each for home in family.homes if (each := _with(home, here)).members),
    )


def _one_birth(births: Iterable[Together]) -> tuple[Together, ...]:
    """Births that share a child are one."""
    found: list[Together] = []
    for each in births:
        shared = [other for other in found if other.children & each.children]
        found = [other for other in found if other not in shared]
        children = each.children.union(*(other.children for other in shared))
        found.append(Together(children, each.identical and all(other.identical for other in shared)))
    return tuple(each for each in found if len(each.children) > 1)


def _with(home: Home, here: set[str]) -> Home:
    return replace(home, members=tuple(each for each in home.members if each.person in here))


def _held(spans: Iterable[_Span], day: date) -> tuple[_Span, ...]:
    return tuple(each for each in spans if (each.since or day) <= day <= (each.until or day))


def _couples(couples: Iterable[Couple], day: date) -> Iterable[Couple]:
    """Of each two that which held last; as parted where its end had passed."""
    found: dict[frozenset[str], Couple] = {}
    for each in sorted(couples, key=lambda each: (each.since or date.min, each.until or date.max)):
        if (each.since or day) <= day:
            found[frozenset((each.one, each.other))] = each
    for each in found.values():
        over = each.until is not None and each.until < day
        yield replace(each, kind="former") if over and each.kind in ("married", "together", "apart", "couple") else each


def _begun(person: Relative, day: date) -> bool:
    return person.born is None or person.born <= day


def _aged(person: Relative, day: date) -> Relative:
    return replace(person, died=person.died if person.died and person.died <= day else None)


def _joined(family: Family) -> set[str]:
    """Whoever is joined to the person of the page by relationships and homes, over however many others."""
    ends = [{each.parent, each.child} for each in family.parents]
    ends += [{couple.one, couple.other} for couple in family.couples]
    ends += [{tie.one, tie.other} for tie in family.ties]
    ends += [{each.person for each in home.members} for home in family.homes]
    found = {person.key for person in family.people if person.about}
    while new := {key for each in ends if each & found for key in each} - found:
        found |= new
    return found
