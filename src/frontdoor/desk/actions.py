"""Having people told of clocks: what the sweep noticed, what is still not done, and a message where danger hangs on it.

The desk does it, since who is meant today follows from posts, agreements and the rota together.
"""

import hashlib
import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import cache
from uuid import UUID

from django.db import transaction

from frontdoor.access.models import User
from frontdoor.access.queries import colleagues
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, Permission, acting_council, acting_person, require
from frontdoor.background.actions import later
from frontdoor.clocks import actions as clocks
from frontdoor.clocks import queries
from frontdoor.clocks.models import Clock, Happening
from frontdoor.clocks.rules import Step, Telling, kind_named
from frontdoor.contacts.queries.history import own_decision
from frontdoor.contacts.queries.night import on_rota
from frontdoor.desk import rules
from frontdoor.desk.models import DownKey, Learning
from frontdoor.desk.queries import down
from frontdoor.letters import queries as letters
from frontdoor.letters import rules as sealing
from frontdoor.letters.actions import outlet
from frontdoor.letters.queries import keys
from frontdoor.letters.rules import Block, Recipient, Refused, Route, Words
from frontdoor.trail import actions as trail

_STEPS = {Happening.HALF: Step.SOON, Happening.BREACH: Step.PASSED}


def on_clocks(by: Actor, at: datetime) -> Callable[[clocks.Notice], None]:
    """Hear of every clock: half gone, or passed. What was done before anybody could be warned needs no warning.

    Who is there today, and who is told of what, is asked once for all clocks of a sweep, and not where there are none.
    """
    there = cache(lambda: present(by=by, at=at))
    telling = cache(lambda: queries.telling(by=by, at=at))

    def on_clock(notice: clocks.Notice) -> None:
        clock = within(by, Clock.objects.filter(pk=notice.clock_id)).first()
        step = _STEPS[notice.event]
        if clock is None or (step is Step.SOON and clock.stopped_at is not None):
            return
        due = queries.ToTell(clock.pk, clock.kind, step, clock.team_id, clock.owner_id)
        _tell(due, running=clock.stopped_at is None, telling=telling(), there=there(), by=by, at=at)

    return on_clock


def present(*, by: Actor, at: datetime) -> rules.Present:
    """Who reaches the council today, and who is on the rota now."""
    people = [rules.Person(each.id, each.roles, each.posts) for each in colleagues(by=by, at=at)]
    return rules.Present(people, {shift.user_id for shift in on_rota(by=by, at=at)})


def _tell(
    due: queries.ToTell,
    *,
    running: bool = True,
    telling: Telling,
    there: rules.Present,
    by: Actor,
    at: datetime,
) -> int:
    kind = kind_named(due.kind)
    meant = rules.recipients(
        telling.tell(kind, due.step),
        telling.messaged(kind, due.step) if running else (),
        there,
        owner_id=due.owner_id,
        team_id=due.team_id,
    )
    return len(clocks.tell(due.clock_id, due.step, meant, turn=due.turn, by=by, at=at)) if meant else 0


@transaction.atomic
def sweep(*, by: Actor, at: datetime) -> int:
    """Tell again of what is late and still not done, and of what has stood still for long; leave messages to send.

    Once a minute and council, after the sweep of the clocks. What it told once it does not tell again.

    :returns: how many notices are new
    :raises NotPermitted: `by` is not the clock sweep
    """
    require(by, Permission.CLOCK_KEEP, authority=acting_council(by))
    telling = queries.telling(by=by, at=at)
    due = [*queries.late_and_untold(telling, by=by, at=at), *queries.paused_and_untold(telling, by=by, at=at)]
    there = cache(lambda: present(by=by, at=at))
    new = 0
    for each in due:
        with suppress(clocks.Held):  # a minute later it is still late
            new += _tell(each, telling=telling, there=there(), by=by, at=at)
    for message in clocks.take_to_message(by=by, at=at):
        later("desk.message", message=str(message))
    return new


@transaction.atomic
def send_message(key: UUID | str, *, by: Actor, at: datetime) -> bool:
    """Send one message: how many notices wait, and where. No name, no concern, no number of a contact.

    Whoever has looked in the meantime, or no longer reaches the council, gets none. Asked twice it sends once: the
    provider is asked whether it has it already.

    :returns: whether it went out
    :raises NotFound: the council has no such message
    :raises Undelivered: the provider did not answer; to be tried again
    """
    require(by, Permission.LETTER_SEND, authority=acting_council(by))
    user, waiting = queries.message(key, by=by)
    meant = User.objects.filter(pk=user, is_active=True).first() if waiting else None
    reaches = meant is not None and user in {each.id for each in colleagues(by=by, at=at)}
    sent = meant is not None and reaches and _sent(key, meant.email, waiting, by=by, at=at)
    trail.record("desk.send_message", by=by, at=at, user=user, notices=waiting, sent=sent)
    return sent


def _sent(key: UUID | str, email: str, waiting: int, *, by: Actor, at: datetime) -> bool:
    house = letters.house(by=by, at=at)
    address = queries.telling(by=by, at=at).address
    words = Words("desk.notices", rules.SUBJECT, tuple(map(Block, rules.message(waiting, house.council, address))))
    to = Recipient(kind="", identity="given", route=Route.EMAIL, email=email)
    try:
        outlet.deliver(Route.EMAIL, to, words, house, reference=str(key), again=True, uncertain=False)
    except Refused:
        # The address is wrong and stays so: trying again helps nobody, and the notice stands on the desk.
        return False
    return True


ROUNDS = 600_000
"""Rounds of PBKDF2 with SHA-256: what OWASP asks for in 2023, and what every browser can do by itself."""
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


@transaction.atomic
def make_passphrase(*, by: Actor, at: datetime) -> str:
    """Make the passphrase of the sheet for a day without the system; the former one opens former sheets alone.

    It is kept nowhere: of it a key is made, which is wrapped by the key outside and encrypts every sheet from now on.

    :returns: the passphrase, to be shown once
    :raises NotPermitted: `by` keeps no such sheet
    :raises NoKey: there is no key outside the database
    """
    require(by, Permission.DOWN_KEEP, authority=acting_council(by))
    passphrase = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(6))
    salt = secrets.token_bytes(16)
    within(by, DownKey.objects.filter(retired_at=None)).update(retired_at=at)
    made = DownKey(
        authority_id=acting_council(by), salt=salt, rounds=ROUNDS, made_by=acting_person(by), made_at=at,
    )  # fmt: skip
    key = hashlib.pbkdf2_hmac("sha256", passphrase.encode(), salt, ROUNDS)
    made.master, master = keys.current()
    wrapped = sealing.wrap(key, master, bound_to=down.key_place(made.authority_id, made.key))
    made.nonce, made.wrapped = wrapped.nonce, wrapped.content
    made.save(force_insert=True)
    trail.record("desk.make_passphrase", subject=made, by=by, at=at)
    return passphrase


@transaction.atomic
def keep_for_supervision(decision: UUID, *, words: str, by: Actor, at: datetime) -> Learning:
    """Keep one's own decision, to be talked over in supervision; an earlier note on it is replaced, and kept.

    :raises NotPermitted: `by` may not read contacts
    :raises NotFound: it is no decision of one's own
    :raises InvalidInput: no words
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    own_decision(decision, by=by)
    if not words.strip():
        raise InvalidInput(words="Write what you want to talk about")

    let_go(decision, by=by, at=at, quietly=True)
    row = Learning.objects.create(
        authority_id=acting_council(by),
        decision=decision,
        user_id=acting_person(by),
        words=words.strip()[:500],
        kept_at=at,
    )

    trail.record("desk.keep_for_supervision", subject=row, by=by, at=at)
    return row


@transaction.atomic
def let_go(decision: UUID, *, by: Actor, at: datetime, quietly: bool = False) -> None:
    """Take a decision of one's own from what is for supervision.

    :param quietly: as a part of keeping it anew, which leaves the entry
    :raises NotPermitted: `by` may not read contacts
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    rows = within(by, Learning.objects.filter(decision=decision, user_id=acting_person(by), ended_at=None))
    ended = rows.update(ended_at=at)
    if ended and not quietly:
        trail.record("desk.let_go", subject=("contacts.decision", decision), by=by, at=at)
