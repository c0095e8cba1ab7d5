"""Every invented arrival, with its true dates, through the real actions against the hard facts that are known of it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEALER, SEEDER
from frontdoor.clocks import queries as clocks
from frontdoor.config.demo.arriving import Staff, door, take_in
from frontdoor.config.demo.playing import carried_out
from frontdoor.config.scenarios import Arrival, Child, arrivals
from frontdoor.contacts.models import Contact, Matter, Named, Referrer, Statement
from frontdoor.contacts.queries import receipts
from frontdoor.contacts.rules.kinds import DECISION
from tests.worlds import World


@pytest.fixture
def taken(world: World) -> list[tuple[Arrival, Contact]]:
    """All arrivals taken in, in the order of their instants; what is passed to the other council arrives there."""
    staff, found = Staff(), []
    for arrival in arrivals():
        found.append((arrival, take_in(arrival, staff)))
        if found[-1][1].mirror:
            list(carried_out(arrival.arrives_at + timedelta(minutes=10)))
    return found


def test_every_arrival_is_receipted_due_and_named_as_is_known_of_it(taken: list[tuple[Arrival, Contact]]) -> None:
    assert len(taken) == 120
    wrong = [words for arrival, contact in taken for words in differences(arrival, contact)]
    assert wrong == []
    for council in (873, 874):
        with acting_for(council, by=SEALER) as by:
            assert list(receipts.broken(by=by)) == []


def differences(arrival: Arrival, contact: Contact) -> Iterator[str]:
    """What differs between the contact and the facts, in words."""
    with acting_for(contact.authority_id, by=SEEDER) as by:
        due_at = clocks.due_at(DECISION, subject=("contacts.submission", contact.submission_id), by=by)
        if due_at.replace(microsecond=0) != arrival.expected.decision_due_at:
            yield f"{arrival.id}: due {due_at}, not {arrival.expected.decision_due_at}"
        if contact.out_of_hours != arrival.expected.out_of_hours:
            yield f"{arrival.id}: out of hours {contact.out_of_hours}"
        if contact.received_at != arrival.arrives_at:
            yield f"{arrival.id}: received {contact.received_at}"
        here = [child for child in arrival.children if council_here(arrival, child) == contact.authority_id]
        if Named.objects.filter(contact=contact).exclude(kind="adult").count() != len(here):
            yield f"{arrival.id}: children differ"
        if Matter.objects.filter(contact=contact).count() != max(1, len(here)):
            yield f"{arrival.id}: not one matter a child"
        said = [child.said_words for child in here if child.said_words]
        if list(Statement.objects.filter(contact=contact).order_by("id").values_list("words", flat=True)) != said:
            yield f"{arrival.id}: the children's own words are not word for word"
        if contact.story != arrival.narrative:
            yield f"{arrival.id}: the story was changed"
        yield from identity(arrival, contact)


def council_here(arrival: Arrival, child: Child) -> int:
    """At whose door a child arrives: a call about children of both councils is parted, everything else is not."""
    return arrival.expected.authority_of(child.ref) if arrival.id in PARTED else door(arrival)


PARTED = {"A037": (874, 873), "A051": (873, 874)}
"""Calls about children of both councils: where they were taken, and where the others live."""


def test_a_call_about_children_of_both_councils_becomes_two_contacts_that_name_each_other(
    taken: list[tuple[Arrival, Contact]],
) -> None:
    for arrival, contact in taken:
        if arrival.id not in PARTED:
            assert contact.mirror is None
            continue
        here, there = PARTED[arrival.id]
        assert contact.authority_id == here
        with acting_for(there, by=SEEDER):
            other = Contact.objects.get(mirror=contact.mirror)
            assert (other.received_at, other.story) == (arrival.arrives_at, arrival.narrative)
            theirs = {child.given_name for child in arrival.children if council_here(arrival, child) == there}
            named = Named.objects.filter(contact=other).exclude(kind="adult").values_list("given_name", flat=True)
            assert set(named) == theirs
            assert Referrer.objects.get(contact=other).name == ""  # who told us stays where it was told


def identity(arrival: Arrival, contact: Contact) -> Iterator[str]:
    """The compartment holds who told us, and nothing else does; no name and a withheld name are two things."""
    kept = Referrer.objects.get(contact=contact)
    told = arrival.referrer
    expected = "withheld" if told.wants_identity_withheld else "given" if told.name else "not_given"
    if (kept.identity, kept.name) != (expected, told.name or ""):
        yield f"{arrival.id}: the referrer is kept as {kept.identity}"


def test_each_arrival_comes_in_at_one_of_our_doors(world: World) -> None:
    assert {door(arrival) for arrival in arrivals()} == {873, 874}


def test_families_that_must_not_be_joined_are_not(taken: list[tuple[Arrival, Contact]]) -> None:
    """Contacts are grouped by exact matching alone: never two families of one street, never an adopted child's two."""
    contacts = {arrival.id: contact for arrival, contact in taken}
    joined = []
    for arrival, contact in taken:
        for link in arrival.expected.links:
            other = contacts.get(link.target.split("-", maxsplit=1)[0])
            if link.type != "must_not_match" or other is None or other.pk == contact.pk:
                continue
            if other.family == contact.family:
                joined.append((arrival.id, link.target))
    assert joined == []
