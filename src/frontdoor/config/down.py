"""The sheet for a day without the system: one file a council, encrypted, signed, read in a browser without a server."""

import base64
import hashlib
import html
import json
import logging
import os
import re
import secrets
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.urls import reverse

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import CLOCK_SWEEP, NotFound
from frontdoor.councils import queries as councils
from frontdoor.desk.pages.down import STALE, file_of, written_at
from frontdoor.desk.queries import down
from frontdoor.letters import rules as sealing
from frontdoor.shell.pages import Notice
from frontdoor.shell.rules import moment
from frontdoor.trail import actions as trail

logger = logging.getLogger(__name__)
_HERE = Path(__file__).parent
_SIGNED = ("bound_to", "written_at", "salt", "rounds", "nonce", "content")


def write_everything(at: datetime) -> None:
    """Write every council's sheet; one that fails stops no other, and its banner shows when it is old."""
    for council in councils.councils(on=at):
        try:
            write(council.pk, council.slug, at=at)
        except NotFound:
            continue  # nobody has made a passphrase: the page says so
        except Exception:
            logger.exception("the sheet was not written", extra={"council": council.pk})


def write(authority: int, slug: str, *, at: datetime) -> Path:
    """Write one council's sheet in place of the former one, whole or not at all.

    :raises NotFound: no passphrase was made yet
    """
    signing = trail.signing_key(settings.SEAL_KEY_FILE)
    with acting_for(authority, by=CLOCK_SWEEP) as by:
        row = down.key_in_use(by=by)
        key, made = down.opened_key(row), down.sheet(by=by, at=at)
    envelope = sealed(made, key, authority=authority, salt=bytes(row.salt), rounds=row.rounds, signing=signing)
    file = file_of(slug)
    file.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    half = file.with_name(f".{secrets.token_hex(8)}")
    half.write_text(page(envelope, council=made["council"], written=moment(at)))
    half.replace(file)
    os.utime(file, (at.timestamp(), at.timestamp()))
    return file


def sealed(
    sheet: dict[str, Any], key: bytes, *, authority: int, salt: bytes, rounds: int, signing: Ed25519PrivateKey
) -> dict[str, Any]:
    """The sheet as the file carries it: encrypted for its council and hour, and signed."""
    bound_to = f"frontdoor.down.1:{authority}:{sheet['written_at']}"
    closed = sealing.seal(json.dumps(sheet).encode(), key, bound_to=bound_to)
    envelope: dict[str, Any] = {
        "bound_to": bound_to, "written_at": sheet["written_at"], "salt": _text(salt), "rounds": rounds,
        "nonce": _text(closed.nonce), "content": _text(closed.content),
        "stale": int(STALE.total_seconds() // 60),
    }  # fmt: skip
    envelope["public"] = signing.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
    envelope["signature"] = signing.sign(_signed(envelope)).hex()
    return envelope


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _signed(envelope: dict[str, Any]) -> bytes:
    return json.dumps([envelope[name] for name in _SIGNED]).encode()


def fingerprint(public: str) -> str:
    """A public key as people compare it."""
    digest = hashlib.sha256(bytes.fromhex(public)).hexdigest()[:24]
    return " ".join(digest[place : place + 4] for place in range(0, 24, 4))


def page(envelope: dict[str, Any], *, council: str, written: str) -> str:
    """The one file: its own style and script, allowed by their hashes and nothing else; it asks no server."""
    style, script = ((_HERE / f"down_sheet.{kind}").read_text() for kind in ("css", "js"))
    parts = {
        "SCRIPT_HASH": _hash(script), "STYLE_HASH": _hash(style), "ENVELOPE": json.dumps(envelope),
        "FINGERPRINT": fingerprint(envelope["public"]), "COUNCIL": html.escape(council),
        "WRITTEN": html.escape(written), "SCRIPT": script, "STYLE": style,
    }  # fmt: skip
    return re.sub("|".join(parts), lambda found: parts[found[0]], (_HERE / "down_sheet.html").read_text())


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def envelope_of(file: Path) -> dict[str, Any]:
    """What a file carries.

    :raises ValueError: it is no sheet
    """
    found = re.search(r'<script type="application/json" id="envelope">(.*?)</script>', file.read_text())
    if found is None:
        raise ValueError("this file is no sheet")
    envelope: dict[str, Any] = json.loads(found[1])
    return envelope


def faults(file: Path, public: Ed25519PublicKey) -> list[str]:
    """What is wrong with a file: empty when it was signed with this key and not changed since."""
    envelope = envelope_of(file)
    try:
        public.verify(bytes.fromhex(envelope["signature"]), _signed(envelope))
    except InvalidSignature:
        return ["It was not signed with this key, or was changed since"]
    return []


def trouble(slug: str, *, at: datetime) -> Notice | None:
    """A notice for the pages of a council whose sheet is old; one that has never had one is told on its own page."""
    written = written_at(slug)
    if written is None or at - written < STALE:
        return None
    words = f"The sheet for a day without the system was last written {moment(written)}."
    return Notice(words, kind="warning", href=reverse("down:down", args=[slug]), link="See why")
