"""The fixtures of every test: databases in `tests/databases.py`, the browser in `tests/browser.py`."""

import pytest

pytest_plugins = ("tests.databases", "tests.browser")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--thorough`: what takes minutes too; run before an issue is resolved."""
    parser.addoption("--thorough", action="store_true", help="every minute of ten years, not a sample")
