"""The ledger of one child over all rooms: what was given, to whom, why and how, and each decision not to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db.models import Q

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.contacts.models import Contact, Named
from frontdoor.contacts.queries.ledger import scope_of_contact, scope_of_person
from frontdoor.councils.rules import london_day
from frontdoor.disclosures.models import Disclosure, Told
from frontdoor.disclosures.rules.kinds import KINDS
from frontdoor.letters.rules.ledger import Line, Scope, Went, lines
from frontdoor.matching.queries.linked import people_of, unnamed
from frontdoor.people.models import Person
from frontdoor.people.queries import index
from frontdoor.trail import actions as trail


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which lines are wanted.

    :param recipient: mark of one recipient (`mark_of`): no name ever stands in an address
    """

    recipient: str = ""
    went: str = ""
    since: date | None = None
    until: date | None = None

    def wants(self, line: Line) -> bool:
        """Whether a line is among them."""
        on = london_day(line.at)
        return (
            (not self.recipient or mark_of(line) == self.recipient)
            and (not self.went or line.went == self.went)
            and (self.since is None or on >= self.since)
            and (self.until is None or on <= self.until)
        )


def mark_of(line: Line) -> str:
    """What stands for a recipient in an address: nothing can be read from it."""
    return sha256(line.recipient.encode()).hexdigest()[:12] if line.recipient else ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger of some children, the newest first.

    :param recipients: everybody who stands in it, by mark
    :param names: of the accounts in the lines
    """

    lines: tuple[Line, ...]
    recipients: tuple[tuple[str, str], ...]
    names: dict[int, str]


def of_contact(
    key: UUID | str, narrowed: Narrowed | None = None, *, by: Actor, at: datetime
) -> tuple[Contact, tuple[Named, ...], Ledger]:
    """The ledger of the children of one contact, and who they are; it leaves one entry.

    :raises NotPermitted: `by` may not see what was disclosed
    :raises NotFound: the council acted for has no such contact
    """
    require(by, Permission.DISCLOSURE_READ, authority=acting_council(by))
    contact = within(by, Contact.objects.filter(key=key)).first()
    if contact is None:
        raise NotFound
    found = _ledger(scope_of_contact(contact, by=by), narrowed or Narrowed(), by=by, at=at)
    people = tuple(within(by, Named.objects.filter(contact=contact)).order_by("position"))
    trail.record("disclosures.ledger_of", subject=contact, by=by, at=at, lines=len(found.lines))
    return contact, people, found


def of_person(key: UUID | str, narrowed: Narrowed | None = None, *, by: Actor, at: datetime) -> tuple[Person, Ledger]:
    """The ledger of one person of the index; it leaves one entry. Who is shut to `by` is not there.

    :raises NotPermitted: `by` may not see what was disclosed, or reads no records of people
    :raises NotFound: there is none of that key, or not for `by`
    """
    require(by, Permission.DISCLOSURE_READ, authority=acting_council(by))
    person = index.person_of(key, by=by)
    found = _ledger(scope_of_person(person.pk, by=by), narrowed or Narrowed(), by=by, at=at)
    trail.record("disclosures.ledger_of_person", subject=person, by=by, at=at, lines=len(found.lines))
    return person, found


def _ledger(scope: Scope, narrowed: Narrowed, *, by: Actor, at: datetime) -> Ledger:
    everything = lines(scope, by=by, at=at)
    marks = {mark_of(line): line.recipient for line in everything if line.recipient}
    shown = tuple(line for line in everything if narrowed.wants(line))
    known = names({line.by for line in shown if line.by is not None}, by=by)
    return Ledger(shown, tuple(sorted(marks.items(), key=lambda each: each[1])), known)


def of_requests(scope: Scope, *, by: Actor, at: datetime) -> Iterator[Line]:
    """What was answered to whoever asked about these children, refused, not known or passed on.

    A line belongs here that is about the row of one of them; and one about the same full name, which names no row or
    one that is nobody's yet, with the same date of birth, or told or asked in one of these contacts.
    """
    sees_all = by.may(Permission.DISCLOSURE_PREPARE) or by.may(Permission.DISCLOSURE_LEDGER)
    rows = Disclosure.objects.select_related("request", "about__named", "answer").filter(_about(scope, by=by))
    found = list(within(by, rows).order_by("id"))
    others = {row.about.named.key for row in found if row.about.named} - scope.named.keys()
    somebody = people_of(others, by=by).keys() | unnamed(others)
    for row in found:
        if row.about.named is not None and row.about.named.key in somebody:
            continue
        went = Went.GIVEN if row.kind in ("told", "there") else Went.NOT_GIVEN
        if KINDS[row.request.sub_type].restricted and not sees_all:
            yield Line(at=row.at, went=went, what="Restricted: ask the information desk")
            continue
        what = row.what if row.kind in ("refused", "redirected") else row.get_kind_display()
        sent = row.answer.get_sent_how_display() if row.answer and row.answer.sent_how else ""
        yield Line(
            at=row.at, went=went, what=f"An answer: {what}", about=row.about.name, to_whom=row.to_whom,
            why=row.purpose, basis=row.get_basis_display(), how=sent, by=row.made_by,
        )  # fmt: skip


def _about(scope: Scope, *, by: Actor) -> Q:
    """Lines that may be about these children: by the key of a row, else by a name that does not stand alone."""
    told = within(by, Told.objects.filter(contact__key__in=scope.contacts)).values("disclosure_id")
    here = Q(pk__in=told) | Q(request__contact__key__in=scope.contacts)
    which = Q(about__named__key__in=scope.named)
    for person in within(by, Named.objects.filter(key__in=scope.named).exclude(match_name="")):
        born = person.date_of_birth
        alike = Q(match_name=person.match_name)
        which |= here & alike & (Q(born=born) | Q(born=None) if born else Q())
        if born:
            which |= alike & Q(born=born)
    return which


WENT_WORDS = {Went.GIVEN: "Given", Went.ASKED: "Asked", Went.NOT_GIVEN: "Not given"}
