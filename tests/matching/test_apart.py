"""Two records that are never to be offered as one: said by one person, seen by nobody else, ended by two."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from frontdoor.actors.rules import MATCHER, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.matching.actions import apart, joining
from frontdoor.matching.models import NotSame, Search, Suspicion
from frontdoor.matching.queries import apart as queries
from frontdoor.matching.queries.candidates import candidates
from frontdoor.matching.queries.joining_alike import alike
from frontdoor.people.actions import index
from frontdoor.people.models import Person
from frontdoor.people.rules.records import Called, Record
from frontdoor.trail.models import Entry
from tests.worlds import MADE_AT, World

pytestmark = pytest.mark.django_db
BORN = date(2016, 5, 3)
MENTION = Record(names=(Called("Bartosz", "Zielinski"),), born=BORN)
WHY = "The order was made in May"


@pytest.fixture
def two(world: World) -> tuple[Person, Person]:
    """A child as they were before and after an adoption, neither record restricted."""
    with world.acting("contact_officer") as by:
        made = [
            index.make(given_name=given, family_name="Zielinski", born=BORN, source=index.Source("worker"), by=by,
                       at=MADE_AT)
            for given in ("Bartosz", "Bartek")
        ]  # fmt: skip
    return made[0], made[1]


def keep(world: World, two: Any, ground: str = "adoption", role: str = "data_quality_manager") -> NotSame:
    with world.acting(role, of=874) as by:
        return apart.keep_apart(two[0].key, two[1].key, ground=ground, why=WHY, by=by, at=MADE_AT)


def offered(by: Any) -> tuple[list[str], bool]:
    (standing,) = candidates({uuid4(): MENTION}, by=by).standings.values()
    return sorted(each.person.label for each in standing.candidates), standing.twins


def test_the_two_are_offered_together_nowhere_and_to_nobody_though_both_records_are_open(
    world: World, two: Any
) -> None:
    with world.acting("contact_officer") as by:
        assert offered(by)[0] == ["Bartek Zielinski", "Bartosz Zielinski"]
    with world.system(MATCHER, council=874):
        search = Search.objects.create(
            authority_id=874, state="done", engine="own", begun_by="a test", begun_at=MADE_AT, moved_at=MADE_AT
        )
        waits = Suspicion.objects.create(
            authority_id=874, search=search, person=two[0], other=two[1], strength="strong", bits=9, state="waiting"
        )
    keep(world, two)
    for role in ("contact_officer", "data_quality_manager", "social_worker"):
        with world.acting(role, of=874) as by:
            assert offered(by) == (["Bartosz Zielinski"], False), role
            assert alike(two[0], by=by) == []
    with world.acting("contact_officer") as by, pytest.raises(NotFound):
        joining.propose(kept=two[0].key, gone=two[1].key, seen=(1, 1), why="They are one", by=by, at=MADE_AT)
    with world.system(MATCHER, council=874):
        waits.refresh_from_db()
        assert (waits.state, waits.why) == ("rejected", "Looked at")


def test_a_secret_pair_is_seen_by_whoever_said_so_alone_and_the_trail_names_neither_record(
    world: World, two: Any
) -> None:
    pair = keep(world, two)
    with world.acting("data_quality_manager", of=874) as by:
        (shown,) = queries.open_pairs(by=by, at=MADE_AT)
        assert (shown.row, shown.labels) == (pair, ("Bartosz Zielinski", "Bartek Zielinski"))
        entry = Entry.objects.get(action="matching.keep_apart")
        assert not {str(each.key) for each in two} & set(str((entry.subject_key, entry.detail, entry.why)).split("'"))
        assert WHY not in str((entry.detail, entry.why))
    with world.acting("head_of_service", of=874) as by:
        assert queries.open_pairs(by=by, at=MADE_AT) == []
        assert not NotSame.objects.exists()
        for act in (lambda: queries.open_pair(pair.key, by=by, at=MADE_AT),
                    lambda: apart.end(pair.key, why="It was wrong", by=by, at=MADE_AT)):  # fmt: skip
            with pytest.raises(NotFound):
                act()
    keep(world, two, ground="same_name", role="head_of_service")
    with world.acting("head_of_service", of=874) as by:
        assert [each.row.ground for each in queries.open_pairs(by=by, at=MADE_AT)] == ["same_name"]


def test_a_secret_pair_ends_when_whoever_said_so_asks_and_another_names_both(world: World, two: Any) -> None:
    pair, keys = keep(world, two), [each.key for each in two]
    again: dict[str, Any] = {"why": "The wrong child", "at": MADE_AT}
    with world.acting("head_of_service", of=874) as by, pytest.raises(InvalidInput):
        apart.agree_to_end(*keys, by=by, **again)
    with world.acting("data_quality_manager", of=874) as by:
        asked = apart.end(pair.key, by=by, **again)
        assert (asked.ended_at, asked.asked_why) == (None, "The wrong child")
        with pytest.raises(StepNotAllowed):
            apart.end(pair.key, by=by, **again)
        with pytest.raises(InvalidInput):
            apart.agree_to_end(*keys, by=by, **again)
        with pytest.raises(IntegrityError), transaction.atomic():
            NotSame.objects.filter(pk=pair.pk).update(ended_by=by.user_id, ended_at=MADE_AT)
        assert offered(by)[0] == ["Bartosz Zielinski"]
    with world.acting("head_of_service", of=874) as by:
        ended = apart.agree_to_end(*reversed(keys), by=by, **again)
        assert ended.ended_by == by.user_id
        assert offered(by)[0] == ["Bartek Zielinski", "Bartosz Zielinski"]


def test_a_plain_pair_is_seen_by_all_who_keep_records_apart_and_any_of_them_ends_it(world: World, two: Any) -> None:
    pair = keep(world, two, ground="twin")
    assert keep(world, two, ground="twin") == pair
    with world.acting("head_of_service", of=874) as by:
        assert [each.row for each in queries.open_pairs(by=by, at=MADE_AT)] == [pair]
        assert offered(by)[1]
        ended = apart.end(pair.key, why="They are one", by=by, at=MADE_AT)
        assert (ended.ended_by, ended.ended_why) == (by.user_id, "They are one")
        with pytest.raises(StepNotAllowed):
            apart.end(pair.key, why="They are one", by=by, at=MADE_AT)


@pytest.mark.parametrize(
    ("said", "field"),
    [({"ground": "looked_at"}, "ground"), ({"why": "x"}, "why"), ({"other": "same"}, "other")],
)
def test_it_needs_a_ground_of_the_list_a_reason_and_two_records(world: World, two: Any, said: Any, field: str) -> None:
    given = {"ground": "adoption", "why": WHY, **said}
    other = two[0].key if given.pop("other", "") else two[1].key
    with world.acting("data_quality_manager", of=874) as by:
        with pytest.raises(InvalidInput) as refused:
            apart.keep_apart(two[0].key, other, by=by, at=MADE_AT, **given)
        assert set(refused.value.problems) == {field}
    with world.acting("team_manager") as by, pytest.raises(NotPermitted):
        apart.keep_apart(two[0].key, two[1].key, ground="twin", why=WHY, by=by, at=MADE_AT)


def test_on_the_page_the_two_are_shown_by_name_before_it_is_said(world: World, two: Any, client: Client) -> None:
    world.signed_in(client, world.user("data_quality_manager", council=874))
    where = reverse("matching:keep-apart", args=["peterborough", two[0].key])
    assert where in client.get(reverse("people:person", args=["peterborough", two[0].key])).content.decode()
    typed = {"other": f"https://x.example.org/peterborough/people/{two[1].key}/", "ground": "adoption", "why": WHY}
    absent = client.post(where, typed | {"other": str(uuid4())})
    assert (absent.status_code, "that you may open" in absent.content.decode()) == (422, True)
    named = client.post(where, typed)
    assert "Bartosz Zielinski and Bartek Zielinski: are these the two?" in named.content.decode()
    with world.acting("data_quality_manager", of=874):
        assert not NotSame.objects.exists()
    listed = client.post(where, typed | {"sure": str(two[1].key)}, follow=True).content.decode()
    assert "Bartosz Zielinski and Bartek Zielinski" in listed
    assert "You alone" in listed
    with world.acting("data_quality_manager", of=874):
        pair = NotSame.objects.get()
    asked = client.post(reverse("matching:apart-end", args=["peterborough", pair.key]), {"why": "The wrong child"})
    assert asked.status_code == 302
    world.signed_in(client, world.user("head_of_service", council=874))
    assert "Zielinski" not in client.get(reverse("matching:apart", args=["peterborough"])).content.decode()
    agree = reverse("matching:apart-agree", args=["peterborough"])
    said = {"one": str(two[0].key), "why": "The wrong child"}
    assert client.post(agree, said | {"other": "none"}).status_code == 422
    assert client.post(agree, said | {"other": str(two[1].key)}).status_code == 302
