"""`./frontdoor django COMMAND`: what manage.py is elsewhere."""

from frontdoor.config.commands import found_in_django


def run(arguments: list[str]) -> int:
    """Run one of Django's own commands, or list them."""
    name, *rest = arguments or ["help"]
    return found_in_django(name, rest)
