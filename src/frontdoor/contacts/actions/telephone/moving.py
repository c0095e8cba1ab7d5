"""A call that turns out to be another council's goes there whole: words, marks, its beginning, its clock in minutes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, Permission, acting_council, require
from frontdoor.background.actions import later
from frontdoor.clocks import actions as clocks
from frontdoor.clocks.models import Ended
from frontdoor.contacts.actions.telephone import drafts, safety
from frontdoor.contacts.actions.telephone.drafts import Key
from frontdoor.contacts.models import Draft, SafetyCall
from frontdoor.contacts.queries.telephone import account
from frontdoor.contacts.rules import telephone as rules
from frontdoor.contacts.rules.kinds import CALL
from frontdoor.trail import actions as trail


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a call comes from, as this service signed it: no browser can say that a call began earlier, or whose it is.

    :param call: the draft's key in the other council
    :param safety: the call back that runs there: rings, whom, where_now, with_whom, until_when, started_at, due_at
    """

    call: str
    council: int
    owner: int
    made_at: datetime
    safety: Mapping[str, Any] | None = None
    door: str = "phone"


@transaction.atomic
def carry(
    typed: Mapping[str, str],
    marks: Sequence[Mapping[str, Any]],
    *,
    origin: Origin,
    seen: int,
    by: Actor,
    at: datetime,
) -> Draft:
    """Go on here with a call that was begun for another council; there it is left by a job. Twice does it once.

    :param seen: the version of the draft there; if another window has written on it since, it is not left
    :raises InvalidInput: it comes from this council
    :raises NotFound: the call is somebody else's
    """
    require(by, Permission.CONTACT_TAKE, authority=acting_council(by))
    if origin.owner != account(by):
        raise NotFound
    if origin.council == by.authority:
        raise InvalidInput(council="The call is with this council already")
    mine = within(by, Draft.objects.filter(owner=account(by), form=rules.FORM, ended_at=None))
    standing = next((call for call in mine if call.data.get("origin") == origin.call), None)
    if standing is not None:
        return standing
    checked = rules.plain(rules.settled(marks, typed.get("story", "")))
    data = {"typed": dict(typed), "marks": checked, "origin": origin.call, "door": origin.door}
    call = drafts.new(by=by, at=at, made_at=origin.made_at, data=data)
    if origin.safety is not None:
        _carry_safety(call, origin.safety, by=by)
    later("contacts.leave_call", council=origin.council, call=origin.call, seen=seen, to=acting_council(by))
    trail.record("contacts.carry_call", subject=call, by=by, at=at, from_council=origin.council)
    return call


def _carry_safety(call: Draft, running: Mapping[str, Any], *, by: Actor) -> None:
    """The same call back, until the same minute."""
    started_at, due_at = (datetime.fromisoformat(str(running[name])) for name in ("started_at", "due_at"))
    words = {name: str(running.get(name, "")) for name in ("rings", "whom", "where_now", "with_whom", "until_when")}
    made = SafetyCall(
        authority_id=call.authority_id, call=call.key, started_by=call.owner, started_at=started_at, due_at=due_at,
        **words,
    )  # fmt: skip
    safety.clock_of(made, by=by, at=started_at)
    made.save(force_insert=True)


@transaction.atomic
def leave(key: Key, *, seen: int, to: int, by: Actor, at: datetime) -> bool:
    """End a call here that goes on in another council; one that was written on since stays, for nothing is lost.

    :param to: the council in which it goes on
    :returns: whether it was left
    :raises NotFound: no such call
    """
    locked = Draft.objects.select_for_update(of=("self",)).filter(key=key, form=rules.FORM)
    call = within(by, locked).first()
    if call is None:
        raise NotFound
    require(by, Permission.CONTACT_TAKE, authority=call.authority_id)
    if call.ended_at is not None or call.version != seen or call.subject:
        return False
    call.ended_at, call.data, call.version = at, {"ended": {"way": "moved", "council": to}}, call.version + 1
    call.save(update_fields=["ended_at", "data", "version"])
    clocks.stop(CALL, subject=(drafts.SUBJECT, call.key), ended=Ended.NOT_NEEDED, by=by, at=at)
    for made in within(by, SafetyCall.objects.select_for_update(of=("self",)).filter(call=call.key, done_at=None)):
        safety.close(made, "Goes on with the call in another council", ended=Ended.NOT_NEEDED, by=by, at=at)
    trail.record("contacts.leave_call", subject=call, by=by, at=at, to=to)
    return True
