"""What an agency's people see of what they are asked, and say to it, as they would in a browser; and nothing else."""

import re
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.actors.rules import SEEDER, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.background.actions import carry_out
from frontdoor.mash.actions import partners as actions
from frontdoor.mash.actions.partners import Said
from frontdoor.mash.models import Confirmation, Opening, Reply, Request
from frontdoor.mash.queries import partners as queries
from frontdoor.mash.rules import facts as rules
from tests.portal.asking import HEALTH, IDVA, NOW, POLICE, ask, by_telephone, family
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

KNOWN = {
    "kind": "information", "facts": "12 March 2025, police called to the home\n2024: two calls", "source": "Athena",
    "analysis": "It gets worse", "protective": "The grandmother rings", "mark": "professionals",
}  # fmt: skip


@pytest.fixture
def police(world: World, client: Client) -> Client:
    return world.signed_in(client, world.partner("police-mash"))


@pytest.fixture
def asked(world: World) -> Request:
    return ask(world, family(world), POLICE)


def people(world: World, request: Request, code: str = "police-mash") -> list[queries.Person]:
    with world.answering(code, council=request.authority_id) as by:
        return list(queries.open_asked(request.key, by=by, at=NOW).people)


def form(person: queries.Person, **said: Any) -> dict[str, Any]:
    return {f"{person.asked}-{name}": value for name, value in {**KNOWN, **said}.items()}


def page(client: Client, request: Request) -> str:
    return client.get(f"/partner/asked/{request.key}/").content.decode()


def said(world: World, request: Request) -> list[Reply]:
    with world.system(SEEDER, council=request.authority_id):
        return list(Reply.objects.filter(request_id=request.pk).select_related("supersedes").order_by("at", "id"))


def test_a_red_request_is_answered_in_three_pages_from_sign_in(world: World, police: Client, asked: Request) -> None:
    pages = []
    first = police.get("/desk/", follow=True)  # where sign-in leads
    pages.append(first.redirect_chain[-1][0])
    link = re.search(r'href="(/partner/asked/[^"]+)"', first.content.decode())
    assert link is not None
    pages.append(link[1])
    second = police.get(link[1]).content.decode()
    ottilie, bram, maud = people(world, asked)
    assert all(name in second for name in ("Ottilie Testingham", "Bram Testingham", "Maud Testingham"))
    answer = police.post(link[1], {"nothing": [str(bram.asked), str(maud.asked)], **form(ottilie)}, follow=True)
    pages.append(answer.redirect_chain[-1][0])
    assert pages == ["/partner/", f"/partner/asked/{asked.key}/", f"/partner/asked/{asked.key}/?just=answered"]
    assert "Your answer has arrived" in answer.content.decode()
    rows = {row.asked_id: row for row in said(world, asked)}
    assert sorted(row.kind for row in rows.values()) == ["information", "nothing_known", "nothing_known"]
    (known,) = (row for row in rows.values() if row.kind == "information")
    assert known.facts.endswith("2024: two calls\nSource: Athena")
    assert (known.mark, known.partners_may_see, known.how) == ("professionals", False, "desk")


def test_the_job_sets_the_clocks_by_what_the_agency_wrote(world: World, police: Client, asked: Request) -> None:
    page(police, asked)
    page(police, asked)
    carry_out("mash.hear", authority=PETERBOROUGH, at=datetime.now(UTC), request=str(asked.key))
    with world.system(SEEDER):
        opening = Opening.objects.get()
        row = Request.objects.get(pk=asked.pk)
        assert (row.state, row.opened_at) == ("opened", opening.at)
    everybody = [str(person.asked) for person in people(world, asked)]
    police.post(f"/partner/asked/{asked.key}/", {"nothing": everybody})
    carry_out("mash.hear", authority=PETERBOROUGH, at=datetime.now(UTC), request=str(asked.key))
    with world.system(SEEDER):
        assert Request.objects.get(pk=asked.pk).state == "answered"


def test_a_protected_home_is_never_told_and_a_home_that_is_not_is(world: World, police: Client, asked: Request) -> None:
    shown = page(police, asked)
    assert "4 Mill Lane" in shown
    assert "Refuge Row" not in shown
    assert "PE1 9ZZ" not in shown


def test_the_most_urgent_stands_first_by_the_time_left_over_both_councils(world: World, police: Client) -> None:
    later = ask(world, family(world), POLICE, hours=3)
    amber = ask(world, family(world, rating="amber"), POLICE, hours=1)
    first = ask(world, family(world, council=CAMBRIDGESHIRE), POLICE, hours=2)
    ask(world, family(world), HEALTH)
    listed = re.findall(r"/partner/asked/([^/]+)/", police.get("/partner/").content.decode())
    assert listed == [str(request.key) for request in (first, later, amber)]


def test_what_is_missing_is_said_beside_its_person_and_nothing_is_kept(
    world: World, police: Client, asked: Request
) -> None:
    ottilie, bram, _ = people(world, asked)
    where = f"/partner/asked/{asked.key}/"
    wrong: list[tuple[dict[str, Any], str]] = [
        ({}, "Answer for at least one person"),
        (form(ottilie, facts="They came"), "Begin fact 1 with its date"),
        (form(ottilie, source=""), "Say where this stands"),
        (form(ottilie, mark="victim_safety", partners_may_see="on"), "is not shown to the other agencies"),
        (form(ottilie, kind="will_not", facts="", analysis=""), "Say why"),
        (form(ottilie, kind="nothing_known"), "You have written something below"),
        ({**form(ottilie), "nothing": [str(ottilie.asked)]}, "Somebody is ticked here and answered below"),
        ({"nothing": [str(uuid4())]}, "Choose from the answers shown"),
    ]
    for typed, words in wrong:
        answer = police.post(where, typed)
        assert answer.status_code == 422, words
        assert words in answer.content.decode()
    assert not said(world, asked)
    assert police.post(where, form(bram, kind="cannot", facts="", analysis="", why_cannot="Sealed")).status_code == 302
    (row,) = said(world, asked)
    assert (row.kind, row.reason, row.facts) == ("cannot", "Sealed", "")
    assert "Ottilie Testingham: what we said" not in page(police, asked)


def test_half_an_answer_outlives_the_session_for_its_writer_alone(world: World, police: Client, asked: Request) -> None:
    ottilie, *_ = people(world, asked)
    half = form(ottilie, facts="12 March 2025, half a sentence", source="")
    where = f"/partner/asked/{asked.key}/"
    assert police.post(f"{where}typed/", {**half, "draft_version": "0"}).json() == {"version": 1}
    police.post("/account/logout/")
    again = world.signed_in(Client(), world.partner("police-mash"))
    shown = page(again, asked)
    assert "half a sentence" in shown
    assert "This has not been sent" in shown
    assert "Say where this stands" not in shown
    colleague = world.signed_in(Client(), world.partner("police-mash-2"))
    assert "half a sentence" not in page(colleague, asked)
    assert again.post(f"{where}typed/", {**half, "draft_version": "0"}).status_code == 409
    assert again.post(where, form(ottilie)).status_code == 302
    assert "half a sentence" not in page(again, asked)


def test_a_correction_and_a_withdrawal_keep_the_first_words(world: World, police: Client, asked: Request) -> None:
    ottilie, *_ = people(world, asked)
    police.post(f"/partner/asked/{asked.key}/", form(ottilie))
    (first,) = said(world, asked)
    where = f"/partner/said/{first.key}/"
    put = KNOWN | {"facts": "13 March 2025, police called to the home"}
    assert police.post(f"{where}correct/", put).status_code == 422
    assert police.post(f"{where}correct/", {**put, "why": "The day was wrong"}).status_code == 302
    _, second = said(world, asked)
    assert (second.supersedes_id, second.why, second.withdrawn) == (first.pk, "The day was wrong", False)
    assert police.post(f"{where}correct/", {**put, "why": "Again"}).status_code == 409
    assert police.post(f"{where}withdraw/", {"why": "Again"}).status_code == 409
    assert police.post(f"/partner/said/{second.key}/withdraw/", {"why": "Another family"}).status_code == 302
    kept = [row.facts for row in said(world, asked)]
    assert kept[:2] == [first.facts, second.facts]
    shown = page(police, asked)
    assert "12 March 2025" in shown
    assert "Another family" in shown
    assert f"{ottilie.asked}-kind" in shown  # she waits for an answer again
    assert police.post(f"/partner/asked/{asked.key}/", form(ottilie)).status_code == 302


def test_what_we_wrote_down_by_telephone_is_confirmed_with_one_key_or_put_right(
    world: World, police: Client, asked: Request
) -> None:
    key = by_telephone(world, asked)
    shown = page(police, asked)
    assert "PC Ward, at the desk" in shown
    assert 'data-key="y"' in shown
    assert police.post(f"/partner/said/{key}/confirm/").status_code == 302
    assert police.post(f"/partner/said/{key}/confirm/").status_code == 409
    with world.system(SEEDER):
        assert Confirmation.objects.get().name == "Rhona Tull"
    assert 'data-key="y"' not in page(police, asked)
    put = {**KNOWN, "facts": "2025: called once", "why": "Once, not twice"}
    assert police.post(f"/partner/said/{key}/correct/", put).status_code == 302
    assert [row.how for row in said(world, asked)] == ["telephone", "desk"]


def test_more_is_told_unasked_beside_what_stands(world: World, police: Client, asked: Request) -> None:
    ottilie, *_ = people(world, asked)
    police.post(f"/partner/asked/{asked.key}/", {"nothing": [str(ottilie.asked)]})
    more = f"/partner/asked/{asked.key}/more/{ottilie.asked}/"
    assert police.post(more, {}).status_code in {200, 422}
    assert police.post(more, {**KNOWN, "mark": "intelligence"}).status_code == 302
    assert [(row.how, row.mark) for row in said(world, asked)] == [
        ("desk", "professionals"),
        ("volunteered", "intelligence"),
    ]
    assert police.get(f"/partner/asked/{asked.key}/more/{uuid4()}/").status_code == 404


def test_other_agencies_read_what_they_are_let_read_and_never_what_is_kept_apart(world: World, client: Client) -> None:
    enquiry = family(world)
    police, health, idva = (ask(world, enquiry, agency) for agency in (POLICE, HEALTH, IDVA))
    stranger = ask(world, family(world), HEALTH)
    shared = {"mark": "professionals", "partners": True}
    with world.answering("police-mash") as by:
        ottilie, *_ = queries.open_asked(police.key, by=by, at=NOW).people
        for words, more in (
            ("open to all", shared),
            ("the force alone", {}),
            ("an informer", {"mark": "intelligence"}),
        ):
            actions.give_replies(
                police.key, {ottilie.asked: Said(kind="information", facts=words, **more)}, more=True, by=by, at=NOW
            )
    with world.answering("idva") as by:
        actions.give_replies(
            idva.key, {queries.open_asked(idva.key, by=by, at=NOW).people[2].asked: Said(
                kind="information", facts="where she sleeps", mark="victim_safety")}, by=by, at=NOW,
        )  # fmt: skip
    reader = world.signed_in(client, world.partner("health-mash"))
    shown = page(reader, health)
    assert "open to all" in shown
    for words in ("the force alone", "an informer", "where she sleeps"):
        assert words not in shown
    assert "open to all" not in page(reader, stranger)
    with world.answering("police-mash") as by:  # what is taken back is read by nobody else
        (first, *_) = (each for each in queries.open_asked(police.key, by=by, at=NOW).replies if each.partners_may_see)
        actions.withdraw_reply(first.key, why="A mistake", by=by, at=NOW)
    assert "open to all" not in page(reader, health)


def test_the_database_shares_nothing_that_is_kept_apart_whatever_python_ticks(world: World, asked: Request) -> None:
    ottilie, *_ = people(world, asked)
    with world.answering("police-mash") as by:
        safe = Said(kind="information", facts="where she sleeps", mark="victim_safety", partners=True)
        with pytest.raises(InvalidInput):
            actions.give_replies(asked.key, {ottilie.asked: safe}, by=by, at=NOW)
    refused(world, "police-mash", _INSERT, asked, mark="victim_safety", partners=True)


_INSERT = (
    "INSERT INTO mash_reply (authority_id, key, request_id, asked_id, agency, kind, reason, facts, analysis,"
    " protective, mark, partners_may_see, how, said_by, withdrawn, why, at) SELECT {council}, gen_random_uuid(),"
    " {request}, {asked}, '{agency}', 'information', '', 'x', '', '', '{mark}', {partners}, '{how}', 'x', false, '',"
    " now()"
)


def refused(world: World, code: str, statement: str, request: Request, **more: Any) -> None:
    """A statement in the portal's role that the database refuses."""
    with world.system(SEEDER, council=request.authority_id):
        person = request.people.order_by("position").values_list("pk", flat=True)[0]
    given_values = {
        "council": request.authority_id, "request": request.pk, "asked": person, "agency": request.agency,
        "mark": "professionals", "partners": False, "how": "desk", **more,
    }  # fmt: skip
    with (
        world.answering(code, council=request.authority_id),
        connection.cursor() as cursor,
        pytest.raises((ProgrammingError, IntegrityError), match=r"policy|permission denied|check constraint"),
        transaction.atomic(),
    ):
        cursor.execute(statement.format(**given_values))


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 1 FROM mash_enquiry",
        "SELECT 1 FROM mash_subject",
        "SELECT 1 FROM mash_desk",
        "SELECT 1 FROM mash_grounds",
        "SELECT 1 FROM contacts_named",
        "SELECT 1 FROM contacts_contact",
        "SELECT 1 FROM people_person",
        "SELECT 1 FROM trail_entry",
        "UPDATE mash_request SET state = 'answered'",
        "UPDATE mash_reply SET facts = 'x'",
        "DELETE FROM mash_reply",
        "UPDATE mash_opening SET at = now()",
        "DELETE FROM mash_confirmation",
        "INSERT INTO mash_request SELECT * FROM mash_request",
    ],
)
def test_the_portals_role_may_do_nothing_else(world: World, asked: Request, statement: str) -> None:
    with (
        world.answering("police-mash"),
        connection.cursor() as cursor,
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        cursor.execute(statement)


def test_another_agencys_request_cannot_be_read_or_answered_in_the_database(world: World, asked: Request) -> None:
    theirs = world.agencies[HEALTH].key
    for more in ({"agency": theirs}, {"how": "telephone"}):
        refused(world, "police-mash", _INSERT, asked, **more)
    refused(world, "health-mash", _INSERT, asked, agency=theirs)
    refused(world, "health-mash", _INSERT, asked)
    for code, council in (("health-mash", PETERBOROUGH), ("police-mash", CAMBRIDGESHIRE)):
        with world.answering(code, council=council), connection.cursor() as cursor:
            for table in ("mash_request", "mash_asked", "mash_reply", "mash_opening", "mash_confirmation"):
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone() == (0,)
            for function in ("frontdoor_asked_about", "frontdoor_shared_replies"):
                cursor.execute(f"SELECT count(*) FROM {function}(%s)", [asked.key])
                assert cursor.fetchone() == (0,)


def test_whoever_only_sends_for_the_agency_reads_no_request_even_in_the_database(world: World, asked: Request) -> None:
    with world.sending("police-desk"), connection.cursor() as cursor:
        for source in ("mash_request", "mash_asked", "mash_reply", f"frontdoor_asked_about('{asked.key}')"):
            cursor.execute(f"SELECT count(*) FROM {source}")
            assert cursor.fetchone() == (0,)
    with world.answering("police-mash"), connection.cursor() as cursor:  # so that the zero means something
        cursor.execute("SELECT count(*) FROM mash_request")
        assert cursor.fetchone() == (1,)


def test_staff_and_senders_find_no_page_of_a_partner(world: World, client: Client, asked: Request) -> None:
    for user in (world.user("head_of_service"), world.sender("police-desk"), world.sender("school-lead")):
        other = world.signed_in(Client(), user)
        for path in ("", "people/", f"asked/{asked.key}/"):
            assert other.get(f"/partner/{path}").status_code == 404
    with world.acting("social_worker") as by, pytest.raises(NotPermitted):
        queries.asked(by=by, at=NOW)


def test_what_the_council_stopped_asking_takes_no_answer_and_names_nobody(
    world: World, police: Client, asked: Request
) -> None:
    ottilie, *_ = people(world, asked)
    with world.system(SEEDER):
        Request.objects.filter(pk=asked.pk).update(state="stopped", stopped_at=NOW, stopped_why="Stood down")
    shown = page(police, asked)
    assert "no longer asks" in shown
    assert "Testingham" not in shown
    with world.answering("police-mash") as by, pytest.raises(StepNotAllowed):
        actions.give_replies(asked.key, {ottilie.asked: Said(kind="nothing_known")}, by=by, at=NOW)


def test_two_colleagues_who_answer_at_once_leave_one_answer_and_the_second_is_told(
    world: World, police: Client, asked: Request
) -> None:
    ottilie, *_ = people(world, asked)
    assert police.post(f"/partner/asked/{asked.key}/", form(ottilie)).status_code == 302
    with world.answering("police-mash-2") as by, pytest.raises(StepNotAllowed) as told:
        actions.give_replies(asked.key, {ottilie.asked: Said(kind="nothing_known")}, by=by, at=NOW)
    assert told.value.who == "Rhona Tull"
    with world.answering("police-mash-2") as by, pytest.raises(NotFound):
        actions.give_replies(asked.key, {uuid4(): Said(kind="nothing_known")}, by=by, at=NOW)


@pytest.mark.parametrize(
    ("facts", "right"),
    [
        ("12 March 2025, called", True), ("2025: called", True), ("12/3/2025 called", True), ("No date: called", True),
        ("Since March 2024 he is away", True), ("2024: called\n- and again", True), ("He was called", False),
        ("2024: called\nand again", False),
    ],
)  # fmt: skip
def test_facts_have_dates(facts: str, right: bool) -> None:
    if right:
        assert rules.parts(rules.written(facts, "Athena")) == (facts, "Athena")
    else:
        with pytest.raises(InvalidInput):
            rules.written(facts, "Athena")


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1), max_size=4))
def test_what_was_written_is_kept_word_for_word(words: list[str]) -> None:
    facts = "\n".join(f"2025: {word}" for word in words)
    assert rules.parts(rules.written(facts, "A record")) == ((facts, "A record") if words else ("", ""))
