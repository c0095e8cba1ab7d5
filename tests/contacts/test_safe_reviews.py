"""Rules about reaching somebody safely come back to be looked at, and so does whoever was not told for a time."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from frontdoor.access.models import Post
from frontdoor.actors.rules import Actor, InvalidInput, NotPermitted, StepNotAllowed
from frontdoor.contacts.actions import family as families
from frontdoor.contacts.actions import safe as actions
from frontdoor.contacts.models import Contact
from frontdoor.contacts.queries import family as told
from frontdoor.contacts.queries import safe as queries
from frontdoor.desk.pages.todo import todos
from frontdoor.letters import actions as letters
from frontdoor.letters.models import SafeContact
from tests.contacts.deciding import AT, arrived, minutes
from tests.contacts.test_family import MOTHER, YOUNG, listed, told_of
from tests.worlds import World

TODAY = AT.date()


def days(number: int) -> date:
    return TODAY + timedelta(days=number)


def noted(
    world: World, contact: Contact, *, review_on: date | None, way: str = "post", role: str = "contact_officer"
) -> SafeContact:
    with world.acting(role, at=AT) as by:
        mother = person_of(contact)
        actions.set_rule(
            contact.key, whom=mother, way=way, never=True, why="He opens it", review_on=review_on, by=by, at=AT
        )
        return SafeContact.objects.latest("id")


def person_of(contact: Contact) -> str:
    return str(contact.people.get(given_name="Lena").key)


def ways(world: World, *, at: datetime = AT) -> list[str]:
    with world.acting("social_worker", at=at) as by:
        return [each.rule.way for each in queries.reviews(by=by, at=at)]


@pytest.fixture
def contact(world: World) -> Contact:
    return arrived(world, people=(YOUNG, MOTHER))


def test_what_is_due_or_comes_within_a_fortnight_stands_on_the_list_the_oldest_first(world, contact):
    for way, number in (("text", 14), ("post", -3), ("phone", 0), ("email", 15)):
        noted(world, contact, review_on=days(number), way=way)
    noted(world, contact, review_on=None, way="any")
    assert ways(world) == ["Post", "Telephone", "Text message"]
    with world.acting("social_worker", at=AT) as by:
        found = queries.reviews(by=by, at=AT)
        assert [each.rule.again for each in found] == [True, True, False]
        assert {(each.whom, each.contact) for each in found} == {("Lena Setchfield", contact.key)}


def test_a_rule_is_kept_until_another_day(world, contact):
    rule = noted(world, contact, review_on=days(-1))
    with world.acting("social_worker", at=AT) as by:
        letters.keep_safe_contact(rule.key, seen=days(-1), review_on=days(90), why="Still there", by=by, at=AT)
        rule.refresh_from_db()
        assert (rule.review_on, rule.ended_at) == (days(90), None)
    assert ways(world) == []


def test_another_rule_takes_its_place_and_the_former_is_kept(world, contact):
    rule = noted(world, contact, review_on=days(-1))
    new = {"way": "text", "never": False, "begins": None, "ends": None, "code_word": "Larch"}
    with world.acting("social_worker", at=AT) as by:
        made = letters.change_safe_contact(
            rule.key, seen=days(-1), review_on=days(30), why="She has a new number", by=by, at=AT, **new
        )
        rule.refresh_from_db()
        assert rule.ended_at == AT
        assert (made.way, made.code_word, made.subject_key) == ("text", "Larch", rule.subject_key)


@pytest.mark.parametrize(
    ("review_on", "why", "field"),
    [(None, "x", "review_on"), (days(0), "x", "review_on"), (days(1), " ", "why")],
)
def test_looking_again_asks_why_and_for_the_next_day(world, contact, review_on, why, field):
    rule = noted(world, contact, review_on=days(-1))
    new = {"way": "text", "never": True}
    with world.acting("social_worker", at=AT) as by:
        for act, more in ((letters.keep_safe_contact, {}), (letters.change_safe_contact, new)):
            with pytest.raises(InvalidInput) as refused:
                act(rule.key, seen=days(-1), review_on=review_on, why=why, by=by, at=AT, **more)
            assert field in refused.value.problems


def test_of_two_who_look_at_once_one_is_told(world, contact):
    rule = noted(world, contact, review_on=days(-1))
    with world.acting("social_worker", at=AT) as by:
        letters.keep_safe_contact(rule.key, seen=days(-1), review_on=days(30), why="Holds", by=by, at=AT)
        with pytest.raises(StepNotAllowed, match="meanwhile"):
            letters.keep_safe_contact(rule.key, seen=days(-1), review_on=days(60), why="Holds", by=by, at=AT)
        with pytest.raises(StepNotAllowed, match="meanwhile"):
            letters.change_safe_contact(
                rule.key, seen=days(-1), review_on=days(60), why="x", way="text", never=True, by=by, at=AT
            )
    with world.acting("auditor", of=874, at=AT) as by, pytest.raises(NotPermitted):
        letters.keep_safe_contact(rule.key, seen=days(30), review_on=days(60), why="Holds", by=by, at=AT)


def waiting(world: World, by: Actor, *, at: datetime = AT) -> list[tuple[str, str]]:
    return [(todo.what, todo.action) for todo in todos([work_of(by, at)], by=by, at=at) if todo.group == "families"]


def work_of(by: Actor, at: datetime):
    from frontdoor.access.queries import Place
    from frontdoor.desk.queries.work import Work

    place = Place(874, "peterborough", "Peterborough")
    return Work(place, families=told.waits_for(by=by, at=at), reviews=queries.my_reviews(by=by, at=at))


RULE = ("A rule about reaching somebody safely: post", "Look at it again")


def test_it_is_on_the_desk_of_whoever_set_it_down_and_of_a_manager_when_they_have_left(world, contact):
    noted(world, contact, review_on=days(0), role="social_worker")
    noted(world, contact, review_on=days(1), way="text", role="social_worker")
    with world.acting("social_worker", at=AT) as by:
        assert waiting(world, by) == [RULE]
        assert len(waiting(world, by, at=AT + timedelta(days=1))) == 2
    for role, second in (("social_worker", True), ("team_manager", False)):
        with world.acting(role, second=second, at=AT) as by:
            assert waiting(world, by) == []
    with world.acting("social_worker", at=AT):
        Post.objects.filter(user=world.user("social_worker")).update(ends_on=days(-1))
    with world.acting("team_manager", at=AT) as by:
        assert waiting(world, by) == [RULE]


def test_whoever_was_not_told_for_a_time_is_on_the_managers_desk_on_that_day_and_not_before(world):
    contact = told_of(world, YOUNG, MOTHER)
    (telling,) = listed(world, contact)
    with world.acting("team_manager", at=AT) as by:
        families.not_tell(
            telling.key, seen=telling.version, why="raises_risk", words="He has threatened her.", again_on=days(11),
            by=by, at=minutes(5),
        )  # fmt: skip
        assert waiting(world, by, at=AT + timedelta(days=10)) == []
        assert waiting(world, by, at=AT + timedelta(days=11)) == [
            ("Not told until today: look at it again", "Look at it")
        ]
    with world.acting("team_manager", second=True, at=AT) as by:
        assert waiting(world, by, at=AT + timedelta(days=11)) == []


def test_a_rule_is_looked_at_again_on_its_pages_and_stands_on_the_list_of_my_work(world, client: Client, time_machine):
    time_machine.move_to(AT, tick=False)
    contact = arrived(world, people=(YOUNG, MOTHER))
    rule = noted(world, contact, review_on=days(-1), role="social_worker")
    worker = world.signed_in(client, world.user("social_worker"))
    home = worker.get("/desk/").text
    where = f"/peterborough/safe/{rule.key}/"
    assert where in home
    assert "/peterborough/safe/" in worker.get("/peterborough/safe/").text
    page = worker.get("/peterborough/safe/").text
    assert "1 was due." in page
    assert where in page
    typed = {"seen": str(days(-1)), "do": "keep", "why": "Still there"}
    assert worker.post(where, typed).status_code == 422
    day = days(30)
    typed |= {"review_on-day": str(day.day), "review_on-month": str(day.month), "review_on-year": str(day.year)}
    assert worker.post(where, typed).status_code == 302
    assert "No rule is to be looked at" in worker.get("/peterborough/safe/").text
    change = typed | {"seen": str(day), "do": "change", "way": "text", "never": "yes"}
    assert worker.post(where, change).status_code == 302
    with world.acting("social_worker", at=AT):
        assert SafeContact.objects.get(ended_at=None).way == "text"
