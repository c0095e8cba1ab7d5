"""What staff do with invented arrivals: looks, recommendations, decisions and acceptances, each at its own time.

Every step is the real action by somebody who may take it. Some arrivals are passed over on purpose, so that the
demonstration shows work that is late, waiting, or has been looked at by nobody.
"""

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from frontdoor.access.rules import Role
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import COURIER, MAILER, Actor, StepNotAllowed
from frontdoor.codes import rules as codes
from frontdoor.config.demo.arriving import person, take_in
from frontdoor.config.demo.organisation import CAMBRIDGESHIRE, PETERBOROUGH
from frontdoor.config.scenarios import Arrival, PractitionerOutcome
from frontdoor.contacts.actions import coming_back, decisions, night, screening
from frontdoor.contacts.models import Contact, Matter
from frontdoor.contacts.queries import decisions as queries
from frontdoor.contacts.rules.decisions import Action, Decided, Recommended
from frontdoor.directions import actions as directions
from frontdoor.directions.models import Direction
from frontdoor.handovers import actions as handovers
from frontdoor.handovers.models import Handover
from frontdoor.letters import actions as letters
from frontdoor.letters.models import Letter
from frontdoor.shell.rules import london

NEVER_LOOKED, NEVER_SCREENED, NEVER_DECIDED, NEVER_ACCEPTED, NEVER_DONE = 13, 11, 9, 7, 6
"""Of the last days, every so-manieth arrival stops there; earlier ones are done, but for a few."""

RECENT = timedelta(days=6)
LEFT_LYING = 29
"""Of earlier arrivals, every so-manieth was left lying: the kind that a board must show."""

RECEIVERS = {
    "mash": Role.TEAM_MANAGER, "early_help": Role.EARLY_HELP_OFFICER, "assessment": Role.ASSESSMENT_MANAGER,
    "allocated_worker": Role.ASSESSMENT_WORKER, "out_of_hours": Role.DUTY_WORKER, "met_hub": Role.MET_COORDINATOR,
    "lado": Role.DESIGNATED_OFFICER,
}  # fmt: skip
DETAILS = {
    "advice": "Advice given to the person who told us about what to watch for and whom to ring.",
    "service": "The family hub in their own town.",
    "question": "Has the family been asked, and what has been tried already?",
    "power": "Police protection, section 46; the duty sergeant holds it.",
    "council": "The council where the child lives.",
    "reason": "What was described has an explanation that was checked.",
}


@dataclass(order=True)
class _Due:
    at: datetime
    order: int
    step: Callable[[datetime], None] = field(compare=False)


class Practice:
    """Plays arrivals and what follows from them in the order of their instants, up to an instant.

    :ivar skipped: steps that the rules refused, by reason: a careful practice has few
    """

    def __init__(self, until: datetime) -> None:
        self.until = until
        self.skipped: list[str] = []
        self._due: list[_Due] = []
        self._order = 0

    def play(self, arrivals: Iterable[Arrival]) -> int:
        """Take in every arrival that lies before the end, with what follows from it; gives how many."""
        taken = 0
        for number, arrival in enumerate(arrivals):
            at = arrival.entered_at or arrival.arrives_at
            if at <= self.until:
                taken += 1
                self._plan(at, partial(self._arrive, number, arrival))
        while self._due:
            due = heapq.heappop(self._due)
            try:
                due.step(due.at)
            except StepNotAllowed as refused:
                self.skipped.append(refused.what)
        return taken

    def _plan(self, at: datetime, step: Callable[[datetime], None]) -> None:
        if at <= self.until:
            self._order += 1
            heapq.heappush(self._due, _Due(at, self._order, step))

    def _arrive(self, number: int, arrival: Arrival, _: datetime) -> None:
        contact = take_in(arrival)
        at = arrival.entered_at or arrival.arrives_at
        if self.until - at > RECENT and number % LEFT_LYING:
            number = 0  # passed over by none of the rules below
        self._plan(at + timedelta(minutes=25), lambda when: self._tell(contact, when))
        if number % NEVER_LOOKED != 5:
            self._plan(at + timedelta(minutes=12 + number % 40), lambda when: self._look(contact, arrival, when))
        if number % NEVER_LOOKED != 5 and number % NEVER_SCREENED != 3:
            self._plan(
                at + timedelta(hours=2, minutes=number % 50), lambda when: self._screen(number, contact, arrival, when)
            )

    def _look(self, contact: Contact, arrival: Arrival, at: datetime) -> None:
        red = arrival.expected.suggested_rating == "red"
        with self._acting(contact, Role.SOCIAL_WORKER, at) as by:
            contact.refresh_from_db()
            line = "Needs somebody today." if red else "No sign of danger this minute."
            screening.look(contact.key, seen=contact.version, danger="yes" if red else "no", line=line, by=by, at=at)

    def _screen(self, number: int, contact: Contact, arrival: Arrival, at: datetime) -> None:
        keys = []
        with self._acting(contact, Role.SOCIAL_WORKER, at) as by:
            for matter in Matter.objects.filter(contact=contact).select_related("child", "contact").order_by("id"):
                outcome = _outcome_of(matter, arrival)
                given = _recommended(matter, outcome, arrival, by=by, at=at)
                decisions.recommend(matter.key, seen=matter.version, given=given, by=by, at=at)
                keys.append((matter.key, outcome))
        if number % NEVER_DECIDED != 4:
            for key, outcome in keys:
                later = at + timedelta(hours=1, minutes=number % 35)
                self._plan(later, partial(self._decide, number, contact, key, outcome))

    def _decide(self, number: int, contact: Contact, key: UUID, outcome: PractitionerOutcome, at: datetime) -> None:
        with self._acting(contact, Role.TEAM_MANAGER, at) as by:
            self._judge(contact, by=by, at=at)
        with self._acting(contact, Role.TEAM_MANAGER, at) as by:
            matter = queries.matter(key, by=by)
            recommendation = queries.standing_recommendation(matter, by=by)
            if recommendation is None:
                return
            given = _decided(recommendation.outcome, recommendation, outcome, contact, at)
            decisions.decide(key, seen=matter.version, given=given, by=by, at=at)
        self._plan(at + timedelta(minutes=20), lambda when: self._tell(contact, when))
        if number % NEVER_DONE != 5:
            self._plan(at + timedelta(hours=20), lambda when: self._do(contact, key, when))
        if number % NEVER_ACCEPTED != 2:
            self._plan(at + timedelta(minutes=40), lambda when: self._accept(contact, key, when))

    def _judge(self, contact: Contact, *, by: Actor, at: datetime) -> None:
        """A manager judges the pattern first where the council's rule asks it; whoever closed the last one does not."""
        contact.refresh_from_db()
        found = queries.repeat(contact, by=by, at=at)
        if found is None or queries.pattern(contact, by=by) is not None:
            return
        decisions.judge_pattern(
            contact.key, changed="The concerns now come from several people who do not know each other.",
            responses="Advice was given each time and nothing was arranged.", helped="No. The same worries came back.",
            conclusion="Read together these are neglect over time; the whole family is looked at now.", by=by, at=at,
        )  # fmt: skip

    def _accept(self, contact: Contact, key: UUID, at: datetime) -> None:
        with self._acting(contact, Role.TEAM_MANAGER, at):
            waiting = list(Handover.objects.filter(subject_key=key, state="sent"))
        for slip in waiting:
            if role := RECEIVERS.get(slip.destination):
                with self._acting(contact, role, at) as by:
                    handovers.accept(slip.key, seen=slip.version, by=by, at=at)
                with acting_for(contact.authority_id, by=COURIER) as by:
                    coming_back.follow(key, by=by, at=at)

    def _tell(self, contact: Contact, at: datetime) -> None:
        """Send what is due to the person who told us, as the mailer does; what the guard holds back stays held."""
        with acting_for(contact.authority_id, by=MAILER):
            due = list(Letter.objects.filter(subject_key=contact.key, state="to_send").values_list("key", flat=True))
        for key in due:
            with acting_for(contact.authority_id, by=MAILER) as by:
                taken = letters.take_up(key, by=by, at=at)
            if taken:
                with acting_for(contact.authority_id, by=MAILER) as by:
                    letters.send_now(key, by=by, at=at)

    def _do(self, contact: Contact, key: UUID, at: datetime) -> None:
        with self._acting(contact, Role.TEAM_MANAGER, at) as by:
            for direction in list(Direction.objects.filter(subject_key=key, done_at=None)):
                said = "Spoke to the child at school, alone; what was said is in the record."
                directions.do(direction.key, seen=direction.version, evidence=said, by=by, at=at)

    def _acting(self, contact: Contact, role: Role, at: datetime):  # type: ignore[no-untyped-def]  # a context manager of an actor
        own = role in {Role.ASSESSMENT_MANAGER, Role.ASSESSMENT_WORKER, Role.DESIGNATED_OFFICER}
        authority = contact.authority_id if own and contact.authority_id == PETERBOROUGH else CAMBRIDGESHIRE
        return acting_for(contact.authority_id, by=person(role, at=at, authority=authority))


def _outcome_of(matter: Matter, arrival: Arrival) -> PractitionerOutcome:
    """What a careful practitioner would want for this child; by its place among the children."""
    outcomes = list(arrival.expected.outcomes.values())
    place = matter.child.position if matter.child else 0
    return outcomes[min(place, len(outcomes) - 1)]


def _recommended(
    matter: Matter, outcome: PractitionerOutcome, arrival: Arrival, *, by: Actor, at: datetime
) -> Recommended:
    around = queries.circumstances(matter, by=by, at=at)
    code = outcome.primary
    if codes.OUTCOMES[code].agreement == "needed" and not codes.AGREEMENTS[around.agreement].allows_agreed_services:
        code = "information_advice"
    if codes.OUTCOMES[code].never_with == "safeguarding" and around.safeguarding:
        code = "information_advice"
    said = (
        matter.child.statements.filter(kind="own_words").values_list("words", flat=True).first() if matter.child else ""
    )
    rating = arrival.expected.suggested_rating or "green"
    return Recommended(
        outcome=code, known=arrival.narrative[:600], means=arrival.expected.why, decided=arrival.expected.why,
        change_mind="New information about danger, or the family moving.", voice=said or "",
        voice_missing="" if said else "the child has not been seen yet",
        threshold_level=arrival.expected.threshold_level or "2",
        rating=rating if "rating" in codes.OUTCOMES[code].needs else "",
        specialist_route=(outcome.specialist_route or "") if code == "specialist_route" else "",
        detail=next((DETAILS[need] for need in codes.OUTCOMES[code].needs if need in DETAILS), ""),
    )  # fmt: skip


def _decided(
    code: str, recommendation: object, outcome: PractitionerOutcome, contact: Contact, at: datetime
) -> Decided:
    copied = {name: getattr(recommendation, name) for name in ("rating", "specialist_route", "detail")}
    allocated = codes.OUTCOMES[code].destination == "allocated_worker"
    other = CAMBRIDGESHIRE if contact.authority_id == PETERBOROUGH else PETERBOROUGH
    people = (
        person(Role.ASSESSMENT_WORKER, at=at, authority=contact.authority_id).user_id,
        person(Role.ASSESSMENT_MANAGER, at=at, authority=contact.authority_id).user_id,
    )
    return Decided(
        outcome=code, **copied, risk_seen="What was described may go on tonight.",
        direction=f"See the child before the end of the next working day: {contact.receipt}.",
        actions=(Action("Speak to the child alone", "The receiving team", at + timedelta(days=1)),),
        worker=people[0] if allocated else None, manager=people[1] if allocated else None,
        other_council=other if codes.OUTCOMES[code].destination == "other_council" else None,
    )  # fmt: skip


def fill_rota(now: datetime) -> None:
    """Names on the night rota of both councils for the coming days; one night is left without, and shown as a gap."""
    midnight = london(now).replace(hour=0, minute=0, second=0, microsecond=0)
    for council in (CAMBRIDGESHIRE, PETERBOROUGH):
        for day in range(-1, 7):
            begins = midnight + timedelta(days=day, hours=8)
            if day == 3:
                continue
            with acting_for(council, by=person(Role.TEAM_MANAGER, at=now)) as by:
                watching = person(Role.DUTY_WORKER, at=now, second=bool(day % 2)).user_id or 0
                night.add_shift(watching, starts_at=begins, ends_at=begins + timedelta(days=1), by=by, at=now)
