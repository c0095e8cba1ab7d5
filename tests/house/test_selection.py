"""What `tests/selection.py` does with tests that fail once: named, and three at most."""

import subprocess
import sys
from pathlib import Path

import pytest

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
