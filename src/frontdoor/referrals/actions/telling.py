"""What the case system says was done stops the clocks of a referral, each with its source; nobody types it again."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.clocks.rules import london_date
from frontdoor.people.models import CaseDate
from frontdoor.people.queries.feeding import case_dates
from frontdoor.people.rules.case_dates import VISITED
from frontdoor.referrals.actions.dating import carry_out, days, instant_of
from frontdoor.referrals.actions.dating import keep as keep_date
from frontdoor.referrals.actions.rows import changed, found, turn
from frontdoor.referrals.actions.visiting import keep, settle, stop_by
from frontdoor.referrals.models import Milestone, Referral, Visit
from frontdoor.referrals.rules.recording import Dated, Visited, may_be_recorded
from frontdoor.referrals.rules.states import Turn
from frontdoor.shell.rules import day, moment
from frontdoor.trail import actions as trail

SOURCE = "case_system"


def take_over(*, by: Actor, at: datetime) -> int:
    """Write down for every open referral what the case system says of its child since the sending, once a minute.

    What the team has recorded stands, whatever the case system says; the page shows where the two differ. What
    somebody has struck is not taken over a second time.

    :returns: how many referrals were told something new
    """
    rows = Referral.objects.filter(settled_at=None, person__isnull=False)
    whose = {row.person_id: row for row in within(by, rows) if row.person_id is not None}
    told = case_dates(whose, by=by)
    numbers = [whose[person].pk for person in told]
    known, visits, moved = _known(numbers, by=by), _visits(numbers, by=by), 0
    for person, dates in told.items():
        row = whose[person]
        new = [each for each in dates if each.on >= row.began_on and _is_new(row.pk, each, known, visits)]
        moved += bool(new) and _take(found(row.pk, by=by), new, by=by, at=at)
    return moved


def _known(referrals: Sequence[int], *, by: Actor) -> set[tuple[int, str, date | None]]:
    """What was taken over before, by its day, and what stands whatever its day: no second time."""
    dated = within(by, Milestone.objects.filter(referral__in=referrals))
    known: set[tuple[int, str, date | None]] = set()
    for number, kind, on, source, struck in dated.values_list("referral_id", "kind", "on", "source", "struck_at"):
        known |= {(number, kind, None)} if struck is None else {(number, kind, on)} if source == SOURCE else set()
    return known


def _visits(referrals: Sequence[int], *, by: Actor) -> Counter[tuple[int, date]]:
    """How many visits of a day were taken over before: a child may be visited twice on one."""
    rows = within(by, Visit.objects.filter(referral__in=referrals, source=SOURCE))
    return Counter((number, london_date(at)) for number, at in rows.values_list("referral_id", "made_at"))


def _is_new(
    referral: int, each: CaseDate, known: set[tuple[int, str, date | None]], visits: Counter[tuple[int, date]]
) -> bool:
    """Whether a day was not taken over yet; of the visits of one day as many are known as were."""
    if each.kind != VISITED:
        return known.isdisjoint({(referral, each.kind, each.on), (referral, each.kind, None)})
    if visits[referral, each.on]:
        visits[referral, each.on] -= 1
        return False
    return True


def _take(referral: Referral, new: Sequence[CaseDate], *, by: Actor, at: datetime) -> bool:
    taken = [_visit(referral, each, by=by, at=at) for each in new if each.kind == VISITED]
    order = {kind.value: place for place, kind in enumerate(Dated)}
    for each in sorted((one for one in new if one.kind in order), key=lambda one: (order[one.kind], one.on)):
        standing = days(referral, by=by)
        if each.kind in may_be_recorded(standing):
            why = f"As the case system said {moment(each.as_at)}"
            dated = Dated(each.kind)
            keep_date(referral, dated, each.on, why=why, source=SOURCE, by=by, at=at)
            carry_out(referral, dated, each.on, by=by, at=at)
            taken.append(f"{dated.words}, {day(each.on)}")
    if not taken:
        return False
    settle(referral, by=by, at=at)
    changed(referral, "section47", by=by, at=at)
    turn(referral, Turn.TOLD, "; ".join(taken), by=by, at=at)
    trail.record("referrals.take_over", subject=referral, by=by, at=at, taken=len(taken))
    return True


def _visit(referral: Referral, each: CaseDate, *, by: Actor, at: datetime) -> str:
    """A visit as the case system has it: a day, whether the child was seen, and nothing of what was said."""
    seen, alone = bool(each.seen), True if each.seen and each.alone else None
    visit = Visited(
        made_at=min(max(instant_of(each.on), referral.began_at), at), place="elsewhere",
        where="The case system does not say where", seen_by="As the case system has it", seen=seen, alone=alone,
        why_not_seen="" if seen else "The case system does not say that the child was seen",
        voice_missing="The case system does not say what the child said" if seen else "",
    )  # fmt: skip
    keep(referral, visit, source=SOURCE, by=by, at=at)
    stop_by(referral, visit, by=by, at=at)
    return f"Visit, {day(each.on)}"
