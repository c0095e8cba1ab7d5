"""What follows when an agency opens a request, replies or confirms: its state, its clocks. And a reply by telephone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, Permission, StepNotAllowed
from frontdoor.clocks import actions as clocks
from frontdoor.mash.actions.asking.enquiry import first_out, last_in
from frontdoor.mash.actions.asking.rows import Key, changed, request_taken, waited_for_again
from frontdoor.mash.actions.asking.unasked import tell_unasked, tell_views
from frontdoor.mash.actions.objecting import follow_objections
from frontdoor.mash.models import Opening, Reply, Request
from frontdoor.mash.queries.asking.opening import OneRequest, requests_with
from frontdoor.mash.rules import states as enquiries
from frontdoor.mash.rules.asking import replies as rules
from frontdoor.mash.rules.asking.states import CAME, OPENED, STEPS, SUBJECT, State, Step, after, reply_clock
from frontdoor.trail import actions as trail

_STEPS = {"told": Step.TELL, "answered": Step.ANSWER, "refused": Step.REFUSE}


@transaction.atomic
def hear(key: Key, *, by: Actor, at: datetime) -> Request:
    """Let a request follow from what the agency wrote: opened, answered, confirmed. Twice does it once.

    :raises NotFound: the council has no such request
    :raises NotPermitted: `by` is not the clock sweep
    """
    request = request_taken(key, Permission.CLOCK_KEEP, seen=None, by=by)
    tell_unasked(request, by=by, at=at)
    tell_views(request, by=by)
    follow_objections(request, by=by, at=at)
    _follow(request, by=by, at=at)
    trail.record("mash.hear", subject=request, by=by, at=at, state=request.state)
    return request


def _follow(request: Request, *, by: Actor, at: datetime) -> None:
    (one,) = requests_with([request], by=by)
    opened = within(by, Opening.objects.filter(request=request)).order_by("at", "id").first()
    first = [opened.at] if opened else [each.at for each in one.replies if each.how not in rules.BY_US][:1]
    subject = (SUBJECT, request.key)
    if first and request.state == State.SENT:
        request.state, request.opened_at = after(request.state, Step.OPEN).value, first[0]
        clocks.stop(OPENED, subject=subject, by=by, at=first[0])
        changed(request, "state", "opened_at")
    found = rules.stands([each.pk for each in one.people], one.said, _agreed(one))
    if not found and request.state in CAME:
        _open_again(request, by=by, at=at)
        return
    step = _STEPS.get(found)
    if step is None or State(request.state) not in STEPS[step][0]:
        return
    column = "told_at" if step is Step.TELL else "answered_at"
    came = max(each.at for each in rules.standing(one.said))
    request.state = after(request.state, step).value
    setattr(request, column, came)
    changed(request, "state", column)
    clocks.stop(OPENED, reply_clock(request.rating), subject=subject, by=by, at=came)
    last_in(request, by=by, at=at)
    request.enquiry.touched_at = at
    request.enquiry.save(update_fields=["touched_at"])


def _open_again(request: Request, *, by: Actor, at: datetime) -> None:
    """The last reply about somebody was withdrawn: the request is open again, with the time that it had.

    Of a settled enquiry nothing is waited for any more.
    """
    if not enquiries.State(request.enquiry.state).settled:
        waited_for_again(request, due_at=request.due_at, by=by, at=at)
        first_out(request, by=by, at=at)


def _agreed(one: OneRequest) -> list[int]:
    return [number for number, said in one.confirmed.items() if said.agrees]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What somebody of an agency said by telephone or in the room.

    :param people: keys of those of the request whom it is about
    :param said_by: who said it, and what they are there
    """

    people: Collection[UUID]
    kind: str
    said_by: str
    facts: str = ""
    analysis: str = ""
    protective: str = ""
    reason: str = ""
    mark: str = "professionals"
    how: str = "telephone"


@transaction.atomic
def take_by_telephone(key: Key, heard: Heard, *, seen: int | None, by: Actor, at: datetime) -> list[Reply]:
    """Write down what an agency said by telephone. With everybody answered the chasing stops; the agency confirms.

    :param seen: None where a line is added beside what stands, whatever that is
    :raises NotPermitted: `by` works on no enquiries
    :raises Conflict: the request has changed since `by` saw it
    :raises InvalidInput: nobody whom it is about, nobody who said it, or a part of the reply is missing
    :raises StepNotAllowed: the request was stopped
    """
    request = request_taken(key, Permission.MASH_WORK, seen=seen, by=by)
    if request.state == State.STOPPED:
        raise StepNotAllowed("This request was stopped.")
    (one,) = requests_with([request], by=by)
    about = [each for each in one.people if each.key in set(heard.people)]
    if not about:
        raise InvalidInput(people="Say whom it is about")
    if not heard.said_by.strip():
        raise InvalidInput(said_by="Enter who said it")
    if heard.how not in rules.BY_US:
        raise InvalidInput(how="Say how they told us")
    rules.check_reply(
        kind=heard.kind, mark=heard.mark, facts=heard.facts, analysis=heard.analysis, protective=heard.protective,
        reason=heard.reason,
    )  # fmt: skip
    rules.check_duty(duty=request.duty, kind=heard.kind, reason=heard.reason)
    made = [
        Reply.objects.create(
            authority_id=request.authority_id, request=request, asked=each, agency=request.agency, kind=heard.kind,
            facts=heard.facts.strip(), analysis=heard.analysis.strip(), protective=heard.protective.strip(),
            reason=heard.reason.strip()[:500], mark=heard.mark, how=heard.how, said_by=heard.said_by.strip()[:200],
            user_id=by.user_id, at=at,
        )
        for each in about
    ]  # fmt: skip
    before = request.version
    _follow(request, by=by, at=at)
    if request.version == before:
        changed(request)
    trail.record("mash.take_by_telephone", subject=request, by=by, at=at, people=len(made), kind=heard.kind)
    return made
