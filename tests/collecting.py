"""What was imported and collected lives as long as the run: Python does not look through it again for what to free.

Its collector would do so every few hundred objects, and take an eighth of the time of all tests.
"""

import gc

import pytest

OFTEN = (5_000, 20, 20)
"""After so many new objects, and so many times of that, what is young, middle-aged and old is looked through."""


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """In each worker, when all tests are known and before the first runs."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*OFTEN)
