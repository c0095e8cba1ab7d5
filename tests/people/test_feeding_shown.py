"""Who is open to whom stands wherever somebody decides: in a search, beside a contact, on a call; red when old."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from frontdoor.actors.rules import BRINGER
from tests.contacts.arriving import arrive, child
from tests.worlds import PETERBOROUGH, World

pytestmark = pytest.mark.django_db
BORN = date(2016, 5, 3)
SEARCH, TYPED = "/desk/search/", "/desk/search/typed/"
PERSON: dict[str, str] = {
    "people-0-kind": "child", "people-0-given_name": "Bartosz", "people-0-family_name": "Zielinski",
    "people-0-date_of_birth-day": "3", "people-0-date_of_birth-month": "5", "people-0-date_of_birth-year": "2016",
}  # fmt: skip


def make(by: Any, given: str = "Bartosz", family: str = "Zielinski", born: date = BORN) -> Any:
    from frontdoor.people.actions import index

    return index.make(given_name=given, family_name=family, born=born, source=index.Source("worker"), by=by,
                      at=timezone.now())  # fmt: skip


def brought(world: World, *people: Any, as_at: datetime) -> None:
    """A refresh that says of each of these people who they are open to; the worker of the first is away."""
    from frontdoor.people.models import Bringing, Involvement

    with world.system(BRINGER, council=PETERBOROUGH):
        run = Bringing.objects.create(
            authority_id=PETERBOROUGH, kind="feed", state="done", as_at=as_at, begun_at=as_at, moved_at=as_at
        )
        for place, person in enumerate(people):
            Involvement.objects.create(
                authority_id=PETERBOROUGH, person=person, external=f"i{person.pk}", kind="involvement", team="East",
                worker="Ruth Wold", worker_state="" if place else "away", manager="Sam Pell", phone="01632 960111",
                plan="protection", legal_status="C2", since=date(2025, 11, 1), as_at=as_at, bringing=run,
            )  # fmt: skip


@pytest.fixture
def pages(world: World, client: Client) -> Callable[..., dict[str, str]]:
    """Every page that shows the boy to somebody who decides, in words, as a contact officer reads it."""
    from frontdoor.contacts.actions import telephone

    def shown() -> dict[str, str]:
        world.signed_in(client, world.user("contact_officer"))
        with world.acting("contact_officer") as by:
            contact = arrive(by=by, people=(child(given_name="Bartosz", family_name="Zielinski", date_of_birth=BORN),))
            call = telephone.begin(door="phone", by=by, at=timezone.now())
        found = {
            "typed": client.post(TYPED, {"q": "bartosz zielinski 3/5/16"}),
            "search": client.post(SEARCH, {"q": "bartosz zielinski 3/5/16"}),
            "who is who": client.get(reverse("contacts:people", args=["peterborough", contact.key])),
            "contact": client.get(reverse("contacts:detail", args=["peterborough", contact.key])),
            "call": client.post(reverse("contacts:telephone-earlier", args=["peterborough", call.key]), PERSON),
        }
        world.signed_in(client, world.user("social_worker"))
        found["first look"] = client.get(reverse("contacts:look-at", args=["peterborough", contact.key]))
        return {name: re.sub(r"\s+", " ", answer.content.decode()) for name, answer in found.items()}

    return shown


def test_every_page_that_shows_somebody_says_to_whom_they_are_open_and_as_at_when(world: World, pages: Any) -> None:
    with world.acting("contact_officer") as by:
        person = make(by)
    brought(world, person, as_at=timezone.now() - timedelta(hours=1))
    for name, page in pages().items():
        assert "Sam Pell (Ruth Wold is away), East, 01632 960111" in page, name
        assert "Child protection plan, legal status C2, since 1 November 2025" in page, name
        assert "as at" in page, name
        assert "Who is open to whom is old" not in page, name


def test_what_is_old_is_red_on_every_page_and_what_never_came_is_not_nobody(world: World, pages: Any) -> None:
    with world.acting("contact_officer") as by:
        person = make(by)
    for name, page in pages().items():
        assert "was never brought in from the case system" in page, name
        assert "Not known here: look into the case system".lower() in page.lower(), name
        assert "Not open to anybody" not in page, name
    brought(world, as_at=timezone.now() - timedelta(hours=30))
    for name, page in pages().items():
        assert "moj-alert--error" in page, name
        assert "is old: it was so" in page, name
    brought(world, person, as_at=timezone.now() - timedelta(hours=29))
    assert all("Ruth Wold" in page for page in pages().values())


def test_statements_do_not_grow_with_the_people_who_are_shown(world: World, client: Client) -> None:
    with world.acting("contact_officer") as by:
        people = [make(by)]
    client = world.signed_in(client, world.user("contact_officer"))
    brought(world, *people, as_at=timezone.now())
    counts = []
    for _ in range(2):
        client.post(TYPED, {"q": "zielinski"})
        with CaptureQueriesContext(connection) as captured:
            page = client.post(TYPED, {"q": "zielinski"}).content.decode()
        assert page.count("01632 960111") == len(people)
        counts.append(len(captured))
        with world.acting("contact_officer") as by:
            more = [
                make(by, given, born=BORN + timedelta(days=40 * place))
                for place, given in enumerate(["Ola", "Jan", "Iga"])
            ]
        brought(world, *more, as_at=timezone.now())
        people += more
    assert counts[0] == counts[1]


def test_nobody_is_told_of_a_worker_of_a_record_that_they_may_not_see(world: World, pages: Any) -> None:
    from frontdoor.people.models import Restriction

    with world.acting("contact_officer") as by:
        person = make(by)
    brought(world, person, as_at=timezone.now())
    with world.acting("head_of_service") as by:
        Restriction.objects.create(
            authority_id=PETERBOROUGH, person=person, ground="high_risk", why="A threat", call_whom="Ms Holt",
            call_number="01632 960777", owner=by.user_id or 0, set_by=by.user_id or 0, set_at=timezone.now(),
            review_on=timezone.localdate() + timedelta(days=90),
        )  # fmt: skip
    for name, page in pages().items():
        assert str(person.key) not in page, name
        assert "Ruth Wold" not in page, name
        assert "Call Ms Holt on 01632 960777" in page, name
