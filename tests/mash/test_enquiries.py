"""An accepted slip opens an enquiry; one for a family; stood down, joined, opened again; nothing is forgotten."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from frontdoor.actors.rules import COURIER, Conflict, InvalidInput, NotPermitted, StepNotAllowed
from frontdoor.clocks import queries as clocks
from frontdoor.contacts.rules.intake import PersonGiven
from frontdoor.handovers import actions as handovers
from frontdoor.handovers.models import Handover
from frontdoor.mash.actions import enquiries as actions
from frontdoor.mash.models import Enquiry, Subject, Turn
from frontdoor.mash.rules.states import State
from tests.mash.enquiring import AT, accepted, children, enquiry_of, handed, minutes, opened, rated, stands
from tests.worlds import World

MOTHER = PersonGiven("adult", given_name="Mia", family_name="Setchfield", relationship="mother")
TESS = PersonGiven("child", given_name="Tess0", family_name="Setchfield", date_of_birth=date(2019, 6, 17))


def running(subject: tuple[str, object], by) -> set[str]:
    found = clocks.for_subject(subject, by=by, at=AT)
    return {each.kind.name for each in found if each.stopped_at is None}


def test_accepting_a_slip_opens_its_enquiry_with_the_people_and_the_clocks(world: World):
    (slip,) = handed(world, people=(TESS, MOTHER))
    enquiry = accepted(world, slip)
    with world.acting("social_worker") as by:
        people = Subject.objects.filter(enquiry=enquiry).order_by("position")
        assert [(row.is_child, row.named.given_name) for row in people] == [(True, "Tess0"), (False, "Mia")]
        assert enquiry.state == State.REQUESTED
        assert running(("mash.enquiry", enquiry.key), by) == {"mash.rate"}
        assert running(("mash.subject", people[0].key), by) == {"mash.safe_red"}
        assert enquiry.received_at == enquiry.contact.received_at
        assert Handover.objects.get(key=slip).state == "accepted"


def test_the_plain_inbox_leads_to_the_enquiry_by_its_job_and_the_sweep_finds_what_the_job_lost(world: World):
    slips = handed(world, children=2)
    for slip in slips:
        with world.acting("social_worker", second=True, at=AT) as by:
            handovers.accept(slip, seen=1, by=by, at=AT)
            assert enquiry_of(slip, by=by) is None
    with world.system(COURIER) as by:
        actions.open_from_slip(slips[0], by=by, at=AT)
        assert actions.open_accepted(by=by, at=AT) == 1
        assert actions.open_accepted(by=by, at=AT) == 0
        actions.open_from_slip(slips[0], by=by, at=AT)
        assert Enquiry.objects.count() == 1
        assert [row.slip for row in Subject.objects.filter(is_child=True).order_by("position")] == slips


def test_a_slip_that_nobody_has_accepted_opens_nothing(world: World):
    (slip,) = handed(world)
    with world.system(COURIER) as by:
        assert actions.open_from_slip(slip, by=by, at=AT) is None
        assert not Enquiry.objects.exists()


def test_siblings_and_a_later_report_of_the_family_join_one_enquiry_and_each_child_is_asked_about_once(world: World):
    first = opened(world, children=2)
    again = opened(world, idem="call-2", at=minutes(30))
    assert first.pk == again.pk
    with world.acting("social_worker") as by:
        assert [child.named.given_name for child in children(first)] == ["Tess0", "Tess1"]
        twin = Subject.objects.get(enquiry=first, same_as__isnull=False)
        assert twin.same_as.named.given_name == "Tess0"
        assert not running(("mash.subject", twin.key), by)
        assert Turn.objects.filter(enquiry=first, kind="child_added").count() == 2


def test_the_database_holds_one_open_enquiry_a_family(world: World):
    enquiry = opened(world)
    with world.acting("social_worker"):
        copy = Enquiry.objects.get(pk=enquiry.pk)
        copy.pk, copy.key, copy.reference = None, uuid4(), "another"
        with pytest.raises(IntegrityError, match="enquiry_one_a_family"), transaction.atomic():
            copy.save(force_insert=True)


def test_another_family_gets_an_enquiry_of_its_own(world: World):
    one = opened(world)
    elsewhere = (PersonGiven("child", given_name="Ewa", family_name="Nowak", date_of_birth=date(2017, 5, 4)),)
    other = opened(world, idem="call-2", people=elsewhere)
    assert one.pk != other.pk
    assert one.reference != other.reference


def test_a_manager_stands_an_enquiry_down_and_every_child_goes_on_until_somebody_accepts_it(world: World):
    enquiry = rated(world, children=2)
    with world.acting("social_worker") as by, pytest.raises(NotPermitted):
        actions.stand_down(enquiry.key, seen=enquiry.version, why="Clear", to="assessment", by=by, at=AT)
    with world.acting("team_manager", at=minutes(5)) as by:
        for wrong in ({"why": " ", "to": "assessment"}, {"why": "Clear", "to": ""}):
            with pytest.raises(InvalidInput):
                actions.stand_down(enquiry.key, seen=enquiry.version, **wrong, by=by, at=minutes(5))
        actions.stand_down(
            enquiry.key, seen=enquiry.version, why="Injury seen by a doctor", to="assessment", by=by, at=minutes(5)
        )
        enquiry = stands(enquiry)
        assert (enquiry.state, enquiry.settled_why) == ("stood_down", "Injury seen by a doctor")
        slips = Handover.objects.filter(subject_kind="mash.subject", destination="assessment", state="sent")
        assert {slip.subject_key for slip in slips} == {child.key for child in children(enquiry)}
        assert not running(("mash.enquiry", enquiry.key), by)
        assert not any(running(("mash.subject", child.key), by) for child in children(enquiry))
        with pytest.raises(StepNotAllowed):
            actions.take(enquiry.key, seen=enquiry.version, by=by, at=minutes(6))


def test_what_was_late_when_it_was_stood_down_stays_late(world: World):
    enquiry = rated(world, "red")
    late = AT + timedelta(hours=5)
    with world.acting("team_manager", at=late) as by:
        actions.stand_down(enquiry.key, seen=enquiry.version, why="No more needed", to="nobody", by=by, at=late)
        found = clocks.for_subject(("mash.enquiry", enquiry.key), by=by, at=late)
        assert {each.outcome for each in found if each.kind.name == "mash.decide_red"} == {"late"}


def test_an_enquiry_that_is_opened_again_keeps_its_history_and_is_rated_anew(world: World):
    enquiry = rated(world)
    later = minutes(60)
    with world.acting("team_manager", at=later) as by:
        actions.stand_down(enquiry.key, seen=enquiry.version, why="Not needed", to="nobody", by=by, at=minutes(30))
        actions.reopen(enquiry.key, seen=stands(enquiry).version, why="The school rang again", by=by, at=later)
        enquiry = stands(enquiry)
        assert (enquiry.state, enquiry.rating, enquiry.settled_at) == ("reopened", "amber", None)
        assert running(("mash.enquiry", enquiry.key), by) == {"mash.rate"}
        actions.rate(enquiry.key, seen=enquiry.version, rating="amber", why="As before", by=by, at=later)
        assert [row.change for row in enquiry.ratings.order_by("at", "id")] == ["first", "again"]
        assert "stood_down" in {turn.kind for turn in enquiry.turns.all()}


def test_a_family_with_an_open_enquiry_gets_no_second_one_by_opening_an_old_one_again(world: World):
    old = rated(world)
    with world.acting("team_manager") as by:
        actions.stand_down(old.key, seen=old.version, why="Not needed", to="nobody", by=by, at=AT)
    new = opened(world, idem="call-2", at=minutes(60))
    assert new.pk != old.pk
    with world.acting("team_manager") as by, pytest.raises(StepNotAllowed, match=new.reference):
        actions.reopen(old.key, seen=stands(old).version, why="Again", by=by, at=minutes(70))


def test_an_enquiry_is_joined_to_another_and_later_slips_of_both_families_come_there(world: World):
    into = rated(world, "amber")
    elsewhere = (PersonGiven("child", given_name="Ewa", family_name="Nowak", date_of_birth=date(2017, 5, 4)), MOTHER)
    other = rated(world, "red", idem="call-2", people=elsewhere)
    with world.acting("team_manager") as by:
        with pytest.raises(StepNotAllowed, match="rated higher"):
            actions.join(other.key, seen=other.version, into=into.key, why="One home", by=by, at=AT)
        actions.rate(into.key, seen=into.version, rating="red", why="One home", by=by, at=AT)
        actions.join(other.key, seen=other.version, into=into.key, why="One home", by=by, at=AT)
        assert [child.named.given_name for child in children(into)] == ["Tess0", "Ewa"]
        assert running(("mash.subject", children(into)[1].key), by) == {"mash.safe_red"}
        assert stands(other).joined_to_id == into.pk
    assert opened(world, idem="call-3", people=elsewhere, at=minutes(40)).pk == into.pk


def test_who_was_overtaken_changes_nothing(world: World):
    enquiry = opened(world)
    with world.acting("social_worker") as by:
        actions.take(enquiry.key, seen=stands(enquiry).version, by=by, at=AT)
        with pytest.raises(Conflict):
            actions.ask_question(enquiry.key, seen=enquiry.version, question="What is known?", by=by, at=AT)
