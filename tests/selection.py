"""Which tests a run leaves out, and the line that says so: nothing is left out in silence."""

from typing import Any

import pytest

LEFT_OUT = pytest.StashKey[dict[str, int]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--without-browser", action="store_true", help="leave out the journeys")
    parser.addoption("--thorough", action="store_true", help="run also what takes many minutes")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what opens a browser as a journey, and take out what this run was not asked for."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.journey)
    unwanted = {"journey": config.getoption("without_browser"), "thorough": not config.getoption("thorough")}
    counts = {}
    for marker in (marker for marker, leave in unwanted.items() if leave):
        out = [item for item in items if item.get_closest_marker(marker)]
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in out]
        counts[marker] = len(out)
    config.stash[LEFT_OUT] = counts
    if hasattr(config, "workeroutput"):
        config.workeroutput["left_out"] = counts


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A worker of pytest-xdist tells how many it left out; all of them collect the same tests."""
    if counts := getattr(node, "workeroutput", {}).get("left_out"):
        node.config.stash[LEFT_OUT] = counts


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    counts = config.stash.get(LEFT_OUT, {})
    if "journey" in counts:
        terminalreporter.write_line(f"{counts['journey']} journeys did not run (--without-browser)", yellow=True)
    if counts.get("thorough"):
        terminalreporter.write_line(f"{counts['thorough']} thorough tests did not run (--thorough runs them)")
