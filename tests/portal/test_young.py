"""A child's own page: few words, nothing needed, and nothing goes back to them before a person has read how."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import PUBLIC_INTAKE
from frontdoor.contacts import actions as contacts
from frontdoor.contacts.models import CallBack, Contact, Named, Referrer, Statement, Submission
from frontdoor.councils.actions import decide_setting
from frontdoor.letters.models import Letter
from frontdoor.portal.rules import young
from tests.worlds import PETERBOROUGH

HERE = "/peterborough/young-people/"


def test_what_a_child_writes_is_their_own_words_from_themselves():
    report = young.report({"story": "my stepdad hits us", "safe": "no", "name": "Ola", "age": 11})
    assert (report.source_code, report.danger) == ("1C", "yes")
    (child,) = report.people
    assert (child.kind, child.given_name, child.approximate_age) == ("child", "Ola", 11)
    assert child.said_words == report.story == "my stepdad hits us"


@pytest.mark.parametrize(("safe", "danger"), [("yes", "no"), ("no", "yes"), ("unknown", "unknown"), ("", "unknown")])
def test_a_child_who_does_not_feel_safe_is_in_danger_and_silence_is_not_safety(safe, danger):
    assert young.report({"safe": safe}).danger == danger


@pytest.mark.parametrize("route", [code for code, _ in young.ROUTES] + [""])
def test_how_a_child_may_be_reached_is_always_a_note_that_a_person_reads_first(route):
    report = young.report({"route": route, "phone": "07700 900115", "times": "after school", "word": "bluebell"})
    note = report.referrer.route_note
    assert "Safe times: after school" in note
    assert "Safe word: bluebell" in note
    assert report.people[0].safe_contact == note
    assert young.report({"route": route}).referrer.route_note  # also where nothing more is said


def test_only_a_child_who_asks_to_be_rung_is_on_the_list_of_calls():
    asked = {"route": "phone", "phone": "07700 900115", "times": "at lunch"}
    assert young.report(asked).call_back.phone == "07700 900115"
    assert "at lunch" in young.report(asked).call_back.when
    assert young.report({**asked, "route": "text"}).call_back is None


def sent(client: Client, **typed):
    page = client.get(HERE)
    idem = re.search(r'name="idem" value="([^"]+)"', page.text)[1]
    return client.post(HERE, {"idem": idem, **typed}), idem


def kept() -> list[Submission]:
    with acting_for(PETERBOROUGH, by=PUBLIC_INTAKE):
        return list(Submission.objects.filter(channel="web"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    [{"safe": "no"}, {"story": "help"}, {"route": "none_possible"}, {"story": "Am I allowed to tell?", "safe": ""}],
)
def test_one_answer_is_enough(world, typed):
    client = Client()
    answer, _ = sent(client, **typed)
    assert answer.status_code == 302
    page = client.get(answer.url).text
    assert "We have your message" in page
    assert re.search(r"874-W-\d{6}", page)
    assert len(kept()) == 1


@pytest.mark.django_db
def test_an_empty_page_is_asked_for_a_few_words_and_a_route_for_its_number(world):
    assert sent(Client())[0].status_code == 422
    answer, _ = sent(Client(), route="text", story="hi")
    assert "Write your phone number, or choose another answer" in answer.text
    assert not kept()


@pytest.mark.django_db
def test_pressed_twice_it_is_one_message_with_one_number(world):
    client = Client()
    _, idem = sent(client, story="help")
    first = client.get(HERE + "sent/").text
    client.post(HERE, {"idem": idem, "story": "help"})
    assert re.search(r"874-W-\d+", client.get(HERE + "sent/").text)[0] in first
    assert len(kept()) == 1
    assert client.post(HERE, {"idem": idem, "story": "other words"}).status_code == 422
    assert len(kept()) == 1


@pytest.mark.django_db
def test_the_number_is_for_this_browser_alone_and_cannot_be_made_up(world):
    sent(Client(), story="help")
    assert Client().get(HERE + "sent/").status_code == 404
    forged = Client()
    forged.cookies["told"] = "x:y:z"
    assert forged.get(HERE + "sent/").status_code == 404


@pytest.mark.django_db
def test_a_child_is_told_of_999_unless_they_feel_safe(world):
    for safe, told in (("no", True), ("unknown", True), ("", True), ("yes", False)):
        client = Client()
        sent(client, story="x", safe=safe)
        assert ("If you are in danger now, ring 999. It is free" in client.get(HERE + "sent/").text) is told


@pytest.mark.django_db
def test_no_text_goes_to_a_childs_telephone_by_itself(world):
    sent(Client(), story="he reads my phone", safe="no", route="text", phone="07700 900115", times="after school")
    (submission,) = kept()
    with acting_for(PETERBOROUGH, by=PUBLIC_INTAKE) as by:
        contacts.take_in(str(submission.pk), by=by, at=timezone.now())
        contact = Contact.objects.get()
        assert (contact.source_code, contact.danger_rank) == ("1C", 0)
        assert Statement.objects.get().words == "he reads my phone"
        assert Referrer.objects.get().kind == "child"
        assert "after school" in Named.objects.get().safe_contact
        assert not CallBack.objects.exists()
        assert {letter.state for letter in Letter.objects.all()} <= {"held"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ()),
        ("A helpline: 01632 960111", (("A helpline", "01632 960111"),)),
        (" One: 01632 960111 ; Two: at night: 01632 960112;; nothing ; : ",
         (("One", "01632 960111"), ("Two: at night", "01632 960112"))),
    ],
)  # fmt: skip
def test_helplines_are_what_the_council_set(text, shown):
    assert young.lines(text) == shown


@pytest.mark.django_db
def test_a_child_is_shown_the_helplines_that_the_council_decided(world):
    assert "talk to somebody instead" not in Client().get(HERE).text
    now = timezone.now()
    with world.acting("administrator", of=PETERBOROUGH, at=now) as by:
        decide_setting(
            young.CHILD_LINES.name, value="A helpline for children: 01632 960111", starts_on=timezone.localdate(),
            decided_by="Head of service", why="Asked for by children", by=by, at=now,
        )  # fmt: skip
    client = Client()
    assert "01632 960111" in client.get(HERE).text
    sent(client, story="x")
    assert "A helpline for children" in client.get(HERE + "sent/").text
