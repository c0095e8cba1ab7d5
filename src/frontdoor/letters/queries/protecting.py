"""Protected addresses: that there is one, whether a text holds one, and the one recorded way to open one."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, Permission, acting_council, require
from frontdoor.letters import rules
from frontdoor.letters.models import DataKey, ProtectedAddress
from frontdoor.letters.queries.keys import NoKey, masters
from frontdoor.letters.rules import Sealed, Subject
from frontdoor.trail import actions as trail


def protected(rows: Iterable[Subject], *, by: Actor) -> dict[Subject, UUID]:
    """Which of these rows have a protected address: that there is one, never which.

    Part of a page or of the guard's look, which records what it shows.
    """
    wanted = set(rows)
    if not wanted:
        return {}
    standing = ProtectedAddress.objects.filter(ended_at=None, subject_key__in={key for _, key in wanted})
    found = within(by, standing).values_list("subject_kind", "subject_key", "key")
    return {(kind, subject): key for kind, subject, key in found if (kind, subject) in wanted}


def open_protected(rows: Iterable[Subject], *, why: str, by: Actor, at: datetime) -> str:
    """Open a protected address: the only way to it, an entry of its own each time, with the reason.

    :param rows: every row that is the person
    :raises NotPermitted: `by` may not open protected addresses
    :raises InvalidInput: no reason
    :raises NotFound: none of these has one
    """
    require(by, Permission.PROTECTED_OPEN, authority=acting_council(by))
    if not why.strip():
        raise InvalidInput(why="Write why you need the address")
    keys = list(protected(rows, by=by).values())
    found = within(by, ProtectedAddress.objects.filter(key__in=keys)).order_by("-set_at", "-id").first()
    if found is None:
        raise NotFound
    plain = rules.open_sealed(
        Sealed(bytes(found.nonce), bytes(found.sealed)), data_key(found.data_key, by=by), bound_to=place_of(found)
    )
    subject = (found.subject_kind, found.subject_key)
    trail.record("letters.open_protected", subject=subject, by=by, at=at, why=why.strip())
    return plain.decode()


def place_of(row: ProtectedAddress) -> str:
    """What a sealed address is bound to: its council and its row."""
    return f"frontdoor.protected.1:{row.authority_id}:{row.key}"


def data_key(key: UUID, *, by: Actor) -> bytes:
    """A council's own key, unwrapped. Used inside this room alone, and never kept.

    :raises NoKey: the key outside that wrapped it is not here
    """
    row = within(by, DataKey.objects.filter(key=key)).first()
    if row is None or row.master not in masters():
        raise NoKey(str(key))
    wrapped = Sealed(bytes(row.nonce), bytes(row.wrapped))
    return rules.unwrap(wrapped, masters()[row.master], bound_to=key_place(row))


def key_place(row: DataKey) -> str:
    """What a wrapped key is bound to."""
    return f"frontdoor.data-key.1:{row.authority_id}:{row.key}"


def mentions_protected(text: str, *, by: Actor) -> bool:
    """Whether a protected address of this council stands in a text: its postcode, or its first line."""
    kept = within(by, ProtectedAddress.objects.filter(ended_at=None)).values_list("data_key", "marks")
    marks: dict[UUID, set[str]] = {}
    for key, some in kept:
        marks.setdefault(key, set()).update(some)
    return any_mentioned(text, marks, by=by)


def any_mentioned(text: str, marks: Mapping[UUID, set[str]], *, by: Actor) -> bool:
    """Whether any of these protected addresses stands in a text.

    No address is opened for it: keyed digests are compared. A council without a protected address asks for no key.

    :param marks: digests of addresses, by the key of the council's own under which they were made
    """
    return any(known & rules.words_marks(text, data_key(key, by=by)) for key, known in marks.items())
