"""The shared analysis on a partner's desk: read whole, agreed to or not in the agency's words; what is decided."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from frontdoor.actors.rules import SEEDER, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.background.actions import carry_out
from frontdoor.mash.actions.deciding.analysing import write_down_view
from frontdoor.mash.actions.partner_views import say_view
from frontdoor.mash.models import Analysis, Enquiry, Meaning, Request, Subject, Turn, View
from frontdoor.mash.queries import partners as queries
from frontdoor.mash.queries import shared
from frontdoor.trail.models import Entry
from tests.portal.asking import HEALTH, IDVA, NOW, POLICE, ask, family
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World


@pytest.fixture
def police(world: World, client: Client) -> Client:
    return world.signed_in(client, world.partner("police-mash"))


@pytest.fixture
def asked(world: World) -> Request:
    return ask(world, family(world), POLICE)


def analysed(world: World, request: Request, number: int = 1, *, known: str = "") -> Analysis:
    with world.system(SEEDER):
        made = Analysis.objects.create(
            authority_id=PETERBOROUGH, enquiry=request.enquiry, number=number,
            known=known or f"Known, version {number}", history="Twice before", strengths="The grandmother",
            not_known="Who was there", change_mind="A bruise", why="" if number == 1 else "News", by_user=1, at=NOW,
        )  # fmt: skip
        for child in Subject.objects.filter(enquiry=request.enquiry, is_child=True):
            Meaning.objects.create(
                authority_id=PETERBOROUGH, analysis=made, subject=child, means="Sleeps in the car",
                voice="I want to go home", voice_on=NOW.date(),
            )  # fmt: skip
    return made


def page(request: Request) -> str:
    return f"/partner/asked/{request.key}/analysis/"


def answer(number: int = 1, **more: Any) -> dict[str, Any]:
    return {"number": number, "agrees": "yes", "words": "", **more}


def test_the_front_page_says_that_an_analysis_waits_for_the_agencys_word_until_it_has_said_it_itself(
    world: World, police: Client, asked: Request
) -> None:
    def waits() -> bool:
        shown = police.get("/partner/").content.decode()
        return "Analyses that wait for our word" in shown and page(asked) in shown

    def stands(state: str) -> None:
        with world.system(SEEDER):
            Enquiry.objects.filter(pk=asked.enquiry_id).update(state=state)

    first = analysed(world, asked)
    assert not waits()  # agencies are still being asked
    stands("analysis")
    assert waits()
    with world.acting("social_worker", at=NOW) as by:
        write_down_view(
            asked.key, analysis=first.key, agrees=True, words="", how="telephone", said_by="PC Ward", by=by, at=NOW
        )
    assert waits()
    assert "Written down by the council" in police.get("/partner/").content.decode()
    assert police.post(page(asked), answer()).status_code == 302
    assert not waits()
    analysed(world, asked, 2)
    stands("recommended")
    assert waits()
    stands("decided")
    assert not waits()


def test_what_was_asked_long_ago_or_is_asked_no_more_waits_for_no_word_and_what_is_shown_is_in_the_trail(
    world: World, asked: Request
) -> None:
    with world.system(SEEDER):
        Enquiry.objects.filter(pk=asked.enquiry_id).update(state="analysis")
    analysed(world, asked)

    def waiting(days: int = 0) -> list[Any]:
        with world.answering("police-mash") as by:
            return [each.key for each in queries.to_agree(by=by, at=NOW + timedelta(days=days))]

    assert waiting() == waiting(89) == [asked.key]
    assert waiting(91) == []
    with world.system(SEEDER):
        shown = [entry.detail["shown"] for entry in Entry.objects.filter(action="mash.list_to_agree")]
        assert shown == [[str(asked.key)]] * 2
        Request.objects.filter(pk=asked.pk).update(state="stopped", stopped_at=NOW, stopped_why="Stood down")
    assert waiting() == []


def test_nobody_but_who_answers_for_an_agency_lists_what_waits_for_its_word_or_says_it(
    world: World, asked: Request
) -> None:
    with world.system(SEEDER):
        Enquiry.objects.filter(pk=asked.enquiry_id).update(state="analysis")
    version = analysed(world, asked)
    for acting in (world.acting("social_worker", at=NOW), world.sending("police-desk")):
        with acting as by:
            with pytest.raises(NotPermitted):
                queries.to_agree(by=by, at=NOW)
            with pytest.raises(NotPermitted):
                say_view(asked.key, number=version.number, agrees=True, by=by, at=NOW)
    with world.answering("health-mash") as by:
        assert queries.to_agree(by=by, at=NOW) == []
        with pytest.raises(NotFound):
            say_view(asked.key, number=version.number, agrees=True, by=by, at=NOW)


def test_the_front_page_of_the_other_side_names_no_analysis_that_it_does_not_read(
    world: World, police: Client, asked: Request
) -> None:
    with world.system(SEEDER):
        Enquiry.objects.filter(pk=asked.enquiry_id).update(state="analysis")
        Request.objects.filter(pk=asked.pk).update(other_side=True)
    analysed(world, asked)
    assert page(asked) in police.get("/partner/").content.decode()
    analysed(world, asked, 2, known="She is at 9 Refuge Row, PE1 9ZZ")
    assert page(asked) not in police.get("/partner/").content.decode()


def test_an_agency_reads_the_analysis_and_its_dissent_stands_in_its_own_words(
    world: World, police: Client, asked: Request
) -> None:
    assert police.get(page(asked)).status_code == 404
    analysed(world, asked)
    front = police.get(f"/partner/asked/{asked.key}/").content.decode()
    assert "has not said yet whether it agrees" in front
    shown = police.get(page(asked)).content.decode()
    for words in ("Known, version 1", "Sleeps in the car", "I want to go home", "Ottilie Testingham", "A bruise"):
        assert words in shown
    assert "Say whether your agency agrees" in police.post(page(asked), answer(agrees="")).content.decode()
    no = police.post(page(asked), answer(agrees="no"))
    assert no.status_code == 422
    assert "Write what the agency sees otherwise" in no.content.decode()
    assert police.post(page(asked), answer(agrees="no", words="He is in custody")).status_code == 302
    for _ in range(2):
        carry_out("mash.hear", authority=PETERBOROUGH, at=datetime.now(UTC), request=str(asked.key))
    with world.system(SEEDER):
        assert Entry.objects.get(action="mash.say_view").detail["agrees"] is False
        view = View.objects.get()
        assert (view.agrees, view.words, view.how, view.said_by) == (False, "He is in custody", "desk", "Rhona Tull")
        assert Turn.objects.get(kind="viewed").text == f"{POLICE} sees it otherwise: version 1"
    assert "Your agency sees it otherwise." in police.get(f"/partner/asked/{asked.key}/").content.decode()


def test_what_was_said_to_an_older_version_is_void_and_kept_and_the_new_one_is_read_first(
    world: World, police: Client, asked: Request
) -> None:
    analysed(world, asked)
    assert police.post(page(asked), answer(words="Yes")).status_code == 302
    analysed(world, asked, 2)
    late = police.post(page(asked), answer(1, words="Yes again"))
    assert late.status_code == 422
    shown = late.content.decode()
    assert "written anew meanwhile" in shown
    assert "Yes again" in shown
    assert "Known, version 2" in shown
    assert "void: said to version 1" in shown
    assert "has not said yet" in police.get(f"/partner/asked/{asked.key}/").content.decode()
    assert police.post(page(asked), answer(2)).status_code == 302
    with world.system(SEEDER):
        assert View.objects.count() == 2


def test_what_the_council_wrote_down_of_a_view_is_confirmed_by_the_agencys_own_word(
    world: World, police: Client, asked: Request
) -> None:
    version = analysed(world, asked)
    with world.system(SEEDER):
        View.objects.create(
            authority_id=PETERBOROUGH, request=asked, analysis=version, agency=asked.agency, agrees=False,
            words="He is away", how="room", said_by="PC Ward", at=NOW,
        )  # fmt: skip
    assert "waits for your own word" in police.get(f"/partner/asked/{asked.key}/").content.decode()
    shown = police.get(page(asked)).content.decode()
    assert "wrote this down from PC Ward" in shown
    assert police.post(page(asked), answer(agrees="no", words="He is away")).status_code == 302
    assert "Your agency sees it otherwise." in police.get(f"/partner/asked/{asked.key}/").content.decode()


def test_only_agencies_that_take_part_and_are_still_asked_read_it(world: World, police: Client, asked: Request) -> None:
    version = analysed(world, asked)
    other = ask(world, family(world), HEALTH)
    takes_part = ask(world, asked.enquiry, IDVA)
    health = world.signed_in(Client(), world.partner("health-mash"))
    assert health.get(page(asked)).status_code == 404
    assert health.get(page(other)).status_code == 404
    idva = world.signed_in(Client(), world.partner("idva"))
    assert "Known, version 1" in idva.get(page(takes_part)).content.decode()
    with world.system(SEEDER):
        Request.objects.filter(pk=asked.pk).update(state="stopped", stopped_at=NOW, stopped_why="Stood down")
    assert police.get(page(asked)).status_code == 404
    with world.answering("police-mash") as by, pytest.raises(StepNotAllowed):
        say_view(asked.key, number=version.number, agrees=True, by=by, at=NOW)


INSERT = (
    "INSERT INTO mash_view (authority_id, key, request_id, analysis_id, agency, agrees, words, how, said_by, user_id,"
    " at) VALUES (%s, gen_random_uuid(), %s, %s, %s, true, '', %s, 'x', 1, now())"
)


def test_the_database_takes_a_word_for_ones_own_agency_to_the_newest_version_alone(
    world: World, asked: Request
) -> None:
    old, new = analysed(world, asked), analysed(world, asked, 2)
    theirs = ask(world, asked.enquiry, HEALTH)
    for council, request, version, agency, how in (
        (PETERBOROUGH, asked, old, asked.agency, "desk"),
        (PETERBOROUGH, asked, new, asked.agency, "room"),
        (PETERBOROUGH, asked, new, theirs.agency, "desk"),
        (PETERBOROUGH, theirs, new, asked.agency, "desk"),
        (CAMBRIDGESHIRE, asked, new, asked.agency, "desk"),
    ):
        with (
            world.answering("police-mash"), connection.cursor() as cursor,
            pytest.raises(ProgrammingError, match="policy"), transaction.atomic(),
        ):  # fmt: skip
            cursor.execute(INSERT, [council, request.pk, version.pk, agency, how])
    with world.answering("police-mash") as by:
        with pytest.raises(InvalidInput):
            say_view(asked.key, number=1, agrees=True, by=by, at=NOW)
        say_view(asked.key, number=2, agrees=True, by=by, at=NOW)
        with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="denied"), transaction.atomic():
            cursor.execute("UPDATE mash_view SET agrees = false")
        assert queries.open_asked(asked.key, by=by, at=NOW).beside.own_view is not None


def test_what_is_decided_is_read_in_words_and_what_was_taken_back_as_void(
    world: World, police: Client, asked: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world.answering("police-mash") as by:
        child, *_ = queries.people_of(asked.key, by=by)
    told = {"direction": "See the child today", "contingency": "Then a discussion", "at": NOW}
    rows = [
        (child.asked, uuid4(), "nfa", '["information_advice"]', *told.values(), None),
        (child.asked, uuid4(), "", "[]", "", "", NOW, NOW),
    ]
    real = shared._rows
    monkeypatch.setattr(
        shared, "_rows", lambda name, *more: rows if name == "frontdoor_shared_decided" else real(name, *more)
    )
    shown = police.get(f"/partner/asked/{asked.key}/").content.decode()
    for words in (
        "No further action", "Information or advice given", "See the child today", "Then a discussion", "Taken back",
        "Told to those whom it concerns",
    ):  # fmt: skip
        assert words in shown
    assert "[" not in re.sub(r"<[^>]*>", "", shown[shown.index("What is decided") :])
