"""Checks every council's receipts: no gap, no broken link, nothing receipted that is not kept as it was sent."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEALER
from frontdoor.contacts.queries import receipts
from frontdoor.councils.queries import councils


class Command(BaseCommand):
    """`./frontdoor verify receipts`."""

    help = "Checks the hash chain of every council's receipts against what was sent."

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = 0
        for council in councils(on=timezone.now()):
            with acting_for(council.pk, by=SEALER) as by:
                for words in receipts.broken(by=by):
                    wrong += 1
                    self.stderr.write(f"{council.name}: {words}")
                self.stdout.write(f"{council.name}: {receipts.count(by=by)} receipts checked")
        if wrong:
            raise CommandError(f"{wrong} faults found")
