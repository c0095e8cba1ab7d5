"""What staff do with invented arrivals: looks, recommendations, decisions, answers, each at its own time.

Every step is the real action by somebody who may take it. How far an arrival gets is its course.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import partial
from uuid import UUID

from frontdoor.access.rules import Role
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import COURIER, Actor, StepNotAllowed
from frontdoor.config.demo import (
    attaching,
    complaining,
    courses,
    disagreeing,
    discussing,
    enquiring,
    familiar,
    helping,
    hoping,
    informing,
    policing,
    recognising,
    referring,
    remembering,
    thinking,
    thriving,
    travelling,
)
from frontdoor.config.demo.arriving import COUNCILS, Staff, take_down, take_in, written_at
from frontdoor.config.demo.courses import Course
from frontdoor.config.demo.organisation import CAMBRIDGESHIRE, PETERBOROUGH
from frontdoor.config.demo.playing import LONDON, Agenda, Done, at_the_desk
from frontdoor.config.demo.thinking import Thoughts
from frontdoor.config.scenarios import Arrival, Households, Wish
from frontdoor.contacts.actions import decisions, night, passing_on, samples, screening
from frontdoor.contacts.models import Contact, Matter, Protection
from frontdoor.contacts.queries import decisions as queries
from frontdoor.contacts.rules import decisions as rules
from frontdoor.councils import queries as councils
from frontdoor.directions import actions as directions
from frontdoor.directions.models import Direction
from frontdoor.handovers.models import Copy
from frontdoor.mash.actions.strategy.beginning import STRATEGY
from frontdoor.shell.rules import london

OWN = frozenset({Role.ASSESSMENT_MANAGER, Role.ASSESSMENT_WORKER, Role.DESIGNATED_OFFICER, Role.SPECIALIST_WORKER})
"""Roles whose functions the agreement leaves with each council."""
INDEXED = timedelta(hours=6)
"""How long before the first contact everybody known was brought into the index."""
LINKS = {"duplicate_of": "duplicate", "same_event_as": "same_event", "sibling_of": "sibling"}


@dataclass(frozen=True, slots=True)
class Case:
    """One contact, how far it goes, and what practitioners think of it.

    :param number: its place among all, which varies people and minutes
    """

    number: int
    contact: Contact
    course: Course
    thoughts: Thoughts
    arrival: Arrival | None = None

    @property
    def by_second(self) -> bool:
        """Whether the second manager decides it; the first then reads and releases what another person has to.

        What is left to be read again is the second's, so that the first, whose account is printed, finds it.
        """
        return bool(self.number % 2) or not self.course.read_again

    def minutes(self, least: int, most: int) -> timedelta:
        """A time that differs from case to case."""
        return timedelta(minutes=least + self.number * 7 % (most - least))


class Practice:
    """Plays what was known before, the arrivals, and what follows from them, up to an instant.

    :param enquiries: what MASH does with what it takes on
    :param discussing: what becomes of a strategy discussion that was started on a contact
    :param dealt: how far each arrival gets, by its id
    """

    def __init__(
        self, until: datetime, *, enquiries: type[enquiring.Enquiries] = enquiring.Enquiries,
        discussing: type[discussing.Discussing] = discussing.Discussing,
        dealt: Callable[[Sequence[Arrival]], Mapping[str, Course]] = courses.courses,
    ) -> None:  # fmt: skip
        self.agenda, self._deal = Agenda(until), dealt
        self.staff = Staff()
        self._cases: dict[tuple[str, int], Case] = {}
        self._told: dict[str, tuple[int, Arrival]] = {}
        self._answers = travelling.Answers(self.agenda, self.acting)
        self._families = familiar.Families(self.agenda, self.acting)
        self._information = informing.Desk(self.agenda, self.acting, self._becomes)
        self._complaints = complaining.Complaints(self.agenda, self.acting)
        self._enquiries = enquiries(self.agenda, self.staff, self._enquired)
        self._discussing = discussing(self.agenda, self._enquiries.acting)
        self._disagreements = disagreeing.Disagreements(self.agenda, self._enquiries.acting)
        self._referrals = referring.Referrals(self.agenda, self.staff)
        self._thriving = thriving.Thriving(self.agenda, self.staff)
        self._helping = helping.Helping(self.agenda, self.staff, self._thriving.takes)
        self._people = recognising.Recognising(self.agenda, self.acting)

    @property
    def until(self) -> datetime:
        """When the play ends: now."""
        return self.agenda.until

    def play(self, arrivals: Sequence[Arrival], known: Households | None = None, wishes: Sequence[Wish] = ()) -> int:
        """Take in everything that lies before the end, with what follows from it; gives how many arrivals.

        :param known: whose history comes first
        :param wishes: families that ask for help for themselves; the directory that they are told of is read
        """
        before = remembering.remembered(known) if known else []
        if known and before:
            self._people.make_index(known, at=before[0].at - INDEXED)
        for number, past in enumerate(before):
            self.agenda.plan(past.at, partial(self._remember, number, past))
        come = [(arrival, at) for arrival in arrivals if (at := written_at(arrival)) <= self.until]
        dealt = self._deal([arrival for arrival, _ in come])
        for number, (arrival, at) in enumerate(come):
            self._told[arrival.narrative] = number, arrival
            self.agenda.plan(at, partial(self._arrive, number, dealt[arrival.id], arrival))
        for number, wish in enumerate(wishes):
            self.agenda.plan(hoping.asks_at(wish, number, self.until), partial(self._wish, number, wish))
        self.agenda.plan(self.until - policing.BEFORE, self._night)
        self.agenda.run(self._hear)
        return len(come)

    def _night(self, at: datetime) -> None:
        """The police send what they had in the night, in one file to each council."""
        for council in COUNCILS:
            with acting_for(council, by=self.staff.person(Role.CONTACT_OFFICER, at=at)) as by:
                policing.take_in_night(self.until, council=str(council), by=by, at=at)

    def _remember(self, number: int, past: remembering.Past, at: datetime) -> None:
        council = past.authority if past.authority in COUNCILS else councils.route(past.postcode, on=at).council
        with acting_for(council, by=self.staff.person(Role.CONTACT_OFFICER, at=at)) as by:
            contact = take_down(past.report, channel=past.channel, idem=past.idem, received_at=at, by=by, at=at)
        case = Case(number, contact, courses.DONE, past.thoughts)
        self._people.remember(case, past.numbers, at)
        self._go_on(case, at)

    def _wish(self, number: int, wish: Wish, at: datetime) -> None:
        contact = hoping.ask(wish, number, at=at)
        self._thriving.asked(wish, contact)
        self._go_on(Case(number, contact, hoping.course(wish), hoping.thoughts(wish)), at)
        if wish.goes in hoping.AT_ONCE:
            self.agenda.plan(at + hoping.TOLD_AFTER, partial(self._tell_of, wish, contact))

    def _tell_of(self, wish: Wish, contact: Contact, at: datetime) -> None:
        hoping.tell(wish, contact, self.staff, at=at)

    def _arrive(self, number: int, course: Course, arrival: Arrival, at: datetime) -> None:
        contact = take_in(arrival, self.staff)
        case = Case(number, contact, course, thinking.about(arrival), arrival)
        self._cases[arrival.id, contact.authority_id] = case
        self._information.begin(case, at)
        self._complaints.begin(case, at)
        attaching.begin(arrival.id, contact, self.agenda, partial(self.acting, case), at)
        self._people.arrived(case, at)
        self._go_on(case, at)

    def _becomes(self, case: Case, contact: Contact, at: datetime) -> None:
        """A request for information has become a contact as well, which goes its own way from here."""
        self._go_on(replace(case, contact=contact, course=courses.DONE), at)

    def _hear(self, done: Done) -> None:
        """A report that another council passed has become a contact: it goes its own way from here; so do enquiries."""
        self._enquiries.hear(done)
        self._helping.hear(done)
        if done.name == "referrals.follow":
            self._referrals.hear(done)
        if done.name != "contacts.receive_copy":
            return
        with acting_for(done.authority, by=COURIER):
            copy = Copy.objects.get(pk=done.ids["copy"])
            contact = Contact.objects.filter(submission__idem=f"slip:{copy.slip}").first()
        if contact is None:
            return
        number, arrival = self._told[contact.story]
        case = Case(number, contact, courses.DONE, thinking.about(arrival), arrival)
        self._cases[arrival.id, contact.authority_id] = case
        self.agenda.plan(done.at + case.minutes(20, 50), partial(self._answers.take_copy, case, copy.pk))
        self._people.arrived(case, done.at)
        self._go_on(case, done.at)

    def _enquired(self, contact: int, at: datetime) -> None:
        """An enquiry was decided: whoever told us of it is told."""
        case = next((each for each in self._cases.values() if each.contact.pk == contact), None)
        if case is not None:
            self._answers.enquired(case, at)

    def _go_on(self, case: Case, at: datetime) -> None:
        """Everything that somebody does with it, each at its time."""
        plan, course = self.agenda.plan, case.course
        desk = at if case.thoughts.red else at_the_desk(at + timedelta(hours=1))
        self._answers.begin(case, at)
        if course.looked:
            plan(at + case.minutes(9, 46), partial(self._look, case))
        if course.doubted:
            plan(at + case.minutes(50, 90), partial(self._doubt, case))
        if course.screened:
            plan(desk + case.minutes(55, 115), partial(self._screen, case))

    def acting(self, case: Case, role: Role, at: datetime, *, second: bool = False) -> AbstractContextManager[Actor]:
        """Somebody of that role, acting for the council of a case."""
        authority = case.contact.authority_id if role in OWN else CAMBRIDGESHIRE
        by = self.staff.person(role, at=at, authority=authority, second=second)
        return acting_for(case.contact.authority_id, by=by)

    def _qualified(self, case: Case, at: datetime) -> AbstractContextManager[Actor]:
        """A social worker by day, a duty worker by night."""
        role = Role.SOCIAL_WORKER if at_the_desk(at) == at else Role.DUTY_WORKER
        return self.acting(case, role, at, second=bool(case.number % 2))

    def _look(self, case: Case, at: datetime) -> None:
        red = case.thoughts.red
        line = "Needs somebody today." if red else "No sign of danger this minute."
        with self._qualified(case, at) as by:
            contact = Contact.objects.get(pk=case.contact.pk)
            screening.look(contact.key, seen=contact.version, danger="yes" if red else "no", line=line, by=by, at=at)
            if started := _act_first(case):
                screening.protect(
                    contact.key, kind=started, reason=line, with_whom="Detective sergeant on call", by=by, at=at
                )
                if case.course.decided:
                    self.agenda.plan(at + case.minutes(50, 100), partial(self._oversee, case))
                if started == STRATEGY:
                    self._discussing.begin(contact, at)

    def _oversee(self, case: Case, at: datetime) -> None:
        with self.acting(case, Role.TEAM_MANAGER, at) as by:
            for started in list(Protection.objects.filter(contact=case.contact, overseen_at=None)):
                said = "I have read it and agree. The social worker stays with the children until the police come."
                screening.oversee(started.key, seen=started.version, oversight=said, by=by, at=at)

    def _screen(self, case: Case, at: datetime) -> None:
        keys = []
        with self._qualified(case, at) as by:
            self._link(case, by=by, at=at)
            for matter in Matter.objects.filter(contact=case.contact).select_related("child", "contact").order_by("id"):
                said = matter.child.statements.filter(kind="own_words").first() if matter.child else None
                around = partial(queries.circumstances, matter, by=by, at=at)
                given = thinking.recommended(matter, case.thoughts, around, said=said.words if said else "")
                decisions.recommend(matter.key, seen=matter.version, given=given, by=by, at=at)
                keys.append(matter.key)
        desk = at if case.thoughts.red else at_the_desk(at)
        if case.course.decided:
            for key in keys:
                self.agenda.plan(desk + case.minutes(35, 95), partial(self._decide, case, key))

    def _link(self, case: Case, *, by: Actor, at: datetime) -> None:
        """Say which earlier contacts it belongs to; what has left the screening is left alone."""
        for link in case.arrival.expected.links if case.arrival else ():
            other = self._cases.get((link.target.partition("-")[0], case.contact.authority_id))
            if link.type not in LINKS or other is None or other.contact.pk == case.contact.pk:
                continue
            seen = Contact.objects.values_list("version", flat=True).get(pk=case.contact.pk)
            try:
                screening.link(
                    case.contact.key, other.contact.key, seen=seen, kind=LINKS[link.type],
                    why="The same people and the same evening, told by somebody else.", by=by, at=at,
                )  # fmt: skip
            except StepNotAllowed as refused:
                self.agenda.skipped.append(refused.what)

    def _decide(self, case: Case, key: UUID, at: datetime) -> None:
        with self.acting(case, Role.TEAM_MANAGER, at, second=case.by_second) as by:
            matter = queries.matter(key, by=by)
            recommendation = queries.standing_recommendation(matter, by=by)
        if recommendation is None:
            return
        self._judge(case, at)
        with self.acting(case, Role.TEAM_MANAGER, at, second=case.by_second) as by:
            around = queries.circumstances(matter, by=by, at=at)
            demanded = rules.whole_record_demanded(recommendation.outcome, around, beside=recommendation.secondary)
            given = thinking.decided(
                recommendation, other_council=self._other(case), receivers=self._receivers(case, at),
                in_full=bool(demanded) or case.course.due_today or not case.course.done,
                due_at=self._today(at) if case.course.due_today else None, at=at,
            )  # fmt: skip
            decision = decisions.decide(key, seen=matter.version, given=given, by=by, at=at)
        if decision.sampled and case.course.read_again:
            self.agenda.plan(at_the_desk(at + timedelta(hours=20)), partial(self._read_again, case, decision.key))
        if case.course.done:
            self.agenda.plan(at_the_desk(at + timedelta(hours=18)), partial(self._do, case, key))
        self._answers.decided(case, key, at)
        self._families.decided(case, matter, at)

    def _read_again(self, case: Case, decision: UUID, at: datetime) -> None:
        """Another manager than the one who decided reads what was agreed by one key."""
        with self.acting(case, Role.TEAM_MANAGER, at, second=not case.by_second) as by:
            if case.number % 4:
                samples.review(decision, answer="agree", by=by, at=at)
            else:
                said = "The advice was right. It should say by when we hear from the school again."
                samples.review(decision, answer="learn", words=said, by=by, at=at)

    def _doubt(self, case: Case, at: datetime) -> None:
        """A contact officer believes that it was typed in twice; another person has to agree, and nobody has yet."""
        with self.acting(case, Role.CONTACT_OFFICER, at) as by:
            seen = Contact.objects.values_list("version", flat=True).get(pk=case.contact.pk)
            why = "I believe that I typed in a second time what came on Monday."
            screening.call_a_mistake(case.contact.key, seen=seen, why=why, by=by, at=at)

    def _judge(self, case: Case, at: datetime) -> None:
        """A manager judges the pattern first where the council's rule asks it; whoever closed the last one does not."""
        with self.acting(case, Role.TEAM_MANAGER, at) as by:
            contact = Contact.objects.get(pk=case.contact.pk)
            found = queries.repeat(contact, by=by, at=at)
            if found is None or queries.pattern(contact, by=by) is not None:
                return
            closed_last = not rules.may_review_pattern(by.user_id or 0, found.earlier)
        with self.acting(case, Role.TEAM_MANAGER, at, second=closed_last) as by:
            decisions.judge_pattern(
                contact.key, changed="The worries now come from several people who do not know each other.",
                responses="Advice was given each time and nothing was arranged.",
                helped="No. The same worries came back.",
                conclusion="Read together these are one story; the whole family is looked at now.", by=by, at=at,
            )  # fmt: skip

    def _other(self, case: Case) -> int:
        """The council that a child is passed to."""
        wanted, here = case.thoughts.council, case.contact.authority_id
        if wanted is not None and wanted != here:
            return wanted
        return CAMBRIDGESHIRE if here == PETERBOROUGH else PETERBOROUGH

    def _receivers(self, case: Case, at: datetime) -> tuple[int | None, ...]:
        here = case.contact.authority_id
        roles = (Role.ASSESSMENT_WORKER, Role.ASSESSMENT_MANAGER)
        return tuple(self.staff.person(role, at=at, authority=here).user_id for role in roles)

    def _today(self, at: datetime) -> datetime:
        """Late enough on the day on which the play ends to be still ahead."""
        wall = self.until.astimezone(LONDON)
        evening = datetime.combine(wall.date(), time(17), LONDON)
        midnight = datetime.combine(wall.date(), time(23, 55), LONDON)
        return max(evening, min(self.until + timedelta(hours=2), midnight), at + timedelta(minutes=30))

    def _do(self, case: Case, key: UUID, at: datetime) -> None:
        with self.acting(case, Role.TEAM_MANAGER, at) as by:
            for direction in list(Direction.objects.filter(subject_key=key, done_at=None)):
                said = "Done this morning; what was said is in the record."
                directions.do(direction.key, seen=direction.version, evidence=said, by=by, at=at)


def _act_first(case: Case) -> str:
    """What is started before anybody recommends it, where somebody must act at once."""
    wanted = {outcome.primary for outcome in case.thoughts.outcomes} & passing_on.SECTION_47
    if not case.thoughts.red or not wanted:
        return ""
    return "immediate_protection" if "immediate_protection" in wanted else STRATEGY


def fill_rota(now: datetime, *, councils: Iterable[int] = COUNCILS) -> None:
    """Names on the night rota of both councils for the coming days; one night is left without, and shown as a gap."""
    midnight = london(now).replace(hour=0, minute=0, second=0, microsecond=0)
    staff = Staff()
    for council in councils:
        for day in range(-1, 7):
            begins = midnight + timedelta(days=day, hours=8)
            if day == 3:
                continue
            with acting_for(council, by=staff.person(Role.TEAM_MANAGER, at=now)) as by:
                watching = staff.person(Role.DUTY_WORKER, at=now, second=bool(day % 2)).user_id or 0
                night.add_shift(watching, starts_at=begins, ends_at=begins + timedelta(days=1), by=by, at=now)
