"""Whom to ring, kept outside the database: the pages of a fault print it while the database does not answer."""

import json
import logging
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path

from django.conf import settings

from frontdoor.shell.pages.frame import Telephone

# As last read or written by this process, by council number; None before it was read.
_known: dict[int, tuple[Telephone, ...]] | None = None
_log = logging.getLogger(__name__)


def remember(authority: int, lines: Sequence[Telephone]) -> None:
    """Keep a council's numbers in a small file of the state directory; nothing is written while they stay the same."""
    known = _read()
    if known.get(authority) == tuple(lines):
        return
    known[authority] = tuple(lines)
    text = json.dumps({council: [astuple(line) for line in kept] for council, kept in known.items()})
    try:
        unfinished = _file().with_suffix(".unfinished")
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(_file())
    except OSError:
        # A full disk does not stop a page; this process remembers all the same.
        _log.warning("telephone numbers could not be kept in the state directory")


def telephones(authority: int | None) -> tuple[Telephone, ...]:
    """A council's numbers; without a council all of them, for nobody in need is left without one."""
    known = _read()
    if authority in known:
        return known[authority]
    return tuple(line for council in sorted(known) for line in known[council])


def forget() -> None:
    """Let the file be read again, as a new process would."""
    global _known  # noqa: PLW0603 (one value of the process)
    _known = None


def _file() -> Path:
    return Path(settings.STATE) / "telephones.json"


def _read() -> dict[int, tuple[Telephone, ...]]:
    global _known  # noqa: PLW0603 (one value of the process)
    if _known is None:
        try:
            kept = json.loads(_file().read_text(encoding="utf-8"))
            _known = {int(council): tuple(Telephone(*line) for line in lines) for council, lines in kept.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            # Absent before the first page was shown; a damaged file is written anew with the next.
            _known = {}
    return _known
