"""The files and calls that held notices, and what became of each row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from frontdoor.access.queries import names
from frontdoor.actors.queries import OWN, rows_within, within
from frontdoor.actors.rules import PUBLIC, Actor, NotFound, Permission, acting_council, require
from frontdoor.contacts.models import Batch
from frontdoor.contacts.rules import states
from frontdoor.contacts.rules.notices import CHANNEL
from frontdoor.trail import actions as trail

MOST = 20
PORTAL_ROLE = "frontdoor_portal"

_BEFORE = f"""
SELECT wanted.force_key, wanted.reference, wanted.digest, submission.digest = wanted.digest, receipt.number
  FROM unnest(%(forces)s::text[], %(references)s::text[], %(digests)s::bytea[]) AS wanted (force_key, reference, digest)
  JOIN contacts_notice notice ON notice.{OWN} AND notice.force_key = wanted.force_key
   AND notice.reference = wanted.reference
  JOIN contacts_submission submission ON submission.{OWN} AND submission.id = notice.submission_id
  JOIN contacts_receipt receipt ON receipt.{OWN} AND receipt.submission_id = notice.submission_id
"""  # noqa: S608 (constants)
_BEFORE_SENT = "SELECT * FROM frontdoor_notices_before(%s, %s, %s)"

Words = tuple[str, str, bytes]
"""A notice as it is known again: its force, its reference, and the digest of its words."""


@dataclass(frozen=True, slots=True)
class Before:
    """What stood under a reference already.

    :param same: whether it has the same words
    :param receipt: its number; to those who send from outside only for the same words
    """

    same: bool
    receipt: str


def received(wanted: Sequence[Words], *, by: Actor) -> dict[Words, Before]:
    """What stands under these references already, whoever sent it; one statement for all.

    The portal's role reads no notice but its own agency's: the owner's function tells it, and no more than this.
    """
    if not wanted:
        return {}
    forces, references, digests = (list(each) for each in zip(*wanted, strict=True))
    if by.db_role == PORTAL_ROLE:
        with connection.cursor() as cursor:
            cursor.execute(_BEFORE_SENT, [forces, references, digests])
            rows = cursor.fetchall()
    else:
        rows = rows_within(by, _BEFORE, forces=forces, references=references, digests=digests)
    council = acting_council(by)
    return {
        (force, reference, bytes(digest)): Before(
            same, "" if number is None else states.receipt_text(council, CHANNEL, number)
        )
        for force, reference, digest, same, number in rows
    }


@dataclass(frozen=True, slots=True)
class Given:
    """One file, for the list of them.

    :param counts: how many rows were accepted, received already and refused
    """

    key: UUID
    name: str
    state: str
    given_at: datetime
    given_by: str
    counts: tuple[int, int, int]


def batches(*, by: Actor, at: datetime) -> list[Given]:
    """The last files and calls that were taken in, the newest first. It names no child and leaves no entry."""
    require(by, Permission.CONTACT_TAKE, authority=acting_council(by))
    meant = Batch.objects.filter(state="taken").exclude(sender=PUBLIC.name)  # whose are tests through the door
    rows = list(within(by, meant).defer("rows").order_by("-given_at", "id")[:MOST])
    known = names({row.given_by for row in rows if row.given_by}, by=by)
    return [
        Given(
            row.key, row.name, row.state, row.given_at,
            known.get(row.given_by, "") if row.given_by else "A system, by the interface", counted(row.answers),
        )
        for row in rows
    ]  # fmt: skip


def own_batches(*, by: Actor, at: datetime) -> list[Batch]:
    """The last files that the actor's agency sent to the council acted for, and those of its systems, newest first.

    :raises NotFound: they send for no agency
    :raises NotPermitted: they may not send
    """
    require(by, Permission.CONTACT_TAKE, authority=acting_council(by))
    if not by.agency:
        raise NotFound
    mine = Batch.objects.filter(agency=by.agency, state="taken").exclude(sender=PUBLIC.name).defer("rows")
    found = list(within(by, mine).order_by("-given_at", "id")[:MOST])
    trail.record("contacts.list_batches", by=by, at=at, shown=[str(batch.key) for batch in found])
    return found


def counted(answers: Sequence[dict[str, object]]) -> tuple[int, int, int]:
    """How many rows were accepted, received already and refused."""
    said = [each["state"] for each in answers]
    return said.count("accepted"), said.count("already"), said.count("refused")


def open_batch(key: UUID | str, *, by: Actor, at: datetime) -> Batch:
    """A file with its answers; one that was only checked is its sender's alone.

    :raises NotFound: no such file, or another's that was not taken in
    """
    require(by, Permission.CONTACT_TAKE, authority=acting_council(by))
    batch = within(by, Batch.objects.filter(key=key)).exclude(state="dropped").first()
    if batch is None or (batch.state == "checked" and batch.sender != by.name) or not _reads(batch, by):
        raise NotFound
    trail.record("contacts.open_batch", subject=batch, by=by, at=at)
    return batch


def _reads(batch: Batch, by: Actor) -> bool:
    """Whoever sends from outside reads their own agency's alone; the database says the same again."""
    return by.db_role != PORTAL_ROLE or (bool(by.agency) and str(batch.agency) == by.agency)
