"""Protecting an address, lifting that, and changing the keys under which addresses are sealed."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    InvalidInput,
    NotFound,
    NotPermitted,
    Permission,
    acting_council,
    acting_person,
    require,
)
from frontdoor.letters import rules
from frontdoor.letters.models import DataKey, ProtectedAddress
from frontdoor.letters.queries import keys
from frontdoor.letters.queries.protecting import data_key, key_place, open_protected, place_of, words_place
from frontdoor.letters.rules import Sealed, Subject
from frontdoor.trail import actions as trail

LONGEST = 600
"""Characters of an address at most."""


@transaction.atomic
def protect(subject: Subject, *, address: str, why: str, by: Actor, at: datetime) -> ProtectedAddress:
    """Keep an address sealed. The caller takes it out of every plain column in the same act.

    One that was protected before is ended and kept, sealed.

    :param subject: the person's row, which the caller has found to be of the council acted for
    :raises NotPermitted: `by` keeps no rules about safe contact
    :raises InvalidInput: no address, or no reason
    :raises NoKey: the key outside the database is not here
    """
    require(by, Permission.SAFE_CONTACT_KEEP, authority=acting_council(by))
    problems = {}
    if not address.strip() or len(address) > LONGEST:
        problems["address"] = "Write the address"
    if not why.strip():
        problems["why"] = "Write why it is protected"
    if problems:
        raise InvalidInput(**problems)
    made = _kept(subject, address.strip(), why=why.strip()[:300], set_by=acting_person(by), by=by, at=at)
    trail.record("letters.protect", subject=subject, by=by, at=at, protected=made.key)
    return made


def _kept(subject: Subject, address: str, *, why: str, set_by: int | None, by: Actor, at: datetime) -> ProtectedAddress:
    standing = ProtectedAddress.objects.filter(subject_kind=subject[0], subject_key=subject[1], ended_at=None)
    within(by, standing).update(ended_at=at, ended_by=by.user_id, ended_why="Another address took its place")
    made = ProtectedAddress(
        authority_id=acting_council(by), subject_kind=subject[0], subject_key=subject[1], why=why, set_by=set_by,
        set_at=at,
    )  # fmt: skip
    _fill(made, address, by=by, at=at)
    made.save(force_insert=True)
    return made


AS_TOLD = "Whoever told us asked that it is kept from others"


@transaction.atomic
def protect_as_told(subject: Subject, *, sealed: str, by: Actor, at: datetime) -> bool:
    """Keep an address that was sealed while it was typed. The caller, who takes the report in, has found the row.

    Nothing that came with it may hold up a report about a child: what does not open is left, and said by the answer.

    :param sealed: the word that took the place of the address in the form
    :returns: whether it is kept
    :raises NotPermitted: `by` takes nothing in
    """
    require(by, Permission.CONTACT_TAKE, authority=acting_council(by))
    address = keys.open_typed(sealed)
    if address is None:
        trail.record("letters.could_not_protect", subject=subject, by=by, at=at)
        return False
    made = _kept(subject, address, why=AS_TOLD, set_by=by.user_id, by=by, at=at)
    trail.record("letters.protect_as_told", subject=subject, by=by, at=at, protected=made.key)
    return True


def _fill(row: ProtectedAddress, address: str, *, by: Actor, at: datetime) -> None:
    using = _in_use(by=by, at=at)
    key = data_key(using.key, by=by)
    sealed = rules.seal(address.encode(), key, bound_to=place_of(row))
    row.data_key, row.nonce, row.sealed = using.key, sealed.nonce, sealed.content
    row.marks = rules.address_marks(address, key)


def seal_words(text: str, subject: Subject, *, by: Actor, at: datetime) -> str:
    """Words that hold what is kept from others, as they may stand in a column; part of the act that records it.

    They open with the council's key for the row alone (`queries.open_words`). Old keys stay, so that they open after
    the keys were changed as well.

    :param subject: the row in which they will stand
    :raises NoKey: the key outside the database is not here
    """
    using = _in_use(by=by, at=at)
    sealed = rules.seal(text.encode(), data_key(using.key, by=by), bound_to=words_place(subject, by=by))
    return rules.packed(sealed, using.key)


def _in_use(*, by: Actor, at: datetime) -> DataKey:
    """The council's key of these days, held until the end of the act: keys are changed before it or after it."""
    return _standing_key(by=by) or _first_or_new(by=by, at=at)


def _standing_key(*, by: Actor) -> DataKey | None:
    locked = DataKey.objects.select_for_update(of=("self",), no_key=True).filter(retired_at=None)
    return within(by, locked).first()


def _first_or_new(*, by: Actor, at: datetime) -> DataKey:
    """One makes the first key; whoever waited for that, or for a change of keys, finds the one that stands now."""
    _alone_with_keys(by)
    return _standing_key(by=by) or _new_key(by=by, at=at)


def _alone_with_keys(by: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('letters.data_key', %s))", [acting_council(by)])


def _new_key(*, by: Actor, at: datetime) -> DataKey:
    name, master = keys.current()
    made = DataKey(authority_id=acting_council(by), master=name, made_at=at)
    wrapped = rules.wrap(rules.fresh_key(), master, bound_to=key_place(made))
    made.nonce, made.wrapped = wrapped.nonce, wrapped.content
    made.save(force_insert=True)
    return made


@transaction.atomic
def lift_protection(subject: Subject, *, why: str, by: Actor, at: datetime) -> str:
    """Lift the protection of an address: a manager's act. The sealed row is kept.

    :returns: the address, for the caller to write where it stood before
    :raises NotFound: it is not protected
    :raises NotPermitted: `by` is no manager, or may not open it
    """
    require(by, Permission.LETTER_RELEASE, authority=acting_council(by))
    address = open_protected([subject], why=why, by=by, at=at)
    standing = ProtectedAddress.objects.filter(subject_kind=subject[0], subject_key=subject[1], ended_at=None)
    if not within(by, standing).update(ended_at=at, ended_by=by.user_id, ended_why=why.strip()[:300]):
        raise NotFound
    trail.record("letters.lift_protection", subject=subject, by=by, at=at, why=why.strip())
    return address


def _operator(by: Actor) -> None:
    if not by.is_system or not by.may(Permission.SAFE_CONTACT_KEEP):
        raise NotPermitted(Permission.SAFE_CONTACT_KEEP)
    require(by, Permission.PROTECTED_OPEN, authority=acting_council(by))


@transaction.atomic
def begin_rotation(*, by: Actor, at: datetime) -> bool:
    """Put a new key in use for the council, and wrap all its keys by the present one outside; nothing is sealed yet.

    :returns: whether there is anything to seal again: a council that never protected an address has no key
    :raises NotPermitted: a person or another system than that of the operator's commands acts
    :raises NoKey: a key outside that is still needed is not here
    """
    _operator(by)
    _alone_with_keys(by)
    standing = _standing_key(by=by)
    if standing is None:
        return False
    opened = {each.key: data_key(each.key, by=by) for each in within(by, DataKey.objects.order_by("id"))}
    within(by, DataKey.objects.filter(pk=standing.pk)).update(retired_at=at)
    _new_key(by=by, at=at)
    _wrap_again(opened, by=by)
    trail.record("letters.begin_rotation", by=by, at=at, keys=len(opened))
    return True


AT_ONCE = 100
"""Addresses sealed again in one transaction: nobody who works on one of them waits for more."""


@transaction.atomic
def rotate(*, by: Actor, at: datetime, most: int = AT_ONCE) -> int:
    """Seal some of the council's addresses again under the key in use; called until nothing is left.

    :returns: how many were sealed again; 0 when all are
    :raises NotPermitted: a person or another system than that of the operator's commands acts
    :raises NoKey: a key outside that is still needed is not here
    """
    _operator(by)
    using = within(by, DataKey.objects.filter(retired_at=None)).first()
    if using is None:
        return 0
    older = ProtectedAddress.objects.select_for_update(of=("self",), no_key=True).exclude(data_key=using.key)
    rows = list(within(by, older).order_by("id")[:most])
    opened = {key: data_key(key, by=by) for key in {row.data_key for row in rows}}
    for row in rows:
        sealed = Sealed(bytes(row.nonce), bytes(row.sealed))
        address = rules.open_sealed(sealed, opened[row.data_key], bound_to=place_of(row)).decode()
        _fill(row, address, by=by, at=at)
        row.save(update_fields=["data_key", "nonce", "sealed", "marks"])
    if rows:
        trail.record("letters.rotate", by=by, at=at, addresses=len(rows))
    return len(rows)


def _wrap_again(opened: dict[UUID, bytes], *, by: Actor) -> None:
    """Old keys stay for what a backup holds, wrapped by the present key outside."""
    name, master = keys.current()
    for row in within(by, DataKey.objects.filter(key__in=opened)):
        wrapped = rules.wrap(opened[row.key], master, bound_to=key_place(row))
        row.master, row.nonce, row.wrapped = name, wrapped.nonce, wrapped.content
        row.save(update_fields=["master", "nonce", "wrapped"])
