"""`./frontdoor demo`: database, site and worker, with two invented councils; one Ctrl-C stops all of it."""

import argparse
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import IO

from frontdoor.config.cluster import Cluster
from frontdoor.config.commands.serve import free_port

PATIENCE = 120
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Children:
    """The processes of the demonstration, each in a session of its own, so that only we tell them to stop."""

    def __init__(self, environment: dict[str, str], kept: Path) -> None:
        self.environment = environment
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.kept = kept

    def end_those_left(self) -> None:
        """End what a demonstration of this clone left running when it was killed; by number, and only if it is ours."""
        numbers = self.kept.read_text().split() if self.kept.exists() else []
        for number in numbers:
            asked = ["ps", "-p", number, "-o", "args="]
            said = subprocess.run(asked, capture_output=True, text=True, check=False)
            if said.stdout.startswith(f"{sys.executable} -m frontdoor"):
                with suppress(ProcessLookupError):
                    os.killpg(int(number), signal.SIGKILL)
        self.kept.unlink(missing_ok=True)

    def start(self, name: str, *arguments: str, more: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
        """Start `python -m …` and keep it under a name.

        :param more: variables for this one alone
        """
        command = [sys.executable, "-m", *arguments]
        environment = self.environment | dict(more or {})
        self.running[name] = subprocess.Popen(command, env=environment, start_new_session=True)
        with self.kept.open("a") as file:
            file.write(f"{self.running[name].pid}\n")
        return self.running[name]

    def dead(self) -> str | None:
        """The name of one that ended, if any did."""
        return next((name for name, child in self.running.items() if child.poll() is not None), None)

    def stop(self) -> None:
        """End all of them: politely, and after a while not. A second Ctrl-C does not cut this short."""
        for number in STOPPING:
            signal.signal(number, signal.SIG_IGN)
        for child in self.running.values():
            if child.poll() is None:
                child.terminate()
        for child in self.running.values():
            try:
                child.wait(timeout=40)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
        self.kept.unlink(missing_ok=True)


def run(arguments: list[str]) -> int:
    """Start everything, print where it is and who may sign in, and wait to be stopped."""
    parser = argparse.ArgumentParser(prog="./frontdoor demo", description="Starts everything with invented councils.")
    parser.add_argument("--port", type=int, default=0, help="port to listen on; a free one if none is given")
    parser.add_argument("--fresh", action="store_true", help="throw away what earlier demonstrations left")
    options = parser.parse_args(arguments)
    os.umask(0o077)
    for number in STOPPING:
        signal.signal(number, _interrupt)
    if options.port and not _free(options.port):
        raise SystemExit(f"Front Door: port {options.port} is taken. Give another, or leave --port out for a free one.")
    cluster = Cluster("demo")
    if options.fresh or not _seeded(cluster).exists():
        # Also what a first start left that was stopped half way: its people would never be complete.
        cluster.discard()
        _seeded(cluster).unlink(missing_ok=True)
    last = _last_port(cluster)
    with cluster.used(), _only_one(cluster.home / "site") as site:
        children = Children(
            {**os.environ, **cluster.environment(), "FRONTDOOR_DEMO": "1"}, kept=cluster.home / "children"
        )
        children.end_those_left()
        try:
            return _run(cluster, children, site, options.port or (last if last and _free(last) else free_port()))
        except KeyboardInterrupt:
            _say("stopping")
            return 130
        finally:
            children.stop()


def _last_port(cluster: Cluster) -> int:
    """The port of last time, which letters name; 0 where there was none."""
    try:
        return int((cluster.home / "site").read_text().rpartition(":")[2])
    except (OSError, ValueError):
        return 0


def _free(port: int) -> bool:
    """Whether nobody listens on a port at this moment; one that was left a moment ago counts as free."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return False
    return True


def _seeded(cluster: Cluster) -> Path:
    """Its presence says that everybody invented came in."""
    return cluster.home / "seeded"


def _run(cluster: Cluster, children: Children, site: IO[str], port: int) -> int:
    _say("preparing the database and the pages")
    if children.start("preparation", "frontdoor.config.commands.prepare").wait():
        return 1
    address = f"http://localhost:{port}"
    if not _seeded(cluster).exists():
        _say("letting the invented people in, with their history (about half a minute)")
    # Invented people may be let in without waiting for the disk at each step; the file after them says that all are.
    hasty = {"PGOPTIONS": "-c synchronous_commit=off"}
    people = children.start("people", "frontdoor", "django", "seed_demo", f"--address={address}", more=hasty)
    del children.running["preparation"]
    children.start("site", "frontdoor", "serve", f"--port={port}")
    if people.wait():
        return 1
    del children.running["people"]
    _seeded(cluster).touch()
    site.write(address)
    site.flush()
    children.start("worker", "frontdoor", "worker")
    if not _answering(children, f"http://127.0.0.1:{port}/"):
        return _ended(children)
    _show(address, cluster.state / "accounts.json")
    try:
        while not children.dead():
            time.sleep(0.5)
    except KeyboardInterrupt:
        _say("stopping")
        return 0
    return _ended(children)


@contextmanager
def _only_one(path: Path) -> Iterator[IO[str]]:
    """One demonstration a clone: a second is told where the first is."""
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise SystemExit(f"Front Door: the demonstration already runs here: {file.read() or 'starting'}") from None
        file.truncate(0)
        yield file


def _answering(children: Children, front_page: str) -> bool:
    """Whether the front page came within our patience; false at once if a process ended.

    Not the health page: after a night's rest that one is rightly unwell until the clocks are swept, within a minute.
    """
    until = time.monotonic() + PATIENCE
    while not children.dead() and time.monotonic() < until:
        try:
            with urllib.request.urlopen(front_page, timeout=5):  # noqa: S310 (an address of our own making)
                return True
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.1)
    return False


def _ended(children: Children) -> int:
    name = children.dead()
    _say(f"the {name} stopped by itself" if name else f"the site did not answer within {PATIENCE} seconds")
    return 1


def _show(address: str, accounts: Path) -> None:
    """Print where the site is, and the accounts that the seeding left: role, e-mail, password, name for `code`."""
    print(f"\nFront Door is running: {address}\n\nEverything in it is invented.")
    if accounts.exists():
        rows = json.loads(accounts.read_text())
        widths = [max(len(row[column]) for row in rows) for column in ("role", "email", "password")]
        print("\nSign in as, and with the code that the last command prints:\n")
        for row in rows:
            cells = zip((row["role"], row["email"], row["password"]), widths, strict=True)
            print("  " + "  ".join(f"{cell:<{width}}" for cell, width in cells), f" ./frontdoor code {row['code']}")
    print("\nCtrl-C stops all of it.", flush=True)


def _say(what: str) -> None:
    print(f"Front Door: {what}", file=sys.stderr, flush=True)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
