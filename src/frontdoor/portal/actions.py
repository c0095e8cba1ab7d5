"""Writing, sending and leaving a report without an account."""

import hashlib
import secrets
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from frontdoor.actors.rules import Actor, Conflict, NotFound, acting_council
from frontdoor.clocks import actions as clocks
from frontdoor.contacts import actions as contacts
from frontdoor.contacts.models import CallBack
from frontdoor.contacts.rules.intake import CallBackGiven
from frontdoor.contacts.rules.kinds import CALL_BACK
from frontdoor.organisations.models import Function
from frontdoor.organisations.queries import team_for
from frontdoor.portal.models import Draft
from frontdoor.portal.rules import reporting
from frontdoor.trail import actions as trail

KEPT_FOR = timedelta(hours=4)
"""How long an unsent report is kept for its browser after the last answer; its sender may be sharing a device."""

RECEIPT_FOR = timedelta(hours=1)


def new_token() -> str:
    """A browser's secret for its draft: 256 random bits, kept only in its cookie."""
    return secrets.token_urlsafe(32)


def holder_of(token: str) -> str:
    """What the database compares: the secret itself is never stored."""
    return f"resume:{hashlib.sha256(token.encode()).hexdigest()}"


@transaction.atomic
def start(*, urgent: bool, by: Actor, at: datetime) -> Draft:
    """Begin a report anew under this browser's key; what stood there before is forgotten.

    :raises NotFound: the browser holds no key
    """
    if not by.draft:
        raise NotFound
    Draft.objects.filter(holder=by.draft).delete()
    return Draft.objects.create(holder=by.draft, data={"urgent": urgent}, made_at=at, until=at + KEPT_FOR)


@transaction.atomic
def answer(name: str, value: Any, *, seen: int, by: Actor, at: datetime) -> Draft:
    """Keep the answer of one page.

    :raises NotFound: the report has ended or run out
    :raises Conflict: the same report was changed in another window
    """
    draft = Draft.objects.select_for_update(of=("self",)).filter(holder=by.draft, until__gt=at).first()
    if draft is None:
        raise NotFound
    if seen != draft.version:
        raise Conflict(seen, draft.version, {name: draft.data.get(name)})
    draft.data = {**draft.data, name: value}
    draft.version += 1
    draft.until = at + KEPT_FOR
    draft.save(update_fields=["data", "version", "until"])
    return draft


@transaction.atomic
def send(draft: Draft, *, responsible: str, council: str, by: Actor, at: datetime) -> contacts.Given:
    """Send the report to the council of the address and forget its answers; the receipt stays for an hour.

    Sending twice, from two windows or by a second press, gives the same receipt: the draft's own key goes with it.

    :raises InvalidInput: nothing at all was written
    """
    given = contacts.submit(
        reporting.report(draft.data, responsible=responsible), channel="web", idem=str(draft.idem), by=by, at=at
    )
    answer = draft.data.get("answer") or {}
    draft.data = {
        "sent": {
            "number": given.number, "council": council, "urgent": bool(draft.data.get("urgent")),
            "called_back": bool(answer.get("call_back")),
        }
    }  # fmt: skip
    draft.until = at + RECEIPT_FOR
    draft.save(update_fields=["data", "until"])
    return given


@transaction.atomic
def leave(*, by: Actor) -> None:
    """Forget what this browser was writing: somebody left the page in a hurry."""
    Draft.objects.filter(holder=by.draft).delete()


@transaction.atomic
def ask_for_call_back(given: CallBackGiven, *, by: Actor, at: datetime) -> uuid.UUID:
    """Ask for a qualified social worker to ring back, with or without a report.

    The portal's role inserts the wish and cannot read it; the team's list shows it at once.
    """
    wish = CallBack(
        authority_id=acting_council(by),
        name=given.name,
        phone=given.phone,
        when=given.when,
        about=given.about,
        asked_at=at,
    )
    wish.save(force_insert=True)
    team = team_for(Function.CONTACT_CENTRE, by=by, at=at)
    clocks.start(CALL_BACK, subject=("contacts.callback", wish.pk), team_id=team.pk, by=by, at=at)
    trail.record("portal.ask_for_call_back", subject=("contacts.callback", wish.pk), by=by, at=at)
    return wish.pk
