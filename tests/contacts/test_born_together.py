"""What was told of an unborn child stands before whoever opens any of the children that were born."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from frontdoor.contacts.actions import people as matching
from frontdoor.contacts.models import Named
from frontdoor.contacts.queries import people
from frontdoor.contacts.queries.born_together import before_birth
from frontdoor.people.actions import index
from frontdoor.people.actions.index_births import Newborn, born
from tests.contacts.arriving import NOON, arrive, child
from tests.worlds import World

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_each_of_several_born_together_shows_what_was_told_before_the_birth(world: World, client: Client) -> None:
    with world.acting("contact_officer") as by:
        unborn = child(given_name="", family_name="Nowak", kind="unborn", date_of_birth=None,
                       expected_on=(NOON + 30 * DAY).date())  # fmt: skip
        contact = arrive(by=by, people=(unborn,))
        (row,) = Named.objects.filter(contact=contact)
        (one,) = people.of_contact(contact, [row], by=by).people
        record = matching.create(contact.key, one.key, seen=one.standing.seen, by=by, at=NOON).person
        first, second = born(
            record.key, [Newborn(given_name=name, family_name="Nowak") for name in ("Ola", "Jan")],
            day=(NOON + DAY).date(), source=index.Source("worker"), by=by, at=NOON + 2 * DAY,
        )  # fmt: skip
        assert [(each.receipt, each.whose.pk) for each in before_birth(second, by=by)] == [(contact.receipt, first.pk)]
        assert before_birth(first, by=by) == []
        other = index.make(
            given_name="Ewa", family_name="Nowak", born=date(2025, 1, 2), source=index.Source("worker"), by=by, at=NOON
        )
        assert before_birth(other, by=by) == []
    world.signed_in(client, world.user("contact_officer"))
    page = client.get(reverse("people:person", args=["peterborough", second.key])).content.decode()
    assert contact.receipt in page
    assert "Told before the birth" in page
    assert "Told before the birth" not in client.get(
        reverse("people:person", args=["peterborough", other.key])
    ).content.decode()  # fmt: skip
