"""The bench runs from end to end on few contacts. Times are never asserted: a test machine has other things to do."""

import os
import random
import re
import subprocess
import sys
from collections import Counter
from datetime import datetime, timedelta

import pytest

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEEDER
from frontdoor.background.actions import later
from frontdoor.config.bench.checking import Checked
from frontdoor.config.bench.invented import Chain, chunks
from frontdoor.config.bench.load import Held, left_undone, lines
from frontdoor.config.bench.report import BEGIN, END, PAGE, table, write
from frontdoor.config.bench.timing import Line
from frontdoor.config.bench.visiting import Account
from frontdoor.config.commands import bench
from frontdoor.contacts.rules import intake
from tests.house.source import ROOT


def _made(count=50, waiting=5):
    due_at = lambda received: received + timedelta(days=1)  # noqa: E731
    return list(chunks(873, first=1, count=count, waiting=waiting, chain=Chain(), due_at=due_at, size=20))


def _cells(made):
    return [line.split("\t") for chunk in made for line in chunk.arrivals.decode().splitlines()]


def test_the_same_seed_makes_the_same_contacts_whatever_is_random_beside():
    first = _made()
    random.seed(1)
    assert _made() == first


def test_an_invented_body_is_one_that_a_report_would_have():
    import json

    for cells in _cells(_made()):
        body = json.loads(cells[5])
        assert intake.body(intake.report(body)) == body | {"schema": intake.SCHEMA}
        assert cells[6] == rf"\\x{intake.digest(body).hex()}"


def test_the_newest_wait_and_all_others_are_closed():
    states = [cells[10] for cells in _cells(_made())]
    assert set(states[:45]) == {"closed"}
    assert "closed" not in states[45:]


def test_times_rise_and_numbers_have_no_gap():
    cells = _cells(_made())
    numbers = [int(each[4]) for each in cells if each[3] == "web"]
    assert numbers == list(range(1, len(numbers) + 1))
    times = [datetime.fromisoformat(each[8]) for each in cells[:45]]
    assert times[0] < times[-1]


def test_writing_replaces_what_stands_between_the_markers(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    write("new\n", page)
    assert page.read_text() == f"before\n{BEGIN}\nnew\n{END}\nafter\n"
    page.write_text("no markers")
    with pytest.raises(ValueError, match="no markers"):
        write("new\n", page)


def test_a_missed_target_is_shown_as_missed():
    said = table([Line("a page", "1", "3", "3.00x", "at most 2x", False)], size=10, command="bench", server="18")
    assert "| a page | 1 | 3 | 3.00x | at most 2x | **missed** |" in said


def test_the_page_of_performance_has_a_table_of_a_million():
    assert "1,000,000 contacts" in PAGE.read_text(encoding="utf-8").partition(BEGIN)[2]


def test_those_looked_for_are_the_same_each_time_and_each_has_one_slip():
    from rapidfuzz.distance import OSA

    from frontdoor.config.bench.searching import slipped, wanted

    assert wanted(874, 1, 10_000, 5) == wanted(874, 1, 10_000, 5)
    chance = random.Random(3)  # noqa: S311
    assert {OSA.distance("setchfield", slipped("setchfield", chance)) for _ in range(200)} <= {0, 1}


def test_a_quick_run_prints_its_table_and_the_queue_keeps_to_its_statements():
    """Over two seconds: it starts a PostgreSQL of its own and makes ten thousand contacts, unless they are kept."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FRONTDOOR_")}
    environment |= {"PYTHONPATH": str(ROOT / "src"), "FRONTDOOR_TESTING": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "frontdoor", "bench", "--quick"], env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    rows = {cells[1].strip(): [each.strip() for each in cells[2:-1]] for cells in _table(done.stdout)}
    for name in ("queue page", "row-level security: queue page", "contact submitted: the action, in one transaction"):
        assert re.fullmatch(r"[\d.]+ / [\d.]+ ms", rows[name][1])
    counts = {name: cells[-1] for name, cells in rows.items() if "statements a council" in name or "session" in name}
    assert list(counts.values()) == ["met", "met"]


@pytest.mark.parametrize("words", [["--load", "0"], ["--load", "-1"], ["--load", "1", "--people", "0"]])
def test_a_load_of_no_seconds_or_nobody_is_not_begun(words, capsys):
    with pytest.raises(SystemExit):
        bench.run(words)
    assert "at least 1" in capsys.readouterr().err


def _held(told):
    return Held(10.0, {"a page": told}, Counter(), [Account()], Checked(Counter(), 0))


@pytest.mark.parametrize(("told", "said", "met"), [
    ([], "no answer at all", False), ([7.0], "1 answers, 0 a second; 7 / 7 ms", True),
    ([7.0, 9.0], "2 answers, 0 a second; 8 / 9 ms", True),
])  # fmt: skip
def test_a_load_of_few_answers_is_told_as_it_was(told, said, met):
    answers, errors, *_ = lines(_held(told), 1)
    assert answers.candidate == said
    assert errors.met is met


@pytest.mark.django_db
def test_what_the_worker_has_not_done_in_time_is_counted():
    assert left_undone(0) == 0
    with acting_for(874, by=SEEDER):
        later("mash.hear", request="one")
    assert left_undone(0) == 1


def _table(text):
    return [line.split("|") for line in text.splitlines() if line.startswith("| ") and not line.startswith("| what")]
