"""A complaint is owned by somebody else than it is about, timed by its stage, answered, learnt from; a risk goes on."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from frontdoor.actors.rules import COURIER, Conflict, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.clocks import queries as clocks
from frontdoor.clocks.rules import london_date
from frontdoor.complaints import actions, queries
from frontdoor.complaints.models import Complaint, Entry
from frontdoor.contacts.models import Contact, Referrer
from frontdoor.contacts.queries import record
from frontdoor.contacts.rules.intake import ReferrerGiven
from frontdoor.directions.models import Direction
from tests.contacts.arriving import NOON, arrive, child
from tests.worlds import World

TOLD: dict[str, Any] = {
    "kind": "complaint", "way": "phone", "what": "Nobody rang me back for a week.", "who": "parent",
    "name": "Canary Complainant", "reply_to": "By letter",
}  # fmt: skip
REPLY: dict[str, Any] = {
    "outcome": "upheld",
    "reply": "We are sorry.",
    "how": "letter",
    "learning": "Ring back the same day.",
}


def told(world: World, **more: Any) -> Complaint:
    """A complaint that a contact officer has taken in on the telephone."""
    with world.acting("contact_officer", at=NOON) as by:
        return actions.take(**{**TOLD, **more}, by=by, at=NOON)


def owned(world: World, **more: Any) -> Complaint:
    """The same in the hands of the head of service."""
    complaint = told(world, **more)
    with world.acting("team_manager", at=NOON) as by:
        return actions.own(complaint.key, seen=1, owner=world.user("head_of_service").pk, by=by, at=NOON)


def running(complaint: Complaint, by: Any, at: Any = NOON) -> list[tuple[str, date]]:
    """The clocks that run, and the day on which each is due; inside `acting`."""
    found = clocks.for_subject(("complaints.complaint", complaint.key), by=by, at=at)
    return [(each.kind.name, london_date(each.reading.due_at)) for each in found if each.stopped_at is None]


def test_a_complaint_has_ten_working_days_and_twenty_where_it_is_complex_from_when_it_came(world: World) -> None:
    complaint = owned(world)
    with world.acting("team_manager", at=NOON) as by:
        # From Tuesday 24 March 2026; Good Friday is 3 April and Easter Monday the 6th.
        assert running(complaint, by) == [("complaints.stage_1", date(2026, 4, 9))]
        later = NOON + timedelta(days=3)
        with pytest.raises(InvalidInput):
            actions.find_complex(complaint.key, seen=2, why=" ", by=by, at=later)
        actions.find_complex(complaint.key, seen=2, why="Three teams worked on it", by=by, at=later)
        assert running(complaint, by, later) == [("complaints.stage_1_complex", date(2026, 4, 23))]
        with pytest.raises(StepNotAllowed):
            actions.find_complex(complaint.key, seen=3, why="Again", by=by, at=later)


def test_nobody_owns_or_opens_what_is_about_them_and_the_database_says_so_too(world: World) -> None:
    about = world.user("team_manager").pk
    complaint = told(world, about_user=about)
    with world.acting("team_manager", at=NOON) as by:
        assert queries.complaints(by=by, at=NOON) == []
        with pytest.raises(NotFound):
            queries.open_complaint(complaint.key, by=by, at=NOON)
        with pytest.raises(NotFound):
            actions.withdraw(complaint.key, seen=1, why="No", by=by, at=NOON)
    with world.acting("head_of_service", at=NOON) as by:
        with pytest.raises(InvalidInput, match="about this person"):
            actions.own(complaint.key, seen=1, owner=about, by=by, at=NOON)
        with pytest.raises(InvalidInput, match="manager"):
            actions.own(complaint.key, seen=1, owner=world.user("contact_officer").pk, by=by, at=NOON)
        with pytest.raises(DatabaseError), transaction.atomic():
            Complaint.objects.update(owner=about)


def test_whoever_takes_one_in_does_not_read_the_others(world: World) -> None:
    complaint = told(world)
    with world.acting("contact_officer", at=NOON) as by, pytest.raises(NotPermitted):
        queries.open_complaint(complaint.key, by=by, at=NOON)
    with world.acting("auditor", of=874, at=NOON) as by, pytest.raises(NotPermitted):
        actions.take(**TOLD, by=by, at=NOON)
    with world.acting("team_manager", council=873, at=NOON) as by, pytest.raises(NotFound):
        queries.open_complaint(complaint.key, by=by, at=NOON)


def test_what_is_upheld_says_what_is_learnt_and_its_action_is_directed(world: World) -> None:
    complaint = owned(world)
    owner = f"user:{world.user('contact_officer').pk}"
    with world.acting("head_of_service", at=NOON) as by:
        with pytest.raises(InvalidInput) as refused:
            actions.reply(complaint.key, seen=2, **{**REPLY, "learning": ""}, by=by, at=NOON)
        assert set(refused.value.problems) == {"learning"}
        with pytest.raises(Conflict):
            actions.reply(complaint.key, seen=1, **REPLY, by=by, at=NOON)
        actions.reply(complaint.key, seen=2, **REPLY, action="Put the list on the wall", owner=owner, by=by, at=NOON)
        direction = Direction.objects.get()
        assert (direction.subject_key, direction.what) == (complaint.key, "Put the list on the wall")
        opened = queries.open_complaint(complaint.key, by=by, at=NOON)
        assert [each.what for each in opened.actions] == ["Put the list on the wall"]
        assert [entry.kind for entry in opened.entries] == ["taken", "owned", "replied", "learnt"]
        assert running(complaint, by) == []


def test_who_does_not_agree_goes_on_stage_by_stage_as_far_as_the_ombudsman(world: World) -> None:
    complaint = owned(world)
    stages = []
    with world.acting("head_of_service", at=NOON) as by:
        for _ in range(3):
            seen = Complaint.objects.get().version
            actions.reply(complaint.key, seen=seen, **{**REPLY, "outcome": "not_upheld"}, by=by, at=NOON)
            actions.next_stage(complaint.key, seen=seen + 1, why="I was not heard", by=by, at=NOON)
            stages += running(complaint, by)
            assert Complaint.objects.get().owner is None
            actions.own(complaint.key, seen=seen + 2, owner=world.user("head_of_service").pk, by=by, at=NOON)
        seen = Complaint.objects.get().version
        actions.reply(complaint.key, seen=seen, **REPLY, by=by, at=NOON)
        with pytest.raises(StepNotAllowed):
            actions.next_stage(complaint.key, seen=seen + 1, why="Still not", by=by, at=NOON)
    assert [name for name, _ in stages] == ["complaints.stage_2", "complaints.stage_3", "complaints.ombudsman"]


def test_a_compliment_is_passed_to_its_team_and_a_complaint_is_not(world: World) -> None:
    kind, team = "compliment", str(world.team("mash").key)
    thanks, complaint = told(world, kind=kind, team=team), told(world)
    with world.acting("team_manager", at=NOON) as by:
        with pytest.raises(StepNotAllowed):
            actions.thank(complaint.key, seen=1, why="Well done", by=by, at=NOON)
        actions.thank(thanks.key, seen=1, why="Read out in the morning meeting", by=by, at=NOON)
        assert Complaint.objects.get(key=thanks.key).state == "passed"
        shown = queries.complaints(which="settled", by=by, at=NOON)
        assert [row.team for row in shown] == [world.team("mash").name]


def test_what_was_taken_back_is_kept_and_what_was_done_is_never_rewritten(world: World) -> None:
    complaint = told(world)
    with world.acting("team_manager", at=NOON) as by:
        actions.withdraw(complaint.key, seen=1, why="They were rung back", by=by, at=NOON)
        assert Complaint.objects.get().state == "withdrawn"
        assert running(complaint, by) == []
        with pytest.raises(DatabaseError), transaction.atomic():
            Entry.objects.update(text="Something else")


def test_the_minutes_sweep_takes_in_what_arrived_as_one_and_the_contact_goes_its_own_way(world: World) -> None:
    with world.acting("contact_officer", at=NOON) as by:
        contact = arrive(by=by, at=NOON, sub_type="complaint", story="The letter came to the wrong house.")
        arrive(by=by, at=NOON)
    with world.system(COURIER) as by:
        assert actions.take_arrived(by=by, at=NOON) == 1
        assert actions.take_arrived(by=by, at=NOON) == 0
        complaint = Complaint.objects.get()
        assert (complaint.contact, complaint.received_at) == (contact, NOON)
        assert Contact.objects.get(key=contact.key).state == "received"


def test_a_complaint_that_shows_a_risk_becomes_a_contact_whose_teller_is_withheld(world: World) -> None:
    with world.acting("contact_officer", at=NOON) as by:
        before = arrive(by=by, at=NOON, people=(child(given_name="Ewa"),), referrer=ReferrerGiven(name="School"))
    complaint = told(world, about_contact=before.key)
    later = NOON + timedelta(hours=5)
    with world.acting("team_manager", at=later) as by:
        made = actions.show_risk(
            complaint.key, seen=1, why="She says that he hit the child again", danger="yes", flag=True, by=by, at=later
        )
        made.refresh_from_db()
        assert (made.received_at, made.category, made.flag_stands) == (NOON, "request_for_service", True)
        teller = Referrer.objects.get(contact=made)
        assert (teller.name, teller.identity) == ("Canary Complainant", "withheld")
        opened = record.open_contact(made.key, by=by, at=later)
        assert "Canary" not in repr((opened.contact.story, opened.people))
        assert Complaint.objects.get().state == "waiting"


def test_the_list_shows_what_is_late_mine_and_nobodys_and_work_waits_for_managers(world: World) -> None:
    free, mine = told(world), owned(world)
    late = NOON + timedelta(days=30)
    with world.acting("head_of_service", at=late) as by:
        shown = {
            which: {row.key for row in queries.complaints(which=which, by=by, at=late)}
            for which in ("", "late", "mine", "free", "settled")
        }
        assert {row.key for row in queries.waits_for(by=by, at=late)} == {free.key, mine.key}
    both = {free.key, mine.key}
    assert shown == {"": both, "late": both, "mine": {mine.key}, "free": {free.key}, "settled": set()}


@pytest.mark.parametrize(
    ("typed", "said"), [({"kind": ""}, "Write what it is about"), ({**TOLD, "who": "x"}, "Say who")]
)
def test_a_form_that_is_not_whole_says_what_is_missing(
    typed: dict[str, str], said: str, world: World, client: Client
) -> None:
    world.signed_in(client, world.user("contact_officer"))
    answer = client.post(reverse("complaints:take", args=["peterborough"]), typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
