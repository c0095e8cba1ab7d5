"""Bringing people in is killed in the middle and started again: what stands is what an undisturbed run brings."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import BRINGER
from tests.house.source import ROOT
from tests.people import tables
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH

PEOPLE = 7_000


def begun(folder: Path, council: str, report: Path) -> "subprocess.Popen[str]":
    words = [sys.executable, "-m", "frontdoor", "import", "people", str(folder), "--council", council]
    return subprocess.Popen(
        [*words, "--report", str(report)], env=os.environ | {"PYTHONPATH": str(ROOT / "src")}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


def test_an_import_that_is_killed_goes_on_and_brings_in_nothing_twice_and_no_half_family(
    own_database: str, tmp_path: Path
) -> None:
    from frontdoor.people.models import Bringing, Person

    folder = tmp_path / "tables"
    tables.made(folder, PEOPLE)
    killed = begun(folder, "peterborough", tmp_path / "killed.csv")
    assert killed.stderr is not None
    for line in killed.stderr:
        if " of 7,000 people" in line:
            break
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate()
    assert killed.returncode == -signal.SIGKILL
    with acting_for(PETERBOROUGH, by=BRINGER):
        half = Person.objects.count()
        run = Bringing.objects.get()
        assert (run.state, run.done) == ("running", half)
        assert 0 < half < PEOPLE
    families = {row[3] for row in tables.picture() if row[0] == "person"}
    assert families

    for council in ("peterborough", "cambridgeshire"):
        again = begun(folder, council, tmp_path / f"{council}.csv")
        said, wrong = again.communicate(timeout=300)
        assert again.returncode == 0, wrong
        assert "7,000 rows, 0 refused" in said
    assert tables.picture(PETERBOROUGH) == tables.picture(CAMBRIDGESHIRE)
    with acting_for(PETERBOROUGH, by=BRINGER):
        assert Bringing.objects.get().counts["new"] == PEOPLE
