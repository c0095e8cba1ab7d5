"""The mailbox is drained while the process that drains it is killed at every step: nothing is lost, nothing doubled."""

import os
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEALER
from frontdoor.config.environment import Mailbox
from frontdoor.config.mailbox import MailboxAway, drain
from frontdoor.contacts.actions.correspondence import take_in_message
from frontdoor.contacts.models import Contact, Correspondence
from frontdoor.contacts.queries import receipts
from frontdoor.contacts.rules.correspondence import LARGEST
from frontdoor.files.models import File
from tests.contacts.writing import mail
from tests.house.source import ROOT
from tests.imap import Imap, serving

Step = tuple[str, str, int, float]

KILLED_AT: list[Step] = [
    ("after", "fetch", 7, 0.004),
    ("before", "fetch", 12, 0.0),
    ("before", "move", 1, 0.0),
    ("after", "fetch", 3, 0.012),
    ("after", "move", 1, 0.0),
]
"""At which steps, one after the other, for the how manieth time, and how many seconds later: in the middle of what the
database is doing. What is killed is started again."""

WHERE_IT_COPIES: list[Step] = [("before", "move", 1, 0.0), ("after", "copy", 1, 0.0)]


def mailbox(imap: Imap) -> Mailbox:
    return Mailbox(874, "127.0.0.1", imap.port, safe=False, user="door@example.org", password=imap.password)


def fill(imap: Imap, number: int) -> None:
    begin = datetime.now(UTC) - timedelta(hours=2)
    for each in range(number):
        imap.put(
            mail(f"Worry {each} about a child.", message_id=f"<{each}@example.org>"), begin + timedelta(seconds=each)
        )


def process(imap: Imap) -> "subprocess.Popen[bytes]":
    environment = os.environ | {
        "PYTHONPATH": str(ROOT / "src"),
        "FRONTDOOR_MAILBOX": f"874=imap://door%40example.org@127.0.0.1:{imap.port}/INBOX",
        "FRONTDOOR_MAILBOX_PASSWORD_874": imap.password,
    }
    command = [sys.executable, "-m", "frontdoor", "mailbox"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


class Killer:
    """Ends the draining process the n-th time that it comes to a step, or some thousandths of a second after."""

    def __init__(self, when: str, what: str, count: int, seconds: float) -> None:
        self.step, self.count, self.seconds = (when, what), count, seconds
        self.victim: subprocess.Popen[bytes] | None = None
        self.struck = False

    def __call__(self, when: str, what: str) -> None:
        if (when, what) != self.step or self.victim is None or self.struck:
            return
        self.count -= 1
        if self.count == 0:
            self.struck = True
            if self.seconds:
                threading.Timer(self.seconds, self.strike).start()
            else:
                self.strike()
                self.victim.wait()

    def strike(self) -> None:
        if self.victim is not None:
            os.kill(self.victim.pid, signal.SIGKILL)


@pytest.mark.parametrize(
    ("messages", "steps", "moves"),
    [
        pytest.param(60, KILLED_AT, True, id="60, the server moves"),
        pytest.param(20, WHERE_IT_COPIES, False, id="20, the server copies and deletes"),
        pytest.param(5_000, KILLED_AT, True, id="5,000", marks=pytest.mark.thorough),
    ],
)
def test_a_mailbox_is_drained_without_loss_or_double_when_it_is_killed_at_any_step(
    own_database: str, messages: int, steps: list[Step], moves: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(moves=moves) as imap:
        fill(imap, messages)
        for step in steps:
            imap.stop = killer = Killer(*step)
            with process(imap) as killer.victim:
                said, _ = killer.victim.communicate(timeout=3600)
            assert killer.struck, (step, said.decode()[-2000:])
            assert killer.victim.returncode == -signal.SIGKILL
        imap.stop = lambda when, what: None
        with process(imap) as last:
            said, _ = last.communicate(timeout=3600)
        assert last.returncode == 0, said.decode()[-2000:]
        assert imap.folders["INBOX"] == []
        assert len({each.content for each in imap.folders["Taken in"]}) == messages
    with acting_for(874, by=SEALER) as by:
        told = [contact.story.strip() for contact in Contact.objects.all()]
        assert sorted(told) == sorted(f"Worry {each} about a child." for each in range(messages))
        assert Correspondence.objects.count() == File.objects.count() == messages
        assert list(receipts.broken(by=by)) == []
        taken_at = list(Correspondence.objects.order_by("taken_at").values_list("taken_at", flat=True))
    last_ones = taken_at[messages // 5 :]
    rate = len(last_ones) / (last_ones[-1] - last_ones[0]).total_seconds()
    with capsys.disabled():
        print(f" {rate:.0f} messages a second ", end="")


def test_a_message_that_cannot_be_taken_in_stays_and_stops_no_other(
    own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import OperationalError

    real = take_in_message

    def sometimes(content: bytes, **options: object) -> object:
        if b"Worry 1 " in content:
            raise OperationalError("the disk is full")
        return real(content, **options)  # type: ignore[arg-type]  # what the real one was given

    monkeypatch.setattr("frontdoor.config.mailbox.take_in_message", sometimes)
    with serving() as imap:
        fill(imap, 3)
        done = drain(mailbox(imap))
        assert (done.taken, done.failed) == (2, 1)
        assert [b"Worry 1 " in each.content for each in imap.folders["INBOX"]] == [True]
        monkeypatch.undo()
        assert drain(mailbox(imap)).taken == 1


def test_a_message_too_large_to_keep_has_its_number_and_stays_in_a_folder_of_its_own(own_database: str) -> None:
    reached = datetime(2026, 3, 24, 10, tzinfo=UTC)
    with serving() as imap:
        imap.put(mail("Mia must not go home.") + b"\r\n" + b"x" * LARGEST, reached)
        done = drain(mailbox(imap))
        assert (done.taken, done.large) == (1, 1)
        assert [len(each.content) > LARGEST for each in imap.folders["Too large"]] == [True]
    with acting_for(874, by=SEALER):
        contact = Contact.objects.get()
        assert contact.received_at == reached
        assert "Mia must not go home" in contact.story
        assert Correspondence.objects.get().original is None


def test_two_who_drain_at_once_take_each_message_in_once(own_database: str) -> None:
    with serving() as imap:
        fill(imap, 12)
        both = [process(imap), process(imap)]
        for each in both:
            each.communicate(timeout=300)
        drain(mailbox(imap))
        assert imap.folders["INBOX"] == []
    with acting_for(874, by=SEALER):
        assert Contact.objects.count() == 12


def test_a_mailbox_that_is_away_says_so(own_database: str) -> None:
    with serving() as imap:
        away = mailbox(imap)
        imap.password = "another one"
        with pytest.raises(MailboxAway):
            drain(away)
    with pytest.raises(MailboxAway):
        drain(away)


def test_only_so_many_seconds_are_spent_in_one_run(own_database: str) -> None:
    with serving() as imap:
        fill(imap, 3)
        assert drain(mailbox(imap), seconds=-1).taken == 0
        assert drain(mailbox(imap), seconds=60).taken == 3
