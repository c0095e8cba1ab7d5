"""The numbers that were given, and the chain that holds them together."""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.contacts.models import Contact, Matter, Receipt, ReceiptCounter, Submission
from frontdoor.contacts.rules import intake

T = TypeVar("T")


def subjects_of(number: str, *, by: Actor) -> list[tuple[str, UUID]]:
    """Under which keys the trail writes about a communication: as it came in, the contact, each child of it.

    :param number: the receipt's number, as people read it
    :returns: kind and key of each; nothing where the council acted for has no such receipt
    :raises NotPermitted: `by` may not read the trail
    """
    require(by, Permission.TRAIL_READ, authority=acting_council(by))
    found: list[tuple[str, UUID]] = []
    for contact in within(by, Contact.objects.filter(receipt=number.strip().upper())):
        found += [("contacts.submission", contact.submission_id), ("contacts.contact", contact.key)]
        children = within(by, Matter.objects.filter(contact=contact).order_by("id"))
        found += [("contacts.matter", key) for key in children.values_list("key", flat=True)]
    return found


def broken(*, by: Actor) -> Iterator[str]:
    """What is wrong with the council's receipts: a gap, a changed link, a receipt without its submission.

    Streams; memory does not grow with the number of receipts.
    """
    require(by, Permission.TRAIL_READ, authority=acting_council(by))
    for counter in within(by, ReceiptCounter.objects.order_by("channel")):
        yield from _broken_chain(counter, by=by)


def _broken_chain(counter: ReceiptCounter, *, by: Actor) -> Iterator[str]:
    expected, head = 0, b""
    receipts = within(by, Receipt.objects.filter(channel=counter.channel).order_by("number"))
    for receipt in receipts.iterator(chunk_size=2_000):
        expected += 1
        if receipt.number != expected:
            yield f"{receipt}: the number before is missing"
            expected = receipt.number
        head = link(head, receipt.number, receipt.submission_id.bytes, bytes(receipt.digest))
        if head != bytes(receipt.hash):
            yield f"{receipt}: the chain is broken here"
            head = bytes(receipt.hash)
    if expected != counter.last or head != bytes(counter.hash):
        yield f"{counter.channel}: the counter says {counter.last}, the last receipt is {expected}"
    yield from _without_submission(counter, by=by)


def _without_submission(counter: ReceiptCounter, *, by: Actor) -> Iterator[str]:
    """Receipts whose submission is gone, or holds other bytes than were receipted."""
    receipts = within(by, Receipt.objects.filter(channel=counter.channel).order_by("number"))
    for batch in batched(receipts.iterator(chunk_size=2_000), 2_000):
        ids = [receipt.submission_id for receipt in batch]
        kept = dict(within(by, Submission.objects.filter(pk__in=ids)).values_list("pk", "body"))
        for receipt in batch:
            body = kept.get(receipt.submission_id)
            if body is None or intake.digest(body) != bytes(receipt.digest):
                yield f"{receipt}: what was sent is not what was receipted"


def batched(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """The rows in lists of at most that size."""
    source = iter(rows)
    while batch := list(islice(source, size)):
        yield batch


def link(head: bytes, number: int, submission: bytes, digest: bytes) -> bytes:
    """One link of the chain, as the database makes it: SHA-256 over the last head, number, submission and digest."""
    return hashlib.sha256(head + number.to_bytes(8, "big", signed=True) + submission + digest).digest()


def count(*, by: Actor) -> int:
    """How many receipts the council has given, over all channels: the sum of its counters."""
    require(by, Permission.TRAIL_READ, authority=acting_council(by))
    return sum(within(by, ReceiptCounter.objects.all()).values_list("last", flat=True))
