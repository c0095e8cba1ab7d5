"""Saying who somebody is: never by itself, once, by what was seen, and back again exactly."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from frontdoor.actors.rules import Conflict, NotFound, NotPermitted, StepNotAllowed
from frontdoor.matching.actions import linking
from frontdoor.matching.models import Link
from frontdoor.matching.queries.candidates import candidates
from frontdoor.people.actions import index
from frontdoor.people.models import Fact, Name, Person, Probe
from frontdoor.people.rules.records import Called, Record
from frontdoor.trail.models import Entry
from tests.worlds import MADE_AT, World

pytestmark = pytest.mark.django_db
SOURCE = index.Source("worker", "Test")
KIND = "contacts.named"
BORN = date(2016, 5, 3)


def made(by: Any, given: str = "Bartosz", **said: Any) -> Person:
    return index.make(given_name=given, family_name="Zielinski", born=BORN, source=SOURCE, by=by, at=MADE_AT, **said)


def rows_of(person: Person) -> list[Any]:
    return [list(table.objects.filter(person=person).values()) for table in (Name, Fact)] + [
        Person.objects.filter(pk=person.pk).values().get()
    ]


def test_confirming_writes_nothing_into_the_record_and_leaves_an_entry(world: World) -> None:
    key = uuid4()
    with world.acting("contact_officer") as by:
        person = made(by)
        before = rows_of(person)
        told = {key: Record(names=(Called("Bartoz", "Zielinski"),), born=BORN)}
        offered = candidates(told, by=by).standings[key].candidates[0].verdict
        link = linking.confirm((KIND, key), person.key, seen=0, offered=offered, by=by, at=MADE_AT)
        assert rows_of(person) == before
        assert (link.strength, link.weights_version, link.reasons) == (
            offered.strength, offered.version, list(offered.reasons)
        )  # fmt: skip
        entry = Entry.objects.filter(action="matching.confirm").get()
        assert entry.subject_key == str(person.key)
        assert "Zielinski" not in repr(entry.detail)
        found = candidates(told, by=by).standings[key]
        assert found.confirmed is not None
        assert found.confirmed.person.key == person.key


def test_who_has_not_seen_what_was_said_since_is_refused_and_nothing_is_confirmed_twice(world: World) -> None:
    key = uuid4()
    with world.acting("contact_officer") as by:
        one, other = made(by), made(by)
        linking.reject((KIND, key), other.key, seen=0, by=by, at=MADE_AT)
        with pytest.raises(Conflict):
            linking.confirm((KIND, key), one.key, seen=0, by=by, at=MADE_AT)
        with pytest.raises(StepNotAllowed):
            linking.confirm((KIND, key), other.key, seen=1, by=by, at=MADE_AT)
        linking.confirm((KIND, key), one.key, seen=1, by=by, at=MADE_AT)
        acts: tuple[Callable[[], Any], ...] = (
            lambda: linking.confirm((KIND, key), one.key, seen=2, by=by, at=MADE_AT),
            lambda: linking.reject((KIND, key), one.key, seen=2, by=by, at=MADE_AT),
            lambda: linking.create((KIND, key), {"given_name": "Ewa"}, seen=2, source=SOURCE, by=by, at=MADE_AT),
        )
        for act in acts:
            with pytest.raises(StepNotAllowed):
                act()
        assert Link.objects.filter(subject_key=key, ended_at=None, state="confirmed").count() == 1


def test_the_database_itself_keeps_to_one_confirmed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    key = uuid4()
    with world.acting("contact_officer") as by:
        one, other = made(by), made(by)
        linking.confirm((KIND, key), one.key, seen=0, by=by, at=MADE_AT)
        monkeypatch.setattr(linking, "_unchanged", lambda *_args, **_more: [])  # as two at one moment both read
        with pytest.raises(Conflict):
            linking.confirm((KIND, key), other.key, seen=0, by=by, at=MADE_AT)


def test_a_record_made_by_mistake_is_left_without_facts_unless_somebody_has_added_to_it(world: World) -> None:
    with world.acting("contact_officer") as by:
        told = {"given_name": "Ewa", "family_name": "Zielinska", "born": BORN, "sex": "F"}
        links = [linking.create((KIND, uuid4()), told, seen=0, source=SOURCE, by=by, at=MADE_AT) for _ in range(2)]
        later = MADE_AT + timedelta(hours=1)
        index.add(links[1].person, Fact(kind="language", value="pol"), source=SOURCE, by=by, at=later)
        for link in links:
            linking.take_back(link.key, why="She is known", by=by, at=later)
        lone, added_to = links
        assert not Name.objects.filter(person=lone.person, struck_at=None).exists()
        assert not Probe.objects.filter(person_id=lone.person_id).exists()
        assert Name.objects.filter(person=lone.person).exists()
        assert Name.objects.filter(person=added_to.person, struck_at=None).exists()
        with pytest.raises(StepNotAllowed):
            linking.take_back(lone.key, by=by, at=later)
        assert Entry.objects.filter(action="matching.take_back").count() == 2


def test_nobody_acts_across_councils_or_without_the_permission(world: World) -> None:
    with world.acting("contact_officer", council=873, of=873) as by:
        theirs = made(by)
        link = linking.confirm((KIND, uuid4()), theirs.key, seen=0, by=by, at=MADE_AT)
    with world.acting("contact_officer", council=874) as by:
        acts: tuple[Callable[[], Any], ...] = (
            lambda: linking.confirm((KIND, uuid4()), theirs.key, seen=0, by=by, at=MADE_AT),
            lambda: linking.reject((KIND, uuid4()), theirs.key, seen=0, by=by, at=MADE_AT),
            lambda: linking.take_back(link.key, by=by, at=MADE_AT),
        )
        for act in acts:
            with pytest.raises(NotFound):
                act()
        ours = made(by)
    with world.acting("early_help_officer", council=874) as by:
        denied: tuple[Callable[[], Any], ...] = (
            lambda: linking.confirm((KIND, uuid4()), ours.key, seen=0, by=by, at=MADE_AT),
            lambda: linking.reject((KIND, uuid4()), ours.key, seen=0, by=by, at=MADE_AT),
            lambda: linking.create((KIND, uuid4()), {"given_name": "A"}, seen=0, source=SOURCE, by=by, at=MADE_AT),
            lambda: linking.take_back(link.key, by=by, at=MADE_AT),
        )
        for act in denied:
            with pytest.raises(NotPermitted):
                act()
