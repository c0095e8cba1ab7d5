"""Checks every council's trail and the service's own: nothing changed, nothing gone, nothing slipped in."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEALER, SERVICE
from frontdoor.councils.queries import councils
from frontdoor.trail import queries
from frontdoor.trail.actions import NoKey, signing_key


class Command(BaseCommand):
    """`./frontdoor verify trail`."""

    help = "Checks every entry of the trail against the signed seals, and the seals against the heads given out."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            key = signing_key(settings.SEAL_KEY_FILE)
        except NoKey as missing:
            raise CommandError(str(missing)) from missing
        names = {SERVICE: "The service"} | {council.pk: council.name for council in councils(on=timezone.now())}
        wrong = 0
        for number, name in names.items():
            with acting_for(number, by=SEALER) as by:
                for words in queries.broken(key=key, directory=settings.SEAL_DIRECTORY, by=by, at=timezone.now()):
                    wrong += 1
                    self.stderr.write(f"{name}: {words}")
                seals, entries = queries.counted(by=by)
            self.stdout.write(f"{name}: {entries} entries in {seals} seals checked")
        if wrong:
            raise CommandError(f"{wrong} faults found")
