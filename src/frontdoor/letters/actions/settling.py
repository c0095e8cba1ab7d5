"""What people do with letters: hold, release, tell by telephone, print, post, note that nobody can be told, cancel."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    InvalidInput,
    NotPermitted,
    Permission,
    StepNotAllowed,
    require,
    unchanged,
)
from frontdoor.background.actions import later
from frontdoor.letters import pages, queries, rules
from frontdoor.letters.actions.taking import settle, take
from frontdoor.letters.models import Letter
from frontdoor.letters.rules import Found, Release, Route, State, Step
from frontdoor.trail import actions as trail

LATE_ENTRY = timedelta(minutes=15)
"""A call recorded later than this is a late entry, which has a permission of its own."""


@transaction.atomic
def hold(key: UUID | str, *, seen: int, why: str, by: Actor, at: datetime) -> Letter:
    """Hold a letter back, so that it goes out only when a second person lets it.

    :raises Conflict: the letter has changed since `by` saw it
    :raises InvalidInput: no reason
    :raises StepNotAllowed: it has gone out, or is held already
    """
    letter = take(key, by=by)
    require(by, Permission.LETTER_SEND, authority=letter.authority_id)

    unchanged(seen, letter.version)
    letter.state = rules.after(letter.state, Step.HOLD)
    letter.held_by, letter.held_at, letter.held_why = by.user_id, at, _reason(why)
    letter.findings, letter.next_at = [*letter.findings, rules.finding(Found.BY_HAND).mark], None
    letter.version += 1
    letter.save(update_fields=["state", "held_by", "held_at", "held_why", "findings", "next_at", "version"])

    trail.record("letters.hold", subject=letter, by=by, at=at, why=letter.held_why)
    return letter


@transaction.atomic
def release(key: UUID | str, *, seen: int, why: str, by: Actor, at: datetime) -> Letter:
    """Let a held letter go out after looking: a second person, and a manager where somebody's safety is the reason.

    What is let pass is what was looked at: a note that is written or changed afterwards holds the letter back again.

    :raises Conflict: the letter has changed since `by` saw it
    :raises InvalidInput: no reason, or `by` planned or held it
    :raises NotPermitted: a manager has to do it
    :raises StepNotAllowed: it is not held, or for a reason that nobody can let pass
    """
    letter = take(key, by=by)
    require(by, Permission.LETTER_SEND, authority=letter.authority_id)

    unchanged(seen, letter.version)
    state = rules.after(letter.state, Step.RELEASE)
    if letter.state != State.HELD:
        raise StepNotAllowed("It is not held back.")
    _may_release(letter, by)
    letter.state, letter.released = state, sorted({*letter.released, *letter.findings})
    letter.released_by, letter.released_at, letter.released_why = by.user_id, at, _reason(why)
    letter.findings, letter.next_at, letter.version = [], at, letter.version + 1
    letter.save(update_fields=_RELEASED)
    _send_later(letter)

    trail.record("letters.release", subject=letter, by=by, at=at, why=letter.released_why)
    return letter


_RELEASED = ["state", "released", "released_by", "released_at", "released_why", "findings", "next_at", "version"]


def _may_release(letter: Letter, by: Actor) -> None:
    codes = [Found(mark.partition(":")[0]) for mark in letter.findings]
    asked = rules.who_may_release(rules.finding(code) for code in codes)
    if asked is Release.NOBODY:
        never = next(code for code in codes if rules.finding(code).release is Release.NOBODY)
        raise StepNotAllowed(f"{rules.why(never)} It cannot be sent as it stands.")
    if by.user_id is None or (asked is Release.MANAGER and not by.may(Permission.LETTER_RELEASE)):
        raise NotPermitted(Permission.LETTER_RELEASE)
    if by.user_id in (letter.made_by, letter.held_by):
        raise InvalidInput(why="Somebody else has to release it: you planned it or held it back.")


@transaction.atomic
def send_again(key: UUID | str, *, seen: int, by: Actor, at: datetime) -> Letter:
    """Try again to send what could not be sent, after somebody has mended or checked what was wrong.

    :raises Conflict: the letter has changed since `by` saw it
    :raises StepNotAllowed: it did not fail
    """
    letter = take(key, by=by)
    require(by, Permission.LETTER_SEND, authority=letter.authority_id)

    unchanged(seen, letter.version)
    if letter.state != State.FAILED:
        raise StepNotAllowed("It did not fail.")
    letter.state = rules.after(letter.state, Step.RELEASE)
    letter.uncertain, letter.next_at, letter.version = False, at, letter.version + 1
    letter.save(update_fields=["state", "uncertain", "next_at", "version"])
    _send_later(letter)

    trail.record("letters.send_again", subject=letter, by=by, at=at)
    return letter


def _send_later(letter: Letter) -> None:
    if Route(letter.route) in rules.ELECTRONIC:
        later("letters.send", letter=str(letter.key))


@transaction.atomic
def record_told_by_phone(
    key: UUID | str, *, seen: int, whom: str, said: str, told_at: datetime | None = None, by: Actor, at: datetime
) -> Letter:
    """Record that somebody was told on the telephone: whom `by` spoke to, when, and what was said.

    :param told_at: when it was, if earlier than now
    :raises Conflict: the letter has changed since `by` saw it
    :raises InvalidInput: nobody named, nothing said, or a time that has not come
    :raises NotPermitted: `by` may not tell referrers, or may not enter calls late
    :raises StepNotAllowed: it was sent, or the person was told
    """
    letter = take(key, by=by)
    require(by, Permission.REFERRER_TELL, authority=letter.authority_id)

    unchanged(seen, letter.version)
    letter.state = rules.after(letter.state, Step.TELL)
    told = told_at or at
    _check_call(whom, said, told, at)
    if at - told > LATE_ENTRY:
        require(by, Permission.CONTACT_LATE_ENTRY, authority=letter.authority_id)
    letter.told_whom, letter.said, letter.sent_at, letter.next_at = whom.strip(), said.strip(), told, None
    settled = settle(letter, by=by, at=at, stopped_at=told)
    letter.version += 1
    letter.save(update_fields=["state", "told_whom", "said", "sent_at", "next_at", "version", *settled])

    trail.record("letters.record_told_by_phone", subject=letter, by=by, at=at, told_at=told)
    return letter


def _check_call(whom: str, said: str, told: datetime, at: datetime) -> None:
    problems = {}
    if not whom.strip():
        problems["whom"] = "Say whom you spoke to."
    if not said.strip():
        problems["said"] = "Say what was said."
    if told > at:
        problems["told_at"] = "The call cannot be later than now."
    if problems:
        raise InvalidInput(**problems)


@transaction.atomic
def note_not_possible(key: UUID | str, *, seen: int, why: str, by: Actor, at: datetime) -> Letter:
    """Note that nobody can be told, and why; also that somebody has seen that the system found so.

    :raises Conflict: the letter has changed since `by` saw it
    :raises InvalidInput: no reason
    :raises StepNotAllowed: it was sent, or the person was told
    """
    letter = take(key, by=by)
    require(by, Permission.REFERRER_TELL, authority=letter.authority_id)

    unchanged(seen, letter.version)
    letter.state = rules.after(letter.state, Step.NOTE)
    return _closed(letter, "letters.note_not_possible", _reason(why), by=by, at=at)


@transaction.atomic
def cancel(key: UUID | str, *, seen: int, why: str, by: Actor, at: datetime) -> Letter:
    """Cancel a letter that should not go out: a mistake, a death, another has told them.

    :raises Conflict: the letter has changed since `by` saw it
    :raises InvalidInput: no reason
    :raises StepNotAllowed: it was sent, or the person was told
    """
    letter = take(key, by=by)
    require(by, Permission.LETTER_SEND, authority=letter.authority_id)

    unchanged(seen, letter.version)
    letter.state = rules.after(letter.state, Step.CANCEL)
    return _closed(letter, "letters.cancel", _reason(why), by=by, at=at)


@transaction.atomic
def call_off(subject: rules.Subject, *, why: str, by: Actor, at: datetime) -> int:
    """Cancel every letter about something that has not gone out, because it is not to be told any more.

    One that a provider has at this moment goes out. Part of the act that ends the reason for them.

    :returns: how many were cancelled
    """
    waiting = Letter.objects.select_for_update(of=("self",)).filter(
        subject_key=subject[1], subject_kind=subject[0], settled_at=None
    )
    found = [each for each in within(by, waiting).order_by("id") if rules.may(each.state, Step.CANCEL)]
    for letter in found:
        letter.state = rules.after(letter.state, Step.CANCEL)
        _closed(letter, "letters.cancel", _reason(why), by=by, at=at)
    return len(found)


def _closed(letter: Letter, action: str, why: str, *, by: Actor, at: datetime) -> Letter:
    letter.settled_why, letter.next_at = why, None
    settled = settle(letter, by=by, at=at)
    letter.version += 1
    letter.save(update_fields=["state", "settled_why", "next_at", "version", *settled])
    trail.record(action, subject=letter, by=by, at=at, why=why)
    return letter


@transaction.atomic
def print_letter(key: UUID | str, *, by: Actor, at: datetime) -> bytes | None:
    """Print a letter with the address of this moment, if the guard finds nothing against it; else hold it back.

    :returns: the PDF, or None when it was held back
    :raises StepNotAllowed: it does not go by post, is held, or is done
    """
    letter = take(key, by=by)
    require(by, Permission.LETTER_SEND, authority=letter.authority_id)

    if letter.route != Route.LETTER or letter.state != State.TO_SEND:
        raise StepNotAllowed("Only a letter that is waiting to be posted can be printed.")
    seen = queries.look(letter, by=by, at=at)
    standing = seen.standing(letter)
    letter.findings, letter.version = [each.mark for each in standing], letter.version + 1
    if standing or seen.recipient is None:
        letter.state, letter.held_at = rules.after(letter.state, Step.HOLD), at
        printed = None
    else:
        letter.tried_at, letter.sent_digest = at, seen.words.digest
        printed = pages.letter_pdf(seen.words, _addressed(seen.recipient, by=by, at=at), seen.house, at=at)
    letter.save(update_fields=["findings", "state", "held_at", "tried_at", "sent_digest", "version"])

    trail.record("letters.print_letter", subject=letter, by=by, at=at, printed=printed is not None)
    return printed


def _addressed(recipient: rules.Recipient, *, by: Actor, at: datetime) -> rules.Recipient:
    """The person told with the address of the envelope: a protected one is opened here, once a manager has said so."""
    if not recipient.protected:
        return recipient
    address = queries.open_protected(recipient.rows, why="To print it on the letter itself", by=by, at=at)
    return replace(recipient, address=address)


@transaction.atomic
def record_posted(key: UUID | str, *, seen: int, by: Actor, at: datetime) -> Letter:
    """Record that a printed letter is in the post.

    :raises Conflict: the letter has changed since `by` saw it
    :raises StepNotAllowed: it does not go by post, was not printed, or is done
    """
    letter = take(key, by=by)
    require(by, Permission.LETTER_SEND, authority=letter.authority_id)

    unchanged(seen, letter.version)
    if letter.route != Route.LETTER or letter.tried_at is None:
        raise StepNotAllowed("It has not been printed yet.")
    letter.state, letter.sent_at = rules.after(letter.state, Step.POST), at
    settled = settle(letter, by=by, at=at)
    letter.version += 1
    letter.save(update_fields=["state", "sent_at", "version", *settled])

    trail.record("letters.record_posted", subject=letter, by=by, at=at)
    return letter


def _reason(why: str) -> str:
    """A reason, trimmed.

    :raises InvalidInput: none was given
    """
    if not why.strip():
        raise InvalidInput(why="Say why.")
    return why.strip()[:300]
