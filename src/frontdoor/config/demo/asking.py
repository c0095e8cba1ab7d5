"""Agencies of the demonstration: whom both councils ask, and what was asked and answered for the played enquiries."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from frontdoor.access.models import User
from frontdoor.access.queries import answering
from frontdoor.access.rules import Role
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEEDER, Actor
from frontdoor.config.demo.answering import ADVOCATES, PARTNERS, TRUST
from frontdoor.config.demo.organisation import CAMBRIDGESHIRE, PETERBOROUGH
from frontdoor.config.demo.playing import Agenda
from frontdoor.config.demo.sending import HEALTH, POLICE, SINCE
from frontdoor.mash.actions import asking as actions
from frontdoor.mash.actions.objecting import object_to
from frontdoor.mash.actions.partners import Said, give_replies, open_first
from frontdoor.mash.models import Asked, Enquiry, Request
from frontdoor.mash.queries import asking as queries
from frontdoor.mash.rules.asking.grounds import Grounds
from frontdoor.organisations.models import Agency

Acting = Callable[..., AbstractContextManager[Actor]]

DESKS: dict[str, dict[str, Any]] = {
    POLICE: {"line": "police", "telephone": "01632 960210", "out_of_hours": "01632 960211", "lead_name": "Rhona Tull"},
    HEALTH: {"line": "health", "telephone": "01632 960220", "lead_name": "Adaeze Bright"},
    TRUST: {
        "line": "education", "telephone": "01632 960230", "lead_name": "Nora Kelling",
        "covers": "Whittle Brook Primary School",
    },
    ADVOCATES: {"line": "idva", "telephone": "01632 960240", "lead_name": "Sian Torrance"},
}  # fmt: skip
"""Whom both councils ask."""
KEPT: dict[str, Any] = {
    "covers": "", "ratings": [], "agreement": "Children's safeguarding data sharing agreement (tier 1)",
    "agreement_version": "2.0", "basis": "public_task", "condition": "safeguarding",
    "necessity": "Nobody alone knows enough of the family to say whether the child is safe.",
    "proportionality": "Only what bears on the question and on these people; nothing of anybody else's file is copied.",
    "out_of_hours": "", "starts_on": SINCE, "ends_on": None,
}  # fmt: skip
TODAY = {
    POLICE: "Two researchers until 6pm", HEALTH: "One researcher; school nursing records from 1pm only",
    TRUST: "Designated leads in all schools",
}  # fmt: skip
FACTS = {
    POLICE: "Called to the home twice in the last year for shouting; nobody was hurt, and no further action was taken.",
    HEALTH: "Two appointments missed since the summer; immunised; the health visitor was last let in three months ago.",
    TRUST: "Attendance 88%. Tired on most Mondays; says that evenings are loud.",
    ADVOCATES: "Nobody of this family is known to the service.",
}
LATELY = timedelta(days=3)
"""An agency disagrees with something of the last days, once a council."""
WANTED = "Somebody speaks with the children alone this week."


def keep_desks(*, at: datetime) -> None:
    """Keep the agencies of both councils, each with its agreement, its desk and its lead."""
    keys = {agency.name: agency.key for agency in Agency.objects.filter(name__in=DESKS)}
    for council in (PETERBOROUGH, CAMBRIDGESHIRE):
        with acting_for(council, by=SEEDER) as by:
            for name, more in DESKS.items():
                mails = {"email": f"{more['line']}.desk@agencies.example.org",
                         "lead_email": f"{more['line']}.lead@agencies.example.org"}  # fmt: skip
                actions.keep_desk(keys[name], KEPT | mails | more, by=by, at=at)


def say_today(*, at: datetime) -> None:
    """Write down what some agencies can do today."""
    for council in (PETERBOROUGH, CAMBRIDGESHIRE):
        with acting_for(council, by=SEEDER) as by:
            for desk in queries.desks(by=by, at=at):
                if desk.name in TODAY:
                    actions.declare_capacity(desk.key, line=TODAY[desk.name], said_by=desk.lead_name, by=by, at=at)


def speaking_for(agency: str, council: int, at: datetime) -> AbstractContextManager[Actor]:
    """Somebody who answers for an agency, acting for a council."""
    account = next(each for each in PARTNERS if each.agency == agency)
    held = answering(User.objects.get(email=account.email), at=at)
    if held is None:
        raise LookupError(account.email)
    return acting_for(council, by=held.actor)


class Asking:
    """Puts on the agenda who is asked for an enquiry, and who answers.

    :param acting: somebody of a role, acting for a council
    """

    def __init__(self, agenda: Agenda, acting: Acting) -> None:
        self.agenda, self.acting, self._objected = agenda, acting, set[int]()

    def begin(self, enquiry: Enquiry, council: int, number: int, at: datetime) -> None:
        """From the rating on: agreement, or a manager's decision; grounds; the requests; the answers of most."""
        self.agenda.plan(at + timedelta(minutes=6), partial(self._ground, enquiry, council, number))
        self.agenda.plan(at + timedelta(minutes=12), partial(self._send, enquiry, council, number))

    def _ground(self, enquiry: Enquiry, council: int, number: int, at: datetime) -> None:
        agrees = number % 3 != 0
        with self.acting(council, Role.SOCIAL_WORKER, at) as by:
            actions.say_agreement(
                enquiry.key, seen=_seen(enquiry), position="given" if agrees else "not_sought", by=by, at=at,
                words="The mother, by telephone" if agrees else "Asking now could put the child and her at risk",
            )  # fmt: skip
            written = Grounds(
                purpose="Is the child safe at home, and what does the family need?",
                **{name: KEPT[name] for name in (
                    "basis", "condition", "necessity", "proportionality", "agreement", "agreement_version",
                )},
            )  # fmt: skip
            actions.set_grounds(enquiry.key, written, seen=_seen(enquiry), by=by, at=at)
        if not agrees:
            with self.acting(council, Role.TEAM_MANAGER, at) as by:
                actions.dispense(
                    enquiry.key, seen=_seen(enquiry), by=by, at=at, on_refusal="",
                    why="Whoever is feared lives there and would hear of it first; waiting is less safe than asking.",
                )  # fmt: skip

    def _send(self, enquiry: Enquiry, council: int, number: int, at: datetime) -> None:
        with self.acting(council, Role.SOCIAL_WORKER, at) as by:
            found = queries.open_asking(enquiry.key, by=by, at=at)
            chosen, left_out = self.chosen(found, number)
            made = actions.send(
                enquiry.key, seen=_seen(enquiry), asked=chosen, left_out=left_out, since=None, by=by, at=at,
                question="Who looks after these children day to day, what have they said, what worries you and what"
                " protects them?",
            )  # fmt: skip
        for place, request in enumerate(made):
            self.sent(request, council, number + place, at + timedelta(minutes=20 + (number * 11 + place * 17) % 70))

    def chosen(self, found: queries.Asking, number: int) -> tuple[set[UUID], dict[UUID, str]]:
        """Who is asked, and who of the set is not, with why: the set, sometimes one more, and never nobody."""
        wanted = {each.agency.key for each in found.proposed} | {each.key for each in found.others[: number % 2]}
        return wanted or {each.key for each in found.others[:2]}, {}

    def sent(self, request: Request, council: int, number: int, answers_at: datetime) -> None:
        """A request has left: every fifth is never answered."""
        if number % 5:
            self.agenda.plan(answers_at, partial(self.reply, request, council))

    def reply(self, request: Request, council: int, at: datetime) -> None:
        """The agency opens it and answers: of the first person something, of the others that nothing is known."""
        row = Agency.objects.get(key=request.agency)
        with speaking_for(row.name, council, at) as by:
            open_first(request.key, by=by, at=at)
            people = list(Asked.objects.filter(request=request).order_by("position"))
            known = Said(kind="information", facts=FACTS[row.name], analysis="One part of a picture.", partners=True)
            nothing = Said(kind="nothing_known")
            tells = row.name != ADVOCATES
            said = {each.key: known if tells and not place else nothing for place, each in enumerate(people)}
            give_replies(request.key, said, by=by, at=at)
            if row.name == HEALTH and self.agenda.until - at < LATELY and council not in self._objected:
                self._objected.add(council)
                object_to(
                    request.key, child=None, about="delay", role="Named nurse", by=by, at=at, wanted=WANTED,
                    position="We told the front door in the autumn; the family was asked only now.",
                    safety="The health visitor goes there twice a week and rings at once if anything is worse.",
                )  # fmt: skip


def _seen(enquiry: Enquiry) -> int:
    return Enquiry.objects.values_list("version", flat=True).get(pk=enquiry.pk)
