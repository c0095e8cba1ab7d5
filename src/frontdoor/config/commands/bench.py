"""`./frontdoor bench`: speeds at size, each as a ratio to a floor of the same run."""

import argparse
import shlex
import sys
from contextlib import suppress
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
    parser.add_argument(
        "--load", type=_at_least_one, nargs="?", const=300, metavar="SECONDS",
        help="partners and staff at once against a running server, for five minutes if not said; nothing else then",
    )  # fmt: skip
    parser.add_argument(
        "--people", type=_at_least_one, default=50, help="so many partners and so many staff, with --load"
    )
    options = parser.parse_args(arguments)
    size = options.size or ("10k" if options.quick else "1m")
    with Cluster("bench").used() as cluster:
        parts = (_of_load,) if options.load else (_of_contacts, _of_enquiries, _of_services, _of_people)
        lines = [line for part in parts for line in part(cluster, size, options)]
        if options.load_only:
            return 0
        from frontdoor.config.bench.report import table, write

        with cluster.connect() as superuser:
            (server,) = superuser.execute("SHOW server_version").fetchone() or ("",)
        command = shlex.join(["./frontdoor", "bench", *arguments])
        large = [what for what in (database.CONTACTS, database.PEOPLE) if not options.load and _wanted(what, options)]
        count = database.SIZES[size if large else "10k"]  # of enquiries and of the load it is always ten thousand
        text = table(
            lines, size=count, command=command, server=str(server), of=" and ".join(large) or database.CONTACTS
        )
        print(text)
        if options.write:
            write(text)
    return 0


def _at_least_one(text: str) -> int:
    """A number of seconds or of people; of none nothing could be said."""
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _of_contacts(cluster: Cluster, size: str, options: argparse.Namespace) -> "list[Line]":
    """What is measured among contacts, unless none of it is wanted."""
    return _of_pages(cluster, size, database.CONTACTS, options)


def _of_enquiries(cluster: Cluster, size: str, options: argparse.Namespace) -> "list[Line]":
    """What is measured of one large enquiry and of a full board of clocks: among ten thousand contacts at any size."""
    return _of_pages(cluster, "10k", database.ENQUIRIES, options)


def _of_services(cluster: Cluster, size: str, options: argparse.Namespace) -> "list[Line]":
    """What is measured in a directory of fifty thousand services at any size; in a quick run only where it is named."""
    if not _wanted(database.SERVICES, options):
        return []
    with database.prepared(cluster, "10k", _say, database.SERVICES) as name:
        if options.load_only:
            return []
        from frontdoor.config.bench import services

        _say(database.MEASURED[database.SERVICES][0])
        return services.found(_bench(cluster, name, options))


def _of_load(cluster: Cluster, size: str, options: argparse.Namespace) -> "list[Line]":
    """Many people at once, on a database made anew each time."""
    with database.prepared(cluster, "10k", _say, database.LOAD) as name:
        from django.conf import settings

        from frontdoor.config.bench import load
        from frontdoor.config.commands.make_seal_key import make_key
        from frontdoor.config.commands.serve import collect_static

        collect_static()
        if settings.SEAL_KEY_FILE is not None:
            with suppress(FileExistsError):
                make_key(settings.SEAL_KEY_FILE)
        return load.run(cluster, name, seconds=options.load, people=options.people, say=_say)


def _of_pages(cluster: Cluster, size: str, what: str, options: argparse.Namespace) -> "list[Line]":
    if not _wanted(what, options):
        return []
    with database.prepared(cluster, size, _say, what) as name:
        if options.load_only:
            return []
        from django.conf import settings

        from frontdoor.config.commands.serve import collect_static

        if settings.STATIC_ROOT:  # tests read the files where they stand
            collect_static()
        return _bench(cluster, name, options).measure(_say, what=what, only=options.only)


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
    return named and (what not in (database.PEOPLE, database.SERVICES) or not options.quick or bool(options.only))


def _bench(cluster: Cluster, name: str, options: argparse.Namespace) -> "Bench":
    from frontdoor.config.bench.measuring import Bench

    return Bench(cluster, name, rounds=8 if options.quick else 200, seconds=0.5 if options.quick else 5)


def _say(what: str) -> None:
    print(f"bench: {what}", file=sys.stderr, flush=True)
