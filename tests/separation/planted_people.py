"""People who stand in both councils: a child of whom every kind of fact is known, and one not yet born.

`planting` takes it in at its end.
"""

from datetime import date
from typing import Any
from uuid import UUID

from tests.separation.planting import Ground, plants, token


def _source(ground: Ground) -> Any:
    from frontdoor.people.rules.index_rows import Source

    return Source("worker", ground.said())


@plants("person")
def person(ground: Ground) -> Any:
    """A child of whom every kind of fact is known, in words that must not cross."""
    from frontdoor.people.actions import index
    from frontdoor.people.models import Caution, Fact, Identifier, Name, Residence

    name = token(ground.council, "case")
    with ground.acting("social_worker") as by:
        return index.make(
            given_name=name, family_name=f"{name}family", born=date(2017, 5, 4), sex="F",
            rows=[
                Name(kind="known_as", given_name=f"{name}short"),
                Residence(kind="home", lines=f"1 {name} Street", postcode="PE1 1AA"),
                Identifier(kind="system", system=name, value=name), Fact(kind="school", value=f"{name} School"),
                Fact(kind="language", value="pol"), Caution(kind="dogs", words=ground.said()),
            ],
            source=_source(ground), by=by, at=ground.at,
        ).key  # fmt: skip


@plants("unborn")
def unborn(ground: Ground) -> Any:
    """A child whose birth is expected."""
    from datetime import timedelta

    from frontdoor.people.actions import index

    with ground.acting("social_worker") as by:
        return index.make(
            family_name=f"{token(ground.council, 'case')}family", expected=ground.at.date() + timedelta(days=60),
            source=_source(ground), by=by, at=ground.at,
        ).key  # fmt: skip


@plants("school-fact")
def school_fact(ground: Ground) -> Any:
    """One fact of the child's record."""
    from frontdoor.people.models import Fact

    with ground.acting("social_worker"):
        return Fact.objects.get(person__key=ground.keys["person"], kind="school").key


@plants("home-address")
def home_address(ground: Ground) -> Any:
    """Where the child lived, in clear."""
    from frontdoor.people.models import Residence

    with ground.acting("social_worker"):
        return Residence.objects.get(person__key=ground.keys["person"], protected=False).key


@plants("sealed-address")
def sealed_address(ground: Ground) -> Any:
    """Where the child lives now, which nobody may find."""
    from frontdoor.people.actions.index_protecting import add_sealed
    from frontdoor.people.models import Residence

    where = f"1 {token(ground.council, 'protected')} Lane, Ely, CB7 4ZZ"
    with ground.acting("social_worker") as by:
        return add_sealed(
            ground.keys["person"], Residence(kind="refuge", protected=True), address=where, seal_why=ground.said(),
            source=_source(ground), by=by, at=ground.at,
        ).key  # fmt: skip


@plants("lifting")
def lifting(ground: Ground) -> Any:
    """A wish that the sealed address stands in clear again."""
    from frontdoor.people.actions.lifting import ask

    with ground.acting("social_worker") as by:
        return ask(ground.keys["sealed-address"], why=ground.said(), by=by, at=ground.at).key


@plants("watched")
def watched(ground: Ground) -> Any:
    """A question to a contact officer about what they opened."""
    from datetime import timedelta

    from frontdoor.people.models import Watched

    with ground.acting("contact_officer") as officer:
        whose = officer.user_id or 0
    with ground.acting("social_worker") as by:
        return Watched.objects.create(
            authority_id=by.authority, user_id=whose, day=ground.at.date(), reasons=[ground.said()],
            people=[str(ground.keys["person"])], state="new", found_at=ground.at, until=ground.at + timedelta(days=2),
        ).key  # fmt: skip


@plants("match")
def match(ground: Ground) -> Any:
    """Somebody of a contact of whom a worker said who they are."""
    from frontdoor.contacts.actions import people
    from frontdoor.contacts.models import Contact, Named

    whose = ground.keys["person"]
    with ground.acting("social_worker") as by:
        contact = Contact.objects.get(key=ground.keys["contact"])
        named = Named.objects.filter(contact=contact).order_by("position")[0]
        return people.confirm(contact.key, named.key, UUID(whose), seen=0, by=by, at=ground.at).key
