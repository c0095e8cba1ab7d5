"""`./frontdoor demo` starts whole and stops whole. Takes as long as the demonstration's own people take to come in."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from frontdoor.config.cluster import Cluster
from tests.house.source import ROOT

READY = "Ctrl-C stops all of it."


@pytest.fixture(scope="module")
def state():
    """A state directory of this test's own, so that it never meets a demonstration that somebody is looking at."""
    directory = Path(tempfile.mkdtemp(prefix="fd-", dir="/var/tmp"))
    yield directory
    Cluster("demo", directory).stop()
    shutil.rmtree(directory)


def _demo(state):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FRONTDOOR_")}
    environment |= {"PYTHONPATH": str(ROOT / "src"), "FRONTDOOR_STATE": str(state)}
    command = [sys.executable, "-m", "frontdoor", "demo"]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    )


def _started(process):
    """What a demonstration prints until it is ready."""
    lines = []
    for line in process.stdout:
        lines.append(line.rstrip())
        if READY in line:
            return lines
    pytest.fail("it ended before it was ready:\n" + "\n".join(lines))


def _address(lines):
    return next(line.rpartition(" ")[2] for line in lines if "http://" in line)


def _status(address):
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return answer.status
    except urllib.error.URLError:
        return None


def test_it_starts_says_where_it_is_and_leaves_nothing_behind(state):
    process = _demo(state)
    lines = _started(process)
    address = _address(lines)
    assert _status(address) == 200

    accounts = json.loads((state / "accounts.json").read_text())
    said = "\n".join(lines)
    assert accounts
    assert all(account["email"] in said and account["password"] in said for account in accounts)

    second = _demo(state)
    second.communicate()
    assert second.returncode == 1
    assert _status(address) == 200

    process.send_signal(signal.SIGINT)
    process.communicate()
    assert process.returncode == 0
    assert _status(address) is None
    assert not Cluster("demo", state).running


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_it_stops_whole_however_it_is_told_and_keeps_its_data(state, number):
    process = _demo(state)
    address = _address(_started(process))
    assert _status(address) == 200
    process.send_signal(number)
    process.communicate()
    assert _status(address) is None
    assert not Cluster("demo", state).running
    assert (state / "demo" / "data" / "PG_VERSION").exists()
