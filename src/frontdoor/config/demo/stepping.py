"""Families of the demonstration on their way down and after: a meeting and a plan, outcomes, how it goes later."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from frontdoor.access.rules import Role
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import Actor
from frontdoor.config.demo.arriving import Staff
from frontdoor.config.demo.playing import Agenda, at_the_desk
from frontdoor.earlyhelp.models import Episode
from frontdoor.familyhelp.actions import checking, outcomes, stepping
from frontdoor.familyhelp.models import Check, Outcome
from frontdoor.familyhelp.rules.checking import ENDED, FIRST_DAYS, Asked, Which
from frontdoor.familyhelp.rules.outcomes import Shown
from frontdoor.familyhelp.rules.standing import SteppedDown
from frontdoor.handovers import actions as handovers
from frontdoor.handovers.models import Handover
from frontdoor.handovers.rules import Conversation
from frontdoor.referrals.models import Referral
from frontdoor.shell.rules import london

REFUSED, WAITS = 2, 3
"""Of the step-downs the second comes back from the hub, and the third still waits; all others are accepted."""
PLANS = (
    "Ada Fenn goes on coming on Mondays. Mum rings her first when it gets hard, and school rings mum, not the office.",
    "Dad goes to the group at the centre. The school nurse sees the youngest every month. Nan is asked before anybody.",
)
SAID = ("I like it when Ada comes.", "We have tea together now.", "I want to stay with Mum.")
WANTED = {
    "education": ("Be in school every day, and on time.", "In school three days of five this term, school says."),
    "relationships": ("Less shouting in the evenings.", "Mum says four evenings of seven are loud."),
    "money": ("Know what comes in and what goes out.", "Two bills are behind, letters seen."),
    "health": ("Sleep through the night.", "Up three times a night, says the health visitor."),
}
PAIRS = (("education", "relationships"), ("money", "relationships"), ("education", "health"))
AT_END = {
    "met": "School, Mum and the worker all say so: it has been like this for six weeks.",
    "partly": "It is better than it was, and not yet as they want it.",
}


class Stepping:
    """Puts on the agenda what follows when an assessment is done and the family needs less than social care."""

    def __init__(self, agenda: Agenda, staff: Staff) -> None:
        self.agenda, self.staff = agenda, staff
        self._count = 0

    def _person(self, role: Role, council: int, at: datetime) -> Actor:
        return self.staff.person(role, at=at, authority=council)

    def step_down(self, referral: Referral, number: int, at: datetime) -> None:
        """The meeting was held; the family is sent to the hub, whose answer comes in a few hours."""
        self._count += 1
        council = referral.authority_id
        with acting_for(council, by=self._person(Role.ASSESSMENT_WORKER, council, at)) as by:
            version = Referral.objects.values_list("version", flat=True).get(pk=referral.pk)
            given = SteppedDown(
                held_on=london(at).date() - timedelta(days=1), came_from="section17",
                there="Mum, her sister, Ada Fenn of the family workers, the school nurse, the social worker",
                family_there=True, plan=PLANS[number % len(PLANS)], heard=SAID[number % len(SAID)],
                lead_name="Ada Fenn", lead_agency="Family workers",
            )  # fmt: skip
            made = stepping.step_down(referral.key, seen=version, given=given, by=by, at=at)
        if self._count == REFUSED:
            self.agenda.plan(at_the_desk(at + timedelta(hours=2)), partial(self._refuse, made.slip, council))
        elif self._count != WAITS:
            self.agenda.plan(at_the_desk(at + timedelta(hours=3)), partial(self._accept, made.slip, council))

    def _accept(self, slip: UUID | None, council: int, at: datetime) -> None:
        with acting_for(council, by=self._person(Role.EARLY_HELP_OFFICER, council, at)) as by:
            row = Handover.objects.get(key=str(slip))
            handovers.accept(row.key, seen=row.version, by=by, at=at)

    def _refuse(self, slip: UUID | None, council: int, at: datetime) -> None:
        with acting_for(council, by=self._person(Role.ASSESSMENT_MANAGER, council, at)) as manager:
            talk = Conversation(manager.label, at - timedelta(minutes=10), manager.user_id)
        with acting_for(council, by=self._person(Role.EARLY_HELP_OFFICER, council, at)) as by:
            row = Handover.objects.get(key=str(slip))
            reason = "The plan does not say who sees the baby. Please say so, and send it again."
            handovers.refuse(row.key, seen=row.version, reason=reason, talk=talk, by=by, at=at)


def mark(episode: Episode, number: int, *, by: Actor, at: datetime) -> None:
    """What is to change for a family that was taken on: two outcomes, with how it is now."""
    for code in PAIRS[number % len(PAIRS)]:
        wanted, evidence = WANTED[code]
        outcomes.mark(
            episode.key, seen=_seen(episode), heading=code, wanted=wanted, evidence=evidence,
            stands="partly" if number % 2 else "not", by=by, at=at,
        )  # fmt: skip


def show_at_end(episode: Episode, number: int, *, by: Actor, at: datetime) -> None:
    """How each outcome stands when the help ends: the first was reached, the second not always whole."""
    for place, row in enumerate(Outcome.objects.filter(episode=episode).order_by("id")):
        stands = "partly" if place and number % 2 else "met"
        given = Shown(phase="end", stands=stands, evidence=AT_END[stands])
        outcomes.record_evidence(episode.key, row.key, seen=_seen(episode), given=given, by=by, at=at)


def ask(episode: Episode, number: int, *, by: Actor, at: datetime) -> None:
    """Three months after the end somebody asks how it goes; one family in four is not reached at first."""
    row = Check.objects.filter(episode=episode, origin=ENDED, which=Which.FIRST, state="due").first()
    if row is None:
        return
    given = Asked(reached=False, words="Two calls and a text, no answer yet.")
    if number % 4:
        kept = "partly" if number % 3 == 0 else "kept"
        given = Asked(
            reached=True, kept=kept, who="Mum, and school", words="The mornings still go well.", heard=SAID[number % 3]
        )  # fmt: skip
    checking.record_asking(row.key, seen=row.version, given=given, by=by, at=at)


ASKED_AFTER = timedelta(days=FIRST_DAYS.default - 3)
"""How long after the end somebody asks."""


def _seen(episode: Episode) -> int:
    return Episode.objects.values_list("version", flat=True).get(pk=episode.pk)
