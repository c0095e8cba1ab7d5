"""Finds records of one council's index that may be the same person, and lays them before somebody."""

import getpass
import sys
from argparse import ArgumentParser
from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import MATCHER
from frontdoor.config import learning, sparking
from frontdoor.config.doubling import FEWEST, Engine, installed, spark_engine, splink_engine
from frontdoor.config.doubling_ahead import weighing
from frontdoor.councils.models import Council
from frontdoor.councils.queries import by_slug
from frontdoor.matching.actions import doubles_searching as actions
from frontdoor.matching.models import Search
from frontdoor.matching.pages.candidates import between
from frontdoor.matching.queries.doubles_across import operates_for, sought_after, there
from frontdoor.matching.queries.doubles_searching import size


def _operates(council: int, other: int) -> bool:
    with acting_for(council, by=MATCHER) as by:
        return operates_for(other, by=by, at=timezone.now())


class Command(BaseCommand):
    """`./frontdoor match`."""

    help = (
        "Looks through a council's whole index for records that may be the same person. Nothing is joined: what is"
        " found waits at “Possible doubles”. A search that was stopped goes on where it was."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose index."""
        parser.add_argument("--council", metavar="SLUG", help="whose people they are: peterborough")
        parser.add_argument(
            "--engine", choices=(actions.OWN, actions.SPLINK, actions.SPARK),
            help="what finds the pairs: spark where FRONTDOOR_SPARK names one, else Splink on this machine where its"
            " packages are installed (pip install 'frontdoor[matching]'), else the index itself",
        )  # fmt: skip
        parser.add_argument(
            "--with", metavar="SLUG", dest="other",
            help="another council: whom here may be the same person as one there. Only while an agreement is in force",
        )  # fmt: skip

        instead = parser.add_mutually_exclusive_group()
        instead.add_argument(
            "--train", action="store_true",
            help="learn weights from that index instead, without labels: they become a new version that nobody uses"
            " before it is chosen (needs 'frontdoor[matching]')",
        )  # fmt: skip
        instead.add_argument(
            "--measure", action="store_true",
            help="measure precision, recall and wrong joins instead, on FEBRL 3 and 4 and on invented people; reads"
            " nobody's index (needs 'frontdoor[matching,measure]')",
        )  # fmt: skip
        parser.add_argument(
            "--people", type=int, default=20_000, metavar="N", help="with --measure: how many people are invented"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """What was asked for: measuring, training, or the search itself."""
        if options["measure"]:
            self._measure(options["people"])
            return
        if not options["council"]:
            raise CommandError("Whose index? --council SLUG, as --council peterborough.")
        council = by_slug(options["council"], on=timezone.now())
        if council is None:
            raise CommandError(f"There is no council {options['council']}.")
        if options["train"]:
            self._train(council)
        elif options["other"]:
            self._across(council.pk, options["other"])
        else:
            self._search(council, options)

    def _measure(self, people: int) -> None:
        """The table of docs/matching.md, line by line."""
        if what := learning.missing("matching", "measure"):
            raise CommandError(f"What measuring needs is not installed: {what}")
        if people < 1_000:
            raise CommandError("Among fewer than 1,000 invented people nothing is measured: --people 20000.")
        from frontdoor.config.measuring.report import measure

        measure(people, out=self.stdout.write)

    def _train(self, council: Council) -> None:
        """A new version of the weights from this index, and what it would change."""
        if what := learning.missing("matching"):
            raise CommandError(f"What learning needs is not installed: {what}")
        with acting_for(council.pk, by=MATCHER) as by:
            people = size(by=by)
        if people < learning.FEWEST:
            raise CommandError(f"Weights are learnt from {learning.FEWEST:,} people or more; these are {people:,}.")
        folder = settings.WEIGHTS_DIRECTORY
        words = f"The index of {council.name}, {people:,} people, without saying who is whom"
        version = learning.train(council.pk, folder, words=words, at=timezone.now())
        self.stdout.write(f"Written: {folder / f'{version}.json'}. Nobody uses it yet. What would weigh otherwise:")
        for field, outcome, now, then in between(version):
            self.stdout.write(f"  {now:+6.1f} -> {then:+6.1f}  {field}: {outcome}")
        self.stdout.write(
            f"A manager reads it at /{council.slug}/matching/weights/?version={version}. To use it, set"
            f" FRONTDOOR_WEIGHTS={version} for site and worker and start both again."
        )

    def _search(self, council: Council, options: dict[str, Any]) -> None:
        """Look at slice after slice, each in a transaction of its own; nothing personal is printed."""
        name = self._engine(options["engine"], council.pk)
        engine = self._finder(name, council.pk)
        with acting_for(council.pk, by=MATCHER) as by:
            search = actions.begin(engine=name, begun_by=getpass.getuser(), by=by, at=timezone.now())
        if search.done:
            self.stdout.write(f"Going on after {search.done:,} of {search.total:,} people.")
        try:
            search = self._run(search, council.pk, engine)
        except KeyboardInterrupt:
            with acting_for(council.pk, by=MATCHER) as by:
                actions.stop(search.key, failure="stopped by hand", by=by, at=timezone.now())
            raise CommandError("Stopped. Started again, it goes on where it was.") from None
        self.stdout.write(f"{search.done:,} people looked at, {search.found:,} pairs to look at.")

    def _run(self, search: Search, council: int, engine: Engine | None) -> Search:
        """Slice after slice to the end of the index; of a large one several are weighed at a time."""
        with ExitStack() as ahead:
            finder = ahead.enter_context(weighing(council, engine, people=search.total)) if engine else None
            while search.state == "running":
                with acting_for(council, by=MATCHER) as by:
                    search = actions.go_on(search.key, finder=finder, by=by, at=timezone.now())
                self._show(search)
        return search

    def _across(self, here: int, slug: str) -> None:
        """Compare with another council's index, slice by slice; of what is there only references come back."""
        now = timezone.now()
        other = by_slug(slug, on=now)
        if other is None or other.pk == here:
            raise CommandError(f"There is no other council {slug}.")
        if not (_operates(here, other.pk) or _operates(other.pk, here)):
            raise CommandError("No agreement between these two councils is in force today: they are not compared.")
        with acting_for(here, by=MATCHER) as by:
            search = actions.begin(engine=f"with-{other.pk}", begun_by=getpass.getuser(), by=by, at=now)
        while search.state == "running":
            with acting_for(here, by=MATCHER) as by:
                people, sought = sought_after(search.reached, actions.SLICE, by=by)
            with acting_for(other.pk, by=MATCHER) as there_by:
                found = there(sought, by=there_by)
            with acting_for(here, by=MATCHER) as by:
                search = actions.lay_across(search.key, people, found, council=other.pk, by=by, at=timezone.now())
            self._show(search)
        self.stdout.write(f"{search.done:,} people compared, {search.found:,} may be the same person as one there.")

    def _engine(self, wanted: str | None, council: int) -> str:
        """As was asked; else Spark where it is set, else Splink where it reads the whole index sooner."""
        if wanted == actions.SPARK or (wanted is None and settings.SPARK):
            if not sparking.installed():
                raise CommandError(
                    "Spark is not installed: pip install 'frontdoor[matching,spark]' and Java 17, or --engine probes."
                )
            return actions.SPARK
        if wanted == actions.OWN or (wanted is None and not installed()):
            return actions.OWN
        if not installed():
            raise CommandError("Splink is not installed: pip install 'frontdoor[matching]', or --engine probes.")
        with acting_for(council, by=MATCHER) as by:
            people = size(by=by)
        if people < FEWEST:
            self.stderr.write(f"{people:,} people are few: the index itself is asked, which is as fast.")
            return actions.OWN
        return actions.SPLINK

    def _finder(self, name: str, council: int) -> Engine | None:
        """The engine of that name; None where each slice asks the index itself."""
        if name == actions.SPLINK:
            return splink_engine(council)
        if name == actions.OWN:
            return None
        try:
            return spark_engine(council, master=settings.SPARK or "local[*]", directory=settings.SPARK_DIRECTORY)
        except sparking.InUse:
            raise CommandError("A search of this council's index runs on Spark: wait for it.") from None

    def _show(self, search: Search) -> None:
        share = min(1.0, search.done / search.total) if search.total else 1.0
        bar = "#" * int(share * 30)
        end = "\r" if sys.stderr.isatty() else "\n"
        if sys.stderr.isatty() or search.state != "running" or search.done % (actions.SLICE * 20) == 0:
            self.stderr.write(f"[{bar:<30}] {search.done:,} of {search.total:,}, {search.found:,} found", ending=end)
            self.stderr.flush()
