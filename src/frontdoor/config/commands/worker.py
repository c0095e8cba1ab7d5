"""`./frontdoor worker`."""

from frontdoor.config.commands import found_in_django


def run(arguments: list[str]) -> int:
    """Do background jobs until told to stop; the one at hand is finished first, within half a minute."""
    return found_in_django("procrastinate", ["worker", "--shutdown-graceful-timeout=30", *arguments])
