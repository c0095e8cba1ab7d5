"""A web process that ends is started again, also when it ends again at once; the others go on serving."""

import os
import signal
import subprocess
import threading

import pytest

from tests.faults.test_kill import Server, server, status

__all__ = ["server"]


def processes(parent: int) -> set[int]:
    """The worker processes of a server."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in listed.splitlines()]
    return {int(pid) for pid, ppid, command in rows if int(ppid) == parent and "tracker" not in command}


def whole_again(server: Server, without: int) -> set[int]:
    """The two worker processes, once there are two again."""
    assert server.process is not None
    for _ in range(300):
        found = processes(server.process.pid) - {without}
        if len(found) == 2:
            return found
        if server.process.poll() is not None:
            break
        threading.Event().wait(0.05)
    return pytest.fail("the server gave up")


def test_a_worker_that_is_killed_again_and_again_comes_back(server: Server) -> None:
    server.start()
    assert server.process is not None
    running = whole_again(server, without=0)
    for _ in range(4):
        newest = max(running)  # the one that was started last: it ends again within seconds
        os.kill(newest, signal.SIGKILL)
        running = whole_again(server, without=newest)
        assert status(f"{server.address}/") == 200
    assert server.process.poll() is None
