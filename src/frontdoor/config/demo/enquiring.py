"""Enquiries of the demonstration: rated, answered for, decided or stood down; those of the last days stand open."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from frontdoor.access.rules import Role
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import COURIER, Actor
from frontdoor.config.demo.arriving import Staff
from frontdoor.config.demo.asking import Asking
from frontdoor.config.demo.concluding import Concluding
from frontdoor.config.demo.huddling import Huddles
from frontdoor.config.demo.organisation import CAMBRIDGESHIRE, PETERBOROUGH
from frontdoor.config.demo.playing import Agenda, Done, at_the_desk
from frontdoor.contacts.models import Decision
from frontdoor.handovers import actions as handovers
from frontdoor.handovers.models import Handover
from frontdoor.mash.actions import enquiries as actions
from frontdoor.mash.models import Enquiry, Subject
from frontdoor.mash.queries.enquiries import finding
from frontdoor.mash.rules.safety import Answered
from frontdoor.mash.rules.states import State

RECENT = timedelta(days=2)
"""What was opened within so long before the end of the play stands open."""
LAST = timedelta(hours=3)
"""So long before the end MASH takes on what waits for it, all but the newest of Peterborough."""
WHY = {
    "red": "What was seen may be significant harm, and nobody knows where the child sleeps tonight.",
    "amber": "The worries are of several weeks and the same ones come back; nothing says that it is tonight.",
    "green": "One worry about how the family manages; whoever knows them may see it differently.",
}
QUESTION = (
    "What do you know of these children's days: who looks after them, what have they said themselves, and what has "
    "changed in the last three months?"
)


class Enquiries:
    """Puts on the agenda what MASH does with what it has accepted.

    :param decided: hears of the number of each contact for which an enquiry was decided
    """

    asks: type[Asking] = Asking

    def __init__(self, agenda: Agenda, staff: Staff, decided: Callable[[int, datetime], None]) -> None:
        self.agenda, self.staff, self._heard = agenda, staff, set[UUID]()
        self.asking = self.asks(agenda, self.acting)
        self.concluding = Concluding(agenda, self.acting, decided)
        agenda.plan(agenda.until - LAST, self._take_on)
        Huddles(agenda, self.acting)

    def acting(self, council: int, role: Role, at: datetime, *, second: bool = False) -> AbstractContextManager[Actor]:
        """Somebody of a role of the operator, acting for a council."""
        authority = council if role is Role.ASSESSMENT_MANAGER else CAMBRIDGESHIRE
        return acting_for(council, by=self.staff.person(role, at=at, authority=authority, second=second))

    def hear(self, done: Done) -> None:
        """A slip was accepted for MASH and has opened an enquiry: it goes its way from here, once."""
        if done.name != "mash.follow":
            return
        with acting_for(done.authority, by=COURIER) as by:
            found = finding.of_slip(UUID(done.ids["handover"]), by=by)
        if found is None or found.key in self._heard:
            return
        self._heard.add(found.key)
        self.begin(found, done.authority, len(self._heard), done.at)

    def _take_on(self, at: datetime) -> None:
        """Whoever opens the list finds enquiries at work, and one slip that still waits."""
        for council, left in ((CAMBRIDGESHIRE, 0), (PETERBOROUGH, 1)):
            with self.acting(council, Role.TEAM_MANAGER, at) as by:
                waiting = Handover.objects.filter(destination="mash", state="sent").order_by("sent_at", "id")
                for slip in waiting[: max(0, waiting.count() - left)]:
                    handovers.accept(slip.key, seen=slip.version, by=by, at=at)

    def begin(self, enquiry: Enquiry, council: int, number: int, at: datetime) -> None:
        """From its opening on: most are decided, every fourth is stood down, some of the last days stand open."""
        plan, recent = self.agenda.plan, self.agenda.until - at < RECENT
        if recent and number % 5 == 0:
            return
        plan(at + timedelta(minutes=15 + number % 30), partial(self.rate, enquiry, council, number))
        plan(at + timedelta(minutes=50 + number % 40), partial(self.answer, enquiry, council, number))
        stood_down = number % 4 == 3
        if not recent:
            plan(at + timedelta(minutes=170), partial(self.answer, enquiry, council, 1))
        if not recent and stood_down:
            plan(at + timedelta(minutes=225), partial(self._stand_down, enquiry, council))
        elif not recent or number % 5 in (1, 2):
            self.concluding.begin(enquiry, council, number, at, decided=not recent)

    def rate(self, enquiry: Enquiry, council: int, number: int, at: datetime) -> None:
        """A social worker takes and rates it as it was handed over, and writes what is asked of everybody."""
        with self.acting(council, Role.SOCIAL_WORKER, at, second=bool(number % 2)) as by:
            those = Subject.objects.filter(enquiry=enquiry, matter__isnull=False).values("matter_id")
            decision = Decision.objects.filter(matter_id__in=those, voided_at=None).order_by("-made_at", "-id").first()
            rating = decision.rating if decision and decision.rating in WHY else "amber"
            actions.take(enquiry.key, seen=_seen(enquiry), by=by, at=at)
            actions.rate(enquiry.key, seen=_seen(enquiry), rating=rating, why=WHY[rating], by=by, at=at)
            actions.ask_question(enquiry.key, seen=_seen(enquiry), question=QUESTION, by=by, at=at)
        self.asking.begin(enquiry, council, number, at)

    def answer(self, enquiry: Enquiry, council: int, number: int, at: datetime) -> None:
        """Most children were seen at school; of some nobody knows, and an action is given."""
        with self.acting(council, Role.SOCIAL_WORKER, at, second=bool(number % 2)) as by:
            those = [
                str(key)
                for key in Subject.objects.filter(enquiry=enquiry, is_child=True, same_as=None).values_list(
                    "key", flat=True
                )
            ]
            given = Answered(
                answer="yes", how="saw", who="The designated lead at school", seen_at=at - timedelta(minutes=10),
                where="At school", said="Here and settled; goes home with the grandmother today.",
            )  # fmt: skip
            if number % 4 == 0:
                given = Answered(
                    answer="unknown", action="Ring the grandmother and the school; visit if neither answers.",
                    owner=f"user:{by.user_id}", until=at_the_desk(at + timedelta(hours=2)),
                )  # fmt: skip
            actions.answer_safety(enquiry.key, seen=_seen(enquiry), those=those, given=given, by=by, at=at)

    def _stand_down(self, enquiry: Enquiry, council: int, at: datetime) -> None:
        with self.acting(council, Role.TEAM_MANAGER, at) as by:
            if State(Enquiry.objects.get(pk=enquiry.pk).state).settled:
                return
            actions.stand_down(
                enquiry.key, seen=_seen(enquiry), to="assessment", by=by, at=at,
                why="What school and health have said is enough to know that the children need an assessment.",
            )  # fmt: skip
        self.agenda.plan(at + timedelta(minutes=25), partial(self._accept, enquiry, council))

    def _accept(self, enquiry: Enquiry, council: int, at: datetime) -> None:
        """The assessment team takes the children on."""
        with self.acting(council, Role.ASSESSMENT_MANAGER, at) as by:
            keys = list(Subject.objects.filter(enquiry=enquiry, is_child=True).values_list("key", flat=True))
            for slip in list(Handover.objects.filter(subject_key__in=keys, state="sent").order_by("id")):
                handovers.accept(slip.key, seen=slip.version, by=by, at=at)


def _seen(enquiry: Enquiry) -> int:
    return Enquiry.objects.values_list("version", flat=True).get(pk=enquiry.pk)
