"""`./frontdoor help`."""

from frontdoor.config import commands


def run(arguments: list[str]) -> int:
    """List every verb with what it does."""
    print("Front Door: ./frontdoor VERB\n")
    for verb in commands.VERBS:
        print(f"  {verb.name:<10} {verb.about}")
    return 0
