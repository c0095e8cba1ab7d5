"""Arrivals carried through the rooms of MASH to their end: every agency is heard, every child decided and seen.

The steps are the demonstration's own. What it leaves open, so that a visitor finds work, is done here: the agencies
that it lets wait answer late, say that they cannot, or by telephone.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from frontdoor.access.rules import Role
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import CLOCK_SWEEP
from frontdoor.clocks import actions as clocks
from frontdoor.config.demo.asking import Asking, speaking_for
from frontdoor.config.demo.courses import DONE, Course
from frontdoor.config.demo.discussing import Discussing
from frontdoor.config.demo.enquiring import Enquiries
from frontdoor.config.scenarios import Arrival, PractitionerOutcome
from frontdoor.contacts.actions import safe
from frontdoor.contacts.models import Named
from frontdoor.contacts.rules.decisions import ALONGSIDE
from frontdoor.mash.actions import asking as actions
from frontdoor.mash.actions.asking.siding import set_side
from frontdoor.mash.actions.partners import Said, confirm_replies, give_replies, open_first
from frontdoor.mash.models import Asked, Enquiry, Request
from frontdoor.mash.queries import asking as queries
from frontdoor.mash.rules.states import State

ENQUIRY, SECTION_47 = "mash_enquiry", ("strategy_discussion_s47", "immediate_protection")
UNREACHED = "Its desk is shut until Monday; the lead was rung and knows nobody of this name."
TAKEN_DOWN = "Rang back: nothing that the school does not know."
AWAY = "The record system is away; we look again on Monday."
FLED = "She has fled, and he asks everybody where they are."
LATE, CANNOT, BY_TELEPHONE = 0, 1, 2
"""Of seven requests one is answered late, one cannot be, and one is answered by telephone and confirmed."""
QUICK, SLOW = timedelta(), timedelta(hours=6)
"""How much later than at the highest rating an enquiry is analysed, recommended on and decided."""
UNLINKED = {
    "These two are linked so already.", "The other contact is closed, so nothing would follow from this one.",
}  # fmt: skip
"""What somebody is told who would link two contacts that need none."""


def goes_to_mash(arrival: Arrival) -> bool:
    """Whether a careful practitioner would want an enquiry, or a strategy discussion, for one of its children."""
    wanted = {ENQUIRY, *SECTION_47}
    return bool(arrival.children) and any(
        wanted & {each.primary, *each.secondary} for each in arrival.expected.outcomes.values()
    )


def led(arrival: Arrival) -> Arrival:
    """The same, with what MASH does as the outcome of each child, and what may run beside it beside it."""
    outcomes = {ref: _led(each) for ref, each in arrival.expected.outcomes.items()}
    return replace(arrival, expected=replace(arrival.expected, outcomes=outcomes))


def _led(outcome: PractitionerOutcome) -> PractitionerOutcome:
    wanted = (outcome.primary, *outcome.secondary)
    first = next((each for each in (*SECTION_47, ENQUIRY) if each in wanted), outcome.primary)
    beside = tuple(each for each in wanted if each in ALONGSIDE and each != first)
    route = outcome.specialist_route if first == "specialist_route" else None
    return PractitionerOutcome(primary=first, secondary=beside, specialist_route=route)


def whole(arrivals: Sequence[Arrival]) -> dict[str, Course]:
    """Every arrival is carried to its end."""
    return {arrival.id: DONE for arrival in arrivals}


class Everybody(Asking):
    """Every agency that is asked is heard in the end; now and then one of the set is left out, with a reason."""

    def chosen(self, found: queries.Asking, number: int) -> tuple[set[UUID], dict[UUID, str]]:
        wanted, out = super().chosen(found, number)
        if number % 6 == 3 and len(found.proposed) > 1:
            last = found.proposed[-1].agency.key
            return wanted - {last}, out | {last: UNREACHED}
        return wanted, out

    def sent(self, request: Request, council: int, number: int, answers_at: datetime) -> None:
        plan = self.agenda.plan
        if request.desk.line == "education" and number % 3 == 0:
            plan(request.sent_at + timedelta(minutes=2), partial(self._other_side, request, council))
        course = number % 7
        if course == LATE:
            plan(request.due_at + timedelta(minutes=2), partial(sweep, council))
            plan(request.due_at + timedelta(minutes=6), partial(self.reply, request, council))
        elif course == CANNOT:
            plan(answers_at, partial(self._cannot, request, council))
        elif course == BY_TELEPHONE:
            plan(answers_at, partial(self._rings, request, council))
            plan(answers_at + timedelta(minutes=20), partial(self._confirms, request, council))
        else:
            plan(answers_at, partial(self.reply, request, council))

    def _other_side(self, request: Request, council: int, at: datetime) -> None:
        with self.acting(council, Role.SOCIAL_WORKER, at) as by:
            seen = Request.objects.values_list("version", flat=True).get(pk=request.pk)
            why = "A lead of the school is a cousin of whoever is feared."
            set_side(request.key, seen=seen, other_side=True, why=why, by=by, at=at)

    def _cannot(self, request: Request, council: int, at: datetime) -> None:
        with speaking_for(request.desk.name, council, at) as by:
            open_first(request.key, by=by, at=at)
            people = Asked.objects.filter(request=request)
            give_replies(request.key, {each.key: Said(kind="cannot", reason=AWAY) for each in people}, by=by, at=at)

    def _rings(self, request: Request, council: int, at: datetime) -> None:
        with self.acting(council, Role.SOCIAL_WORKER, at) as by:
            now = Request.objects.get(pk=request.pk)
            people = list(Asked.objects.filter(request=request).values_list("key", flat=True))
            heard = actions.Heard(people=people, kind="information", facts=TAKEN_DOWN, said_by="Whoever is at the desk")
            actions.take_by_telephone(request.key, heard, seen=now.version, by=by, at=at)

    def _confirms(self, request: Request, council: int, at: datetime) -> None:
        with speaking_for(request.desk.name, council, at) as by:
            confirm_replies(request.key, by=by, at=at)


class Carried(Enquiries):
    """Every enquiry is carried to its end; a child who joins on the way is analysed, decided and taken on as well."""

    asks = Everybody

    def begin(self, enquiry: Enquiry, council: int, number: int, at: datetime) -> None:
        plan = self.agenda.plan
        if number % 4 == 0:
            plan(at + timedelta(minutes=5), partial(self._seal, enquiry, council))
        plan(at + timedelta(minutes=20), partial(self.rate, enquiry, council, number))
        plan(at + timedelta(minutes=45), partial(self.answer, enquiry, council, number))
        plan(at + timedelta(minutes=95), partial(self.answer, enquiry, council, 1))
        plan(at + timedelta(minutes=96), partial(self._conclude, enquiry, council, number))

    def _seal(self, enquiry: Enquiry, council: int, at: datetime) -> None:
        """Somebody has fled: where the people of the contact live is protected."""
        with self.acting(council, Role.CONTACT_OFFICER, at) as by:
            people = Named.objects.filter(contact=enquiry.contact_id).exclude(address="").order_by("position")
            homes = [each.address for each in people]
            whose = [str(each.key) for each in people if each.address == homes[0]]
            if whose:
                safe.protect(enquiry.contact.key, whose=whose, why=FLED, by=by, at=at)

    def _conclude(self, enquiry: Enquiry, council: int, number: int, at: datetime) -> None:
        """At the highest rating nobody is waited for; else the last of the agencies is."""
        with self.acting(council, Role.SOCIAL_WORKER, at):
            rating = Enquiry.objects.values_list("rating", flat=True).get(pk=enquiry.pk)
        waits = QUICK if rating == "red" else SLOW
        self.concluding.begin(enquiry, council, number, at + waits - timedelta(minutes=60))
        self.agenda.plan(at + waits + timedelta(hours=6), partial(self._again, enquiry, council, number))

    def _again(self, enquiry: Enquiry, council: int, number: int, at: datetime) -> None:
        """Whoever joined meanwhile."""
        with self.acting(council, Role.SOCIAL_WORKER, at):
            state = State(Enquiry.objects.values_list("state", flat=True).get(pk=enquiry.pk))
        sweep(council, at)
        if state.settled:
            return
        steps = (self.concluding.analyse, self.concluding.recommend, self.concluding.decide)
        for minutes, step in zip((5, 15, 40), steps, strict=True):
            self.agenda.plan(at + timedelta(minutes=minutes), partial(step, enquiry, council, number))
        self.agenda.plan(at + timedelta(hours=6), partial(self._again, enquiry, council, number))


class Signed(Discussing):
    """Every strategy discussion is signed, and its minutes are sent."""

    unsigned = 1000


def sweep(council: int, at: datetime) -> None:
    """The minute's sweep of a council's clocks."""
    with acting_for(council, by=CLOCK_SWEEP) as by:
        clocks.sweep(by=by, at=at)
