"""Which rows are the same person, so that what is set down about reaching somebody holds for all of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Value
from django.db.models.functions import Replace

from frontdoor.access.queries import colleagues
from frontdoor.actors.queries import OWN, rows_within, within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.contacts.models import Contact, Named, Referrer
from frontdoor.contacts.rules.intake import folded
from frontdoor.files.queries import texts_of
from frontdoor.letters import queries as letters
from frontdoor.letters.rules import Subject
from frontdoor.matching.queries.linked import people_of, subjects_of
from frontdoor.trail import actions as trail

NAMED, REFERRER = "contacts.named", "contacts.referrer"

# The newest hundred contacts of a family: whom they name under some full names, and everybody who told us something.
_SAME = f"""
WITH family AS (
  SELECT contact.id FROM contacts_contact contact
   WHERE contact.{OWN} AND contact.family = (
     SELECT one.family FROM contacts_contact one WHERE one.{OWN} AND one.id = %(contact)s)
   ORDER BY contact.received_at DESC LIMIT 100
)
SELECT '{NAMED}', named.key, replace(named.match_name, '|', '')
  FROM family JOIN contacts_named named ON named.{OWN} AND named.contact_id = family.id
 WHERE named.match_name <> '' AND replace(named.match_name, '|', '') = ANY(%(names)s)
 UNION ALL
SELECT '{REFERRER}', teller.key, teller.name
  FROM family JOIN contacts_referrer teller ON teller.{OWN} AND teller.contact_id = family.id
 WHERE teller.name <> ''
"""  # noqa: S608 (constants)


def rows_of(person: Named, *, by: Actor) -> tuple[Subject, ...]:
    """Every row that is this person: of the same family under the same full name, also where they told us something."""
    return _rows(person.contact_id, [person], by=by)[0]


def rows_of_referrer(teller: Referrer, *, by: Actor) -> tuple[Subject, ...]:
    """Every row that is the person who told us: named in the family, or having told us before."""
    return _rows(teller.contact_id, [teller], by=by)[0]


def _rows(contact: int, people: Sequence[Named | Referrer], *, by: Actor) -> list[tuple[Subject, ...]]:
    """For each of these people of one contact every row that is the same person: one question for all of them.

    That is their own and those of the family under one folded full name; a comma or another order of names is another.
    """
    names = [_folded_name(each) for each in people]
    wanted = [name for name in names if name is not None]
    alike: dict[str, list[Subject]] = defaultdict(list)
    for kind, key, said in rows_within(by, _SAME, contact=contact, names=wanted) if wanted else ():
        alike[folded(said) if kind == REFERRER else said].append((kind, key))
    own: list[Subject] = [(NAMED if isinstance(each, Named) else REFERRER, each.key) for each in people]
    return [
        tuple(dict.fromkeys((one, *(alike[name] if name is not None else ()))))
        for one, name in zip(own, names, strict=True)
    ]


def _folded_name(person: Named | Referrer) -> str | None:
    """The full name as it is compared; None where there is none."""
    if isinstance(person, Named):
        return person.match_name.replace("|", "") if person.match_name else None
    return folded(person.name) if person.name.strip() else None


@dataclass(frozen=True, slots=True)
class Safe:
    """How the people of one contact may be reached.

    :param teller: key of the row of who told us; None where nobody is kept
    :param standing: the rules with whom each is about; of a rule about who told us nothing says who that is
    :param places: where a protected address stands in what was told, in words; never the address
    """

    contact: Contact
    people: tuple[Named, ...]
    teller: UUID | None
    standing: tuple[tuple[str, letters.Rule], ...]
    places: tuple[str, ...]


def open_safe(key: UUID | str, *, by: Actor, at: datetime, why: str = "") -> Safe:
    """How the people of one contact may be reached; opening it leaves an entry.

    :raises NotPermitted: `by` keeps no rules about safe contact
    :raises NotFound: the council acted for has no such contact
    """
    require(by, Permission.SAFE_CONTACT_KEEP, authority=acting_council(by))
    contact = within(by, Contact.objects.filter(key=key)).first()
    if contact is None:
        raise NotFound
    people = tuple(within(by, Named.objects.filter(contact=contact)).order_by("position"))
    teller = within(by, Referrer.objects.filter(contact=contact)).order_by("id").values_list("key", flat=True).first()
    found = Safe(
        contact, people, teller, tuple(_standing(contact, people, by=by, at=at)), tuple(_places(contact, people, by=by))
    )
    trail.record("contacts.open_safe", subject=contact, by=by, at=at, why=why)
    return found


def standing_of(
    contact: Contact, people: tuple[Named, ...], *, by: Actor, at: datetime
) -> list[tuple[str, letters.Rule]]:
    """The rules that stand for anybody of one contact. Part of opening it, which records it."""
    return list(_standing(contact, people, by=by, at=at))


def _standing(
    contact: Contact, people: tuple[Named, ...], *, by: Actor, at: datetime
) -> Iterator[tuple[str, letters.Rule]]:
    tellers = within(by, Referrer.objects.filter(contact=contact))
    everybody: list[Named | Referrer] = [*tellers, *people]
    whose: dict[Subject, str] = {}
    for person, rows in zip(everybody, _rows(contact.pk, everybody, by=by), strict=True):
        whose |= dict.fromkeys(rows, person.label if isinstance(person, Named) else "The person who told us")
    for rule in letters.rules_of(whose, by=by, at=at):
        yield whose[rule.subject], rule


def standing_of_person(person: int, *, by: Actor, at: datetime) -> list[tuple[str, letters.Rule]]:
    """The rules that stand for one person of the index, with how the contact named them. Part of opening the record.

    They are those of every row that is confirmed to be this person, and of every row of the same families under the
    same full name, unless somebody said that it is another. What is set down about who told us is not in it.

    :param person: the number of the record
    """
    mine = list(within(by, Named.objects.filter(key__in=list(subjects_of([person], kind=NAMED, by=by)))))
    if not mine:
        return []
    families = within(by, Contact.objects.filter(pk__in={row.contact_id for row in mine})).values_list("family")
    plain = Replace("match_name", Value("|"), Value(""))
    names = {row.match_name.replace("|", "") for row in mine} - {""}
    alike = within(by, Named.objects.filter(contact__family__in=families).alias(plain=plain).filter(plain__in=names))
    labels = {row.key: row.label for row in (*alike, *mine)}
    others = {key for key, number in people_of(list(labels), by=by).items() if number != person}
    subjects = [(NAMED, key) for key in labels if key not in others]
    return [(labels[rule.subject[1]], rule) for rule in letters.rules_of(subjects, by=by, at=at)]


def _places(contact: Contact, people: Iterable[Named], *, by: Actor) -> Iterator[str]:
    """Where a protected address stands in clear: in what was told, in words about people, in files of plain text."""
    named = ("given_name", "family_name", "known_as", "description", "relationship", "school", "safe_contact")
    files = [("contacts.submission", contact.submission_id), ("contacts.contact", contact.key)]
    written = {
        "what was told": [contact.story], "where the child is": [f"{contact.where_now} {contact.with_whom}"],
        "what is written about people": [str(getattr(each, name)) for each in people for name in named],
        "an attached file": texts_of(files, by=by) if by.may(Permission.CONTACT_READ) else [],
    }  # fmt: skip
    found = letters.passages_in_each([text for texts in written.values() for text in texts], by=by)
    yield from (words for words, texts in written.items() if any(found.get(text) for text in texts))


@dataclass(frozen=True, slots=True)
class Review:
    """A rule that somebody should look at again.

    :param whom: whom it is about, in words; of who told us nothing says who that is
    :param contact: key of the contact on whose page it is kept
    """

    rule: letters.Rule
    whom: str
    contact: UUID
    receipt: str


def reviews(*, by: Actor, at: datetime) -> list[Review]:
    """Rules whose day to be looked at again has come, or comes within a fortnight; the oldest day first.

    :raises NotPermitted: `by` keeps no rules about safe contact
    """
    return _reviews(letters.to_look_at_again(by=by, at=at), by=by)


def my_reviews(*, by: Actor, at: datetime) -> list[Review]:
    """Those whose day has come: one's own; a manager's also those whose author no longer works for the council.

    Part of my work, which records it.
    """
    due = letters.to_look_at_again(within_next=timedelta(0), by=by, at=at)
    if not due:
        return []
    here = {each.id for each in colleagues(by=by, at=at)} if by.may(Permission.LETTER_RELEASE) else None
    mine = [rule for rule in due if rule.set_by_id == by.user_id or (here is not None and rule.set_by_id not in here)]
    return _reviews(mine, by=by)


def _reviews(rules: list[letters.Rule], *, by: Actor) -> list[Review]:
    wanted = {rule.subject[1] for rule in rules}
    if not wanted:
        return []
    about: dict[UUID, tuple[str, Contact]] = {}
    for person in within(by, Named.objects.select_related("contact").filter(key__in=wanted)):
        about[person.key] = (person.label, person.contact)
    for teller in within(by, Referrer.objects.select_related("contact").filter(key__in=wanted)):
        about[teller.key] = ("The person who told us", teller.contact)
    known = ((rule, *about[rule.subject[1]]) for rule in rules if rule.subject[1] in about)
    return [Review(rule, whom, contact.key, contact.receipt) for rule, whom, contact in known]


@dataclass(frozen=True, slots=True)
class OpenRule:
    """One rule, with the contact on whose page it is kept."""

    rule: letters.Rule
    contact: UUID


def open_rule(key: UUID | str, *, by: Actor, at: datetime, why: str = "") -> OpenRule:
    """One rule that stands, to take it back; opening it leaves an entry.

    :raises NotPermitted: `by` keeps no rules about safe contact
    :raises NotFound: the council acted for has none of that key about anybody here, or it was taken back
    """
    require(by, Permission.SAFE_CONTACT_KEEP, authority=acting_council(by))
    rule = letters.rule(key, by=by, at=at)
    kind, subject = rule.subject
    named = within(by, Named.objects.filter(key=subject)).values_list("contact__key", flat=True)
    told = within(by, Referrer.objects.filter(key=subject)).values_list("contact__key", flat=True)
    contact = named.first() if kind == NAMED else told.first()
    if contact is None:
        raise NotFound
    trail.record("contacts.open_rule", subject=rule.subject, by=by, at=at, why=why, rule=rule.key)
    return OpenRule(rule, contact)


def protected_person(person: UUID | str, *, by: Actor, at: datetime) -> tuple[str, UUID]:
    """Whose protected address somebody asks for, and the contact's key: no address. It leaves an entry.

    :raises NotFound: there is no such person, or their address is not protected
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    found = within(by, Named.objects.select_related("contact").filter(key=person, address_protected=True)).first()
    if found is None:
        raise NotFound
    trail.record("contacts.protected_person", subject=found.contact, by=by, at=at, person=found.key)
    return found.label, found.contact.key


def open_address(person: UUID | str, *, why: str, by: Actor, at: datetime) -> str:
    """A protected address, for somebody who needs it and says why: an entry of its own.

    :param person: key of somebody whom a contact names
    :raises NotPermitted: `by` may not open protected addresses
    :raises NotFound: there is no such person, or the address is not protected
    :raises InvalidInput: no reason
    """
    require(by, Permission.PROTECTED_OPEN, authority=acting_council(by))
    found = within(by, Named.objects.filter(key=person)).first()
    if found is None:
        raise NotFound
    return letters.open_protected([(NAMED, found.key)], why=why, by=by, at=at)
