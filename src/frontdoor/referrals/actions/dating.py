"""The dates after: assessment, section 47 enquiry, conference; what they start and stop. And closing."""

from datetime import date, datetime, time

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, Permission, StepNotAllowed, acting_person, require
from frontdoor.clocks import actions as clocks
from frontdoor.clocks import queries as clock_queries
from frontdoor.clocks.models import Clock, Ended
from frontdoor.clocks.rules import london_date
from frontdoor.codes import rules as codes
from frontdoor.referrals.actions.rows import Key, changed, explain_late, move, running, start, taken, turn
from frontdoor.referrals.models import Milestone, Referral
from frontdoor.referrals.queries.opening import KIND
from frontdoor.referrals.rules import judging, kinds
from frontdoor.referrals.rules import recording as rules
from frontdoor.referrals.rules.beyond import HOLDS
from frontdoor.referrals.rules.recording import Dated
from frontdoor.referrals.rules.states import State, Step, Turn
from frontdoor.shell.rules import LONDON
from frontdoor.trail import actions as trail

NOON = time(12)


def instant_of(on: date) -> datetime:
    """The middle of a day: limits in days are judged by the date alone."""
    return datetime.combine(on, NOON, LONDON)


@transaction.atomic
def record_date(
    key: Key, *, seen: int, kind: str, on: date, why: str = "", late_reason: str = "", late_note: str = "", by: Actor,
    at: datetime,
) -> Milestone:  # fmt: skip
    """Write down one of the dates after; a section 47 enquiry starts the clock to the conference.

    :param late_reason: why a clock that stops had run out: an assessment over 45 working days says why
    :raises NotPermitted: `by` does not work on referrals
    :raises Conflict: the referral has changed since `by` saw it
    :raises InvalidInput: not this date, not that day, or something was late and nobody says why
    :raises StepNotAllowed: the referral is settled
    """
    referral = taken(key, seen=seen, by=by)
    standing = days(referral, by=by)
    calendar = clock_queries.terms([kinds.CONFERENCE], by=by).calendar
    dated = rules.check_date(
        kind, on, standing=standing, earliest=london_date(referral.received_at), today=london_date(at),
        calendar=calendar, why=why,
    )  # fmt: skip
    row = keep(referral, dated, on, why=why, source="team", by=by, at=at)
    stopped = carry_out(referral, dated, on, by=by, at=at)
    explain_late(stopped, reason=late_reason, note=late_note, by=by, at=at)
    changed(referral, "section47", by=by, at=at)
    trail.record(
        "referrals.record_date", subject=referral, by=by, at=at, kind=dated.value, on=on,
        stopped=[clock.kind for clock in stopped],
    )  # fmt: skip
    return row


def days(referral: Referral, *, by: Actor) -> dict[str, date]:
    """The days recorded so far that stand, by kind."""
    return dict(within(by, Milestone.objects.filter(referral=referral, struck_at=None)).values_list("kind", "on"))


def keep(referral: Referral, dated: Dated, on: date, *, why: str, source: str, by: Actor, at: datetime) -> Milestone:
    """Write the row of one date."""
    return Milestone.objects.create(
        authority_id=referral.authority_id, referral=referral, kind=dated.value, on=on, why=why.strip(),
        source=source, recorded_by=by.user_id, recorded_at=at,
    )  # fmt: skip


def carry_out(referral: Referral, dated: Dated, on: date, *, by: Actor, at: datetime) -> list[Clock]:
    """Start and stop what hangs on a date.

    :returns: the clocks that it stopped
    """
    subject, known = (KIND, referral.key), running(referral, by=by, at=at)
    if dated is Dated.SECTION47_STARTED:
        referral.section47 = True
        start(referral, [kinds.CONFERENCE], since=instant_of(on), by=by, at=at)
        if kinds.SEEN.name in known:
            # A child who may need protection and was not seen is seen within hours from now on.
            start(referral, [kinds.SEEN_PROTECTION], since=at, by=by, at=at)
        return []
    kind = {
        Dated.ASSESSMENT_AUTHORISED: kinds.ASSESSMENT, Dated.CONFERENCE_HELD: kinds.CONFERENCE,
        Dated.CONFERENCE_NOT_NEEDED: kinds.CONFERENCE,
    }.get(dated)  # fmt: skip
    if kind is None or kind.name not in known:
        return []
    ended = Ended.NOT_NEEDED if dated is Dated.CONFERENCE_NOT_NEEDED else Ended.DONE
    when = max(min(instant_of(on), at), known[kind.name].started_at)
    return clocks.stop(kind, subject=subject, by=by, at=when, ended=ended)


@transaction.atomic
def strike_date(key: Key, kind: str, *, seen: int, why: str, by: Actor, at: datetime) -> Milestone:
    """Strike a date that was recorded by mistake; what it had stopped runs again, what it had started ends.

    :raises NotFound: no such date stands
    :raises NotPermitted: `by` does not work on referrals
    :raises Conflict: the referral has changed since `by` saw it
    :raises InvalidInput: no reason
    :raises StepNotAllowed: another date follows from it, or the referral is settled
    """
    referral = taken(key, seen=seen, by=by)
    rows = Milestone.objects.select_for_update(of=("self",), no_key=True)
    row = within(by, rows.filter(referral=referral, kind=kind, struck_at=None)).first()
    if row is None:
        raise NotFound
    if not why.strip():
        raise InvalidInput(why="Say what was wrong with it")
    if rules.followed_by(Dated(kind)) & set(days(referral, by=by)):
        raise StepNotAllowed("Another date follows from this one. Strike that one first.")
    row.struck_by, row.struck_at, row.struck_why = acting_person(by), at, why.strip()[:300]
    row.save(update_fields=["struck_by", "struck_at", "struck_why"])
    _wind_back(referral, Dated(kind), by=by, at=at)
    changed(referral, by=by, at=at)
    turn(referral, Turn.STRUCK, Dated(kind).words, by=by, at=at)
    trail.record("referrals.strike_date", subject=referral, by=by, at=at, kind=kind)
    return row


def _wind_back(referral: Referral, dated: Dated, *, by: Actor, at: datetime) -> None:
    if dated is Dated.SECTION47_STARTED:
        clocks.stop(kinds.CONFERENCE, subject=(KIND, referral.key), by=by, at=at, ended=Ended.MISTAKE)
    elif dated is Dated.ASSESSMENT_AUTHORISED and referral.counts != judging.Counts.OPEN_CASE:
        start(referral, [kinds.ASSESSMENT], since=referral.began_at, by=by, at=at)
    elif dated in (Dated.CONFERENCE_HELD, Dated.CONFERENCE_NOT_NEEDED):
        on = days(referral, by=by)[Dated.SECTION47_STARTED]
        start(referral, [kinds.CONFERENCE], since=instant_of(on), by=by, at=at)


@transaction.atomic
def set_need(key: Key, *, seen: int, first: str, second: str = "", by: Actor, at: datetime) -> Referral:
    """Write the child's primary need; of two the higher in the list.

    :raises NotPermitted: `by` does not work on referrals
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no such need
    :raises StepNotAllowed: it is settled
    """
    referral = taken(key, seen=seen, by=by)
    referral.need = judging.primary_need(first, second)
    changed(referral, "need", by=by, at=at)
    turn(referral, Turn.NEED, judging.NEEDS[referral.need], by=by, at=at)
    trail.record("referrals.set_need", subject=referral, by=by, at=at, need=referral.need)
    return referral


@transaction.atomic
def close(
    key: Key, *, seen: int, on: date, closure: str = "", nfa: bool = False, why: str, by: Actor, at: datetime
) -> Referral:
    """Close a referral with the census's reason; one that needed no further action has none.

    A child who was never seen is closed with the reason, and where the child may need protection by a manager alone.

    :param nfa: the referral needed no further action: nothing was assessed
    :raises NotPermitted: `by` does not work on referrals, or only a manager may
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no reason, no need, or a day that cannot be
    :raises StepNotAllowed: an assessment or a conference is outstanding, or it is settled
    """
    referral = taken(key, seen=seen, by=by)
    _check_closing(referral, on, closure, nfa=nfa, why=why, by=by, at=at)
    clocks.stop(subject=(KIND, referral.key), by=by, at=at, ended=Ended.NOT_NEEDED)
    referral.closed_on, referral.closure, referral.nfa = on, "" if nfa else closure, nfa
    move(referral, Step.CLOSE, "closed_on", "closure", "nfa", why=why.strip(), by=by, at=at)
    said = "No further action" if nfa else codes.CLOSURE_REASONS[closure].label
    turn(referral, Turn.CLOSED, said, by=by, at=at)
    trail.record("referrals.close", subject=referral, by=by, at=at, closure=referral.closure, nfa=nfa, on=on)
    return referral


def _check_closing(referral: Referral, on: date, closure: str, *, nfa: bool, why: str, by: Actor, at: datetime) -> None:
    standing = set(days(referral, by=by))
    if wrong := rules.wrong_with_closing(
        standing, on=on, began_on=referral.began_on, today=london_date(at), closure=closure, nfa=nfa, why=why,
        need=referral.need,
    ):  # fmt: skip
        raise InvalidInput(**wrong)
    if outstanding := rules.outstanding(standing):
        raise StepNotAllowed(outstanding)
    if State(referral.state) in (State.OFFERED, State.BACK):
        raise StepNotAllowed("The team has not accepted this yet.")
    if held := next(filter(None, (says(referral, by=by) for says in HOLDS)), ""):
        raise StepNotAllowed(held)
    if referral.unseen_since is not None and referral.urgent:
        require(by, Permission.DIRECTION_GIVE, authority=referral.authority_id)
