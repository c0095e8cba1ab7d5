"""`./frontdoor import people DIR`: brings the index of a case system in."""

import sys

from frontdoor.config.commands import found_in_django

WHAT = ("people",)


def run(arguments: list[str]) -> int:
    """Bring in what the first word names; the exit status is 0 only when all of it was done."""
    if not arguments or arguments[0] not in WHAT:
        print("Say what to bring in: ./frontdoor import people DIR --council SLUG", file=sys.stderr)
        return 2
    return found_in_django("import_people", arguments[1:])
