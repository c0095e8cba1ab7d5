"""Noticing that a sender fell silent, once a silence, and writing down what was found."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, Permission, StepNotAllowed, acting_council, require, unchanged
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.models import Ended
from frontdoor.contacts.models import Silence
from frontdoor.contacts.queries import silence as queries
from frontdoor.contacts.rules import silence as rules
from frontdoor.organisations.models import Function
from frontdoor.organisations.queries import team_for
from frontdoor.organisations.rules import london_day
from frontdoor.trail import actions as trail


@transaction.atomic
def watch(*, by: Actor, at: datetime) -> int:
    """Compare every sender with its own usual: once an hour and council. Doing it twice raises nothing twice.

    :returns: how many fell silent now
    :raises NotPermitted: `by` is not the clock sweep
    """
    require(by, Permission.CLOCK_KEEP, authority=acting_council(by))
    limit, senders = queries.limits(by=by, at=at), queries.watched(by=by, at=at)
    known = within(by, Silence.objects.select_for_update(of=("self",)).filter(ended_at=None))
    standing = {each.sender: each for each in known}
    for sender in senders:
        if (one := standing.get(sender.sender)) and sender.seen > (one.seen if one.day == london_day(at) else 0):
            _came_back(one, by=by, at=at)
    quiet = [each for each in senders if rules.silent(each.usual, each.seen, least=limit.least, share=limit.share)]
    return len(raise_silences(quiet, by=by, at=at))


def _came_back(one: Silence, *, by: Actor, at: datetime) -> None:
    one.ended_at, one.again_at, one.found, one.version = at, at, "sent_again", one.version + 1
    one.save(update_fields=["ended_at", "again_at", "found", "version"])
    clocks.stop(rules.SILENCE, subject=("contacts.silence", one.key), by=by, at=at, ended=Ended.NOT_NEEDED)
    trail.record("contacts.sent_again", subject=one, by=by, at=at)


@transaction.atomic
def raise_silences(senders: Iterable[queries.Watched], *, by: Actor, at: datetime) -> list[Silence]:
    """Tell the manager of the day of each that fell silent: a row, and a clock with the contact centre's team.

    One that stands, or was explained today, is not raised again.

    :raises NotPermitted: `by` is not the clock sweep
    """
    require(by, Permission.CLOCK_KEEP, authority=acting_council(by))
    today, raised = london_day(at), []
    for each in senders:
        same = within(by, Silence.objects.filter(sender=each.sender))
        if same.filter(ended_at=None).exists() or same.filter(day=today).exists():
            continue
        one = Silence.objects.create(
            authority_id=acting_council(by), sender=each.sender, name=each.name, day=today, began_at=at,
            usual=each.usual, seen=each.seen, days=each.days,
        )  # fmt: skip
        team = team_for(Function.CONTACT_CENTRE, by=by, at=at)
        subject = ("contacts.silence", one.key)
        clocks.start(rules.SILENCE, subject=subject, team_id=team.pk, label=each.name[:120], by=by, at=at)
        trail.record("contacts.raise_silence", subject=one, by=by, at=at, usual=each.usual, seen=each.seen)
        raised.append(one)
    return raised


@transaction.atomic
def end_silence(key: UUID, *, seen: int, found: str, why: str, by: Actor, at: datetime) -> None:
    """Write down that somebody rang them and what was found; the clock stops.

    :raises NotFound: another council's
    :raises NotPermitted: `by` explains no deadlines
    :raises Conflict: it has changed since `by` saw it
    :raises StepNotAllowed: it was explained already
    :raises InvalidInput: nothing was found, or no reason given
    """
    one = Silence.objects.select_for_update(of=("self",)).get(key=key)
    require(by, Permission.CLOCK_EXPLAIN, authority=one.authority_id)
    if one.ended_at is not None:
        raise StepNotAllowed("This silence was explained already.", when=one.ended_at)
    unchanged(seen, one.version)
    if found not in dict(rules.SAID) or not why.strip():
        raise InvalidInput(why="Say what you found when you rang them")
    one.ended_at, one.ended_by, one.found, one.why = at, by.user_id, found, why
    one.version += 1
    one.save(update_fields=["ended_at", "ended_by", "found", "why", "version"])
    clocks.stop(rules.SILENCE, subject=("contacts.silence", one.key), by=by, at=at)
    trail.record("contacts.end_silence", subject=one, by=by, at=at, why=why, found=found)
