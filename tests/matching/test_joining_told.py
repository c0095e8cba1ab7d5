"""Who worked with a record that was joined by mistake is told, and looks again; the pages of joining lead there."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from frontdoor.actors.rules import CLOCK_SWEEP, SEEDER, InvalidInput, NotFound, StepNotAllowed
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.models import Clock, ClockNotice
from frontdoor.clocks.rules import Escalation, Recipient, Step
from frontdoor.contacts.actions import people
from frontdoor.contacts.models import Named
from frontdoor.matching.actions import joining_telling
from frontdoor.matching.models import Division, Join, Link, Told
from frontdoor.matching.queries import joining as queries
from frontdoor.people.models import Caution
from frontdoor.people.queries import index
from tests.contacts import deciding
from tests.matching import joins
from tests.matching.joins import Known, after
from tests.worlds import PETERBOROUGH, World


@pytest.fixture
def known(world: World) -> Known:
    found = Known(world)
    found.make("Ola Nowak", "Ola Novak")
    with world.system(SEEDER):
        joins.write(found, [("name", 0, 0, 0, False), ("name", 1, 0, 1, False)])
    return found


def test_whoever_opened_it_is_told_with_a_clock_and_looks_again(known: Known) -> None:
    join = joins.joined(known)
    with known.world.acting("social_worker") as by:
        index.open_person(known.people[0].key, by=by, at=after(1))
    with known.world.acting("social_worker", second=True) as by:
        index.open_person(known.people[0].key, by=by, at=after(-1))
    joins.undo(known, join, at=after(2))
    with known.world.acting("social_worker") as by:
        (told,) = queries.open_told(by=by, at=after(3))
        assert told.acts == {"opened": 1}
        (clock,) = Clock.objects.filter(subject_key=str(told.key), stopped_at=None)
        assert clock.owner_id == by.user_id
        with pytest.raises(InvalidInput, match="Say what it is"):
            joining_telling.look_again(told.key, seen=1, finding="corrected", by=by, at=after(3))
        joining_telling.look_again(told.key, seen=1, finding="nothing", by=by, at=after(3))
        assert not Clock.objects.filter(subject_key=str(told.key), stopped_at=None).exists()
        with pytest.raises(StepNotAllowed):
            joining_telling.look_again(told.key, seen=2, finding="nothing", by=by, at=after(3))
    with known.world.acting("social_worker", second=True) as by:
        assert queries.open_told(by=by, at=after(3)) == []
        with pytest.raises(NotFound):
            joining_telling.look_again(told.key, seen=2, finding="nothing", by=by, at=after(3))


def test_decisions_about_a_child_linked_with_it_are_listed_for_review(known: Known) -> None:
    contact = deciding.arrived(known.world)
    join = joins.joined(known, at=deciding.minutes(1))
    with known.world.system(SEEDER):
        named = Named.objects.get(contact__key=contact.key)
        link = {"subject_kind": "contacts.named", "subject_key": named.key, "state": "confirmed"}
        Link.objects.create(authority_id=PETERBOROUGH, person=known.people[0], said_at=deciding.minutes(2), **link)
    matter = deciding.recommended(known.world, contact, deciding.ENQUIRY, at=deciding.minutes(3))
    decision = deciding.decided(known.world, matter, deciding.FULL, at=deciding.minutes(4))
    joins.undo(known, join, at=deciding.minutes(5))
    with known.world.acting("data_quality_manager") as by:
        acts = queries.open_join(join.key, by=by, at=deciding.minutes(6)).acts
        (act,) = [act for act in acts if act.what == "decided"]
        assert (act.user_id, act.number) == (decision.made_by, contact.receipt)
        assert Told.objects.filter(join=join, user_id=decision.made_by).exists()


def _page(client: Client, name: str, key: object = None, **query: Any) -> str:
    return client.get(reverse(f"matching:{name}", args=["peterborough", *([key] if key else [])]), query).text


def test_a_proposal_shows_both_side_by_side_and_asks_what_cannot_both_stand(known: Known, signed: Any) -> None:
    with known.world.system(SEEDER):
        joins.write(known, [("birth", 0, 0, 0, False), ("birth", 1, 0, 1, False), ("school", 0, 0, 1, False)])
    one, other = known.people
    worker = signed("social_worker")
    page = _page(worker, "propose", one.key, **{"with": str(other.key)})
    assert "Differs" in page
    assert "In one only" in page
    assert "Which date of birth is right?" in page
    address = reverse("matching:propose", args=["peterborough", one.key])
    said = {"other": str(other.key), "seen_one": 1, "seen_other": 1, "keeps": "other", "why": "The same child."}
    assert worker.post(address, said).status_code == 422
    made = worker.post(address, {**said, "birth": "one"})
    assert made.status_code == 302
    assert "You proposed this" in worker.get(made.url).text
    with known.world.system(SEEDER):
        join = Join.objects.get()
        assert (join.kept_id, join.choices) == (other.pk, {"birth": "gone"})


def test_rows_not_yet_divided_are_shown_on_both_and_given_one_by_one(known: Known, signed: Any) -> None:
    join = joins.joined(known)
    with known.world.system(SEEDER):
        joins.write(known, [("caution", 0, 0, 2, False)])
    manager = signed("data_quality_manager")
    undo = reverse("matching:undo", args=["peterborough", join.key])
    assert manager.post(undo, {"seen": join.version, "why": "Two children."}).status_code == 302
    for person in known.people:
        page = _page(manager, "of-person", person.key)
        assert "Not yet divided" in page
        assert "2 dogs" in page
    with known.world.system(SEEDER):
        (division,) = Division.objects.all()
    divide = reverse("matching:divide", args=["peterborough", join.key])
    assert manager.post(divide, {"division": division.key, "to": ""}).status_code == 422
    answered = manager.post(divide, {"division": division.key, "to": known.people[1].key}, follow=True)
    assert "every later row given" in answered.text
    with known.world.system(SEEDER):
        assert Caution.objects.get().person_id == known.people[1].pk


def test_everybody_who_acted_has_one_notice_that_leads_to_what_they_did(known: Known, signed: Any) -> None:
    join = joins.joined(known)
    with known.world.acting("social_worker") as by:
        index.open_person(known.people[0].key, by=by, at=after(1))
        index.open_person(known.people[1].key, by=by, at=after(1))
    joins.undo(known, join, at=after(2))
    worker = signed("social_worker")
    with known.world.system(SEEDER):
        (told,) = Told.objects.all()
        (notice,) = ClockNotice.objects.filter(clock__subject_key=str(told.key))
        assert (notice.user_id, notice.step) == (told.user_id, "begun")
    page = worker.get(reverse("desk:notices")).text
    where = reverse("matching:told", args=["peterborough", told.key])
    assert "New: it waits for you" in page
    assert where in page
    assert "Opened the record" in worker.get(where).text
    with known.world.acting("social_worker") as by:
        joining_telling.look_again(told.key, seen=1, finding="nothing", by=by, at=after(3))
    assert where not in worker.get(reverse("desk:notices")).text


def test_a_notice_that_something_waits_is_overtaken_by_the_next_step_of_its_clock(known: Known) -> None:
    join = joins.joined(known)
    with known.world.acting("social_worker") as by:
        index.open_person(known.people[0].key, by=by, at=after(1))
    joins.undo(known, join, at=after(2))
    with known.world.system(CLOCK_SWEEP) as by:
        notice = ClockNotice.objects.get(step="begun")
        clocks.tell(notice.clock_id, Step.SOON, [Recipient(notice.user_id, Escalation.OWNER)], by=by, at=after(3))
        notice.refresh_from_db()
        assert notice.overtaken_at == after(3)


def test_who_relied_on_a_wrong_match_is_told_once_it_is_taken_back(known: Known) -> None:
    contact = deciding.arrived(known.world)
    with known.world.system(SEEDER):
        named = Named.objects.get(contact__key=contact.key)
    with known.world.acting("social_worker", second=True) as by:
        link = people.confirm(contact.key, named.key, known.people[0].key, seen=0, by=by, at=deciding.minutes(1))
        matcher = by.user_id
    matter = deciding.recommended(known.world, contact, deciding.ENQUIRY, at=deciding.minutes(3))
    decision = deciding.decided(known.world, matter, deciding.FULL, at=deciding.minutes(4))
    with known.world.acting("contact_officer") as by:
        people.take_back(contact.key, link.key, why="Another child", by=by, at=deciding.minutes(5))
    with known.world.system(SEEDER):
        told = {each.user_id: each.acts for each in Told.objects.filter(link=link)}
        assert told[matcher] == {"matched": 1}
        assert told[decision.made_by or 0].keys() >= {"decided", "handed"}
        assert ClockNotice.objects.filter(step="begun").count() == len(told)
    with known.world.acting("social_worker", second=True) as by:
        (mine,) = queries.open_told(by=by, at=deciding.minutes(6))
        found, acts = queries.open_one_told(mine.key, by=by, at=deciding.minutes(6))
        assert (found.link_id, [act.what for act in acts]) == (link.pk, ["matched"])


def test_a_match_on_which_nothing_rests_is_taken_back_without_telling_anybody(known: Known) -> None:
    contact = deciding.arrived(known.world)
    with known.world.system(SEEDER):
        named = Named.objects.get(contact__key=contact.key)
    with known.world.acting("social_worker", second=True) as by:
        link = people.confirm(contact.key, named.key, known.people[0].key, seen=0, by=by, at=deciding.minutes(1))
    with known.world.acting("contact_officer") as by:
        people.take_back(contact.key, link.key, why="A slip", by=by, at=deciding.minutes(2))
    with known.world.system(SEEDER):
        assert not Told.objects.exists()


def test_the_page_of_a_wrong_match_names_whom_the_child_was_taken_for(known: Known, signed: Any) -> None:
    contact = deciding.arrived(known.world)
    with known.world.system(SEEDER):
        named = Named.objects.get(contact__key=contact.key)
    with known.world.acting("social_worker") as by:
        link = people.confirm(contact.key, named.key, known.people[0].key, seen=0, by=by, at=deciding.minutes(1))
    deciding.decided(known.world, deciding.recommended(known.world, contact, deciding.ENQUIRY, at=deciding.minutes(3)),
                     deciding.FULL, at=deciding.minutes(4))  # fmt: skip
    with known.world.acting("contact_officer") as by:
        people.take_back(contact.key, link.key, why="Another child", by=by, at=deciding.minutes(5))
    with known.world.system(SEEDER):
        told = Told.objects.get(acts__has_key="matched")
    worker = signed("social_worker")
    assert "Taken for Ola Nowak" in _page(worker, "told-list")
    page = _page(worker, "told", told.key)
    assert "Another child" in page
    assert "Said that the child is this person" in page
