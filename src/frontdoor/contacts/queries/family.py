"""Who of a family is told what: the list of all who wait, those of one contact, and one with its words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from frontdoor.access.queries import colleagues, names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.contacts.models import Contact, Decision, Named, Telling
from frontdoor.contacts.queries.keeping import kept_of
from frontdoor.contacts.queries.safe import rows_of
from frontdoor.contacts.queries.telling import RISK
from frontdoor.contacts.rules import family as rules
from frontdoor.contacts.rules.family import SUBJECT, How, State, Told
from frontdoor.letters import queries as letters
from frontdoor.letters.rules import Audience, Facts, Kind, Recipient, Route, Words
from frontdoor.letters.rules import Told as Said
from frontdoor.shell.rules import london
from frontdoor.trail import actions as trail

MOST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One person who should hear of one child, as lists show it.

    :param names: of every account that the row names
    """

    telling: Telling
    contact: Contact
    child: str
    person: str
    names: dict[int, str]

    def name(self, number: int | None) -> str:
        """The name of an account of this row."""
        return self.names.get(number or 0, "")


def families(*, by: Actor, at: datetime) -> list[Line]:
    """Everybody of a family who is still to be told, the most urgent first, and those whose day to look again has come.

    :raises NotPermitted: `by` may not read contacts
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    waiting = Q(state__in=rules.OPEN) | Q(state=State.NOT_TOLD, again_on__lte=at.date())
    found = _lines(Telling.objects.filter(waiting).order_by("due_at", "id"), by=by)
    trail.record("contacts.families", by=by, at=at, shown=[str(line.telling.key) for line in found])
    return found


def not_told(*, by: Actor, at: datetime) -> list[Line]:
    """Those of whom a manager decided that they are not told for now, by the day on which that is looked at again.

    Part of the page that lists the families, beside `families`.

    :raises NotPermitted: `by` may not read contacts
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    later = Telling.objects.filter(state=State.NOT_TOLD, again_on__gt=at.date()).order_by("again_on", "id")
    found = _lines(later, by=by)
    trail.record("contacts.not_told", by=by, at=at, shown=[str(line.telling.key) for line in found])
    return found


def waits_for(*, by: Actor, at: datetime) -> list[Line]:
    """Whom of a family this person tells now, and of whom they decided that nobody tells them until this day.

    A manager has also what one decided who no longer works for the council. Part of my work, which records it.
    """
    require(by, Permission.FAMILY_TELL, authority=acting_council(by))
    back = Q(state=State.NOT_TOLD, again_on__lte=london(at).date())
    mine = Q(state=State.RELEASED, teller=by.user_id) | back
    found = _lines(Telling.objects.filter(mine).order_by("due_at", "id"), by=by)
    manages = by.may(Permission.FAMILY_RELEASE) and any(each.telling.state == State.NOT_TOLD for each in found)
    here = {each.id for each in colleagues(by=by, at=at)} if manages else None
    return [line for line in found if _waits(line.telling, by, here)]


def _waits(telling: Telling, by: Actor, here: set[int] | None) -> bool:
    decided = telling.refused_by if telling.state == State.NOT_TOLD else telling.teller
    return decided == by.user_id or (here is not None and decided not in here and telling.state == State.NOT_TOLD)


def of_contact(contact: Contact, *, by: Actor) -> list[Line]:
    """Everybody who should hear of the children of one contact. Part of opening it, which records it."""
    return _lines(Telling.objects.filter(matter__contact=contact).order_by("matter_id", "id"), by=by)


def _lines(rows: QuerySet[Telling], *, by: Actor) -> list[Line]:
    kept = list(within(by, rows.select_related("matter__contact", "matter__child", "person"))[:MOST])
    numbers = {
        number
        for each in kept
        for number in (each.teller, each.chosen_by, each.released_by, each.told_by, each.refused_by)
        if number is not None
    }
    known = names(numbers, by=by)
    return [Line(each, each.matter.contact, each.matter.called, each.person.label, known) for each in kept]


@dataclass(frozen=True, slots=True)
class Opened:
    """One telling with its words, and everything to be read before anybody is told.

    :param words: as chosen, else as they would be with the usual reason
    :param rules: what is set down about reaching this person
    :param protected: their address is protected
    :param warnings: what speaks against telling them, in words
    :param numbers: telephone numbers on record, for those who may see them
    :param letter: key of the letter that carries the words
    :param outcome: code of what was decided; empty for that something arrived
    """

    line: Line
    words: Words
    rules: tuple[letters.Rule, ...]
    protected: bool
    warnings: tuple[str, ...]
    letter: UUID | None
    outcome: str


def open_telling(key: UUID | str, *, by: Actor, at: datetime, why: str = "") -> Opened:
    """One person who should hear of one child; opening it leaves an entry.

    :raises NotPermitted: `by` may not read contacts
    :raises NotFound: the council acted for has none of that key
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    found = _lines(Telling.objects.filter(key=key), by=by)
    if not found:
        raise NotFound
    line = found[0]
    telling = line.telling
    rows = rows_of(telling.person, by=by)
    outcome = _outcome(telling, by=by)
    opened = Opened(
        line=line, words=words(telling, by=by, at=at), rules=tuple(letters.rules_of(rows, by=by, at=at)),
        protected=bool(letters.protected(rows, by=by)), warnings=tuple(_warnings(telling, by=by)),
        letter=letters.newest_about((SUBJECT, telling.key), by=by), outcome=outcome,
    )  # fmt: skip
    trail.record("contacts.open_telling", subject=line.contact, by=by, at=at, why=why, telling=telling.key)
    return opened


def _outcome(telling: Telling, *, by: Actor) -> str:
    if telling.decision is None:
        return ""
    found = within(by, Decision.objects.filter(key=telling.decision)).values_list("outcome", flat=True).first()
    return found or ""


def _warnings(telling: Telling, *, by: Actor) -> Iterable[str]:
    people = list(within(by, Named.objects.filter(contact=telling.matter.contact)))
    if telling.person.concern in RISK:
        yield "This person may be harming somebody in this matter. Ask a manager before they hear anything."
    if any(person.safe_contact for person in people):
        yield "There is a safe-contact note about somebody in this matter. Read it first."
    if len({each.pk for each in people if each.kind == "child"}) > 1:
        yield "This contact names several children. Be sure that this person is a parent or carer of this one."


def words(telling: Telling, *, by: Actor, at: datetime) -> Words:
    """What is said or written to somebody, in the fixed words that were chosen, or that mostly are."""
    kind = Kind.FAMILY_DECIDED if telling.told == Told.DECIDED else Kind.FAMILY_ARRIVED
    route = Route.LETTER if telling.how == How.LETTER else Route.PHONE
    return letters.preview(kind, Audience(telling.part), route, facts(telling, by=by), by=by, at=at)


def facts(telling: Telling, *, by: Actor) -> Facts:
    """What the words are made of: codes and the child's own name, and nothing that anybody typed."""
    contact, outcome = telling.matter.contact, _outcome(telling, by=by)
    reason = telling.reason or (rules.usual_reason(outcome) if outcome else "")
    decided = _decided_at(telling, by=by)
    child = telling.matter.child
    said = Said(
        child.label if child else "Your child", outcome, reason=dict(rules.REASONS).get(reason, ""),
        next_step=rules.next_step(reason) if outcome else "", about=dict(rules.WORRIES)[telling.worry or "wellbeing"],
    )  # fmt: skip
    return Facts(contact.receipt, contact.received_at, decided_at=decided, told=(said,))


def _decided_at(telling: Telling, *, by: Actor) -> datetime | None:
    if telling.decision is None:
        return None
    return within(by, Decision.objects.filter(key=telling.decision)).values_list("made_at", flat=True).first()


def recipient(telling_key: UUID, person_key: UUID, *, by: Actor, at: datetime) -> Recipient:
    """Somebody of a family who is told by letter, as the contact has them at this moment.

    :raises NotFound: the contact names no such person any more
    """
    found = within(by, Telling.objects.select_related("person", "matter").filter(key=telling_key)).first()
    if found is None or found.person.key != person_key:
        raise NotFound
    person = found.person
    people = list(within(by, Named.objects.filter(contact_id=found.matter.contact_id)))
    return Recipient(
        kind=found.part, identity="given", route=Route.LETTER, name=person.label,
        address="\n".join(filter(None, (person.address, person.postcode))),
        notes=tuple(each.safe_contact for each in people if each.safe_contact),
        unsafe=tuple(
            each.address for each in people if each.concern in RISK and each.address and each.pk != person.pk
        ),
        rows=rows_of(person, by=by),
        keeps=lambda: kept_of([found.matter.contact_id], by=by),
    )  # fmt: skip
