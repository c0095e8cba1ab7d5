"""A call becomes a contact: at its end, or in the middle of it by a red flag. Every way to end it is counted."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, StepNotAllowed
from frontdoor.clocks import actions as clocks
from frontdoor.contacts.actions import beside, screening
from frontdoor.contacts.actions.intake import submit_and_take_in
from frontdoor.contacts.actions.passing_on import FORM
from frontdoor.contacts.actions.screening import rows
from frontdoor.contacts.actions.telephone import adding, drafts, safety
from frontdoor.contacts.actions.telephone.drafts import Key
from frontdoor.contacts.models import Contact, Draft, Named, Statement
from frontdoor.contacts.rules import intake
from frontdoor.contacts.rules import telephone as rules
from frontdoor.contacts.rules.kinds import CALL
from frontdoor.contacts.rules.states import CHILD_KINDS, ENDED
from frontdoor.handovers import actions as handovers
from frontdoor.trail import actions as trail


@dataclass(frozen=True, slots=True)
class Ended:
    """What a call has become: all that is left of it in the draft, and what the last page reads out.

    :param open_why: why somebody qualified sees it before it is closed; empty where it is closed
    :param passed: the councils to which a part went
    :param elsewhere: the one other council whose children these all are, to which a social worker passes it on
    """

    way: str
    receipt: str = ""
    contact: str = ""
    open_why: str = ""
    passed: tuple[int, ...] = ()
    elsewhere: int | None = None


def ended(call: Draft) -> Ended:
    """What a call has become, from its draft."""
    kept = dict(call.data["ended"])
    return Ended(
        kept["way"], kept.get("receipt", ""), kept.get("contact", ""), kept.get("open_why", ""),
        tuple(kept.get("passed", ())), kept.get("elsewhere"),
    )  # fmt: skip


@transaction.atomic
def flag(key: Key, *, seen: int, told: rules.Told, why: str, by: Actor, at: datetime) -> Draft:
    """Raise a red flag while the call goes on: what has been said so far stands in the queue, on top and loud, at once.

    What is said from now on joins the same contact when the call ends.

    :param told: as far as it can be read; nothing that cannot may hold this up
    :raises Conflict: another window has written on it
    :raises InvalidInput: no word has been written yet
    """
    call = drafts.going_on(key, seen=seen, by=by)
    reason = rules.reason_of_flag(why, drafts.marks_of(call), call.data["typed"].get("story", ""))
    if not reason:
        raise InvalidInput(flag_why="Write in a few words why this is a red flag")
    if not call.subject:
        here = rules.split(told, here=call.authority_id).here
        report = here if here.story.strip() or here.people else replace(here, story=reason)
        _stand(call, report, told, by=by, at=at)
    screening.flag(call.subject, why=reason, by=by, at=at)
    drafts.kept(call, at=at)
    trail.record("contacts.flag_in_call", subject=call, by=by, at=at, contact=call.subject)
    return call


def _stand(call: Draft, report: intake.Report, told: rules.Told, *, by: Actor, at: datetime) -> None:
    """Take in the first part of a call, and keep which of its rows and marks stand where in the contact."""
    contact = _taken_in(call, report, part="call", going_on=True, by=by, at=at)
    people = within(by, Named.objects.filter(contact=contact)).order_by("position")
    statements = within(by, Statement.objects.filter(contact=contact)).order_by("id")
    numbers = _numbers(call, report)
    call.subject = str(contact.key)
    call.data = call.data | {
        "receipt": contact.receipt,
        "people": adding.written(list(people), _rows_of(report, told)),
        "statements": {
            str(number): str(row.key) for number, row in zip(numbers, statements[: len(numbers)], strict=True)
        },
    }
    call.save(update_fields=["subject"])
    safety.tie(call, contact, by=by)


def _taken_in(
    call: Draft, report: intake.Report, *, part: str, going_on: bool = False, by: Actor, at: datetime
) -> Contact:
    """Take in a call, received when it began; the draft's key makes it once, however often it is asked."""
    _, contact = submit_and_take_in(
        report, channel=drafts.door_of(call), idem=f"{part}:{call.key}", by=by, at=at, received_at=call.made_at,
        noted=True, going_on=going_on,
    )  # fmt: skip
    if contact is None:
        raise NotFound
    return contact


def _rows_of(report: intake.Report, told: rules.Told) -> list[int]:
    """The rows of the people of a part of what was told."""
    stay = {id(person) for person in report.people}
    return [row for row, person in zip(told.rows, told.report.people, strict=True) if id(person) in stay]


def _numbers(call: Draft, report: intake.Report) -> list[int]:
    """The numbers of the marks of a report, in its order: found by kind and words, which the split leaves alone."""
    left = list(drafts.marks_of(call))
    found = []
    for given in report.marks:
        mark = next((mark for mark in left if (mark.kind, mark.words) == (given.kind, given.words)), None)
        found.append(mark.number if mark else 0)
        left = [each for each in left if each is not mark]
    return found


@transaction.atomic
def end(
    key: Key,
    *,
    seen: int,
    told: rules.Told,
    way: str,
    safety_call: Mapping[str, Any] | None = None,
    by: Actor,
    at: datetime,
) -> Ended:
    """End a call in one of the ways: a contact with its receipt, received when the call began. Twice gives the first.

    Children of another council become a contact there, through a slip; nobody types them again. A call that names and
    describes no child is closed; any other stays in the queue until a qualified worker has seen it.

    :param way: a code of `rules.WAYS`
    :param safety_call: rings, whom and minutes of a call back that was agreed and whose clock does not run yet
    :raises Conflict: another window has written on it
    :raises InvalidInput: nothing to read
    :raises NotFound: no such call of `by`
    """
    call = drafts.taken(key, by=by)
    if call.ended_at is not None:
        return ended(call)
    call = drafts.going_on(key, seen=seen, by=by)
    chosen = rules.WAYS[way]
    parts = rules.split(told, here=call.authority_id)
    mirror = str(uuid4()) if parts.others else ""
    contact = _contact(call, replace(parts.here, mirror=mirror), told, by=by, at=at)
    for council, report in parts.others.items():
        pass_part(contact, replace(report, mirror=mirror), council, what=rules.WHAT[drafts.door_of(call)], by=by, at=at)
    if safety_call:
        safety.start(call, **safety_call, by=by, at=at)
    safety.tie(call, contact, by=by)
    open_why = _close(contact, way=chosen, by=by, at=at) if chosen.closes else ""
    if open_why and way == "advice":
        _advice_asked(contact, told.report, by=by, at=at)
    result = Ended(way, contact.receipt, str(contact.key), open_why, tuple(parts.others), parts.elsewhere)
    call.subject, call.data, call.ended_at = str(contact.key), {"ended": asdict(result)}, at
    call.version += 1
    call.save(update_fields=["subject", "data", "ended_at", "version"])
    clocks.stop(CALL, subject=(drafts.SUBJECT, call.key), by=by, at=at)
    trail.record("contacts.end_of_call", subject=call, by=by, at=at, way=way, receipt=contact.receipt)
    return result


def _contact(call: Draft, report: intake.Report, told: rules.Told, *, by: Actor, at: datetime) -> Contact:
    """The contact that a red flag has made, if it is still open, with what was said since; or a new one."""
    flagged = rows.contact_taken(call.subject, by=by) if call.subject else None
    if flagged is None or flagged.state in ENDED:
        return _taken_in(call, report, part="rest" if flagged else "call", by=by, at=at)
    intake.check(report)
    if report.mirror:
        flagged.mirror = UUID(report.mirror)
        flagged.save(update_fields=["mirror"])
    return adding.add(
        flagged, report, rows_of=_rows_of(report, told), known=call.data.get("people", {}),
        marked=call.data.get("statements", {}), numbers=_numbers(call, report), by=by, at=at,
    )  # fmt: skip


def pass_part(contact: Contact, report: intake.Report, council: int, *, what: str, by: Actor, at: datetime) -> None:
    """Send another council's children there, with the first receipt's time; who told us stays here.

    :param what: of what this is a part, as both councils read it
    """
    slip = handovers.send_to_council(
        contact, council=council, summary=f"Part of one {what}: {contact.receipt}",
        why=f"Children of two councils were named in one {what}. Yours are passed on.",
        received_at=contact.received_at,
        payload={"form": FORM, "schema": intake.SCHEMA, "report": intake.body(without_teller(report))},
        by=by, at=at,
    )  # fmt: skip
    beside.tie(contact, council=council, slip=slip.key, ours=True, by=by, at=at)


def without_teller(report: intake.Report) -> intake.Report:
    """A report without the person who told it, but for the part in which they spoke, and without their wish."""
    told = intake.ReferrerGiven(kind=report.referrer.kind)
    return replace(report, referrer=told, call_back=None)


def _advice_asked(contact: Contact, report: intake.Report, *, by: Actor, at: datetime) -> None:
    """Advice about a child is a social worker's to give: a consultation, whose asker lies behind the same permission as
    whoever told us."""
    children = [person for person in report.people if person.kind in CHILD_KINDS]
    screening.consult_in_call(
        contact, named=any(person.given_name or person.family_name for person in children), question=contact.story,
        asker=report.referrer.name, asker_agency=report.referrer.agency, by=by, at=at,
    )  # fmt: skip


def _close(contact: Contact, *, way: rules.Way, by: Actor, at: datetime) -> str:
    """Close a call that names and describes no child; otherwise say why somebody qualified sees it first."""
    try:
        with transaction.atomic():
            screening.end_call(contact.key, seen=contact.version, why=way.words, by=by, at=at)
    except StepNotAllowed as refused:
        return refused.what
    return ""
