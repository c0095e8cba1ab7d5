"""`./frontdoor migrate`."""

import os

from frontdoor.config.commands import found_in_django


def run(arguments: list[str]) -> int:
    """Migrate as the owner of the tables: the application's own role can make none.

    A change that has to wait for a lock gives up after ten seconds, since everybody else would wait behind it.
    """
    os.environ.setdefault("PGOPTIONS", "-c lock_timeout=10s")
    return found_in_django("migrate", ["--database=owner", *arguments])
