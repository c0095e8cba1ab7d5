"""Makes the key that signs the trail's seals."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from frontdoor.trail.actions import make_key


class Command(BaseCommand):
    """`./frontdoor seal-key FILE`."""

    help = "Makes the key that signs the trail's seals. Keep it off the database's machine and out of its backups."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            make_key(options["file"])
        except FileExistsError as there:
            raise CommandError(f"{options['file']} is there already and is not overwritten") from there
        self.stdout.write(f"Made. Set FRONTDOOR_SEAL_KEY_FILE={options['file']}")
