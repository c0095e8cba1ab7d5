"""The embedded PostgreSQL: safe for several commands of one clone, and for several clones."""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from frontdoor.config import cluster as launcher
from frontdoor.config.cluster import Cluster, ClusterError, roles_for_operator, state_directory


@pytest.fixture(scope="module")
def state():
    """A state directory that the server's account reaches; pytest's own is closed to others when root runs it."""
    directory = Path(tempfile.mkdtemp(prefix="fd-", dir="/var/tmp"))
    yield directory
    for kind in launcher.KINDS:
        Cluster(kind, directory).stop()
    shutil.rmtree(directory)


@pytest.fixture
def cluster(state):
    """A stopped test cluster that nobody else knows."""
    made = Cluster("test", state)
    yield made
    made.stop()


def _answers(cluster):
    with cluster.connect("frontdoor_app", "frontdoor") as connection:
        return connection.execute("SELECT 1").fetchone() == (1,)


def test_the_last_user_stops_it(cluster):
    with cluster.used():
        with Cluster("test", cluster.state).used():
            assert _answers(cluster)
        assert _answers(cluster)
    assert not cluster.running


def test_it_is_not_stopped_under_somebody_else_by_the_one_who_started_it(cluster):
    first, second = cluster.used(), Cluster("test", cluster.state).used()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert _answers(cluster)
    second.__exit__(None, None, None)
    assert not cluster.running


def test_what_was_started_to_be_kept_is_left_running(cluster):
    with cluster.used(keep=True):
        pass
    assert cluster.running
    with cluster.used():
        pass
    assert cluster.running


def test_two_commands_that_start_it_at_once_get_one_cluster(cluster):
    cluster.discard()
    code = (
        "import sys; from pathlib import Path; from frontdoor.config.cluster import Cluster\n"
        "with Cluster('test', Path(sys.argv[1])).used() as c, c.connect() as s:\n"
        "    print(s.execute('SELECT system_identifier FROM pg_control_system()').fetchone()[0], flush=True)\n"
        "    sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(cluster.state)]
    environment = os.environ | {"PYTHONPATH": "src"}
    both = [
        subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = {process.stdout.readline() for process in both}  # each holds it until the other has answered
    for process in both:
        process.communicate("")
        assert process.returncode == 0
    assert len(said) == 1
    assert not cluster.running


def test_a_cluster_made_from_another_recipe_is_made_anew(cluster):
    with cluster.used():
        pass
    (cluster.home / "recipe").write_text("of another release")
    with cluster.used():
        assert _answers(cluster)


def test_a_half_made_cluster_is_made_anew(cluster):
    with cluster.used():
        pass
    (cluster.home / "recipe").unlink()
    (cluster.data / "global" / "pg_control").unlink()
    with cluster.used():
        assert _answers(cluster)


def test_a_demonstration_is_never_thrown_away_by_itself(state):
    demo = Cluster("demo", state)
    with demo.used(), demo.connect("frontdoor_app", "frontdoor") as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
    (demo.home / "recipe").write_text("of another release")
    with pytest.raises(ClusterError, match="another release"), demo.used():
        pass


def test_only_the_bench_has_a_role_that_passes_by_the_policies_beside_the_backup(state):
    passing = "SELECT rolname FROM pg_roles WHERE rolbypassrls AND rolname LIKE 'frontdoor%' ORDER BY 1"
    with Cluster("bench", state).used() as bench, bench.connect() as connection:
        assert connection.execute(passing).fetchall() == [("frontdoor_backup",), ("frontdoor_unwalled",)]
    with Cluster("test", state).used() as test, test.connect() as connection:
        assert connection.execute(passing).fetchall() == [("frontdoor_backup",)]


def test_a_password_is_asked_of_everybody(cluster):
    with cluster.used():
        wrong = launcher.url("postgres", "guessed", cluster.socket, "postgres")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(wrong)


def test_the_passwords_are_readable_by_their_owner_alone(cluster):
    with cluster.used():
        assert stat.S_IMODE((cluster.home / "secrets.json").stat().st_mode) == 0o600
        assert stat.S_IMODE(cluster.data.stat().st_mode) == 0o700
        assert stat.S_IMODE(cluster.socket.stat().st_mode) == 0o700
        assert not stat.S_IMODE(cluster.home.stat().st_mode) & (stat.S_IRGRP | stat.S_IROTH)


def test_a_directory_of_somebody_else_is_refused(state, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with pytest.raises(ClusterError, match="belongs to somebody else"), Cluster("test", state).used():
        pass


def test_a_path_too_long_for_a_socket_is_refused_in_words(tmp_path):
    with pytest.raises(ClusterError, match="too long"), Cluster("test", tmp_path / ("long" * 30)).used():
        pass


@pytest.fixture
def fresh():
    """A directory with a short path, since a socket's is limited, in which nothing has been made."""
    with tempfile.TemporaryDirectory(prefix="fd-", dir="/var/tmp") as path:
        yield Path(path)


def test_a_place_where_nothing_can_be_made_is_refused_in_words(fresh):
    (fresh / "file").touch()
    with pytest.raises(ClusterError, match="cannot be made"), Cluster("test", fresh / "file" / "state").used():
        pass


def test_a_full_disk_is_refused_before_anything_is_made(fresh, monkeypatch):
    monkeypatch.setattr(launcher, "NEEDED", 10**18)
    with pytest.raises(ClusterError, match="MB are free at"), Cluster("bench", fresh).used():
        pass
    assert not Cluster("bench", fresh).data.exists()


def test_each_clone_has_a_state_directory_of_its_own(monkeypatch):
    here = state_directory({})
    monkeypatch.setattr(launcher, "CLONE", Path("/elsewhere"))
    assert state_directory({}) != here
    assert state_directory({"FRONTDOOR_STATE": "/given"}) == Path("/given")


def test_an_operators_roles_are_those_of_the_launcher(cluster):
    """What the operator runs by psql differs from what the launcher runs in passwords alone."""
    text = roles_for_operator()
    for line in launcher.ROLES.strip().splitlines():
        assert line.split("{")[0] in text
    assert "{" not in text


def test_the_servers_log_holds_nothing_that_was_typed(cluster):
    with cluster.used(), cluster.connect("frontdoor_app", "frontdoor") as connection:
        with pytest.raises(psycopg.errors.InvalidTextRepresentation, match="Jonas Abernathy"):
            connection.execute("SELECT %s::text::int", ["Jonas Abernathy"])
        with pytest.raises(psycopg.OperationalError):
            cluster.connect("frontdoor_app", "nowhere")
        log = (cluster.data / "server.log").read_text()
    assert "nowhere" in log
    assert "Abernathy" not in log


def test_the_tests_server_lies_in_memory_where_there_is_room_and_stays_where_it_lies(monkeypatch, tmp_path):
    state, memory = tmp_path / "state", tmp_path / "memory"
    monkeypatch.setattr(launcher, "MEMORY", memory)
    monkeypatch.setattr(launcher, "ROOM", 1)
    assert launcher.in_memory(state) is None  # a machine that has no such place
    memory.mkdir()
    monkeypatch.setattr(launcher, "available_memory", lambda: 2)
    assert launcher.in_memory(state) is None  # too little of it
    monkeypatch.setattr(launcher, "available_memory", lambda: 3)
    home = launcher.in_memory(state)
    assert home is not None
    home.mkdir()
    monkeypatch.setattr(launcher, "available_memory", lambda: 2)
    assert launcher.in_memory(state) == home  # it stands there, and is found again
    (state / "test" / "data").mkdir(parents=True)
    assert launcher.in_memory(state) is None  # it stands on the disk
    assert Cluster("test", state).home == state / "test"  # who names a place gets that


def test_what_lay_in_memory_is_given_back_by_whoever_leaves_last(monkeypatch, state):
    memory = state / "memory"
    memory.mkdir(mode=0o755)
    state.chmod(0o755)
    monkeypatch.setattr(launcher, "MEMORY", memory)
    monkeypatch.setattr(launcher, "ROOM", 1)
    monkeypatch.setenv("FRONTDOOR_STATE", str(state / "clone"))
    made = Cluster("test")
    with made.used():
        assert made.home.parent == memory
        assert _answers(made)
    assert not made.data.exists()
    assert not made.running
