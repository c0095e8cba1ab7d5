"""What is said after a red flag was raised in the middle of a call: it joins the contact that stands already."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.contacts.actions import duties
from frontdoor.contacts.actions.intake import (
    WITHOUT_ADDRESS,
    ask_call_back,
    columns_of,
    family_of,
    protect_as_told,
)
from frontdoor.contacts.actions.screening import rows
from frontdoor.contacts.actions.telling import acknowledge
from frontdoor.contacts.models import Agreement, CallBack, Contact, Matter, Named, Referrer, Statement
from frontdoor.contacts.rules.intake import Marked, PersonGiven, ReferrerGiven, Report
from frontdoor.contacts.rules.states import CHILD_KINDS, MatterState
from frontdoor.trail import actions as trail

_TOLD = (
    "category", "sub_type", "source_code", "source_local", "happened_at", "story", "where_now", "with_whom",
    "until_when", "postcode", "responsible_authority",
)  # fmt: skip
"""What a contact holds as it was told; the report at the end of the call says all of it again, and more."""


def written(people: Sequence[Named], rows_of: Sequence[int]) -> dict[str, str]:
    """By row of the form the key of the person who stands in the contact: what a draft keeps of a first part."""
    return {str(row): str(person.key) for row, person in zip(rows_of, people, strict=True)}


def add(
    contact: Contact,
    report: Report,
    *,
    rows_of: Sequence[int],
    known: Mapping[str, str],
    marked: Mapping[str, str],
    numbers: Sequence[int],
    by: Actor,
    at: datetime,
) -> Contact:
    """Write what was said since into a contact of the same call, which the caller has locked.

    The submission stays as it was receipted; nothing is taken out of the contact, it only comes to say more. Matters
    that wait are one version on, so that nobody recommends or decides on what they have not read.

    :param rows_of: for each person of the report the row of the form in which they stand
    :param known: by row the key of the person who stands in the contact
    :param marked: by number of a mark the key of the statement that stands
    :param numbers: of the report's marks
    """
    family = family_of(report.people, by=by)
    for name in _TOLD:
        setattr(contact, name, getattr(report, name))
    contact.danger_said = report.danger if report.danger != "unknown" else contact.danger_said
    if within(by, Contact.objects.filter(family=family)).exists():
        contact.family = family
    people = _people(contact, report.people, rows_of, known, by=by, at=at)
    if any(person.address_protected for person in people):
        contact.postcode = ""
    _statements(contact, report.marks, people, marked, numbers, by=by, at=at)
    _matters(contact, people, by=by)
    _sides(contact, report, by=by, at=at)
    rows.changed(contact, *_TOLD, "danger_said", "family", by=by, at=at)
    duties.follow(contact, by=by, at=at)
    acknowledge(contact, by=by, at=at)
    trail.record("contacts.add", subject=contact, by=by, at=at, people=len(people))
    return contact


def _people(
    contact: Contact,
    given: Sequence[PersonGiven],
    rows_of: Sequence[int],
    known: Mapping[str, str],
    *,
    by: Actor,
    at: datetime,
) -> list[Named]:
    standing = {str(person.key): person for person in within(by, Named.objects.filter(contact=contact))}
    position = max((person.position for person in standing.values()), default=-1)
    found = []
    for row, person in zip(rows_of, given, strict=True):
        columns = columns_of(person)
        named = standing.get(known.get(str(row), ""))
        if named is None:
            position += 1
            named = Named.objects.create(
                authority_id=contact.authority_id, contact=contact, position=position, **columns
            )
        else:
            if named.address_protected:
                columns |= WITHOUT_ADDRESS  # protected since: what the call says later brings no address back
            for name, value in columns.items():
                setattr(named, name, value)
            named.save(update_fields=list(columns))
        found.append(named)
    protect_as_told(found, given, by=by, at=at)
    return found


def _statements(
    contact: Contact,
    marks: Sequence[Marked],
    people: Sequence[Named],
    marked: Mapping[str, str],
    numbers: Sequence[int],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Marks at their present places; one that was taken off since keeps its words and no place."""
    standing = {str(row.key): row for row in within(by, Statement.objects.filter(contact=contact))}
    left = dict(standing)
    for number, given in zip(numbers, marks, strict=True):
        values = {
            "named": people[given.person] if given.person is not None else None, "kind": given.kind,
            "words": given.words, "starts": given.starts, "ends": given.ends,
        }  # fmt: skip
        row = left.pop(marked.get(str(number), ""), None)
        if row is None:
            Statement.objects.create(
                authority_id=contact.authority_id, contact=contact, marked_by=by.user_id, marked_at=at, **values
            )
            continue
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=list(values))
    for key in set(marked.values()) & left.keys():
        left[key].starts = left[key].ends = None
        left[key].save(update_fields=["starts", "ends"])


def _matters(contact: Contact, people: Sequence[Named], *, by: Actor) -> None:
    """A matter for every child; the one that stood for a child not yet named is that of the first."""
    locked = Matter.objects.select_for_update(of=("self",), no_key=True)
    matters = list(within(by, locked.filter(contact=contact)).order_by("id"))
    children = {matter.child_id for matter in matters}
    new = [person for person in people if person.kind in CHILD_KINDS and person.pk not in children]
    nameless = next((matter for matter in matters if matter.child_id is None), None)
    if nameless is not None and new:
        nameless.child = new.pop(0)
        nameless.save(update_fields=["child"])
    for matter in matters:
        if matter.state in (MatterState.OPEN, MatterState.RECOMMENDED):
            matter.version += 1
            matter.save(update_fields=["version"])
    Matter.objects.bulk_create(
        Matter(authority_id=contact.authority_id, contact=contact, child=child, state=MatterState.OPEN)
        for child in new
    )  # fmt: skip


def _sides(contact: Contact, report: Report, *, by: Actor, at: datetime) -> None:
    """The compartment of the person who rings, agreement, and a wish to be rung back."""
    kept = {name: getattr(report.referrer, name) for name in ReferrerGiven.__dataclass_fields__}
    for referrer in within(by, Referrer.objects.filter(contact=contact).order_by("id"))[:1]:
        for name, value in kept.items():
            setattr(referrer, name, value)
        referrer.save(update_fields=list(kept))
    Agreement.objects.create(
        authority_id=contact.authority_id, contact=contact, purpose="referral", status=report.agreement.status,
        given_by=report.agreement.given_by, reason_not_sought=report.agreement.reason_not_sought,
        limits=report.agreement.limits[:1_000], recorded_by=by.user_id, recorded_at=at,
    )  # fmt: skip
    if report.call_back and not within(by, CallBack.objects.filter(contact=contact)).exists():
        ask_call_back(contact, report.call_back, by=by, at=at)
