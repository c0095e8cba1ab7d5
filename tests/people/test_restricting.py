"""Restricting, naming, barring, breaking the glass, looking at it, declaring: as the application's role, with pages."""

import json
import re
from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import DataError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from frontdoor.actors.rules import (
    MATCHER,
    SEEDER,
    Actor,
    Conflict,
    InvalidInput,
    NotFound,
    NotPermitted,
    StepNotAllowed,
)
from frontdoor.background.actions import carry_out
from frontdoor.clocks.models import Clock
from frontdoor.people.actions import restricting as actions
from frontdoor.people.actions import restricting_declared as declaring
from frontdoor.people.actions import restricting_glass as glassing
from frontdoor.people.models import Barred, Glass, NamedAccess, Person, Restriction
from frontdoor.people.queries import restricting as queries
from frontdoor.people.rules.restricting import Why
from tests.people.shut import WORD, Family, family, person, restriction, seen
from tests.worlds import PETERBOROUGH, World

SECOND = timedelta(seconds=1)


@pytest.fixture
def known(world: World) -> Family:
    """The family: one shut, one not."""
    return family(world)


def _restriction(world: World, **of: Any) -> Restriction:
    with world.system(SEEDER):
        return Restriction.objects.get(**of)


def _why(owner: int | None, **given: Any) -> Why:
    told = {"ground": "high_risk", "why": "Would be found", "call_whom": "Ann Teller", "call_number": "01632 960100"}
    return Why(**{**told, "owner": owner, **given})


def _break(world: World, known: Family, role: str = "social_worker", **where: Any) -> Glass:
    found, at = _restriction(world, person=known.shut), timezone.now()
    with world.acting(role, **where) as by:
        return glassing.break_glass(
            found.key, why="A neighbour hears screams", factor_given_at=at - SECOND, by=by, at=at
        )


# Restricting


def test_whoever_restricts_a_record_sees_it_no_more_until_somebody_names_them(world: World, known: Family) -> None:
    at = timezone.now()
    with world.acting("head_of_service") as by:
        made = actions.restrict(known.open.key, given=_why(by.user_id), by=by, at=at)
        assert seen(Person, known.open) == 0
        assert {each.label for each in queries.restrictions(by=by, at=at)} == {""}
        actions.name_reader(made.key, user=by.user_id or 0, why="Answers for it", since=at, until=None, by=by, at=at)
        assert seen(Person, known.open) == 1
        assert made.review_on == at.date() + timedelta(days=90)
        clock = Clock.objects.get(kind="people.restriction_review", subject_key=str(made.key))
        assert (clock.owner_id, clock.label, clock.due_at) == (
            by.user_id,
            "",
            at + timedelta(days=90),
        )


def test_restricting_asks_for_every_answer_and_for_the_permission(world: World, known: Family) -> None:
    at = timezone.now()
    with world.acting("head_of_service") as by:
        with pytest.raises(InvalidInput) as refused:
            actions.restrict(known.open.key, given=Why("whim", " ", "", "", 1), by=by, at=at)
        assert set(refused.value.problems) == {"ground", "why", "call_whom", "call_number"}
        with pytest.raises(InvalidInput) as refused:
            actions.restrict(known.open.key, given=_why(world.user("contact_officer").pk), by=by, at=at)
        assert set(refused.value.problems) == {"owner"}
        with pytest.raises(NotFound):
            actions.restrict(known.shut.key, given=_why(by.user_id), by=by, at=at)
    with world.acting("team_manager") as by, pytest.raises(NotPermitted):
        actions.restrict(known.open.key, given=_why(by.user_id), by=by, at=at)


def test_a_restriction_ends_with_a_reason_and_the_record_opens(world: World, known: Family) -> None:
    found, at = _restriction(world, person=known.shut), timezone.now()
    with world.acting("head_of_service") as by:
        with pytest.raises(InvalidInput):
            actions.end(found.key, seen=1, why="", by=by, at=at)
        with pytest.raises(Conflict):
            actions.end(found.key, seen=7, why="The order ended", by=by, at=at)
        actions.end(found.key, seen=1, why="The order ended", by=by, at=at)
        assert seen(Person, known.shut) == 1
        with pytest.raises(StepNotAllowed):
            actions.end(found.key, seen=2, why="The order ended", by=by, at=at)


def test_another_person_than_who_restricted_it_looks_again(world: World, known: Family) -> None:
    at = timezone.now()
    with world.acting("head_of_service") as by:
        made = actions.restrict(known.open.key, given=_why(by.user_id), by=by, at=at)
        with pytest.raises(StepNotAllowed, match="yourself"):
            actions.review(made.key, seen=1, why="It must stay so", by=by, at=at)
    later = at + timedelta(days=91)
    with world.acting("head_of_service", of=PETERBOROUGH) as by:
        assert queries.restrictions(by=by, at=later)[0].restriction.review_on < later.date() + timedelta(days=91)
        kept = actions.review(made.key, seen=1, why="It must stay so", by=by, at=later)
        assert kept.review_on == later.date() + timedelta(days=90)
        stopped = Clock.objects.get(kind="people.restriction_review", subject_key=str(made.key), stopped_at=later)
        assert stopped.outcome == "late"
        assert Clock.objects.filter(subject_key=str(made.key), stopped_at=None).count() == 1


def test_whoever_is_barred_learns_nothing_of_the_restriction_either(world: World, known: Family) -> None:
    found, at, user = _restriction(world, person=known.shut), timezone.now(), world.user("head_of_service").pk
    with world.acting("head_of_service", of=PETERBOROUGH) as by:
        actions.bar(found.key, user=user, ground="accused", why="It accuses them", by=by, at=at)
        with pytest.raises(InvalidInput):
            actions.bar(found.key, user=by.user_id or 0, ground="accused", why="It accuses me", by=by, at=at)
    with world.system(SEEDER):
        NamedAccess.objects.create(
            authority_id=PETERBOROUGH, person=known.shut, user_id=user, why="By mistake", since=at - SECOND
        )
    with world.acting("head_of_service") as by:
        assert queries.restrictions(by=by, at=at) == []
        for refused in (queries.open_restriction, queries.asked_for):
            with pytest.raises(NotFound):
                refused(found.key, by=by, at=at)
        with pytest.raises(NotFound):
            glassing.break_glass(found.key, why="I want to know", factor_given_at=at, by=by, at=at)
        (line,) = queries.neutral([known.shut.pk], by=by, at=at)
        assert (line.key, line.whom) == (None, "Ann Teller")
        with pytest.raises(NotFound):
            actions.unbar(Barred.objects.get(user_id=user).key, by=by, at=at)


# The neutral question


def test_screeners_are_told_whom_to_call_and_nobody_else_is_told_anything(world: World, known: Family) -> None:
    at = timezone.now()
    asked = [known.shut.pk, known.open.pk]
    with world.acting("social_worker") as by:
        (line,) = queries.neutral(asked, by=by, at=at)
        assert line.words == "A record that few may open may be meant. Call Ann Teller on 01632 960100."
        assert queries.neutral([known.open.pk, 987654321], by=by, at=at) == []
        assert seen(Person, known.shut) == 0, "what was set is taken back"
    with world.acting("social_worker", council=873) as by:
        assert queries.neutral(asked, by=by, at=at) == [], "another council's is none"
    with world.acting("early_help_officer") as by:
        assert queries.neutral(asked, by=by, at=at) == []


def test_how_many_records_are_meant_is_not_said_nor_that_one_is_from_before_an_adoption(world: World) -> None:
    with world.system(SEEDER):
        people = [person(name) for name in ("Ann", "Bea", "Cat")]
        for each, ground in zip(people, ("staff", "staff", "adoption"), strict=True):
            restriction(each, ground=ground)
    with world.acting("social_worker") as by:
        assert len(queries.neutral([each.pk for each in people], by=by, at=timezone.now())) == 1
        assert queries.neutral([people[2].pk], by=by, at=timezone.now()) == []
        key = Restriction.objects.get(person_id=people[2].pk).key
        with pytest.raises(NotFound):
            queries.asked_for(key, by=by, at=timezone.now())


def test_a_judge_sees_what_is_hidden_alone_and_gives_back_numbers_alone(world: World, known: Family) -> None:
    met: list[tuple[frozenset[int], str, int]] = []

    def judge(people: frozenset[int], *, by: Actor) -> Collection[int]:
        met.append((people, by.name, seen(Person, known.shut)))
        return [known.open.pk]

    with world.acting("social_worker") as by:
        assert queries.neutral([known.shut.pk, known.open.pk], by=by, at=timezone.now(), judge=judge) == []
        assert met == [(frozenset({known.shut.pk}), "system:matcher", 1)]
        assert seen(Person, known.shut) == 0


def test_an_error_behind_the_wall_leaves_nobody_there(world: World, known: Family) -> None:
    def judge(people: frozenset[int], *, by: Actor) -> Collection[int]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        return []

    with world.acting("social_worker") as by:
        with pytest.raises(DataError, match="division by zero"):
            queries.neutral([known.shut.pk], by=by, at=timezone.now(), judge=judge)
        assert seen(Person, known.shut) == 0


def test_one_function_alone_looks_behind_the_wall() -> None:
    source = Path(__file__).parents[2] / "src/frontdoor"
    setting = re.compile(r"set_config\(\s*f?['\"]frontdoor\.|SET (LOCAL |SESSION )?frontdoor\.", re.IGNORECASE)
    ours = [path for path in source.rglob("*.py") if not {"migrations", "bench"} & set(path.parts)]
    sets = {str(path.relative_to(source)) for path in ours if setting.search(path.read_text())}
    assert sets == {"people/queries/restricting.py"}, "who acts is said by actors.actions, and by this one question"
    used = (source / "people/queries/restricting.py").read_text()
    assert used.count("_behind_the_wall(") == 2, "defined once, used once"


def test_a_record_open_to_them_is_not_told_of_and_a_barred_one_that_is_not_shut_is(world: World, known: Family) -> None:
    _break(world, known)
    with world.acting("social_worker") as by:
        assert queries.neutral([known.shut.pk], by=by, at=timezone.now()) == []
    with world.system(SEEDER):
        Barred.objects.create(
            authority_id=PETERBOROUGH, person=known.open, user_id=world.user("social_worker").pk, ground="relative",
            set_at=timezone.now(),
        )  # fmt: skip
    with world.acting("social_worker") as by:
        (line,) = queries.neutral([known.open.pk], by=by, at=timezone.now())
        assert (line.key, line.whom) == (None, "the contact centre")


# The glass


def test_broken_glass_opens_one_record_for_four_hours_and_is_told_at_once(world: World, known: Family) -> None:
    with world.acting("head_of_service") as by:
        owner = by.user_id
    with world.system(SEEDER):
        Restriction.objects.update(owner=owner)
        other = person("Cat")
        restriction(other)
    made = _break(world, known)
    assert made.until - made.at == timedelta(hours=4)
    with world.acting("social_worker") as by:
        assert [seen(Person, each) for each in (known.shut, other)] == [1, 0]
        assert [each.key for each in queries.open_now(by=by, at=made.at)] == [made.key]
        assert queries.open_now(by=by, at=made.until) == []
        found = Restriction.objects.get(person=known.shut)
        with pytest.raises(StepNotAllowed, match="already"):
            glassing.break_glass(found.key, why="Once more please", factor_given_at=made.at, by=by, at=made.at)
        with connection.cursor() as cursor:
            cursor.execute("SELECT task_name, args FROM procrastinate_jobs WHERE task_name = 'people.tell_of_glass'")
            ((_, arguments),) = cursor.fetchall()
        assert json.loads(arguments) == {"authority": PETERBOROUGH, "glass": str(made.key)}
    carry_out("people.tell_of_glass", authority=PETERBOROUGH, at=made.at, glass=str(made.key))
    told = {address for message in mail.outbox for address in message.to}
    assert told == {
        world.user("head_of_service").email, world.user("data_protection_officer", council=PETERBOROUGH).email,
    }  # fmt: skip
    assert WORD not in str([(message.subject, message.body) for message in mail.outbox])


def test_glass_asks_for_a_reason_and_a_fresh_second_factor(world: World, known: Family) -> None:
    found, at = _restriction(world, person=known.shut), timezone.now()
    with world.acting("social_worker") as by:
        for given in (None, at - timedelta(minutes=6), at + timedelta(minutes=6)):
            with pytest.raises(StepNotAllowed, match="second step"):
                glassing.break_glass(found.key, why="I must see it", factor_given_at=given, by=by, at=at)
        with pytest.raises(InvalidInput):
            glassing.break_glass(found.key, why="Now", factor_given_at=at, by=by, at=at)
    with world.acting("early_help_officer") as by, pytest.raises(NotPermitted):
        glassing.break_glass(found.key, why="I must see it", factor_given_at=at, by=by, at=at)


def test_glass_longer_than_four_hours_or_looked_at_by_oneself_is_refused_by_the_database(
    world: World, known: Family
) -> None:
    made = _break(world, known)
    with world.system(SEEDER):
        with pytest.raises(IntegrityError, match="glass_ends_soon"), transaction.atomic():
            Glass.objects.update(until=made.at + timedelta(hours=4, seconds=1))
        with pytest.raises(IntegrityError, match="glass_looked_at_by_another"), transaction.atomic():
            Glass.objects.update(reviewed_by=made.user_id)


def test_another_person_looks_at_it_and_what_was_wrong_closes_at_once(world: World, known: Family) -> None:
    made = _break(world, known, "head_of_service")
    at = timezone.now()
    with world.acting("head_of_service") as by, pytest.raises(StepNotAllowed, match="yourself"):
        glassing.look_at_glass(made.key, seen=1, finding="right", words="", by=by, at=at)
    with world.acting("data_protection_officer", of=PETERBOROUGH) as by:
        assert [each.glass.key for each in queries.broken(by=by, at=at)] == [made.key]
        with pytest.raises(InvalidInput):
            glassing.look_at_glass(made.key, seen=1, finding="wrong", words="", by=by, at=at)
        glassing.look_at_glass(made.key, seen=1, finding="wrong", words="Their manager was told", by=by, at=at)
        with pytest.raises(StepNotAllowed, match="already"):
            glassing.look_at_glass(made.key, seen=2, finding="right", words="", by=by, at=at)
        assert not Clock.objects.filter(kind="people.glass_review", stopped_at=None).exists()
    with world.acting("head_of_service"):
        assert seen(Person, known.shut) == 0


def test_whoever_broke_it_closes_it_and_nobody_else_does(world: World, known: Family) -> None:
    made, at = _break(world, known), timezone.now()
    with world.acting("social_worker", second=True) as by, pytest.raises(NotFound):
        glassing.end_glass(made.key, by=by, at=at)
    with world.acting("social_worker") as by:
        glassing.end_glass(made.key, by=by, at=at)
        assert seen(Person, known.shut) == 0


# Declared


def test_what_somebody_declares_is_closed_to_them_and_to_nobody_else(world: World, known: Family) -> None:
    at = timezone.now()
    with world.acting("social_worker") as by:
        made = declaring.declare(
            ground="relative", given_name=" harriet", family_name=WORD.upper(), born_on=date(1985, 2, 15), by=by, at=at
        )
    with world.system(MATCHER) as by:
        assert declaring.match_declared(by=by, at=at) == 1
        assert declaring.match_declared(by=by, at=at) == 0
    with world.acting("social_worker"):
        assert seen(Person, known.open) == 0
    with world.acting("social_worker", second=True):
        assert seen(Person, known.open) == 1
    with world.acting("social_worker") as by, pytest.raises(NotFound):
        declaring.answer_declared(made.key, seen=1, right=(), by=by, at=at)
    with world.acting("team_manager") as by, pytest.raises(NotPermitted):
        declaring.answer_declared(made.key, seen=1, right=(), by=by, at=at)
    with world.acting("data_quality_manager", of=PETERBOROUGH) as by:
        declaring.answer_declared(made.key, seen=1, right=(), by=by, at=at)
    with world.acting("social_worker"):
        assert seen(Person, known.open) == 1
    with world.system(MATCHER) as by:
        assert declaring.match_declared(by=by, at=at) == 0, "what a person said is not the one stays so"


def test_somebody_of_that_name_born_another_day_is_not_closed(world: World, known: Family) -> None:
    with world.acting("social_worker") as by:
        declaring.declare(
            ground="self", given_name="Harriet", family_name=WORD, born_on=date(1985, 2, 16), by=by, at=timezone.now()
        )
    with world.system(MATCHER) as by:
        assert declaring.match_declared(by=by, at=timezone.now()) == 0


# Pages


def _given_again(client: Client, ago: float = 0.0) -> None:
    session = client.session
    session["account_authentication_methods"] = [
        *session.get("account_authentication_methods", []),
        {"method": "mfa", "type": "totp", "at": timezone.now().timestamp() - ago, "reauthenticated": True},
    ]
    session.save()


def _at(name: str, *keys: object) -> str:
    return reverse(f"people:{name}", args=["peterborough", *keys])


def test_the_record_itself_is_not_found_until_the_glass_is_broken(world: World, known: Family, client: Client) -> None:
    found = _restriction(world, person=known.shut)
    world.signed_in(client, world.user("social_worker"))
    assert client.get(_at("person", known.shut.key)).status_code == 404
    page = client.get(_at("glass", found.key))
    assert "Call Ann Teller on 01632 960100" in page.content.decode()
    assert WORD not in page.content.decode()
    why = {"why": "A neighbour hears screams"}
    assert "reauthenticate" in client.post(_at("glass", found.key), why).headers["Location"]
    _given_again(client, ago=400)
    assert "reauthenticate" in client.post(_at("glass", found.key), why).headers["Location"], "not fresh"
    _given_again(client)
    answer = client.post(_at("glass", found.key), why)
    assert answer.headers["Location"] == _at("person", known.shut.key)
    page = client.get(_at("person", known.shut.key))
    assert page.status_code == 200
    assert "It was reported" in page.content.decode()
    with world.system(SEEDER):
        made = Glass.objects.get()
    assert client.post(_at("glass-end", made.key)).status_code == 302
    assert client.get(_at("person", known.shut.key)).status_code == 404
    again = client.post(_at("glass", found.key), why)
    assert "reauthenticate" in again.headers["Location"], "a second factor serves once"


def test_ones_own_record_is_answered_as_one_that_there_is_not(world: World, known: Family, client: Client) -> None:
    with world.system(SEEDER):
        Barred.objects.create(
            authority_id=PETERBOROUGH, person=known.open, user_id=world.user("social_worker").pk, ground="self",
            set_at=timezone.now(),
        )  # fmt: skip
    world.signed_in(client, world.user("social_worker"))
    own, none = (client.get(_at("person", key)) for key in (known.open.key, known.open.key.__class__(int=1)))
    assert own.status_code == none.status_code == 404
    world.signed_in(client, world.user("social_worker", second=True))
    assert client.get(_at("person", known.open.key)).status_code == 200


def test_declaring_says_the_same_whether_there_is_a_record_or_not(world: World, known: Family, client: Client) -> None:
    world.signed_in(client, world.user("social_worker"))
    pages = []
    for given in ("Harriet", "Nobody"):
        typed = {
            "ground": "relative", "given_name": given, "family_name": WORD, "born_on-day": "15",
            "born_on-month": "2", "born_on-year": "1985",
        }  # fmt: skip
        assert client.post(_at("mine"), typed).status_code == 302
        carry_out("people.match_declared", authority=PETERBOROUGH, at=timezone.now())
        pages.append(client.get(_at("mine")).content.decode())
    assert f"Harriet {WORD}" in pages[0]
    assert "found" not in pages[0].partition("<main")[2]


def test_nobody_is_found_by_the_name_of_a_relative_whose_record_was_shut_since(world: World) -> None:
    from frontdoor.people.actions import index
    from frontdoor.people.models import Probe, Relationship

    at = timezone.now()
    with world.acting("social_worker") as by:
        source = index.Source("worker")
        child, mother = (
            index.make(given_name=given, family_name=family, source=source, by=by, at=at)
            for given, family in (("Elsie", "Quillfeather"), ("Harriet", "Stone"))
        )
        alone = set(Probe.objects.filter(person_id=mother.pk).values_list("token", flat=True))
        Relationship.objects.create(
            authority_id=PETERBOROUGH, person=mother, other=child, kind="mother", source_kind="worker", recorded_at=at
        )
        index.refresh([mother.pk], by=by)
        related = set(Probe.objects.filter(person_id=mother.pk).values_list("token", flat=True))
        assert related > alone
    with world.acting("head_of_service") as by:
        shut = actions.restrict(child.key, given=_why(by.user_id), by=by, at=at)
        assert set(Probe.objects.filter(person_id=mother.pk).values_list("token", flat=True)) == alone
        actions.end(shut.key, seen=1, why="It is over", by=by, at=at)
        assert set(Probe.objects.filter(person_id=mother.pk).values_list("token", flat=True)) == related
