"""Families of the demonstration: most are told, some wait, one is not told with a day; a parent rings; one has fled."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from frontdoor.access.rules import Role
from frontdoor.actors.rules import Actor
from frontdoor.config.demo.playing import Agenda, at_the_desk
from frontdoor.contacts.actions import calling, family, safe
from frontdoor.contacts.models import Matter, Named, Telling
from frontdoor.contacts.rules.family import Chosen, Part, State, usual_reason
from frontdoor.disclosures.actions import copies

if TYPE_CHECKING:
    from frontdoor.config.demo.practising import Case

Acting = Callable[..., AbstractContextManager[Actor]]
NOT_TOLD, UNSAFE, FLED, RINGS = 3, 5, 7, 9
"""Which of the families, counted as they are decided, has which course of its own."""
STILL_READ = timedelta(days=6)
"""Words chosen earlier have all been read by a second person; of newer ones some wait."""
LATELY = timedelta(hours=3)
"""So long before somebody looks a letter was written that waits for a second person."""
PLAIN = 1
"""The course of every family of the history: told, and nothing left over."""


class Families:
    """Puts the telling of families on the agenda, after each decision.

    :param acting: somebody of a role, acting for the council of a case
    """

    def __init__(self, agenda: Agenda, acting: Acting) -> None:
        self.agenda, self.acting = agenda, acting
        self._counted = 0

    def decided(self, case: "Case", matter: Matter, at: datetime) -> None:
        """From the decision on: the social worker chooses the words some hours later."""
        self.agenda.plan(at_the_desk(at + case.minutes(120, 300)), partial(self._choose, case, matter))

    def _open(self, matter: Matter) -> list[Telling]:
        found = Telling.objects.select_related("person").filter(matter=matter, state=State.TO_TELL)
        return list(found.order_by("id"))

    def _choose(self, case: "Case", matter: Matter, at: datetime) -> None:
        with self.acting(case, Role.SOCIAL_WORKER, at):
            waiting = self._open(matter)
        parents = [each for each in waiting if each.part == Part.PARENT]
        for each in (each for each in waiting if each.person.kind == "unknown"):
            self._nobody_found(case, each, at)
        waiting = [each for each in waiting if each.person.kind != "unknown"]
        if not parents:
            self._words(case, matter, waiting, at, how="in_person", released=True)
            return
        self._counted += case.arrival is not None
        number = self._counted if case.arrival else PLAIN
        if number == NOT_TOLD:
            self._not_told(case, parents[0], at)
            waiting.remove(parents[0])
        if number in (UNSAFE, FLED):
            self._unsafe(case, parents[0], at, fled=number == FLED)
        if number == RINGS:
            self.agenda.plan(at_the_desk(at + timedelta(hours=2)), partial(self._rings, case, parents[0]))
        newest = self.agenda.until - at < STILL_READ
        self._words(
            case, matter, waiting, at, how="letter" if number in (UNSAFE, FLED) else "in_person",
            released=bool(number % 3) or not newest or number in (UNSAFE, FLED, RINGS),
        )  # fmt: skip

    def _words(
        self, case: "Case", matter: Matter, waiting: list[Telling], at: datetime, *, how: str, released: bool
    ) -> None:
        """The social worker chooses the words; a second person releases them, unless they are still to be read."""
        with self.acting(case, Role.SOCIAL_WORKER, at) as by:
            outcome = Matter.objects.get(pk=matter.pk).outcome
            for each in waiting:
                parent = each.part == Part.PARENT
                given = Chosen(
                    how=how, teller=by.user_id or 0, tell_at=at + timedelta(hours=3), worry="wellbeing",
                    reason=usual_reason(outcome), responsibility="yes" if parent else "",
                    known_from="The school holds a copy of the birth certificate" if parent else "",
                )  # fmt: skip
                family.choose(each.key, seen=each.version, given=given, by=by, at=at)
        if released:
            self.agenda.plan(at_the_desk(at + case.minutes(40, 90)), partial(self._release, case, matter))

    def _release(self, case: "Case", matter: Matter, at: datetime) -> None:
        with self.acting(case, Role.TEAM_MANAGER, at) as by:
            for each in Telling.objects.filter(matter=matter, state=State.CHOSEN).order_by("id"):
                family.release(each.key, seen=each.version, by=by, at=at)
        self.agenda.plan(at_the_desk(at + case.minutes(60, 120)), partial(self._tell, case, matter))

    def _tell(self, case: "Case", matter: Matter, at: datetime) -> None:
        with self.acting(case, Role.SOCIAL_WORKER, at) as by:
            for each in Telling.objects.filter(matter=matter, state=State.RELEASED, how="in_person").order_by("id"):
                words = "They asked what is written down, and were told how to see it."
                family.tell(each.key, seen=each.version, answer=words, by=by, at=at)

    def _nobody_found(self, case: "Case", telling: Telling, at: datetime) -> None:
        with self.acting(case, Role.TEAM_MANAGER, at) as by:
            family.not_tell(
                telling.key, seen=telling.version, why="not_found", by=by, at=at,
                words="Nobody knows yet who the child is. The school was asked to tell us when it does.",
                again_on=(at + timedelta(days=30)).date(),
            )  # fmt: skip

    def _not_told(self, case: "Case", telling: Telling, at: datetime) -> None:
        with self.acting(case, Role.TEAM_MANAGER, at) as by:
            family.not_tell(
                telling.key, seen=telling.version, why="raises_risk", by=by, at=at,
                words="The child fears what happens at home when it is known. Looked at again after the first visit.",
                again_on=(at + timedelta(days=30)).date(),
            )  # fmt: skip

    def _unsafe(self, case: "Case", telling: Telling, at: datetime, *, fled: bool) -> None:
        """One whose post another opens, so that the letter is held; and one whose address nobody must find."""
        whom = str(telling.person.key)
        with self.acting(case, Role.CONTACT_OFFICER, at) as by:
            if fled:
                address = telling.person.address or "1 Example Refuge, Peterborough"
                safe.protect(case.contact.key, whose=[whom], address=address, why="She has fled", by=by, at=at)
                waits = max(at, self.agenda.until - LATELY)
                self.agenda.plan(waits, partial(self._copy_that_waits, case, address))
            else:
                safe.set_rule(
                    case.contact.key, whom=whom, way="post", never=True, why="Somebody else opens the letters",
                    review_on=(at + timedelta(days=60)).date(), by=by, at=at,
                )  # fmt: skip

    def _copy_that_waits(self, case: "Case", address: str, at: datetime) -> None:
        """A letter to a solicitor tells where she is: the guard of words holds it until another person releases it."""
        title, text = "Letter for the hearing", f"The children are seen every week. They live at {address} now."
        with self.acting(case, Role.SOCIAL_WORKER, at) as by:
            copy = copies.begin_copy(
                case.contact.key, how="post", to_name="Ros Tate", relation="solicitor of the other parent",
                agency="Tate and Co", why="A hearing about contact", basis="legal_obligation", title=title, parts=[],
                by=by, at=at,
            )  # fmt: skip
            copy = copies.write_copy(copy.key, seen=copy.version, title=title, text=text, by=by, at=at)
            why = "The court has ordered that it is told where the children live."
            copies.ask_release(copy.key, seen=copy.version, why=why, by=by, at=at)

    def _rings(self, case: "Case", telling: Telling, at: datetime) -> None:
        """A parent rings about the contact, is checked, and hears what is theirs."""
        with self.acting(case, Role.CONTACT_OFFICER, at) as by:
            person = Named.objects.get(pk=telling.person_id)
            call = calling.begin(f"{person.label}, {person.relationship}", by=by, at=at)
            call = calling.pick(call.key, seen=call.version, contact=case.contact.key, by=by, at=at)
            call = calling.check(
                call.key, seen=call.version, person=str(person.key), made="called_back", by=by,
                at=at + timedelta(minutes=4),
            )  # fmt: skip
            calling.end(
                call.key, seen=call.version, asked="Whether a school has said something about the family.",
                said="That nobody is told who told us, and that a social worker tells them what was decided.",
                by=by, at=at + timedelta(minutes=9),
            )  # fmt: skip
