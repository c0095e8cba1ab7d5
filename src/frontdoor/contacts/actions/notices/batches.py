"""Files and calls that hold many notices: read, checked, taken in once a key; what was refused can be sent again."""

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    InvalidInput,
    NotFound,
    Permission,
    SameKeyOtherBody,
    StepNotAllowed,
    acting_council,
    require,
    unchanged,
)
from frontdoor.contacts.actions import intake
from frontdoor.contacts.actions.notices.receiving import Answer, answer_before, receive
from frontdoor.contacts.models import Batch
from frontdoor.contacts.queries import notices as queries
from frontdoor.contacts.rules import notices as rules
from frontdoor.contacts.rules.intake import body as body_of
from frontdoor.contacts.rules.intake import digest as digest_of
from frontdoor.organisations.queries import own_agency
from frontdoor.trail import actions as trail

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Read:
    """A row that was read: the notice, or why it is none."""

    row: Row
    notice: rules.NoticeGiven | None = None
    problems: Mapping[str, str] | None = None


def _read(rows: Sequence[Row], *, by: Actor, at: datetime) -> list[_Read]:
    """Each row as what it tells. A desk with an account sends for its own force alone."""
    force = own_agency(by=by) if by.db_role == queries.PORTAL_ROLE else ""
    found = []
    for row in rows:
        if row == _NOTHING:
            found.append(_Read(row, problems={"notice": "It holds a character or number that cannot be stored"}))
            continue
        try:
            found.append(_Read(row, rules.given(rules.of_force(row, force) if force else row, at=at)))
        except rules.Wrong as wrong:
            found.append(_Read(row, problems=wrong.problems))
    return found


_NOTHING: Row = {"narrative": ""}
"""What is kept of a row that cannot be kept: it is refused, and the others are not held back."""


def _reference(row: Row) -> str:
    return str(row.get("police_reference") or "")[:60]


def _digest(rows: Sequence[Row]) -> bytes:
    kept = json.dumps(rows, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(kept.encode("utf-8", "surrogatepass")).digest()


@transaction.atomic
def check_file(content: bytes, *, name: str, by: Actor, at: datetime) -> Batch:
    """Read a file and keep it for whoever sent it, with what would happen to each of its notices; none is taken in yet.

    What the same person had checked before and not taken in is thrown away.

    :raises NotPermitted: `by` may not take in
    :raises InvalidInput: it is no file of notices
    """
    require(by, Permission.CONTACT_TAKE, authority=acting_council(by))
    try:
        rows = rules.read(content)
    except rules.NotRead as wrong:
        raise InvalidInput(file=str(wrong)) from wrong
    read = _read(rows, by=by, at=at)
    for earlier in _standing(by):
        _throw_away(earlier)
    batch = Batch.objects.create(
        authority_id=acting_council(by), sender=by.name, agency=intake.agency_of(by), idem=str(uuid.uuid4()),
        digest=_digest(rows), name=name[:200], given_by=by.user_id, given_at=at, state="checked", rows=rows,
        answers=_foreseen(read, by=by),
    )  # fmt: skip
    trail.record("contacts.check_notices", subject=batch, by=by, at=at, notices=len(rows))
    return batch


def _standing(by: Actor) -> list[Batch]:
    mine = Batch.objects.select_for_update(of=("self",)).filter(sender=by.name, state="checked")
    return list(within(by, mine).order_by("id"))


def _throw_away(batch: Batch) -> None:
    batch.state, batch.rows, batch.answers, batch.version = "dropped", [], [], batch.version + 1
    batch.save(update_fields=["state", "rows", "answers", "version"])


def _foreseen(read: Sequence[_Read], *, by: Actor) -> list[dict[str, Any]]:
    """What would happen to each notice if the file were taken in now."""
    words = {id(each): _words(each.notice) for each in read if each.notice}
    before = queries.received(list(words.values()), by=by)
    made = []
    for each in read:
        if each.notice is None:
            made.append(Answer(_reference(each.row), "refused", problems=each.problems))
        elif known := before.get(words[id(each)]):
            made.append(answer_before(each.notice.reference, known))
        else:
            made.append(Answer(each.notice.reference, "accepted"))
    return [asdict(each) for each in made]


def _words(notice: rules.NoticeGiven) -> queries.Words:
    return rules.force_key(notice.force), notice.reference, digest_of(body_of(notice.report))


def _taken(key: uuid.UUID | str, *, seen: int, by: Actor) -> Batch:
    """A file that may still be taken in; one that was is told to everybody who may open it, as `open_batch` has it."""
    mine_or_known = Q(sender=by.name) | Q(state="taken")
    batch = within(by, Batch.objects.select_for_update(of=("self",)).filter(mine_or_known, key=key)).first()
    if batch is None:
        raise NotFound
    require(by, Permission.CONTACT_TAKE, authority=batch.authority_id)
    if batch.state != "checked":
        words = {"taken": "This file has been taken in already.", "dropped": "This file was thrown away."}
        raise StepNotAllowed(words[batch.state], when=batch.taken_at)
    unchanged(seen, batch.version)
    return batch


@transaction.atomic
def take(key: uuid.UUID | str, *, seen: int, by: Actor, at: datetime) -> Batch:
    """Take in the notices of a file that was checked. What was refused is kept, to be mended and sent again.

    :raises NotFound: no such file of this person
    :raises Conflict: it has changed since `by` saw it
    :raises StepNotAllowed: it has been taken in, or thrown away
    """
    batch = _taken(key, seen=seen, by=by)
    _take_in(batch, answered=False, by=by, at=at)
    batch.version += 1
    batch.save(update_fields=["state", "taken_at", "rows", "answers", "version"])
    trail.record("contacts.take_notices", subject=batch, by=by, at=at)
    return batch


def _take_in(batch: Batch, *, answered: bool, by: Actor, at: datetime) -> None:
    """Receive what is right, and note of every row what became of it."""
    read = _read(batch.rows, by=by, at=at)
    received = iter(
        receive([each.notice for each in read if each.notice], batch=batch, answered=answered, by=by, at=at)
    )
    answers = [
        next(received) if each.notice else Answer(_reference(each.row), "refused", problems=each.problems)
        for each in read
    ]
    batch.state, batch.taken_at = "taken", at
    batch.answers = [asdict(each) for each in answers]
    batch.rows = [each.row for each, answer in zip(read, answers, strict=True) if answer.state == "refused"]


@transaction.atomic
def drop(key: uuid.UUID | str, *, seen: int, by: Actor, at: datetime) -> None:
    """Throw away a file that was checked and not taken in.

    :raises NotFound: no such file of this person
    :raises StepNotAllowed: it has been taken in, or thrown away
    """
    batch = _taken(key, seen=seen, by=by)
    _throw_away(batch)
    trail.record("contacts.drop_notices", subject=batch, by=by, at=at)


@transaction.atomic
def take_batch(rows: Sequence[Row], *, idem: str, by: Actor, at: datetime) -> tuple[Batch, bool]:
    """Take in many notices of a system at once. The same key with the same body gives the same answer.

    :param idem: the sender's key for the whole batch; each notice's own key is the police's reference
    :returns: the batch with its answers, and whether it had been taken in before
    :raises NotPermitted: `by` may not take in
    :raises SameKeyOtherBody: the key was used for another batch
    """
    require(by, Permission.CONTACT_TAKE, authority=acting_council(by))
    batch = Batch(
        authority_id=acting_council(by), sender=by.name, agency=intake.agency_of(by), idem=idem, digest=_digest(rows),
        given_at=at, state="taken",
        rows=[row if rules.storable(row) else _NOTHING for row in rows],
    )  # fmt: skip
    Batch.objects.bulk_create([batch], ignore_conflicts=True)
    stored = within(by, Batch.objects.filter(sender=by.name, idem=idem)).get()
    if stored.key != batch.key:
        if bytes(stored.digest) != batch.digest:
            raise SameKeyOtherBody
        return stored, True
    batch = stored
    _take_in(batch, answered=True, by=by, at=at)
    batch.save(update_fields=["taken_at", "rows", "answers"])
    trail.record("contacts.take_notices", subject=batch, by=by, at=at)
    return batch, False
