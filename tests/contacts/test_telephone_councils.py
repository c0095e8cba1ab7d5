"""Two councils at one telephone: children typed once, calls that move, and what one council may know of the other."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from frontdoor.actors.rules import COURIER, InvalidInput, NotFound
from frontdoor.clocks import queries as clocks
from frontdoor.clocks.models import Clock
from frontdoor.contacts.actions import passing_on
from frontdoor.contacts.actions import telephone as actions
from frontdoor.contacts.models import Contact, Draft, Named, Referrer, SafetyCall, Submission
from frontdoor.contacts.queries import telephone as queries
from frontdoor.contacts.rules.intake import CallBackGiven, Marked, PersonGiven, ReferrerGiven, Report
from frontdoor.contacts.rules.telephone import Told, split
from frontdoor.handovers.models import Copy, Handover
from frontdoor.trail.models import Entry
from tests.contacts.arriving import NOON, arrive, child
from tests.contacts.calling import LATER, STORY, begun, told
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH

MIA = child(given_name="Mia", family_name="Brook", postcode="PE2 5AB")
TOM = child(given_name="Tom", family_name="Brook", postcode="PE15 8AA")
MUM = PersonGiven("adult", given_name="Kelly", family_name="Brook", relationship="mum")
TELLER = ReferrerGiven(kind="professional", identity="given", name="Harriet Sedge", phone="01632 960222")


def _both(**report):
    marks = (
        Marked("own_words", "Mia: “He hits me.”", 0, 18, person=0),
        Marked("own_words", "Tom: “I hide.”", 20, 34, person=2),
        Marked("worry", "He hits them.", 40, 53),
    )
    given = Report(**{"story": STORY, "people": (MIA, MUM, TOM), "marks": marks, "referrer": TELLER, **report})
    return Told(given, (PETERBOROUGH, PETERBOROUGH, CAMBRIDGESHIRE), (0, 1, 2))


def _end(call, *, by, what, at=LATER):
    return actions.end(call.key, seen=call.version, told=what, way="contact", by=by, at=at)


def _waiting():
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args::text FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id")
        return [(name, json.loads(arguments)) for name, arguments in cursor.fetchall()]


# Children of two councils


def test_children_of_two_councils_are_parted_and_adults_belong_to_both():
    parts = split(_both(), here=PETERBOROUGH)
    other = parts.others[CAMBRIDGESHIRE]
    assert (parts.here.people, other.people) == ((MIA, MUM), (MUM, TOM))
    assert [(mark.words, mark.person) for mark in parts.here.marks] == [
        ("Mia: “He hits me.”", 0),
        ("He hits them.", None),
    ]
    assert [(mark.words, mark.person) for mark in other.marks] == [("Tom: “I hide.”", 1), ("He hits them.", None)]
    assert (other.postcode, other.responsible_authority) == ("PE15 8AA", "873")
    assert parts.here.story == other.story == STORY


def test_children_of_one_council_are_not_parted():
    report = _both().report
    assert split(Told(report, (PETERBOROUGH,) * 3, (0, 1, 2)), here=PETERBOROUGH).here is report
    away = split(Told(report, (CAMBRIDGESHIRE, PETERBOROUGH, CAMBRIDGESHIRE), (0, 1, 2)), here=PETERBOROUGH)
    assert (away.here, away.others, away.elsewhere) == (report, {}, CAMBRIDGESHIRE)


@pytest.fixture
def both(world):
    """One call about children of both councils, taken for Peterborough: what it became, and the copy over there."""
    with world.acting("contact_officer") as by:
        ended = _end(begun(by=by), by=by, what=_both(call_back=CallBackGiven("07700 900123")))
        here = Contact.objects.get(key=ended.contact)
    with world.acting("social_worker", council=CAMBRIDGESHIRE):
        copy = Copy.objects.get()
    return ended, here, copy


def _received(world, copy):
    with world.system(COURIER, council=CAMBRIDGESHIRE) as by:
        return passing_on.receive_copy(copy.pk, by=by, at=LATER + timedelta(minutes=1))


def test_typed_once_they_become_two_contacts_that_reference_each_other(world, both):
    ended, here, copy = both
    there = _received(world, copy)
    assert ended.passed == (CAMBRIDGESHIRE,)
    assert here.mirror is not None
    assert str(here.mirror) == str(there.mirror)
    assert (there.authority_id, there.received_at, there.channel) == (CAMBRIDGESHIRE, NOON, "other_authority")
    assert there.receipt == "873-A-000001"
    assert there.key != here.key
    with world.acting("social_worker", council=CAMBRIDGESHIRE) as by:
        assert list(Named.objects.values_list("given_name", flat=True)) == ["Kelly", "Tom"]
        looks = clocks.for_subject(("contacts.submission", there.submission_id), by=by, at=LATER)
        assert {clock.started_at for clock in looks} == {NOON}
    with world.acting("social_worker"):
        assert list(Named.objects.values_list("given_name", flat=True)) == ["Mia", "Kelly"]


def test_the_reference_has_no_content_and_who_told_us_stays_where_they_told_it(world, both):
    _, here, copy = both
    there = _received(world, copy)
    passed = json.dumps(copy.payload)
    assert not [word for word in ("Harriet", "01632 960222", "07700 900123", 'Mia"', here.receipt) if word in passed]
    with world.acting("social_worker", council=CAMBRIDGESHIRE):
        referrer = Referrer.objects.get()
        assert (referrer.name, referrer.phone, referrer.identity) == ("", "", "not_given")
        assert not there.call_backs.exists()
    with world.acting("social_worker"):
        assert Referrer.objects.get().name == "Harriet Sedge"


def test_until_the_other_council_has_accepted_its_child_stands_on_the_givers_list(world, both):
    with world.acting("contact_officer"):
        slip = Handover.objects.get()
        assert (slip.state, slip.received_at, slip.to_authority_id) == ("sent", NOON, CAMBRIDGESHIRE)
        assert "Tom" not in slip.summary
        assert "Tom" in json.dumps(slip.payload)


def test_the_arrival_is_told_to_this_room_and_the_job_done_twice_makes_one_contact(world, both):
    from frontdoor.handovers.rules import Event, listeners

    assert "contacts.receive_copy" in listeners("contacts.contact", Event.ARRIVED)
    assert "contacts.receive_copy" in listeners("contacts.matter", Event.ARRIVED)
    _, _, copy = both
    first, second = _received(world, copy), _received(world, copy)
    assert first == second
    with world.acting("social_worker", council=CAMBRIDGESHIRE):
        assert Submission.objects.count() == 1


@pytest.mark.usefixtures("own_database")
def test_the_whole_way_by_the_real_worker(world, run_jobs):
    with world.acting("contact_officer") as by:
        ended = _end(begun(by=by), by=by, what=_both())
        mirror = Contact.objects.get(key=ended.contact).mirror
    run_jobs()
    with world.acting("social_worker", council=CAMBRIDGESHIRE):
        there = Contact.objects.get()
        assert (there.mirror, there.received_at) == (mirror, NOON)


def test_what_is_no_report_makes_no_contact(world):
    from frontdoor.handovers import actions as handovers

    with world.acting("social_worker") as by:
        handovers.send_to_council(
            ("contacts.contact", uuid4()), council=CAMBRIDGESHIRE, summary="A line", why="Why", received_at=NOON,
            payload={"form": "another", "schema": 1}, by=by, at=LATER,
        )  # fmt: skip
    with world.system(COURIER, council=CAMBRIDGESHIRE) as by:
        assert passing_on.receive_copy(Copy.objects.get().pk, by=by, at=LATER) is None
        assert not Contact.objects.exists()


def test_children_that_are_all_anothers_are_taken_in_here_whole(world):
    what = told(TOM, councils=(CAMBRIDGESHIRE,))
    with world.acting("contact_officer") as by:
        ended = _end(begun(by=by), by=by, what=what)
        assert (ended.passed, ended.elsewhere) == ((), CAMBRIDGESHIRE)
        assert Named.objects.get().given_name == "Tom"
        assert not Handover.objects.exists()


def test_a_red_flag_before_the_second_child_was_known_still_becomes_two_contacts(world):
    with world.acting("contact_officer") as by:
        call = begun(by=by, typed={"story": STORY})
        call = actions.flag(call.key, seen=call.version, told=told(MIA), why="Now", by=by, at=LATER)
        ended = _end(call, by=by, what=_both())
        here = Contact.objects.get()
        assert (str(here.key), ended.passed) == (call.subject, (CAMBRIDGESHIRE,))
        assert here.mirror is not None


# A call that moves


def _origin(call, **other):
    usual = {"call": str(call.key), "council": call.authority_id, "owner": call.owner, "made_at": call.made_at}
    return actions.Origin(**{**usual, **other})


TYPED = {"story": STORY, "people-0-given_name": "Mia", "ring_whom": "Mrs Ahmed"}
MARKS = [{"number": 3, "kind": "worry", "starts": 0, "ends": 31, "words": STORY[:31]}]


def test_a_call_goes_to_another_council_whole_and_began_when_it_began(world):
    with world.acting("contact_officer") as by:
        call = begun(by=by, typed=TYPED)
    with world.acting("contact_officer", council=CAMBRIDGESHIRE) as by:
        there = actions.carry(TYPED, MARKS, origin=_origin(call), seen=call.version, by=by, at=LATER)
        opened = queries.open_call(there.key, by=by, at=LATER)
        assert (opened.typed, opened.made_at, opened.council) == (TYPED, NOON, CAMBRIDGESHIRE)
        assert [mark.words for mark in opened.marks] == [STORY[:31]]
        again = actions.carry(TYPED, MARKS, origin=_origin(call), seen=call.version, by=by, at=LATER)
        assert again.key == there.key
    (job,) = [arguments for name, arguments in _waiting() if name == "contacts.leave_call"]
    assert job == {"authority": PETERBOROUGH, "call": str(call.key), "seen": call.version, "to": CAMBRIDGESHIRE}
    with world.system(COURIER) as by:
        assert actions.leave(call.key, seen=call.version, to=CAMBRIDGESHIRE, by=by, at=LATER)
        assert not actions.leave(call.key, seen=call.version, to=CAMBRIDGESHIRE, by=by, at=LATER)
        left = Draft.objects.get(key=call.key)
        assert left.data == {"ended": {"way": "moved", "council": CAMBRIDGESHIRE}}
        assert not Clock.objects.filter(stopped_at=None).exists()


def test_what_another_window_wrote_before_a_call_moved_is_not_left_behind(world):
    with world.acting("contact_officer") as by:
        call = begun(by=by, typed=TYPED)
        newer = actions.save(call.key, seen=call.version, typed={"story": f"{STORY} More."}, by=by, at=LATER)
    with world.system(COURIER) as by:
        assert not actions.leave(call.key, seen=call.version, to=CAMBRIDGESHIRE, by=by, at=LATER)
    with world.acting("contact_officer") as by:
        assert queries.open_call(call.key, by=by, at=LATER).version == newer.version


def test_nobody_carries_somebody_elses_call_nor_one_to_where_it_is(world):
    with world.acting("contact_officer") as by:
        call = begun(by=by, typed=TYPED)
        with pytest.raises(InvalidInput):
            actions.carry(TYPED, [], origin=_origin(call), seen=call.version, by=by, at=LATER)
    with world.acting("contact_officer", council=CAMBRIDGESHIRE, second=True) as by, pytest.raises(NotFound):
        actions.carry(TYPED, [], origin=_origin(call), seen=call.version, by=by, at=LATER)


def test_a_call_back_goes_on_in_the_other_council_until_the_same_minute(world):
    with world.acting("contact_officer") as by:
        call = begun(by=by, typed=TYPED)
        made = actions.agree_safety_call(
            call.key, seen=call.version, rings="us", whom="Mrs Ahmed", minutes=9, by=by, at=NOON
        )
    safety = {"rings": "us", "whom": "Mrs Ahmed", "where_now": "School", "started_at": made.started_at.isoformat(),
              "due_at": made.due_at.isoformat()}  # fmt: skip
    with world.acting("contact_officer", council=CAMBRIDGESHIRE) as by:
        actions.carry(TYPED, [], origin=_origin(call, safety=safety), seen=call.version, by=by, at=LATER)
        (there,) = queries.safety_calls(by=by, at=LATER)
        assert (there.due_at, there.whom, there.where_now) == (made.due_at, "Mrs Ahmed", "School")
    with world.system(COURIER) as by:
        actions.leave(call.key, seen=call.version, to=CAMBRIDGESHIRE, by=by, at=LATER)
        assert SafetyCall.objects.get().done_at == LATER


def test_a_call_that_stands_as_a_contact_here_is_not_left(world):
    with world.acting("contact_officer") as by:
        call = begun(by=by, typed=TYPED)
        call = actions.flag(call.key, seen=call.version, told=told(), why="Now", by=by, at=NOON)
    with world.system(COURIER) as by:
        assert not actions.leave(call.key, seen=call.version, to=CAMBRIDGESHIRE, by=by, at=LATER)


# Earlier contacts


def _look(call, *people, by, at=LATER):
    return queries.open_earlier(call.key, queries.wanted(people), by=by, at=at)


@pytest.fixture
def known(world):
    """What Peterborough and Cambridgeshire have of the same family."""
    brook = (MIA, MUM, child(given_name="Kit", family_name="Brook"))
    place = child(given_name="Ada", family_name="Brook", address="1 Elm Road", postcode="PE2 5AB", date_of_birth=None)
    with world.acting("contact_officer", council=CAMBRIDGESHIRE) as by:
        arrive(by=by, people=brook)
    with world.acting("contact_officer") as by:
        return arrive(by=by, people=brook), arrive(by=by, people=(place,)), arrive(by=by)


def test_the_whole_family_shows_when_one_of_them_is_named_in_full(world, known):
    family, place, _ = known
    with world.acting("contact_officer") as by:
        call = begun(by=by)
        assert _look(call, PersonGiven("child", given_name="Mia"), by=by) == []
        (found,) = _look(call, PersonGiven("child", given_name="mia", family_name="BROOK"), by=by)
        assert (found.key, found.reason) == (family.key, "the same full name")
        assert [person.given_name for person in found.people] == ["Mia", "Kelly", "Kit"]
        (found,) = _look(call, MIA, by=by)
        assert found.reason == "the same full name and birth date"
        (found,) = _look(
            call,
            PersonGiven("adult", given_name="X", family_name="Brook", address="1, elm road", postcode="pe25ab"),
            by=by,
        )
        assert (found.key, found.reason) == (place.key, "the same family name at the same address")


def test_another_council_shows_nothing_and_nothing_of_itself(world, known):
    with world.acting("contact_officer", of=PETERBOROUGH) as by:
        (found,) = _look(begun(by=by), MIA, by=by)
        assert found.key == known[0].key
        assert found.receipt.startswith("874")


def test_a_settled_question_leaves_one_entry_without_a_name(world, known):
    with world.acting("contact_officer") as by:
        call = begun(by=by)
        for _ in range(3):
            _look(call, MIA, by=by)
        _look(call, MIA, MUM, by=by)
        _look(call, MIA, by=by)
        entries = list(Entry.objects.filter(action="contacts.open_earlier", subject_key=str(call.key)))
        assert len(entries) == 3
        assert all(entry.detail["shown"] == [str(known[0].key)] for entry in entries)
        assert not [
            entry for entry in entries if "mia" in str(entry.detail).lower() or "brook" in str(entry.detail).lower()
        ]


def test_a_person_who_rang_is_never_found(world):
    with world.acting("contact_officer") as by:
        arrive(by=by, referrer=ReferrerGiven(kind="family", identity="withheld", name="Maureen Oldacre"))
        call = begun(by=by)
        assert _look(call, PersonGiven("adult", given_name="Maureen", family_name="Oldacre"), by=by) == []
