"""Who the people of a contact are: what was said of each, whom they may be, and everything known of those at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db.models import Q
from django.utils.crypto import salted_hmac

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.contacts.models import Contact, Named
from frontdoor.contacts.queries import history
from frontdoor.contacts.queries.history import Past
from frontdoor.contacts.queries.safe import NAMED
from frontdoor.contacts.rules.intake import PersonGiven
from frontdoor.contacts.rules.people import News, news, record
from frontdoor.contacts.rules.states import CHILD_KINDS
from frontdoor.matching.queries import candidates as matching
from frontdoor.matching.queries.candidates import Seen, Standing
from frontdoor.matching.queries.linked import people_of, subjects_of
from frontdoor.people.queries.feeding import Feed, open_to
from frontdoor.people.queries.restricting import neutral
from frontdoor.people.rules.records import Record
from frontdoor.people.rules.restricting import WhomToCall
from frontdoor.trail import actions as trail
from frontdoor.trail.models import Entry

EACH = 5
"""How many earlier contacts of one person are shown beside a name; their own page has them all."""


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody whom a contact names.

    :param key: of the row, or one made up for somebody who is being typed
    :param told: the row, or what is typed
    :param news: what is said here of somebody confirmed that their record does not say
    """

    key: UUID
    told: Any
    record: Record
    standing: Standing
    news: tuple[News, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """Everybody of a contact with what is known of them.

    :param past: by number of a record its newest contacts
    :param unseen: records that may be meant and that the reader may not see; for asking whom to call, nothing else
    :param users: names of the accounts that said something
    :param feed: to whom the records are open; None where none is shown, or nobody asked
    """

    people: tuple[Met, ...] = ()
    past: Mapping[int, tuple[Past, ...]] = field(default_factory=dict)
    unseen: frozenset[int] = frozenset()
    users: Mapping[int, str] = field(default_factory=dict)
    shown: tuple[str, ...] = ()
    feed: Feed | None = None


def known(
    people: Mapping[UUID, Any],
    *,
    on: datetime,
    by: Actor,
    but: Contact | None = None,
    said: bool = False,
    at: datetime | None = None,
) -> Known:
    """What is known of people who are named together: a fixed number of statements. Whoever shows it leaves the entry.

    :param people: by key the rows of one contact, or what is being typed
    :param on: when it was told, for ages
    :param but: a contact that is no earlier one
    :param said: with the names of those who said who is who
    :param at: with whom they are open to, at that time
    """
    if not by.may(Permission.PERSON_READ):
        return Known()
    records = {key: record(person, people.values(), on=on) for key, person in people.items()}
    found = matching.candidates(records, by=by, company=partial(named_with, by=by))
    met = tuple(_met(key, person, records[key], found.standings[key]) for key, person in people.items())
    numbers = {each.number for one in met for each in _shown(one.standing)}
    standings = [one.standing for one in met]
    accounts = {told.by for each in standings for told in (each.confirmed, *each.rejected) if told and told.by}
    return Known(
        met, past(numbers, by=by, but=but), found.unseen, names(accounts, by=by) if said and accounts else {},
        tuple(found.shown), open_to(numbers, by=by, at=at) if at is not None and numbers else None,
    )  # fmt: skip


def calls(found: Known, *, by: Actor, at: datetime) -> list[WhomToCall]:
    """Whom to call, where somebody who is named may have a record that the reader may not see; an entry if so.

    They are weighed behind the wall as everybody is, and of that nothing comes back but who they are, as numbers.
    """

    def judge(people: frozenset[int], *, by: Actor) -> list[int]:
        standings = matching.candidates({each.key: each.record for each in found.people}, by=by).standings.values()
        settled = [each.confirmed.person.number for each in standings if each.confirmed]
        likely = sorted((each for one in standings for each in one.candidates), key=lambda each: -each.verdict.bits)
        order = dict.fromkeys([*settled, *(each.person.number for each in likely)])
        return [number for number in order if number in people]

    return neutral(found.unseen, by=by, at=at, judge=judge)


def named_with(people: Collection[int], *, by: Actor) -> dict[int, dict[int, str]]:
    """Who is confirmed to have been named in one contact with some people: four statements for all of them."""
    rows = subjects_of(people, kind=NAMED, by=by)
    mine = dict(within(by, Named.objects.filter(key__in=list(rows))).values_list("key", "contact_id"))
    beside = within(by, Named.objects.filter(contact__in=set(mine.values())).exclude(key__in=list(rows)))
    others = dict(beside.values_list("key", "contact_id"))
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for key, number in people_of(list(others), by=by).items():
        for row, contact in mine.items():
            if contact == others[key] and rows[row] != number:
                found[number][rows[row]] = matching.NAMED
    return found


def _met(key: UUID, told: Any, what: Record, standing: Standing) -> Met:
    fresh = news(told, standing.confirmed.person.record) if standing.confirmed else ()
    return Met(key, told, what, standing, fresh)


def _shown(standing: Standing) -> list[Seen]:
    return [told.person for told in (standing.confirmed,) if told] + [each.person for each in standing.candidates]


def past(numbers: Collection[int], *, by: Actor, but: Contact | None = None) -> dict[int, tuple[Past, ...]]:
    """The newest contacts of some people of the index, by what is confirmed: three statements for all of them.

    Nothing to those who may not read contacts.
    """
    rows = subjects_of(numbers, kind=NAMED, by=by) if by.may(Permission.CONTACT_READ) else {}
    found: dict[int, list[Past]] = defaultdict(list)
    for each in reversed(history.past(list(rows), by=by, but=but, words=False) if rows else []):
        if len(found[rows[each.named]]) < EACH:
            found[rows[each.named]].append(each)
    return {number: tuple(lines) for number, lines in found.items()}


def of_contact(
    contact: Contact, people: Sequence[Named], *, by: Actor, said: bool = False, at: datetime | None = None
) -> Known:
    """The same of everybody whom a contact names. Part of opening it, which records it."""
    rows = {person.key: person for person in people}
    return known(rows, on=contact.received_at, by=by, but=contact, said=said, at=at)


@dataclass(frozen=True, slots=True)
class WhoIsWho:
    """One contact with everybody whom it names, for the page on which it is settled who they are."""

    contact: Contact
    known: Known


def open_who_is_who(key: UUID | str, *, by: Actor, at: datetime) -> WhoIsWho:
    """Everybody whom a contact names, with whom they may be; opening it leaves an entry.

    :raises NotPermitted: `by` may not read contacts, or people
    :raises NotFound: the council acted for has none of that key
    """
    for permission in (Permission.CONTACT_READ, Permission.PERSON_READ):
        require(by, permission, authority=acting_council(by))
    contact = within(by, Contact.objects.filter(key=key)).first()
    if contact is None:
        raise NotFound
    people = list(within(by, Named.objects.filter(contact=contact)).order_by("position"))
    found = of_contact(contact, people, by=by, said=True, at=at)
    trail.record("contacts.who_is_who", subject=contact, by=by, at=at, shown=found.shown)
    return WhoIsWho(contact, found)


ACTION = "contacts.open_known"


def open_known(call: UUID, people: Sequence[PersonGiven], *, by: Actor, at: datetime) -> Known:
    """Whether those who are being typed in a call are known. A settled question leaves one entry, with a keyed digest.

    :param call: the key of the call in which it is asked
    :raises NotPermitted: `by` may not read people
    """
    require(by, Permission.PERSON_READ, authority=acting_council(by))
    typed = {uuid5(NAMESPACE_OID, f"{call}:{place}"): person for place, person in enumerate(people) if _enough(person)}
    if not typed:
        return Known()
    found = known(typed, on=at, by=by, at=at)
    digest = salted_hmac(ACTION, repr(sorted(map(repr, typed.values()))), algorithm="sha256").hexdigest()
    asked = within(by, Entry.objects.filter(subject_key=str(call), action=ACTION)).first()
    if asked is None or (asked.detail.get("query"), asked.detail.get("shown")) != (digest, list(found.shown)):
        trail.record(ACTION, subject=("contacts.draft", call), by=by, at=at, query=digest, shown=found.shown)
    return found


def _enough(person: PersonGiven) -> bool:
    """Whether somebody can be looked for: a name of two parts, or one with a date, a place, an age or a number."""
    parts = [person.given_name or person.known_as, person.family_name]
    more = (person.date_of_birth, person.expected_on, person.postcode, person.nhs_number, person.upn,
            person.approximate_age)  # fmt: skip
    return all(parts) or (any(parts) and any(each not in (None, "") for each in more)) or bool(person.nhs_number)


def receipt_of(key: UUID, *, by: Actor) -> str:
    """The number of a contact, for a page with one form about its people.

    :raises NotFound: the council acted for has none of that key
    """
    found = within(by, Contact.objects.filter(key=key)).values_list("receipt", flat=True).first()
    if found is None:
        raise NotFound
    return found


def of_family(contact: Contact, *, by: Actor) -> dict[int, bool]:
    """Numbers of the other contacts of a contact's children, their brothers and sisters, and which are confirmed.

    Confirmed are those that name the same people of the index, or children who belong to them or live with them. Beside
    these stand contacts that are like it by exact matching alone, unless everybody in both is confirmed to be somebody
    else: a cousin of the same name next door. Where a contact names no child, its adults count. Seven statements.
    """
    alike = within(by, Contact.objects.filter(family=contact.family).exclude(pk=contact.pk))
    found = dict.fromkeys(alike.values_list("pk", flat=True), False)
    rows = dict(within(by, Named.objects.filter(contact=contact)).values_list("key", "kind"))
    children = [key for key, kind in rows.items() if kind in CHILD_KINDS]
    counted = children or list(rows)
    mine = set(people_of(counted, by=by).values())
    if not mine:
        return found
    kin = matching.kin_of(mine, by=by) if children else frozenset()
    same = list(subjects_of(mine, kind=NAMED, by=by))
    near = list(subjects_of(kin - mine, kind=NAMED, by=by))
    theirs = Q(key__in=same) | Q(key__in=near, kind__in=CHILD_KINDS)
    confirmed = set(within(by, Named.objects.filter(theirs)).values_list("contact_id", flat=True)) - {contact.pk}
    if len(mine) == len(counted):
        for number in _of_others([each for each in found if each not in confirmed], mine | kin, by=by):
            del found[number]
    return found | dict.fromkeys(confirmed, True)


def _of_others(contacts: Collection[int], mine: Collection[int], *, by: Actor) -> set[int]:
    """Which of some contacts are about others: every child in them is confirmed, and is none of these."""
    rows: dict[int, list[UUID]] = defaultdict(list)
    named = within(by, Named.objects.filter(contact__in=contacts, kind__in=CHILD_KINDS))
    for number, key in named.values_list("contact_id", "key") if contacts else ():
        rows[number].append(key)
    people = people_of([key for keys in rows.values() for key in keys], by=by)
    return {number for number, keys in rows.items() if all(key in people and people[key] not in mine for key in keys)}
