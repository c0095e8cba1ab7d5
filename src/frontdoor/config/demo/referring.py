"""What assessment teams do in the demonstration: pick up, go, see the child, record the dates after; some are late."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from frontdoor.access.rules import Role
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import COURIER, Actor
from frontdoor.clocks.rules import NATIONAL, is_working_day
from frontdoor.config.demo.arriving import Staff
from frontdoor.config.demo.playing import Agenda, Done, at_the_desk
from frontdoor.config.demo.stepping import Stepping
from frontdoor.referrals import actions
from frontdoor.referrals.models import Arrival, Milestone, Referral
from frontdoor.referrals.rules.recording import Dated, Visited
from frontdoor.referrals.rules.states import State
from frontdoor.shell.rules import london

LATE, NOT_MET, NOT_ALONE = 3, 1, 2
"""Of five referrals one is seen late, at one nobody opens at first, and one child is not seen alone at first."""
NOBODY_THERE = "Nobody opened, and nobody answered the telephone."
NOT_BORN = "Not born yet. The mother was seen at home, with the midwife."
RC9_SINCE = date(2022, 4, 1)
"""The census knows this reason from then on."""
SAID = (
    "I like it when Nan comes. Mum sleeps a lot.", "I get my own breakfast. I can do toast.",
    "I don’t want to get anybody into trouble.", "It is better when they don’t shout.",
)  # fmt: skip


class Referrals:
    """Puts on the agenda what a team does with what it has accepted."""

    def __init__(self, agenda: Agenda, staff: Staff) -> None:
        self.agenda, self.staff = agenda, staff
        self._stepping = Stepping(agenda, staff)
        self._known: set[UUID] = set()

    def hear(self, done: Done) -> None:
        """A slip was followed: once its referral is the team's, the work begins."""
        with acting_for(done.authority, by=COURIER):
            arrival = Arrival.objects.select_related("referral").filter(slip=done.ids["handover"]).first()
        if arrival is None or arrival.referral.state != State.ACCEPTED or arrival.referral.key in self._known:
            return
        self._known.add(arrival.referral.key)
        number, plan = len(self._known), partial(self._plan, arrival.referral)
        waits = timedelta(minutes=25 + number * 13 % 90)
        plan(done.at + waits if arrival.referral.urgent else at_the_desk(done.at + waits), self._pick_up, number)

    def _plan(self, referral: Referral, at: datetime, step: Callable[..., None], number: int) -> None:
        self.agenda.plan(at, partial(step, referral, number))

    def _person(self, referral: Referral, at: datetime, role: Role = Role.ASSESSMENT_WORKER) -> Actor:
        return self.staff.person(role, at=at, authority=referral.authority_id)

    def _pick_up(self, referral: Referral, number: int, at: datetime) -> None:
        with acting_for(referral.authority_id, by=self._person(referral, at)) as by:
            actions.pick_up(referral.key, seen=_seen(referral), by=by, at=at)
        late = number % 5 == LATE
        if referral.urgent:
            goes = at + (timedelta(hours=26) if late else timedelta(hours=2 + number % 7))
        else:
            goes = at_the_desk(at + (timedelta(days=9) if late else timedelta(days=1 + number % 3)))
        self._plan(referral, goes, self._visit, number)

    def _visit(self, referral: Referral, number: int, at: datetime) -> None:
        """Go to the child: at one in five nobody opens, and one in five is not seen alone; then somebody goes again."""
        born = not referral.unborn
        met, alone = born and number % 5 != NOT_MET, number % 5 != NOT_ALONE
        self._record(referral, number, at, met=met, alone=alone)
        if born and not (met and alone):
            again = at + timedelta(hours=5) if referral.urgent else at_the_desk(at + timedelta(days=1))
            self.agenda.plan(again, partial(self._again, referral, number))
        self._plan(referral, at_the_desk(at + timedelta(hours=20)), self._after, number)

    def _again(self, referral: Referral, number: int, at: datetime) -> None:
        self._record(referral, number, at, met=True, alone=True)

    def _record(self, referral: Referral, number: int, at: datetime, *, met: bool, alone: bool) -> None:
        by, made_at = self._person(referral, at), (at - timedelta(minutes=40)).replace(second=0, microsecond=0)
        visit = Visited(
            made_at=made_at, place="school" if number % 2 else "home", seen_by=by.label,
            seen=met, why_not_seen="" if met else NOT_BORN if referral.unborn else NOBODY_THERE,
            alone=alone if met else None, not_alone="" if alone else "refused",
            voice=SAID[number % len(SAID)] if met else "",
        )  # fmt: skip
        with acting_for(referral.authority_id, by=by) as acting:
            actions.record_visit(
                referral.key, seen=_seen(referral), visit=visit, late_reason="family_unavailable",
                late_note="They were with relatives and could not be reached.", by=acting, at=at,
            )  # fmt: skip

    def _after(self, referral: Referral, number: int, at: datetime) -> None:
        """What follows from having seen the child: the need, an assessment, an enquiry where the child was harmed."""
        with acting_for(referral.authority_id, by=self._person(referral, at)) as by:
            actions.set_need(referral.key, seen=_seen(referral), first="N1" if referral.urgent else "N5", by=by, at=at)
        self._date(referral, Dated.ASSESSMENT_STARTED, at)
        if referral.section47:
            self._begin_47(referral, at)
            self._plan(referral, at_the_desk(at + timedelta(days=9)), self._enquired, number)
        self._plan(referral, at_the_desk(at + timedelta(days=24 + number % 9)), self._assessed, number)

    def _begin_47(self, referral: Referral, at: datetime) -> None:
        """The day of the strategy discussion, where none has brought it."""
        with acting_for(referral.authority_id, by=self._person(referral, at)):
            kept = Milestone.objects.filter(referral=referral, kind=Dated.SECTION47_STARTED, struck_at=None).exists()
        if not kept:
            self._date(referral, Dated.SECTION47_STARTED, at)

    def _enquired(self, referral: Referral, number: int, at: datetime) -> None:
        self._date(referral, Dated.SECTION47_ENDED, at)
        # A bank holiday is at the desk of the play, and no day for a conference.
        if number % 2 or not is_working_day(london(at).date(), NATIONAL):
            why = "The person who hurt the child has left, and a safety plan holds."
            self._date(referral, Dated.CONFERENCE_NOT_NEEDED, at, why=why)
        else:
            self._date(referral, Dated.CONFERENCE_HELD, at)

    def _assessed(self, referral: Referral, number: int, at: datetime) -> None:
        self._date(referral, Dated.ASSESSMENT_AUTHORISED, at)
        if number % 3 and not referral.section47:
            self._plan(referral, at_the_desk(at + timedelta(days=1)), self._close, number)
        elif not referral.section47:
            self._plan(referral, at_the_desk(at + timedelta(days=2)), self._stepping.step_down, number)

    def _close(self, referral: Referral, number: int, at: datetime) -> None:
        by, on = self._person(referral, at, Role.ASSESSMENT_MANAGER), london(at).date()
        with acting_for(referral.authority_id, by=by) as acting:
            actions.close(
                referral.key, seen=_seen(referral), on=on, closure="RC9" if number % 2 and on >= RC9_SINCE else "RC8",
                why="The assessment found what helps, and the family agrees to it.", by=acting, at=at,
            )  # fmt: skip

    def _date(self, referral: Referral, kind: Dated, at: datetime, *, why: str = "") -> None:
        with acting_for(referral.authority_id, by=self._person(referral, at)) as by:
            actions.record_date(
                referral.key, seen=_seen(referral), kind=kind.value, on=london(at).date(), why=why,
                late_reason="capacity", by=by, at=at,
            )  # fmt: skip


def _seen(referral: Referral) -> int:
    return Referral.objects.values_list("version", flat=True).get(pk=referral.pk)
