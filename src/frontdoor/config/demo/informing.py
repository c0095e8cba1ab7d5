"""The information desk of the demonstration: some requests wait, others are answered, unknown, refused or passed on."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from frontdoor.access.rules import Role
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import COURIER, Actor
from frontdoor.config.demo.playing import Agenda, at_the_desk
from frontdoor.contacts.models import Contact
from frontdoor.disclosures import actions, queries
from frontdoor.disclosures.models import Answer, Request
from frontdoor.disclosures.rules.kinds import CATEGORY

if TYPE_CHECKING:
    from frontdoor.config.demo.practising import Case

Acting = Callable[..., AbstractContextManager[Actor]]


@dataclass(frozen=True, slots=True)
class Way:
    """How far one request gets: taken, answer, propose, refuse, pass_on, or risk.

    :param more: people asked about whom the arrival names in its story alone: kind, first and last name
    """

    to: str
    more: tuple[tuple[str, str, str], ...] = ()


WAYS = {
    "A001": Way("answer"), "A015": Way("answer"),
    "A031": Way("answer", (("adult", "Joanna", "Skupień"), ("child", "Maja", "Skupień"))),
    "A040": Way("propose", (("adult", "Dorian", "Sewell"), ("adult", "Prudence", "Sewell"))),
    "A050": Way("taken"), "A061": Way("risk"), "A078": Way("pass_on"), "A083": Way("pass_on"), "A091": Way("propose"),
    "A109": Way("refuse"),
}  # fmt: skip
"""By arrival; the others wait for somebody to take them."""

CHECKED: dict[str, Any] = {
    "checked": "secure_email",
    "how": "The domain stands in the council's list of secure addresses.",
}
UNCHECKED: dict[str, Any] = {
    "checked": "not_checked",
    "how": "The number given does not answer, and the force does not know the name.",
}
GROUNDS: dict[str, Any] = {
    "purpose": "What the letter asks for, for the proceedings or the check that it names", "basis": "public_task",
    "condition": "safeguarding", "necessity": "Whoever decides about the child needs to know what the council knows.",
    "proportionality": "Days, outcomes and teams alone; nothing about anybody else.",
}  # fmt: skip


class Desk:
    """Puts the work of the desk on the agenda.

    :param acting: somebody of a role, acting for the council of a case
    :param go_on: what practitioners do with a contact that a request has become
    """

    def __init__(self, agenda: Agenda, acting: Acting, go_on: Callable[["Case", Contact, datetime], None]) -> None:
        self.agenda, self.acting, self.go_on = agenda, acting, go_on

    def begin(self, case: "Case", at: datetime) -> None:
        """The minute's sweep gives it to the desk; the rest follows by the way of its arrival."""
        if case.contact.category == CATEGORY:
            self.agenda.plan(at + timedelta(minutes=1), partial(self._sweep, case))

    def _sweep(self, case: "Case", at: datetime) -> None:
        with acting_for(case.contact.authority_id, by=COURIER) as by:
            key = actions.begin(case.contact.key, by=by, at=at).key
        way = WAYS.get(case.arrival.id if case.arrival else "")
        if way is not None:
            soon = at + timedelta(minutes=8) if way.to == "risk" else at_the_desk(at + case.minutes(60, 200))
            self.agenda.plan(soon, partial(self._work, case, way, key))

    def _work(self, case: "Case", way: Way, key: UUID, at: datetime) -> None:
        with self.acting(case, Role.INFORMATION_OFFICER, at) as by:
            told: dict[str, Any] = {"by": by, "at": at}
            actions.take(key, seen=_seen(key), **told)
            if way.to == "risk":
                contact = actions.show_risk(
                    key, seen=_seen(key), why="The question itself tells of a child who is missing.", danger="yes",
                    flag=False, **told,
                )  # fmt: skip
            if way.to == "pass_on":
                actions.redirect(
                    key, seen=_seen(key), to="Information governance", taken_by="The governance officer on duty",
                    why="They hold the file and answer by law.", **told,
                )  # fmt: skip
            if way.to in ("answer", "propose", "refuse"):
                proposed = self._propose(way, key, told)
        if way.to == "risk":
            self.go_on(case, contact, at)
        elif way.to in ("answer", "refuse") and proposed:
            self.agenda.plan(at_the_desk(at + case.minutes(40, 120)), partial(self._approve, case, key))

    def _propose(self, way: Way, key: UUID, told: dict[str, Any]) -> bool:
        """Prepare and propose; whether something was proposed."""
        checked = UNCHECKED if way.to == "refuse" else CHECKED
        asker: dict[str, Any] = {
            "name": "Whoever signed it",
            "role": "",
            "agency": "The agency that wrote",
            "reply_to": "As in the letter",
        }
        actions.check_asker(key, seen=_seen(key), **asker, **checked, **told)
        actions.set_grounds(key, seen=_seen(key), **GROUNDS, **told)
        for kind, given, family in way.more:
            more: dict[str, Any] = {"given_name": given, "family_name": family, "born": None, "relationship": ""}
            actions.add_person(key, seen=_seen(key), kind=kind, **more, **told)
        request, by = Request.objects.get(key=key), told["by"]
        named = [about for about in queries.people_asked(request, by=by) if about.match_name]
        actions.choose_people(key, seen=_seen(key), asked=[str(about.key) for about in named], **told)
        for about in named:
            names: dict[str, Any] = {"given_name": about.given_name, "family_name": about.family_name}
            actions.search(key, about.key, seen=_seen(key), **names, elsewhere="The case system: nothing.", **told)
        facts = [fact.code for fact in queries.facts(request, by=by)]
        kind = "refusal" if way.to == "refuse" else "facts" if facts else "not_known"
        if kind == "not_known" and queries.people_found(request, by=by):
            return False
        reason = "not_who_they_say" if kind == "refusal" else ""
        chosen = facts if kind == "facts" else []
        actions.propose(key, seen=_seen(key), kind=kind, facts=chosen, reason=reason, **told)
        return True

    def _approve(self, case: "Case", key: UUID, at: datetime) -> None:
        with self.acting(case, Role.TEAM_MANAGER, at) as by:
            digest = Answer.objects.filter(request__key=key).order_by("-number")[0].digest
            actions.approve(key, seen=_seen(key), digest=digest, by=by, at=at)
        self.agenda.plan(at_the_desk(at + case.minutes(20, 60)), partial(self._send, case, key))

    def _send(self, case: "Case", key: UUID, at: datetime) -> None:
        with self.acting(case, Role.INFORMATION_OFFICER, at) as by:
            actions.send(key, seen=_seen(key), how="secure_email", to_whom="As in the letter", by=by, at=at)


def _seen(key: UUID) -> int:
    return Request.objects.values_list("version", flat=True).get(key=key)
