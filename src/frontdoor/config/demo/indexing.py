"""The index of the demonstration: everybody of the known households, with where they live and who belongs to whom.

Each has a number in the council's case system, which is the person's number in the files: P0001 and so on. Households
that are restricted are left out here: whoever restricts them makes them, and shuts them in the same act.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta

from frontdoor.actors.actions import acting_for
from frontdoor.actors.queries import within
from frontdoor.actors.rules import SEEDER, Actor, acting_council
from frontdoor.codes import rules as codes
from frontdoor.config.demo.arriving import COUNCILS
from frontdoor.config.scenarios import Household, Households, KnownAdult, KnownChild, NeverLink
from frontdoor.councils import queries as councils
from frontdoor.matching.models import NotSame
from frontdoor.people.actions import index
from frontdoor.people.models import Fact, Identifier, Membership, Name, Person, Recorded, Relationship, Residence
from frontdoor.people.models import Household as Home

SYSTEM = "Case system"
PREGNANCY = timedelta(days=270)
SOURCE = index.Source("system", SYSTEM)


def make(known: Households, *, at: datetime) -> dict[str, Person]:
    """Write everybody down whose household is not restricted: by number in the files their record."""
    found: dict[str, Person] = {}
    for council in COUNCILS:
        with acting_for(council, by=SEEDER) as by:
            for household in known.households:
                if not household.restricted and council_of(household, at=at) == council:
                    found |= make_household(household, by=by, at=at)
    return found


def council_of(household: Household, *, at: datetime) -> int:
    """The council of the demonstration that has a household in its index."""
    if household.authority in COUNCILS:
        return household.authority
    return councils.route(household.postcode, on=at).council or COUNCILS[0]


def make_household(household: Household, *, by: Actor, at: datetime) -> dict[str, Person]:
    """Everybody of one household, with who lives there and who belongs to whom, in the council acted for.

    A household in which a child is expected is known from the day on which the pregnancy can be.
    """
    due = [child.expected_date_of_birth for child in household.children if child.expected_date_of_birth]
    at = max(at, *(datetime.combine(day - PREGNANCY, time(12), UTC) for day in due)) if due else at
    found = {child.person_id: _child(child, household, by=by, at=at) for child in household.children}
    found |= {adult.person_id: _adult(adult, household, by=by, at=at) for adult in household.adults}
    ties = [*_parents(household, found), *_siblings(household, found)]
    home = Home.objects.create(authority_id=acting_council(by), label=_label(household), made_at=at)
    lives = [child.person_id for child in household.children]
    lives += [adult.person_id for adult in household.adults if adult.lives_with_children]
    rows: list[Recorded] = [*ties, *(Membership(person=found[number], household=home) for number in lives)]
    for row in rows:
        index.filled(row, person=row.person, source=SOURCE, by=by, at=at).save(force_insert=True)
    index.refresh([person.pk for person in found.values()], by=by)
    return found


def never_link(pairs: Iterable[NeverLink], *, by: Actor, at: datetime) -> int:
    """Keep apart for ever the two identities of a child, where the council acted for has both: how many pairs.

    :param by: a system: nobody else sees such a pair
    """
    made = 0
    for pair in pairs:
        local = within(by, Identifier.objects.filter(kind="local", value__in=(pair.a, pair.b)))
        numbers = dict(local.values_list("value", "person_id"))
        if len(numbers) == len((pair.a, pair.b)):
            NotSame.objects.create(
                authority_id=acting_council(by), first_id=numbers[pair.a], second_id=numbers[pair.b], ground="adoption",
                hidden=True, said_at=at,
            )  # fmt: skip
            made += 1
    return made


def _label(household: Household) -> str:
    families = dict.fromkeys(child.family_name for child in household.children)
    return f"{' and '.join(families) or 'Household'}, {household.address}"[:120]


def _place(household: Household) -> Residence:
    return Residence(kind="home", lines=household.address, postcode=household.postcode)


def _number(person_id: str) -> Identifier:
    return Identifier(kind="local", system=SYSTEM, value=person_id)


def _child(child: KnownChild, household: Household, *, by: Actor, at: datetime) -> Person:
    rows: list[Recorded] = [_number(child.person_id), _place(household)]
    if child.known_as:
        rows.append(Name(kind="known_as", given_name=child.known_as, family_name=child.family_name))
    if child.nhs_number:
        rows.append(Identifier(kind="nhs", value=child.nhs_number, trace="01"))
    if child.upn:
        rows.append(Identifier(kind="upn", value=child.upn))
    if child.school_or_nursery:
        rows.append(Fact(kind="school", value=child.school_or_nursery))
    rows.append(Fact(kind="ethnicity", value=child.ethnicity_code))
    return index.make(
        rows=rows, given_name=child.given_name or "", family_name=child.family_name, born=child.date_of_birth,
        expected=child.expected_date_of_birth, sex=child.sex, source=SOURCE, by=by, at=at,
    )  # fmt: skip


def _adult(adult: KnownAdult, household: Household, *, by: Actor, at: datetime) -> Person:
    given, _, family = adult.name.rpartition(" ")
    rows: list[Recorded] = [_number(adult.person_id)]
    if adult.lives_with_children:
        rows.append(_place(household))
    return index.make(
        rows=rows, given_name=given or family, family_name=family if given else "", born=adult.date_of_birth,
        source=SOURCE, by=by, at=at,
    )  # fmt: skip


def _parents(household: Household, found: Mapping[str, Person]) -> Iterator[Relationship]:
    """What each adult is to each child; "father of Teddy" is said of Teddy alone."""
    for adult in household.adults:
        words, _, whose = adult.relationship.partition(" of ")
        named = {name.strip() for name in whose.replace(" and ", ",").split(",")} - {""}
        for child in household.children:
            if named and child.given_name not in named:
                continue
            held = {True: "yes", False: "no", None: "unknown"}[adult.parental_responsibility]
            yield Relationship(
                person=found[adult.person_id], other=found[child.person_id], kind=codes.relationship(words).code,
                responsibility=held,
            )  # fmt: skip


def _siblings(household: Household, found: Mapping[str, Person]) -> Iterator[Relationship]:
    """Children of one household as brothers and sisters; those of one birthday as born together."""
    children = household.children
    for place, child in enumerate(children):
        for other in children[place + 1 :]:
            yield Relationship(
                person=found[child.person_id], other=found[other.person_id], kind="sibling",
                twin="twin" if _same_birth(child.date_of_birth, other.date_of_birth) else "",
            )  # fmt: skip


def _same_birth(one: date | None, other: date | None) -> bool:
    return one is not None and one == other
