"""An e-mail becomes a contact with its number, clocks and trail before the mailbox lets go of it."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from io import BytesIO
from uuid import UUID, uuid4

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, Permission, SameKeyOtherBody, acting_council, require
from frontdoor.clocks.rules import london_date
from frontdoor.contacts.actions.intake import Given, submit, submit_and_take_in
from frontdoor.contacts.models import Contact, Correspondence, Referrer
from frontdoor.contacts.queries.trials import asked_for
from frontdoor.contacts.rules import correspondence as rules
from frontdoor.contacts.rules import trials
from frontdoor.contacts.rules.intake import Report
from frontdoor.contacts.rules.kinds import PROFESSIONAL_DOMAINS
from frontdoor.councils import queries as councils
from frontdoor.files import actions as files
from frontdoor.trail import actions as trail

LATELY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a message.

    :param number: its receipt's
    :param contact: the key of its contact, or of what was sent where it was a test
    :param again: it had been taken in before: nothing was written
    """

    number: str
    contact: UUID
    again: bool = False


@transaction.atomic
def take_in_message(
    raw: bytes, *, reached_at: datetime, whole: bool = True, own_address: str = "", by: Actor, at: datetime
) -> Taken:
    """Take an e-mail in, whatever it holds; the same message in any number of copies is taken in once.

    It waits in the queue from now on as any contact does, and its clocks run from when it reached the mailbox.

    :param raw: its bytes as they came; the first of them where it is too large to be kept
    :param reached_at: when the mailbox got it: the first receipt by any part of the council
    :param whole: whether `raw` is all of it
    :raises NotPermitted: `by` may not take in
    """
    require(by, Permission.CONTACT_TAKE, authority=acting_council(by))
    digest = hashlib.sha256(raw).digest()
    standing = within(by, Correspondence.objects.select_related("contact").filter(digest=digest)).first()
    if standing is not None:
        return Taken(standing.contact.receipt, standing.contact.key, again=True)
    message = rules.read(raw, own_address=own_address)
    if (test := _test(message, by=by, at=at)) is not None:
        return test
    if not whole:
        message = replace(message, unread=rules.TOO_LARGE_WORDS, attachments=())
    given, contact = _taken_in(message, digest, whole=whole, reached_at=min(reached_at, at), by=by, at=at)
    if given.again:
        return Taken(given.number, contact.key, again=True)
    letter = _kept(contact, message, raw, digest, whole=whole, by=by, at=at)
    trail.record(
        "contacts.take_in_message", subject=contact, by=by, at=at, bytes=len(raw), machine=letter.machine,
        files=len(message.attachments), whole=whole,
    )  # fmt: skip
    return Taken(given.number, contact.key)


def _test(message: rules.Message, *, by: Actor, at: datetime) -> Taken | None:
    """A test that was asked for through this door. Whatever only says that it is one is taken in as what it is."""
    trial = trials.trial_of(message.message_id)
    if not trial or not asked_for(trial, trials.Door.MAILBOX, by=by):
        return None
    report = Report(story=trials.STORY, danger="no", trial=trial)
    given = submit(report, channel="email", idem=f"test:{trial}", by=by, at=at)
    return Taken(given.number, given.submission, again=given.again)


def _taken_in(
    message: rules.Message, digest: bytes, *, whole: bool, reached_at: datetime, by: Actor, at: datetime
) -> tuple[Given, Contact]:
    """Through the one intake. Two messages that claim one Message-ID and say different things are two."""
    lately = _lately(message, by=by, at=at)
    going_on = not rules.answered_at_once(message, domains=_domains(by=by, at=at), lately=lately)
    for idem in (rules.key_of(message, digest, whole=whole), rules.bytes_key(digest)):
        try:
            given, contact = submit_and_take_in(
                rules.report_of(message), channel="email", idem=idem, by=by, at=at, received_at=reached_at, noted=True,
                going_on=going_on,
            )  # fmt: skip
        except SameKeyOtherBody:
            continue
        if contact is not None:
            return given, contact
    raise SameKeyOtherBody


def _lately(message: rules.Message, *, by: Actor, at: datetime) -> int:
    sender = rules.sender_key(message.from_address)
    return within(by, Correspondence.objects.filter(sender=sender, taken_at__gt=at - LATELY)).count() if sender else 0


def _domains(*, by: Actor, at: datetime) -> str:
    setting = councils.setting(PROFESSIONAL_DOMAINS.name, authority=acting_council(by), on=london_date(at))
    return str(setting.value)


def _kept(
    contact: Contact, message: rules.Message, raw: bytes, digest: bytes, *, whole: bool, by: Actor, at: datetime
) -> Correspondence:
    """The original, whole and sealed by its hash, what came with it, and the row that says what it is."""
    key = uuid4()
    subject = (rules.ORIGINALS, key)
    original = _original(raw, subject, by=by, at=at) if whole else None
    left_out = []
    for each in message.attachments:
        try:
            files.keep(BytesIO(each.content), name=each.name, subject=subject, part_of=original, by=by, at=at)
        except InvalidInput as refused:
            left_out.append(f"{each.name}: {refused.problems.get('file', 'it could not be kept')}")
    about, how = _about(message, by=by)
    return Correspondence.objects.create(
        authority_id=contact.authority_id, key=key, contact=contact, door=rules.Door.EMAIL, state=rules.State.WAITING,
        original=original, sent_at=message.sent_at, subject=message.subject, message_id=message.message_id,
        digest=digest, sender=rules.sender_key(message.from_address), machine=message.machine, unread=message.unread,
        left_out="\n".join(left_out), about=about, about_how=how, taken_by=by.user_id, taken_at=at,
    )  # fmt: skip


def _original(raw: bytes, subject: tuple[str, UUID], *, by: Actor, at: datetime) -> UUID:
    """Keep the message as it came. Bytes that are no e-mail at all are kept in an envelope, letter by letter."""
    try:
        return files.keep(BytesIO(raw), name="message.eml", subject=subject, by=by, at=at).pk
    except InvalidInput:
        return files.keep(BytesIO(rules.enveloped(raw)), name="message.eml", subject=subject, by=by, at=at).pk


def _about(message: rules.Message, *, by: Actor) -> tuple[Contact | None, str]:
    """The contact whose number it names; certain only where its own sender names it in the subject."""
    for text, in_subject in ((message.subject, True), (message.text, False)):
        for number in rules.numbers_in(text)[:5]:
            found = within(by, Contact.objects.filter(receipt=number)).first()
            if found is None:
                continue
            told = within(by, Referrer.objects.filter(contact=found).order_by("id")).first()
            same = told is not None and bool(told.email) and told.email.lower() == message.from_address
            certain = in_subject and same and not message.machine
            return found, rules.About.CERTAIN if certain else rules.About.PROPOSED
    return None, rules.About.NONE
