"""`./frontdoor roles`."""

from frontdoor.config.cluster import roles_for_operator


def run(arguments: list[str]) -> int:
    """Print the SQL of the database roles, for psql."""
    print(roles_for_operator())
    return 0
