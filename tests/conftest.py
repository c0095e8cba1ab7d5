"""Every fixture: `tests/databases.py`, the browser in `tests/browser.py`, the world in `tests/worlds.py`."""

pytest_plugins = ("tests.databases", "tests.browser", "tests.worlds", "tests.selection", "tests.collecting")
