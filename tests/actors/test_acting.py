"""Acting for one council at a time: in Python, in the database's settings, and in its role."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date

import pytest
from django.db import DataError, connection, transaction

from frontdoor.access.actions import give_post
from frontdoor.access.rules import Role
from frontdoor.actors.actions import acting_for, acting_in_turn, current, forget, tell
from frontdoor.actors.queries import OWN, rows_within, within
from frontdoor.actors.rules import (
    PUBLIC,
    SEEDER,
    SYSTEM_ACTORS,
    Actor,
    Conflict,
    Nested,
    NoActor,
    NotFound,
    NotPermitted,
    Permission,
    require,
    unchanged,
)
from frontdoor.contacts.models import Event
from tests.actors.pages import seen_by_database
from tests.worlds import CAMBRIDGESHIRE, MADE_AT, PETERBOROUGH, World

DECIDER = Actor(name="user:1", reach={PETERBOROUGH: frozenset({Permission.CONTACT_DECIDE})})


@pytest.mark.usefixtures("db")
def test_inside_the_block_the_database_knows_who_acts_and_after_it_nobody_does() -> None:
    with acting_for(PETERBOROUGH, by=PUBLIC) as by:
        assert by.authority == PETERBOROUGH
        assert current() == by
        seen = seen_by_database()
        assert (seen["authority"], seen["actor"], seen["role"]) == ("874", "system:public", "frontdoor_portal")
    seen = seen_by_database()
    assert (seen["authority"], seen["actor"], seen["role"]) == ("", "", "frontdoor_app")
    with pytest.raises(NoActor):
        current()


@pytest.mark.usefixtures("db")
def test_the_service_is_council_nought_and_not_no_council() -> None:
    with acting_for(0, by=SEEDER):
        assert seen_by_database()["authority"] == "0"


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("inner", [PETERBOROUGH, CAMBRIDGESHIRE])
def test_acting_for_never_nests(inner: int) -> None:
    with acting_for(PETERBOROUGH, by=SEEDER):
        with pytest.raises(Nested), acting_for(inner, by=SEEDER):
            pass
        assert seen_by_database()["authority"] == str(PETERBOROUGH)  # and the refusal disturbs nothing


@pytest.mark.usefixtures("db")
def test_of_councils_in_turn_each_is_acted_for_alone_and_none_after_them_nor_after_an_error() -> None:
    for fails in (False, True):
        with suppress(DataError), acting_in_turn([PETERBOROUGH, CAMBRIDGESHIRE], by=SEEDER) as turns:
            for council, by in zip((PETERBOROUGH, CAMBRIDGESHIRE), turns, strict=True):
                assert (by.authority, current().authority) == (council, council)
                assert seen_by_database()["authority"] == str(council)
            if fails:
                Event.objects.create(authority_id=CAMBRIDGESHIRE, label="x" * 1_000)
        assert seen_by_database()["authority"] == ""
        with pytest.raises(NoActor):
            current()


@pytest.mark.usefixtures("db")
def test_an_error_inside_leaves_the_callers_transaction_usable_and_nobody_acting() -> None:
    with pytest.raises(DataError):
        _write_and_fail()
    assert seen_by_database()["actor"] == ""
    with acting_for(PETERBOROUGH, by=SEEDER):
        assert not Event.objects.exists()


def _write_and_fail() -> None:
    with acting_for(PETERBOROUGH, by=SEEDER), connection.cursor() as cursor:
        Event.objects.create(authority_id=PETERBOROUGH)
        cursor.execute("SELECT 1 / 0")


def test_a_transaction_that_ended_holds_nothing_for_the_next_on_its_connection(own_database: str) -> None:
    with transaction.atomic():
        tell(PUBLIC.at(PETERBOROUGH))
        transaction.set_rollback(True)
    forget()
    assert seen_by_database()["role"] == "frontdoor_app"
    assert seen_by_database()["authority"] == ""


def test_another_thread_acts_for_itself(own_database: str) -> None:
    def other() -> str:
        try:
            with acting_for(CAMBRIDGESHIRE, by=SEEDER):
                return seen_by_database()["authority"]
        finally:
            connection.close()

    with acting_for(PETERBOROUGH, by=SEEDER), ThreadPoolExecutor(1) as pool:
        assert pool.submit(other).result() == str(CAMBRIDGESHIRE)
        assert seen_by_database()["authority"] == str(PETERBOROUGH)


@pytest.mark.usefixtures("db")
def test_rows_are_those_of_the_council_acted_for_even_when_nothing_filters_them() -> None:
    for council in (PETERBOROUGH, CAMBRIDGESHIRE):
        with acting_for(council, by=SEEDER):
            Event.objects.create(authority_id=council, label=str(council))
    with acting_for(PETERBOROUGH, by=SEEDER) as by:
        assert [event.label for event in Event.objects.all()] == ["874"]
        assert [event.label for event in within(by, Event.objects.all())] == ["874"]
        assert not Event.objects.filter(label="873").update(label="taken")
    assert not Event.objects.exists()


LABELS = f"SELECT label FROM contacts_event WHERE {OWN} AND label LIKE %(like)s"


@pytest.mark.usefixtures("db")
def test_plain_sql_finds_the_rows_of_the_council_acted_for_even_when_it_names_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for council in (PETERBOROUGH, CAMBRIDGESHIRE):
        with acting_for(council, by=SEEDER):
            Event.objects.create(authority_id=council, label=str(council))
    with acting_for(PETERBOROUGH, by=SEEDER) as by:
        assert rows_within(by, LABELS, like="87%") == [("874",)]
        assert rows_within(by, LABELS, like="873") == []
        assert rows_within(by, LABELS, like="87%", authority=CAMBRIDGESHIRE) == [("874",)], "nobody chooses another"
        monkeypatch.setattr("frontdoor.actors.queries._own", lambda text: text.replace(OWN, "true"))
        assert rows_within(by, LABELS, like="87%") == [("874",)]


def test_plain_sql_that_does_not_say_whose_rows_it_asks_for_is_not_said() -> None:
    with pytest.raises(ValueError, match="council"):
        rows_within(DECIDER.at(PETERBOROUGH), "SELECT label FROM contacts_event")


@pytest.mark.usefixtures("db")
def test_nobody_reads_without_a_council() -> None:
    with pytest.raises(NoActor):
        within(DECIDER, Event.objects.all())
    with pytest.raises(NoActor):
        rows_within(DECIDER, LABELS, like="")


def test_a_permission_counts_for_its_own_council_alone() -> None:
    require(DECIDER.at(PETERBOROUGH), Permission.CONTACT_DECIDE, authority=PETERBOROUGH)
    with pytest.raises(NotPermitted):
        require(DECIDER.at(PETERBOROUGH), Permission.CONTACT_LOOK, authority=PETERBOROUGH)
    with pytest.raises(NotPermitted):
        require(DECIDER.at(CAMBRIDGESHIRE), Permission.CONTACT_DECIDE, authority=CAMBRIDGESHIRE)


def test_another_councils_record_is_not_found_whatever_is_permitted() -> None:
    everywhere = Actor(name="user:1", reach={n: frozenset(Permission) for n in (PETERBOROUGH, CAMBRIDGESHIRE)})
    for actor in (everywhere.at(CAMBRIDGESHIRE), everywhere, SEEDER.at(CAMBRIDGESHIRE)):
        with pytest.raises(NotFound):
            require(actor, Permission.CONTACT_DECIDE, authority=PETERBOROUGH)


def test_system_actors_are_a_closed_list_that_holds_no_more_than_it_names() -> None:
    assert len({actor.name for actor in SYSTEM_ACTORS}) == len(SYSTEM_ACTORS)
    assert all(actor.is_system and actor.user_id is None for actor in SYSTEM_ACTORS)
    assert not PUBLIC.at(PETERBOROUGH).may(Permission.CONTACT_READ)
    assert [actor for actor in SYSTEM_ACTORS if actor.db_role != "none"] == [PUBLIC]


def test_a_row_that_changed_since_it_was_seen_is_a_conflict_that_tells_both_versions() -> None:
    unchanged(3, 3)
    with pytest.raises(Conflict) as conflict:
        unchanged(3, 4, {"state": "decided"})
    assert (conflict.value.seen, conflict.value.now, conflict.value.current) == (3, 4, {"state": "decided"})


def test_somebody_with_two_posts_acts_in_each_council_in_the_one_that_reaches_it(world: World) -> None:
    with world.system(SEEDER, council=PETERBOROUGH) as by:
        give_post(
            world.user("assessment_worker"), team=world.team("oversight"), role=Role.AUDITOR,
            agency=world.agencies["Peterborough City Council"], starts_on=date(2026, 1, 1), by=by, at=MADE_AT,
        )  # fmt: skip
    by = world.actor("assessment_worker", council=CAMBRIDGESHIRE)
    assert by.post == "Assessment social worker, Cambridgeshire assessment team"
    assert by.at(PETERBOROUGH).post == "Auditor, Peterborough oversight and administration"
    assert not by.at(PETERBOROUGH).may(Permission.CONTACT_TAKE)
