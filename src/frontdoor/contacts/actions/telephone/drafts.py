"""A call while it goes on: a draft that its owner alone sees, kept as it is typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from frontdoor.access.queries import colleagues
from frontdoor.access.rules import IDLE
from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    Conflict,
    InvalidInput,
    NotFound,
    Permission,
    StepNotAllowed,
    acting_council,
    require,
)
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.rules import london_date
from frontdoor.contacts.models import Draft
from frontdoor.contacts.queries.telephone import account
from frontdoor.contacts.rules import telephone as rules
from frontdoor.contacts.rules.kinds import CALL
from frontdoor.organisations.models import Function
from frontdoor.organisations.queries import team_for
from frontdoor.trail import actions as trail

Key = UUID | str
SUBJECT = "contacts.draft"


@transaction.atomic
def begin(*, door: str = "phone", by: Actor, at: datetime) -> Draft:
    """Take a call: its time counts from now, whenever it is written down, and it has a clock and an owner from now.

    :param door: the channel: walk_in where somebody stands at the desk
    :raises NotPermitted: `by` may not take contacts here
    """
    require(by, Permission.CONTACT_TAKE, authority=acting_council(by))
    call = new(by=by, at=at, made_at=at, data={"typed": {}, "marks": [], "door": door})
    trail.record("contacts.begin_call", subject=call, by=by, at=at, door=door)
    return call


def new(*, by: Actor, at: datetime, made_at: datetime, data: dict[str, Any] | None = None) -> Draft:
    """A draft with its clock. Part of the act that begins a call or carries one here."""
    call = Draft.objects.create(
        authority_id=acting_council(by), owner=account(by), form=rules.FORM, data=data or {"typed": {}, "marks": []},
        made_at=made_at, saved_at=at, until=at + rules.KEPT_FOR,
    )  # fmt: skip
    team = team_for(Function.CONTACT_CENTRE, by=by, at=at)
    clocks.start(
        CALL, subject=(SUBJECT, call.key), team_id=team.pk, owner_id=call.owner, label=rules.GOING_ON[door_of(call)],
        by=by, at=made_at,
    )  # fmt: skip
    return call


def door_of(call: Draft) -> str:
    """By which door somebody tells us: by telephone, or at the desk."""
    return "walk_in" if call.data.get("door") == "walk_in" else "phone"


def taken(key: Key, *, by: Actor) -> Draft:
    """One's own call, locked.

    :raises NotFound: the council acted for has none of that key, or it is somebody else's
    """
    locked = Draft.objects.select_for_update(of=("self",)).filter(key=key, form=rules.FORM, owner=account(by))
    found = within(by, locked).first()
    if found is None:
        raise NotFound
    return found


def going_on(key: Key, *, seen: int, by: Actor) -> Draft:
    """One's own call that has not ended, locked, as it was seen.

    :raises Conflict: another window has written on it; with what stands there
    :raises StepNotAllowed: it has ended
    """
    call = taken(key, by=by)
    require(by, Permission.CONTACT_TAKE, authority=call.authority_id)
    if call.ended_at is not None:
        raise StepNotAllowed("This call has ended.", when=call.ended_at)
    if seen != call.version:
        raise Conflict(seen, call.version, call.data.get("typed", {}))
    return call


def kept(call: Draft, *, at: datetime) -> None:
    """Save what a draft holds now, one version on."""
    call.saved_at, call.until, call.version = at, at + rules.KEPT_FOR, call.version + 1
    call.save(update_fields=["data", "saved_at", "until", "version"])


def marks_of(call: Draft) -> tuple[rules.Mark, ...]:
    """The marks of a call."""
    return rules.read(call.data.get("marks", ()))


@transaction.atomic
def save(key: Key, *, seen: int, typed: Mapping[str, str], by: Actor, at: datetime) -> Draft:
    """Keep what has been typed so far; marks move with the story. It leaves no entry: keystrokes are no acts.

    :param typed: every input of the form, as it was typed
    :raises Conflict: another window has written on it
    :raises NotFound: no such call of `by`
    :raises StepNotAllowed: it has ended
    """
    call = going_on(key, seen=seen, by=by)
    before, after = call.data["typed"].get("story", ""), typed.get("story", "")
    marks = rules.moved(marks_of(call), before, after)
    call.data = call.data | {"typed": dict(typed), "marks": rules.plain(marks)}
    kept(call, at=at)
    return call


@dataclass(frozen=True, slots=True)
class Marking:
    """What marking a sentence did.

    :param filled: inputs that the sentence filled, by name
    """

    call: Draft
    mark: rules.Mark
    filled: Mapping[str, str]


@transaction.atomic
def mark(
    key: Key, *, seen: int, kind: str, starts: int, ends: int, words: str = "", by: Actor, at: datetime
) -> Marking:
    """Mark the selection, or the sentence at the caret; a person or an address fills what is still empty.

    :param starts: the caret or the beginning of the selection, in characters of the story as it was saved
    :raises InvalidInput: nothing is written there
    """
    call = going_on(key, seen=seen, by=by)
    typed = call.data["typed"]
    story = typed.get("story", "")
    place = rules.chosen(story, starts, ends, words)
    if kind not in rules.KINDS or place is None:
        raise InvalidInput(story="Write a sentence first, then mark it")
    marks, made = rules.marked(marks_of(call), story, kind, place, last=call.data.get("last_mark", 0))
    filled = rules.filling(typed, made, on=london_date(call.made_at))
    call.data = call.data | {
        "typed": typed | filled.values,
        "marks": rules.plain(marks),
        "last_mark": max(made.number, call.data.get("last_mark", 0)),
        "sources": call.data.get("sources", {}) | filled.sources,
    }
    kept(call, at=at)
    return Marking(call, made, filled.values)


@transaction.atomic
def unmark(key: Key, *, seen: int, number: int, by: Actor, at: datetime) -> Draft:
    """Take a mark off; what it has put into the form stays, since somebody may have gone on with it."""
    call = going_on(key, seen=seen, by=by)
    sources = {name: source for name, source in call.data.get("sources", {}).items() if source != number}
    left = tuple(each for each in marks_of(call) if each.number != number)
    call.data = call.data | {"marks": rules.plain(left), "sources": sources}
    kept(call, at=at)
    return call


@transaction.atomic
def clear(key: Key, *, seen: int, row: int, by: Actor, at: datetime) -> Draft:
    """Empty the row of a person who has nothing to do with it."""
    call = going_on(key, seen=seen, by=by)
    sources = {name: source for name, source in call.data.get("sources", {}).items() if name != f"people-{row}"}
    call.data = call.data | {"typed": rules.cleared(call.data["typed"], row), "sources": sources}
    kept(call, at=at)
    return call


@transaction.atomic
def take_over(key: Key, *, by: Actor, at: datetime) -> Draft:
    """Go on with a call whose owner no longer works for this council and has not typed for as long as a session lasts.

    :raises NotFound: no such call
    :raises NotPermitted: `by` may not take contacts here
    :raises StepNotAllowed: it has ended, or it is somebody's
    """
    locked = Draft.objects.select_for_update(of=("self",)).filter(key=key, form=rules.FORM)
    call = within(by, locked).first()
    if call is None:
        raise NotFound
    require(by, Permission.CONTACT_TAKE, authority=call.authority_id)
    if call.ended_at is not None:
        raise StepNotAllowed("This call has ended.", when=call.ended_at)
    if call.owner in {each.id for each in colleagues(by=by, at=at)}:
        raise StepNotAllowed("Whoever took this call still works here. Ask them to end it.")
    if at - call.saved_at < IDLE:
        raise StepNotAllowed("Somebody is still typing in this call.", when=call.saved_at)
    call.owner, call.version = account(by), call.version + 1
    call.save(update_fields=["owner", "version"])
    subject = (SUBJECT, call.key)
    team = team_for(Function.CONTACT_CENTRE, by=by, at=at)
    clocks.reassign(subject=subject, team_id=team.pk, owner_id=call.owner, by=by)
    trail.record("contacts.take_over_call", subject=call, by=by, at=at)
    return call
