"""A report is put aside under a code, and opens again anywhere; nobody has seen it until it is sent."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import CLOCK_SWEEP, PUBLIC_INTAKE, SERVICE
from frontdoor.contacts.models import Submission
from frontdoor.portal import actions
from frontdoor.portal.rules import returning
from tests.worlds import PETERBOROUGH

pytestmark = pytest.mark.django_db
REPORT = "/peterborough/report/"
STORY = "He is alone every evening"


def begun(client: Client, way: str = "worry") -> Client:
    client.post("/", {"way": way})
    client.get(f"{REPORT}{way}/start/")
    return client


def version(page) -> str:
    return re.search(r'name="version" value="(\d+)"', page.text)[1]


def press(client, step, **typed):
    """Fill in a page of the report as it now stands and send it."""
    page = client.get(REPORT + step + "/")
    return client.post(REPORT + step + "/", {"version": version(page), **typed})


def saved(client: Client) -> str:
    """Put the report aside; the code as it stands on the page."""
    press(client, "worry", story=STORY, save="1")
    return re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", client.get(REPORT + "saved/").text)[0]


@pytest.fixture
def clock(time_machine):
    """The present of this test, which then may be moved: the run began many minutes ago."""
    time_machine.move_to(datetime.now(UTC))
    return time_machine


@pytest.fixture
def sender(world) -> Client:
    return begun(Client())


def sent(council: int = PETERBOROUGH) -> list[Submission]:
    with acting_for(council, by=PUBLIC_INTAKE):
        return list(Submission.objects.filter(channel="web"))


def test_a_code_has_more_than_sixty_bits_and_no_letter_that_is_taken_for_another():
    assert len(returning.LETTERS) ** returning.LENGTH > 2**70
    assert not set("01OILSZUAE") & set(returning.LETTERS)
    assert len({actions.new_token() for _ in range(50)}) == 50


@given(st.text(alphabet=returning.LETTERS, min_size=16, max_size=16), st.sampled_from(["-", " ", "", " - "]))
def test_a_code_is_read_however_it_is_typed(code, between):
    assert returning.typed(between.join(returning.shown(code).split("-")).lower() + " ") == code


@pytest.mark.parametrize("text", ["", "x", "0" * 16, "B" * 15, "B" * 17, "é" * 16])
def test_what_can_be_no_code_is_none(text):
    assert returning.typed(text) == ""


def test_saving_says_that_nobody_has_seen_it_and_what_to_do_in_danger(sender):
    saved(sender)
    page = sender.get(REPORT + "saved/").text
    assert "Nobody has seen it yet" in page
    assert "ring 999" in page
    assert "01632" in page  # whom to ring


def test_the_code_opens_the_same_page_with_the_same_words_in_another_browser(sender):
    code = saved(sender)
    other = Client()
    answer = other.post("/report/come-back/", {"code": code.lower().replace("-", " ")})
    assert answer.url == REPORT + "worry/"
    assert STORY in other.get(answer.url).text


def test_the_database_keeps_the_hash_of_a_code_alone(sender):
    code = saved(sender)
    holder = actions.holder_of(returning.typed(code))
    assert returning.typed(code) not in holder
    assert re.fullmatch(r"resume:[0-9a-f]{64}", holder)


def test_a_draft_that_was_not_saved_opens_in_its_own_browser_alone(sender):
    token = sender.cookies["report"].value
    assert Client().post("/report/come-back/", {"code": token}).status_code == 422


def test_wrong_run_out_forgotten_and_tried_too_often_are_answered_in_the_same_bytes(clock, sender):
    code = saved(sender)

    def answered(typed: str) -> tuple[int, str]:
        page = Client().post("/report/come-back/", {"code": typed})
        return page.status_code, re.sub(r'csrf\w+" value="\w+"|data-now="[^"]+"', "", page.text).replace(typed, "")

    wrong = answered(returning.shown(actions.new_token()))
    for _ in range(returning.TRIES):
        answered("BBBB-BBBB-BBBB-BBBB")
    assert answered(code) == wrong  # too often: the right one too
    clock.shift(timedelta(minutes=16))
    assert Client().post("/report/come-back/", {"code": code}).status_code == 302
    clock.shift(timedelta(days=8))
    assert answered(code) == wrong


def test_a_code_lasts_as_long_as_the_council_decides_and_warns_on_its_last_day(clock, sender):
    code = saved(sender)
    clock.shift(timedelta(days=5))
    Client().post("/report/come-back/", {"code": code})
    assert "it is deleted on" not in sender.get(REPORT + "worry/").text
    clock.shift(timedelta(days=1, hours=1))
    assert "Nobody has seen this report yet. Unless you send it, it is deleted on" in sender.get(REPORT + "worry/").text


@pytest.mark.parametrize("way", ["now", "worry"])
def test_a_report_of_danger_now_is_never_put_aside(world, way):
    client = begun(Client(), way)
    if way == "worry":
        press(client, "danger", danger="yes")
    assert "Save and come back later" not in client.get(REPORT + "where/").text
    assert press(client, "where", place="Kestrel Court", save="1").status_code == 409
    assert client.get(REPORT + "saved/").status_code == 302


def test_forgetting_it_deletes_it_everywhere_at_once(sender):
    code = saved(sender)
    answer = sender.post(REPORT + "saved/", {"forget": "1"})
    assert answer.url == "/report/forgotten/"
    assert Client().post("/report/come-back/", {"code": code}).status_code == 422
    assert sender.get(REPORT + "worry/").status_code == 404


def test_closing_it_on_this_device_keeps_it_for_whoever_has_the_code(sender):
    code = saved(sender)
    sender.post(REPORT + "saved/", {"close": "1"})
    assert sender.get(REPORT + "worry/").status_code == 404
    assert Client().post("/report/come-back/", {"code": code}).status_code == 302


def test_of_two_browsers_the_second_sees_both_versions_and_nothing_is_lost(sender):
    code = saved(sender)
    other = Client()
    other.post("/report/come-back/", {"code": code})
    stale = version(other.get(REPORT + "worry/"))
    press(sender, "worry", story="The first browser's words")
    page = other.post(REPORT + "worry/", {"version": stale, "story": "The second browser's words"})
    assert page.status_code == 409
    assert "The first browser&#39;s words" in page.text
    assert page.text.count(">The second browser&#39;s words<") == 2  # beside the other, and still in the field
    assert other.post(REPORT + "worry/", {"version": version(page), "story": "Both"}).status_code == 302


@pytest.mark.parametrize("seen", [{}, {"version": ""}, {"version": "0"}])
def test_a_page_that_does_not_say_what_it_saw_changes_nothing(sender, seen):
    press(sender, "worry", story=STORY)
    assert sender.post(REPORT + "worry/", {"story": "Other", **seen}).status_code == 409
    assert STORY in sender.get(REPORT + "worry/").text


def test_somebody_new_is_added_to_whoever_was_added_meanwhile(sender):
    code = saved(sender)
    other = Client()
    other.post("/report/come-back/", {"code": code})
    stale = version(other.get(REPORT + "children/0/"))
    press(sender, "children/0", given_name="Alfie", new="True")
    page = other.post(REPORT + "children/0/", {"version": stale, "new": "True", "given_name": "Mia"})
    assert page.status_code == 409
    other.post(REPORT + "children/0/", {"version": version(page), "new": "True", "given_name": "Mia"})
    listed = other.get(REPORT + "children/").text
    assert "Alfie" in listed
    assert "Mia" in listed


def test_sent_from_two_browsers_it_is_one_report_with_one_number(sender):
    code = saved(sender)
    other = Client()
    other.post("/report/come-back/", {"code": code})
    pages = [client.get(REPORT + "check/") for client in (sender, other)]
    numbers = set()
    for client, page in zip((sender, other), pages, strict=True):
        answer = client.post(REPORT + "check/", {"version": version(page)}, follow=True)
        numbers.add(re.search(r"874-W-\d+", answer.text)[0])
    assert len(numbers) == len(sent()) == 1
    assert urlsplit(Client().post("/report/come-back/", {"code": code}).url).path == REPORT + "sent/"


def test_what_is_sent_is_what_was_checked(sender):
    code = saved(sender)
    other = Client()
    other.post("/report/come-back/", {"code": code})
    checked = version(other.get(REPORT + "check/"))
    press(sender, "worry", story="Changed since")
    answer = other.post(REPORT + "check/", {"version": checked})
    assert answer.status_code == 409
    assert "Read it again before you send it" in answer.text
    assert not sent()


def test_what_has_run_out_is_deleted_and_nothing_else(clock, world):
    clock.shift(timedelta(hours=-5))  # the database's own clock says what has run out
    begun(Client())
    code = saved(begun(Client()))
    clock.shift(timedelta(hours=5))
    with acting_for(SERVICE, by=CLOCK_SWEEP) as by:
        assert actions.forget_old(by=by, at=timezone.now()) == 1
        assert actions.forget_old(by=by, at=timezone.now()) == 0
    assert Client().post("/report/come-back/", {"code": code}).status_code == 302
