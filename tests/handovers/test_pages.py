"""The pages: an inbox for each receiving team, what was given, one slip and its answers."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from frontdoor.handovers import actions, rules
from frontdoor.handovers.models import Copy, Handover
from frontdoor.handovers.rules import Need, Page, Person, Response, Sentence, State
from frontdoor.trail.models import Entry
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

Send = Callable[..., Handover]
PAGE = Page(
    family=(Person("Ada Quill", "girl, 7"), Person("Mara Quill", "mother, lives with the child")),
    worries=(Sentence("He locks the kitchen at night.", source="a"),),
    own_words=(Sentence("I don't want to go home.", said_by="Ada Quill"),),
    must_happen=(Need("See Ada at school", "today 3pm", "Assessment team"),),
    done=(Response("Early help, January", "stopped after two visits"),),
    told=(Sentence("<script>alert(1)</script> was on the wall."),),
    left_out=2,
)


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def slip(sent: Send) -> Handover:
    return sent(at=now() - timedelta(minutes=20), payload=PAGE)


@pytest.fixture
def as_role(world: World) -> Callable[..., Client]:
    def sign_in(role: str, *, of: int = PETERBOROUGH) -> Client:
        return world.signed_in(Client(), world.user(role, council=of))

    return sign_in


def _url(*parts: object) -> str:
    return "/" + "/".join(["peterborough", "handovers", *map(str, parts)]) + "/"


def _stands(world: World, slip: Handover) -> Handover:
    with world.acting("social_worker"):
        return Handover.objects.get(key=slip.key)


def test_the_inbox_shows_what_waits_and_leads_to_it(as_role: Callable[..., Client], slip: Handover) -> None:
    page = as_role("assessment_worker").get(_url("inbox")).content.decode()
    assert slip.summary in page
    assert _url(slip.key) in page
    assert slip.summary not in as_role("designated_officer").get(_url("inbox")).content.decode()


def test_an_inbox_is_asked_for_by_team_and_only_ones_own(
    world: World, as_role: Callable[..., Client], slip: Handover
) -> None:
    client = as_role("assessment_worker")
    assert slip.summary in client.get(f"{_url('inbox')}?team={world.team('assessment').key}").content.decode()
    assert client.get(f"{_url('inbox')}?team={world.team('mash').key}").status_code == 403
    assert client.get(f"{_url('inbox')}?team=nothing").status_code == 404


def test_a_slip_shows_the_page_that_travels_and_escapes_what_was_typed(
    as_role: Callable[..., Client], slip: Handover
) -> None:
    page = as_role("assessment_worker").get(_url(slip.key)).content.decode()
    for words in ("Ada Quill", "He locks the kitchen at night.", "today 3pm", "Early help, January", "2 more"):
        assert words in page
    assert "I don&#39;t want to go home." in page
    assert "<script>alert(1)" not in page


def _fullest() -> Page:
    """More of everything than one side can hold."""
    words = "On Tuesday he came to breakfast club without a coat and said that nobody had been in since Sunday."
    return Page(
        family=tuple(Person(f"Person Number {number}", "child, lives with the others") for number in range(30)),
        worries=tuple(Sentence(f"{number}. {words}") for number in range(20)),
        own_words=tuple(Sentence(f"{number}. {words}", said_by="Ada Quill, 7") for number in range(20)),
        must_happen=tuple(
            Need(f"{number}. {words}", "Monday 2 March at 3pm", "Assessment team") for number in range(9)
        ),
        done=tuple(Response(f"{number}. {words}", "did not help") for number in range(20)),
        told=(Sentence(" ".join([words] * 200)),),
    )


@pytest.mark.parametrize("travelling", [PAGE, _fullest(), None], ids=["usual", "fullest", "none"])
def test_the_page_that_travels_prints_on_one_side(
    world: World, as_role: Callable[..., Client], sent: Send, travelling: Page | None
) -> None:
    slip = sent(at=now() - timedelta(minutes=1), payload=travelling, section47=True)
    answer = as_role("assessment_worker").get(_url(slip.key, "print"))
    assert answer["Content-Type"] == "application/pdf"
    (side,) = PdfReader(BytesIO(answer.content)).pages
    said = " ".join(side.extract_text().replace("\u200b", "").split())
    assert slip.summary in said
    assert "Accept this work (section 47)" in said
    for words in (entry.words for entry in (travelling.worries[:1] if travelling else ())):
        assert words in said
    with world.acting("social_worker"):
        assert Entry.objects.filter(action="handovers.print", subject_key=str(slip.key)).count() == 1


def test_accepting_is_one_key_on_the_page_and_leads_back_to_the_inbox(
    world: World, as_role: Callable[..., Client], slip: Handover
) -> None:
    client = as_role("assessment_worker")
    assert 'data-key="a"' in client.get(_url(slip.key)).content.decode()
    answer = client.post(_url(slip.key, "accept"), {"seen": 1})
    assert (answer.status_code, answer["Location"]) == (302, _url("inbox"))
    assert _stands(world, slip).state == State.ACCEPTED
    assert slip.summary in client.get(_url("taken-on")).content.decode()


def test_who_comes_second_is_told_so_with_a_conflict(as_role: Callable[..., Client], slip: Handover) -> None:
    as_role("assessment_worker").post(_url(slip.key, "accept"), {"seen": 1})
    answer = as_role("assessment_manager").post(_url(slip.key, "accept"), {"seen": 1})
    assert answer.status_code == 409
    assert "accepted already" in answer.content.decode()


def _typed(moment: datetime, name: str = "talked_at") -> dict[str, str]:
    from frontdoor.shell.rules import london

    local = london(moment)
    return {
        f"{name}-day": str(local.day), f"{name}-month": str(local.month), f"{name}-year": str(local.year),
        f"{name}-time": local.strftime("%H:%M"),
    }  # fmt: skip


def test_a_refusal_names_a_manager_and_keeps_what_was_typed_when_something_is_missing(
    world: World, as_role: Callable[..., Client], slip: Handover
) -> None:
    client = as_role("assessment_worker")
    manager = world.user("team_manager")
    assert manager.name in client.get(_url(slip.key, "refuse")).content.decode()
    wrong = client.post(_url(slip.key, "refuse"), {"seen": 1, "reason": "Known to early help."})
    assert wrong.status_code == 422
    assert "Known to early help." in wrong.content.decode()
    assert "Choose the manager you spoke to" in wrong.content.decode()
    said = {"seen": 1, "reason": "Known to early help.", "manager": manager.pk} | _typed(now() - timedelta(minutes=5))
    assert client.post(_url(slip.key, "refuse"), said).status_code == 302
    assert _stands(world, slip).state == State.REFUSED


def test_a_conversation_in_the_future_is_refused_beside_its_field(
    world: World, as_role: Callable[..., Client], slip: Handover
) -> None:
    said = {"seen": 1, "reason": "No.", "manager": world.user("team_manager").pk} | _typed(now() + timedelta(days=1))
    answer = as_role("assessment_worker").post(_url(slip.key, "refuse"), said)
    assert answer.status_code == 422
    assert 'href="#id_talked_at-day"' in answer.content.decode()


def test_urgent_work_offers_no_refusal(as_role: Callable[..., Client], sent: Send, world: World) -> None:
    red = sent(at=now(), rating="red")
    client = as_role("assessment_worker")
    page = client.get(_url(red.key)).content.decode()
    assert _url(red.key, "refuse") not in page
    assert _url(red.key, "put-right") in page
    said = {"seen": 1, "reason": "No.", "manager": world.user("team_manager").pk} | _typed(now())
    assert client.post(_url(red.key, "refuse"), said).status_code == 409


def test_from_sent_back_to_put_right_to_sent_again(
    world: World, as_role: Callable[..., Client], slip: Handover
) -> None:
    receiver = as_role("assessment_worker")
    assert receiver.post(_url(slip.key, "put-right"), {"seen": 1, "wrong": "details"}).status_code == 422
    receiver.post(_url(slip.key, "put-right"), {"seen": 1, "wrong": "details", "text": "Which school?"})
    giver = as_role("social_worker", of=CAMBRIDGESHIRE)
    assert "Sent back to be put right" in giver.get(_url("given")).content.decode()
    assert giver.post(_url(slip.key, "send-again"), {"seen": 2}).status_code == 422
    giver.post(_url(slip.key, "send-again"), {"seen": 2, "changed": "The one in Eye.", "rating": "red"})
    stands = _stands(world, slip)
    assert (stands.state, stands.urgent, stands.leg) == (State.SENT, True, 2)


def test_the_giver_chases_and_takes_back(world: World, as_role: Callable[..., Client], slip: Handover) -> None:
    giver = as_role("social_worker", of=CAMBRIDGESHIRE)
    giver.post(_url(slip.key, "chase"), {"note": "Rang the desk."})
    assert "Rang the desk." in giver.get(_url(slip.key)).content.decode()
    giver.post(_url(slip.key, "take-back"), {"seen": 1, "reason": "Sent in error."})
    assert _stands(world, slip).state == State.WITHDRAWN


def test_a_head_of_service_settles_what_was_refused_twice(
    world: World, as_role: Callable[..., Client], slip: Handover, talk: Callable[..., rules.Conversation]
) -> None:
    spoke = rules.Conversation("", now(), world.user("team_manager").pk)
    for seen in (1, 3):
        with world.acting("assessment_worker", of=PETERBOROUGH) as by:
            actions.refuse(slip.key, seen=seen, reason="No.", talk=spoke, by=by, at=now())
        if seen == 1:
            with world.acting("social_worker") as by:
                actions.send_again(slip.key, seen=2, changed="Yes.", by=by, at=now() - timedelta(minutes=1))
    head = as_role("head_of_service", of=CAMBRIDGESHIRE)
    assert slip.summary in head.get(_url("refused-twice")).content.decode()
    head.post(_url(slip.key, "settle"), {"seen": 4, "ruling": "take", "reason": "It meets the threshold."})
    assert _stands(world, slip).state == State.ACCEPTED
    assert as_role("team_manager", of=CAMBRIDGESHIRE).get(_url("refused-twice")).status_code == 403


def test_a_restricted_slip_is_not_found_by_others_and_masked_for_the_givers_team(
    as_role: Callable[..., Client], sent: Send
) -> None:
    hidden = sent(giver="team_manager", to="lado", summary="About a coach", at=now())
    colleague = as_role("social_worker", of=CAMBRIDGESHIRE)
    page = colleague.get(_url("given")).content.decode()
    assert "About a coach" not in page
    assert "Restricted" in page
    for part in ("", "print", "chase", "take-back"):
        assert colleague.get(_url(hidden.key, *([part] if part else []))).status_code == 404
    assert as_role("designated_officer").get(_url(hidden.key)).status_code == 200


def test_another_councils_slip_answers_exactly_as_one_that_does_not_exist(
    as_role: Callable[..., Client], slip: Handover
) -> None:
    client = as_role("assessment_worker", of=CAMBRIDGESHIRE)
    theirs = client.get(f"/cambridgeshire/handovers/{slip.key}/")
    nothing = client.get(f"/cambridgeshire/handovers/{uuid.uuid4()}/")
    assert (theirs.status_code, theirs.content) == (404, nothing.content)


def test_lists_and_openings_are_entries_of_the_trail(
    world: World, as_role: Callable[..., Client], slip: Handover
) -> None:
    client = as_role("assessment_worker")
    client.get(_url("inbox"))
    client.get(_url(slip.key))
    with world.acting("social_worker"):
        listed = Entry.objects.get(action="handovers.inbox")
        assert listed.detail["shown"] == [str(slip.key)]
        assert Entry.objects.filter(action="handovers.open", subject_key=str(slip.key)).count() == 1


@pytest.fixture
def passed(world: World) -> Copy:
    with world.acting("social_worker", of=PETERBOROUGH) as by:
        actions.send_to_council(
            ("tests.report", uuid.uuid4()), council=CAMBRIDGESHIRE, summary="Lives in March", why="Wrong door.",
            received_at=now() - timedelta(hours=1), payload=PAGE, by=by, at=now(),
        )  # fmt: skip
    with world.acting("social_worker", council=CAMBRIDGESHIRE):
        return Copy.objects.get()


def test_what_another_council_passed_is_read_and_accepted(
    world: World, as_role: Callable[..., Client], passed: Copy
) -> None:
    client = as_role("social_worker", of=CAMBRIDGESHIRE)
    assert "Lives in March" in client.get("/cambridgeshire/handovers/inbox/").content.decode()
    page = client.get(f"/cambridgeshire/passed/{passed.key}/").content.decode()
    assert "He locks the kitchen at night." in page
    assert client.post(f"/cambridgeshire/passed/{passed.key}/accept/", {"seen": 1}).status_code == 302
    with world.acting("social_worker", council=CAMBRIDGESHIRE):
        assert Copy.objects.get().state == State.ACCEPTED


@pytest.mark.parametrize(
    "answer",
    [
        ("put-right", {"wrong": "missing", "text": "No postcode."}, State.CORRECTED),
        ("refuse", {"reason": "Yours.", "manager": "A. Manager"}, State.REFUSED),
    ],
)
def test_what_another_council_passed_is_sent_back(
    world: World, as_role: Callable[..., Client], passed: Copy, answer: tuple[str, dict[str, Any], State]
) -> None:
    act, said, state = answer
    client = as_role("social_worker", of=CAMBRIDGESHIRE)
    where = f"/cambridgeshire/passed/{passed.key}/{act}/"
    assert client.get(where).status_code == 200
    assert client.post(where, {"seen": 1}).status_code == 422
    moment = _typed(now()) if act == "refuse" else {}
    assert client.post(where, {"seen": 1} | said | moment).status_code == 302
    with world.acting("social_worker", council=CAMBRIDGESHIRE):
        assert Copy.objects.get().state == state
    assert client.get(f"/peterborough/passed/{passed.key}/").status_code == 404


def test_a_council_outside_is_answered_for_by_the_giver(world: World, as_role: Callable[..., Client]) -> None:
    with world.acting("social_worker", of=PETERBOROUGH) as by:
        slip = actions.send_to_council(
            ("tests.report", uuid.uuid4()), council=925, outside="Front door", summary="Lives in Bourne",
            why="Theirs.", received_at=now(), payload={"form": "contacts.report", "schema": 1}, by=by, at=now(),
        )  # fmt: skip
    giver = as_role("social_worker")
    assert _url(slip.key, "their-answer") in giver.get(_url(slip.key)).content.decode()
    said = {"seen": 1, "verdict": "accepted", "who": "M. Hale", "text": "E-mail at 10:20."}
    assert giver.post(_url(slip.key, "their-answer"), said).status_code == 302
    assert _stands(world, slip).answered_name == "M. Hale"


HOSTILE = ["<script>alert(1)</script>", "=1+1", "\u202etxt", "😀" * 10, "a\x00b", "x" * 30_000, "   "]


@pytest.mark.parametrize("typed", HOSTILE, ids=["script", "formula", "rtl", "emoji", "control", "huge", "blank"])
@pytest.mark.parametrize(
    "form", [("put-right", "text"), ("refuse", "reason"), ("chase", "note"), ("take-back", "reason")], ids=" ".join
)
def test_hostile_words_are_taken_as_words_or_answered_beside_the_field(
    world: World, as_role: Callable[..., Client], slip: Handover, form: tuple[str, str], typed: str
) -> None:
    act, field = form
    role, of = (
        ("assessment_worker", PETERBOROUGH) if act in ("put-right", "refuse") else ("social_worker", CAMBRIDGESHIRE)
    )
    said = {"seen": 1, field: typed, "wrong": "team", "manager": world.user("team_manager").pk} | _typed(now())
    client = as_role(role, of=of)
    answer = client.post(_url(slip.key, act), said)
    assert answer.status_code in (302, 422)
    assert "<script>alert(1)" not in client.get(_url(slip.key)).content.decode()


@pytest.mark.parametrize("seen", ["", "x", "-1", "99", "1" * 40])
def test_a_made_up_version_accepts_nothing(
    world: World, as_role: Callable[..., Client], slip: Handover, seen: str
) -> None:
    answer = as_role("assessment_worker").post(_url(slip.key, "accept"), {"seen": seen})
    assert answer.status_code in (302, 409)
    assert _stands(world, slip).state == State.SENT


@pytest.mark.parametrize("day", [("31", "2", "2026", "10:00"), ("25", "10", "2026", "01:30"), ("", "", "", "10:00")])
def test_impossible_times_are_said_beside_the_field(
    world: World, as_role: Callable[..., Client], slip: Handover, day: tuple[str, ...]
) -> None:
    parts = dict(zip(("day", "month", "year", "time"), day, strict=True))
    said = {"seen": 1, "reason": "No.", "manager": world.user("team_manager").pk}
    said |= {f"talked_at-{name}": value for name, value in parts.items()}
    answer = as_role("assessment_worker").post(_url(slip.key, "refuse"), said)
    assert answer.status_code == 422
    assert "talked_at-" in answer.content.decode()


def test_the_print_goes_without_a_protected_address_and_stands_in_the_ledger(
    world: World, as_role: Callable[..., Client], sent: Send
) -> None:
    from uuid import uuid4

    from frontdoor.letters import actions as letters
    from frontdoor.letters.models import Given

    with world.acting("social_worker") as by:
        letters.protect(
            ("contacts.named", uuid4()), address="14 Hidden Lane, Ely, CB6 1ZZ", why="Fled", by=by, at=now()
        )
    page = Page(worries=(Sentence("They were seen at fourteen Hidden Ln on Monday."),))
    slip = sent(at=now() - timedelta(minutes=1), payload=page)
    answer = as_role("assessment_worker").get(_url(slip.key, "print"))
    said = " ".join(PdfReader(BytesIO(answer.content)).pages[0].extract_text().replace("\u200b", "").split())
    assert "kept back" in said
    assert "Hidden" not in said
    with world.acting("social_worker"):
        (line,) = Given.objects.all()
        assert (line.what, line.subject_key) == (
            "A print of the page that travels, 1 passage kept back by the guard", slip.subject_key,
        )  # fmt: skip


def test_the_guard_of_a_print_asks_once_however_many_texts_there_are_and_reads_lists_too(world: World) -> None:
    from uuid import uuid4

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from frontdoor.handovers.actions.printing import _each_text
    from frontdoor.letters import actions as letters
    from frontdoor.letters import queries

    with world.acting("social_worker") as by:
        address = "14 Hidden Lane, Ely, CB6 1ZZ"
        letters.protect(("contacts.named", uuid4()), address=address, why="Fled", by=by, at=now())
        counts = []
        for texts in (["14 hidden ln"], ["14 hidden ln", *map(str, range(20)), "CB6 1ZZ"]):
            with CaptureQueriesContext(connection) as asked:
                found = queries.passages_in_each(texts, by=by)
            counts.append(len(asked))
            assert bool(found["14 hidden ln"])
            assert {text: queries.passages_in(text, by=by) for text in texts} == found
    assert counts[0] == counts[1]
    page = {"rows": ["a", ("b", Sentence("c"))], "number": 1}
    assert _each_text(page, str.upper) == {"rows": ["A", ("B", Sentence("C"))], "number": 1}
