"""What `tests/selection.py` does with tests that fail once: named, and three at most; and in what order tests run."""

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.selection import BEGINNINGS, dealt

ROOT = Path(__file__).parents[2]
FAILS_ONCE = """
import pathlib
import pytest


@pytest.mark.parametrize("number", range({count}))
def test_fails_once(number):
    been = pathlib.Path(__file__).with_name(f"been-{{number}}")
    first = not been.exists()
    been.touch()
    assert not first


def test_fails_always():
    assert {passes}
"""


@pytest.mark.parametrize(
    ("count", "passes", "code", "said"),
    [
        (0, True, 0, "1 passed"),
        (3, True, 0, "4 passed, 3 rerun"),
        (4, True, 1, "More than 3 tests were unsteady"),
        (1, False, 1, "1 failed, 1 passed, 2 rerun"),
    ],
)
def test_a_test_that_passes_when_run_again_is_named_and_a_fourth_fails_the_run(
    tmp_path: Path, count: int, passes: bool, code: int, said: str
) -> None:
    (tmp_path / "test_once.py").write_text(FAILS_ONCE.format(count=count, passes=passes))
    (tmp_path / "pytest.ini").write_text("[pytest]\n")  # the project's own settings stay out
    command = [sys.executable, "-m", "pytest", "-q", "--reruns=1", "-p", "tests.selection", "-p", "no:django"]
    ran = subprocess.run([*command, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == code, ran.stdout + ran.stderr
    assert said in ran.stdout
    assert ran.stdout.count("UNSTEADY") == count
    assert "test_fails_always: failed, and passed" not in ran.stdout


def test_each_worker_begins_with_what_takes_long() -> None:
    names = [f"tests/{room}/test_a.py::test_{number}" for room in ("access", "mash") for number in range(20)]
    names += ["tests/scenarios/test_demonstration.py::test_a", "tests/separation/test_matrix.py::test_b[1]"]
    names += ["tests/faults/test_demo.py::test_a", "tests/trail/test_seals.py::test_a"]
    names += ["tests/scenarios/test_says_invented.py::test_a"]
    ordered = [item.nodeid for item in dealt([SimpleNamespace(nodeid=name) for name in sorted(names)], 2)]
    assert sorted(ordered) == sorted(names)
    first, second = ordered[: len(names) // 2], ordered[len(names) // 2 :]
    assert [name.split("/")[1] for name in first[:4]] == ["trail", "separation", "scenarios", "access"]
    assert [name.split("/")[1] for name in second[:3]] == ["faults", "scenarios", "access"]


@pytest.mark.parametrize("workers", [1, 2, 3, 5])
@pytest.mark.parametrize("count", [0, 1, 7, 40])
def test_however_many_run_each_test_is_dealt_once(workers: int, count: int) -> None:
    items = [SimpleNamespace(nodeid=f"{path}test_{each}") for path in sum(BEGINNINGS, ()) for each in range(count)]
    items = list({item.nodeid: item for item in items}.values())
    ordered = dealt(items, workers)
    assert sorted(item.nodeid for item in ordered) == sorted(item.nodeid for item in items)


def test_what_is_to_come_first_is_there() -> None:
    assert not [path for part in BEGINNINGS for path in part if not (ROOT / path).exists()]
