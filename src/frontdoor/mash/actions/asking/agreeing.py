"""Whether the family agreed, a manager's decision to ask without, and the grounds: before any request leaves."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, Permission, StepNotAllowed, acting_person
from frontdoor.background.actions import later
from frontdoor.councils.queries import setting
from frontdoor.mash.actions.asking.enquiry import enquiry_taken, last_in
from frontdoor.mash.actions.asking.rows import Key, end
from frontdoor.mash.models import Agreement, Desk, Dispensing, Enquiry, Grounds, Request, Turn
from frontdoor.mash.queries.asking.standing import agreement_of
from frontdoor.mash.rules.asking import grounds as rules
from frontdoor.mash.rules.asking.states import OPEN
from frontdoor.mash.rules.states import Line
from frontdoor.trail import actions as trail

TAKEN_BACK = "The family no longer agrees: stop, and tell us nothing more for now"


@transaction.atomic
def say_agreement(key: Key, *, seen: int, position: str, words: str, by: Actor, at: datetime) -> Agreement:
    """Write down whether the family agreed to checks. Where they agreed and do not any more, new checks stop at once.

    What was lawfully gathered is kept; every agency that has not answered is told to stop (domain 11, 20).

    :param words: who said it, and how; or why nobody was asked
    :raises NotPermitted: `by` works on no enquiries
    :raises Conflict: the enquiry has changed since `by` saw it
    :raises InvalidInput: no such position, no words, or something is taken back that nobody gave
    :raises StepNotAllowed: the enquiry is settled
    """
    enquiry = enquiry_taken(key, Permission.MASH_WORK, seen=seen, by=by)
    before = agreement_of(enquiry, by=by)
    problems = {}
    if position not in dict(rules.POSITIONS):
        problems["position"] = "Say whether the family was asked"
    if position == "withdrawn" and (before is None or before.position != "given"):
        problems["position"] = "They have not agreed, so they cannot take it back"
    if not words.strip():
        problems["words"] = "Say who said so and how, or why nobody was asked"
    if problems:
        raise InvalidInput(**problems)
    made = Agreement.objects.create(
        authority_id=enquiry.authority_id, enquiry=enquiry, position=position, words=words.strip()[:500],
        by_user=acting_person(by), at=at,
    )  # fmt: skip
    stopped = 0
    if before is not None and before.position == "given" and position != "given":
        stopped = _stop_all(enquiry, by=by, at=at)
    trail.record("mash.say_agreement", subject=enquiry, by=by, at=at, position=position, stopped=stopped)
    return made


def _stop_all(enquiry: Enquiry, *, by: Actor, at: datetime) -> int:
    running = Request.objects.select_for_update(of=("self",), no_key=True).filter(enquiry=enquiry, state__in=OPEN)
    rows = list(within(by, running).order_by("sent_at", "id"))
    for request in rows:
        end(request, TAKEN_BACK, by=by, at=at)
        last_in(request, by=by, at=at)
        later("mash.tell_stopped", request=str(request.key))
    if rows:
        Turn.objects.create(
            authority_id=enquiry.authority_id, enquiry=enquiry, kind=Line.NOTE, by_user=by.user_id, by_name=by.label,
            text="The family no longer agrees. Agencies that have not answered were told to stop.", at=at,
        )  # fmt: skip
    return len(rows)


@transaction.atomic
def dispense(key: Key, *, seen: int, why: str, on_refusal: str, by: Actor, at: datetime) -> Dispensing:
    """Decide to ask agencies although the family has not agreed: a manager's act, before the first request leaves.

    Source: AB v Haringey [2013] EWHC 416 (Admin).

    :param on_refusal: what was said and done when they refused, where they did
    :raises NotPermitted: `by` decides nothing here
    :raises Conflict: the enquiry has changed since `by` saw it
    :raises InvalidInput: a part is missing
    :raises StepNotAllowed: the family agrees, nobody said whether it was asked, or the enquiry is settled
    """
    enquiry = enquiry_taken(key, Permission.MASH_DECIDE, seen=seen, by=by)
    stands = agreement_of(enquiry, by=by)
    rules.check_dispensing(why=why, position=stands.position if stands else "", on_refusal=on_refusal)
    if stands is None:
        raise StepNotAllowed("Record first whether the family was asked to agree.")
    made = Dispensing.objects.create(
        authority_id=enquiry.authority_id, enquiry=enquiry, position=stands.position, why=why.strip(),
        on_refusal=on_refusal.strip(), decided_by=acting_person(by), at=at,
    )  # fmt: skip
    trail.record("mash.dispense", subject=enquiry, by=by, at=at, position=stands.position)
    return made


@transaction.atomic
def set_grounds(
    key: Key, written: rules.Grounds, *, seen: int, desk: Key | None = None, by: Actor, at: datetime
) -> Grounds:
    """Write on which grounds agencies are asked: once for the enquiry, and for one agency only where it differs.

    :param desk: the agency for which it differs
    :raises NotPermitted: `by` works on no enquiries
    :raises NotFound: the council asks no such agency
    :raises Conflict: the enquiry has changed since `by` saw it
    :raises InvalidInput: a part is missing
    :raises StepNotAllowed: the enquiry is settled
    """
    enquiry = enquiry_taken(key, Permission.MASH_WORK, seen=seen, by=by)
    rules.check_grounds(written)
    one = within(by, Desk.objects.filter(key=desk)).first() if desk else None
    if desk and one is None:
        raise NotFound
    made = Grounds.objects.create(
        authority_id=enquiry.authority_id, enquiry=enquiry, desk=one,
        duty=setting(rules.DUTY.name, authority=enquiry.authority_id, on=at).value, by_user=acting_person(by), at=at,
        **{name: value.strip() for name, value in asdict(written).items()},
    )  # fmt: skip
    trail.record("mash.set_grounds", subject=enquiry, by=by, at=at, basis=made.basis, desk=one.key if one else None)
    return made
