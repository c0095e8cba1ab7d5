"""The verbs of `./frontdoor`."""

import os
import subprocess
import sys

import pytest
from django.core.management import get_commands

from frontdoor.config.commands import VERBS
from tests.house.source import PACKAGE, ROOT


def _run(*words, **variables):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FRONTDOOR_")}
    command = [sys.executable, "-m", "frontdoor", *words]
    environment |= {"PYTHONPATH": str(ROOT / "src")} | variables
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_help_lists_every_verb_in_order():
    said = _run("help").stdout.splitlines()
    assert [line.split()[0] for line in said if line.startswith("  ")] == [verb.name for verb in VERBS]


def test_no_verb_at_all_is_a_call_for_help():
    assert _run().stdout == _run("help").stdout


def test_an_unknown_verb_is_answered_with_the_nearest():
    answer = _run("mirgate")
    assert answer.returncode == 2
    assert "There is no command 'mirgate'. Did you mean 'migrate'?" in answer.stderr


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_every_verb_has_something_that_runs_it(verb):
    module = PACKAGE / "config" / "commands" / f"{verb.module or verb.name}.py"
    assert module.exists() if verb.ours else verb.name in get_commands()


def test_every_command_of_a_room_is_a_verb_or_is_called_by_one():
    called = {"seed_demo", "drain_mailboxes", "import_people"}
    ours = {name for name, app in get_commands().items() if app.startswith("frontdoor.")}
    proofs = {name for name in ours if name.startswith("verify_")}
    assert ours - called - proofs <= {verb.name for verb in VERBS if not verb.ours}


def test_no_database_is_made_by_accident(tmp_path):
    answer = _run("migrate", FRONTDOOR_STATE=str(tmp_path / "nothing"))
    assert answer.returncode == 1
    assert "FRONTDOOR_DATABASE_URL is not set" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert not (tmp_path / "nothing").exists()
