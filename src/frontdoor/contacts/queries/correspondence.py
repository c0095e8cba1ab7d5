"""Asking for what reached us in writing: what waits to be put into the form, the original, what it says more about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, NotPermitted, Permission, acting_council, require
from frontdoor.contacts.models import Contact, Correspondence, Question, Referrer, Sorting
from frontdoor.contacts.rules import correspondence as rules
from frontdoor.contacts.rules.screening import WAITING
from frontdoor.files import queries as files
from frontdoor.files.queries import FileRow
from frontdoor.trail import actions as trail

PAGE = 50
Place = tuple[datetime, int]
"""Where a row stands in the list: when it was taken in, and its number."""


@dataclass(frozen=True, slots=True)
class Unsorted:
    """One line of what nobody has put into the form yet; who wrote it is not in it.

    :param machine: a code of `rules.Machine`
    :param about: the number of the contact about which it may say more
    """

    key: UUID
    receipt: str
    door: str
    subject: str
    machine: str
    unread: str
    received_at: datetime
    danger_rank: int
    looked: bool
    about: str
    place: Place


def unsorted(*, by: Actor, at: datetime, after: Place | None = None) -> tuple[list[Unsorted], bool]:
    """What waits to be put into the form, the oldest first, and whether there is more of it. One entry.

    :param after: where the last page ended
    :raises NotPermitted: `by` may not read contacts
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    waiting = Correspondence.objects.filter(state=rules.State.WAITING, contact__closed_at=None)
    if after is not None:
        waiting = waiting.filter(Q(taken_at__gt=after[0]) | Q(taken_at=after[0], id__gt=after[1]))
    found = list(
        within(by, waiting).select_related("contact", "about").order_by("taken_at", "id")[: PAGE + 1]
    )  # fmt: skip
    rows = [_line(each) for each in found[:PAGE]]
    trail.record("contacts.unsorted", by=by, at=at, shown=[str(each.key) for each in rows])
    return rows, len(found) > PAGE


def _line(row: Correspondence) -> Unsorted:
    contact = row.contact
    return Unsorted(
        contact.key, contact.receipt, row.door, row.subject, row.machine, row.unread, contact.received_at,
        contact.danger_rank, bool(contact.looked), row.about.receipt if row.about else "", (row.taken_at, row.pk),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Original:
    """What came, as its page shows it beside the form.

    :param story: its words as they came; empty where it is a paper that nobody has typed
    :param questions: those that are open on the contact about which it may say more: key and text
    """

    row: Correspondence
    contact: Contact
    story: str
    teller: Referrer | None
    files: tuple[FileRow, ...]
    about: Contact | None
    questions: tuple[tuple[UUID, str], ...]
    sortings: tuple[Sorting, ...]
    names: Mapping[int, str]

    @property
    def base(self) -> str:
        """The words below which what is typed is put: an e-mail's, or all that stands if it was sorted before."""
        if self.sortings:
            return self.contact.story
        return self.story if self.row.door == rules.Door.EMAIL else ""

    @property
    def waiting(self) -> bool:
        return self.row.state == rules.State.WAITING and self.contact.state in WAITING


def open_original(key: UUID | str, *, by: Actor, at: datetime, why: str = "") -> Original:
    """Open what came, with who wrote it: it says so itself. It leaves one entry.

    :param key: the contact's
    :raises NotFound: the council acted for has no such contact, or it did not come in writing
    :raises NotPermitted: `by` may not see who told us
    """
    require(by, Permission.REFERRER_READ, authority=acting_council(by))
    related = Correspondence.objects.select_related("contact__submission", "about").filter(contact__key=key)
    row = within(by, related).first()
    if row is None:
        raise NotFound
    trail.record("contacts.open_original", subject=row.contact, by=by, at=at, why=why, door=row.door)
    teller = within(by, Referrer.objects.filter(contact=row.contact).order_by("id")).first()
    asked = within(by, Question.objects.filter(contact=row.about, state="asked").order_by("id")) if row.about_id else ()
    story = str(row.contact.submission.body.get("story", ""))
    typed = row.door == rules.Door.EMAIL or not story.startswith("[")
    return Original(
        row, row.contact, story if typed else "", teller, tuple(_files(row, by=by)), row.about,
        tuple((each.key, each.text) for each in asked), *_sortings(row, by=by),
    )  # fmt: skip


def _sortings(row: Correspondence, *, by: Actor) -> tuple[tuple[Sorting, ...], Mapping[int, str]]:
    """What was made of it, each time in its order, and who the people are that did so."""
    found = tuple(within(by, Sorting.objects.filter(correspondence=row)).order_by("done_at", "id"))
    people = {number for each in found for number in (each.done_by, each.reopened_by) if number}
    return found, names(people, by=by) if people else {}


def to_reopen(key: UUID | str, *, by: Actor) -> Correspondence:
    """What came in writing and was sorted, for the page on which it is opened again.

    :raises NotFound: the council acted for has no such contact, or it did not come in writing
    :raises NotPermitted: `by` neither sorted it nor decides on contacts
    :raises StepNotAllowed: it waits to be put into the form
    """
    require(by, Permission.REFERRER_READ, authority=acting_council(by))
    found = within(by, Correspondence.objects.select_related("contact").filter(contact__key=key)).first()
    if found is None:
        raise NotFound
    rules.after(found.state, rules.Step.REOPEN)
    if not may_reopen(found, by=by):
        raise NotPermitted(Permission.CONTACT_DECIDE)
    return found


def may_reopen(row: Correspondence, *, by: Actor) -> bool:
    """Whether it was sorted, and `by` did so or decides on contacts."""
    own = by.user_id is not None and row.sorted_by == by.user_id
    return row.state != rules.State.WAITING and (own or by.may(Permission.CONTACT_DECIDE))


def _files(row: Correspondence, *, by: Actor) -> Sequence[FileRow]:
    return files.of_subject((rules.ORIGINALS, row.key), by=by)


@dataclass(frozen=True, slots=True)
class Written:
    """What the record of a contact says of its paper.

    :param more: contacts that say more about this one: key, number, when it came, whether that is only proposed
    """

    row: Correspondence | None
    about: tuple[UUID, str] | None
    more: tuple[tuple[UUID, str, datetime, bool], ...]
    sortings: tuple[Sorting, ...] = ()
    names: Mapping[int, str] = field(default_factory=dict)


SAID = (rules.About.CERTAIN, rules.About.CONFIRMED, rules.About.PROPOSED)


def written(contact: Contact, *, by: Actor) -> Written | None:
    """The paper of a contact, and what came later about it. Part of opening the contact; None without either."""
    both = Q(contact=contact) | Q(about=contact, about_how__in=SAID)
    found = list(within(by, Correspondence.objects.filter(both)).select_related("contact", "about").order_by("id"))
    own = next((each for each in found if each.contact_id == contact.pk), None)
    more = tuple(
        (each.contact.key, each.contact.receipt, each.contact.received_at, each.about_how == rules.About.PROPOSED)
        for each in found
        if each.about_id == contact.pk
    )
    if own is None and not more:
        return None
    about = own.about if own and own.about_how in SAID else None
    made = _sortings(own, by=by) if own else ((), {})
    return Written(own, (about.key, about.receipt) if about else None, more, *made)


def taken_by_me(key: UUID | str, *, by: Actor) -> Correspondence:
    """What `by` has taken in, for the page that says its number; whoever took it in may see that much anywhere.

    :raises NotFound: none of `by` under that contact's key
    """
    require(by, Permission.CONTACT_TAKE, authority=acting_council(by))
    mine = Correspondence.objects.select_related("contact").filter(contact__key=key, taken_by=by.user_id)
    found = within(by, mine.exclude(taken_by=None)).first()
    if found is None:
        raise NotFound
    return found


def of_other_council(key: UUID | str, *, by: Actor) -> Correspondence:
    """What another council told us, by its contact's key.

    :raises NotFound: none, or it came by another door
    """
    require(by, Permission.CONTACT_TAKE, authority=acting_council(by))
    theirs = Correspondence.objects.filter(contact__key=key, door=rules.Door.OTHER_AUTHORITY)
    found = within(by, theirs).first()
    if found is None:
        raise NotFound
    return found
