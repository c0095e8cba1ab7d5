"""Earlier contacts of the people of a call, by exact matching, while it goes on; each question leaves an entry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils.crypto import salted_hmac

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.contacts.models import Contact, Matter, Named
from frontdoor.contacts.rules.intake import PersonGiven, match_name, match_place
from frontdoor.trail import actions as trail
from frontdoor.trail.models import Entry

MOST = 20
ACTION = "contacts.open_earlier"

NAME_AND_BIRTH = "the same full name and birth date"
NAME = "the same full name"
PLACE = "the same family name at the same address"
REASONS = (NAME_AND_BIRTH, PLACE, NAME)
"""Why a contact is shown, the surest first."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody to be looked for: stored keys alone, nothing that was typed."""

    name: str
    place: str
    born: date | None


@dataclass(frozen=True, slots=True)
class Earlier:
    """One earlier contact, with everybody whom it names and their age then.

    :param reason: the surest of the printed reasons for which it is shown
    """

    key: UUID
    receipt: str
    received_at: datetime
    sub_type: str
    state: str
    outcomes: tuple[str, ...]
    people: tuple[Named, ...]
    reason: str


def wanted(people: Iterable[PersonGiven]) -> tuple[Wanted, ...]:
    """Those of whom enough was typed to be found exactly: a full name, or a family name with an address."""
    found = {Wanted(match_name(person), match_place(person), person.date_of_birth) for person in people}
    return tuple(sorted((each for each in found if each.name or each.place), key=repr))


def open_earlier(call: UUID, sought: Sequence[Wanted], *, by: Actor, at: datetime) -> list[Earlier]:
    """Earlier contacts of these people, the newest first.

    Every question is one entry with what it shows; the same question asked again while somebody types on is not
    another. The entry holds a keyed digest of what was looked for, never a name.

    :param call: the key of the call in which it is asked
    :raises NotPermitted: `by` may not read contacts
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    if not sought:
        return []
    reasons = _reasons(sought, by=by)
    found = within(by, Contact.objects.filter(pk__in=list(reasons))).exclude(state="voided").order_by("-received_at")
    rows = list(found[:MOST])
    _note(call, sought, [str(row.key) for row in rows], by=by, at=at)
    people, outcomes = _people(rows, by=by), _outcomes(rows, by=by)
    return [
        Earlier(
            row.key, row.receipt, row.received_at, row.sub_type, row.get_state_display(),
            tuple(outcomes.get(row.pk, ())), tuple(people.get(row.pk, ())), reasons[row.pk],
        )
        for row in rows
    ]  # fmt: skip


def _reasons(sought: Sequence[Wanted], *, by: Actor) -> dict[int, str]:
    """By number of a contact the surest reason for it: a union of probes of the stored keys."""
    names = {each.name for each in sought if each.name}
    places = {each.place for each in sought if each.place}
    births = {(each.name, each.born) for each in sought if each.born}
    reasons: dict[int, str] = {}
    alike = Q(match_name__in=names) | Q(match_place__in=places)
    rows = within(by, Named.objects.filter(alike).order_by("-id"))
    for number, name, place, born in rows.values_list("contact_id", "match_name", "match_place", "date_of_birth")[:500]:
        fits = {
            NAME_AND_BIRTH: (name, born) in births,
            PLACE: place in places,
            NAME: name in names,
        }
        reason = next(said for said in REASONS if fits[said])
        reasons[number] = min(reasons.get(number, reason), reason, key=REASONS.index)
    return reasons


def _note(call: UUID, sought: Sequence[Wanted], shown: list[str], *, by: Actor, at: datetime) -> None:
    """Leave the entry of a settled question, unless the last entry of this call is the same."""
    digest = salted_hmac(ACTION, repr(sought), algorithm="sha256").hexdigest()
    asked = within(by, Entry.objects.filter(subject_key=str(call), action=ACTION)).first()
    if asked is None or (asked.detail.get("query"), asked.detail.get("shown")) != (digest, shown):
        trail.record(ACTION, subject=("contacts.draft", call), by=by, at=at, query=digest, shown=shown)


def _people(contacts: Sequence[Contact], *, by: Actor) -> dict[int, list[Named]]:
    found: dict[int, list[Named]] = {}
    for person in within(by, Named.objects.filter(contact__in=contacts)).order_by("position"):
        found.setdefault(person.contact_id, []).append(person)
    return found


def _outcomes(contacts: Sequence[Contact], *, by: Actor) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    decided = within(by, Matter.objects.filter(contact__in=contacts)).exclude(outcome="").order_by("id")
    for number, outcome in decided.values_list("contact_id", "outcome"):
        found.setdefault(number, []).append(outcome)
    return found
