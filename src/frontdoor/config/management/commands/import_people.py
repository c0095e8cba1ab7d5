"""Brings the people of a case system into the index of one council."""

import getpass
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from frontdoor.actors.rules import StepNotAllowed
from frontdoor.councils.queries import by_slug
from frontdoor.people.actions.bringing import Outcome, bring
from frontdoor.people.rules.bringing import Unreadable


class Command(BaseCommand):
    """`./frontdoor import people`."""

    help = (
        "Brings tables of the Standard Safeguarding Dataset (CSV) into a council's index of people, family by family."
        " A run that was stopped goes on where it was when it is started again with the same files."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder, the council, and how."""
        parser.add_argument(
            "folder", metavar="DIR", type=Path, help="where the files lie: ssd_person.csv and the others"
        )
        parser.add_argument("--council", required=True, metavar="SLUG", help="whose people they are: peterborough")
        parser.add_argument("--dry-run", action="store_true", help="say what would come, and bring nobody in")
        parser.add_argument("--report", metavar="FILE", type=Path, help="every refused row and why; not overwritten")

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring them in, or try it out; nothing personal is printed."""
        now = timezone.now()
        council = by_slug(options["council"], on=now)
        folder: Path = options["folder"]
        if council is None:
            raise CommandError(f"There is no council {options['council']}.")
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder.")
        path: Path = options["report"] or Path(f"refused-{council.slug}-{now:%Y%m%d-%H%M%S}.csv")
        try:
            with path.open("x", newline="", encoding="utf-8-sig") as report:
                outcome = bring(
                    folder, council=council.pk, dry=options["dry_run"], report=report, begun_by=getpass.getuser(),
                    said=self._say, at=now,
                )  # fmt: skip
        except FileExistsError as error:
            raise CommandError(f"{path} is there already: name another file with --report.") from error
        except (Unreadable, StepNotAllowed) as error:
            path.unlink()
            raise CommandError(str(error)) from error
        self._sum_up(outcome, path)

    def _say(self, words: str) -> None:
        self.stderr.write(words)
        self.stderr.flush()

    def _sum_up(self, outcome: Outcome, path: Path) -> None:
        counts = outcome.bringing.counts
        for note in outcome.notes:
            self.stdout.write(note)
        for name, table in counts["tables"].items():
            self.stdout.write(
                f"{name}: {table['rows']:,} rows, {table['refused']:,} refused, {table['remarks']:,} with a remark"
            )
        would = "would be " if outcome.bringing.dry else ""
        self.stdout.write(
            f"{counts['new']:,} people {would}new, {counts['known']:,} known already,"
            f" {counts['changed']:,} of them changed, {counts['held']:,} held back with their families,"
            f" {counts['adopted']:,} from before an adoption, to be restricted"
        )
        self.stdout.write(f"What was refused, and why: {path}")
