"""Taking in: the submission, its receipt, and the contact that is made of it. Every door ends here."""

import json
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from frontdoor.actors.queries import OWN, rows_within, within
from frontdoor.actors.rules import Actor, NotFound, Permission, SameKeyOtherBody, acting_council, require
from frontdoor.background.actions import later
from frontdoor.clocks import actions as clocks
from frontdoor.clocks import queries as clock_queries
from frontdoor.clocks.rules import is_open
from frontdoor.contacts.actions import duties
from frontdoor.contacts.actions.telling import Written, acknowledge, told_with_others
from frontdoor.contacts.models import (
    Agreement,
    CallBack,
    Contact,
    Doubt,
    Event,
    Matter,
    Named,
    Referrer,
    Statement,
    Submission,
)
from frontdoor.contacts.rules import doors, states, trials
from frontdoor.contacts.rules import intake as rules
from frontdoor.contacts.rules.duties import duties_of
from frontdoor.contacts.rules.kinds import CALL_BACK, DECISION, NIGHT, first_look
from frontdoor.letters import actions as letters
from frontdoor.letters.rules import ACKNOWLEDGE
from frontdoor.organisations.models import Function
from frontdoor.organisations.queries import team_for
from frontdoor.trail import actions as trail

JOURNEY = (DECISION, ACKNOWLEDGE)
"""The clocks that start with the submission itself, beside the first look's, whatever the job makes of it."""


@dataclass(frozen=True, slots=True)
class Given:
    """A receipt as the sender gets it; given only after commit.

    :param number: as people read it
    :param again: the same key came again with the same body: this is the first receipt
    """

    number: str
    submission: uuid.UUID
    again: bool = False


@transaction.atomic
def submit(
    report: rules.Report, *, channel: str, idem: str, by: Actor, at: datetime, received_at: datetime | None = None,
    marks: Collection[doors.Mark] = (),
) -> Given:  # fmt: skip
    """Keep a report word for word and give its receipt; the contact is made of it by a job at once after.

    The portal's role inserts and reads nothing: no RETURNING, no arbiter, keys made here.

    :param idem: the sender's key for this one report; the same key with the same body gives the same receipt
    :param received_at: first receipt by any part of the service, where it was earlier than now (late entry)
    :param marks: why it may not be genuine: kept for those who look, and told to nobody else
    :raises InvalidInput: nothing to read, or too much
    :raises NotPermitted: `by` may not take in
    :raises SameKeyOtherBody: the key was used for another report
    """
    channel = trials.CHANNEL if report.trial else channel
    given, stored = _keep(report, channel=channel, idem=idem, by=by, at=at, received_at=received_at or at)
    if stored is None:
        return given
    if not report.trial:
        _start_clocks(stored, by=by, at=received_at or at)
    if marks:
        _mark(stored, marks, by=by, at=at)
    later("contacts.intake", submission=str(given.submission))
    number = _take_receipt(channel, given.submission, bytes(stored.digest))
    trail.record("contacts.submit", subject=("contacts.submission", given.submission), by=by, at=at, channel=channel)
    return Given(states.receipt_text(acting_council(by), channel, number), given.submission)


def _mark(submission: Submission, marks: Collection[doors.Mark], *, by: Actor, at: datetime) -> None:
    doubt = Doubt(
        authority_id=acting_council(by), submission_id=submission.pk, marks=doors.kept(marks), marked_at=at
    )  # fmt: skip
    doubt.save(force_insert=True)


@transaction.atomic
def submit_and_take_in(
    report: rules.Report,
    *,
    channel: str,
    idem: str,
    by: Actor,
    at: datetime,
    received_at: datetime | None = None,
    noted: bool = False,
    going_on: bool = False,
) -> tuple[Given, Contact | None]:
    """The same for staff who go on working with what they wrote: the contact is made in this transaction.

    :param noted: the service itself wrote `received_at` down when it was (a call's beginning, another council's first
        receipt), so that this is no late entry and asks for no permission of its own
    :param going_on: the sender is still speaking: how they are answered is settled when they have ended
    :returns: the receipt, and the contact, or None when the key had been used with the same body before
    """
    given, stored = _keep(report, channel=channel, idem=idem, by=by, at=at, received_at=received_at or at, noted=noted)
    if stored is None:
        return given, within(by, Contact.objects.filter(submission_id=given.submission)).first()
    begun = _start_clocks(stored, by=by, at=received_at or at)
    contact, written = _make_contact(stored, begun, receipt="", by=by, at=at)
    number = states.receipt_text(acting_council(by), channel, _take_receipt(channel, stored.pk, bytes(stored.digest)))
    contact.receipt = number
    contact.save(update_fields=["receipt"])
    duties.start(contact, *duties_of(contact.sub_type), by=by)
    if not going_on:
        acknowledge(contact, written=written, by=by, at=at)
    trail.record("contacts.take_in", subject=contact, by=by, at=at, channel=channel)
    return Given(number, given.submission), contact


@transaction.atomic
def take_in(submission_key: str, *, by: Actor, at: datetime) -> Contact:
    """Make the contact of a submission that the portal or a system left; doing it twice makes one.

    Nobody may change a submission, so nobody can lock it: of two jobs at once the constraint lets one through.

    :raises NotFound: the council has no such submission, or it is a test message, which never becomes a contact
    """
    found = rows_within(by, _RECEIVED, submission=submission_key)
    if not found or found[0][0] == trials.CHANNEL:
        raise NotFound
    ((channel, number, made, doubted, *kept),) = found
    submission = Submission(**dict(zip(_COLUMNS, kept, strict=True)))
    submission.body = json.loads(kept[_COLUMNS.index("body")])
    require(by, Permission.CONTACT_TAKE, authority=submission.authority_id)
    if made is not None:
        return within(by, Contact.objects.filter(pk=made)).get()
    receipt = states.receipt_text(submission.authority_id, channel, number)
    begun = _begun(submission, by=by)
    contact, written = _make_contact(submission, begun, receipt=receipt, doubted=doubted, by=by, at=at)
    duties.start(contact, *duties_of(contact.sub_type), by=by)
    if not told_with_others(contact, by=by, at=at):
        acknowledge(contact, written=written, by=by, at=at)
    trail.record("contacts.take_in", subject=contact, by=by, at=at, channel=submission.channel)
    return contact


_COLUMNS = ("id", "authority_id", "channel", "sender", "agency", "idem", "body", "digest", "received_at", "entered_at")

# A submission with its receipt, the contact that was made of it, and whether it came marked as perhaps not genuine.
_RECEIVED = f"""
SELECT receipt.channel, receipt.number, contact.id, doubt.id IS NOT NULL,
       {", ".join(f"submission.{column}" for column in _COLUMNS)}
  FROM contacts_submission submission
  JOIN contacts_receipt receipt ON receipt.{OWN} AND receipt.submission_id = submission.id
  LEFT JOIN contacts_contact contact ON contact.{OWN} AND contact.submission_id = submission.id
  LEFT JOIN contacts_doubt doubt ON doubt.{OWN} AND doubt.submission_id = submission.id
 WHERE submission.{OWN} AND submission.id = %(submission)s
"""  # noqa: S608 (constants)


def _keep(
    report: rules.Report,
    *,
    channel: str,
    idem: str,
    by: Actor,
    at: datetime,
    received_at: datetime,
    noted: bool = False,
) -> tuple[Given, Submission | None]:
    """Insert the submission; the loser of a race with the same key waits for the commit and gets the first receipt."""
    require(by, Permission.CONTACT_TAKE, authority=acting_council(by))
    if received_at != at and not noted:
        require(by, Permission.CONTACT_LATE_ENTRY, authority=acting_council(by))
    submission = prepared(report, channel=channel, idem=idem, by=by, at=at, received_at=received_at)
    if _inserted(submission):
        return Given("", submission.pk), submission
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM frontdoor_receipt_again(%s, %s, %s)", [submission.sender, idem, bytes(submission.digest)]
        )
        row = cursor.fetchone()
    if row is None:
        raise SameKeyOtherBody
    return Given(states.receipt_text(acting_council(by), row[1], row[2]), row[0], again=True), None


def prepared(
    report: rules.Report, *, channel: str, idem: str, by: Actor, at: datetime, received_at: datetime
) -> Submission:
    """A report as the row that keeps it, not yet stored. Part of the act that stores it.

    :raises InvalidInput: nothing to read, or too much
    """
    rules.check(report)
    body = rules.body(report)
    return Submission(
        authority_id=acting_council(by), channel=channel, sender=_sender(by), agency=agency_of(by), idem=idem,
        body=body, digest=rules.digest(body), received_at=received_at, entered_at=at,
    )  # fmt: skip


def _sender(by: Actor) -> str:
    """Whose keys these are: never null, since nulls never conflict; the anonymous are all `public`."""
    return "public" if by.name == "system:public" else by.name


def agency_of(by: Actor) -> uuid.UUID | None:
    """Whose people may read it back: those of a system's agency, or of a sender with an account."""
    sends = by.db_role == "frontdoor_portal" or by.name.startswith("client:")
    return uuid.UUID(by.agency) if sends and by.agency else None


_INSERT = (
    f"INSERT INTO contacts_submission ({', '.join(_COLUMNS)})"  # noqa: S608 (constants)
    f" VALUES ({', '.join(['%s'] * len(_COLUMNS))}) ON CONFLICT DO NOTHING"
)


def _inserted(submission: Submission) -> bool:
    values: list[Any] = [getattr(submission, column) for column in _COLUMNS]
    values[_COLUMNS.index("body")] = json.dumps(submission.body, cls=DjangoJSONEncoder)
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, values)
        return bool(cursor.rowcount == 1)


def _take_receipt(channel: str, submission: uuid.UUID, digest: bytes) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT frontdoor_take_receipt(%s, %s, %s)", [channel, submission, digest])
        return int(cursor.fetchone()[0])


@dataclass(frozen=True, slots=True)
class _Begun:
    """What receipt settles: the team, when a decision and a word to the sender are due, whether we were closed."""

    team_id: int
    due_at: datetime
    tell_by: datetime
    out_of_hours: bool


def _start_clocks(submission: Submission, *, by: Actor, at: datetime) -> _Begun:
    kinds = [first_look(submission.body.get("danger", "")), *JOURNEY]
    terms = clock_queries.terms([*kinds, NIGHT], by=by)
    if closed := not is_open(at, terms.calendar):
        kinds.append(NIGHT)
    team = team_for(Function.CONTACT_CENTRE, by=by, at=at)
    subject = ("contacts.submission", submission.pk)
    started = clocks.start(*kinds, subject=subject, team_id=team.pk, terms=terms, by=by, at=at)
    due = {clock.kind: clock.due_at for clock in started}
    return _Begun(team.pk, due[DECISION.name], due[ACKNOWLEDGE.name], closed)


def _begun(submission: Submission, *, by: Actor) -> _Begun:
    """The same, of a submission whose clocks were started by an earlier transaction: they hold all of it."""
    at = submission.received_at
    started = clock_queries.for_subject(("contacts.submission", submission.pk), by=by, at=at)
    clock = {each.kind: each for each in started}
    decide, tell = clock[DECISION], clock[ACKNOWLEDGE]
    team_id = decide.team_id or team_for(Function.CONTACT_CENTRE, by=by, at=at).pk
    return _Begun(team_id, decide.reading.due_at, tell.reading.due_at, NIGHT in clock)


def _make_contact(
    submission: Submission, begun: _Begun, *, receipt: str, doubted: bool = False, by: Actor, at: datetime
) -> tuple[Contact, Written]:
    report = rules.report(submission.body)
    contact = Contact.objects.create(
        authority_id=submission.authority_id, submission=submission, receipt=receipt, channel=submission.channel,
        category=report.category, sub_type=report.sub_type, source_code=report.source_code,
        source_local=report.source_local, received_at=submission.received_at, happened_at=report.happened_at,
        entered_at=submission.entered_at, story=report.story, danger_said=report.danger, where_now=report.where_now,
        with_whom=report.with_whom, until_when=report.until_when, postcode=report.postcode,
        responsible_authority=report.responsible_authority, state=states.ContactState.RECEIVED,
        due_at=begun.due_at, out_of_hours=begun.out_of_hours,
        danger_rank=rules.danger_rank(said=report.danger, looked="", flagged=False, doubted=doubted),
        team_id=begun.team_id, family=family_of(report.people, by=by), event=_event(report, by=by),
        mirror=report.mirror or None,
    )  # fmt: skip
    people = _write_people(contact, report.people)
    protect_as_told(people, report.people, by=by, at=at)
    _write_marks(contact, report, people, by=by, at=at)
    children: list[Named | None] = [person for person in people if person.kind in states.CHILD_KINDS]
    Matter.objects.bulk_create(
        Matter(authority_id=contact.authority_id, contact=contact, child=child, state=states.MatterState.OPEN)
        for child in children or [None]
    )
    referrer = _write_sides(contact, report, by=by, at=at)
    return contact, Written(referrer, people, begun.tell_by)


def _write_people(contact: Contact, given: Sequence[rules.PersonGiven]) -> list[Named]:
    return Named.objects.bulk_create(
        Named(authority_id=contact.authority_id, contact=contact, position=position, **columns_of(person))
        for position, person in enumerate(given)
    )


_NO_COLUMNS = ("said_words", "sealed")
_COLUMNS_OF_A_PERSON = tuple(name for name in rules.PersonGiven.__dataclass_fields__ if name not in _NO_COLUMNS)


def columns_of(person: rules.PersonGiven) -> dict[str, Any]:
    """What is kept of a person in a contact, with the stored keys for exact matching."""
    keys = {
        "match_name": rules.match_name(person), "match_place": rules.match_place(person),
        "match_family": rules.folded(person.family_name)[:110], "match_postcode": rules.folded(person.postcode)[:10],
    }  # fmt: skip
    columns = keys | {name: getattr(person, name) for name in _COLUMNS_OF_A_PERSON}
    return columns | WITHOUT_ADDRESS if person.sealed else columns


WITHOUT_ADDRESS = {
    "address": "", "postcode": "", "match_place": "", "match_postcode": "", "address_protected": True
}  # fmt: skip
"""The columns of somebody whose address is kept from others."""


def protect_as_told(people: Sequence[Named], given: Sequence[rules.PersonGiven], *, by: Actor, at: datetime) -> None:
    """Keep sealed what came sealed. Part of the act that writes the people down."""
    for named, person in zip(people, given, strict=True):
        if person.sealed:
            letters.protect_as_told(("contacts.named", named.key), sealed=person.sealed, by=by, at=at)


def _write_marks(contact: Contact, report: rules.Report, people: Sequence[Named], *, by: Actor, at: datetime) -> None:
    """Marked sentences, and the words of children that a form asked for by name."""
    said = [
        rules.Marked("own_words", person.said_words, person=position)
        for position, person in enumerate(report.people)
        if person.said_words
    ]
    Statement.objects.bulk_create(
        Statement(
            authority_id=contact.authority_id, contact=contact, kind=mark.kind, words=mark.words, starts=mark.starts,
            ends=mark.ends, named=people[mark.person] if mark.person is not None else None,
            marked_by=by.user_id, marked_at=at,
        )
        for mark in (*report.marks, *said)
    )  # fmt: skip


def _write_sides(contact: Contact, report: rules.Report, *, by: Actor, at: datetime) -> Referrer:
    """What lies beside the story: the referrer's compartment, agreement, and a wish to be called back."""
    kept = {field: getattr(report.referrer, field) for field in rules.ReferrerGiven.__dataclass_fields__}
    referrer = Referrer.objects.create(authority_id=contact.authority_id, contact=contact, **kept)
    Agreement.objects.create(
        authority_id=contact.authority_id, contact=contact, purpose="referral", status=report.agreement.status,
        given_by=report.agreement.given_by, reason_not_sought=report.agreement.reason_not_sought,
        limits=report.agreement.limits[:1_000], recorded_by=by.user_id, recorded_at=at,
    )  # fmt: skip
    if report.call_back:
        ask_call_back(contact, report.call_back, by=by, at=at)
    return referrer


def ask_call_back(contact: Contact, given: rules.CallBackGiven, *, by: Actor, at: datetime) -> CallBack:
    """Somebody wants to speak to a social worker about a contact; its clock counts from its receipt."""
    asked = CallBack.objects.create(
        authority_id=contact.authority_id, submission_id=contact.submission_id, contact=contact,
        name=given.name, phone=given.phone, when=given.when, about=given.about, asked_at=contact.received_at,
    )  # fmt: skip
    subject = ("contacts.callback", asked.pk)
    clocks.start(CALL_BACK, subject=subject, team_id=contact.team_id, by=by, at=contact.received_at)
    return asked


def _event(report: rules.Report, *, by: Actor) -> Event | None:
    """The event that a report names: one for all that name the sender's own number of it."""
    if not report.event_label:
        return None
    event = Event(
        authority_id=acting_council(by), label=report.event_label, reference=report.event_reference,
        happened_at=report.happened_at, mirror=report.mirror or None,
    )  # fmt: skip
    if not event.reference:
        event.save(force_insert=True)
        return event
    Event.objects.bulk_create([event], ignore_conflicts=True)
    return within(by, Event.objects.filter(reference=event.reference)).get()


# For each person in turn the newest of that name and birth date, or of that family name at that address.
_FAMILY = f"""
SELECT contact.family
  FROM unnest(%(names)s::text[], %(births)s::date[], %(places)s::text[])
       WITH ORDINALITY AS person (name, born, place, turn)
 CROSS JOIN LATERAL (
   (SELECT named.contact_id, 1 AS way FROM contacts_named named
     WHERE named.{OWN} AND named.match_name = person.name AND named.date_of_birth = person.born
     ORDER BY named.id DESC LIMIT 1)
   UNION ALL
   (SELECT named.contact_id, 2 FROM contacts_named named
     WHERE named.{OWN} AND named.match_place = person.place
     ORDER BY named.id DESC LIMIT 1)
 ) alike
  JOIN contacts_contact contact ON contact.{OWN} AND contact.id = alike.contact_id
 ORDER BY person.turn, alike.way LIMIT 1
"""  # noqa: S608 (constants)


def family_of(people: Sequence[rules.PersonGiven], *, by: Actor) -> uuid.UUID:
    """The family that these people's contacts belong to, by exact matching; contacts are grouped, nobody is joined.

    A child's full name with the birth date, or the family name at the same address: one statement for all people. The
    index of people brings more.
    """
    births = [person.date_of_birth if person.kind == "child" else None for person in people]
    names = [rules.match_name(person) or None for person in people]
    places = [rules.match_place(person) or None for person in people]
    if not any(places) and not any(name and born for name, born in zip(names, births, strict=True)):
        return uuid.uuid4()
    found = rows_within(by, _FAMILY, names=names, births=births, places=places)
    return found[0][0] if found else uuid.uuid4()
