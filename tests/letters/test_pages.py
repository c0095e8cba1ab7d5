"""The pages: whom we owe an answer, one letter, and what may be done with it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from frontdoor.letters.rules import Route, State
from frontdoor.trail.models import Entry
from tests.letters.conftest import KIND, REFERENCE


def _now():
    return datetime.now(UTC) - timedelta(minutes=5)


@pytest.fixture
def as_role(world) -> Callable[..., Client]:
    return lambda role, second=False: world.signed_in(Client(), world.user(role, second=second))


def _url(*parts):
    return "/" + "/".join(["peterborough", "letters", *map(str, parts)]) + "/"


def _text(answer):
    return answer.content.decode()


def test_the_list_says_what_to_do_about_what_and_why(as_role, acknowledge):
    call = acknowledge(at=_now(), route=Route.PHONE)
    held = acknowledge(at=_now(), notes=("Ring after ten",))
    acknowledge(at=_now())
    page = _text(as_role("contact_officer").get(_url()))
    for letter in (call, held):
        assert _url(letter.key) in page
    assert page.count(REFERENCE) >= 2
    assert "Ring, and record what was said" in page
    assert "safe-contact note" in page


def test_nobody_told_is_named_on_list_letter_and_history(as_role, acknowledge, compartment):
    subject, recipient = uuid4(), compartment.add(route=Route.PHONE, notes=("Never ring at night",))
    letter = acknowledge(at=_now(), subject=subject, recipient=recipient)
    client = as_role("early_help_officer")
    for url in (_url(), _url(letter.key), _url("about", KIND, subject)):
        answer = client.get(url)
        assert answer.status_code == 200
        for secret in ("Petra", "Lindqvist", "07700", "School Lane", "Never ring"):
            assert secret not in _text(answer)


def test_opening_a_letter_is_an_entry(as_role, acknowledge, world):
    letter = acknowledge(at=_now())
    as_role("social_worker").get(_url(letter.key))
    with world.acting("team_manager"):
        assert Entry.objects.filter(action="letters.open_letter", subject_key=str(letter.key)).count() == 1


def test_somebody_is_rung_and_the_call_recorded(as_role, acknowledge, now, world):
    letter = acknowledge(at=_now(), route=Route.PHONE, notes=("Ring after ten",), kind="public")
    client = as_role("contact_officer")
    page = _text(client.get(_url(letter.key, "told")))
    for words in ("07700 900123", "Ring after ten", "You may say", "Do not say"):
        assert words in page
    answer = client.post(_url(letter.key, "told"), {"seen": 1, "whom": "Herself", "said": "It arrived"})
    assert answer.status_code == 302
    assert now(letter).state == State.DONE_BY_PHONE
    with world.acting("team_manager"):
        assert Entry.objects.filter(action="letters.open_way", subject_key=str(letter.key)).exists()


def test_a_call_that_is_not_whole_keeps_what_was_typed(as_role, acknowledge):
    letter = acknowledge(at=_now(), route=Route.PHONE)
    said = {"seen": 1, "whom": "", "said": "Kept <b>words</b>", "told_at-day": "1", "told_at-month": "1"}
    answer = as_role("contact_officer").post(_url(letter.key, "told"), said)
    assert answer.status_code == 422
    assert "Say whom you spoke to" in _text(answer)
    assert "Kept &lt;b&gt;words&lt;/b&gt;" in _text(answer)


def test_a_manager_reads_the_note_and_lets_it_go_out(as_role, acknowledge, now):
    letter = acknowledge(at=_now(), notes=("Ring after ten",))
    client = as_role("team_manager")
    assert "Ring after ten" in _text(client.get(_url(letter.key, "release")))
    assert client.post(_url(letter.key, "release"), {"seen": 1, "why": "It is the school"}).status_code == 302
    assert now(letter).state == State.TO_SEND


def test_a_social_worker_is_not_offered_what_a_manager_has_to_do(as_role, acknowledge):
    letter = acknowledge(at=_now(), notes=("Ring after ten",))
    assert "Let it go out" not in _text(as_role("social_worker").get(_url(letter.key)))
    assert "Let it go out" in _text(as_role("team_manager").get(_url(letter.key)))
    answer = as_role("social_worker").post(_url(letter.key, "release"), {"seen": 1, "why": "It is fine"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("act", "said", "state"),
    [
        ("hold", {"why": "Wait"}, State.HELD),
        ("cancel", {"why": "Mistake"}, State.CANCELLED),
        ("nobody", {"why": "Number is wrong"}, State.NOT_POSSIBLE),
        ("another-way", {"why": "Bounced", "route": "letter"}, State.TO_SEND),
    ],
)
def test_each_act_is_asked_for_and_done(*, as_role, acknowledge, now, act, said, state):
    letter = acknowledge(at=_now())
    client = as_role("social_worker")
    assert client.get(_url(letter.key, act)).status_code == 200
    assert client.post(_url(letter.key, act), {"seen": 1}).status_code == 422
    assert client.post(_url(letter.key, act), {"seen": 1, **said}).status_code == 302
    assert now(letter).state == state


def test_a_letter_is_printed_as_pdf_and_then_posted(as_role, acknowledge, now):
    letter = acknowledge(at=_now(), route=Route.LETTER)
    client = as_role("social_worker")
    assert "It is in the post" not in _text(client.get(_url(letter.key)))
    answer = client.post(_url(letter.key, "print"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "It is in the post" in _text(client.get(_url(letter.key)))
    client.post(_url(letter.key, "posted"), {"seen": now(letter).version})
    assert now(letter).state == State.SENT


def test_a_letter_that_became_unsafe_is_not_printed(as_role, acknowledge, compartment):
    recipient = compartment.add(route=Route.LETTER)
    letter = acknowledge(at=_now(), recipient=recipient)
    compartment.change(recipient, unsafe=("1 School Lane",))
    answer = as_role("social_worker").post(_url(letter.key, "print"), follow=True)
    assert "Held back" in _text(answer)
    assert "may be harming" in _text(answer)


def test_what_failed_is_sent_again(as_role, acknowledge, send, provider, now):
    from frontdoor.letters.rules import Refused

    provider.fails = Refused("400")
    letter = acknowledge(at=_now())
    send(letter, _now())
    client = as_role("social_worker")
    page = _text(client.get(_url(letter.key)))
    assert "was refused" in page
    client.post(_url(letter.key, "send-again"), {"seen": letter.version})
    assert now(letter).state == State.TO_SEND


def test_two_people_at_one_letter_the_second_is_told(as_role, acknowledge):
    letter = acknowledge(at=_now())
    client = as_role("social_worker")
    assert client.post(_url(letter.key, "hold"), {"seen": 1, "why": "Wait"}).status_code == 302
    assert client.post(_url(letter.key, "cancel"), {"seen": 1, "why": "Mistake"}).status_code == 409


def test_what_has_gone_out_offers_nothing_to_do(as_role, acknowledge, send, provider):
    letter = acknowledge(at=_now())
    send(letter, _now())
    page = _text(as_role("team_manager").get(_url(letter.key)))
    assert "Cancel it" not in page
    assert "Tell them by telephone" not in page
    assert (
        as_role("team_manager").post(_url(letter.key, "hold"), {"seen": letter.version, "why": "w"}).status_code == 409
    )


@pytest.mark.parametrize("role", ["auditor", "administrator", "data_protection_officer"])
def test_who_does_not_work_with_letters_opens_none(as_role, acknowledge, role):
    letter = acknowledge(at=_now())
    for url in (_url(), _url(letter.key), _url("about", KIND, uuid4())):
        assert as_role(role).get(url).status_code in (403, 404)


def test_anothers_letter_answers_as_one_that_is_not_there(world, acknowledge):
    letter = acknowledge(at=_now())
    client = world.signed_in(Client(), world.user("team_manager"))
    pages = []
    for key in (letter.key, uuid4()):
        answer = client.get(f"/cambridgeshire/letters/{key}/")
        assert answer.status_code == 404
        pages.append(_text(answer).replace(str(key), ""))
    assert pages[0] == pages[1]


def test_an_act_by_hand_at_the_door_needs_its_version(as_role, acknowledge, now):
    letter = acknowledge(at=_now(), route=Route.LETTER)
    client = as_role("social_worker")
    client.post(_url(letter.key, "print"))
    client.post(_url(letter.key, "posted"), {"seen": "x"})
    assert now(letter).state == State.TO_SEND


def test_the_page_of_a_held_call_says_what_may_be_said_before_anybody_rings(as_role, tell_outcome):
    letter = tell_outcome(at=_now(), route=Route.PHONE)
    page = _text(as_role("social_worker").get(_url(letter.key)))
    assert "What may be said" in page
    assert "Noah Hallam" in page
