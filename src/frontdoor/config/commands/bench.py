"""`./frontdoor bench`: speeds at size, each as a ratio to a floor of the same run."""

import argparse
import shlex
import sys

from frontdoor.config.bench import database
from frontdoor.config.cluster import Cluster


def run(arguments: list[str]) -> int:
    """Make the invented contacts unless they are kept, measure, and print one table.

    The exit status does not depend on speed: a missed target is explained in docs/performance.md.
    """
    parser = argparse.ArgumentParser(prog="./frontdoor bench", description="Measures speeds against floors.")
    parser.add_argument("--size", choices=database.SIZES, default=None, help="contacts in all; 1m if not said")
    parser.add_argument("--quick", action="store_true", help="ten thousand contacts and few rounds: does it run at all")
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    parser.add_argument("--only", default="", metavar="WORDS", help="only what has these words in its name")
    parser.add_argument("--load-only", action="store_true", help="make the contacts and stop")
    options = parser.parse_args(arguments)
    size = options.size or ("10k" if options.quick else "1m")
    with Cluster("bench").used() as cluster, database.prepared(cluster, size, _say) as name:
        if options.load_only:
            return 0
        from django.conf import settings

        from frontdoor.config.bench.measuring import Bench
        from frontdoor.config.bench.report import table, write
        from frontdoor.config.commands.serve import collect_static

        if settings.STATIC_ROOT:  # tests read the files where they stand
            collect_static()
        bench = Bench(cluster, name, rounds=8 if options.quick else 200, seconds=0.5 if options.quick else 5)
        rows = bench.measure(_say, only=options.only)
        command = shlex.join(["./frontdoor", "bench", *arguments])
        text = table(rows, size=database.SIZES[size], command=command, server=bench.server)
        print(text)
        if options.write:
            write(text)
    return 0


def _say(what: str) -> None:
    print(f"bench: {what}", file=sys.stderr, flush=True)
