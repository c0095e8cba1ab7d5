"""The ledger of one child puts together what every room says, and each decision not to share."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from frontdoor.actors.rules import InvalidInput, NotFound, NotPermitted
from frontdoor.disclosures.actions import copies as actions
from frontdoor.disclosures.queries import children
from frontdoor.disclosures.queries.children import Narrowed, mark_of
from frontdoor.letters.models import Given
from frontdoor.letters.rules import ledger
from frontdoor.letters.rules.ledger import Line, Scope, Went
from frontdoor.trail.models import Entry
from tests.contacts.deciding import AT, arrived, minutes
from tests.contacts.test_family import MOTHER, YOUNG
from tests.worlds import World

SAID = {"what": "The refuge's name", "to_whom": "The father", "agency": "", "why": "It would lead him there"}


def test_a_decision_not_to_share_stands_with_whom_and_why_and_is_never_changed(world: World) -> None:
    contact = arrived(world, people=(YOUNG, MOTHER))
    with world.acting("social_worker", at=AT) as by:
        child = contact.people.get(given_name="Tess")
        actions.decide_not_to_share(contact.key, child=str(child.key), **SAID, by=by, at=AT)
        (line,) = children.of_contact(contact.key, by=by, at=AT)[2].lines
        assert (line.went, line.about, line.to_whom, line.why) == (
            Went.NOT_GIVEN, child.label, "The father", "It would lead him there",
        )  # fmt: skip
        assert line.by == by.user_id
        with pytest.raises(Exception, match="permission denied"):
            Given.objects.update(why="Another")


@pytest.mark.parametrize("field", ["what", "to_whom", "why"])
def test_it_says_what_whom_and_why(world: World, field: str) -> None:
    contact = arrived(world, people=(YOUNG,))
    with world.acting("social_worker", at=AT) as by, pytest.raises(InvalidInput) as refused:
        actions.decide_not_to_share(contact.key, child="", **{**SAID, field: " "}, by=by, at=AT)
    assert field in refused.value.problems


def test_each_room_declares_its_own_source_and_no_other_takes_its_name() -> None:
    assert {"letters", "given", "handovers", "families", "questions", "enquiries", "requests", "copies"} <= set(
        ledger.SOURCES
    )
    with pytest.raises(ValueError, match="two sources"):
        ledger.declare_source("letters", lambda *_: ())


def test_letters_that_went_stand_in_it_without_the_name_of_who_told_us(world: World) -> None:
    from frontdoor.letters.models import Letter

    contact = arrived(world, people=(YOUNG, MOTHER))
    with world.acting("team_manager", at=AT) as by:
        Letter.objects.filter(subject_key=contact.key).update(state="sent", sent_at=minutes(3), settled_at=minutes(3))
        lines = children.of_contact(contact.key, by=by, at=AT)[2].lines
        sent = [line for line in lines if line.what == "That it arrived"]
        assert [line.went for line in sent] == [Went.GIVEN] * len(sent)
        assert all(line.to_whom.endswith("who told us") for line in sent)


def test_it_is_narrowed_by_whom_way_and_day_without_a_name_in_the_address() -> None:
    line = Line(at=AT, went=Went.GIVEN, what="A copy", to_whom="Ros Tate")
    mark = mark_of(line)
    assert "Ros" not in mark
    assert Narrowed(recipient=mark, went="given", since=AT.date(), until=AT.date()).wants(line)
    for other in (
        Narrowed(recipient="x"), Narrowed(went="asked"), Narrowed(since=AT.date() + timedelta(days=1)),
        Narrowed(until=date(2020, 1, 1)),
    ):  # fmt: skip
        assert not other.wants(line)


def test_the_data_protection_officer_opens_it_and_who_sees_no_ledger_does_not(world: World) -> None:
    contact = arrived(world, people=(YOUNG,))
    with world.acting("data_protection_officer", of=874, at=AT) as by:
        children.of_contact(contact.key, by=by, at=AT)
        assert Entry.objects.filter(action="disclosures.ledger_of").count() == 1
    with world.acting("auditor", at=AT) as by, pytest.raises(NotPermitted):
        children.of_contact(contact.key, by=by, at=AT)
    with world.acting("team_manager", council=873, at=AT) as by, pytest.raises(NotFound):
        children.of_contact(contact.key, by=by, at=AT)


def test_what_agencies_were_asked_and_told_and_who_was_left_out_stands_in_it(world: World) -> None:
    from frontdoor.mash.models import LeftOut
    from tests.mash.asking import asked
    from tests.mash.enquiring import AT as THEN
    from tests.mash.enquiring import rated

    enquiry = rated(world)
    requests = list(asked(world, enquiry).values())
    with world.acting("social_worker", at=THEN) as by:
        LeftOut.objects.create(
            authority_id=874, enquiry=enquiry, desk=requests[0].desk, why="They are not known there",
            by_user=by.user_id, at=THEN,
        )  # fmt: skip
        lines = children.of_contact(enquiry.contact.key, by=by, at=THEN)[2].lines
    found = [line for line in lines if line.went is Went.ASKED and line.agency]
    assert {line.agency for line in found} == {request.desk.name for request in requests}
    assert all(line.basis.startswith("Public task") for line in found)
    assert any(line.went is Went.NOT_GIVEN and line.why == "They are not known there" for line in lines)


def test_what_one_agency_said_went_to_no_other_whose_request_was_stopped_before(world: World) -> None:
    from frontdoor.actors.rules import SEEDER
    from frontdoor.mash.models import Asked, Reply, Request
    from tests.mash.asking import asked
    from tests.mash.enquiring import AT as THEN
    from tests.mash.enquiring import rated

    enquiry = rated(world)
    says, stopped, *rest = asked(world, enquiry).values()
    with world.system(SEEDER):
        Request.objects.filter(pk=stopped.pk).update(state="stopped", stopped_at=THEN, stopped_why="Stood down")
        Reply.objects.create(
            authority_id=874, request=says, asked=Asked.objects.filter(request=says, is_child=True)[0],
            agency=says.agency, kind="information", facts="Seen in May", partners_may_see=True, how="desk",
            said_by="Ros Tate", user_id=1, at=THEN,
        )  # fmt: skip
    with world.acting("social_worker", at=THEN) as by:
        lines = children.of_contact(enquiry.contact.key, by=by, at=THEN)[2].lines
    (line,) = [line for line in lines if line.what == f"What {says.desk.name} knows"]
    assert line.agency == ", ".join(sorted(each.desk.name for each in rest))


@pytest.mark.parametrize("facts", ["She sleeps at 14 Hidden Lane", "She goes to Larkspur Fen Primary", "Seen in May"])
def test_what_the_other_side_could_not_read_was_not_given_to_it(world: World, facts: str) -> None:
    from frontdoor.actors.rules import SEEDER
    from frontdoor.contacts.models import Named
    from frontdoor.mash.models import Asked, Reply, Request
    from tests.mash.asking import asked
    from tests.mash.enquiring import AT as THEN
    from tests.mash.enquiring import rated

    enquiry = rated(world)
    says, apart, third = asked(world, enquiry).values()
    with world.system(SEEDER):
        Named.objects.filter(contact_id=enquiry.contact_id).update(
            address="14 Hidden Lane, Ely", school="Larkspur Fen Primary"
        )
        Request.objects.filter(pk=apart.pk).update(other_side=True)
        Reply.objects.create(
            authority_id=874, request=says, asked=Asked.objects.filter(request=says, is_child=True)[0],
            agency=says.agency, kind="information", facts=facts, partners_may_see=True, how="desk",
            said_by="Ros Tate", user_id=1, at=THEN,
        )  # fmt: skip
    with world.acting("social_worker", at=THEN) as by:
        lines = children.of_contact(enquiry.contact.key, by=by, at=THEN)[2].lines
    found = {(line.went, line.agency) for line in lines if line.what == f"What {says.desk.name} knows"}
    if facts == "Seen in May":
        assert found == {(Went.GIVEN, ", ".join(sorted((apart.desk.name, third.desk.name))))}
    else:
        assert found == {(Went.GIVEN, third.desk.name), (Went.NOT_GIVEN, apart.desk.name)}


def test_an_agency_that_was_not_asked_about_a_child_was_given_nothing_about_it(world: World) -> None:
    from frontdoor.actors.rules import SEEDER
    from frontdoor.contacts.models import Named
    from frontdoor.mash.models import Asked, Desk, Reply, Request, Subject
    from tests.mash.asking import asked
    from tests.mash.enquiring import AT as THEN
    from tests.mash.enquiring import rated

    enquiry = rated(world)
    says, *rest = asked(world, enquiry).values()
    with world.system(SEEDER):
        named = Named.objects.create(authority_id=874, contact_id=enquiry.contact_id, kind="adult", position=9)
        aunt = Subject.objects.create(authority_id=874, enquiry=enquiry, named=named, is_child=False, position=9)
        other = Request.objects.create(
            authority_id=874, enquiry=enquiry, desk=Desk.objects.get(line="idva"), agency=uuid4(), reference="x",
            rating="amber", question="x", why_asked="x", sent_by=1, sent_at=THEN, due_at=THEN,
        )  # fmt: skip
        Asked.objects.create(
            authority_id=874, request=other, subject=aunt, agency=other.agency, is_child=False, position=0
        )
        Reply.objects.create(
            authority_id=874, request=says, asked=Asked.objects.filter(request=says, is_child=True)[0],
            agency=says.agency, kind="information", facts="Seen in May", partners_may_see=True, how="desk",
            said_by="Ros Tate", user_id=1, at=THEN,
        )  # fmt: skip
    with world.acting("social_worker", at=THEN) as by:
        lines = children.of_contact(enquiry.contact.key, by=by, at=THEN)[2].lines
    assert len({line.agency for line in lines if line.went is Went.ASKED}) == 3
    assert not [line for line in lines if other.desk.name in line.agency]
    (line,) = [line for line in lines if line.what == f"What {says.desk.name} knows"]
    assert line.agency == ", ".join(sorted(each.desk.name for each in rest))


def test_a_source_is_asked_about_these_children_alone(world: World) -> None:
    contact, other = arrived(world, people=(YOUNG,)), arrived(world, people=(YOUNG,), idem="other")
    with world.acting("social_worker", at=AT) as by:
        actions.decide_not_to_share(other.key, child="", **SAID, by=by, at=AT)
        assert not [
            line for line in children.of_contact(contact.key, by=by, at=AT)[2].lines if line.to_whom == "The father"
        ]
        assert ledger.lines(Scope({}, frozenset(), frozenset()), by=by, at=AT) == []


def test_the_page_says_so_where_nothing_was_shared_and_its_form_keeps_what_was_typed(
    world: World, client: Client
) -> None:
    contact = arrived(world, people=(YOUNG,))
    world.signed_in(client, world.user("social_worker"))
    root = f"/peterborough/contacts/{contact.key}/disclosures/"
    assert client.get(root).status_code == 200
    refused = client.post(f"{root}not-shared/", {**SAID, "why": ""})
    assert refused.status_code == 422
    assert "refuge&#39;s name" in refused.content.decode()
    assert client.post(f"{root}not-shared/", SAID).status_code == 302
    assert "It would lead him there" in client.get(f"{root}?went=not_given").content.decode()
    assert "It would lead him there" not in client.get(f"{root}?went=given").content.decode()
