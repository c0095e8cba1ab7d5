"""The fixtures of every test: databases in `tests/databases.py`, the browser in `tests/browser.py`."""

pytest_plugins = ("tests.databases", "tests.browser", "tests.selection")
