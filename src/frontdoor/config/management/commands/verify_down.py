"""Checks that a sheet for a day without the system was signed by this service and not changed since."""

from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from frontdoor.config import down
from frontdoor.trail.actions import NoKey, signing_key


class Command(BaseCommand):
    """`./frontdoor verify down FILE`."""

    help = "Checks the signature of a sheet; it needs no database and opens nothing of what is in the sheet."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and the public key where the signing key is not at hand."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", default="", metavar="HEX", help="the public key, as the heads given out hold it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say when it was written and by which key, or what is wrong."""
        try:
            envelope = down.envelope_of(options["file"])
            public = _public(options["key"])
        except (OSError, ValueError, NoKey) as wrong:
            raise CommandError(str(wrong)) from wrong
        if found := down.faults(options["file"], public):
            raise CommandError("; ".join(found))
        key = down.fingerprint(envelope["public"])
        self.stdout.write(f"Written {envelope['written_at']}, signed with {key}, not changed since")


def _public(given: str) -> Ed25519PublicKey:
    if given:
        return Ed25519PublicKey.from_public_bytes(bytes.fromhex(given))
    return signing_key(settings.SEAL_KEY_FILE).public_key()
