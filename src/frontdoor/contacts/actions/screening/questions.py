"""Clarifying with whoever told us: questions, each attempt, the answer, and screening again when none comes."""

from contextlib import suppress
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, StepNotAllowed, require, unchanged
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.models import Ended
from frontdoor.contacts.actions.screening import rows
from frontdoor.contacts.actions.screening.rows import Key
from frontdoor.contacts.models import Attempt, Contact, Question
from frontdoor.contacts.rules import screening as rules
from frontdoor.contacts.rules.kinds import QUESTION
from frontdoor.trail import actions as trail


@transaction.atomic
def ask(key: Key, *, seen: int, asked_of: str, text: str, by: Actor, at: datetime) -> Question:
    """Ask whoever told us, or an agency. Waiting stops no clock; the question has a time of its own.

    :param asked_of: never the name of the person who told us, which stays in its compartment
    :raises NotPermitted: `by` does not screen for this council
    :raises Conflict: the contact has changed since `by` saw it
    """
    contact = rows.contact_taken(key, by=by)
    require(by, Permission.CONTACT_SCREEN, authority=contact.authority_id)
    asker = rows.person(by, Permission.CONTACT_SCREEN)
    unchanged(seen, contact.version)
    rows.still_open(contact)
    rules.check_question(asked_of, text)

    question = Question(
        authority_id=contact.authority_id, key=uuid4(), contact=contact, asked_of=asked_of.strip(), text=text.strip(),
        asked_by=asker, asked_at=at, state="asked",
    )  # fmt: skip
    (clock,) = clocks.start(
        QUESTION, subject=("contacts.question", question.key), team_id=contact.team_id, owner_id=by.user_id,
        label=contact.receipt, by=by, at=at,
    )  # fmt: skip
    question.answer_due_at = clock.due_at
    question.save(force_insert=True)
    rows.changed(contact, by=by, at=at)

    trail.record("contacts.ask", subject=contact, by=by, at=at, question=question.key)
    return question


@transaction.atomic
def attempt(
    key: Key, *, whom: str, outcome: str, note: str = "", question: Key = "", by: Actor, at: datetime
) -> Attempt:
    """Log one try at reaching somebody: spoke to them, no answer, voicemail … Nothing is changed by it but the log.

    :param question: the key of the question that it was about
    :raises NotPermitted: `by` may not take contacts here
    """
    contact = rows.contact_taken(key, by=by)
    require(by, Permission.CONTACT_TAKE, authority=contact.authority_id)
    tried_by = rows.person(by, Permission.CONTACT_TAKE)
    rules.check_attempt(whom, outcome, note)

    asked = _question_of(contact, question, by=by) if question else None
    made = Attempt.objects.create(
        authority_id=contact.authority_id, contact=contact, question=asked, whom=whom.strip(), outcome=outcome,
        note=note.strip(), tried_by=tried_by, tried_at=at,
    )  # fmt: skip
    rows.touch(contact, by=by, at=at)
    contact.save(update_fields=["touched_at"])

    trail.record("contacts.attempt", subject=contact, by=by, at=at, outcome=outcome)
    return made


def _question_of(contact: Contact, key: Key, *, by: Actor) -> Question:
    locked = Question.objects.select_for_update(of=("self",), no_key=True)
    found = within(by, locked.filter(key=key, contact=contact)).first()
    if found is None:
        raise NotFound
    return found


def _taken(key: Key, *, by: Actor) -> tuple[Contact, Question]:
    """A question and its contact, the contact locked first as everywhere."""
    contact_key = within(by, Question.objects.filter(key=key)).values_list("contact__key", flat=True).first()
    if contact_key is None:
        raise NotFound
    contact = rows.contact_taken(contact_key, by=by)
    return contact, _question_of(contact, key, by=by)


@transaction.atomic
def answer(
    key: Key, *, seen: int, answer: str, seen_or_heard: str = "", changed_today: str = "", by: Actor, at: datetime
) -> Question:
    """Write down the answer to a question; an answer that comes late is kept as well.

    :param key: the question's key
    :param seen_or_heard: whether they saw or heard it themselves, or from whom they have it
    :raises NotPermitted: `by` may not take contacts here
    :raises Conflict: the question has changed since `by` saw it
    :raises StepNotAllowed: it has been answered
    """
    contact, question = _taken(key, by=by)
    require(by, Permission.CONTACT_TAKE, authority=contact.authority_id)
    unchanged(seen, question.version)
    if question.state == "answered":
        raise StepNotAllowed("This question has been answered already.", when=question.settled_at)
    rules.check_answer(answer, seen_or_heard, changed_today)

    question.answer, question.seen_or_heard = answer.strip(), seen_or_heard.strip()
    question.changed_today = changed_today.strip()
    _settle(question, "answered", by=by, at=at)
    rows.changed(contact, by=by, at=at)
    clocks.stop(QUESTION, subject=("contacts.question", question.key), by=by, at=at)

    trail.record("contacts.answer", subject=contact, by=by, at=at, question=question.key)
    return question


def _settle(question: Question, state: str, *, by: Actor, at: datetime) -> None:
    question.state, question.settled_by, question.settled_at = state, by.user_id, at
    question.version += 1
    question.save(
        update_fields=["state", "settled_by", "settled_at", "version", "answer", "seen_or_heard", "changed_today"]
    )


@transaction.atomic
def screen_again(key: Key, *, by: Actor, at: datetime) -> Question:
    """Stop waiting: the contact is screened again as if no answer will ever come (domain 11, 22).

    The sweep does it when the time has passed; a social worker may do it earlier. No answer is itself a thing to weigh.

    :param key: the question's key
    :raises NotPermitted: `by` does not screen for this council
    :raises StepNotAllowed: nobody waits for this answer any more
    """
    contact, question = _taken(key, by=by)
    may = Permission.CLOCK_KEEP if by.is_system else Permission.CONTACT_SCREEN
    require(by, may, authority=contact.authority_id)
    if question.state != "asked":
        raise StepNotAllowed("Nobody waits for this answer any more.", when=question.settled_at)

    _settle(question, "unanswered", by=by, at=at)
    rows.changed(contact, by=by, at=at)
    clocks.stop(QUESTION, subject=("contacts.question", question.key), by=by, at=at, ended=Ended.NOT_NEEDED)

    trail.record("contacts.screen_again", subject=contact, by=by, at=at, question=question.key)
    return question


def screen_unanswered_again(*, by: Actor, at: datetime) -> int:
    """Screen again whatever waits for an answer past its time; the sweep does it each minute.

    Contacts are taken in the order of their numbers, as by everybody who takes more than one.

    :returns: how many questions counted as unanswered
    """
    late = within(by, Question.objects.filter(state="asked", answer_due_at__lt=at))
    keys = list(late.order_by("contact_id", "id").values_list("key", flat=True))
    late_ones = 0
    for key in keys:
        with suppress(StepNotAllowed):  # somebody has answered it a moment ago
            screen_again(key, by=by, at=at)
            late_ones += 1
    return late_ones
