"""Proofs: everything that the trail holds about one subject, so that somebody outside sees that nothing is left out."""

from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.trail import rules
from frontdoor.trail.actions.entries import record
from frontdoor.trail.actions.sealing import tag_secret
from frontdoor.trail.models import Seal

_LEAVES = """
SELECT tag, recorded_at, entry_id, inner_hash FROM trail_leaf
 WHERE authority_id = %s AND seal = %s ORDER BY position
"""
_FIELDS = f"SELECT {rules.COLUMNS} FROM trail_entry entry WHERE entry.authority_id = %s AND entry.id = ANY (%s)"  # noqa: S608


def open_proof(
    subject: object, *, key: Ed25519PrivateKey, by: Actor, at: datetime, why: str
) -> tuple[bytes, list[dict[str, Any]]]:
    """The proof of one subject over every seal of the council acted for, and the subject's tag.

    `trail.rules.faults` checks it with the public key alone. What was written since the last seal is not in it yet.

    :param why: for whom or what the proof is made
    :raises NotPermitted: `by` may not read the trail
    """
    authority = acting_council(by)
    require(by, Permission.TRAIL_READ, authority=authority)
    mark = rules.tag(tag_secret(key, authority), authority, str(subject))
    seals = list(within(by, Seal.objects.order_by("number")))
    proved = [rules.as_json(_proved(seal, mark)) for seal in seals]
    record("trail.prove", subject=("trail.subject", subject), by=by, at=at, why=why, seals=len(seals))
    return mark, proved


def _proved(seal: Seal, mark: bytes) -> rules.Proved:
    with connection.cursor() as cursor:
        cursor.execute(_LEAVES, [seal.authority_id, seal.number])
        leaves = [rules.Leaf(bytes(t), rules.instant(at), entry, bytes(i)) for t, at, entry, i in cursor.fetchall()]
        first = sum(leaf.tag < mark for leaf in leaves)
        after = sum(leaf.tag <= mark for leaf in leaves)
        cursor.execute(_FIELDS, [seal.authority_id, [leaf.entry for leaf in leaves[first:after]]])
        fields = {row[rules.ID]: rules.entry_fields(row) for row in cursor.fetchall()}
    hashes = [leaf.hash for leaf in leaves]
    shown = tuple(
        rules.Shown(leaves[place], place, tuple(rules.path(hashes, place)), fields.get(leaves[place].entry, ()))
        for place in range(max(first - 1, 0), min(after + 1, len(leaves)))
    )
    head = rules.Head(
        seal.authority_id, seal.number, seal.entries, bytes(seal.root), bytes(seal.previous), seal.sealed_at
    )
    return rules.Proved(head, bytes(seal.signature), shown)
