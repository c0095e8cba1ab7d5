"""Sealing on a real database: what is finished is sealed, whatever is changed afterwards is found."""

import json
import os
import re
import stat
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.utils import ProgrammingError

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEALER, SEEDER, SERVICE, Actor, NotPermitted
from frontdoor.config import sealing
from frontdoor.config.cluster import Cluster
from frontdoor.config.commands.make_seal_key import make_key
from frontdoor.trail import actions as trail
from frontdoor.trail import queries, rules
from frontdoor.trail.models import Seal, Sealing
from tests.trail.sealer import seal, settle, unsealed
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

CHILD = uuid.UUID("00000000-0000-4000-8000-000000000001")


@pytest.fixture
def key() -> Ed25519PrivateKey:
    return trail.signing_key(settings.SEAL_KEY_FILE)


@pytest.fixture
def directory(tmp_path: Path, settings: Any) -> Path:
    """Where heads are given out, empty."""
    settings.SEAL_DIRECTORY = tmp_path / "given-out"
    return Path(settings.SEAL_DIRECTORY)


def write(*subjects: object, council: int = PETERBOROUGH) -> None:
    """Entries about subjects, committed."""
    with acting_for(council, by=SEEDER) as by:
        for subject in subjects:
            trail.record("test.write", subject=("test.child", subject), by=by, at=datetime.now(UTC))


def faults(
    key: Ed25519PrivateKey, directory: Path | None = None, council: int = PETERBOROUGH, later: int = 0
) -> list[str]:
    with acting_for(council, by=SEALER) as by:
        at = datetime.now(UTC) + timedelta(hours=later)
        return list(queries.broken(key=key, directory=directory, by=by, at=at))


def last() -> Seal:
    with acting_for(PETERBOROUGH, by=SEALER):
        return Seal.objects.order_by("-number")[0]


@pytest.fixture
def superuser(own_database: str) -> Iterator[psycopg.Connection[Any]]:
    """Somebody who may do everything in the database, triggers and policies included."""
    with psycopg.connect(Cluster("test").url("postgres", own_database), autocommit=True) as made:
        made.execute("SET session_replication_role = replica")  # no trigger stops a superuser
        yield made


def test_what_is_finished_is_sealed_once_and_the_seals_follow_each_other(
    own_database: str, key: Ed25519PrivateKey
) -> None:
    settle(key)
    before = last().number
    write(CHILD, "b", "c")
    assert sum(settle(key)) >= 3
    assert seal(key) == 0
    write("d")
    settle(key)
    assert last().number >= before + 2
    assert faults(key, later=2) == []


def test_an_entry_that_is_not_committed_waits_and_so_does_a_later_faster_one(
    own_database: str, key: Ed25519PrivateKey
) -> None:
    settle(key)
    with psycopg.connect(os.environ["FRONTDOOR_DATABASE_URL"]) as slow:
        slow.execute("SELECT set_config('frontdoor.authority', '874', true), set_config('frontdoor.actor', 'a', true)")
        slow.execute(
            "INSERT INTO trail_entry (authority_id, actor, post, action, subject_kind, subject_key, why, detail, at)"
            " VALUES (874, 'a', '', 'test.slow', '', '', '', '{}', now())"
        )
        write("fast")
        assert seal(key) == 0
        assert unsealed() == ["test.write"]
        slow.commit()
    assert unsealed() == ["test.slow", "test.write"]
    settle(key)
    assert faults(key, later=2) == []


def test_what_a_restored_database_brings_from_another_server_is_sealed_too(
    superuser: psycopg.Connection[Any], key: Ed25519PrivateKey
) -> None:
    settle(key)
    write("restored")
    superuser.execute("UPDATE trail_entry SET xid = '999999999999'::xid8 WHERE subject_key = 'restored'")
    settle(key)
    assert faults(key, later=2) == []


def test_one_sealer_at_a_time(own_database: str, key: Ed25519PrivateKey) -> None:
    settle(key)
    write("a")
    with psycopg.connect(os.environ["FRONTDOOR_DATABASE_URL"]) as other:
        other.execute("SELECT pg_advisory_xact_lock(hashtextextended('trail.seal', 874))")
        assert seal(key) == 0
        assert unsealed() == ["test.write"]
    settle(key)


def test_a_backlog_is_sealed_in_steps(
    own_database: str, key: Ed25519PrivateKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(key)
    monkeypatch.setattr("frontdoor.trail.actions.sealing.MOST", 3)
    write(*range(7))
    steps = settle(key)
    assert sum(steps) >= 7
    assert max(steps) <= 3
    assert faults(key, later=2) == []


def test_what_was_written_before_days_without_a_sealer_is_sealed_in_the_end(
    superuser: psycopg.Connection[Any], key: Ed25519PrivateKey
) -> None:
    settle(key)
    write("a", "b")
    superuser.execute(
        "UPDATE trail_entry SET recorded_at = recorded_at + interval '5 days'"
        " WHERE id > (SELECT max(top) FROM trail_seal)"
    )
    settle(key)  # the floor moves up by days, and stays below what is not sealed
    write("c")
    settle(key)
    assert unsealed() == []


def test_a_trail_that_nobody_writes_makes_no_seals_of_seals(own_database: str, key: Ed25519PrivateKey) -> None:
    settle(key)
    number = last().number
    assert [seal(key) for _ in range(3)] == [0, 0, 0]
    assert last().number == number


def test_each_council_and_the_service_have_a_tree_of_their_own(own_database: str, key: Ed25519PrivateKey) -> None:
    write("a")
    write("b", council=CAMBRIDGESHIRE)
    write("c", council=SERVICE)
    for council in (PETERBOROUGH, CAMBRIDGESHIRE, SERVICE):
        assert settle(key, council)
        assert faults(key, council=council) == []
    with acting_for(PETERBOROUGH, by=SEALER):
        assert set(Seal.objects.values_list("authority_id", flat=True)) == {PETERBOROUGH}
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT authority_id FROM trail_leaf")
            assert cursor.fetchall() == [(PETERBOROUGH,)]


COLUMNS = {
    "actor": "'user:99'", "post": "'x'", "action": "'x.y'", "subject_kind": "'x'", "subject_key": "'x'", "why": "'x'",
    "detail": """'{"x": 1}'""", "at": "at - interval '1 second'", "recorded_at": "recorded_at + interval '1 us'",
    "xid": "'1'::xid8", "salt": "gen_random_uuid()",
}  # fmt: skip


@pytest.fixture
def sealed(own_database: str, key: Ed25519PrivateKey) -> int:
    """The number of an entry that is sealed, one among others."""
    settle(key)
    write("a", CHILD, "b", CHILD)
    settle(key)
    with acting_for(PETERBOROUGH, by=SEALER), connection.cursor() as cursor:
        cursor.execute("SELECT min(id) FROM trail_entry WHERE subject_key = %s", [str(CHILD)])
        number: int = cursor.fetchone()[0]
    return number


def test_any_column_that_a_superuser_changes_is_found(
    superuser: psycopg.Connection[Any], key: Ed25519PrivateKey, sealed: int
) -> None:
    kept = superuser.execute("SELECT * FROM trail_entry LIMIT 0").description or ()
    assert {column.name for column in kept} == set(COLUMNS) | {"id", "authority_id"}
    superuser.execute("CREATE TABLE was AS SELECT * FROM trail_entry")
    (seal_of_it,) = superuser.execute("SELECT seal FROM trail_leaf WHERE entry_id = %s", [sealed]).fetchone() or ()
    for column, value in COLUMNS.items():
        superuser.execute(f"UPDATE trail_entry SET {column} = {value} WHERE id = %s", [sealed])
        assert faults(key) == [f"seal {seal_of_it}: entry {sealed} is not as it was sealed"], column
        superuser.execute(f"UPDATE trail_entry e SET {column} = was.{column} FROM was WHERE was.id = e.id")
        assert faults(key) == [], column


SEAL = "authority_id = 874 AND number = {seal}"
TAMPERED = {
    "an entry taken away": "DELETE FROM trail_entry WHERE id = {entry}",
    "an entry moved to the other council": "UPDATE trail_entry SET authority_id = 873 WHERE id = {entry}",
    "an entry and its leaf taken away": (
        "DELETE FROM trail_entry WHERE id = {entry}; DELETE FROM trail_leaf WHERE entry_id = {entry}"
    ),
    "a leaf taken away": "DELETE FROM trail_leaf WHERE entry_id = {entry}",
    "a leaf changed": "UPDATE trail_leaf SET inner_hash = sha256('x') WHERE entry_id = {entry}",
    "a leaf given to another subject": "UPDATE trail_leaf SET tag = sha256('x') WHERE entry_id = {entry}",
    "a head changed": f"UPDATE trail_seal SET head = sha256('x') WHERE {SEAL}",
    "a root changed": f"UPDATE trail_seal SET root = sha256('x') WHERE {SEAL}",
    "a seal's time changed": f"UPDATE trail_seal SET sealed_at = sealed_at - interval '1 day' WHERE {SEAL}",
    "a signature changed": f"UPDATE trail_seal SET signature = sha256('x') || sha256('y') WHERE {SEAL}",
    "an earlier seal taken away": (
        "DELETE FROM trail_leaf WHERE authority_id = 874 AND seal = 1;"
        " DELETE FROM trail_seal WHERE authority_id = 874 AND number = 1"
    ),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_whatever_a_superuser_does_to_entries_leaves_and_seals_is_found(
    superuser: psycopg.Connection[Any], key: Ed25519PrivateKey, sealed: int, how: str
) -> None:
    assert faults(key) == []
    superuser.execute(TAMPERED[how].format(entry=sealed, seal=last().number))
    assert faults(key), how


def test_an_entry_of_long_ago_that_the_sealer_was_made_to_seal_is_found(
    superuser: psycopg.Connection[Any], key: Ed25519PrivateKey, sealed: int
) -> None:
    write("forged")
    superuser.execute(
        "UPDATE trail_entry SET recorded_at = recorded_at - interval '30 days' WHERE subject_key = 'forged'"
    )
    settle(key)
    assert [re.sub(r"\d+", "N", words) for words in faults(key)] == ["seal N: entry N was slipped in behind"]


def test_an_entry_slipped_in_behind_the_sealer_is_found(
    superuser: psycopg.Connection[Any], key: Ed25519PrivateKey, sealed: int
) -> None:
    superuser.execute(
        "INSERT INTO trail_entry (id, authority_id, actor, post, action, subject_kind, subject_key, why, detail, at,"
        " recorded_at, xid) OVERRIDING SYSTEM VALUE SELECT -1, 874, 'user:1', '', 'test.forged', '', '', '', '{}',"
        " now() - interval '30 days', now() - interval '30 days', '1'::xid8"
    )
    assert faults(key, later=2) == ["entry -1 was not sealed"]
    assert seal(key) == 0  # nor does the sealer take it in afterwards, as if it had always been there


def test_a_whole_chain_made_anew_with_another_key_is_found(
    superuser: psycopg.Connection[Any], key: Ed25519PrivateKey, sealed: int
) -> None:
    superuser.execute("TRUNCATE trail_leaf, trail_seal")
    superuser.execute("UPDATE trail_entry SET why = 'rewritten' WHERE id = %s", [sealed])
    forger = Ed25519PrivateKey.generate()
    settle(forger)
    assert faults(forger) == []
    assert faults(key)


def test_seals_that_were_given_out_are_missed_when_they_are_gone(
    superuser: psycopg.Connection[Any], key: Ed25519PrivateKey, sealed: int, directory: Path
) -> None:
    with acting_for(PETERBOROUGH, by=SEALER) as by:
        file = trail.publish(directory, key=key, by=by, at=datetime.now(UTC))
        assert trail.publish(directory, key=key, by=by, at=datetime.now(UTC)) is None
    assert file is not None
    assert stat.S_IMODE(file.stat().st_mode) == 0o444
    assert faults(key, directory) == []
    number = last().number
    superuser.execute("DELETE FROM trail_leaf WHERE authority_id = 874 AND seal = %s", [number])
    superuser.execute("DELETE FROM trail_seal WHERE authority_id = 874 AND number = %s", [number])
    superuser.execute("DELETE FROM trail_entry WHERE authority_id = 874 AND id >= %s", [sealed])
    assert faults(key) == []  # the end of a chain can be cut off: hence the heads kept elsewhere
    assert faults(key, directory) == [f"seal {number} is not the one that was given out in {file.name}"]


def test_the_application_changes_no_seal_and_no_leaf(own_database: str) -> None:
    for statement in ("UPDATE trail_seal SET entries = 0", "DELETE FROM trail_leaf", "TRUNCATE trail_seal CASCADE"):
        with pytest.raises(ProgrammingError, match="permission denied"), acting_for(PETERBOROUGH, by=SEALER):
            connection.cursor().execute(statement)


@pytest.mark.parametrize("statement", ["UPDATE trail_seal SET entries = 0", "DELETE FROM trail_leaf"])
def test_nor_does_the_owner_of_the_tables(own_database: str, statement: str) -> None:
    with psycopg.connect(os.environ["FRONTDOOR_OWNER_URL"]) as owner:
        owner.execute(
            "SELECT set_config('frontdoor.authority', '874', true), set_config('frontdoor.actor', 'me', true)"
        )
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="the trail cannot be changed"):
            owner.execute(statement)


def test_a_proof_of_one_child_holds_with_the_public_key_and_shows_no_other_childs_entry(
    own_database: str, key: Ed25519PrivateKey, sealed: int, world: World
) -> None:
    write(CHILD, "c", "d")
    settle(key)
    with world.acting("data_protection_officer", of=PETERBOROUGH) as by:
        mark, seals = queries.open_proof(CHILD, key=key, by=by, at=datetime.now(UTC), why="asked by the court")
    proof = [rules.from_json(one) for one in json.loads(json.dumps(seals))]
    assert rules.faults(mark, proof, key.public_key()) == []
    shown = [one.fields for each in proof for one in each.shown if one.fields]
    assert [fields[rules.SUBJECT] for fields in shown] == [str(CHILD)] * 3
    assert any(not one.fields for each in proof for one in each.shown)  # neighbours, without what they are about
    with world.acting("team_manager") as by, pytest.raises(NotPermitted):
        queries.open_proof(CHILD, key=key, by=by, at=datetime.now(UTC), why="no")


def test_nobody_but_the_sealer_seals(own_database: str, key: Ed25519PrivateKey, world: World) -> None:
    with world.acting("head_of_service") as by, pytest.raises(NotPermitted):
        trail.seal(key=key, by=by, at=datetime.now(UTC))


def verified() -> str:
    told = StringIO()
    call_command("verify_trail", stdout=told, stderr=told)
    return told.getvalue()


def test_the_command_says_how_much_it_checked_and_fails_on_a_fault(
    superuser: psycopg.Connection[Any], sealed: int, directory: Path
) -> None:
    assert re.search(r"Peterborough: \d+ entries in \d+ seals checked", verified())
    assert "The service" in verified()
    superuser.execute("UPDATE trail_entry SET why = 'x' WHERE id = %s", [sealed])
    with pytest.raises(CommandError, match="1 faults found"):
        verified()


def troubled() -> set[int]:
    everybody = {SERVICE, PETERBOROUGH, CAMBRIDGESHIRE}
    return queries.sealing_trouble(everybody, at=datetime.now(UTC))


@pytest.fixture
def notice(monkeypatch: pytest.MonkeyPatch) -> Callable[[], bool]:
    """Whether every page would warn, asked anew each time."""
    monkeypatch.setattr(sealing, "LOOK_AGAIN", 0.0)
    return lambda: sealing.trouble() is not None


def test_a_sealer_that_fails_is_shown_until_it_works_again(
    own_database: str, settings: Any, notice: Callable[[], bool], caplog: pytest.LogCaptureFixture
) -> None:
    sealing.seal_everything(datetime.now(UTC))
    assert not notice()
    good, settings.SEAL_KEY_FILE = settings.SEAL_KEY_FILE, Path("/nowhere/seal.key")
    sealing.seal_everything(datetime.now(UTC))
    assert notice()
    assert troubled() == {SERVICE, PETERBOROUGH, CAMBRIDGESHIRE}
    assert Sealing.objects.get(authority_id=PETERBOROUGH).failure == "NoKey"
    settings.SEAL_KEY_FILE = good
    sealing.seal_everything(datetime.now(UTC))
    assert not notice()


def test_one_council_that_fails_stops_no_other(
    own_database: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    working = trail.seal

    def fails_for_one(*, by: Actor, **given: Any) -> int:
        if by.authority == CAMBRIDGESHIRE:
            raise RuntimeError("no")
        return working(by=by, **given)

    monkeypatch.setattr(trail, "seal", fails_for_one)
    sealing.seal_everything(datetime.now(UTC))
    assert troubled() == {CAMBRIDGESHIRE}


def test_a_silent_sealer_is_shown(own_database: str, notice: Callable[[], bool]) -> None:
    now = datetime.now(UTC)
    sealing.seal_everything(now)
    with time_machine.travel(now + timedelta(minutes=59)):
        assert not notice()
    with time_machine.travel(now + timedelta(minutes=61)):
        assert notice()


def test_a_council_that_was_never_sealed_is_shown(own_database: str) -> None:
    assert queries.sealing_trouble({999}, at=datetime.now(UTC)) == {999}


def test_heads_are_given_out_and_sent_once(own_database: str, directory: Path, key: Ed25519PrivateKey) -> None:
    for council in (SERVICE, CAMBRIDGESHIRE, PETERBOROUGH):
        write("a", council=council)
        settle(key, council)
    for _ in range(2):
        sealing.publish_everything(datetime.now(UTC))
    assert len(list(directory.glob("*.json"))) == 3
    assert sorted(sent.to for sent in mail.outbox) == [
        ["data.protection@cambridgeshire.example.org"], ["data.protection@peterborough.example.org"],
        ["service@example.org"],
    ]  # fmt: skip
    given = json.loads(next(directory.glob("874-*.json")).read_text())
    public = key.public_key()
    assert rules.signed_by(public, bytes.fromhex(given["signature"]), bytes.fromhex(given["head"]))
    assert given["head"] in "".join(sent.body for sent in mail.outbox)


def test_the_minute_by_minute_worker_seals(own_database: str) -> None:
    from frontdoor.config import jobs

    heard = Sealing.objects.get(authority_id=PETERBOROUGH).heard_at
    jobs.seal(timestamp=0)
    assert Sealing.objects.get(authority_id=PETERBOROUGH).heard_at > heard


def test_a_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "seal.key"
    make_key(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    made = trail.signing_key(file)
    with pytest.raises(FileExistsError):
        make_key(file)
    assert trail.signing_key(file).public_key() == made.public_key()


@pytest.mark.parametrize("content", ["", "not hex", "ab" * 31])
def test_a_file_without_a_key_is_told(tmp_path: Path, content: str) -> None:
    file = tmp_path / "seal.key"
    file.write_text(content)
    with pytest.raises(trail.NoKey):
        trail.signing_key(file)
    with pytest.raises(trail.NoKey):
        trail.signing_key(None)
