"""What is typed on the page of a step is kept for whoever typed it, comes back, and is left to others when they go."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from frontdoor.actors.rules import Conflict, NotFound, NotPermitted, StepNotAllowed
from frontdoor.contacts.actions import drafting, screening
from frontdoor.contacts.models import Contact, Draft, Matter
from frontdoor.contacts.queries import drafting as queries
from frontdoor.trail.models import Entry
from tests.contacts.arriving import NOON, arrive, child
from tests.worlds import PETERBOROUGH, World

LATER = NOON + timedelta(minutes=5)
TYPED = {"known": ["She cries all night."], "csrfmiddlewaretoken": ["x"], "draft_version": ["0"], "seen": ["1"]}


@pytest.fixture
def matter(world: World) -> Matter:
    with world.acting("contact_officer") as by:
        contact = arrive(by=by, people=(child(given_name="Ewa", family_name="Nowak"),))
        return Matter.objects.get(contact=contact)


def kept(world: World, matter: Matter, *, seen: int = 0, second: bool = False, words: str = "") -> Draft:
    typed = TYPED | ({"known": [words]} if words else {})
    with world.acting("social_worker", second=second) as by:
        return drafting.keep_typed("recommend", matter.key, seen=seen, typed=typed, by=by, at=NOON)


def test_what_was_typed_is_kept_for_its_writer_alone_and_page_by_page(world: World, matter: Matter) -> None:
    kept(world, matter)
    with world.acting("social_worker") as by:
        found = queries.kept("recommend", matter.key, by=by)
        assert found is not None
        assert found.typed == {"known": ["She cries all night."]}
        assert queries.kept("decide", matter.key, by=by) is None
        assert not Entry.objects.filter(action__contains="draft").exists()
    with world.acting("social_worker", second=True) as by:
        assert queries.kept("recommend", matter.key, by=by) is None
        assert queries.drafts(by=by, at=NOON) == ([], [])


def test_two_windows_never_overwrite_each_other(world: World, matter: Matter) -> None:
    first = kept(world, matter)
    with pytest.raises(Conflict):
        kept(world, matter, words="The other window.")
    assert kept(world, matter, seen=first.version, words="More.").version == first.version + 1
    with pytest.raises(Conflict):
        kept(world, matter, seen=first.version, words="Old window.")


def test_what_was_sent_leaves_nothing_behind_and_a_new_draft_may_begin(world: World, matter: Matter) -> None:
    kept(world, matter)
    with world.acting("social_worker") as by:
        drafting.end_typed("recommend", matter.key, by=by, at=LATER)
        assert list(Draft.objects.values_list("data", "ended_at")) == [({}, LATER)]
        assert queries.kept("recommend", matter.key, by=by) is None
    assert kept(world, matter).version == 1


@pytest.mark.parametrize(("role", "step"), [("contact_officer", "recommend"), ("social_worker", "decide")])
def test_who_may_not_take_a_step_keeps_nothing_of_it(world: World, matter: Matter, role: str, step: str) -> None:
    with world.acting(role) as by, pytest.raises(NotPermitted):
        drafting.keep_typed(step, matter.key, seen=0, typed=TYPED, by=by, at=NOON)


@pytest.mark.parametrize(("step", "council"), [("recommend", 873), ("nonsense", 874), ("ask", 874)])
def test_another_councils_child_no_page_and_no_such_row_are_not_found(
    world: World, matter: Matter, step: str, council: int
) -> None:
    with world.acting("social_worker", council=council) as by, pytest.raises(NotFound):
        drafting.keep_typed(step, matter.key, seen=0, typed=TYPED, by=by, at=NOON)


def test_a_draft_holds_no_more_than_a_page_and_nothing_that_no_database_holds(world: World, matter: Matter) -> None:
    huge = {f"field{number}": ["x"] for number in range(500)} | {"known": ["a\0b\ud800" + "x" * 99_999]}
    with world.acting("social_worker") as by:
        drafting.keep_typed("recommend", matter.key, seen=0, typed={"known": huge["known"], **huge}, by=by, at=NOON)
        found = queries.kept("recommend", matter.key, by=by)
        assert found is not None
        assert found.typed["known"][0].startswith("abx")
        assert len(found.typed["known"][0]) <= 50_000
        assert len(found.typed) <= 80


ENDS = date(2026, 3, 31)
AFTER = NOON.replace(month=4, day=1)


def test_when_reach_ends_the_draft_is_left_to_the_other_councils_people(world: World, matter: Matter) -> None:
    draft = kept(world, matter)
    world.agree_until(ENDS)
    with world.acting("social_worker", of=PETERBOROUGH, at=AFTER) as by:
        mine, left = queries.drafts(by=by, at=AFTER)
        assert (mine, [(each.key, each.owner) for each in left]) == (
            [], [(draft.key, world.user("social_worker").name)],
        )  # fmt: skip
        offered = queries.left_here("recommend", matter.key, by=by, at=AFTER)
        assert offered is not None
        drafting.take_over_typed(draft.key, by=by, at=AFTER)
        found = queries.kept("recommend", matter.key, by=by)
        assert found is not None
        assert found.typed == {"known": ["She cries all night."]}
        assert Entry.objects.filter(action="contacts.take_over_typed").count() == 1
        assert queries.drafts(by=by, at=AFTER)[1] == []


def test_nobody_takes_over_what_somebody_here_has_begun(world: World, matter: Matter) -> None:
    draft = kept(world, matter)
    with world.acting("social_worker", second=True) as by:
        assert queries.left_here("recommend", matter.key, by=by, at=NOON) is None
        with pytest.raises(StepNotAllowed, match="still works here"):
            drafting.take_over_typed(draft.key, by=by, at=NOON)


def test_whoever_may_not_take_the_step_takes_over_nothing(world: World, matter: Matter) -> None:
    draft = kept(world, matter)
    world.agree_until(ENDS)
    with world.acting("contact_officer", of=PETERBOROUGH, at=AFTER) as by:
        assert queries.drafts(by=by, at=AFTER) == ([], [])
        with pytest.raises(NotPermitted):
            drafting.take_over_typed(draft.key, by=by, at=AFTER)


# The pages.


def at_(name: str, *args: object) -> str:
    return reverse(f"contacts:{name}", args=["peterborough", *args])


@pytest.fixture
def fresh(world: World) -> Matter:
    with world.acting("contact_officer") as by:
        contact = arrive(by=by, at=timezone.now() - timedelta(minutes=9), people=(child(given_name="Ewa"),))
        return Matter.objects.get(contact=contact)


@pytest.fixture
def worker(world: World, client: Client) -> Client:
    world.signed_in(client, world.user("social_worker"))
    return client


def save(client: Client, matter: Matter, version: int = 0, **typed: Any) -> HttpResponse:
    return client.post(at_("step-draft", "recommend", matter.key), {"draft_version": version, **typed})


def test_a_page_comes_back_with_what_was_typed_and_calls_nothing_wrong(worker: Client, fresh: Matter) -> None:
    answer = save(worker, fresh, known="She cries all night.", threshold_level="3", secondary=["lado", "met_hub"])
    assert (answer.status_code, answer.json()) == (200, {"version": 1})
    page = worker.get(at_("recommend", fresh.key)).content.decode()
    assert "She cries all night." in page
    assert "What you typed here stands below again" in page
    assert 'name="draft_version" value="1"' in page
    assert page.count("checked") >= 3
    assert "There is a problem" not in page
    listed = worker.get(at_("drafts")).content.decode()
    assert at_("recommend", fresh.key) in listed
    assert "She cries" not in listed


def test_the_page_that_was_sent_stands_empty_again(world: World, worker: Client, fresh: Matter) -> None:
    with world.acting("social_worker"):
        contact = Contact.objects.get()
    path = at_("ask", contact.key)
    worker.post(at_("step-draft", "ask", contact.key), {"draft_version": 0, "text": "Half a question"})
    assert "Half a question" in worker.get(path).content.decode()
    wrong = worker.post(path, {"seen": contact.version, "asked_of": "", "text": "Half a question", "draft_version": 1})
    assert wrong.status_code == 422
    assert "Half a question" in worker.get(path).content.decode()
    done = worker.post(path, {"seen": contact.version, "asked_of": "GP", "text": "When?", "draft_version": 1})
    assert done.status_code == 302
    assert "Half a question" not in worker.get(path).content.decode()


def test_an_old_page_gets_a_conflict_a_stranger_nothing_and_nobody_signed_in_no_word(
    world: World, worker: Client, fresh: Matter
) -> None:
    save(worker, fresh, known="First.")
    assert save(worker, fresh, known="Second.").status_code == 409
    assert save(worker, fresh, version=1, known="Second.").json() == {"version": 2}
    assert worker.post(at_("step-draft", "nonsense", fresh.key), {"draft_version": 0}).status_code == 404
    other = Client()
    world.signed_in(other, world.user("contact_officer"))
    assert save(other, fresh, known="Mine.").status_code == 403
    assert save(Client(), fresh, known="Nobody's.").status_code in {302, 401, 403}


def test_starting_again_throws_away_what_was_typed(worker: Client, fresh: Matter) -> None:
    save(worker, fresh, known="She cries all night.")
    answer = worker.post(at_("step-draft-drop", "recommend", fresh.key))
    assert (answer.status_code, answer["Location"]) == (302, at_("recommend", fresh.key))
    assert "She cries" not in worker.get(at_("recommend", fresh.key)).content.decode()


def test_the_version_seen_is_that_of_the_record_as_it_is_now(world: World, worker: Client, fresh: Matter) -> None:
    with world.acting("social_worker"):
        contact = Contact.objects.get()
    worker.post(at_("step-draft", "ask", contact.key), {"draft_version": 0, "text": "When?", "seen": contact.version})
    with world.acting("social_worker") as by:
        screening.flag(contact.key, why="He is back.", by=by, at=timezone.now())
        contact.refresh_from_db()
    page = worker.get(at_("ask", contact.key)).content.decode()
    assert f'name="seen" value="{contact.version}"' in page
