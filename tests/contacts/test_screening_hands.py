"""Whose hands a contact is in: the next, a gift, back again, untouched, without reach; a family moves together."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Event

import pytest
from django.db import connection

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import CLOCK_SWEEP, Conflict, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.clocks.models import Clock
from frontdoor.contacts.actions import screening
from frontdoor.contacts.models import Contact
from frontdoor.contacts.queries import screening as queries
from tests.contacts.arriving import NOON, arrive, child
from tests.worlds import PETERBOROUGH

HOUR = timedelta(hours=1)


def _family(name):
    return {"people": (child(family_name=name),)}


def _fresh(contact):
    return Contact.objects.get(pk=contact.pk)


def test_the_next_is_the_first_of_the_queue_that_nobody_has(world):
    with world.acting("social_worker") as by:
        calm = arrive(by=by, danger="no")
        danger = arrive(by=by, danger="yes", at=NOON + HOUR)
        assert screening.take_next(by=by, at=NOON + HOUR) == [danger]
    with world.acting("social_worker", second=True) as by:
        assert screening.take_next(by=by, at=NOON + HOUR) == [calm]
        assert screening.take_next(by=by, at=NOON + HOUR) == []


def test_whoever_takes_it_holds_it_and_owns_its_clocks(world):
    with world.acting("social_worker") as by:
        (contact,) = [arrive(by=by)]
        screening.take_next(by=by, at=NOON + HOUR)
        contact = _fresh(contact)
        assert (contact.holder, contact.held_at, contact.state) == (by.user_id, NOON + HOUR, "screening")
        running = Clock.objects.filter(subject_key=str(contact.submission_id), stopped_at=None)
        assert set(running.values_list("owner_id", flat=True)) == {by.user_id}


def test_a_familys_contacts_move_together(world):
    with world.acting("social_worker") as by:
        first, second = arrive(by=by, **_family("Setch")), arrive(by=by, at=NOON + HOUR, **_family("Setch"))
        other = arrive(by=by, **_family("Other"))
        assert first.family == second.family != other.family
        taken = screening.take_next(by=by, at=NOON + HOUR)
        assert {row.pk for row in taken} == {first.pk, second.pk}
        screening.give_back(second.key, seen=_fresh(second).version, by=by, at=NOON + HOUR)
        assert {_fresh(first).holder, _fresh(second).holder} == {None}


def test_a_contact_officer_takes_nothing_from_the_queue(world):
    with world.acting("contact_officer") as by, pytest.raises(NotPermitted):
        screening.take_next(by=by, at=NOON)


def test_what_comes_in_for_a_family_in_somebodys_hands_is_in_the_same_hands(world):
    with world.acting("social_worker") as by:
        arrive(by=by, **_family("Setch"))
        screening.take_next(by=by, at=NOON)
        later = arrive(by=by, at=NOON + timedelta(minutes=30), **_family("Setch"))
        holder = by.user_id
    at = NOON + timedelta(minutes=31)
    with world.acting("social_worker", second=True) as by:
        assert screening.take_next(by=by, at=at) == []
        assert {row.holder for row in queries.queue(by=by, at=at)} == {holder}
    with world.system(CLOCK_SWEEP) as by:
        assert screening.hand_back_untouched(by=by, at=at) == 1
        assert _fresh(later).holder == holder
        assert screening.hand_back_untouched(by=by, at=at) == 0


def test_a_manager_gives_to_a_colleague_in_reach_and_the_family_goes_along(world):
    colleague = world.user("social_worker", second=True).pk
    with world.acting("team_manager") as by:
        first, second = arrive(by=by, **_family("Setch")), arrive(by=by, **_family("Setch"))
        screening.give(first.key, seen=first.version, to=colleague, by=by, at=NOON)
        assert {_fresh(first).holder, _fresh(second).holder} == {colleague}
        with pytest.raises(Conflict):
            screening.give(first.key, seen=first.version, to=by.user_id, by=by, at=NOON)


def test_nothing_is_given_to_somebody_who_cannot_screen_or_is_out_of_reach(world):
    with world.acting("team_manager") as by:
        contact = arrive(by=by)
        for nobody in (world.user("contact_officer").pk, world.user("auditor").pk, 999_999):
            with pytest.raises(InvalidInput):
                screening.give(contact.key, seen=contact.version, to=nobody, by=by, at=NOON)
    world.agree_until(date(2026, 3, 23))
    with world.acting("team_manager", of=PETERBOROUGH) as by, pytest.raises(InvalidInput):
        screening.give(contact.key, seen=contact.version, to=world.user("social_worker").pk, by=by, at=NOON)


def test_a_social_worker_shares_out_no_work_and_takes_nothing_from_a_colleagues_hands(world):
    colleague = world.user("social_worker", second=True).pk
    with world.acting("team_manager") as by:
        contact = arrive(by=by)
        screening.give(contact.key, seen=contact.version, to=colleague, by=by, at=NOON)
    with world.acting("social_worker") as by:
        version = _fresh(contact).version
        with pytest.raises(NotPermitted):
            screening.give(contact.key, seen=version, to=by.user_id, by=by, at=NOON)
        with pytest.raises(NotPermitted):
            screening.give_back(contact.key, seen=version, by=by, at=NOON)
    with world.acting("team_manager") as by:
        screening.give_back(contact.key, seen=version, why="Off sick.", by=by, at=NOON)
        with pytest.raises(StepNotAllowed):
            screening.give_back(contact.key, seen=version + 1, by=by, at=NOON)


def test_untouched_for_the_councils_minutes_it_counts_as_free_without_anyone_doing_anything(world):
    with world.acting("social_worker") as by:
        contact = arrive(by=by)
        screening.take_next(by=by, at=NOON)
        just, gone = NOON + timedelta(minutes=59), NOON + timedelta(minutes=60)
        assert [row.holder for row in queries.queue(by=by, at=just)] == [by.user_id]
        assert [row.holder for row in queries.queue(by=by, at=gone)] == [None]
    with world.acting("social_worker", second=True) as by:
        assert screening.take_next(by=by, at=just) == []
        assert screening.take_next(by=by, at=gone) == [contact]


def test_the_council_sets_for_how_long_work_may_lie(world):
    from frontdoor.councils.actions import decide_setting

    with world.acting("administrator", of=PETERBOROUGH) as by:
        day = NOON.date()
        decide_setting(
            "hand_back.minutes", value=15, starts_on=day, decided_by="Head of service", why="Trial", by=by, at=NOON
        )
    with world.acting("social_worker") as by:
        contact = arrive(by=by)
        screening.take_next(by=by, at=NOON)
    with world.acting("social_worker", second=True) as by:
        assert screening.take_next(by=by, at=NOON + timedelta(minutes=15)) == [contact]


@pytest.mark.parametrize("touch", ["keep", "attempt", "ask"])
def test_work_on_it_keeps_it_in_ones_hands(world, touch):
    at = NOON + timedelta(minutes=50)
    with world.acting("social_worker") as by:
        contact = arrive(by=by)
        screening.take_next(by=by, at=NOON)
        if touch == "keep":
            screening.keep(contact.key, by=by, at=at)
        if touch == "attempt":
            screening.attempt(contact.key, whom="The school", outcome="no_answer", by=by, at=at)
        if touch == "ask":
            version = _fresh(contact).version
            screening.ask(contact.key, seen=version, asked_of="The school", text="What changed?", by=by, at=at)
        assert [row.holder for row in queries.queue(by=by, at=at + timedelta(minutes=59))] == [by.user_id]
        assert [row.holder for row in queries.queue(by=by, at=at + timedelta(minutes=60))] == [None]


def test_a_colleagues_note_does_not_keep_it_in_the_holders_hands(world):
    with world.acting("social_worker") as by:
        contact = arrive(by=by)
        screening.take_next(by=by, at=NOON)
    with world.acting("contact_officer") as by:
        screening.attempt(contact.key, whom="The school", outcome="spoke", by=by, at=NOON + timedelta(minutes=50))
        with pytest.raises(NotPermitted):
            screening.keep(contact.key, by=by, at=NOON)
        assert [row.holder for row in queries.queue(by=by, at=NOON + HOUR)] == [None]


def test_touching_one_contact_of_a_family_keeps_the_others(world):
    with world.acting("social_worker") as by:
        first, _ = arrive(by=by, **_family("Setch")), arrive(by=by, **_family("Setch"))
        screening.take_next(by=by, at=NOON)
        screening.keep(first.key, by=by, at=NOON + timedelta(minutes=50))
        rows = queries.queue(by=by, at=NOON + timedelta(minutes=90))
        assert [row.holder for row in rows] == [by.user_id, by.user_id]
    with world.acting("social_worker", second=True) as by:
        assert screening.take_next(by=by, at=NOON + timedelta(minutes=90)) == []


def test_the_sweep_gives_back_what_lies_with_an_entry(world):
    from frontdoor.trail.models import Entry

    with world.acting("social_worker") as by:
        contact = arrive(by=by)
        screening.take_next(by=by, at=NOON)
    with world.system(CLOCK_SWEEP) as by:
        assert screening.hand_back_untouched(by=by, at=NOON + timedelta(minutes=59)) == 0
        assert screening.hand_back_untouched(by=by, at=NOON + HOUR) == 1
        assert (_fresh(contact).holder, _fresh(contact).state) == (None, "received")
        running = Clock.objects.filter(subject_key=str(contact.submission_id), stopped_at=None)
        assert set(running.values_list("owner_id", flat=True)) == {None}
        entry = Entry.objects.filter(action="contacts.hand_back").get()
        assert (entry.subject_key, entry.actor) == (str(contact.key), "system:clock-sweep")


def test_nobody_but_the_sweep_hands_back_for_others(world):
    with world.acting("team_manager") as by, pytest.raises(NotPermitted):
        screening.hand_back_untouched(by=by, at=NOON)


def test_what_somebody_holds_is_nobodys_from_the_first_day_on_which_they_reach_no_longer(world):
    world.agree_until(date(2026, 3, 24))
    before, after = datetime(2026, 3, 24, 23, 59, tzinfo=UTC), datetime(2026, 3, 25, 0, 0, tzinfo=UTC)
    with world.acting("social_worker", at=NOON) as by:
        contact = arrive(by=by)
        screening.take_next(by=by, at=before)
    with world.acting("social_worker", of=PETERBOROUGH, at=after) as by:
        assert [row.holder for row in queries.queue(by=by, at=before)] != [None]
        assert [row.holder for row in queries.queue(by=by, at=after)] == [None]
        assert screening.take_next(by=by, at=after) == [contact]
    gone = world.actor("social_worker", at=after)
    assert PETERBOROUGH not in gone.reach


def test_another_councils_contact_is_not_there(world):
    with world.acting("team_manager", of=PETERBOROUGH) as by:
        contact = arrive(by=by)
    with world.acting("team_manager", council=873) as by:
        with pytest.raises(NotFound):
            screening.give(contact.key, seen=contact.version, to=by.user_id, by=by, at=NOON)
        assert screening.take_next(by=by, at=NOON) == []


def test_sixteen_at_once_never_get_the_same_and_no_family_is_parted(world, own_database):
    with world.acting("contact_officer") as by:
        for number in range(24):
            arrive(by=by, **_family(f"Family{number % 12}"))
        lone = {arrive(by=by).pk for _ in range(6)}
    everybody = [world.actor(role, of=of, second=second) for role, of, second in _EVERYBODY for _ in range(2)]
    assert len(everybody) == 16
    together = Barrier(len(everybody))

    def take(actor):
        together.wait(30)
        taken = []
        try:
            with acting_for(PETERBOROUGH, by=actor) as by:
                taken.append([row.pk for row in screening.take_next(by=by, at=NOON)])
            with acting_for(PETERBOROUGH, by=actor) as by:
                taken.append([row.pk for row in screening.take_next(by=by, at=NOON)])
        finally:
            connection.close()
        return taken

    with ThreadPoolExecutor(len(everybody)) as pool:
        results = [each for taken in pool.map(take, everybody) for each in taken]
    given = [pk for each in results for pk in each]
    assert len(given) == len(set(given)), "two people got the same contact"
    with world.acting("social_worker") as by:
        for each in filter(None, results):
            families = set(Contact.objects.filter(pk__in=each).values_list("family", flat=True))
            assert len(families) == 1
            assert len(each) == Contact.objects.filter(family=families.pop()).count()
        while taken := screening.take_next(by=by, at=NOON):
            given += [row.pk for row in taken]
        assert len(given) == len(set(given)) == 30
        assert lone <= set(given)


def test_what_somebody_is_just_taking_is_passed_over_without_waiting(world, own_database):
    with world.acting("contact_officer") as by:
        first, second = arrive(by=by, danger="yes"), arrive(by=by)
    locked, done = Event(), Event()

    def hold():
        try:
            with world.acting("social_worker", second=True):
                Contact.objects.select_for_update().get(pk=first.pk)
                locked.set()
                done.wait(30)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        holding = pool.submit(hold)
        assert locked.wait(30)
        try:
            with world.acting("social_worker") as by, connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '2s'")
                assert screening.take_next(by=by, at=NOON) == [second]
        finally:
            done.set()
            holding.result(30)


_EVERYBODY = [
    ("social_worker", 873, False), ("social_worker", 873, True), ("team_manager", 873, False),
    ("team_manager", 873, True), ("social_worker", 874, False), ("social_worker", 874, True),
    ("team_manager", 874, False), ("team_manager", 874, True),
]  # fmt: skip
