"""The pages of letters, e-mails and other councils, by pages alone as a browser without scripts does it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from frontdoor.actors.rules import MAILBOX
from frontdoor.contacts.models import Contact, Correspondence, Draft, Named, Referrer
from tests.contacts.arriving import arrive
from tests.contacts.writing import mail, pdf, take_in
from tests.shell.markup import parse
from tests.worlds import World


def fields(page: str) -> dict[str, str]:
    """Name and value of every input of a page, as a browser would send them."""
    found: dict[str, str] = {}
    for each in parse(page).every("input", "textarea", "select"):
        name, kind = each.attributes.get("name"), each.attributes.get("type")
        if not name or name == "do" or kind == "file":
            continue
        if kind in ("radio", "checkbox") and "checked" not in each.attributes:
            continue
        found[name] = _value_of(each)
    return found


def _value_of(each: Any) -> str:
    if each.name == "textarea":
        return str(each.text)
    if each.name == "select":
        options = list(each.every("option"))
        chosen = next((one for one in options if "selected" in one.attributes), options[0])
        return str(chosen.attributes.get("value", ""))
    return str(each.attributes.get("value", "on" if each.attributes.get("type") == "checkbox" else ""))


def today() -> date:
    return timezone.localdate()


class Officer:
    """Somebody who takes in what comes on paper."""

    def __init__(self, world: World, role: str = "contact_officer", **who: Any) -> None:
        self.world = world
        self.client = world.signed_in(Client(), world.user(role, **who))

    def get(self, name: str, *parts: object, status: int = 200) -> str:
        answer = self.client.get(reverse(f"contacts:{name}", args=["peterborough", *parts]))
        assert answer.status_code == status
        return str(answer.content.decode())

    def post(self, name: str, *parts: object, **typed: Any) -> Any:
        where = reverse(f"contacts:{name}", args=["peterborough", *parts])
        page = self.client.get(where)
        held = fields(page.content.decode()) if page.status_code == 200 else {}
        return self.client.post(where, held | typed)

    def day(self, name: str, day: date) -> dict[str, str]:
        return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


@pytest.fixture
def officer(world: World) -> Officer:
    return Officer(world)


def scan(name: str = "scan.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf().read() if content is None else content)


def emailed(world: World, text: str = "Mia Brook is not safe.", **given: Any) -> Contact:
    with world.system(MAILBOX) as by:
        at = timezone.now()
        return take_in(mail(text, **given), by=by, at=at, reached_at=at - timedelta(minutes=20))


def test_a_letter_is_taken_in_with_its_scan_and_told_its_number(world: World, officer: Officer) -> None:
    answer = officer.post(
        "take-in-letter", **officer.day("reached", today() - timedelta(days=1)), scan=scan(), about="Alfie"
    )
    assert answer.status_code == 302
    page = officer.client.get(answer.headers["Location"]).content.decode()
    assert "874-L-000001" in page
    with world.acting("contact_officer"):
        key = Contact.objects.get().key
    assert "scan.pdf" in officer.get("sort", key)
    assert "874-L-000001" in officer.get("take-in")


def test_what_is_wrong_with_a_letter_is_said_beside_its_field(world: World, officer: Officer) -> None:
    answer = officer.post("take-in-letter", about="Alfie")
    assert answer.status_code == 422
    assert "Enter the day it reached any part of the council" in answer.content.decode()
    answer = officer.post("take-in-letter", **officer.day("reached", today() - timedelta(days=3000)), about="Alfie")
    assert (answer.status_code, "say below that it is right" in answer.content.decode()) == (422, True)
    answer = officer.post("take-in-letter", **officer.day("reached", today()), scan=scan("run.exe", b"MZ\x90\x00" * 90))
    assert answer.status_code == 422
    with world.acting("contact_officer"):
        assert not Contact.objects.exists()


def test_another_councils_word_is_written_down_when_it_comes(world: World, officer: Officer) -> None:
    answer = officer.post("take-in-council", **officer.day("reached", today()), council="925", about="A placed child")
    assert answer.status_code == 302, answer.content.decode()
    with world.acting("contact_officer"):
        key = Contact.objects.get().key
    assert "acts first" in officer.get("sort", key)
    assert "They have not said" in officer.get("detail", key)
    answer = officer.post("council-word", key, who="Head of placements", **officer.day("on", today()))
    assert answer.status_code == 302
    assert "Head of placements" in officer.get("detail", key)
    assert officer.client.get(reverse("contacts:council-word", args=["peterborough", key])).status_code == 409


def test_an_email_is_put_into_the_form_beside_its_words(world: World, officer: Officer) -> None:
    contact = emailed(world)
    page = officer.get("sort", contact.key)
    for words in ("Mia Brook is not safe.", "nkechi.barrow@whittle-brook.example.org", "message.eml", "Its own date"):
        assert words in page
    typed = {"people-0-kind": "child", "people-0-given_name": "Mia", "people-0-family_name": "Brook", "danger": "yes"}
    answer = officer.post("sort", contact.key, do="sort:contact", **typed)
    assert answer.status_code == 302, answer.content.decode()
    with world.acting("contact_officer"):
        assert Named.objects.get().label == "Mia Brook"
        assert Contact.objects.get().story == "Mia Brook is not safe."
        assert Referrer.objects.get().email == "nkechi.barrow@whittle-brook.example.org"
    page = officer.get("detail", contact.key)
    assert "Put into the form" in page
    assert "<textarea" not in officer.get("sort", contact.key)


def test_what_was_typed_is_kept_for_whoever_typed_it_and_offers_more_rows(world: World, officer: Officer) -> None:
    contact = emailed(world)
    many = {f"people-{row}-given_name": f"Child{row}" for row in range(4)}
    assert officer.post("sort", contact.key, do="save", **many).status_code == 302
    page = officer.get("sort", contact.key)
    assert "Child3" in page
    assert "people-4-given_name" in page
    assert "Child3" not in Officer(world, second=True).get("sort", contact.key)
    assert officer.post("sort", contact.key, do="sort:contact").status_code == 302
    with world.acting("contact_officer"):
        assert Named.objects.count() == 4
        assert not Draft.objects.filter(ended_at=None).exists()


def test_a_wrong_field_keeps_everything_that_was_typed(world: World, officer: Officer) -> None:
    contact = emailed(world)
    answer = officer.post("sort", contact.key, do="sort:contact", **{"people-0-nhs_number": "1", "typed": "A bruise."})
    page = answer.content.decode()
    assert (answer.status_code, "A bruise." in page, "Error" in page) == (422, True, True)


def test_an_automatic_reply_is_closed_from_its_page(world: World, officer: Officer) -> None:
    contact = emailed(world, "I am away until Monday.", auto_submitted="auto-replied")
    assert "An automatic reply" in officer.get("take-in")
    answer = officer.post("sort", contact.key, do="nothing")
    assert answer.status_code == 422
    assert officer.post("sort", contact.key, do="nothing", closing_why="Out of office").status_code == 302
    with world.acting("contact_officer"):
        assert Correspondence.objects.get().state == "nothing"


def test_what_came_later_about_a_contact_stands_on_its_record_with_its_open_question(
    world: World, officer: Officer
) -> None:
    with world.acting("contact_officer") as by:
        first = arrive(by=by, at=timezone.now() - timedelta(hours=1))
    later = emailed(world, subject=f"Re: {first.receipt}")
    assert later.receipt in officer.get("detail", first.key)
    page = officer.get("sort", later.key)
    assert first.receipt in page
    assert "Does it say more about that contact?" in page


def test_markup_in_an_email_is_words_and_runs_nowhere(world: World, officer: Officer) -> None:
    contact = emailed(world, "<script>alert(1)</script><img src=x onerror=alert(2)>", subject="<b>x</b>")
    page = officer.get("sort", contact.key) + officer.get("take-in") + officer.get("detail", contact.key)
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b>x</b>" not in page


def test_who_may_not_see_who_told_us_sees_no_original(world: World, officer: Officer) -> None:
    contact = emailed(world)
    other = Officer(world, "early_help_officer")
    other.get("sort", contact.key, status=403)
    assert "nkechi" not in other.get("take-in") + other.get("detail", contact.key)


def test_who_works_for_another_council_takes_in_and_is_told_the_number(world: World) -> None:
    stranger = Officer(world, "assessment_worker", council=873)
    answer = stranger.post("take-in-letter", **stranger.day("reached", today()), about="Alfie")
    assert answer.status_code == 302
    page = stranger.client.get(answer.headers["Location"]).content.decode()
    assert "874-L-000001" in page
    assert "waits" not in stranger.get("take-in")


def test_somebody_at_the_desk_begins_where_a_call_does(world: World, officer: Officer) -> None:
    answer = officer.client.post(reverse("contacts:telephone", args=["peterborough"]), {"do": "walk_in"})
    page = officer.client.get(answer.headers["Location"]).content.decode()
    assert "Somebody at the desk" in page
    assert "Who is here" in page
