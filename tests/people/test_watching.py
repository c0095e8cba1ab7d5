"""Openings that nothing explains: found by rules in words, asked first, heard before anything is upheld, kept."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.actors.rules import (
    MATCHER,
    SEEDER,
    Actor,
    Conflict,
    InvalidInput,
    NotFound,
    NotPermitted,
    StepNotAllowed,
)
from frontdoor.people.rules import watching as rules
from frontdoor.people.rules.watching import Opening
from tests.people.shut import restriction
from tests.people.test_index import made
from tests.worlds import PETERBOROUGH, World

AT = datetime(2026, 3, 4, 11, tzinfo=UTC)
DAY = date(2026, 3, 4)
VALUES = {
    "watching.burst": 8, "watching.slow": 10, "watching.night": 3, "watching.night_from": 22, "watching.night_until": 6,
    "watching.near": True,
}  # fmt: skip


def opening(number: int, minutes: int = 0, **more: Any) -> Opening:
    return Opening(1, f"p{number}", AT + timedelta(minutes=minutes), **more)


def reasons(*openings: Opening) -> tuple[str, ...]:
    return next((each.reasons for each in rules.found(openings, VALUES, day=DAY)), ())


def test_many_within_an_hour_are_asked_about_and_one_fewer_is_not() -> None:
    assert reasons(*(opening(number, number * 7) for number in range(8)))[0].startswith(
        "Opened 8 records within an hour"
    )
    assert reasons(*(opening(number, number * 7) for number in range(7))) == ()
    assert reasons(*(opening(number, number * 20) for number in range(9))) == ()
    assert reasons(*(opening(0, number) for number in range(20))) == ()


def test_a_slow_reader_of_strangers_is_found_by_the_tenth_record() -> None:
    slowly = [opening(number, -60 * 24 * number) for number in range(10)]
    assert reasons(*slowly)[0].startswith("Opened 10 records within thirty days")
    assert reasons(*slowly[:9]) == ()


@pytest.mark.parametrize(("post", "asked"), [("Social worker", True), ("Emergency duty worker", False)])
def test_openings_by_night_are_asked_about_unless_the_night_is_ones_work(post: str, asked: bool) -> None:
    night = [opening(number, -10 * 60 + number, post=post) for number in range(3)]
    assert bool(reasons(*night)) is asked


@pytest.mark.parametrize("sort", ["own_name", "colleague", "near", "few"])
def test_what_is_near_is_asked_about_from_the_first_record_unless_something_explains_it(sort: str) -> None:
    assert "one record" in reasons(opening(1, **{sort: True}))[0]
    assert reasons(opening(1, known=True, **{sort: True})) == ()


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(-2000, 700)), max_size=60))
def test_nobody_is_asked_who_always_had_something_in_hand(told: list[tuple[int, int]]) -> None:
    assert reasons(*(opening(number, minutes, known=True, few=True, near=True) for number, minutes in told)) == ()


def test_a_reason_is_words_and_no_number_weighs_a_person() -> None:
    (found,) = rules.found([opening(1, own_name=True)], VALUES, day=DAY)
    assert found.__slots__ == ("user", "day", "reasons", "people")
    assert all(isinstance(each, str) for each in found.reasons)


pages = pytest.mark.django_db


def opens(world: World, people: list[Any], *, role: str = "contact_officer", at: datetime = AT, why: str = "") -> int:
    from frontdoor.people.queries.index import open_person

    with world.acting(role) as by:
        for number, person in enumerate(people):
            open_person(person.key, by=by, at=at + timedelta(minutes=number), why=why)
        return by.user_id or 0


def strangers(world: World, count: int) -> list[Any]:
    with world.acting("social_worker") as by:
        return [made(by, given_name=f"Child{number}", family_name=f"Family{number}") for number in range(count)]


def watch(world: World, at: datetime = AT + timedelta(hours=1)) -> int:
    from frontdoor.people.actions import watching

    with world.system(MATCHER) as by:
        return watching.watch(by=by, at=at)


def questions(world: World) -> list[Any]:
    from frontdoor.people.models import Watched

    with world.system(SEEDER):
        return list(Watched.objects.order_by("id"))


@pages
def test_the_trail_tells_who_opened_many_and_they_are_asked_once_with_a_notice(world: World) -> None:
    from frontdoor.clocks.models import ClockNotice

    who = opens(world, strangers(world, 9))
    assert watch(world) == 1
    assert watch(world) == 0
    (row,) = questions(world)
    assert (row.user_id, row.day, len(row.people), row.state) == (who, DAY, 9, "new")
    with world.system(SEEDER):
        (notice,) = ClockNotice.objects.filter(clock__subject_key=str(row.key))
        assert (notice.user_id, notice.step) == (who, "begun")


@pages
def test_whether_somebody_was_asked_before_is_one_question_however_many_are_asked(world: World) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    people = strangers(world, 9)
    opens(world, people)
    opens(world, people, role="team_manager")
    assert watch(world) == 2
    with CaptureQueriesContext(connection) as asked:
        assert watch(world) == 0
    assert len([each for each in asked if "FOR UPDATE" in each["sql"] and "people_watched" in each["sql"]]) == 1


@pages
def test_a_reason_given_or_work_in_hand_explains_it(world: World) -> None:
    from frontdoor.people.actions import index
    from frontdoor.people.models import Fact

    people = strangers(world, 9)
    opens(world, people, why="Asked by the manager to check the index")
    assert watch(world) == 0
    opens(world, people)
    with world.acting("contact_officer") as by:
        index.add(people[0], Fact(kind="school", value="Larkspur"), source=index.Source("worker"), by=by, at=AT)
        index.add(people[1], Fact(kind="school", value="Larkspur"), source=index.Source("worker"), by=by, at=AT)
    assert watch(world) == 0, "seven that nothing explains are fewer than eight"


@pages
def test_people_of_a_contact_on_which_somebody_worked_and_their_family_are_in_hand(world: World) -> None:
    from frontdoor.contacts.actions import people as matching
    from frontdoor.contacts.models import Named
    from frontdoor.people.models import Relationship
    from frontdoor.trail import actions as trail
    from tests.contacts import deciding

    contact, (one, mother, *_) = deciding.arrived(world), strangers(world, 3)
    with world.acting("social_worker") as by:
        named = Named.objects.filter(contact__key=contact.key).order_by("position")[0]
        matching.confirm(contact.key, named.key, one.key, seen=0, by=by, at=AT)
        Relationship.objects.create(
            authority_id=PETERBOROUGH, person=mother, other=one, kind="mother", source_kind="worker", recorded_at=AT
        )
    with world.system(SEEDER):
        restriction(one)
        restriction(mother)
    everybody_named(world, one, mother, role="team_manager")
    opens(world, [one, mother], role="team_manager")
    assert watch(world) == 1
    with world.system(SEEDER):
        from frontdoor.people.models import Watched

        Watched.objects.update(day=DAY - timedelta(days=9))
    with world.acting("team_manager") as by:
        trail.record("contacts.screen", subject=("contacts.contact", contact.key), by=by, at=AT)
    assert watch(world) == 0


def everybody_named(world: World, *people: Any, role: str = "contact_officer") -> None:
    from frontdoor.people.models import NamedAccess

    with world.acting(role) as by:
        who = by.user_id or 0
    with world.system(SEEDER):
        for person in people:
            NamedAccess.objects.create(
                authority_id=PETERBOROUGH, person=person, user_id=who, why="For a task", since=AT - timedelta(days=1)
            )


@pages
@pytest.mark.parametrize("sort", ["own_name", "colleague", "few", "address", "family"])
def test_each_rule_reads_what_is_near_out_of_the_index(world: World, sort: str) -> None:
    from frontdoor.people.models import Barred, Person, Relationship, Residence

    with world.acting("contact_officer") as by:
        who, label = by.user_id or 0, by.label
    with world.acting("social_worker") as by:
        other = by.label
    given, family = "Zaleska", "Quillfeather"
    if sort == "own_name":
        family = label.split()[-1]
    if sort == "colleague":
        given, family = other.split()[0], other.split()[-1]
    home = {"lines": "4 Larkspur Road", "postcode": "PE1 1AA"}
    with world.acting("social_worker") as by:
        person = made(by, given_name=given, family_name=family, rows=[Residence(kind="home", **home)])
        relative = made(by, given_name="Ann", family_name="Own", rows=[Residence(kind="home", **home)])
        if sort != "address":
            Residence.objects.filter(person=relative).update(fold_lines="elsewhere")
    with world.system(SEEDER):
        if sort == "few":
            restriction(Person.objects.get(pk=person.pk))
        if sort in ("address", "family"):
            Barred.objects.create(authority_id=PETERBOROUGH, person=relative, user_id=who, ground="relative", set_at=AT)
        if sort == "family":
            Relationship.objects.create(
                authority_id=PETERBOROUGH, person=relative, other=person, kind="mother", source_kind="worker",
                recorded_at=AT,
            )  # fmt: skip
    if sort == "few":
        everybody_named(world, person)
    opens(world, [person])
    assert watch(world) == 1
    words = {
        "own_name": "own family name", "colleague": "name of a colleague", "few": "few may open",
        "address": "address or family", "family": "address or family",
    }  # fmt: skip
    assert words[sort] in questions(world)[0].reasons[0]


def _asked(world: World) -> Any:
    opens(world, strangers(world, 9))
    watch(world)
    return questions(world)[0]


@pages
def test_whoever_is_asked_is_heard_before_anything_is_upheld(world: World) -> None:
    from frontdoor.clocks.models import Clock
    from frontdoor.people.actions import watching
    from frontdoor.people.models import Watched

    row, at = _asked(world), AT + timedelta(hours=2)
    with world.acting("data_protection_officer", of=PETERBOROUGH) as by:
        with pytest.raises(StepNotAllowed, match="have not said why"):
            watching.answer(row.key, step="uphold", words="No reason at all", seen=1, by=by, at=at)
        with pytest.raises(IntegrityError, match="watched_heard_before_upheld"), transaction.atomic():
            Watched.objects.filter(pk=row.pk).update(
                state="upheld", answered_by=by.user_id, answered_at=at, finding="No reason"
            )
        watching.answer(row.key, step="look", seen=1, by=by, at=at)
    with world.acting("contact_officer") as by:
        with pytest.raises(InvalidInput):
            watching.say(row.key, words=" ", seen=2, by=by, at=at)
        watching.say(row.key, words="I checked the new index", seen=2, by=by, at=at)
        assert not Clock.objects.filter(subject_key=str(row.key), stopped_at=None).exists()
        with pytest.raises(StepNotAllowed):
            watching.say(row.key, words="And once more", seen=3, by=by, at=at)
        with pytest.raises(NotPermitted):
            watching.answer(row.key, step="explain", words="All is well", seen=3, by=by, at=at)
    with world.acting("data_protection_officer", of=PETERBOROUGH) as by:
        with pytest.raises(InvalidInput):
            watching.answer(row.key, step="explain", words="", seen=3, by=by, at=at)
        kept = watching.answer(row.key, step="explain", words="A false alarm: a test", seen=3, by=by, at=at)
        assert (kept.state, kept.finding, kept.words) == (
            "explained", "A false alarm: a test", "I checked the new index"
        )  # fmt: skip
    assert watch(world) == 0


@pages
def test_who_lets_the_time_pass_is_found_without_having_been_heard(world: World) -> None:
    from frontdoor.people.actions import watching

    row = _asked(world)
    with world.acting("data_protection_officer", of=PETERBOROUGH) as by:
        done = watching.answer(
            row.key, step="uphold", words="Never said why", seen=1, by=by, at=row.until + timedelta(days=1)
        )
        assert done.state == "upheld"


@pages
def test_nobody_finds_anything_about_themselves(world: World) -> None:
    from frontdoor.people.actions import watching
    from frontdoor.people.models import Watched
    from frontdoor.people.queries import watching as queries

    row = _asked(world)
    with world.acting("data_protection_officer", of=PETERBOROUGH) as by:
        Watched.objects.filter(pk=row.pk).update(user_id=by.user_id)
        with pytest.raises(StepNotAllowed, match="about yourself"):
            watching.answer(row.key, step="explain", words="All is well", seen=1, by=by, at=AT)
        with pytest.raises(NotFound):
            queries.open_watched(row.key, by=by, at=AT)
        assert queries.watched(by=by, at=AT)[0] == []
        with pytest.raises(IntegrityError, match="watched_answered_by_another"), transaction.atomic():
            Watched.objects.filter(pk=row.pk).update(looked_by=by.user_id)


@pages
def test_a_person_does_not_look_through_what_others_opened(world: World) -> None:
    from frontdoor.people.queries.watching import openings

    with world.acting("contact_officer") as by, pytest.raises(NotPermitted):
        openings(since=AT, by=_only(by))


def _only(by: Actor) -> Actor:
    return by


@pages
def test_the_pages_lead_from_the_notice_to_the_answer(world: World) -> None:
    row = _asked(world)
    officer = world.signed_in(Client(), world.user("contact_officer", council=873))
    watcher = world.signed_in(Client(), world.user("data_protection_officer", council=PETERBOROUGH))
    mine = reverse("people:asked-one", args=["peterborough", row.key])
    theirs = reverse("people:watched-one", args=["peterborough", row.key])
    assert mine in officer.get(reverse("desk:notices")).text
    assert mine in officer.get(reverse("people:asked", args=["peterborough"])).text
    assert "Child3 Family3" in officer.get(mine).text
    assert officer.post(mine, {"words": "", "seen": "1"}).status_code == 422
    assert officer.post(mine, {"words": "I was asked to check them", "seen": "1"}).status_code == 302
    assert officer.get(theirs).status_code == 403
    assert watcher.get(mine).status_code == 404
    assert "Has said why" in watcher.get(reverse("people:watched", args=["peterborough"])).text
    page = watcher.get(theirs).text
    assert "I was asked to check them" in page
    assert "Child3" not in page
    assert watcher.post(theirs, {"step": "explain", "words": "", "seen": "2"}).status_code == 422
    assert watcher.post(theirs, {"step": "explain", "words": "The manager agrees", "seen": "2"}).status_code == 302
    assert "The manager agrees" in watcher.get(theirs).text
    assert "The manager agrees" in officer.get(mine).text


@pages
def test_whoever_is_asked_does_not_learn_that_a_record_is_closed_to_them(world: World) -> None:
    from frontdoor.people.models import Barred, Residence

    user = world.user("contact_officer", council=873)
    home = {"kind": "home", "lines": "4 Larkspur Road", "postcode": "PE1 1AA"}
    with world.acting("social_worker") as by:
        near, closed = (
            made(by, given_name=name, family_name="Own", rows=[Residence(**home)]) for name in ("Ann", "Ada")
        )
    with world.system(SEEDER):
        Barred.objects.create(authority_id=PETERBOROUGH, person=closed, user_id=user.pk, ground="accused", set_at=AT)
    assert opens(world, [near]) == user.pk
    assert watch(world) == 1
    row = questions(world)[0]
    assert "closed to them" in row.reasons[0]
    officer = world.signed_in(Client(), user)
    for name, args in (("asked", []), ("asked-one", [row.key])):
        page = officer.get(reverse(f"people:{name}", args=["peterborough", *args])).text
        assert "that may be near to them" in page
        assert "closed to them" not in page
    watcher = world.signed_in(Client(), world.user("data_protection_officer", council=PETERBOROUGH))
    assert "closed to them" in watcher.get(reverse("people:watched", args=["peterborough"])).text


@pages
def test_whoever_says_or_finds_something_has_seen_the_question_as_it_stands(world: World) -> None:
    from frontdoor.people.actions import watching

    row = _asked(world)
    with world.acting("contact_officer") as by, pytest.raises(Conflict):
        watching.say(row.key, words="I checked the index", seen=7, by=by, at=AT)
    with world.acting("data_protection_officer", of=PETERBOROUGH) as by, pytest.raises(Conflict):
        watching.answer(row.key, step="look", seen=7, by=by, at=AT)
