"""The one way out. `send_now` alone hands words to a provider, after the guard has looked at how things are now.

A letter is marked as being sent, and that is committed, before the provider is asked. A worker that dies in between
leaves the mark; the next one asks the provider whether it has the letter before it sends. So nothing is lost and
nothing goes out twice.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.background.actions import later
from frontdoor.letters import queries, rules
from frontdoor.letters.actions import outlet
from frontdoor.letters.actions.taking import settle, take
from frontdoor.letters.models import Letter
from frontdoor.letters.rules import NotSent, Refused, Route, State, Step, Unknown
from frontdoor.trail import actions as trail

AT_ONCE = 100
"""Letters that one sweep leaves to the workers; the next sweep comes in a minute."""


@transaction.atomic
def take_up(key: UUID | str, *, by: Actor, at: datetime) -> bool:
    """Mark a letter as being sent. Asked twice for the same letter it answers no: another has it, or it is done.

    :returns: whether the caller must go on with `send_now` once this is committed
    :raises NotFound: the council has no such letter
    """
    letter = take(key, by=by)
    require(by, Permission.LETTER_SEND, authority=letter.authority_id)

    left_behind = letter.state == State.SENDING and letter.tried_at is not None and letter.tried_at <= at - rules.STALE
    ready = letter.state == State.TO_SEND and Route(letter.route) in rules.ELECTRONIC
    if not (left_behind or ready) or queries.provider_rests(by=by, at=at):
        return False
    letter.state = rules.after(letter.state, Step.TAKE_UP)
    letter.uncertain = letter.uncertain or left_behind
    letter.attempts, letter.tried_at, letter.version = letter.attempts + 1, at, letter.version + 1
    letter.save(update_fields=["state", "uncertain", "attempts", "tried_at", "version"])

    trail.record("letters.take_up", subject=letter, by=by, at=at, attempt=letter.attempts)
    return True


@transaction.atomic
def send_now(key: UUID | str, *, by: Actor, at: datetime) -> State:
    """Send a letter that was taken up, if the guard finds nothing against it at this moment.

    What it finds holds the letter back; what the provider answers decides the rest. Either way it becomes a task or it
    is sent: nothing is dropped.

    :returns: where the letter stands now
    :raises NotFound: the council has no such letter
    :raises StepNotAllowed: it was not taken up
    """
    letter = take(key, by=by)
    require(by, Permission.LETTER_SEND, authority=letter.authority_id)

    rules.after(letter.state, Step.GO_OUT)
    seen = queries.look(letter, by=by, at=at)
    standing = seen.standing(letter)
    letter.findings, letter.version = [each.mark for each in standing], letter.version + 1
    if standing:
        _keep_back(letter, at)
    else:
        _hand_over(letter, seen, by=by, at=at)
    letter.save(update_fields=_FIELDS)

    trail.record(
        "letters.send",
        subject=letter,
        by=by,
        at=at,
        route=letter.route,
        state=letter.state,
        failure=letter.failure,
        found=[each.code for each in standing],
    )
    return State(letter.state)


_FIELDS = [
    "state", "findings", "held_at", "uncertain", "next_at", "failure", "sent_at", "sent_digest", "settled_at",
    "settled_by", "version",
]  # fmt: skip


def _keep_back(letter: Letter, at: datetime) -> None:
    letter.state, letter.held_at, letter.next_at = rules.after(letter.state, Step.HOLD), at, None


def _hand_over(letter: Letter, seen: queries.Look, *, by: Actor, at: datetime) -> None:
    if seen.recipient is None:
        return
    try:
        outlet.deliver(
            Route(letter.route), seen.recipient, seen.words, seen.house, reference=str(letter.key),
            again=letter.attempts > 1 or letter.uncertain, uncertain=letter.uncertain,
        )  # fmt: skip
    except NotSent:
        _rest(letter, at)
    except Unknown:
        letter.uncertain = True
        if outlet.can_be_asked():
            _rest(letter, at)
        else:
            _fail(letter, "unknown")
    except Refused:
        _fail(letter, "refused")
    else:
        letter.state, letter.sent_at, letter.sent_digest = rules.after(letter.state, Step.GO_OUT), at, seen.words.digest
        letter.failure, letter.uncertain, letter.next_at = "", False, None
        settle(letter, by=by, at=at)


def _rest(letter: Letter, at: datetime) -> None:
    """The provider did not take it: it waits, longer each time, and asks again by itself."""
    letter.state, letter.failure = rules.after(letter.state, Step.GIVE_BACK), "no_answer"
    letter.next_at = at + rules.next_try(letter.attempts)


def _fail(letter: Letter, failure: str) -> None:
    letter.state, letter.failure, letter.next_at = rules.after(letter.state, Step.FAIL), failure, None


@transaction.atomic
def sweep(*, by: Actor, at: datetime) -> int:
    """Leave to the workers what waits for another try or was left by a worker that died; once a minute and council.

    While a provider rests after a failure one letter asks for all whether it is back (`queries.provider_rests`).

    :returns: how many letters were left to them
    """
    require(by, Permission.LETTER_SEND, authority=acting_council(by))
    if queries.provider_rests(by=by, at=at):
        return 0
    due = queries.due_again(by=by, at=at, most=AT_ONCE)
    for key in due:
        later("letters.send", letter=str(key))
    if due:
        trail.record("letters.sweep", by=by, at=at, letters=due)
    return len(due)
