"""Households of the invented population, one after another and none held: ten million need no more memory than ten."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from frontdoor.config.population import naming
from frontdoor.config.population.naming import Community
from frontdoor.people.rules.records import ESTIMATED, KNOWN, KNOWN_AS, MAIDEN, UNBORN, Called, Record

TODAY = date(2026, 11, 1)
"""The day on which everybody's age is told."""

A_HOUSEHOLD = 16
"""Numbers kept for each household, of which at most nine are used."""

_SINGLE, _CLAN, _TWINS, _NAMESAKE, _APART = 0.2, 0.1, 0.03, 0.03, 0.35
_STREETS = tuple(
    f"{first} {last}"
    for last in ("Road", "Street", "Lane", "Close", "Avenue", "Drive", "Way", "Gardens", "Court", "Rise")
    for first in (
        "Mill", "Station", "Church", "Harewood", "Welbourne", "Fen View", "Saxon", "Larkspur", "Nene", "Oundle", "Park",
        "Cathedral", "Bishops", "Lincoln", "Padholme", "Eastfield", "Crowland", "Brick Kiln", "Orchard", "Windmill",
        "Princes", "Thorpe", "Cobden", "Star", "Burghley", "Alma", "Vere", "Gladstone", "Dogsthorpe", "Scotney",
    )
)  # fmt: skip
_SCHOOLS = ("Primary School", "Academy", "Infant School", "Junior School", "High School")
_UNIT = "ABDEFGHJLNPQRSTUWXYZ"


@dataclass(frozen=True, slots=True)
class Someone:
    """One human being of the invented population.

    :param number: the truth: two mentions are one person where this is the same
    :param record: all that is true of them and written right
    """

    number: int
    household: int
    role: str
    community: str
    record: Record


def households(seed: int, *, people: int, start: int = 0) -> Iterator[list[Someone]]:
    """Households one after another until so many people are told of; the same seed gives the same households.

    :param people: also says how large the town is, so how many live under one postcode
    :param start: the first household, where several processes share the work
    """
    told, number = 0, start
    while told < people:
        family = household(seed, number, people=people)
        told += len(family)
        yield family
        number += 1


def household(seed: int, number: int, *, people: int) -> list[Someone]:
    """One household by its number. Two in a row may be brothers' families next door, with a name in common."""
    clan, own = Random(f"{seed}:clan:{number // 2}"), Random(f"{seed}:home:{number}")  # noqa: S311 (the same every time)
    shared = clan.random() < _CLAN
    early = clan if shared else own
    of = naming.community(early)
    surname = of.surname(early)
    home = _home(early, of, people)
    namesake = of.given(clan, "M"), of.given(clan, "F")
    if shared:
        home = _next_door(home, number % 2)
    couple = _couple(own, of, surname)
    alone = not shared and own.random() < _SINGLE
    children = [] if alone else _children(own, of, couple, namesake if shared else None)
    adults = couple[: 1 + (own.random() < 0.5)] if alone else couple
    return _told(own, number, of, adults=adults, children=children, home=home)


def _home(rng: Random, of: Community, people: int) -> tuple[str, str]:
    """An address line and a postcode; communities live closer together in some districts than in others."""
    districts = max(2, min(60, people // 15_000))
    if rng.random() < 0.5:
        digest = hashlib.blake2b(of.name.encode(), digest_size=4).digest()
        district = (digest[rng.randrange(4)]) % districts
    else:
        district = rng.randrange(districts)
    units = max(3, min(20, int((people / districts / 4 / 40) ** 0.5)))
    one, two = (_UNIT[rng.randrange(units)] for _ in "ab")
    code = f"{'PE' if district < 38 else 'CB'}{district % 38 + 1} {1 + rng.randrange(4)}{one}{two}"
    street = _STREETS[int.from_bytes(hashlib.blake2b(code.encode(), digest_size=2).digest(), "big") % len(_STREETS)]
    return f"{rng.randint(1, 80)} {street}", code


def _next_door(home: tuple[str, str], side: int) -> tuple[str, str]:
    number, _, street = home[0].partition(" ")
    return f"{int(number) + 2 * side} {street}", home[1]


def _couple(rng: Random, of: Community, surname: str) -> list[Record]:
    """Mother and father as they are named and born."""
    other = of if rng.random() > 0.1 else naming.community(rng)
    born = TODAY - timedelta(days=rng.randint(20 * 365, 58 * 365))
    father = Called(naming.full_given(rng, of, "M"), _grown(rng, of, "M", surname))
    maiden = naming.of_woman(other.way, _grown(rng, other, "F", other.surname(rng)), married=False)
    mother = Called(naming.full_given(rng, other, "F"), maiden)
    names: tuple[Called, ...] = (mother,)
    if of.way in ("same", "slavic", "lithuanian", "latvian", "czech") and rng.random() < 0.55:
        married = replace(mother, family=naming.of_woman(of.way, surname, married=True))
        names = (married, replace(mother, kind=MAIDEN)) if rng.random() < 0.6 else (married,)
    apart = timedelta(days=rng.randint(-3 * 365, 9 * 365))
    return [
        _adult(rng, other, names, "F", born),
        _adult(rng, of, (_one_part(rng, of, father),), "M", born - apart),
    ]


def _grown(rng: Random, of: Community, sex: str, surname: str) -> str:
    """The family name of an adult, where the community's is not simply inherited."""
    if of.way == "patronymic":
        return f"{of.given(rng, 'M')} {of.given(rng, 'M')}" if rng.random() < 0.5 else of.given(rng, "M")
    if of.way == "sikh":
        return surname if rng.random() < 0.5 else "Kaur" if sex == "F" else "Singh"
    if of.way == "iberian" and rng.random() < 0.5:
        return f"{of.surname(rng)} {surname}"
    return surname


def _one_part(rng: Random, of: Community, name: Called) -> Called:
    return replace(name, family="") if of.way == "one_part" and rng.random() < 0.25 else name


def _adult(rng: Random, of: Community, names: tuple[Called, ...], sex: str, born: date) -> Record:
    return Record(
        names=names,
        born=_born(rng, of, born, 0.35) if rng.random() < 0.85 else None,
        sex=sex,
        phones=(f"07700 900{rng.randint(0, 999):03d}{rng.randint(0, 999)}",) if rng.random() < 0.6 else (),
    )


def _born(rng: Random, of: Community, day: date, unwritten: float) -> date:
    """A day of birth; where nobody wrote it down, forms say the first of January."""
    if of.name in ("afghan", "kurdish", "somali", "eritrean") and rng.random() < unwritten:
        return date(day.year, 1, 1)
    return day


def _children(
    rng: Random, of: Community, couple: list[Record], namesake: tuple[str, str] | None
) -> list[tuple[Record, bool]]:
    """The children with whether each lives here; twins, half-brothers and -sisters, one named after his father."""
    mother, father = (parent.names[0] for parent in couple)
    found: list[tuple[Record, bool]] = []
    used: set[str] = set()
    day = (couple[0].born or date(1990, 6, 15)) + timedelta(days=rng.randint(18 * 365, 32 * 365))
    day = min(day, TODAY + timedelta(days=rng.randint(-1000, 240)))
    half = Called(of.given(rng, "M"), of.surname(rng)) if rng.random() < 0.12 else None
    for place in range(rng.choices((1, 2, 3, 4, 5), weights=(30, 36, 20, 9, 5))[0]):
        many = rng.choices((1, 2, 3), weights=(1 - _TWINS, _TWINS * 0.95, _TWINS * 0.05))[0]
        for _ in range(many):
            sex = rng.choice("MF")
            given = _child_given(rng, of, sex, used, father if rng.random() < _NAMESAKE else None)
            if namesake and place == 0 and namesake[sex == "F"] not in used:
                given = namesake[sex == "F"]
            used.add(given.split()[0])
            dad = half if half and place == 0 else father
            parents = {"father": (dad.given, dad.family or dad.given), "mother": (mother.given, mother.family)}
            family = naming.of_child(rng, of, sex, **parents)
            found.append((_child(rng, of, Called(given, family), sex, day), rng.random() > 0.03))
        day += timedelta(days=rng.randint(330, 5 * 365))
        if day > TODAY + timedelta(days=240):
            break
    return found


def _child_given(rng: Random, of: Community, sex: str, used: set[str], father: Called | None) -> str:
    if father is not None and sex == "M":
        return father.given
    given = naming.full_given(rng, of, sex)
    for _ in range(6):
        if given.split()[0] not in used:
            break
        given = naming.full_given(rng, of, sex)
    return given


def _child(rng: Random, of: Community, name: Called, sex: str, day: date) -> Record:
    if day > TODAY:
        return Record(names=(Called("", name.family, UNBORN),), expected=day)
    names: tuple[Called, ...] = (name,)
    if of.way == "chinese" and rng.random() < 0.35:
        names = (name, Called(naming.communities()[0].given(rng, sex), name.family, KNOWN_AS))
    born = _born(rng, of, day, 0.06)
    school = f"{rng.choice(_STREETS).split()[0]} {rng.choice(_SCHOOLS)}" if day.year < TODAY.year - 4 else ""
    basis = ESTIMATED if born != day else KNOWN
    return Record(names=names, born=born, born_basis=basis, sex=sex, schools=(school,) if school else ())


def _told(
    rng: Random,
    number: int,
    of: Community,
    *,
    adults: list[Record],
    children: list[tuple[Record, bool]],
    home: tuple[str, str],
) -> list[Someone]:
    """Everybody of a household with their address, their numbers and one another as relatives."""
    apart = bool(children) and len(adults) > 1 and rng.random() < _APART
    away = (
        f"{rng.randint(1, 80)} {rng.choice(_STREETS)}",
        f"PE{rng.randint(1, 38)} {rng.randint(1, 4)}{rng.choice(_UNIT)}Z",
    )
    before = (away[0], away[1]) if rng.random() < 0.25 else None
    members = [("adult", record, not (apart and place)) for place, record in enumerate(adults)]
    members += [("unborn" if child.expected else "child", child, here) for child, here in children]
    names = [record.names[0] for _, record, _ in members]
    found = []
    for place, (role, record, here) in enumerate(members[: A_HOUSEHOLD - 1]):
        homes = [home if here else away, *([before] if before and role != "unborn" else [])]
        whole = replace(
            record,
            postcodes=tuple(code for _, code in homes),
            addresses=tuple(line for line, _ in homes),
            identifiers=_numbers(rng, number * A_HOUSEHOLD + place, role),
            relatives=tuple(name for other, name in enumerate(names) if other != place),
        )
        found.append(Someone(number * A_HOUSEHOLD + place, number, role, of.name, whole))
    return found


def _numbers(rng: Random, serial: int, role: str) -> tuple[tuple[str, str], ...]:
    """The numbers that registers know somebody by; NHS numbers of the test range while it lasts."""
    found = [("system:Case system", f"C{serial}")]
    if role != "unborn" and rng.random() < (0.7 if role == "child" else 0.35) and (nhs := nhs_number(serial)):
        found.append(("nhs", nhs))
    return tuple(found)


def nhs_number(serial: int) -> str:
    """A number of the test range with its check digit; empty where the range has none for this serial."""
    if serial >= 1_000_000:
        return ""
    nine = f"999{serial:06d}"
    check = 11 - sum(int(sign) * (10 - place) for place, sign in enumerate(nine)) % 11
    return "" if check == 10 else f"{nine}{check % 11}"
