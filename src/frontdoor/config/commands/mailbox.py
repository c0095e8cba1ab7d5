"""`./frontdoor mailbox`: takes in what lies in the councils' mailboxes now."""

from frontdoor.config.commands import found_in_django


def run(arguments: list[str]) -> int:
    """Drain each mailbox of FRONTDOOR_MAILBOX once; the worker does the same every minute."""
    return found_in_django("drain_mailboxes", arguments)
