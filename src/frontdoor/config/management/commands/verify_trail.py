"""Checks every council's trail and the service's own, proves what it holds about one communication, checks a proof."""

import json
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEALER, SERVICE
from frontdoor.config import proving
from frontdoor.councils.queries import councils
from frontdoor.trail import queries
from frontdoor.trail.actions import NoKey, signing_key


class Command(BaseCommand):
    """`./frontdoor verify trail`."""

    help = "Checks every entry of the trail against the signed seals, and the seals against the heads given out."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--subject", metavar="NUMBER", help="prove what the trail holds about one receipt number")
        parser.add_argument("--why", default="", help="for whom the proof is made; kept in the trail")
        parser.add_argument("--to", type=Path, metavar="FILE", help="where the proof is written")
        parser.add_argument("--proof", type=Path, metavar="FILE", help="check a proof; needs no database")
        parser.add_argument("--key", default="", metavar="HEX", help="the public key, as the heads given out hold it")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["proof"]:
            self._check(options["proof"], options["key"])
        elif options["subject"]:
            self._prove(options["subject"], why=options["why"], to=options["to"])
        else:
            self._verify()

    def _verify(self) -> None:
        key = _key()
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

    def _prove(self, number: str, *, why: str, to: Path | None) -> None:
        if not why.strip() or to is None:
            raise CommandError("Say for whom with --why, and where to with --to FILE")
        if to.exists():
            raise CommandError(f"{to} is there already")
        try:
            proof = proving.prove(number, key=_key(), why=why, at=timezone.now())
        except proving.NoSuchNumber as missing:
            raise CommandError(f"No council has given the number {number}") from missing
        to.touch(mode=0o600)
        to.write_text(json.dumps(proof, indent=1))
        self.stdout.write(f"{proving.entries(proof)} entries about {number} proved, in {to}")

    def _check(self, file: Path, given: str) -> None:
        try:
            proof = json.loads(file.read_text())
            public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(given or proof["key"]))
            found = proving.faults(proof, public)
            counted = proving.entries(proof)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise CommandError(f"{file} is no proof") from error
        for words in found:
            self.stderr.write(words)
        if found:
            raise CommandError(f"{len(found)} faults found")
        whose = "the key given" if given else "the key in the file: compare it with the heads that were given out"
        self.stdout.write(f"{counted} entries about {proof['number']}: nothing changed, nothing left out ({whose})")


def _key() -> Any:
    try:
        return signing_key(settings.SEAL_KEY_FILE)
    except NoKey as missing:
        raise CommandError(str(missing)) from missing
