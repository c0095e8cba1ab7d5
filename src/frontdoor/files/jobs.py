"""Background handlers of this room: load, one action."""

from datetime import datetime

from frontdoor.actors.rules import SCANNER, Actor
from frontdoor.background.actions import job
from frontdoor.files import actions


@job("files.scan", by=SCANNER)
def scan(*, by: Actor, at: datetime, file: str) -> None:
    """Scan a file, and make the copy that people open."""
    actions.scan(file, by=by, at=at)


@job("files.copy", by=SCANNER)
def copy(*, by: Actor, at: datetime, file: str) -> None:
    """Make the copy of a file that was released without a scan."""
    actions.make_copy(file, by=by, at=at)
