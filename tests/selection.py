"""What a run leaves out or tries again, and the lines that say so: neither happens in silence."""

import shutil
from importlib.util import find_spec
from typing import Any

import pytest

LEFT_OUT = pytest.StashKey[dict[str, int]]()
MOST_UNSTEADY = 3
"""So many tests may pass only when run again; more are no accident of the machine (docs/adr/0028)."""

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
    # Sealing waits for every transaction on the server: its tests run before those that hold one for half a minute.
    items.sort(key=lambda item: not item.nodeid.startswith("tests/trail/"))
    config.stash[LEFT_OUT] = counts
    if hasattr(config, "workeroutput"):
        config.workeroutput["left_out"] = counts


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
