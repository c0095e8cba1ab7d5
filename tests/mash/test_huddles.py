"""A huddle takes the children of open enquiries one by one: who is present, what each agency knows, decided now."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from frontdoor.actors.rules import SEEDER, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.mash.actions import huddles as actions
from frontdoor.mash.models import Desk, Huddle, Present, Reply, Request, Subject, Taken, Turn
from frontdoor.mash.queries import huddles as queries
from frontdoor.mash.rules.huddles import Sits, leaves
from tests.portal.asking import HEALTH, NOW, POLICE, ask, family
from tests.races import overlapping
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

WHERE = "/peterborough/huddles/"


@pytest.fixture
def asked(world: World) -> Request:
    return ask(world, family(world), POLICE)


@pytest.fixture
def staff(world: World, client: Client) -> Client:
    return world.signed_in(client, world.user("social_worker", council=PETERBOROUGH))


def desk(world: World, request: Request) -> Desk:
    with world.system(SEEDER, council=request.authority_id):
        return Desk.objects.get(pk=request.desk_id)


def begun(world: World, request: Request, who: str = "PC Ward") -> Huddle:
    key = desk(world, request).key
    with world.acting("social_worker", council=request.authority_id) as by:
        return actions.begin({key: who}, by=by, at=NOW)


def page(client: Client, huddle: Huddle) -> str:
    return client.get(f"{WHERE}{huddle.key}/").content.decode()


def test_a_huddle_begins_with_whoever_is_present_and_a_council_has_one_at_a_time(
    world: World, staff: Client, asked: Request
) -> None:
    assert "None was held yet" in staff.get(WHERE).content.decode()
    empty = staff.post(f"{WHERE}begin/", {"sent": "1"})
    assert empty.status_code == 422
    assert "Write who is present for at least one agency" in empty.content.decode()
    begin = staff.post(f"{WHERE}begin/", {f"who_{desk(world, asked).key}": "PC Ward"})
    assert begin.status_code == 302
    with world.system(SEEDER):
        assert Present.objects.get().who == "PC Ward"
    key = desk(world, asked).key
    with world.acting("social_worker") as by, pytest.raises(StepNotAllowed):
        actions.begin({key: "PC Ward"}, by=by, at=NOW)
    with world.system(SEEDER), pytest.raises(IntegrityError, match="one_at_a_time"), transaction.atomic():
        Huddle.objects.create(authority_id=PETERBOROUGH, began_by=1, began_at=NOW)
    with world.system(SEEDER):
        row = Huddle.objects.get()
    assert begin.url == f"{WHERE}{row.key}/"
    assert "Go on with the open huddle" in staff.get(WHERE).content.decode()
    assert "PC Ward" in page(staff, row)


def test_of_two_who_begin_a_huddle_at_once_one_is_told_of_the_other(own_database: str, world: World) -> None:
    key = desk(world, ask(world, family(world), POLICE)).key

    def begin() -> Huddle:
        with world.acting("social_worker") as by:
            return actions.begin({key: "PC Ward"}, by=by, at=NOW)

    _, lost = overlapping(begin, begin, expect=StepNotAllowed)
    assert isinstance(lost, StepNotAllowed)
    with world.system(SEEDER):
        assert Present.objects.count() == 1


def test_children_come_one_by_one_the_most_urgent_first_with_what_each_agency_said_of_them(
    world: World, staff: Client, asked: Request
) -> None:
    row = begun(world, asked)
    with world.system(SEEDER):
        first, second = Subject.objects.filter(enquiry=asked.enquiry, is_child=True).order_by("position")
        for person, words in zip(asked.people.order_by("position"), ("Seen running", "Seen asleep"), strict=False):
            Reply.objects.create(
                authority_id=PETERBOROUGH, request=asked, asked=person, agency=asked.agency, kind="information",
                facts=words, mark="professionals", how="desk", said_by="PC Ward", at=NOW,
            )  # fmt: skip
    shown = page(staff, row)
    assert "Ottilie Testingham" in shown
    assert "Seen running" in shown
    assert "Seen asleep" not in shown
    assert "Nobody has said yet" in shown
    typed = {"do": "next", "child": str(first.key), "line": "Health visitor goes today"}
    done = staff.post(f"{WHERE}{row.key}/", typed, follow=True)
    assert "Bram Testingham" in done.content.decode()
    assert "Health visitor goes today" in done.content.decode()
    with world.system(SEEDER):
        assert Taken.objects.get().subject_id == first.pk
        assert Turn.objects.get(enquiry=asked.enquiry).text == "Taken in the huddle. Health visitor goes today"
    last = staff.post(
        f"{WHERE}{row.key}/?child={second.key}", {"do": "next", "child": str(second.key), "line": ""}, follow=True
    )
    assert "Every child of an open enquiry was taken" in last.content.decode()
    with world.acting("social_worker") as by, pytest.raises(StepNotAllowed):
        actions.take(row.key, first.key, line="Again", by=by, at=NOW)


def test_what_was_typed_while_a_colleague_went_on_is_not_written_down_for_the_next_child(
    world: World, staff: Client, asked: Request
) -> None:
    row = begun(world, asked)
    with world.system(SEEDER):
        first, second = Subject.objects.filter(enquiry=asked.enquiry, is_child=True).order_by("position")
    with world.acting("social_worker") as by:
        actions.take(row.key, first.key, line="", by=by, at=NOW)
    decided = {"do": "next", "child": str(first.key), "line": "Health visitor goes today"}
    said = {
        "do": "said", "request": str(asked.key), "said_by": "PC Ward", "words": "He was arrested",
        "about": str(first.key), "mark": "professionals",
    }  # fmt: skip
    for typed, words in ((decided, "Health visitor goes today"), (said, "He was arrested")):
        late = staff.post(f"{WHERE}{row.key}/", typed)
        assert late.status_code == 422
        shown = late.content.decode()
        assert "This was typed about another child" in shown
        assert words in shown
        with world.system(SEEDER):
            assert [each.subject_id for each in Taken.objects.all()] == [first.pk]
            assert not Reply.objects.exists()
        name = "child" if typed is decided else "about"
        assert f'name="{name}" value="{second.key}"' in shown
    staff.post(f"{WHERE}{row.key}/", {**decided, "child": str(second.key)})
    with world.system(SEEDER):
        assert Taken.objects.get(subject=second).line == "Health visitor goes today"


def test_a_partners_words_are_written_down_there_and_then_of_this_child(
    world: World, staff: Client, asked: Request
) -> None:
    row = begun(world, asked)
    with world.system(SEEDER):
        child = Subject.objects.filter(enquiry=asked.enquiry, is_child=True).order_by("position")[0]
    typed = {
        "do": "said", "request": str(asked.key), "said_by": "PC Ward", "words": "He was arrested",
        "about": str(child.key), "mark": "professionals",
    }  # fmt: skip
    wrong = staff.post(f"{WHERE}{row.key}/?child={child.key}", {**typed, "said_by": ""})
    assert wrong.status_code == 422
    assert "Enter who said it" in wrong.content.decode()
    assert "He was arrested" in wrong.content.decode()
    said = staff.post(f"{WHERE}{row.key}/?child={child.key}", typed, follow=True)
    assert "He was arrested" in said.content.decode()
    assert "Ottilie Testingham" in said.content.decode()
    with world.system(SEEDER):
        reply = Reply.objects.get()
        assert (reply.how, reply.asked.subject_id) == ("room", child.pk)
        assert not Taken.objects.exists()


def test_whoever_was_not_asked_or_works_with_the_person_who_poses_the_risk_is_told_to_step_out(
    world: World, staff: Client, asked: Request
) -> None:
    other = ask(world, family(world, children=1, rating="green"), HEALTH)
    row = begun(world, other, "Nurse Hale")
    with world.system(SEEDER):
        type(other.enquiry).objects.filter(pk=other.enquiry_id).update(urgency=5)
    assert "Nurse Hale, Nene Community Health, was not asked about this family" in page(staff, row)
    with world.system(SEEDER):
        type(other.enquiry).objects.filter(pk=asked.enquiry_id).update(urgency=9)
    assert "was not asked about this family" not in page(staff, row)
    with world.system(SEEDER):
        Reply.objects.create(
            authority_id=PETERBOROUGH, request=other, asked=other.people.filter(is_child=True)[0], agency=other.agency,
            kind="information", facts="Where she feels safe", mark="victim_safety", how="desk", said_by="x", at=NOW,
        )  # fmt: skip
    assert "Where she feels safe" in page(staff, row)
    with world.system(SEEDER):
        Request.objects.filter(pk=other.pk).update(other_side=True)
    shown = page(staff, row)
    assert "works with somebody who may pose the risk" in shown
    assert "Where she feels safe" not in shown


def test_leaving_follows_from_who_was_asked() -> None:
    police, health = (Sits(key, name, "x") for key, name in ((_key(1), "Police"), (_key(2), "Health")))
    assert leaves([police, health], asked=[_key(1), _key(2)], other_side=[]) == []
    assert len(leaves([police, health], asked=[_key(1)], other_side=[_key(1)])) == 2


def _key(number: int) -> Any:
    from uuid import UUID

    return UUID(int=number)


def test_a_huddle_that_ended_is_its_record_and_takes_nobody(world: World, staff: Client, asked: Request) -> None:
    row = begun(world, asked)
    assert staff.post(f"{WHERE}{row.key}/came/", {f"who_{desk(world, asked).key}": "PS Ash"}).status_code == 302
    with world.system(SEEDER):
        first = Subject.objects.filter(enquiry=asked.enquiry, is_child=True).order_by("position")[0]
    typed = {"do": "next", "child": str(first.key), "line": "Seen"}
    assert staff.post(f"{WHERE}{row.key}/", typed).status_code == 302
    assert staff.post(f"{WHERE}{row.key}/end/").status_code == 302
    shown = page(staff, row)
    for words in ("PC Ward, PS Ash", "Ottilie Testingham", "Seen", "Record"):
        assert words in shown
    assert "Next child" not in shown
    assert staff.post(f"{WHERE}{row.key}/", {"do": "next", "line": ""}).status_code == 404
    with world.system(SEEDER):
        child = Subject.objects.filter(enquiry=asked.enquiry, is_child=True).order_by("-position")[0]
    with world.acting("social_worker") as by:
        with pytest.raises(StepNotAllowed):
            actions.take(row.key, child.key, line="", by=by, at=NOW + timedelta(hours=1))
        with pytest.raises(InvalidInput):
            actions.begin({}, by=by, at=NOW)
        with pytest.raises(NotFound):
            actions.begin({_key(7): "x"}, by=by, at=NOW)


def test_settled_and_decided_enquiries_are_left_out_and_another_councils_are_never_there(
    world: World, staff: Client, asked: Request
) -> None:
    row = begun(world, asked)
    theirs = ask(world, family(world, council=CAMBRIDGESHIRE), POLICE)
    with world.acting("social_worker", council=CAMBRIDGESHIRE) as by, pytest.raises(NotFound):
        queries.open_huddle(row.key, by=by, at=NOW)
    with world.system(SEEDER, council=CAMBRIDGESHIRE):
        child = Subject.objects.filter(enquiry=theirs.enquiry, is_child=True)[0]
    assert staff.get(f"{WHERE}{row.key}/?child={child.key}").status_code == 404
    assert staff.get(f"{WHERE}{row.key}/?child=x").status_code == 404
    with world.system(SEEDER):
        type(asked.enquiry).objects.filter(pk=asked.enquiry_id).update(state="decided")
    assert "Every child of an open enquiry was taken" in page(staff, row)


def test_only_who_works_on_enquiries_takes_a_child(world: World, asked: Request) -> None:
    row = begun(world, asked)
    with world.acting("contact_officer") as by:
        with pytest.raises(NotPermitted):
            actions.take(row.key, asked.key, line="", by=by, at=NOW)
        with pytest.raises(NotPermitted):
            queries.open_huddle(row.key, by=by, at=NOW)
