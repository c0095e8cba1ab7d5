"""An agency that works with whoever may pose the risk reads nothing of where the others are or of a victim's safety."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from frontdoor.actors.rules import SEEDER, InvalidInput, NotPermitted
from frontdoor.contacts.models import Named
from frontdoor.mash.actions import asking
from frontdoor.mash.actions import partners as actions
from frontdoor.mash.actions.partners import Said
from frontdoor.mash.models import Analysis, Meaning, Reply, Request, Subject, View
from frontdoor.mash.queries import partners as queries
from frontdoor.mash.rules.asking.other_side import tells_where
from frontdoor.portal.pages import together
from tests.portal.asking import HEALTH, IDVA, NOW, POLICE, ask, family
from tests.worlds import PETERBOROUGH, World


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("He rang 01632 960123", True), ("He rang (01632) 960-123", True), ("+44 7700 900123", True),
        ("She is at pe1 1aa", True), ("At 4 mill lane since May", True), ("On 3 May 2025 and 04 June 2024", False),
        ("Police were called twice in 2025", False), ("", False), ("Reference 874-H-17", False),
    ],
)  # fmt: skip
def test_the_rule_and_the_database_know_the_same_words(world: World, said: str, told: bool) -> None:
    assert tells_where(said, ["4 Mill Lane, Peterborough"]) is told
    enquiry = family(world)
    with world.system(SEEDER), connection.cursor() as cursor:
        cursor.execute("SELECT frontdoor_tells_where(%s::smallint, %s, %s)", [PETERBOROUGH, enquiry.pk, said])
        assert cursor.fetchone() == (told,)


@pytest.mark.parametrize(
    "home", ["Flat 2, 14 Hidden Lane, Peterborough", "Rosewood House\n14 Hidden Lane\nPeterborough"]
)
@pytest.mark.parametrize(
    ("said", "told"), [("At 14 hidden lane since May", True), ("He works in Peterborough", False)]
)  # fmt: skip
def test_every_numbered_line_of_a_home_is_known_and_no_town(world: World, home: str, said: str, told: bool) -> None:
    assert tells_where(said, [home]) is told
    enquiry = family(world)
    with world.system(SEEDER), connection.cursor() as cursor:
        Named.objects.filter(contact=enquiry.contact).update(address=home)
        cursor.execute("SELECT frontdoor_tells_where(%s::smallint, %s, %s)", [PETERBOROUGH, enquiry.pk, said])
        assert cursor.fetchone() == (told,)


@pytest.fixture
def two(world: World) -> tuple[Request, Request]:
    """The advocates and a health service of one enquiry; the second works with the person who may pose the risk."""
    enquiry = family(world)
    idva, other = ask(world, enquiry, IDVA), ask(world, enquiry, HEALTH)
    with world.system(SEEDER):
        Request.objects.filter(pk=other.pk).update(other_side=True)
    return idva, other


def told(world: World, request: Request, words: str, *, mark: str = "professionals", partners: bool = True) -> None:
    with world.answering("idva") as by:
        person = queries.people_of(request.key, by=by)[0].asked
        said = Said(kind="information", facts=words, mark=mark, partners=partners)
        actions.give_replies(request.key, {person: said}, more=True, by=by, at=NOW)


def analysed(world: World, request: Request, *, known: str = "Known", means: str = "Afraid at night") -> Analysis:
    with world.system(SEEDER):
        made = Analysis.objects.create(
            authority_id=PETERBOROUGH, enquiry=request.enquiry, number=1, known=known, history="h", strengths="s",
            not_known="n", change_mind="c", by_user=1, at=NOW,
        )  # fmt: skip
        child = Subject.objects.filter(enquiry=request.enquiry, is_child=True).order_by("position")[0]
        Meaning.objects.create(
            authority_id=PETERBOROUGH, analysis=made, subject=child, means=means, unheard="Asleep when we came"
        )
    return made


def read(world: World, request: Request, code: str = "health-mash") -> queries.Opened:
    with world.answering(code) as by:
        return queries.open_asked(request.key, by=by, at=NOW)


def test_no_home_and_no_school_goes_there(world: World, client: Client, two: tuple[Request, Request]) -> None:
    idva, other = two
    assert "4 Mill Lane" in str(read(world, idva, "idva").people)  # so that the silence below means something
    shown = world.signed_in(client, world.partner("health-mash")).get(f"/partner/asked/{other.key}/").content.decode()
    assert "Ottilie Testingham" in shown
    for words in ("4 Mill Lane", "PE1 1AA", "Ferry Meadows", "Refuge Row"):
        assert words not in shown


LEAKS = ("She sleeps at 4 Mill Lane", "Ring her on 07700 900123", "PE1 1AA")


@pytest.mark.parametrize("words", LEAKS)
@pytest.mark.parametrize("out", ["neither", "python"])
def test_a_reply_that_tells_where_goes_to_others_and_not_there(
    world: World, monkeypatch: pytest.MonkeyPatch, two: tuple[Request, Request], words: str, out: str
) -> None:
    idva, other = two
    police = ask(world, idva.enquiry, POLICE)
    told(world, idva, words)
    told(world, idva, "The children are in bed by eight")
    if out == "python":
        monkeypatch.setattr("frontdoor.mash.queries.shared.tells_where", lambda said: False)
    assert len(read(world, police, "police-mash").shared) == 2
    assert len(read(world, other).shared) == 1


def test_once_it_is_asked_no_more_an_agency_reads_nothing_of_the_others(
    world: World, two: tuple[Request, Request]
) -> None:
    idva, _ = two
    police = ask(world, idva.enquiry, POLICE)
    told(world, idva, "The children are in bed by eight")
    found = []
    for stopped in (False, True):
        if stopped:
            with world.system(SEEDER):
                Request.objects.filter(pk=police.pk).update(state="stopped", stopped_at=NOW, stopped_why="Stood down")
        with world.answering("police-mash"), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM frontdoor_shared_replies(%s)", [police.key])
            found += cursor.fetchone() or ()
    assert found == [1, 0]


@pytest.mark.parametrize("words", LEAKS[1:])
def test_python_holds_back_what_the_database_would_let_through(
    world: World, monkeypatch: pytest.MonkeyPatch, two: tuple[Request, Request], words: str
) -> None:
    """A home alone is known to the database: the portal's role reads nobody's."""
    idva, other = two

    def all_of_it(function: str, *_: Any) -> list[tuple[Any, ...]]:
        reply = (uuid4(), uuid4(), IDVA, "information", words, "", "", "professionals", "x", NOW)
        return [reply] if function == "frontdoor_shared_replies" else []

    monkeypatch.setattr("frontdoor.mash.queries.shared._rows", all_of_it)
    assert len(read(world, idva, "idva").shared) == 1
    assert read(world, other).shared == ()


def test_what_is_a_victims_safety_is_in_no_shared_part_for_anybody(
    world: World, monkeypatch: pytest.MonkeyPatch, two: tuple[Request, Request]
) -> None:
    mark, (idva, other) = "victim_safety", two
    police = ask(world, idva.enquiry, POLICE)
    told(world, idva, "where she feels safe", mark=mark, partners=False)
    with world.system(SEEDER):
        row = Reply.objects.get()
    with world.system(SEEDER), pytest.raises(IntegrityError, match="kept_apart"), transaction.atomic():
        Reply.objects.create(
            authority_id=PETERBOROUGH, request_id=row.request_id, asked_id=row.asked_id, agency=row.agency,
            kind="information", facts="x", mark=mark, partners_may_see=True, how="desk", said_by="x", at=NOW,
        )  # fmt: skip
    monkeypatch.setattr("frontdoor.mash.rules.asking.replies.may_go", lambda *_, **__: True)
    for request, code in ((police, "police-mash"), (other, "health-mash")):
        assert "where she feels safe" not in repr(read(world, request, code))


def test_the_shared_analysis_goes_there_only_where_it_touches_nobodys_safety(
    world: World, two: tuple[Request, Request]
) -> None:
    idva, other = two
    version = analysed(world, idva)
    found = read(world, other).beside
    assert (found.analysis and found.analysis.known, len(found.meanings)) == ("Known", 1)
    with world.system(SEEDER):
        View.objects.create(
            authority_id=PETERBOROUGH, request=idva, analysis=version, agency=idva.agency, agrees=False,
            words="She moved to PE1 1AA", how="room", said_by="x", at=NOW,
        )  # fmt: skip
    assert "PE1 1AA" in repr(read(world, idva, "idva").beside.views)
    assert "PE1 1AA" not in repr(read(world, other).beside)
    told(world, idva, "where she feels safe", mark="victim_safety", partners=False)
    found = read(world, other).beside
    assert (found.analysis, found.meanings) == (None, ())
    assert read(world, idva, "idva").beside.analysis is not None


@pytest.mark.parametrize("more", [{"known": "At 4 Mill Lane"}, {"means": "Rings 07700 900123"}])
def test_an_analysis_that_tells_where_is_not_read_there(
    world: World, monkeypatch: pytest.MonkeyPatch, two: tuple[Request, Request], more: dict[str, str]
) -> None:
    idva, other = two
    analysed(world, idva, **more)
    monkeypatch.setattr("frontdoor.mash.queries.shared.tells_where", lambda said: False)
    (words,) = more.values()
    assert words in repr(read(world, idva, "idva").beside)
    assert words not in repr(read(world, other).beside)


def test_what_they_are_asked_tells_nobodys_home_by_rule_and_in_the_database(
    world: World, client: Client, two: tuple[Request, Request]
) -> None:
    idva, other = two
    with world.system(SEEDER), pytest.raises(IntegrityError, match="tells where"), transaction.atomic():
        Request.objects.filter(pk=other.pk).update(question="Was he at 4 Mill Lane?")
    with world.system(SEEDER):
        Request.objects.filter(pk=idva.pk).update(question="Was he at 4 Mill Lane?")
    with world.acting("social_worker") as by, pytest.raises(InvalidInput):
        asking.set_side(idva.key, seen=idva.version, other_side=True, why="Told", by=by, at=NOW)
    staff = world.signed_in(client, world.user("social_worker", council=PETERBOROUGH))
    where = f"/peterborough/asked/{idva.key}/side/"
    typed = {"seen": idva.version, "other_side": "yes", "why": "They told us"}
    answer = staff.post(where, typed)
    assert answer.status_code == 422
    assert "ask them anew" in answer.content.decode()


def test_anyone_who_works_on_it_marks_it_and_only_a_manager_ends_that(world: World, client: Client) -> None:
    request = ask(world, family(world), HEALTH)
    staff = world.signed_in(client, world.user("social_worker", council=PETERBOROUGH))
    where, typed = f"/peterborough/asked/{request.key}/side/", {"seen": request.version, "other_side": "yes"}
    assert staff.post(where, typed).status_code == 422
    assert staff.post(where, {**typed, "why": "His probation"}).status_code == 302
    page = staff.get(f"/peterborough/enquiries/{request.enquiry.key}/asking/").content.decode()
    assert "Works with somebody who may pose the risk" in page
    with world.acting("social_worker") as by, pytest.raises(NotPermitted):
        asking.set_side(request.key, seen=request.version + 1, other_side=False, why="Wrong", by=by, at=NOW)
    with world.acting("team_manager") as by:
        row = asking.set_side(request.key, seen=request.version + 1, other_side=False, why="Wrong", by=by, at=NOW)
    assert row.other_side is False


def test_whom_a_council_keeps_as_such_is_asked_as_such(world: World) -> None:
    from tests.mash.asking import agreed, desks, grounded, sent, values
    from tests.mash.enquiring import AT, rated, stands

    enquiry = rated(world, "green")
    kept = desks(world)
    with world.acting("team_manager") as by:
        desk = kept["health"]
        changes = values("health", other_side=True)
        asking.change_desk(desk.key, changes, seen=desk.version, by=by, at=AT)
    agreed(world, enquiry)
    grounded(world, enquiry)
    made = sent(world, enquiry, [kept["health"], kept["idva"]])
    assert {row.desk.line: row.other_side for row in made} == {"health": True, "idva": False}
    with world.acting("social_worker") as by, pytest.raises(InvalidInput) as refused:
        asking.send(
            enquiry.key, seen=stands(enquiry).version, asked={kept["police"].key}, left_out={}, since=None,
            question="Is he at PE1 1AA?", other_side={kept["police"].key}, by=by, at=AT,
        )  # fmt: skip
    assert re.search("works with somebody", refused.value.problems["question"])


def test_the_other_side_reads_no_agency_by_name_and_each_newest_word_once(
    world: World, two: tuple[Request, Request]
) -> None:
    idva, other = two
    police = ask(world, idva.enquiry, POLICE)
    version = analysed(world, idva)
    told(world, idva, "He was seen in the street")
    with world.system(SEEDER):
        for number, request in enumerate((idva, police, idva, other)):
            View.objects.create(
                authority_id=PETERBOROUGH, request=request, analysis=version, agency=request.agency, agrees=True,
                words=f"Word {number}", how="desk", said_by="Imani Orrey", at=NOW + timedelta(minutes=number),
            )  # fmt: skip
    named, found = read(world, police, "police-mash"), read(world, other)
    assert IDVA in repr((named.shared, named.beside.views))
    assert "He was seen in the street" in repr(found.shared)
    for name in (IDVA, POLICE):
        assert name not in repr((found.shared, found.beside))
    assert "Imani Orrey" not in repr([each for each in found.beside.views if not each.own])
    shown = [(stand, words) for stand, words, _ in together.views(found)]
    assert sorted(words for _, words in shown) == ["Word 1", "Word 2", "Word 3"]
    assert sorted(stand for stand, _ in shown) == [
        "Another agency 1: agrees", "Another agency 2: agrees", f"{HEALTH}: agrees",
    ]  # fmt: skip


def test_the_school_of_a_child_is_a_place_like_its_home(world: World, two: tuple[Request, Request]) -> None:
    idva, other = two
    told(world, idva, "She waits at ferry meadows primary")
    assert "She waits" in repr(read(world, ask(world, idva.enquiry, POLICE), "police-mash").shared)
    assert "She waits" not in repr(read(world, other).shared)
    with world.system(SEEDER), pytest.raises(IntegrityError, match="tells where"), transaction.atomic():
        Request.objects.filter(pk=other.pk).update(question="Is he seen at Ferry Meadows Primary?")


def test_an_agency_that_was_told_to_stop_reads_of_the_family_its_names_alone(
    world: World, two: tuple[Request, Request]
) -> None:
    request, _ = two
    with world.answering("idva") as by:
        before = queries.people_of(request.key, by=by)
    assert any(person.home and person.school and person.born for person in before)
    with world.system(SEEDER):
        Request.objects.filter(pk=request.pk).update(state="stopped", stopped_at=NOW, stopped_why="Stood down")
    with world.answering("idva") as by:
        people = queries.people_of(request.key, by=by)
    assert [person.label for person in people] == [person.label for person in before]
    assert {(person.home, person.school, person.relationship, person.born) for person in people} == {("", "", "", None)}


@pytest.mark.parametrize("other_side", [True, False])
def test_no_question_that_holds_a_sealed_address_leaves_and_the_form_says_so(
    world: World, client: Client, other_side: bool
) -> None:
    from frontdoor.letters import actions as letters
    from tests.mash.asking import agreed, desks, grounded
    from tests.mash.enquiring import AT, rated, stands

    enquiry, kept = rated(world, "green"), desks(world)
    agreed(world, enquiry)
    grounded(world, enquiry)
    with world.acting("team_manager", at=AT) as by:
        subject = ("contacts.named", Subject.objects.filter(enquiry=enquiry)[0].named.key)
        letters.protect(subject, address="12 Hidden Lane, Peterborough PE2 8TT", why="In a refuge", by=by, at=AT)
        seen = stands(enquiry).version
    staff = world.signed_in(client, world.user("social_worker", council=PETERBOROUGH))
    where = f"/peterborough/enquiries/{enquiry.key}/asking/send/"
    typed: dict[str, Any] = {
        "seen": seen,
        "asked": [str(kept["police"].key)],
        "question": "Was he at 12 hidden ln?",
        "since_when": "",
    }
    if other_side:
        typed["other_side"] = [str(kept["police"].key)]
    answer = staff.post(where, typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "holds an address that is kept secret" in page
    assert "Was he at 12 hidden ln?" in page
    with world.system(SEEDER):
        assert not Request.objects.exists()


def test_who_was_asked_with_a_sealed_address_is_not_marked_as_the_other_side(
    world: World, two: tuple[Request, Request]
) -> None:
    from frontdoor.letters import actions as letters

    idva, _ = two
    with world.acting("team_manager", at=NOW) as by:
        named = Named.objects.filter(contact_id=idva.enquiry.contact_id, kind="adult")[0]
        letters.protect(("contacts.named", named.key), address="Swan House, Ely", why="In a refuge", by=by, at=NOW)
    with world.system(SEEDER):
        Request.objects.filter(pk=idva.pk).update(question="Does she stay at Swan House?")
    with world.acting("social_worker") as by, pytest.raises(InvalidInput):
        asking.set_side(idva.key, seen=idva.version, other_side=True, why="Told", by=by, at=NOW)
