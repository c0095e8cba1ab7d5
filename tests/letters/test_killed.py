"""A worker killed with a letter in its hands: the letter goes out once, whenever it happened."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from frontdoor.actors.rules import MAILER
from frontdoor.letters.models import Letter
from frontdoor.letters.rules import STALE, State


def _work(letter: Letter, when: str, state: Path) -> int:
    environment = os.environ | {"PYTHONPATH": "src", "FRONTDOOR_STATE": str(state)}
    command = [sys.executable, "-m", "tests.letters.dying_worker", str(letter.key), when]
    return subprocess.run(command, env=environment, check=False).returncode


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_worker_killed_while_sending_loses_nothing_and_sends_nothing_twice(
    *, own_database: str, acknowledge, world, now, tmp_path: Path, when: str
) -> None:
    letter = acknowledge()
    assert _work(letter, when, tmp_path) == -signal.SIGKILL
    assert now(letter).state == State.SENDING
    with world.system(MAILER):  # two minutes pass
        Letter.objects.filter(key=letter.key).update(tried_at=letter.tried_at - STALE - timedelta(seconds=1))
    assert _work(letter, "never", tmp_path) == 0
    assert now(letter).state == State.SENT
    assert [path.name for path in (tmp_path / "mail").iterdir() if path.suffix] == [f"{letter.key}.eml"]
