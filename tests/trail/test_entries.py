"""The trail is written by whoever acts, in their own name, and changed by nobody."""

import os
import uuid
from datetime import UTC, datetime

import psycopg
import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import PUBLIC, SEEDER, NoActor, NotPermitted
from frontdoor.contacts.models import Event
from frontdoor.trail import actions as trail
from frontdoor.trail import queries
from frontdoor.trail.models import Entry
from tests.worlds import CAMBRIDGESHIRE, MADE_AT, PETERBOROUGH, World

COLUMNS = "authority_id, actor, post, action, subject_kind, subject_key, why, detail, at"
AT = datetime(2026, 4, 1, 9, tzinfo=UTC)


def insert(council: int, actor: str, more: str = "", value: str = "") -> None:
    """Write an entry by hand, as code that goes round `record` would."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO trail_entry ({COLUMNS}{more})"
            f" VALUES (%s, %s, '', 'test.forge', '', '', '', '{{}}', now(){value})",
            [council, actor],
        )


@pytest.mark.usefixtures("db")
def test_an_entry_says_who_in_which_post_for_which_council_did_what_why_and_when(world: World) -> None:
    with world.acting("team_manager") as by:
        event = Event.objects.create(authority_id=PETERBOROUGH)
        trail.record("test.write", subject=event, by=by, at=AT, why="for a test", outcome="mash", day=AT.date())
        entry = Entry.objects.get(action="test.write")
    assert (entry.actor, entry.authority_id, entry.why) == (by.name, PETERBOROUGH, "for a test")
    assert entry.post == "Team manager, Cambridgeshire multi-agency safeguarding hub"
    assert (entry.subject_kind, entry.subject_key) == ("contacts.event", str(event.key))
    assert entry.detail == {"outcome": "mash", "day": "2026-04-01"}
    assert entry.at == AT
    assert entry.recorded_at > AT  # said and set: the database has its own clock


@pytest.mark.usefixtures("db")
def test_a_subject_may_be_given_as_plain_values_or_be_missing() -> None:
    with acting_for(PETERBOROUGH, by=SEEDER) as by:
        trail.record("test.plain", subject=("contacts.contact", 12), by=by, at=AT)
        trail.record("test.none", by=by, at=AT)
        found = list(Entry.objects.filter(action__startswith="test.").values_list("subject_kind", "subject_key"))
    assert sorted(found) == [("", ""), ("contacts.contact", "12")]


@pytest.mark.usefixtures("db")
def test_nothing_is_written_down_for_no_council() -> None:
    with pytest.raises(NoActor):
        trail.record("test.write", by=SEEDER, at=AT)


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(("council", "actor"), [
    (PETERBOROUGH, "user:1"), (CAMBRIDGESHIRE, "system:seeder"), (0, "system:seeder"), (PETERBOROUGH, ""),
])  # fmt: skip
def test_nobody_writes_in_anothers_name_or_for_another_council(council: int, actor: str) -> None:
    with acting_for(PETERBOROUGH, by=SEEDER):
        insert(PETERBOROUGH, "system:seeder")
    with pytest.raises(ProgrammingError, match="row-level security"), acting_for(PETERBOROUGH, by=SEEDER):
        insert(council, actor)


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(("column", "value"), [
    ("recorded_at", "'2020-01-01'"), ("salt", "gen_random_uuid()"), ("xid", "'1'::xid8"),
])  # fmt: skip
def test_what_the_database_sets_nobody_else_sets(column: str, value: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), acting_for(PETERBOROUGH, by=SEEDER):
        insert(PETERBOROUGH, "system:seeder", f", {column}", f", {value}")


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("statement", [
    "UPDATE trail_entry SET why = ''", "DELETE FROM trail_entry", "TRUNCATE trail_entry",
])  # fmt: skip
def test_the_application_changes_nothing_that_was_written(statement: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), acting_for(PETERBOROUGH, by=SEEDER):
        connection.cursor().execute(statement)


@pytest.mark.parametrize("statement", [
    "UPDATE trail_entry SET why = ''", "DELETE FROM trail_entry", "TRUNCATE trail_entry",
])  # fmt: skip
def test_nor_does_the_owner_of_the_table(own_database: str, statement: str) -> None:
    with psycopg.connect(os.environ["FRONTDOOR_OWNER_URL"]) as owner:
        owner.execute(
            "SELECT set_config('frontdoor.authority', '874', true), set_config('frontdoor.actor', 'me', true)"
        )
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="the trail cannot be changed"):
            owner.execute(statement)


@pytest.mark.usefixtures("db")
def test_one_councils_trail_is_not_the_others() -> None:
    for council in (PETERBOROUGH, CAMBRIDGESHIRE):
        with acting_for(council, by=SEEDER) as by:
            trail.record("test.write", by=by, at=AT)
    with acting_for(PETERBOROUGH, by=SEEDER):
        assert Entry.objects.filter(action="test.write").count() == 1
    assert not Entry.objects.exists()


@pytest.mark.usefixtures("db")
def test_the_portal_writes_entries_and_reads_none() -> None:
    with acting_for(PETERBOROUGH, by=PUBLIC) as by:
        trail.record("test.write", by=by, at=AT)
    with pytest.raises(ProgrammingError, match="permission denied"), acting_for(PETERBOROUGH, by=PUBLIC):
        Entry.objects.exists()


def test_the_entries_about_one_thing_are_read_newest_first_by_those_who_watch_over_access(world: World) -> None:
    key = uuid.uuid4()
    with world.acting("data_protection_officer", of=PETERBOROUGH) as by:
        for number in range(3):
            trail.record("test.write", subject=("contacts.contact", key), by=by, at=MADE_AT, number=number)
        trail.record("test.write", subject=("contacts.contact", uuid.uuid4()), by=by, at=MADE_AT)
        found = queries.open_subject(key, by=by, at=MADE_AT)
        assert [entry.detail["number"] for entry in found] == [2, 1, 0]
        older = queries.open_subject(key, by=by, at=MADE_AT, before=found[0].id)
        assert [entry.detail["number"] for entry in older] == [1, 0]
    with world.acting("team_manager") as by, pytest.raises(NotPermitted):
        queries.open_subject(key, by=by, at=MADE_AT)


def test_who_reads_the_trail_is_in_the_trail(world: World) -> None:
    key = uuid.uuid4()
    with world.acting("data_protection_officer", of=PETERBOROUGH) as by:
        queries.open_subject(key, by=by, at=MADE_AT)
        queries.open_actor("user:1", by=by, at=MADE_AT)
        read = [(entry.action, entry.subject_key) for entry in queries.open_actor(by.name, by=by, at=MADE_AT)]
    assert read == [("trail.read", "user:1"), ("trail.read", str(key))]
