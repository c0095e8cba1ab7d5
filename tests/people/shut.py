"""A family of whom few may know: two people with a row in every table, made as the seeder would."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.db import connection, models
from django.utils import timezone

from frontdoor.actors.rules import SEEDER
from frontdoor.matching.models import Link, Search, Suspicion
from frontdoor.people.models import (
    Birth,
    Bringing,
    Caution,
    Fact,
    Household,
    Identifier,
    Involvement,
    Membership,
    Name,
    Person,
    Relationship,
    Residence,
    Restriction,
)
from tests.worlds import PETERBOROUGH, World

TABLES: tuple[type[models.Model], ...] = (
    Person, Name, Birth, Residence, Identifier, Fact, Caution, Relationship, Membership, Involvement, Link, Suspicion,
)  # fmt: skip
WORD = "Ravenscourt"


@dataclass(frozen=True)
class Family:
    """Two people: the first is shut in most tests, the second stands open."""

    shut: Person
    open: Person


def person(given: str, *, family: str = WORD, council: int = PETERBOROUGH, born: date = date(2015, 1, 9)) -> Person:
    """One person with a row in every table that belongs to one; somebody acts already."""
    at = timezone.now()
    told: dict[str, Any] = {
        "authority_id": council, "source_kind": "system", "source": "case system", "recorded_at": at,
    }  # fmt: skip
    made = Person.objects.create(
        authority_id=council, label=f"{given} {family}", given_name=given, family_name=family, born_on=born, made_at=at
    )
    told["person"] = made
    Name.objects.create(
        kind="legal", given_name=given, family_name=family, fold_given=given.lower(), fold_family=family.lower(), **told
    )
    Birth.objects.create(basis="known", day=born, **told)
    Residence.objects.create(kind="home", lines=f"2 {WORD} Row", **told)
    Identifier.objects.create(kind="local", value=f"{WORD}-{made.pk}", **told)
    Fact.objects.create(kind="school", value=f"{WORD} School", **told)
    Caution.objects.create(kind="dogs", words=f"{WORD}: a dog", **told)
    home = Household.objects.create(authority_id=council, label="A household", made_at=at)
    Membership.objects.create(household=home, **told)
    run = Bringing.objects.create(authority_id=council, kind="feed", state="done", begun_at=at, moved_at=at)
    Involvement.objects.create(
        authority_id=council, person=made, external=str(uuid4()), kind="cin", as_at=at, bringing=run
    )
    Link.objects.create(
        authority_id=council, subject_kind="contacts.child", subject_key=uuid4(), person=made, state="confirmed",
        said_at=at,
    )  # fmt: skip
    search = Search.objects.create(
        authority_id=council, state="done", engine="own", begun_by="a test", begun_at=at, moved_at=at
    )
    Suspicion.objects.create(
        authority_id=council, search=search, person=made, strength="strong", bits=9, state="waiting"
    )
    return made


def restriction(of: Person, *, owner: int = 1, ground: str = "high_risk", **given: Any) -> Restriction:
    """A restriction in force; somebody acts already."""
    at = timezone.now()
    return Restriction.objects.create(
        authority_id=of.authority_id, person=of, ground=ground, why="Would be in danger if found",
        call_whom="Ann Teller", call_number="01632 960100", owner=owner, set_at=at,
        review_on=(at + timedelta(days=90)).date(), **given,
    )  # fmt: skip


def family(world: World) -> Family:
    """One whose record is shut, one whose record is not, and that they are mother and child."""
    with world.system(SEEDER):
        one, other = person("Elsie"), person("Harriet", born=date(1985, 2, 15))
        Relationship.objects.create(
            authority_id=PETERBOROUGH, person=other, other=one, kind="mother", source_kind="system",
            recorded_at=timezone.now(),
        )  # fmt: skip
        restriction(one)
    return Family(one, other)


def seen(table: type[models.Model], *people: Person) -> int:
    """How many rows of these people somebody sees, by plain SQL and nothing else."""
    column = "id" if table is Person else "person_id"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM {table._meta.db_table} WHERE {column} = ANY (%s)", [[each.pk for each in people]]
        )
        (found,) = cursor.fetchone() or (0,)
    return int(found)
