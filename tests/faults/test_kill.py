"""The web process is killed under load: every receipt given is stored, and repeating loses and doubles none.

Load goes to this machine alone, is bounded, and stops by itself; only processes started here are ended.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEALER
from frontdoor.config.commands.serve import free_port
from frontdoor.contacts.models import Receipt, Submission
from frontdoor.contacts.queries import receipts
from tests.house.source import ROOT
from tests.worlds import World

CLIENTS, EACH, KILLS = 4, 30, 3
BODY = {
    "story": "A boy of nine asked a neighbour for bread.",
    "source": "school",
    "referrer": {"name": "Nkechi Barrow", "agency": "Whittle Brook Primary School"},
    "people": [{"kind": "child", "given_name": "Alfie"}],
}


class Server:
    """The real server with two processes on the test's own database; killed and started as often as one likes."""

    def __init__(self, state: Path) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        # Not the tests' settings, which gather no static files, but a demonstration's: plain http on this machine.
        self.environment = {name: value for name, value in os.environ.items() if name != "FRONTDOOR_TESTING"}
        self.environment |= {"PYTHONPATH": str(ROOT / "src"), "FRONTDOOR_DEMO": "1", "FRONTDOOR_STATE": str(state)}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "frontdoor", "serve", f"--port={self.port}"]
        self.process = subprocess.Popen(
            command, env=self.environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
        )
        for _ in range(600):
            if status(f"{self.address}/") == 200:
                return
            threading.Event().wait(0.1)
        pytest.fail("the server did not answer")

    def kill(self) -> None:
        """End every process of the server at once, wherever each is."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


@pytest.fixture
def server(own_database: str, tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path)
    try:
        yield made
    finally:
        made.kill()


def status(address: str) -> int | None:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return int(answer.status)
    except (OSError, urllib.error.URLError):
        return None


def send(address: str, secret: str, key: str) -> str | None:
    """The receipt's number, or None where no answer came."""
    request = urllib.request.Request(
        f"{address}/api/v1/reports",
        data=json.dumps({**BODY, "story": f"{BODY['story']} {key}"}).encode(),
        headers={
            "Authorization": f"Bearer {secret}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return str(json.load(answer)["number"])
    except (OSError, urllib.error.URLError, json.JSONDecodeError):
        return None


class Senders:
    """Clients that keep a ledger of the receipts they were given."""

    def __init__(self, address: str, secret: str) -> None:
        self.address, self.secret = address, secret
        self.keys = [f"client-{client}-{number}" for client in range(CLIENTS) for number in range(EACH)]
        self.ledger: dict[str, str] = {}

    def send(self, keys: list[str]) -> None:
        for key in keys:
            if number := send(self.address, self.secret, key):
                self.ledger[key] = number

    def start(self) -> list[threading.Thread]:
        """Every client sends what it was not answered for yet."""
        missing = self.missing
        threads = [threading.Thread(target=self.send, args=(missing[place::CLIENTS],)) for place in range(CLIENTS)]
        for thread in threads:
            thread.start()
        return threads

    @property
    def missing(self) -> list[str]:
        return [key for key in self.keys if key not in self.ledger]


def test_receipts_survive_kills(server: Server, world: World) -> None:
    _, secret = world.api_client(council=874)
    senders = Senders(server.address, secret)
    for kill in range(1, KILLS + 1):
        server.start()
        threads = senders.start()
        while len(senders.ledger) < kill * len(senders.keys) // (KILLS + 1) and any(t.is_alive() for t in threads):
            threading.Event().wait(0.01)
        server.kill()
        for thread in threads:
            thread.join()
        assert senders.ledger.items() <= kept().items(), "a receipt was given for what is not stored"

    server.start()
    senders.send(senders.missing)
    assert senders.ledger == kept()
    assert sorted(kept().values()) == [f"874-S-{number:06d}" for number in range(1, len(senders.keys) + 1)]
    with acting_for(874, by=SEALER) as by:
        assert list(receipts.broken(by=by)) == []


def kept() -> dict[str, str]:
    """What is stored: key and receipt."""
    with acting_for(874, by=SEALER):
        numbers = {receipt.submission_id: str(receipt) for receipt in Receipt.objects.all()}
        return {row.idem: numbers[row.pk] for row in Submission.objects.all()}
