"""Whether the seals hold: each entry as it was sealed, each seal on the one before, each head signed and given out."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.trail import rules
from frontdoor.trail.actions.sealing import tag_secret
from frontdoor.trail.models import Entry, Seal, Sealing

SILENT = timedelta(hours=1)
"""A sealer that has not been heard of for so long is shown on every page; an entry unsealed for so long is a fault."""

_SEALED = f"""
SELECT leaf.entry_id, leaf.position, leaf.tag, leaf.inner_hash, leaf.recorded_at, {rules.COLUMNS}
  FROM trail_leaf leaf LEFT JOIN trail_entry entry
    ON entry.authority_id = leaf.authority_id AND entry.id = leaf.entry_id
 WHERE leaf.authority_id = %s AND leaf.seal = %s
 ORDER BY leaf.position
"""  # noqa: S608 (constants)

_LOOSE = """
SELECT entry.id FROM trail_entry entry LEFT JOIN trail_leaf leaf
    ON leaf.authority_id = entry.authority_id AND leaf.entry_id = entry.id
 WHERE entry.authority_id = %s AND leaf.entry_id IS NULL AND entry.recorded_at < %s
 ORDER BY entry.id LIMIT 100
"""


def sealing_trouble(councils: set[int], *, at: datetime) -> set[int]:
    """The councils, of those asked for, whose sealer failed or has not been heard of; asked for every page.

    It holds nothing of a case and is read for all councils at once, so it takes no `by`.
    """
    well = Sealing.objects.filter(failure="", heard_at__gte=at - SILENT).values_list("authority_id", flat=True)
    return councils - set(well)


def counted(*, by: Actor) -> tuple[int, int]:
    """How many seals the council acted for has, and how many entries they hold.

    :raises NotPermitted: `by` may not read the trail
    """
    require(by, Permission.TRAIL_READ, authority=acting_council(by))
    entries = list(within(by, Seal.objects.all()).values_list("entries", flat=True))
    return len(entries), sum(entries)


def broken(*, key: Ed25519PrivateKey, directory: Path | None, by: Actor, at: datetime) -> Iterator[str]:
    """What is wrong with the trail of the council acted for, in words without case data; nothing where it holds.

    :param directory: where the heads were given out: a seal that was there and is not in the database is missed
    :raises NotPermitted: `by` may not read the trail
    """
    authority = acting_council(by)
    require(by, Permission.TRAIL_READ, authority=authority)
    secret, public = tag_secret(key, authority), key.public_key()
    previous, newest = rules.NOTHING, ""
    seals = list(within(by, Seal.objects.order_by("number")))
    for number, seal in enumerate(seals, start=1):
        head = rules.Head(authority, seal.number, seal.entries, bytes(seal.root), bytes(seal.previous), seal.sealed_at)
        if seal.number != number or head.previous != previous or bytes(seal.head) != head.hash:
            yield f"seal {seal.number} does not follow the one before"
        if not rules.signed_by(public, bytes(seal.signature), head.hash):
            yield f"seal {seal.number} is not signed by the key"
        leaves: list[rules.Leaf] = []
        yield from _broken_leaves(head, secret, leaves)
        yield from (f"seal {number}: entry {entry} was slipped in behind" for entry in rules.slipped_in(leaves, newest))
        previous, newest = head.hash, max((leaf.recorded_at for leaf in leaves), default=newest)
    yield from _loose(by, at)
    yield from _not_as_given_out(authority, seals, directory)


def _broken_leaves(head: rules.Head, secret: bytes, leaves: list[rules.Leaf]) -> Iterator[str]:
    """What is wrong with one seal's leaves, which are put into `leaves`."""
    with connection.cursor() as cursor:
        cursor.execute(_SEALED, [head.authority, head.number])
        rows = cursor.fetchall()
    for place, (entry, position, tag, inner, recorded_at, *columns) in enumerate(rows):
        kept = rules.Leaf(bytes(tag), rules.instant(recorded_at), entry, bytes(inner))
        leaves.append(kept)
        if columns[rules.ID] is None:
            yield f"seal {head.number}: entry {entry} is gone"
        elif rules.leaf_of(rules.entry_fields(columns), secret) != kept:
            yield f"seal {head.number}: entry {entry} is not as it was sealed"
        if position != place:
            yield f"seal {head.number}: entry {entry} stands at another place"
    if len(leaves) != head.entries or not leaves or rules.root([leaf.hash for leaf in leaves]) != head.root:
        yield f"seal {head.number}: its tree is not the one that was signed"
    if leaves != sorted(leaves):
        yield f"seal {head.number}: its leaves are not in order"


def _loose(by: Actor, at: datetime) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(_LOOSE, [acting_council(by), at - SILENT])
        numbers = [number for (number,) in cursor.fetchall()]
    # What the last seal left of itself waits for the next one.
    loose = within(by, Entry.objects.filter(pk__in=numbers)).exclude(action__in=rules.OF_SEALING)
    yield from (f"entry {number} was not sealed" for number in sorted(loose.values_list("pk", flat=True)))


def _not_as_given_out(authority: int, seals: list[Seal], directory: Path | None) -> Iterator[str]:
    kept = {seal.number: bytes(seal.head).hex() for seal in seals}
    for file in sorted(directory.glob(f"{authority}-*.json")) if directory else ():
        given = json.loads(file.read_text())
        if kept.get(given["number"]) != given["head"]:
            yield f"seal {given['number']} is not the one that was given out in {file.name}"
