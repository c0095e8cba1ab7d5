"""Seals every protected address again under new keys, council by council, while the service runs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import MIGRATION
from frontdoor.councils.queries import councils
from frontdoor.letters.actions import rotate
from frontdoor.letters.queries.keys import NoKey


class Command(BaseCommand):
    """`./frontdoor rotate_keys`."""

    help = "Makes a new key for each council, seals its protected addresses again, and wraps by the present outer key."

    def handle(self, *args: Any, **options: Any) -> None:
        """Change the keys; a council is done whole or not at all."""
        for council in councils(on=timezone.now()):
            with acting_for(council.pk, by=MIGRATION) as by:
                try:
                    done = rotate(by=by, at=timezone.now())
                except NoKey as missing:
                    raise CommandError(str(missing)) from missing
            self.stdout.write(f"{council.name}: {done} protected addresses sealed again")
