"""What a run leaves out or tries again, and the lines that say so: neither happens in silence."""

import shutil
from importlib.util import find_spec
from typing import Any

import pytest

LEFT_OUT = pytest.StashKey[dict[str, int]]()
MOST_UNSTEADY = 3
"""So many tests may pass only when run again; more are no accident of the machine (docs/adr/0028)."""

BEGINNINGS = (
    ("tests/trail/", "tests/separation/", "tests/scenarios/test_says_invented.py"),
    ("tests/faults/test_demo.py", "tests/config/test_demo.py", "tests/config/test_bench.py", "tests/scenarios/"),
)
"""What each worker begins with, in this order, so that nobody waits for it at the end.

The first: sealing waits for every transaction on the server, so that its tests run before those that hold one for half
a minute; then all that stands on the planted ground, which is planted, and whose forms are found, once a worker. The
second meanwhile: single tests of a minute or two, those first that have servers of their own.
"""

_SPARK = bool(find_spec("pyspark") and find_spec("splink") and shutil.which("java"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--without-browser", action="store_true", help="leave out the journeys")
    parser.addoption("--thorough", action="store_true", help="run also what takes many minutes")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what opens a browser as a journey, take out what this run was not asked for, and begin with what waits."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.journey)
    unwanted = {
        "journey": config.getoption("without_browser"),
        "thorough": not config.getoption("thorough"),
        "spark": not _SPARK,
    }
    counts = {}
    for marker in (marker for marker, leave in unwanted.items() if leave):
        out = [item for item in items if item.get_closest_marker(marker)]
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in out]
        counts[marker] = len(out)
    items[:] = dealt(items, getattr(config, "workerinput", {}).get("workercount", 1))
    config.stash[LEFT_OUT] = counts
    if hasattr(config, "workeroutput"):
        config.workeroutput["left_out"] = counts


def dealt(items: list[Any], workers: int) -> list[Any]:
    """The tests in the order in which `--dist=worksteal` gives each worker its beginning at the head of its share.

    It gives the first an equal share from the top, the next one the following, and whoever has done takes the tail of
    another's: what stands at a head stays where it is.
    """
    begins = [[item for path in part for item in items if item.nodeid.startswith(path)] for part in BEGINNINGS]
    parts: list[list[Any]] = [[] for _ in range(workers)]
    seen: set[str] = set()
    for number, begin in enumerate(begins):
        parts[number % workers] += [item for item in begin if item.nodeid not in seen]
        seen.update(item.nodeid for item in begin)
    rest = [item for item in items if item.nodeid not in seen]
    ordered: list[Any] = []
    for number, part in enumerate(parts):
        share = (len(items) - len(ordered)) // (workers - number)
        more = max(share - len(part), 0)
        ordered += part + rest[:more]
        del rest[:more]
    return ordered + rest


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A worker of pytest-xdist tells how many it left out; all of them collect the same tests."""
    if counts := getattr(node, "workeroutput", {}).get("left_out"):
        node.config.stash[LEFT_OUT] = counts


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run in which more tests were unsteady than may be, though each passed in the end."""
    if len(_unsteady(session.config)) > MOST_UNSTEADY and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _unsteady(config: pytest.Config) -> list[str]:
    """The tests that failed and passed when run again, by name."""
    stats = getattr(config.pluginmanager.get_plugin("terminalreporter"), "stats", {})
    failed = {report.nodeid for kind in ("failed", "error") for report in stats.get(kind, ())}
    return sorted({report.nodeid for report in stats.get("rerun", ())} - failed)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    for name in _unsteady(config):
        terminalreporter.write_line(f"UNSTEADY {name}: failed, and passed when run again", red=True)
    if len(_unsteady(config)) > MOST_UNSTEADY:
        terminalreporter.write_line(f"More than {MOST_UNSTEADY} tests were unsteady: the run failed", red=True)
    counts = config.stash.get(LEFT_OUT, {})
    if "journey" in counts:
        terminalreporter.write_line(f"{counts['journey']} journeys did not run (--without-browser)", yellow=True)
    if counts.get("thorough"):
        terminalreporter.write_line(f"{counts['thorough']} thorough tests did not run (--thorough runs them)")
    if counts.get("spark"):
        said = "need Java and the extras `matching` and `spark`, which the lock leaves out (22 November 2026)"
        terminalreporter.write_line(f"{counts['spark']} tests on Apache Spark did not run: they {said}", yellow=True)
