"""Sealing the trail: one sealer at a time takes what is finished, signs it, and gives the signed heads out."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.db import connection, transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.trail import rules
from frontdoor.trail.actions.entries import record
from frontdoor.trail.models import Seal

MOST = 20_000
"""Entries of one seal at most, so that a day's backlog is sealed in steps of a bounded size."""

# One statement, so that its snapshot is the one it reads by. An entry of a running transaction, or of one that began
# after the oldest that still runs, waits. A number not yet given out is of another server: restored, so long finished.
_READY = f"""
WITH now AS (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS oldest, pg_snapshot_xmax(pg_current_snapshot()) AS next)
SELECT {rules.COLUMNS}
  FROM trail_entry entry, now
 WHERE entry.authority_id = %(authority)s AND entry.id > %(floor)s
   AND (entry.xid < now.oldest OR entry.xid >= now.next)
   AND NOT EXISTS (
     SELECT FROM trail_leaf leaf WHERE leaf.authority_id = entry.authority_id AND leaf.entry_id = entry.id)
 ORDER BY entry.id LIMIT %(most)s
"""  # noqa: S608 (constants)

# Below this number every entry is sealed, since no transaction lasts a day. It only spares reading: what is not sealed
# is told by the leaf that it lacks, and `verify trail` looks at all of them.
_FLOOR = """
SELECT top FROM trail_seal
 WHERE authority_id = %(authority)s
   AND newest < (SELECT newest FROM trail_seal WHERE authority_id = %(authority)s ORDER BY number DESC LIMIT 1)
                - interval '1 day'
 ORDER BY number DESC LIMIT 1
"""

_SEAL = """
INSERT INTO trail_seal (authority_id, number, entries, root, previous, head, signature, sealed_at, top, newest)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""

_LEAVES = """
INSERT INTO trail_leaf (authority_id, seal, entry_id, position, tag, inner_hash, recorded_at)
SELECT %s, %s, leaf.* FROM unnest(%s::bigint[], %s::integer[], %s::bytea[], %s::bytea[], %s::timestamptz[]) AS leaf
"""

_HEARD = """
INSERT INTO trail_sealing AS kept (authority_id, heard_at, failure, published) VALUES (%s, %s, %s, %s)
ON CONFLICT (authority_id) DO UPDATE SET heard_at = coalesce(excluded.heard_at, kept.heard_at),
  failure = excluded.failure, published = greatest(kept.published, excluded.published)
"""


class NoKey(Exception):
    """The file that holds the key of the seals is not there, or holds no key."""


def signing_key(file: Path | None) -> Ed25519PrivateKey:
    """The key of the seals.

    :raises NoKey: no file is named, or it holds no key
    """
    if file is None:
        raise NoKey("FRONTDOOR_SEAL_KEY_FILE is not set")
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(file.read_text().strip()))
    except (OSError, ValueError) as error:
        raise NoKey(f"{file} holds no key") from error


def tag_secret(key: Ed25519PrivateKey, authority: int) -> bytes:
    """The secret by which a council's subjects are placed in its trees."""
    raw = key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    return HKDF(SHA256(), 32, salt=None, info=f"frontdoor subjects of {authority}".encode()).derive(raw)


@transaction.atomic
def seal(*, key: Ed25519PrivateKey, by: Actor, at: datetime) -> int:
    """Seal what is finished and not yet sealed of the council acted for, in one batch.

    The entries that sealing leaves of itself wait for the next batch, and are no reason to make one.

    :returns: how many entries were sealed; none while another sealer is at work
    :raises NotPermitted: `by` may not seal
    """
    authority = acting_council(by)
    require(by, Permission.TRAIL_SEAL, authority=authority)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended('trail.seal', %s))", [authority])
        if cursor.fetchone() != (True,):
            return 0
        cursor.execute(_FLOOR, {"authority": authority})
        (floor,) = cursor.fetchone() or (0,)
        cursor.execute(_READY, {"authority": authority, "floor": floor, "most": MOST})
        entries = [rules.entry_fields(row) for row in cursor.fetchall()]
    _heard(authority, at)
    if all(fields[rules.ACTION] in rules.OF_SEALING for fields in entries):
        return 0
    leaves = sorted(rules.leaf_of(fields, tag_secret(key, authority)) for fields in entries)
    head = _keep(authority, leaves, key, by, at)
    record("trail.seal", subject=("trail.seal", head.number), by=by, at=at, entries=head.entries)
    return len(leaves)


def _keep(authority: int, leaves: list[rules.Leaf], key: Ed25519PrivateKey, by: Actor, at: datetime) -> rules.Head:
    last = within(by, Seal.objects.order_by("-number")).first()
    head = rules.Head(
        authority, last.number + 1 if last else 1, len(leaves), rules.root([leaf.hash for leaf in leaves]),
        bytes(last.head) if last else rules.NOTHING, at,
    )  # fmt: skip
    columns: list[list[Any]] = [
        [leaf.entry for leaf in leaves],
        list(range(len(leaves))),
        [leaf.tag for leaf in leaves],
        [leaf.inner for leaf in leaves],
        [leaf.recorded_at for leaf in leaves],
    ]
    newest, top = max(leaf.recorded_at for leaf in leaves), max(leaf.entry for leaf in leaves)
    written = (head.number, head.entries, head.root, head.previous, head.hash, key.sign(head.hash), at, top, newest)
    with connection.cursor() as cursor:
        cursor.execute(_SEAL, [authority, *written])
        cursor.execute(_LEAVES, [authority, head.number, *columns])
    return head


def _heard(authority: int, at: datetime, failure: str = "", published: int = 0) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_HEARD, [authority, at, failure, published])


@transaction.atomic
def note_failure(failure: str, *, by: Actor, at: datetime) -> None:
    """Keep why the sealer failed for the council acted for, so that every page says so until it works again.

    :param failure: the kind of error, never its words
    :raises NotPermitted: `by` may not seal
    """
    authority = acting_council(by)
    require(by, Permission.TRAIL_SEAL, authority=authority)
    _heard(authority, at, failure)
    record("trail.note_failure", by=by, at=at, failure=failure)


@transaction.atomic
def publish(directory: Path, *, key: Ed25519PrivateKey, by: Actor, at: datetime) -> Path | None:
    """Write the newest head of the council acted for to a directory outside the database, unless it lies there.

    :returns: the file; None where there is nothing new
    :raises NotPermitted: `by` may not seal
    """
    authority = acting_council(by)
    require(by, Permission.TRAIL_SEAL, authority=authority)
    last = within(by, Seal.objects.order_by("-number")).first()
    if last is None:
        return None
    directory.mkdir(mode=0o755, parents=True, exist_ok=True)
    file = directory / f"{authority}-{last.number:08}.json"
    if file.exists():
        return None
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    unfinished = file.with_suffix(".part")
    unfinished.write_text(
        json.dumps(
            {
                "council": authority, "number": last.number, "entries": last.entries, "root": bytes(last.root).hex(),
                "previous": bytes(last.previous).hex(), "head": bytes(last.head).hex(),
                "sealed_at": rules.instant(last.sealed_at), "signature": bytes(last.signature).hex(),
                "key": public.hex(),
            },
            indent=1,
        )
    )  # fmt: skip
    unfinished.chmod(0o444)
    unfinished.replace(file)
    _heard(authority, at, published=last.number)
    record("trail.publish", subject=("trail.seal", last.number), by=by, at=at)
    return file
