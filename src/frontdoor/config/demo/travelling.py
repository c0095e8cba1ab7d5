"""What travels back: receiving teams take work on or refuse it, people are rung, held letters are looked at."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from frontdoor.access.rules import Role
from frontdoor.actors.rules import Actor
from frontdoor.config.demo.playing import Agenda, at_the_desk
from frontdoor.contacts.actions import screening
from frontdoor.contacts.models import CallBack
from frontdoor.handovers import actions as handovers
from frontdoor.handovers.models import Copy, Handover
from frontdoor.handovers.rules import Conversation
from frontdoor.letters import actions as letters
from frontdoor.letters.models import Letter
from frontdoor.letters.rules import Found, Release, finding, who_may_release

if TYPE_CHECKING:
    from frontdoor.config.demo.practising import Case

Acting = Callable[..., AbstractContextManager[Actor]]

RECEIVERS = {
    "mash": Role.TEAM_MANAGER, "early_help": Role.EARLY_HELP_OFFICER, "assessment": Role.ASSESSMENT_MANAGER,
    "allocated_worker": Role.ASSESSMENT_WORKER, "out_of_hours": Role.DUTY_WORKER, "met_hub": Role.MET_COORDINATOR,
    "lado": Role.DESIGNATED_OFFICER, "specialist": Role.SPECIALIST_WORKER,
}  # fmt: skip
HELD_LONGEST = timedelta(days=6)
"""What the safe-contact guard holds back is settled by then; newer ones still wait for a manager."""
NOBODY = "They gave no way to reach them."


class Answers:
    """Puts on the agenda what others do after us.

    :param acting: somebody of a role, acting for the council of a case
    """

    def __init__(self, agenda: Agenda, acting: Acting) -> None:
        self.agenda = agenda
        self.acting = acting

    def begin(self, case: "Case", at: datetime) -> None:
        """From the arrival on: a wish to be rung, and the acknowledgement where a person gives it."""
        if case.course.rung:
            self.agenda.plan(at_the_desk(at + case.minutes(20, 50)), partial(self._ring_back, case))
        if case.course.told:
            self.agenda.plan(at_the_desk(at + case.minutes(90, 170)), partial(self._tell, case))

    def decided(self, case: "Case", key: UUID, at: datetime) -> None:
        """From the decision on: the receiving team's answer, and telling whoever told us."""
        if case.course.answered:
            self.agenda.plan(at + case.minutes(12, 28), partial(self._answer, case, key))
        if case.course.told:
            self.agenda.plan(at_the_desk(at + case.minutes(90, 170)), partial(self._tell, case))

    def enquired(self, case: "Case", at: datetime) -> None:
        """From the decision of an enquiry on: whoever told us is told what came of it."""
        if case.course.told:
            self.agenda.plan(at_the_desk(at + case.minutes(90, 170)), partial(self._tell, case))

    def _answer(self, case: "Case", key: UUID, at: datetime) -> None:
        with self.acting(case, Role.TEAM_MANAGER, at):
            waiting = list(Handover.objects.filter(subject_key=key, state="sent"))
        for slip in waiting:
            if slip.destination == "other_council":
                self._by_telephone(case, slip, at)
            else:
                self._by_team(case, slip, at)

    def _by_team(self, case: "Case", slip: Handover, at: datetime) -> None:
        with self.acting(case, RECEIVERS[slip.destination], at) as by:
            if case.course.answered == "accepted" or slip.urgent:
                handovers.accept(slip.key, seen=slip.version, by=by, at=at)
                return
        with self.acting(case, Role.TEAM_MANAGER, at, second=True) as manager:
            talk = Conversation(manager.label, at - timedelta(minutes=5), manager.user_id)
        with self.acting(case, RECEIVERS[slip.destination], at) as by:
            handovers.refuse(
                slip.key, seen=slip.version, reason="The family has a worker in another team, who was not asked yet.",
                talk=talk, by=by, at=at,
            )  # fmt: skip

    def _by_telephone(self, case: "Case", slip: Handover, at: datetime) -> None:
        """A council that does not work here answers its own way; one that does answers by itself."""
        if slip.to_outside:
            with self.acting(case, Role.TEAM_MANAGER, at) as by:
                handovers.answer_outside(
                    slip.key, seen=slip.version, verdict="accepted", who="The duty manager there",
                    text="Confirmed by secure e-mail within the hour.", by=by, at=at,
                )  # fmt: skip

    def take_copy(self, case: "Case", key: UUID, at: datetime) -> None:
        """The other council accepts what was passed to it."""
        with self.acting(case, Role.SOCIAL_WORKER, at) as by:
            copy = Copy.objects.get(pk=key)
            handovers.answer_council(copy.pk, seen=copy.version, verdict="accepted", by=by, at=at)

    def _ring_back(self, case: "Case", at: datetime) -> None:
        with self.acting(case, Role.SOCIAL_WORKER, at) as by:
            for wish in list(CallBack.objects.filter(contact=case.contact, done_at=None)):
                if case.number % 2:
                    screening.try_call_back(wish.pk, outcome="no_answer", by=by, at=at - timedelta(minutes=4))
                screening.called_back(wish.pk, outcome="Spoke with them; they know what happens next.", by=by, at=at)

    def _tell(self, case: "Case", at: datetime) -> None:
        """Settle what no job sends: calls, letters held back, letters to post."""
        with self.acting(case, Role.CONTACT_OFFICER, at):
            states = ("to_send", "held", "not_possible", "failed")
            waiting = list(Letter.objects.filter(subject_key=case.contact.key, state__in=states, settled_at=None))
        for letter in waiting:
            if letter.state == "held":
                self._look_at_held(case, letter, at)
            elif letter.state == "not_possible":
                with self.acting(case, Role.CONTACT_OFFICER, at) as by:
                    letters.note_not_possible(letter.key, seen=letter.version, why=NOBODY, by=by, at=at)
            elif letter.state == "failed":
                self._look_at_failed(case, letter, at)
            elif letter.route == "phone":
                with self.acting(case, Role.CONTACT_OFFICER, at) as by:
                    _told(letter, by=by, at=at)
            elif letter.route == "letter":
                self._post(case, letter, at)

    def _look_at_failed(self, case: "Case", letter: Letter, at: datetime) -> None:
        """What did not arrive is told by telephone; the newest still waits for somebody."""
        if self.agenda.until - at > HELD_LONGEST:
            with self.acting(case, Role.CONTACT_OFFICER, at) as by:
                _told(letter, by=by, at=at)

    def _look_at_held(self, case: "Case", letter: Letter, at: datetime) -> None:
        found = [finding(Found(mark.partition(":")[0])) for mark in letter.findings]
        if who_may_release(found) is Release.SECOND_PERSON:
            second = not case.by_second
            with self.acting(case, Role.TEAM_MANAGER, at, second=second) as by:
                second ^= by.user_id in {letter.made_by, letter.held_by}
            with self.acting(case, Role.TEAM_MANAGER, at, second=second) as by:
                letters.release(letter.key, seen=letter.version, why="Read; nothing stands against it.", by=by, at=at)
        elif self.agenda.until - at > HELD_LONGEST:
            with self.acting(case, Role.SOCIAL_WORKER, at) as by:
                _told(letter, by=by, at=at)

    def _post(self, case: "Case", letter: Letter, at: datetime) -> None:
        with self.acting(case, Role.SOCIAL_WORKER, at) as by:
            if letters.print_letter(letter.key, by=by, at=at) is not None:
                letters.record_posted(letter.key, seen=letter.version + 1, by=by, at=at)


def _told(letter: Letter, *, by: Actor, at: datetime) -> None:
    letters.record_told_by_phone(
        letter.key, seen=letter.version, whom="The person who told us", said="What the letter says, in our words.",
        by=by, at=at,
    )  # fmt: skip
