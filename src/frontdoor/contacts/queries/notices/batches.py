"""The files and calls that held notices, and what became of each row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdoor.access.queries import names
from frontdoor.actors.queries import OWN, rows_within, within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.contacts.models import Batch
from frontdoor.contacts.rules import states
from frontdoor.trail import actions as trail

MOST = 20

_RECEIVED = f"""
SELECT notice.force_key, notice.reference, receipt.channel, receipt.number
  FROM unnest(%(forces)s::text[], %(references)s::text[]) AS wanted (force_key, reference)
  JOIN contacts_notice notice ON notice.{OWN} AND notice.force_key = wanted.force_key
   AND notice.reference = wanted.reference
  JOIN contacts_receipt receipt ON receipt.{OWN} AND receipt.submission_id = notice.submission_id
"""  # noqa: S608 (constants)


def received(keys: Sequence[tuple[str, str]], *, by: Actor) -> dict[tuple[str, str], str]:
    """The receipts of notices that were received before, by force and reference; one statement for all."""
    if not keys:
        return {}
    found = rows_within(by, _RECEIVED, forces=[key[0] for key in keys], references=[key[1] for key in keys])
    council = acting_council(by)
    return {(force, reference): states.receipt_text(council, *number) for force, reference, *number in found}


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
    rows = list(within(by, Batch.objects.filter(state="taken")).defer("rows").order_by("-given_at")[:MOST])
    known = names({row.given_by for row in rows if row.given_by}, by=by)
    return [
        Given(
            row.key, row.name, row.state, row.given_at,
            known.get(row.given_by, "") if row.given_by else "A system, by the interface", counted(row.answers),
        )
        for row in rows
    ]  # fmt: skip


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
    if batch is None or (batch.state == "checked" and batch.sender != by.name):
        raise NotFound
    trail.record("contacts.open_batch", subject=batch, by=by, at=at)
    return batch
