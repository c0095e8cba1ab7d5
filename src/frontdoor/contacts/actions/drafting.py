"""Keeping what is typed on the page of a step, so that no time-out, crash or closed window loses a word."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from frontdoor.access.queries import colleagues
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Conflict, NotFound, StepNotAllowed, acting_council, acting_person, require
from frontdoor.contacts.models import Draft
from frontdoor.contacts.queries import drafting as queries
from frontdoor.contacts.rules import drafting as rules
from frontdoor.trail import actions as trail

Key = UUID | str


@transaction.atomic
def keep_typed(step: str, key: Key, *, seen: int, typed: Mapping[str, Iterable[str]], by: Actor, at: datetime) -> Draft:
    """Keep what has been typed so far on the page of a step. It leaves no entry: keystrokes are no acts.

    :param key: of what the page is about
    :param seen: the version of the draft that the page holds; 0 where it held none
    :raises NotFound: no such page, or the council acted for has nothing of that key
    :raises NotPermitted: `by` may not take that step
    :raises Conflict: another window has written on it
    """
    queries.about(step, key, by=by)
    draft = queries.own(step, key, by=by).select_for_update(of=("self",)).first()
    now = draft.version if draft else 0
    if seen != now:
        raise Conflict(seen, now)
    data = {"typed": rules.typed(typed, inputs=rules.STEPS[step].inputs)}
    if draft is None:
        return _begun(step, key, data, by=by, at=at)
    draft.data, draft.saved_at, draft.until, draft.version = data, at, at + rules.KEPT_FOR, now + 1
    draft.save(update_fields=["data", "saved_at", "until", "version"])
    return draft


def _begun(step: str, key: Key, data: Mapping[str, object], *, by: Actor, at: datetime) -> Draft:
    """A first draft; of two windows that begin at once one is in conflict."""
    try:
        with transaction.atomic():
            return Draft.objects.create(
                authority_id=acting_council(by), owner=acting_person(by), form=rules.FORM + step, subject=str(key),
                data=dict(data), made_at=at, saved_at=at, until=at + rules.KEPT_FOR,
            )  # fmt: skip
    except IntegrityError as begun:
        raise Conflict(0, 1) from begun


@transaction.atomic
def end_typed(step: str, key: Key, *, by: Actor, at: datetime) -> None:
    """What was typed has been sent, or is thrown away by whoever typed it: nothing of it is left in the draft."""
    draft = queries.own(step, key, by=by).select_for_update(of=("self",)).first()
    if draft is not None:
        draft.data, draft.ended_at, draft.version = {}, at, draft.version + 1
        draft.save(update_fields=["data", "ended_at", "version"])


@transaction.atomic
def take_over_typed(key: Key, *, by: Actor, at: datetime) -> Draft:
    """Go on with what somebody typed who no longer reaches the council.

    :param key: the draft's
    :raises NotFound: no such draft
    :raises NotPermitted: `by` may not take the step that it belongs to
    :raises StepNotAllowed: it is somebody's who works here, it has ended, or `by` has begun the same
    """
    locked = Draft.objects.select_for_update(of=("self",)).filter(key=key, form__startswith=rules.FORM)
    draft = within(by, locked).first()
    if draft is None:
        raise NotFound
    step = draft.form.removeprefix(rules.FORM)
    require(by, queries.step_named(step).asks, authority=draft.authority_id)
    if draft.ended_at is not None:
        raise StepNotAllowed("This has been sent or thrown away.", when=draft.ended_at)
    if draft.owner in {each.id for each in colleagues(by=by, at=at)}:
        raise StepNotAllowed("Whoever began this still works here. Ask them to send it.")
    if queries.own(step, draft.subject, by=by).exists():
        raise StepNotAllowed("You have begun the same yourself. Send yours, or start again, first.")
    draft.owner, draft.version = acting_person(by), draft.version + 1
    draft.save(update_fields=["owner", "version"])
    trail.record("contacts.take_over_typed", subject=draft, by=by, at=at, step=step, about=draft.subject)
    return draft
