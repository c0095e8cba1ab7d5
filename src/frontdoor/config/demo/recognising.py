"""Who the people of each contact are, as somebody careful says it: long ago settled, of the last days still waiting."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from frontdoor.access.rules import Role
from frontdoor.actors.rules import Actor, InvalidInput
from frontdoor.config.demo import indexing
from frontdoor.config.demo.playing import Agenda, at_the_desk
from frontdoor.config.scenarios import Arrival, Household, Households
from frontdoor.contacts.actions import people as actions
from frontdoor.contacts.models import Contact, Named
from frontdoor.contacts.queries import people as queries
from frontdoor.contacts.queries.safe import NAMED
from frontdoor.contacts.rules.states import CHILD_KINDS
from frontdoor.matching.actions import linking
from frontdoor.matching.rules.scoring import ALMOST_CERTAIN, LIKELY
from frontdoor.people.models import Person

if TYPE_CHECKING:
    from frontdoor.config.demo.practising import Case

Acting = Callable[..., AbstractContextManager[Actor]]
WAITING = timedelta(days=2)
"""Of what came in the last two days nobody has said who it is: it waits, likely and not confirmed."""


class Recognising:
    """Puts on the agenda, after each arrival, that somebody says who its people are.

    :param acting: somebody of a role, acting for the council of a case
    """

    def __init__(self, agenda: Agenda, acting: Acting) -> None:
        self.agenda, self.acting = agenda, acting
        self._people: dict[tuple[int, str], Person] = {}
        self._shut: frozenset[str] = frozenset()

    def make_index(self, known: Households, *, at: datetime) -> None:
        """Everybody of the known households is in the index before anything is told."""
        for number, person in indexing.make(known, at=at).items():
            self._people[person.authority_id, number] = person
        self.know(known)

    def know(self, known: Households) -> None:
        """Which people have a record that few may open: a line says whom to call, and nobody makes a second one."""
        shut = [each for each in known.households if each.restricted]
        children = {child.person_id for each in shut for child in each.children}
        self._shut = frozenset(children | {adult.person_id for each in shut for adult in each.adults})

    def remember(self, case: "Case", numbers: Iterable[str], at: datetime) -> None:
        """What was told long ago is about people of the index: those of the household, in the order of the contact."""
        self.agenda.plan(at + timedelta(minutes=5), partial(self._remember, case, tuple(numbers)))

    def _remember(self, case: "Case", numbers: tuple[str, ...], at: datetime) -> None:
        with self.acting(case, Role.CONTACT_OFFICER, at) as by:
            rows = Named.objects.filter(contact=case.contact).order_by("position")
            for row, number in zip(rows, numbers, strict=False):
                person = self._people.get((case.contact.authority_id, number))
                if person is not None:
                    linking.confirm((NAMED, row.key), person.key, seen=0, by=by, at=at)

    def arrived(self, case: "Case", at: datetime) -> None:
        """A contact has come: unless that was lately, somebody says who its people are, the children first."""
        if case.arrival is not None and at < self.agenda.until - WAITING:
            self.agenda.plan(at_the_desk(at + case.minutes(12, 48)), partial(self._say, case, case.arrival))

    def _say(self, case: "Case", arrival: Arrival, at: datetime) -> None:
        with self.acting(case, Role.CONTACT_OFFICER, at) as by:
            contact = Contact.objects.get(pk=case.contact.pk)
            rows = list(Named.objects.filter(contact=contact).order_by("position"))
            children = [(row, _number(row, arrival)) for row in rows if row.kind in CHILD_KINDS]
            if any(number in self._shut for _, number in children):
                return
            for row, number in children:
                if number:
                    self._child(contact, row, number, by=by, at=at)
            if any(row.kind not in CHILD_KINDS for row in rows):
                self._adults(contact, rows, by=by, at=at)

    def _child(self, contact: Contact, row: Named, number: str, *, by: Actor, at: datetime) -> None:
        known = self._people.get((contact.authority_id, number))
        if known is not None:
            actions.confirm(contact.key, row.key, known.key, seen=0, by=by, at=at)
            return
        try:
            made = actions.create(contact.key, row.key, seen=0, by=by, at=at)
        except InvalidInput:  # nothing is said by which the child could be known again
            return
        self._people[contact.authority_id, number] = made.person

    def _adults(self, contact: Contact, rows: list[Named], *, by: Actor, at: datetime) -> None:
        """An adult of the household who is likely known is confirmed; somebody new who lives there gets a record."""
        taken = set()
        for one in queries.of_contact(contact, rows, by=by).people:
            if one.told.kind in CHILD_KINDS:
                continue
            best = next(iter(one.standing.candidates), None)
            if best and best.verdict.strength in (ALMOST_CERTAIN, LIKELY) and best.person.key not in taken:
                actions.confirm(contact.key, one.key, best.person.key, seen=0, by=by, at=at)
                taken.add(best.person.key)
            elif best is None and one.told.lives_with and one.told.given_name and one.told.family_name:
                actions.create(contact.key, one.key, seen=0, by=by, at=at)


def _number(row: Named, arrival: Arrival) -> str:
    """The number, in the files, of a child whom a contact names; empty where the arrival has nobody like it."""
    for child in arrival.children:
        told = (child.given_name or "", child.family_name or "", child.date_of_birth, child.postcode or "")
        if told == (row.given_name, row.family_name, row.date_of_birth, row.postcode):
            return arrival.expected.identities[child.ref].person
    return ""


def numbers_of(household: Household, children: Iterable[str]) -> tuple[str, ...]:
    """Those whom a remembered contact names, in its order: the children it was about, then the adults."""
    named = set(children)
    found = [child.person_id for child in household.children if child.person_id in named]
    return (*found, *(adult.person_id for adult in household.adults))
