"""One large enquiry for the measurements: twelve people, eight agencies, and as many entries as are asked for."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from frontdoor.access.models import User
from frontdoor.access.queries import actor_for
from frontdoor.access.rules import Role
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEEDER, SERVICE, Actor
from frontdoor.config.demo.organisation import CAMBRIDGESHIRE, email_of
from frontdoor.contacts.actions import decisions, submit_and_take_in
from frontdoor.contacts.models import Matter
from frontdoor.contacts.rules.decisions import Action, Decided, Recommended
from frontdoor.contacts.rules.intake import AgreementGiven, PersonGiven, ReferrerGiven, Report
from frontdoor.handovers.models import Handover
from frontdoor.mash.actions import asking, enquiries
from frontdoor.mash.models import Asked, Desk, Enquiry, Rating, Reply, Request, SafetyCheck, Subject, Turn
from frontdoor.mash.rules.asking.grounds import Grounds
from frontdoor.organisations.actions import make_agency
from frontdoor.organisations.models import Agency

SEED = 20261101
CHILDREN, ADULTS, AGENCIES = 6, 6, 8
CORRECTED, CHECKS, RATINGS = 24, 10, 20
"""Replies that were corrected, answers for each child, and ratings; lines of history make up the rest."""
ENTRIES = 500
LINES = ("police", "health", "education", "idva", "probation", "housing", "camhs", "substance_misuse")
_SHARED = {
    "agreement": "Children's safeguarding data sharing agreement", "agreement_version": "2.0", "basis": "public_task",
    "condition": "safeguarding", "necessity": "Nobody alone knows enough of the family.",
    "proportionality": "Only what bears on the question.",
}  # fmt: skip
_WORDS = (
    "called to the home in the spring and again in the summer", "not brought to two appointments since Easter",
    "attendance 84 in the hundred and tired on most Mondays", "a neighbour rang twice about shouting after midnight",
    "seen at school and settled, with a packed lunch", "the grandmother collects on Fridays and asks for help",
    "the tenancy is in arrears and a warning was written", "speaks freely to one teacher and to nobody else",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Size:
    """How large an enquiry is.

    :param corrected: replies that were corrected, beside one of each agency for each person
    :param checks: answers to whether a child is safe, for each child
    """

    children: int = CHILDREN
    adults: int = ADULTS
    agencies: int = AGENCIES
    corrected: int = CORRECTED
    checks: int = CHECKS
    ratings: int = RATINGS
    entries: int = ENTRIES


class Family:
    """Makes the enquiry of one family through the actions of those who would, and then fills it."""

    def __init__(self, council: int, size: Size, *, at: datetime, name: str = "Setchmere") -> None:
        self.council, self.size, self.at, self.name = council, size, at, name
        self.chance = Random(SEED)  # noqa: S311 (the same words each time)

    def make(self) -> Enquiry:
        """The enquiry as it stands when everybody has answered and many have written."""
        enquiry = self.opened()
        requests = self.asked(enquiry)
        with acting_for(self.council, by=SEEDER):
            written = self._replies(requests) + self._checks(enquiry) + self._ratings(enquiry)
            self._history(enquiry, self.size.entries - written)
        return enquiry

    def acting(self, role: Role, *, second: bool = False) -> AbstractContextManager[Actor]:
        """Somebody of a role of the operator, acting for the council."""
        user = User.objects.get(email=email_of(role, authority=CAMBRIDGESHIRE, second=second))
        return acting_for(self.council, by=actor_for(user, at=self.at))

    def opened(self) -> Enquiry:
        """A report about all of them, each child recommended, decided, handed over and accepted, and the rating."""
        report = Report(
            story="The youngest said at school that everybody shouts at night and that the door does not lock.",
            people=tuple(_people(self.size, self.name)), agreement=AgreementGiven("given", "mother"),
            sub_type="early_help_request",
            referrer=ReferrerGiven(kind="professional", identity="given", name="Nkechi Obi", phone="01632 960123"),
        )  # fmt: skip
        at = self.at
        with self.acting(Role.CONTACT_OFFICER) as by:
            _, contact = submit_and_take_in(report, channel="phone", idem=f"large-{self.name}", by=by, at=at)
        given = Recommended(
            outcome="mash_enquiry", known="What the school heard.", means="The child sleeps badly.",
            decided="More must be known.", voice_missing="not seen yet", threshold_level="3", rating="amber",
        )  # fmt: skip
        full = Decided(
            outcome="mash_enquiry", rating="amber", risk_seen="It may go on tonight.", direction="See the children.",
            actions=(Action("Speak to the eldest alone", "The receiving team", at + timedelta(days=1)),),
        )  # fmt: skip
        with self.acting(Role.SOCIAL_WORKER) as by:
            matters = list(Matter.objects.filter(contact=contact).order_by("id"))
            for matter in matters:
                decisions.recommend(matter.key, seen=matter.version, given=given, by=by, at=at)
        with self.acting(Role.TEAM_MANAGER) as by:
            for matter in Matter.objects.filter(pk__in=[each.pk for each in matters]).order_by("id"):
                decisions.decide(matter.key, seen=matter.version, given=full, by=by, at=at)
        with self.acting(Role.SOCIAL_WORKER, second=True) as by:
            slips = Handover.objects.filter(subject_key__in=[each.key for each in matters]).order_by("id")
            for slip in list(slips):
                enquiries.accept(slip.key, seen=slip.version, by=by, at=at)
            enquiry = Enquiry.objects.get(contact=contact)
            enquiries.rate(enquiry.key, seen=_seen(enquiry), rating="amber", why="As it was told", by=by, at=at)
            enquiries.ask_question(enquiry.key, seen=_seen(enquiry), question="Who cares for them?", by=by, at=at)
            return Enquiry.objects.get(pk=enquiry.pk)

    def asked(self, enquiry: Enquiry) -> list[Request]:
        """Agreement, grounds, and a request to each agency."""
        desks = self.desks()
        self.grounded(enquiry)
        with self.acting(Role.SOCIAL_WORKER) as by:
            return asking.send(
                enquiry.key, seen=_seen(enquiry), asked={desk.key for desk in desks}, left_out={}, since=None,
                question="What do you know of this family?", by=by, at=self.at,
            )  # fmt: skip

    def grounded(self, enquiry: Enquiry) -> None:
        """What has to stand before anybody is asked: whether the family agrees, and on which grounds."""
        with self.acting(Role.SOCIAL_WORKER) as by:
            asking.say_agreement(
                enquiry.key, seen=_seen(enquiry), position="given", words="The mother", by=by, at=self.at
            )
            written = Grounds(purpose="Are the children safe at home?", **_SHARED)
            asking.set_grounds(enquiry.key, written, seen=_seen(enquiry), by=by, at=self.at)

    def desks(self) -> list[Desk]:
        """So many agencies that the council asks, those that are missing made."""
        wanted = LINES[: self.size.agencies]
        with acting_for(self.council, by=SEEDER):
            found = {desk.line: desk for desk in Desk.objects.filter(ends_on=None)}
        missing = [line for line in wanted if line not in found]
        with acting_for(SERVICE, by=SEEDER) as by:
            agencies = {line: _agency(line, by, self.at) for line in missing}
        with acting_for(self.council, by=SEEDER) as by:
            for line, agency in agencies.items():
                values: dict[str, Any] = _SHARED | {
                    "line": line, "covers": "", "ratings": [], "telephone": "01632 960123", "out_of_hours": "",
                    "email": f"{line}@agencies.example.org", "lead_name": "Ros Tate",
                    "lead_email": f"{line}.lead@agencies.example.org", "starts_on": date(2026, 1, 1), "ends_on": None,
                }  # fmt: skip
                found[line] = asking.keep_desk(agency.key, values, by=by, at=self.at)
        return [found[line] for line in wanted]

    def _say(self) -> str:
        return f"{'; '.join(self.chance.sample(_WORDS, 3)).capitalize()}."

    def _replies(self, requests: list[Request]) -> int:
        """Each agency about each person, every third that nothing is known; some were corrected since."""
        made = Reply.objects.bulk_create(
            self._reply(one, place)
            for place, one in enumerate(
                Asked.objects.filter(request__in=requests).order_by("request_id", "position", "id")
            )
        )
        told = [reply for reply in made if reply.kind == "information"][: self.size.corrected]
        for place, reply in enumerate(Reply.objects.filter(pk__in=[each.pk for each in told]).order_by("id")):
            made += Reply.objects.bulk_create(
                [self._reply(reply.asked, place + 1, supersedes=reply, why="The date was wrong.")]
            )
        return len(made)

    def _reply(self, one: Asked, place: int, **more: Any) -> Reply:
        known = bool(place % 3)
        return Reply(
            authority_id=self.council, request_id=one.request_id, asked=one, agency=one.agency, how="desk",
            kind="information" if known else "nothing_known", said_by="Rhona Tull",
            at=self.at + timedelta(minutes=place),
            facts=self._say() if known else "", analysis=self._say() if known else "",
            protective=self._say() if known else "", **more,
        )  # fmt: skip

    def _checks(self, enquiry: Enquiry) -> int:
        children = list(Subject.objects.filter(enquiry=enquiry, is_child=True).order_by("position"))
        made = SafetyCheck.objects.bulk_create(
            SafetyCheck(
                authority_id=self.council, subject=child, answer="yes", how="saw", who="The designated lead",
                seen_at=at, where="At school", said=self._say(), asked_at=at - timedelta(hours=4), due_at=at,
                answered_by=self._user(), answered_at=at,
            )
            for child in children
            for at in (self.at + timedelta(minutes=3 * number) for number in range(self.size.checks))
        )  # fmt: skip
        return len(made)

    def _ratings(self, enquiry: Enquiry) -> int:
        colours = ("amber", "green")
        made = Rating.objects.bulk_create(
            Rating(
                authority_id=self.council, enquiry=enquiry, change="raised" if number % 2 else "lowered",
                before=colours[number % 2], after=colours[(number + 1) % 2], why=self._say(), due_before=self.at,
                due_after=self.at, by_user=self._user(), at=self.at + timedelta(minutes=number),
            )
            for number in range(self.size.ratings - 1)
        )  # fmt: skip
        return len(made) + 1

    def _history(self, enquiry: Enquiry, many: int) -> None:
        there = Turn.objects.filter(enquiry=enquiry).count()
        Turn.objects.bulk_create(
            Turn(
                authority_id=self.council, enquiry=enquiry, kind="note", text=self._say(), by_user=self._user(),
                by_name="Somebody", at=self.at + timedelta(minutes=number),
            )
            for number in range(many - there)
        )  # fmt: skip

    def _user(self) -> int:
        role = self.chance.choice((Role.SOCIAL_WORKER, Role.TEAM_MANAGER))
        return User.objects.get(email=email_of(role, authority=CAMBRIDGESHIRE)).pk


def _people(size: Size, name: str) -> Iterator[PersonGiven]:
    for number in range(size.children):
        born = date(2012 + number, 3, 9)
        yield PersonGiven("child", given_name=f"Tess{number}", family_name=name, date_of_birth=born)
    for number in range(size.adults):
        born = date(1976 + number, 5, 2)
        yield PersonGiven("adult", given_name=f"Rowan{number}", family_name=name, date_of_birth=born)


def _agency(line: str, by: Actor, at: datetime) -> Agency:
    name = f"{line.replace('_', ' ').capitalize()} of the fens"
    known = Agency.objects.filter(name=name).first()
    return known or make_agency(name, kind=line, by=by, at=at)


def _seen(enquiry: Enquiry) -> int:
    return Enquiry.objects.values_list("version", flat=True).get(pk=enquiry.pk)
