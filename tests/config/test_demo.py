"""The demonstration's processes and port: what is ended, what is left alone, where it listens."""

import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from frontdoor.config.cluster import Cluster
from frontdoor.config.commands import demo


def asleep(called: str) -> subprocess.Popen[bytes]:
    """A process of its own session that the list of processes shows under this name."""
    return subprocess.Popen([called, "60"], executable=shutil.which("sleep"), start_new_session=True)


def test_what_a_killed_demonstration_left_is_ended_and_nothing_else(tmp_path: Path) -> None:
    ours, other = asleep(f"{sys.executable} -m frontdoor serve"), asleep("somebody-elses")
    try:
        (tmp_path / "children").write_text(f"{ours.pid}\n{other.pid}\n4194303\n")
        demo.Children({}, kept=tmp_path / "children").end_those_left()
        assert ours.wait(timeout=10) < 0
        assert other.poll() is None
        assert not (tmp_path / "children").exists()
    finally:
        for process in (ours, other):
            process.kill()
            process.wait()


def test_a_port_that_is_taken_is_said_before_anything_starts() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SystemExit, match="is taken"):
            demo.run([f"--port={taken.getsockname()[1]}"])


@pytest.mark.parametrize(("kept", "port"), [("http://localhost:41857", 41857), ("", 0), ("starting", 0)])
def test_it_listens_where_it_listened_last(tmp_path: Path, kept: str, port: int) -> None:
    cluster = Cluster("demo", tmp_path)
    cluster.home.mkdir()
    (cluster.home / "site").write_text(kept)
    assert demo._last_port(cluster) == port
