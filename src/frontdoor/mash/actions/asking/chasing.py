"""An agency is reminded at half time, its lead is told when it is late, its desk when it is to stop: by themselves."""

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from frontdoor.actors.rules import Actor, Permission
from frontdoor.background.actions import later
from frontdoor.clocks.actions import Notice
from frontdoor.clocks.models import Happening
from frontdoor.letters import queries as letters
from frontdoor.letters.actions import outlet
from frontdoor.letters.rules import Block, Recipient, Refused, Route, Words
from frontdoor.mash.actions.asking.rows import Key, changed, request_taken
from frontdoor.mash.models import Request
from frontdoor.mash.rules.asking import messages
from frontdoor.mash.rules.asking.states import REPLY, SUBJECT, State
from frontdoor.trail import actions as trail

_MAILS = UUID("6f0a4f50-3a55-4c11-9a2e-7c2b8a3c7b1e")
"""Under which the references of these mails are made, so that one asked for twice is sent once."""
_REPLIES = frozenset(kind.name for kind in REPLY.values())


def on_clock(notice: Notice, by: Actor, at: datetime) -> None:
    """Hear of a request's clock: half gone, the desk is reminded; passed, its lead is told. The clock tells us."""
    kind, key = notice.subject
    if kind != SUBJECT or notice.kind.name not in _REPLIES:
        return
    later("mash.chase" if notice.event is Happening.HALF else "mash.escalate", request=str(key))


@transaction.atomic
def chase(key: Key, *, by: Actor, at: datetime) -> bool:
    """Remind the agency's desk once, at half time. A request that is answered, told or stopped is chased no more.

    :returns: whether a mail went out; without an address whoever owns the clock rings
    :raises NotFound: the council has no such request
    :raises Undelivered: the provider did not answer; to be tried again
    """
    request = request_taken(key, Permission.LETTER_SEND, seen=None, by=by)
    if not State(request.state).open or request.chased_at is not None:
        return False
    sent = _mail(request, "chase", request.desk.email, by=by, at=at)
    request.chased_at = at
    changed(request, "chased_at")
    trail.record("mash.chase", subject=request, by=by, at=at, sent=sent)
    return sent


@transaction.atomic
def escalate(key: Key, *, by: Actor, at: datetime) -> bool:
    """Tell the agency's named lead once that it is late; the clock tells our manager.

    :returns: whether a mail went out
    :raises NotFound: the council has no such request
    :raises Undelivered: the provider did not answer; to be tried again
    """
    request = request_taken(key, Permission.LETTER_SEND, seen=None, by=by)
    if not State(request.state).open or request.escalated_at is not None:
        return False
    sent = _mail(request, "escalate", request.desk.lead_email, by=by, at=at)
    request.escalated_at = at
    changed(request, "escalated_at")
    trail.record("mash.escalate", subject=request, by=by, at=at, sent=sent)
    return sent


@transaction.atomic
def tell_stopped(key: Key, *, by: Actor, at: datetime) -> bool:
    """Tell the agency's desk to look up nothing more.

    :returns: whether a mail went out; without an address it reads it at its desk
    :raises NotFound: the council has no such request
    :raises Undelivered: the provider did not answer; to be tried again
    """
    request = request_taken(key, Permission.LETTER_SEND, seen=None, by=by)
    if request.state != State.STOPPED:
        return False
    sent = _mail(request, "stopped", request.desk.email, by=by, at=at)
    trail.record("mash.tell_stopped", subject=request, by=by, at=at, sent=sent)
    return sent


@transaction.atomic
def tell_joined(key: Key, *, people: int, by: Actor, at: datetime) -> bool:
    """Tell the agency's desk that a request asks about somebody more.

    :param people: how many it asks about now, so that each is told of once
    :returns: whether a mail went out; without an address it reads it at its desk
    :raises NotFound: the council has no such request
    :raises Undelivered: the provider did not answer; to be tried again
    """
    request = request_taken(key, Permission.LETTER_SEND, seen=None, by=by)
    if not State(request.state).open:
        return False
    sent = _mail(request, "joined", request.desk.email, mark=f":{people}", by=by, at=at)
    trail.record("mash.tell_joined", subject=request, by=by, at=at, sent=sent)
    return sent


def _mail(request: Request, what: str, email: str, *, mark: str = "", by: Actor, at: datetime) -> bool:
    if not email:
        return False
    house = letters.house(by=by, at=at)
    said = messages.words(what, reference=request.reference, council=house.council, phone=house.phone)
    words = Words(f"mash.{what}", messages.SUBJECTS[what], tuple(map(Block, said)))
    to = Recipient(kind="", identity="given", route=Route.EMAIL, email=email)
    reference = str(uuid5(_MAILS, f"{request.key}:{what}{mark}"))
    try:
        outlet.deliver(Route.EMAIL, to, words, house, reference=reference, again=True, uncertain=False)
    except Refused:
        # The address is wrong and stays so: trying again helps nobody, and the clock tells whoever owns it.
        return False
    return True
