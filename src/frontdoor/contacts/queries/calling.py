"""Calls from parents: one's own that go on, one with what may be said to this person, and promises to ring back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.crypto import salted_hmac

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, acting_person, require
from frontdoor.contacts.models import Contact, FamilyCall, Matter, Named, Referrer, Telling
from frontdoor.contacts.queries.family import words
from frontdoor.contacts.queries.safe import REFERRER, rows_of
from frontdoor.contacts.queries.searching import Hit, Wanted, search
from frontdoor.contacts.rules import calling as rules
from frontdoor.contacts.rules import family
from frontdoor.contacts.rules.family import Part, State, Told
from frontdoor.contacts.rules.states import CHILD_KINDS
from frontdoor.letters import queries as letters
from frontdoor.letters.rules import Words
from frontdoor.trail import actions as trail

MOST = 50


@dataclass(frozen=True, slots=True)
class Child:
    """One child of the contact, and what this caller may hear of them.

    :param barred: a manager decided that this caller is not told of this child for now
    :param words: released for this caller; None where none are
    """

    matter: UUID
    label: str
    may_hear: bool
    barred: bool
    words: Words | None
    decided: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """One call as its page shows it: before the check nothing but questions, after it what may be said.

    :param found: the contact, once the worker has picked one
    :param people: adults whom the contact names, of whom the caller may be one
    :param facts: questions that the record can answer; for the worker's eyes
    :param numbers: numbers on record for the person whom the caller says they are
    :param children: all of the contact, once it is sure who rings
    :param safe: what is set down about reaching this person
    :param offered: the children of the contact, as key of the matter and name, for the worker to choose of
    """

    call: FamilyCall
    contact: Contact | None
    people: tuple[Named, ...]
    facts: tuple[rules.Fact, ...]
    numbers: tuple[str, ...]
    children: tuple[Child, ...]
    safe: tuple[letters.Rule, ...]
    names: dict[int, str]
    offered: tuple[tuple[str, str], ...] = ()


def open_family_call(key: UUID | str, *, by: Actor, at: datetime, why: str = "") -> Opened:
    """One call from a parent; opening it leaves an entry.

    :raises NotPermitted: `by` may not read contacts
    :raises NotFound: the council acted for has none of that key
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    found = within(by, FamilyCall.objects.select_related("contact", "person").filter(key=key)).first()
    if found is None:
        raise NotFound
    people = list(within(by, Named.objects.filter(contact=found.contact)).order_by("position")) if found.contact else []
    person = found.person
    rows = rows_of(person, by=by) if person else ()
    opened = Opened(
        call=found, contact=found.contact, people=tuple(each for each in people if each.kind not in CHILD_KINDS),
        facts=facts_of(people), numbers=_numbers(found, rows, by=by),
        children=tuple(_children(found, by=by, at=at)) if found.confirmed_at else (),
        safe=tuple(letters.rules_of(rows, by=by, at=at)),
        offered=tuple((str(key), label) for key, label in _matters(found, by=by)),
        names=names({number for number in (found.taken_by, found.rang_by) if number is not None}, by=by),
    )  # fmt: skip
    trail.record(
        "contacts.open_family_call", subject=found, by=by, at=at, why=why,
        contact=str(found.contact.key) if found.contact else "",
    )  # fmt: skip
    return opened


def _matters(call: FamilyCall, *, by: Actor) -> list[tuple[UUID, str]]:
    found = within(by, Matter.objects.select_related("child").filter(contact=call.contact)).order_by("id")
    return [(each.key, each.called) for each in found] if call.contact else []


def find_for_call(call: FamilyCall, wanted: Wanted, *, by: Actor, at: datetime) -> list[Hit]:
    """Contacts that a caller may ask about; the entry holds a keyed digest of what was looked for, never a name.

    :raises NotPermitted: `by` may not search contacts
    """
    found = search(wanted, by=by)
    digest = salted_hmac("contacts.find_for_call", wanted.settled, algorithm="sha256").hexdigest()
    shown = [str(each.key) for each in found]
    trail.record("contacts.find_for_call", subject=call, by=by, at=at, query=digest, shown=shown)
    return found


def facts_of(people: list[Named]) -> tuple[rules.Fact, ...]:
    """Questions that the record can answer about the children of a contact."""
    return rules.facts(
        [
            (each.label, each.date_of_birth, each.school, each.known_as)
            for each in people
            if each.kind in CHILD_KINDS and each.given_name
        ]
    )


def _numbers(call: FamilyCall, rows: tuple[tuple[str, UUID], ...], *, by: Actor) -> tuple[str, ...]:
    """Numbers on record for the person whom the caller says they are: of when they told us something themselves."""
    if call.person is None or not by.may(Permission.REFERRER_READ):
        return ()
    own = [key for kind, key in rows if kind == REFERRER]
    told = within(by, Referrer.objects.filter(key__in=own, kind="family")).exclude(phone="")
    return tuple(dict.fromkeys(told.order_by("-id").values_list("phone", flat=True)))


def _children(call: FamilyCall, *, by: Actor, at: datetime) -> list[Child]:
    matters = within(by, Matter.objects.filter(contact=call.contact)).select_related("contact", "child").order_by("id")
    tellings = within(by, Telling.objects.filter(matter__contact=call.contact, person=call.person, part=Part.PARENT))
    by_matter: dict[int, list[Telling]] = {}
    for each in tellings.select_related("matter__contact", "matter__child", "person").order_by("id"):
        by_matter.setdefault(each.matter_id, []).append(each)
    return [_child(matter, by_matter.get(matter.pk, []), call, by=by, at=at) for matter in matters]


def _child(matter: Matter, told: list[Telling], call: FamilyCall, *, by: Actor, at: datetime) -> Child:
    barred = any(each.state == State.NOT_TOLD for each in told)
    released = [each for each in told if each.state in (State.RELEASED, State.TOLD)]
    may_hear = not barred and (str(matter.key) in call.children or any(each.state == State.TOLD for each in told))
    return Child(
        matter.key, matter.called, may_hear, barred,
        words(_spoken(released[-1]), by=by, at=at) if released and may_hear else None,
        decided=any(each.told == Told.DECIDED for each in told),
    )  # fmt: skip


def _spoken(telling: Telling) -> Telling:
    """The same words as they are said, however they were to go out; nothing is saved."""
    telling.how = family.How.PHONE
    return telling


def my_family_calls(*, by: Actor) -> list[FamilyCall]:
    """One's own calls from parents that have not ended. Part of the page of calls.

    :raises NotPermitted: `by` tells no families
    """
    require(by, Permission.FAMILY_TELL, authority=acting_council(by))
    mine = FamilyCall.objects.select_related("contact").filter(taken_by=acting_person(by), ended_at=None)
    return list(within(by, mine).order_by("began_at", "id")[:MOST])


def to_ring_back(*, by: Actor, at: datetime) -> list[FamilyCall]:
    """Parents who were promised a call and have not had it, the earliest promise first.

    :raises NotPermitted: `by` may not read contacts
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    promised = FamilyCall.objects.select_related("contact").filter(ring_by__isnull=False, rang_at=None)
    found = list(within(by, promised).order_by("ring_by", "id")[:MOST])
    trail.record("contacts.to_ring_back", by=by, at=at, shown=[str(each.key) for each in found])
    return found


def calls_about(contact: Contact, *, by: Actor) -> list[FamilyCall]:
    """Calls from parents about one contact, the newest first. Part of opening it."""
    found = within(by, FamilyCall.objects.select_related("person").filter(contact=contact))
    return list(found.order_by("-began_at", "-id")[:MOST])
