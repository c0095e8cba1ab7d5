"""`./frontdoor bench`: speeds at size, each as a ratio to a floor of the same run."""

import argparse
import shlex
import sys
from typing import TYPE_CHECKING

from frontdoor.config.bench import database
from frontdoor.config.cluster import Cluster

if TYPE_CHECKING:
    from frontdoor.config.bench.measuring import Bench
    from frontdoor.config.bench.timing import Line


def run(arguments: list[str]) -> int:
    """Make the invented contacts and people unless they are kept, measure, and print one table.

    The exit status does not depend on speed: a missed target is explained in docs/performance.md.
    """
    parser = argparse.ArgumentParser(prog="./frontdoor bench", description="Measures speeds against floors.")
    parser.add_argument(
        "--size", choices=database.SIZES, default=None, help="contacts, or people, in all; 1m if not said"
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help="ten thousand contacts and few rounds: does it run at all; people only where --only names them",
    )
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    parser.add_argument("--only", default="", metavar="WORDS", help="only what has these words in its name")
    parser.add_argument("--load-only", action="store_true", help="make the contacts and stop")
    options = parser.parse_args(arguments)
    size = options.size or ("10k" if options.quick else "1m")
    with Cluster("bench").used() as cluster:
        lines = [line for part in (_of_contacts, _of_people) for line in part(cluster, size, options)]
        if options.load_only:
            return 0
        from frontdoor.config.bench.report import table, write

        with cluster.connect() as superuser:
            (server,) = superuser.execute("SHOW server_version").fetchone() or ("",)
        command = shlex.join(["./frontdoor", "bench", *arguments])
        of = " and ".join(what for what in (database.CONTACTS, database.PEOPLE) if _wanted(what, options))
        text = table(lines, size=database.SIZES[size], command=command, server=str(server), of=of)
        print(text)
        if options.write:
            write(text)
    return 0


def _of_contacts(cluster: Cluster, size: str, options: argparse.Namespace) -> "list[Line]":
    """What is measured among contacts, unless none of it is wanted."""
    if not _wanted(database.CONTACTS, options):
        return []
    with database.prepared(cluster, size, _say) as name:
        if options.load_only:
            return []
        from django.conf import settings

        from frontdoor.config.commands.serve import collect_static

        if settings.STATIC_ROOT:  # tests read the files where they stand
            collect_static()
        return _bench(cluster, name, options).measure(_say, only=options.only)


def _of_people(cluster: Cluster, size: str, options: argparse.Namespace) -> "list[Line]":
    """What is measured on an index of people: on ten thousand first, to see how it grows."""
    if not _wanted(database.PEOPLE, options):
        return []
    small = None
    for each in dict.fromkeys(("10k", size)):
        with database.prepared(cluster, each, _say, database.PEOPLE) as name:
            if options.load_only:
                continue
            from frontdoor.config.bench import searching

            _say(f"person search among {database.SIZES[each]:,}")
            bench = _bench(cluster, name, options)
            if each == size:
                return searching.found(bench, database.SIZES[each], small)
            small = searching.speed(bench, database.SIZES[each])[1]
    return []


def _wanted(what: str, options: argparse.Namespace) -> bool:
    """Whether something of a database is to be measured; of people in a quick run only where they are named."""
    named = any(options.only in name for name in database.MEASURED[what])
    return named and (what == database.CONTACTS or not options.quick or bool(options.only))


def _bench(cluster: Cluster, name: str, options: argparse.Namespace) -> "Bench":
    from frontdoor.config.bench.measuring import Bench

    return Bench(cluster, name, rounds=8 if options.quick else 200, seconds=0.5 if options.quick else 5)


def _say(what: str) -> None:
    print(f"bench: {what}", file=sys.stderr, flush=True)
