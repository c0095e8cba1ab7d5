"""Checks that nothing stands between one council and another's records but whole walls."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from frontdoor.access import checks
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEALER
from frontdoor.councils.queries import councils


class Command(BaseCommand):
    """`./frontdoor verify separation`."""

    help = "Checks policies, roles, grants, keys and triggers, and each council's rows for references to another's."

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = list(checks.faults())
        for council in councils(on=timezone.now()):
            with acting_for(council.pk, by=SEALER) as by:
                found = [f"{council.name}: {words}" for words in checks.orphans(by=by)]
            wrong += found
            self.stdout.write(f"{council.name}: {len(found)} kinds of rows point outside it")
        for words in wrong:
            self.stderr.write(words)
        if wrong:
            raise CommandError(f"{len(wrong)} faults found")
        self.stdout.write("The walls stand.")
