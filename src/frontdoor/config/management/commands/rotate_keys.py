"""Seals every protected address again under new keys, council by council, while the service runs."""

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import MIGRATION
from frontdoor.councils.models import Council
from frontdoor.councils.queries import councils
from frontdoor.letters.actions import begin_rotation, rotate
from frontdoor.letters.queries import keys


class Command(BaseCommand):
    """`./frontdoor rotate_keys`."""

    help = "Makes a new key for each council, seals its protected addresses again, and wraps by the present outer key."

    def handle(self, *args: Any, **options: Any) -> None:
        """Change the keys; where that was ended half-way, go on there and change none a second time."""
        everybody = councils(on=timezone.now())
        try:
            at, half_way = timezone.now(), self._ended_half_way(everybody)
            if half_way:
                self.stdout.write(f"Going on with what was begun on {half_way:%d %B %Y at %H:%M} and ended half-way.")
            for council in everybody:
                self._begin(council, half_way, at=at)
            for council in everybody:
                self.stdout.write(f"{council.name}: {self._seal_again(council)} protected addresses sealed again")
        except keys.NoKey as missing:
            raise CommandError(str(missing)) from missing

    def _ended_half_way(self, everybody: list[Council]) -> datetime | None:
        """When a change began that left addresses behind, if there is one: all its councils keep that one time."""
        begun = []
        for council in everybody:
            with acting_for(council.pk, by=MIGRATION) as by:
                standing = keys.standing(by=by)
            if standing.left and standing.since:
                begun.append(standing.since)
        return max(begun, default=None)

    def _begin(self, council: Council, half_way: datetime | None, *, at: datetime) -> None:
        with acting_for(council.pk, by=MIGRATION) as by:
            since = keys.standing(by=by).since
            if since is not None and (half_way is None or since < half_way):
                begin_rotation(by=by, at=half_way or at)

    def _seal_again(self, council: Council) -> int:
        whole = 0
        while True:
            with acting_for(council.pk, by=MIGRATION) as by:
                done = rotate(by=by, at=timezone.now())
            whole += done
            if not done:
                return whole
