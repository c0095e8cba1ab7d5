"""Writing, putting aside, sending and forgetting a report without an account."""

import hashlib
import secrets
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from frontdoor.actors.rules import Actor, Conflict, NotFound, StepNotAllowed, acting_council
from frontdoor.contacts import actions as contacts
from frontdoor.contacts.rules.doors import Mark
from frontdoor.councils.queries import setting
from frontdoor.portal.models import Draft
from frontdoor.portal.rules import reporting, returning

KEPT_FOR = timedelta(hours=4)
"""How long an unsent report is kept for its browser after the last answer; its sender may be sharing a device."""

RECEIPT_FOR = timedelta(hours=1)


def new_token() -> str:
    """A browser's secret for its draft, kept only in its cookie; written down, it opens the report anywhere else."""
    return "".join(secrets.choice(returning.LETTERS) for _ in range(returning.LENGTH))


def holder_of(token: str) -> str:
    """What the database compares: the secret itself is never stored."""
    return f"resume:{hashlib.sha256(token.encode()).hexdigest()}"


@transaction.atomic
def start(begun: Mapping[str, Any], *, by: Actor, at: datetime) -> Draft:
    """Begin a report anew under this browser's key; what stood there before is forgotten.

    :param begun: what the chosen way says already: `urgent`, `planned`, who tells us
    :raises NotFound: the browser holds no key
    """
    if not by.draft:
        raise NotFound
    Draft.objects.filter(holder=by.draft).delete()
    return Draft.objects.create(holder=by.draft, data=dict(begun), made_at=at, until=at + KEPT_FOR)


def _taken(seen: int, *, part: str = "", by: Actor, at: datetime) -> Draft:
    """The draft, locked, as the sender saw it.

    :raises NotFound: it has ended or run out
    :raises Conflict: it was changed in another window or browser
    """
    draft = Draft.objects.select_for_update(of=("self",)).filter(holder=by.draft, until__gt=at).first()
    if draft is None or "sent" in draft.data:
        raise NotFound
    if seen != draft.version:
        raise Conflict(seen, draft.version, {part: draft.data.get(part)} if part else {})
    return draft


@transaction.atomic
def answer(name: str, value: Any, *, seen: int, by: Actor, at: datetime) -> Draft:
    """Keep the answer of one page.

    :raises NotFound: the report has ended or run out
    :raises Conflict: the same report was changed in another window or browser
    """
    draft = _taken(seen, part=name, by=by, at=at)
    draft.data = {**draft.data, name: value}
    draft.version += 1
    draft.until = max(draft.until, at + KEPT_FOR)
    draft.save(update_fields=["data", "version", "until"])
    return draft


@transaction.atomic
def keep_typed(typed: Mapping[str, list[str]], *, seen: int, by: Actor, at: datetime) -> Draft:
    """Keep what somebody with an account types, under their own key, as long as a report that is put aside.

    :param typed: every field as a browser sends it
    :param seen: the version that the page holds; 0 where nothing was kept yet
    :raises NotFound: there is no account to keep it for
    :raises Conflict: it was changed in another window
    """
    if not by.draft:
        raise NotFound
    days = setting(returning.RETURN_DAYS.name, authority=acting_council(by), on=at).value
    until = at + timedelta(days=days)
    Draft.objects.filter(holder=by.draft, until__lte=at).delete()
    fresh = Draft(holder=by.draft, data={"typed": dict(typed)}, made_at=at, until=until)
    if seen == 0:
        Draft.objects.bulk_create([fresh], ignore_conflicts=True)
    draft = Draft.objects.select_for_update(of=("self",)).filter(holder=by.draft).first()
    if draft is None or (draft.pk != fresh.pk and draft.version != seen):
        raise Conflict(seen, draft.version if draft else 0, {})
    if draft.pk != fresh.pk:
        draft.data, draft.version, draft.until = {"typed": dict(typed)}, draft.version + 1, until
        draft.save(update_fields=["data", "version", "until"])
    return draft


@transaction.atomic
def put_aside(step: str, *, seen: int, by: Actor, at: datetime) -> Draft:
    """Keep an unsent report for some days, for whoever has its code; they come back to the same page.

    :raises NotFound: the report has ended or run out
    :raises Conflict: the same report was changed in another window or browser
    :raises StepNotAllowed: it says that a child is in danger now: it is sent, and never waits
    """
    draft = _taken(seen, by=by, at=at)
    if not returning.may_wait(draft.data):
        raise StepNotAllowed("A child may be in danger now. Send what you have written; you can add to it later.")
    days = setting(returning.RETURN_DAYS.name, authority=acting_council(by), on=at).value
    draft.data = {**draft.data, "saved": {"step": step, "council": acting_council(by)}}
    draft.until = at + timedelta(days=days)
    draft.save(update_fields=["data", "until"])
    return draft


@transaction.atomic
def send(
    *, seen: int, responsible: str, council: str, marks: Collection[Mark] = (), by: Actor, at: datetime
) -> contacts.Given | None:
    """Send the report to the council of the address and forget its answers; the receipt stays.

    Sending twice, from two windows, two browsers or by a second press, gives the same receipt.

    :param seen: the state of the draft that the sender checked
    :param marks: why it may not be genuine; it goes in all the same
    :returns: the receipt, or None when it was sent already and its receipt stands on the page
    :raises Conflict: it was changed in another window or browser since
    :raises InvalidInput: nothing at all was written
    """
    draft = Draft.objects.select_for_update(of=("self",)).filter(holder=by.draft, until__gt=at).first()
    if draft is not None and "sent" in draft.data:
        return None
    draft = _taken(seen, by=by, at=at)
    given = contacts.submit(
        reporting.report(draft.data, responsible=responsible), channel="web", idem=str(draft.idem), marks=marks,
        by=by, at=at,
    )  # fmt: skip
    answer = draft.data.get("answer") or {}
    saved = "saved" in draft.data
    draft.data = {
        "sent": {
            "number": given.number, "council": acting_council(by), "name": council,
            "urgent": bool(draft.data.get("urgent")), "own": bool(draft.data.get("own_family")),
            "called_back": bool(answer.get("call_back")), "submission": str(given.submission),
        }
    }  # fmt: skip
    draft.until = max(draft.until, at + RECEIPT_FOR) if saved else at + RECEIPT_FOR
    draft.save(update_fields=["data", "until"])
    return given


@transaction.atomic
def leave(*, by: Actor) -> None:
    """Forget what was written under this key; what was sent stays with the council."""
    Draft.objects.filter(holder=by.draft).delete()


@transaction.atomic
def forget_old(*, by: Actor, at: datetime) -> int:
    """Delete every draft that has run out: its answers were for whoever held its code alone.

    :returns: how many
    """
    return Draft.objects.filter(until__lt=at).delete()[0]
