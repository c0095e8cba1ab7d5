"""`./frontdoor verify receipts|trail|separation|down`: checks that what is promised of the records still holds."""

import sys

from frontdoor.config.commands import found_in_django

WHAT = ("receipts", "trail", "separation", "down")


def run(arguments: list[str]) -> int:
    """Run one check; the exit status is 0 only when nothing is wrong."""
    if not arguments or arguments[0] not in WHAT:
        print(f"Say what to verify: {', '.join(WHAT)}", file=sys.stderr)
        return 2
    return found_in_django(f"verify_{arguments[0]}", arguments[1:])
