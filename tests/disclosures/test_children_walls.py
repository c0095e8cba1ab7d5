"""The ledger shows nothing of a record that is shut to its reader: not by the person, and not through a contact."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from frontdoor.actors.rules import SEEDER, NotFound
from frontdoor.contacts.models import Contact, Named
from frontdoor.disclosures import actions as requests
from frontdoor.disclosures.actions import copies as actions
from frontdoor.disclosures.queries import children
from frontdoor.matching.models import Link
from frontdoor.people.models import Barred, Glass, NamedAccess, Person
from tests.contacts.arriving import child
from tests.contacts.deciding import AT, arrived
from tests.contacts.test_family import YOUNG
from tests.disclosures.asking import EWA, LATER, approved, earlier
from tests.disclosures.test_children_ledger import SAID
from tests.people.shut import person, restriction
from tests.worlds import PETERBOROUGH, World


@pytest.fixture
def known(world: World) -> tuple[Person, Contact]:
    """A record, and the newer of two contacts about the child; something was not shared in the older one."""
    older, newer = arrived(world, people=(YOUNG,)), arrived(world, people=(YOUNG,), idem="newer")
    with world.acting("social_worker", at=AT) as by:
        actions.decide_not_to_share(older.key, child="", **SAID, by=by, at=AT)
        rows = [contact.people.get(given_name="Tess").key for contact in (older, newer)]
    with world.system(SEEDER):
        made = person("Tess")
        for row in rows:
            Link.objects.create(
                authority_id=PETERBOROUGH, subject_kind="contacts.named", subject_key=row, person=made,
                state="confirmed", said_at=AT,
            )  # fmt: skip
    return made, newer


def through_contact(world: World, contact: UUID, **who: bool) -> list[str]:
    with world.acting("social_worker", at=AT, **who) as by:
        return [line.to_whom for line in children.of_contact(contact, by=by, at=AT)[2].lines if line.to_whom]


def by_person(world: World, of: UUID, **who: bool) -> list[str] | None:
    with world.acting("social_worker", at=AT, **who) as by:
        try:
            return [line.to_whom for line in children.of_person(of, by=by, at=AT)[1].lines if line.to_whom]
        except NotFound:
            return None


def test_of_a_record_that_few_may_open_it_shows_only_them(world: World, known: tuple[Person, Contact]) -> None:
    of, newer = known
    assert through_contact(world, newer.key) == by_person(world, of.key) == ["The father"]
    with world.system(SEEDER):
        restriction(of)
    assert (through_contact(world, newer.key), by_person(world, of.key)) == ([], None)
    user, now = world.user("social_worker").pk, timezone.now()
    with world.system(SEEDER):
        NamedAccess.objects.create(authority_id=PETERBOROUGH, person=of, user_id=user, why="Works with them", since=now)
    assert through_contact(world, newer.key) == by_person(world, of.key) == ["The father"]
    assert (through_contact(world, newer.key, second=True), by_person(world, of.key, second=True)) == ([], None)


def test_whoever_is_barred_reads_none_of_it_not_even_by_glass(world: World, known: tuple[Person, Contact]) -> None:
    of, newer = known
    user, now = world.user("social_worker").pk, timezone.now()
    with world.system(SEEDER):
        Barred.objects.create(authority_id=PETERBOROUGH, person=of, user_id=user, ground="relative", set_at=now)
        Glass.objects.create(
            authority_id=PETERBOROUGH, person=of, user_id=user, why="A child may be in danger", at=now,
            until=now + timedelta(hours=1),
        )  # fmt: skip
    assert (through_contact(world, newer.key), by_person(world, of.key)) == ([], None)
    assert through_contact(world, newer.key, second=True) == by_person(world, of.key, second=True) == ["The father"]


@pytest.mark.parametrize(
    ("born", "somebody_else", "lines"),
    [(EWA["date_of_birth"], False, 1), (EWA["date_of_birth"], True, 0), (None, False, 0)],
    ids=["the same name and birth date", "said to be another person", "the name alone"],
)  # fmt: skip
def test_a_line_is_anothers_that_has_the_childs_name_and_nothing_else(
    world: World, born: date | None, somebody_else: bool, lines: int
) -> None:
    before = earlier(world)
    request = approved(world, kind="refusal", people=(child(**{**EWA, "date_of_birth": born}),))
    with world.acting("information_officer", at=LATER) as by:
        requests.send(request.key, seen=request.version, how="secure_email", to_whom="The court", by=by, at=LATER)
    if somebody_else:
        with world.system(SEEDER):
            Link.objects.create(
                authority_id=PETERBOROUGH, subject_kind="contacts.named", person=person("Ewa"), state="confirmed",
                subject_key=Named.objects.get(contact=request.contact).key, said_at=LATER,
            )  # fmt: skip
    with world.acting("social_worker", at=LATER) as by:
        found = children.of_contact(before.key, by=by, at=LATER)[2].lines
    assert len([line for line in found if line.about == "Ewa Nowak"]) == lines
