"""`./frontdoor migrate`."""

from frontdoor.config.commands import found_in_django


def run(arguments: list[str]) -> int:
    """Migrate as the owner of the tables: the application's own role can make none."""
    return found_in_django("migrate", ["--database=owner", *arguments])
