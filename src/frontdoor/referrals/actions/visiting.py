"""Recording that somebody went to a child: seen or not, alone or not, and what the child said."""

from datetime import datetime

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, StepNotAllowed, acting_person
from frontdoor.clocks.models import Clock
from frontdoor.clocks.rules import ClockKind
from frontdoor.referrals.actions.rows import Key, changed, explain_late, minute, start, stop_since, taken, turn
from frontdoor.referrals.models import Referral, Visit
from frontdoor.referrals.queries.opening import KIND
from frontdoor.referrals.rules import kinds, recording
from frontdoor.referrals.rules.recording import Visited
from frontdoor.referrals.rules.states import Turn
from frontdoor.trail import actions as trail

_FIELDS = (
    "made_at", "place", "where", "seen_by", "seen", "why_not_seen", "alone", "not_alone", "voice", "voice_missing",
)  # fmt: skip


@transaction.atomic
def record_visit(
    key: Key, *, seen: int, visit: Visited, late_reason: str = "", late_note: str = "", by: Actor, at: datetime
) -> Visit:
    """Write down a visit. The clocks that waited for it stop at the time of the visit, whenever it is written down.

    Nobody waits for a form: a child may be seen before the team has accepted anything.

    :param late_reason: why a clock that stops had run out
    :raises NotPermitted: `by` does not work on referrals
    :raises Conflict: the referral has changed since `by` saw it
    :raises InvalidInput: a part is missing, or something was late and nobody says why
    :raises StepNotAllowed: the referral is settled
    """
    referral = taken(key, seen=seen, by=by)
    recording.check_visit(visit, earliest=referral.received_at, at=at)
    row = keep(referral, visit, source="team", by=by, at=at)
    stopped = stop_by(referral, visit, by=by, at=at)
    explain_late(stopped, reason=late_reason, note=late_note, by=by, at=at)
    settle(referral, by=by, at=at)
    trail.record(
        "referrals.record_visit", subject=referral, by=by, at=at, visit=row.key, seen=visit.seen, alone=visit.alone,
        stopped=[clock.kind for clock in stopped],
    )  # fmt: skip
    return row


def keep(referral: Referral, visit: Visited, *, source: str, by: Actor, at: datetime) -> Visit:
    """Write the row. What does not belong to the answer given is left out: nobody was seen alone who was not seen."""
    values = {name: getattr(visit, name) for name in _FIELDS}
    values = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
    if visit.seen:
        values |= {"why_not_seen": "", "not_alone": values["not_alone"] if visit.alone is False else ""}
    else:
        values |= {"alone": None, "not_alone": "", "voice": "", "voice_missing": ""}
    return Visit.objects.create(
        authority_id=referral.authority_id, referral=referral, **values, source=source, recorded_by=by.user_id,
        recorded_at=at,
    )  # fmt: skip


def keep_as_told(referral: Referral, visit: Visit, *, by: Actor, at: datetime) -> Visit:
    """Write a visit of another referral of the same child into this one, as it was recorded there."""
    values = {name: getattr(visit, name) for name in _FIELDS}
    return Visit.objects.create(
        authority_id=referral.authority_id, referral=referral, **values, source=visit.source,
        recorded_by=visit.recorded_by, recorded_at=visit.recorded_at,
    )  # fmt: skip


def stop_by(referral: Referral, visit: Visited | Visit, *, by: Actor, at: datetime) -> list[Clock]:
    """Stop what waited for such a visit."""
    return stop_since(referral, waited_for(visit), when=visit.made_at, by=by, at=at)


def waited_for(visit: Visited | Visit) -> list[ClockKind]:
    """The kinds of clock that wait for such a visit."""
    told = _told(visit)
    wanted = [*kinds.VISITS]
    wanted += kinds.SEEING if told.seen else ()
    wanted += [kinds.ALONE] if recording.alone_settled(told) else []
    return wanted


def _told(visit: Visited | Visit) -> Visited:
    return visit if isinstance(visit, Visited) else Visited(**{name: getattr(visit, name) for name in _FIELDS})


def settle(referral: Referral, *, by: Actor, at: datetime) -> None:
    """Write when the child was first visited, seen and seen alone, by the visits that stand."""
    visits = list(within(by, Visit.objects.filter(referral=referral, struck_at=None)).order_by("made_at", "id"))
    referral.visited_at = min((each.made_at for each in visits), default=None)
    referral.seen_at = min((each.made_at for each in visits if each.seen), default=None)
    referral.alone_at = min((each.made_at for each in visits if each.alone), default=None)
    changed(referral, "visited_at", "seen_at", "alone_at", by=by, at=at)


@transaction.atomic
def strike_visit(key: Key, visit: Key, *, seen: int, why: str, by: Actor, at: datetime) -> Visit:
    """Strike a visit that was recorded by mistake. What it had stopped runs again, from when it first ran.

    :param visit: key of the visit
    :raises NotFound: no such visit of this referral
    :raises NotPermitted: `by` does not work on referrals
    :raises Conflict: the referral has changed since `by` saw it
    :raises InvalidInput: no reason
    :raises StepNotAllowed: it was struck already, or the referral is settled
    """
    referral = taken(key, seen=seen, by=by)
    row = within(by, Visit.objects.select_for_update(of=("self",), no_key=True).filter(referral=referral, key=visit))
    struck = row.first()
    if struck is None:
        raise NotFound
    if struck.struck_at is not None:
        raise StepNotAllowed("This was struck already.", when=struck.struck_at)
    if not why.strip():
        raise InvalidInput(why="Say what was wrong with it")
    struck.struck_by, struck.struck_at, struck.struck_why = acting_person(by), at, why.strip()[:300]
    struck.save(update_fields=["struck_by", "struck_at", "struck_why"])
    _run_again(referral, by=by, at=at)
    settle(referral, by=by, at=at)
    turn(referral, Turn.STRUCK, "A visit", by=by, at=at)
    trail.record("referrals.strike_visit", subject=referral, by=by, at=at, visit=struck.key)
    return struck


def _run_again(referral: Referral, *, by: Actor, at: datetime) -> None:
    """Start again, from their first start, the clocks that no visit which stands would have stopped."""
    kinds_of = {kind.name: kind for kind in (*kinds.VISITS, *kinds.SEEING, kinds.ALONE)}
    rows = Clock.objects.filter(subject_kind=KIND, subject_key=str(referral.key), kind__in=kinds_of, ended="done")
    latest = dict(within(by, rows).order_by("started_at").values_list("kind", "started_at"))
    visits = list(within(by, Visit.objects.filter(referral=referral, struck_at=None)))
    for name, started_at in latest.items():
        kind = kinds_of[name]
        if not any(kind in waited_for(each) and each.made_at >= minute(started_at) for each in visits):
            start(referral, [kind], since=started_at, by=by, at=at)
