"""First looks at notices by several people: nobody gets what another has before them, and a storm is met once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from frontdoor.actors.rules import CLOCK_SWEEP, Conflict, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.models import Clock
from frontdoor.contacts.actions import notices, screening
from frontdoor.contacts.models import Contact, Event, FirstLook, Link, Storm
from frontdoor.contacts.queries import notices as queries
from frontdoor.letters.models import Letter
from tests.contacts.arriving import NOON, arrive
from tests.contacts.noticing import NIGHT, given, received, row

LATER = NIGHT + timedelta(minutes=2)
FINE = {"danger": "no", "line": "Police are with the family."}


def look(key, *, by, at=LATER):
    return notices.look_and_next(key, seen=1, **FINE, by=by, at=at)[1]


def test_what_one_has_before_them_another_does_not_get_until_its_minutes_are_over(world):
    with world.acting("contact_officer") as by:
        first, second = received(row("A-1"), row("A-2"), by=by)
    with world.acting("social_worker") as by:
        assert notices.begin(by=by, at=NIGHT) == first.key
        assert notices.begin(by=by, at=NIGHT) == first.key  # one's own comes back after a closed window
    with world.acting("social_worker", second=True) as by:
        assert notices.begin(by=by, at=NIGHT) == second.key
        assert look(second.key, by=by) is None
        assert notices.begin(by=by, at=NIGHT + timedelta(minutes=5)) == first.key
        assert look(first.key, by=by, at=NIGHT + timedelta(minutes=6)) is None
    with world.acting("social_worker") as by:
        with pytest.raises(Conflict):
            look(first.key, by=by, at=NIGHT + timedelta(minutes=7))
        with pytest.raises(NotFound):
            queries.open_notice(first.key, by=by, at=NIGHT)
        assert FirstLook.objects.count() == 2


def test_two_who_press_at_the_same_instant_get_two_notices(own_database, world):
    with world.acting("contact_officer") as by:
        contacts = received(*(row(f"R-{number}") for number in range(6)), by=by)
    barrier = Barrier(2)

    def work(second):
        with world.acting("social_worker", second=second) as by:
            barrier.wait()
            key, found = notices.begin(by=by, at=NIGHT), []
        while key is not None:
            found.append(key)
            with world.acting("social_worker", second=second) as by:
                key = look(key, by=by)
        connection.close()
        return found

    with ThreadPoolExecutor(2) as pool:
        mine, theirs = pool.map(work, (False, True))
    assert sorted(map(str, mine + theirs)) == sorted(str(contact.key) for contact in contacts)


def test_what_belongs_to_the_same_incident_comes_next_and_what_is_put_off_goes_to_others(world):
    with world.acting("contact_officer") as by:
        first, second, third = received(
            row("B-1", incident_reference="9"), row("B-2"), row("B-3", incident_reference="9"), by=by
        )
    with world.acting("social_worker") as by:
        assert notices.begin(by=by, at=NIGHT) == first.key
        assert look(first.key, by=by) == third.key
        assert notices.put_off(third.key, by=by, at=LATER) == second.key
    with world.acting("social_worker", second=True) as by:
        assert notices.begin(by=by, at=LATER) == third.key


def test_only_registered_social_workers_look(world):
    with world.acting("contact_officer") as by:
        (contact,) = received(row("C-1"), by=by)
        with pytest.raises(NotPermitted):
            notices.begin(by=by, at=NIGHT)
        with pytest.raises(NotPermitted):
            look(contact.key, by=by)


def test_a_look_shows_the_incident_the_family_and_who_was_there(world):
    home = {"address": "7 Fen Row", "children": [{"given_name": "Kit", "family_name": "Fen", "present": "no"}]}
    with world.acting("contact_officer") as by:
        (before,) = received(row("D-0", incident_time="", sent_time="", **home), by=by, at=NIGHT - timedelta(days=30))
        contact, other = received(row("D-1", incident_reference="9", **home), row("D-2", incident_reference="9"), by=by)
    with world.acting("social_worker") as by:
        found = queries.open_notice(contact.key, by=by, at=NIGHT)
        assert [each.contact.pk for each in found.earlier] == [before.pk]
        assert [each.contact.pk for each in found.others] == [other.pk]
        assert (found.year, found.left, found.people[0].present, found.notice.grade) == (1, 2, False, "medium")


def test_a_storm_starts_one_clock_and_a_manager_says_who_works_it(world):
    from frontdoor.councils.actions import decide_setting

    with world.acting("administrator", of=874) as by:
        decide_setting(
            "notices.storm_count", value=3, starts_on=NIGHT.date(), decided_by="Head", why="Trial", by=by,
            at=NIGHT - timedelta(hours=1),
        )  # fmt: skip
    with world.acting("contact_officer") as by:
        notices.receive(given(row("S-1"), row("S-2"), row("S-3")), by=by, at=NIGHT)
        assert Storm.objects.count() == 0
        notices.receive(given(row("S-4")), by=by, at=LATER)
        notices.receive(given(row("S-5")), by=by, at=LATER)
        storm = Storm.objects.get()
        assert storm.counted == 4
        with pytest.raises(NotPermitted):
            notices.settle_storm(storm.key, seen=1, line="We do.", by=by, at=LATER)
    with world.acting("team_manager") as by:
        with pytest.raises(InvalidInput):
            notices.settle_storm(storm.key, seen=1, line=" ", by=by, at=LATER)
        notices.settle_storm(storm.key, seen=1, line="Both duty workers.", by=by, at=LATER)
        with pytest.raises(StepNotAllowed):
            notices.settle_storm(storm.key, seen=2, line="Others.", by=by, at=LATER)
        assert Clock.objects.get(kind="contacts.storm").stopped_at == LATER


def test_the_manager_of_the_day_is_told_of_a_storm_that_nobody_has_met(world):
    from frontdoor.clocks.models import ClockNotice as Told

    with world.acting("contact_officer") as by:
        notices.receive(given(*(row(f"S-{number}") for number in range(31))), by=by, at=NIGHT)
    at = NIGHT + timedelta(minutes=5, seconds=1)
    with world.system(CLOCK_SWEEP) as by:
        clocks.sweep(by=by, at=at)
        managers = {world.user("team_manager").pk, world.user("team_manager", second=True).pk}
        told = set(Told.objects.filter(clock__kind="contacts.storm").values_list("user_id", flat=True))
        assert told & managers


def test_a_storm_of_one_incident_is_one_event_and_each_sender_is_answered_once(world):
    school = {"kind": "professional", "identity": "given", "name": "Nkechi Barrow", "agency": "Whittle Brook",
              "phone": "01632 960555", "route": "phone"}  # fmt: skip
    from frontdoor.contacts.rules.intake import ReferrerGiven

    with world.acting("contact_officer") as by:
        numbered = received(row("T-1", incident_reference="77"), row("T-2"), by=by)
        told = [arrive(by=by, at=NOON + timedelta(days=20, hours=n), referrer=ReferrerGiven(**school)) for n in (0, 1)]
        nameless = arrive(by=by, at=NOON + timedelta(days=20))
        with pytest.raises(NotPermitted):
            notices.join([each.key for each in told], why="One evening.", by=by, at=LATER)
    everything = [*numbered, *told, nameless]
    with world.acting("social_worker") as by:
        with pytest.raises(InvalidInput):
            notices.join([each.key for each in told], why=" ", by=by, at=LATER)
        event = notices.join([each.key for each in everything], why="One evening.", by=by, at=NOON + timedelta(days=21))
        assert (event.reference, Event.objects.count()) == ("cambridgeshireconstabulary|77", 1)
        found = {row.pk: row for row in Contact.objects.all()}
        assert {row.event_id for row in found.values()} == {event.pk}
        assert Link.objects.filter(kind="same_event", why="One evening.").count() == 4
        assert found[told[1].pk].answered_with == told[0].key
        assert found[numbered[1].pk].answered_with == numbered[0].key
        assert {found[each.pk].answered_with for each in (told[0], numbered[0], nameless)} == {None}
        letters = Letter.objects.filter(subject_key__in=[each.key for each in told]).order_by("id")
        assert [letter.state for letter in letters] == ["to_send", "cancelled"]
        again = notices.join([told[0].key, nameless.key], why="Again.", by=by, at=NOON + timedelta(days=21))
        assert again == event
        screening.unlink(
            Link.objects.get(contact=numbered[1]).key, why="Another evening.", by=by, at=NOON + timedelta(days=21)
        )
        assert Contact.objects.get(pk=numbered[1].pk).event is None
        assert Contact.objects.get(pk=numbered[0].pk).event == event
