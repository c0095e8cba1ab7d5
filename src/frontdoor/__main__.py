"""`./frontdoor VERB`: finds the verb and hands over to it."""

import difflib
import os
import sys

from frontdoor.config.cluster import ClusterError
from frontdoor.config.commands import VERBS, found


def main() -> int:
    """Run the command named on the command line and give its exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontdoor.config.settings")
    name, *arguments = sys.argv[1:] or ["help"]
    verb = found("help" if name in ("-h", "--help") else name)
    if verb is None:
        near = difflib.get_close_matches(name, [verb.name for verb in VERBS], n=1)
        meant = f" Did you mean '{near[0]}'?" if near else ""
        print(f"There is no command '{name}'.{meant} ./frontdoor help lists them all.", file=sys.stderr)
        return 2
    try:
        return verb.run(arguments)
    except ClusterError as error:
        print(f"Front Door: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
