"""Protected addresses: that there is one, whether a text holds one, and the one recorded way to open one."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, Permission, acting_council, require
from frontdoor.letters import rules
from frontdoor.letters.models import DataKey, ProtectedAddress
from frontdoor.letters.queries.keys import NoKey, masters
from frontdoor.letters.rules import Sealed, Subject
from frontdoor.letters.rules import passages as rules_of_passages
from frontdoor.letters.rules.hidden import Kept
from frontdoor.letters.rules.passages import Passage
from frontdoor.letters.rules.sealing import CannotOpen, former_marks
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


def words_place(subject: Subject, *, by: Actor) -> str:
    """What sealed words are bound to: their council and the row in which they stand."""
    return f"frontdoor.words.1:{acting_council(by)}:{subject[0]}:{subject[1]}"


def open_words(text: str, subject: Subject, *, by: Actor) -> str:
    """What stands in a column that may hold sealed words, in clear; part of the act or the opening that records it.

    A text that nobody sealed for this row is given back as it is.

    :raises NoKey: the key outside that wrapped theirs is not here
    """
    found = rules.unpacked(text)
    if found is None or not within(by, DataKey.objects.filter(key=found[0])).exists():
        return text
    try:
        return rules.open_sealed(found[1], data_key(found[0], by=by), bound_to=words_place(subject, by=by)).decode()
    except CannotOpen:
        return text


def mentions_protected(text: str, *, by: Actor) -> bool:
    """Whether a protected address of this council stands in a text, however it is written."""
    return bool(passages_in(text, by=by))


Marked = tuple[Subject, UUID, Collection[str]]
"""The row of somebody whose address is protected, the key under which its digests were made, and the digests."""


def passages_in(
    text: str, *, kept: Iterable[Kept] = (), near: Collection[Subject] = (), by: Actor
) -> tuple[Passage, ...]:
    """Every passage of a text that tells a protected address of this council, or something else that is kept.

    No address is opened for it: keyed digests are compared. A council without a protected address asks for no key.

    :param kept: what else may not be told, in clear
    :param near: rows of the people in the matter: of them a street or a district says enough
    """
    if not text.strip():
        return ()
    standing = ProtectedAddress.objects.filter(ended_at=None)
    rows = within(by, standing).values_list("subject_kind", "subject_key", "data_key", "marks")
    return passages_of(text, [((kind, key), sealed_by, marks) for kind, key, sealed_by, marks in rows],
                       kept=kept, near=near, by=by)  # fmt: skip


def passages_in_each(texts: Iterable[str], *, by: Actor) -> dict[str, tuple[Passage, ...]]:
    """The same of several texts, by text: the protected addresses and the keys are read once for all of them."""
    wanted = {text for text in texts if text.strip()}
    if not wanted:
        return {}
    standing = within(by, ProtectedAddress.objects.filter(ended_at=None))
    rows = standing.values_list("subject_kind", "subject_key", "data_key", "marks")
    opened = _opened([((kind, key), number, marks) for kind, key, number, marks in rows], by=by)
    return {text: _found(text, opened) for text in wanted}


def passages_of(
    text: str,
    places: Iterable[Marked],
    *,
    kept: Iterable[Kept] = (),
    near: Collection[Subject] = (),
    by: Actor,
) -> tuple[Passage, ...]:
    """The same for addresses whose digests the caller has read."""
    return _found(text, _opened(places, near=near, by=by), kept=kept)


def _opened(
    places: Iterable[Marked], *, near: Collection[Subject] = (), by: Actor
) -> list[tuple[rules_of_passages.Sealed, set[str]]]:
    """The digests by the key under which they were made; with those that were made before `passages` made them."""
    of_all: dict[UUID, set[str]] = defaultdict(set)
    of_near: dict[UUID, set[str]] = defaultdict(set)
    for subject, sealed_by, marks in places:
        of_all[sealed_by].update(marks)
        of_near[sealed_by].update(marks if subject in near else ())
    return [
        (
            rules_of_passages.Sealed(data_key(number, by=by), frozenset(marks), frozenset(of_near[number])),
            {mark for mark in marks if ":" not in mark},
        )
        for number, marks in of_all.items()
    ]


def _found(
    text: str, opened: list[tuple[rules_of_passages.Sealed, set[str]]], *, kept: Iterable[Kept] = ()
) -> tuple[Passage, ...]:
    found = rules_of_passages.passages(text, kept, [sealed for sealed, _ in opened])
    if found:
        return found
    before = any(former and former & former_marks(text, sealed.key) for sealed, former in opened)
    return rules_of_passages.whole(text) if before else ()
