"""Addresses that nobody may find: their words go to the room that seals them, and this room keeps that there is one."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, Permission, StepNotAllowed, acting_council, require
from frontdoor.people.actions.index import add, changed, correct, taken
from frontdoor.people.models import Person, Residence
from frontdoor.people.rules.beyond import RESIDENCE, vault
from frontdoor.people.rules.index_rows import Source
from frontdoor.trail import actions as trail


def _seal(row: Residence, address: str, *, why: str, by: Actor, at: datetime) -> None:
    vault().seals((RESIDENCE, row.key), address=address, why=why, by=by, at=at)


@transaction.atomic
def add_sealed(
    person: Person | UUID | str, row: Residence, *, address: str, seal_why: str, source: Source,
    seen: int | None = None, by: Actor, at: datetime,
) -> Residence:  # fmt: skip
    """Add an address that nobody may find: the row says that there is one, and its words are sealed.

    :param address: empty where nobody knows it
    :raises NotPermitted: `by` keeps no rules about safe contact
    """
    require(by, Permission.SAFE_CONTACT_KEEP, authority=acting_council(by))
    made = add(person, row, source=source, seen=seen, by=by, at=at)
    if address:
        _seal(made, address, why=seal_why, by=by, at=at)
    return made


@transaction.atomic
def correct_sealed(
    row: Residence, *, of: UUID | str, address: str, seal_why: str, why: str, source: Source | None = None,
    seen: int | None = None, by: Actor, at: datetime,
) -> Residence:  # fmt: skip
    """Correct an address by one that nobody may find. What stood before in clear is sealed too.

    :raises NotPermitted: `by` keeps no rules about safe contact
    """
    require(by, Permission.SAFE_CONTACT_KEEP, authority=acting_council(by))
    made = correct(row, why=why, source=source, of=of, table="residence", seen=seen, by=by, at=at)
    if address:
        _seal(made, address, why=seal_why, by=by, at=at)
    wrong = within(by, Residence.objects.filter(key=of)).get()
    if not wrong.protected:
        _close(wrong, why=seal_why, by=by, at=at)
    return made


@transaction.atomic
def protect(of: UUID | str, *, why: str, seen: int | None = None, by: Actor, at: datetime) -> Residence:
    """Seal an address that stood in clear, wherever this record has it: also where it was corrected or ended.

    Nothing of it is lost: whoever may open protected addresses reads it with a reason.

    :raises NotPermitted: `by` keeps no rules about safe contact
    :raises NotFound: there is no such row
    :raises InvalidInput: no reason
    :raises StepNotAllowed: it is sealed, or has no words
    """
    require(by, Permission.SAFE_CONTACT_KEEP, authority=acting_council(by))
    whose = within(by, Residence.objects.filter(key=of)).values_list("person__key", flat=True).first()
    if whose is None:
        raise NotFound
    person = taken(whose, seen=seen, by=by)
    row = within(by, Residence.objects.filter(key=of)).get()
    if row.protected or not row.lines:
        raise StepNotAllowed("This address is sealed already, or there is nothing to seal")
    if not why.strip():
        raise InvalidInput(why="Write why it is protected")
    same = within(by, Residence.objects.filter(person=person, fold_lines=row.fold_lines, protected=False))
    rows = list(same.order_by("id"))
    for each in rows:
        _close(each, why=why, by=by, at=at)
    changed(person, by=by)
    trail.record("people.protect", subject=person, by=by, at=at, why=why.strip(), rows=[each.key for each in rows])
    row.refresh_from_db()
    return row


def _close(row: Residence, *, why: str, by: Actor, at: datetime) -> None:
    """Take the words out of every plain column, sealed."""
    _seal(row, "\n".join(filter(None, (row.care_of, row.lines, row.postcode))), why=why, by=by, at=at)
    row.protected = True
    row.lines = row.postcode = row.uprn = row.fold_lines = row.care_of = ""
    row.save(update_fields=["protected", "lines", "postcode", "uprn", "fold_lines", "care_of"])
