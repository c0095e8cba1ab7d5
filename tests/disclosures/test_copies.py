"""A copy is built for one named person, passes the guard, and goes against it by another person's word alone."""

import io
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from pypdf import PdfReader

from frontdoor.actors.rules import MIGRATION, InvalidInput, NotFound, NotPermitted, Permission, StepNotAllowed
from frontdoor.contacts.models import Contact, Referrer
from frontdoor.disclosures.actions import copies as actions
from frontdoor.disclosures.forms import CopyForForm
from frontdoor.disclosures.models import Copy
from frontdoor.disclosures.queries import children
from frontdoor.disclosures.queries import copies as queries
from frontdoor.letters.rules.ledger import Went
from frontdoor.trail.models import Entry
from tests.contacts.deciding import AT, arrived, minutes
from tests.contacts.test_family import MOTHER, YOUNG
from tests.contacts.test_safe import person, protect
from tests.worlds import World

FOR: dict[str, Any] = {
    "how": "post", "to_name": "Ros Tate", "relation": "father's solicitor", "agency": "Tate and Co",
    "why": "They asked", "basis": "public_task", "title": "Letter about school", "parts": [],
}  # fmt: skip
TELLS = "She is at Larkspur Fen now."


def hidden(world: World) -> Contact:
    """A contact about a child whose whereabouts are kept secret."""
    contact = arrived(world, people=(YOUNG, MOTHER))
    protect(world, contact, person(world, contact, "Tess"), person(world, contact))
    with world.acting("social_worker", at=AT):
        row = contact.people.get(given_name="Tess")
        row.school = "Larkspur Fen Primary School"
        row.save(update_fields=["school"])
    return contact


def begun(world: World, contact: Contact, *, text: str = "", **more: Any) -> Copy:
    with world.acting("social_worker", at=AT) as by:
        copy = actions.begin_copy(contact.key, **{**FOR, **more}, by=by, at=AT)
        if text:
            copy = actions.write_copy(copy.key, seen=1, title=copy.title, text=text, by=by, at=AT)
        return copy


def waiting(world: World, contact: Contact) -> Copy:
    copy = begun(world, contact, text=TELLS)
    with world.acting("social_worker", at=AT) as by:
        return actions.ask_release(copy.key, seen=copy.version, why="The court asks where", by=by, at=minutes(1))


@pytest.mark.parametrize(
    ("more", "field"),
    [({"to_name": " "}, "to_name"), ({"relation": ""}, "relation"), ({"why": ""}, "why"), ({"how": "fax"}, "how"),
     ({"basis": ""}, "basis"), ({"title": ""}, "title")],
)  # fmt: skip
def test_nothing_is_built_for_nobody(world: World, more: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        begun(world, hidden(world), **more)
    assert field in refused.value.problems


def test_the_author_is_shown_the_passage_and_why_and_what_is_found_holds_the_print(world: World) -> None:
    copy = begun(world, hidden(world), text=TELLS)
    with world.acting("social_worker", at=AT) as by:
        found = queries.open_copy(copy.key, by=by, at=AT)
        (marked,) = [piece for piece in found.pieces if piece.why]
        assert marked.text == "Larkspur Fen"
        assert "school" in marked.why
        assert not found.may_go
        assert actions.take_copy(copy.key, seen=copy.version, by=by, at=AT) is None
        assert Copy.objects.get().taken_at is None


def test_changed_words_go_and_the_ledger_says_to_whom_and_why(world: World) -> None:
    contact = hidden(world)
    copy = begun(world, contact, text="She is well and goes to school.")
    with world.acting("social_worker", at=AT) as by:
        assert actions.take_copy(copy.key, seen=copy.version, by=by, at=AT)
        (line,) = children.of_contact(contact.key, by=by, at=AT)[2].lines
    assert (line.went, line.recipient, line.why) == (
        Went.GIVEN,
        "Ros Tate (father's solicitor), Tate and Co",
        "They asked",
    )
    assert "well" not in str(line)


def test_a_release_is_another_persons_and_for_these_words_alone(world: World) -> None:
    contact = hidden(world)
    copy = waiting(world, contact)
    with world.acting("social_worker", at=AT) as by, pytest.raises(NotPermitted):
        actions.release_copy(copy.key, seen=copy.version, why="Read", by=by, at=minutes(2))
    with world.acting("team_manager", at=AT) as by:
        copy = actions.release_copy(copy.key, seen=copy.version, why="The order names it", by=by, at=minutes(2))
    with world.acting("social_worker", at=AT) as by:
        changed = actions.write_copy(copy.key, seen=copy.version, title=copy.title, text=f"{TELLS} Yes.", by=by, at=AT)
        assert changed.released_by is None
        assert actions.take_copy(copy.key, seen=changed.version, by=by, at=AT) is None


def test_a_manager_does_not_release_what_is_their_own(world: World) -> None:
    contact = hidden(world)
    with world.acting("team_manager", at=AT) as by:
        copy = actions.begin_copy(contact.key, **{**FOR, "title": "Larkspur Fen"}, by=by, at=AT)
        copy = actions.ask_release(copy.key, seen=copy.version, why="Asked", by=by, at=AT)
        with pytest.raises(InvalidInput):
            actions.release_copy(copy.key, seen=copy.version, why="Read", by=by, at=AT)
        with pytest.raises(IntegrityError), transaction.atomic():
            Copy.objects.filter(pk=copy.pk).update(released_by=by.user_id, released_why="Read")


def test_what_is_found_after_the_release_holds_it_until_it_is_asked_for_and_released_anew(world: World) -> None:
    contact = hidden(world)
    copy = begun(world, contact, text=f"{TELLS} Ring 07700 900123.")
    with world.acting("social_worker", at=AT) as by:
        copy = actions.ask_release(copy.key, seen=copy.version, why="The court asks where", by=by, at=AT)
    with world.acting("team_manager", at=AT) as by:
        copy = actions.release_copy(copy.key, seen=copy.version, why="The order names it", by=by, at=minutes(1))
        assert queries.open_copy(copy.key, by=by, at=AT).may_go
        Referrer.objects.filter(contact=contact).update(identity="withheld", phone="07700 900123")
        assert not queries.open_copy(copy.key, by=by, at=AT).may_go
        assert actions.take_copy(copy.key, seen=copy.version, by=by, at=minutes(2)) is None
        copy.refresh_from_db()
        assert (copy.state, copy.taken_at) == ("released", None)
        asked = actions.ask_release(copy.key, seen=copy.version, why="Their number too", by=by, at=minutes(3))
        assert (asked.state, asked.released_by, asked.released_digest) == ("waiting", None, "")
    with world.acting("head_of_service", at=AT) as by:
        copy = actions.release_copy(copy.key, seen=asked.version, why="Both are known there", by=by, at=minutes(4))
        with pytest.raises(StepNotAllowed, match="has released it as it stands"):
            actions.ask_release(copy.key, seen=copy.version, why="Again", by=by, at=minutes(5))
        assert actions.take_copy(copy.key, seen=copy.version, by=by, at=minutes(5))


def test_who_wrote_its_words_does_not_release_what_another_began_and_asked_for(world: World) -> None:
    copy = begun(world, hidden(world))
    with world.acting("team_manager", at=AT) as by:
        copy = actions.write_copy(copy.key, seen=copy.version, title=copy.title, text=TELLS, by=by, at=AT)
    with world.acting("social_worker", at=AT) as by:
        copy = actions.ask_release(copy.key, seen=copy.version, why="The court asks where", by=by, at=AT)
    with world.acting("team_manager", at=AT) as by:
        assert queries.waiting(mine=True, by=by, at=AT) == []
        with pytest.raises(InvalidInput, match="Somebody else"):
            actions.release_copy(copy.key, seen=copy.version, why="Read", by=by, at=AT)
        with pytest.raises(IntegrityError), transaction.atomic():
            Copy.objects.filter(pk=copy.pk).update(released_by=by.user_id, released_why="Read")


def test_who_they_are_is_printed_too_and_so_it_is_looked_at(world: World) -> None:
    copy = begun(world, hidden(world), relation="her teacher at Larkspur Fen")
    assert not copy.clear


def test_the_database_lets_nothing_go_that_the_guard_holds_and_nothing_change_that_went(world: World) -> None:
    copy = waiting(world, hidden(world))
    with world.acting("team_manager", at=AT) as by:
        with pytest.raises(IntegrityError), transaction.atomic():
            Copy.objects.filter(pk=copy.pk).update(taken_at=AT)
        copy = actions.release_copy(copy.key, seen=copy.version, why="The order names it", by=by, at=minutes(2))
        taken = actions.take_copy(copy.key, seen=copy.version, by=by, at=minutes(3))
        assert taken is not None
        with (
            pytest.raises(ProgrammingError, match="never changed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("UPDATE disclosures_copy SET text = 'Other' WHERE id = %s", [taken.pk])
        with pytest.raises(StepNotAllowed):
            actions.drop_copy(copy.key, seen=taken.version, why="Late", by=by, at=minutes(4))


def test_what_is_not_released_and_what_is_not_given_stand_in_the_ledger_with_their_reasons(world: World) -> None:
    contact = hidden(world)
    copy = waiting(world, contact)
    with world.acting("team_manager", at=AT) as by:
        copy = actions.refuse_copy(copy.key, seen=copy.version, why="Not needed for it", by=by, at=minutes(2))
        actions.drop_copy(copy.key, seen=copy.version, why="They may not know", by=by, at=minutes(3))
        lines = children.of_contact(contact.key, by=by, at=minutes(4))[2].lines
    assert [(line.went, line.why) for line in lines] == [
        (Went.NOT_GIVEN, "They may not know"), (Went.NOT_GIVEN, "Not released: Not needed for it"),
    ]  # fmt: skip


def test_somebody_who_may_harm_is_no_plain_recipient(world: World) -> None:
    partner = {**FOR, "to_name": "", "relation": ""}
    contact = hidden(world)
    with world.acting("social_worker", at=AT) as by:
        row = contact.people.get(given_name=MOTHER.given_name)
        row.concern = "possible_perpetrator"
        row.save(update_fields=["concern"])
        copy = actions.begin_copy(contact.key, **partner, named=str(row.key), by=by, at=AT)
        assert not copy.clear
        assert queries.look(copy, copy.text, by=by, at=AT).reasons == (queries.AT_RISK,)


def test_a_workers_own_paper_says_that_it_is_one(world: World) -> None:
    contact = hidden(world)
    copy = begun(world, contact, how="own", to_name="", relation="", parts=["told", "decided", "earlier", "shared"])
    assert copy.own
    assert copy.relation == "the worker's own paper"
    with world.acting("social_worker", at=AT) as by:
        assert copy.to_name
        assert actions.take_copy(copy.key, seen=copy.version, by=by, at=AT)
        (line,) = children.of_contact(contact.key, by=by, at=AT)[2].lines
        assert line.how == "My own paper copy"


def test_another_council_finds_none(world: World) -> None:
    copy = begun(world, hidden(world))
    with world.acting("team_manager", council=873, at=AT) as by:
        with pytest.raises(NotFound):
            queries.open_copy(copy.key, by=by, at=AT)
        with pytest.raises(NotFound):
            actions.take_copy(copy.key, seen=copy.version, by=by, at=AT)


def test_it_is_made_read_released_and_printed_on_its_pages(world: World, client: Client) -> None:
    contact = hidden(world)
    world.signed_in(client, world.user("social_worker"))
    root = "/peterborough"
    asked = client.post(f"{root}/contacts/{contact.key}/copies/", {**FOR, "title": ""})
    assert asked.status_code == 422
    assert "Tate and Co" in asked.content.decode()
    made = client.post(f"{root}/contacts/{contact.key}/copies/", FOR)
    assert made.status_code == 302
    client.post(made.url, {"seen": "1", "title": "Letter", "text": TELLS})
    page = client.get(made.url).content.decode()
    assert "<mark>Larkspur Fen</mark>" in page
    assert "whereabouts are kept secret" in page
    assert "Print it for" not in page
    client.post(f"{made.url}ask/", {"seen": "2", "why": "The court asks"})
    world.signed_in(client, world.user("team_manager"))
    assert made.url in client.get("/desk/").content.decode()
    assert made.url in client.get(f"{root}/copies/").content.decode()
    released = client.post(f"{made.url}release/", {"seen": "3", "why": "The order names it"})
    assert released.status_code == 302
    printed = client.post(f"{made.url}print/", {"seen": "4"})
    assert printed["Content-Type"] == "application/pdf"
    ledger = client.get(f"{root}/contacts/{contact.key}/disclosures/").content.decode()
    assert "Ros Tate" in ledger
    assert "Released by a second person: The order names it" in ledger
    with world.acting("team_manager", at=AT):
        assert Entry.objects.filter(action="disclosures.take_copy").count() == 1


def test_what_waits_for_a_release_is_listed_for_who_releases_and_ones_own_waits_for_somebody_else(
    world: World, client: Client
) -> None:
    contact = hidden(world)
    with world.acting("team_manager", at=AT) as by:
        copy = actions.begin_copy(contact.key, **FOR, by=by, at=AT)
        copy = actions.write_copy(copy.key, seen=1, title=copy.title, text=TELLS, by=by, at=AT)
        copy = actions.ask_release(copy.key, seen=copy.version, why="The court asks where", by=by, at=minutes(1))
    world.signed_in(client, world.user("team_manager"))
    listed = client.get("/peterborough/copies/").content.decode()
    assert "Somebody else releases it: it is yours" in listed
    assert f"/copies/{copy.key}/" not in client.get("/desk/").content.decode()
    with world.acting("social_worker", at=AT) as by, pytest.raises(NotPermitted):
        queries.waiting(by=by, at=AT)
    with world.acting("head_of_service", at=AT) as by:
        assert [row.key for row in queries.waiting(mine=True, by=by, at=AT)] == [copy.key]


SECRET = "They live at 77 Zzquagga Lane, Wisbech, PE13 9ZZ."


def kept(copy: Copy) -> str:
    """What of a copy stands in the database, in every column."""
    return " ".join(map(str, Copy.objects.filter(pk=copy.pk).values_list().get()))


def test_words_that_may_not_be_told_stand_sealed_in_the_database_and_are_read_and_printed_as_written(
    world: World, client: Client
) -> None:
    copy = begun(world, hidden(world), text=SECRET)
    with world.acting("social_worker", at=AT) as by:
        assert "Zzquagga" not in kept(copy)
        assert queries.open_copy(copy.key, by=by, at=AT).text == SECRET
        copy = actions.ask_release(copy.key, seen=copy.version, why="The court asks where", by=by, at=AT)
        assert "Zzquagga" not in kept(copy)
    with world.acting("team_manager", at=AT) as by:
        copy = actions.release_copy(copy.key, seen=copy.version, why="The order names it", by=by, at=minutes(1))
    world.signed_in(client, world.user("social_worker"))
    assert SECRET in client.get(f"/peterborough/copies/{copy.key}/").content.decode()
    answer = client.post(f"/peterborough/copies/{copy.key}/print/", {"seen": copy.version})
    assert answer["Content-Type"] == "application/pdf"
    assert "Zzquagga" in PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    with world.acting("social_worker", at=AT):
        assert "Zzquagga" not in kept(copy)


def test_sealed_words_open_for_their_own_copy_alone_and_after_a_change_of_keys(world: World) -> None:
    from frontdoor.letters import actions as letters

    contact = hidden(world)
    copy, other = begun(world, contact, text=SECRET), begun(world, contact, text="She is well.")
    with world.system(MIGRATION) as by:
        letters.begin_rotation(by=by, at=AT)
        letters.rotate(by=by, at=AT)
    with world.acting("social_worker", at=AT) as by:
        sealed = Copy.objects.get(pk=copy.pk).text
        assert queries.open_copy(copy.key, by=by, at=AT).text == SECRET
        Copy.objects.filter(pk=other.pk).update(text=sealed)
        assert queries.open_copy(other.key, by=by, at=AT).text == sealed


def test_words_that_were_changed_to_what_may_be_told_stand_in_clear(world: World) -> None:
    copy = begun(world, hidden(world), text=SECRET)
    with world.acting("social_worker", at=AT) as by:
        copy = actions.write_copy(copy.key, seen=copy.version, title="A", text="She is well.", by=by, at=AT)
        assert Copy.objects.get(pk=copy.pk).text == "She is well."


@pytest.mark.parametrize("field", ["title", "relation", "to_name", "agency", "why"])
def test_what_lists_and_the_ledger_show_holds_no_secret_address(world: World, field: str) -> None:
    contact = hidden(world)
    with pytest.raises(InvalidInput) as refused:
        begun(world, contact, **{field: "at 77 Zzquagga Lane"})
    assert list(refused.value.problems) == [field]
    copy = begun(world, contact, text=SECRET)
    with world.acting("social_worker", at=AT) as by:
        with pytest.raises(InvalidInput) as refused:
            actions.ask_release(copy.key, seen=copy.version, why="They live at 77 Zzquagga Lane", by=by, at=AT)
        assert list(refused.value.problems) == ["why"]
        with pytest.raises(InvalidInput):
            actions.write_copy(copy.key, seen=copy.version, title="77 Zzquagga Lane", text="x", by=by, at=AT)


def test_the_ledger_begins_no_copy_of_somebody_who_may_not_read_it(world: World) -> None:
    contact = hidden(world)
    with world.acting("social_worker", at=AT) as by:
        reach = {number: may - {Permission.DISCLOSURE_READ} for number, may in by.reach.items()}
        less = replace(by, reach=reach)
        with pytest.raises(NotPermitted):
            queries.begun_text(contact, ["shared"], by=less, at=AT)
        assert "Nothing was shared." in queries.begun_text(contact, ["shared"], by=by, at=AT)
    offered = [CopyForForm(people=(), ledger=reads).fields["parts"].choices for reads in (True, False)]
    assert ["shared" in dict(choices) for choices in offered] == [True, False]
