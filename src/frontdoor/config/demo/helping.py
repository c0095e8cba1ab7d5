"""The early help hub of the demonstration: families agree, are triaged, wait, are taken on, refuse, or go back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from frontdoor.access.rules import Role
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import COURIER, Actor
from frontdoor.config.demo.arriving import Staff
from frontdoor.config.demo.assessing import Assessing
from frontdoor.config.demo.organisation import CAMBRIDGESHIRE, PETERBOROUGH
from frontdoor.config.demo.planning import Planning
from frontdoor.config.demo.playing import Agenda, Done, at_the_desk
from frontdoor.config.demo.stepping import ASKED_AFTER, ask, mark, show_at_end
from frontdoor.earlyhelp import actions
from frontdoor.earlyhelp.models import Episode, Member, Provider
from frontdoor.earlyhelp.queries import finding
from frontdoor.earlyhelp.rules.agreeing import Given
from frontdoor.earlyhelp.rules.hub import Looked, Triaged
from frontdoor.shell.rules import london

AT_HOME = "A worker of ours, at home, for up to six months"
TAKERS = {
    CAMBRIDGESHIRE: (
        ("Family workers, Fenland", "own", AT_HOME, 4, "Two more from January."),
        ("Family workers, Huntingdon", "own", AT_HOME, 0, "Full until Christmas."),
        ("Stepping Stones Families", "agency", "A charity: routines, money, parenting groups", 6, ""),
    ),
    PETERBOROUGH: (
        ("Family workers, Peterborough North", "own", AT_HOME, 3, ""),
        ("Nene Young Carers", "agency", "A charity for children who look after somebody", 2, "One child each."),
    ),
}  # fmt: skip
NEEDS = (
    "Somebody to get the mornings going while mum is on nights.",
    "Help with money and a warm bedroom. Dad says he can manage the rest.",
    "Somebody to talk to: they are new here and know nobody.",
    "Bedtimes, and what to do when it gets loud. Mum asked for this herself.",
)
SAID = (
    "I want it to be quiet in the morning.", "It is cold in my room, so I am in the kitchen.",
    "I would like to go swimming again.", "I like it when we eat together.",
)  # fmt: skip
TOO_YOUNG = "Too young to be asked: seen with mum, who was playing with them."
ELSEWHERE = "The family hub on Saturdays, 10 to 12, and the money advice line, 01632 960301."
KINDS = 8
"""What becomes of a family goes by its number: most are taken on, one waits, one is offered, one is below, one refuses,
one is silent, one goes back to the front door."""
LAST, RECENT = timedelta(hours=1), timedelta(days=14)
FIVE_YEARS = 1_826
"""In days."""
SHORT, LONG = 7, 182
"""Days for which a family agrees: of one that waits it has run out, and whoever opens the list sees it."""
TAKEN_ON, BELOW, WAITS, OFFERED, REFUSES, SILENT, GOES_BACK = 1, 2, 3, 4, 5, 6, 7


class Helping:
    """Puts on the agenda what the hub does with what it has accepted.

    :param taken: whether a family goes a way of its own, of which nothing is planned here
    """

    def __init__(self, agenda: Agenda, staff: Staff, taken: Callable[[Episode, datetime], bool]) -> None:
        self.agenda, self.staff, self.planning = agenda, staff, Planning(agenda, staff)
        self._taken = taken
        self._assessing = Assessing(agenda, staff)
        self._known: set[UUID] = set()
        self._sent_back = False

    def hear(self, done: Done) -> None:
        """A slip was accepted and has opened early help: it goes its way from here, once."""
        if done.name != "earlyhelp.follow":
            return
        with acting_for(done.authority, by=COURIER) as by:
            episode = finding.of_slip(UUID(done.ids["handover"]), by=by)
        if episode is None or episode.key in self._known or self._taken(episode, done.at):
            return
        self._known.add(episode.key)
        number, soon = len(self._known), at_the_desk(done.at + timedelta(minutes=40))
        self._plan(episode, soon, self._reach, number)

    def _plan(self, episode: Episode, at: datetime, step: Callable[..., None], number: int) -> None:
        self.agenda.plan(at, partial(step, episode, number))

    def _by(self, at: datetime, role: Role = Role.EARLY_HELP_OFFICER) -> Actor:
        return self.staff.person(role, at=at)

    def _old(self, at: datetime) -> bool:
        return self.agenda.until - at > RECENT

    def _reach(self, episode: Episode, number: int, at: datetime) -> None:
        """Ring the family: most answer and agree, one in eight does not answer any more."""
        council, reached = episode.authority_id, number % KINDS != SILENT
        said = "They would like help, and said what with." if reached else "No answer, and no message left."
        with acting_for(council, by=self._by(at)) as by:
            actions.take(episode.key, seen=seen(episode), by=by, at=at)
            actions.record_attempt(
                episode.key, seen=seen(episode), made_at=at - timedelta(minutes=10), way="phone", reached=reached,
                said=said, by=by, at=at,
            )  # fmt: skip
            if reached:
                limits = "" if number % 3 else "Do not tell the children’s grandmother."
                agree(episode, limits=limits, days=SHORT if number % KINDS == WAITS else LONG, by=by, at=at)
        if not reached:
            self._plan(episode, at_the_desk(at + timedelta(days=4)), self._stop, number)
            return
        self._plan(episode, at_the_desk(at + timedelta(hours=20)), self._triage, number)

    def _triage(self, episode: Episode, number: int, at: datetime) -> None:
        below, council = number % KINDS == BELOW, episode.authority_id
        with acting_for(council, by=self._by(at)):
            speaks = _speaks(episode, at)
        given = Triaged(
            outcome="not_at_threshold" if below else "targeted", level="1" if below else "2" if number % 2 else "3",
            needs=NEEDS[number % len(NEEDS)], why="What they ask for is what a worker at home can do.",
            heard=SAID[number % len(SAID)] if speaks else "", unheard="" if speaks else TOO_YOUNG,
            alternatives=ELSEWHERE if below else "",
        )  # fmt: skip
        with acting_for(council, by=self._by(at)) as by:
            actions.triage(episode.key, seen=seen(episode), given=given, by=by, at=at)
        # What came long ago was taken on and has ended: nobody waits here for months.
        kind = TAKEN_ON if self._old(at) and number % KINDS not in (BELOW, REFUSES) else number % KINDS
        if not (self._old(at) or self._sent_back or kind in (BELOW, REFUSES)):
            self._sent_back, kind = True, GOES_BACK
        if kind == REFUSES:
            self._plan(episode, at_the_desk(at + timedelta(days=1)), self._stop, number)
        elif kind == GOES_BACK:
            # Late, so that what it makes at the front door is as new as everything else that nobody has looked at.
            self._plan(episode, max(at, self.agenda.until - LAST), self._go_back, number)
        elif kind not in (BELOW, WAITS):
            self._plan(episode, at_the_desk(at + timedelta(hours=26)), self._offer, number)

    def _offer(self, episode: Episode, number: int, at: datetime) -> None:
        council = episode.authority_id
        with acting_for(council, by=self._by(at)) as by:
            listed(council, by=by, at=at)
            names = [name for name, *_ in TAKERS[council]]
            taker = Provider.objects.get(name=names[number % len(names)])
            actions.offer(
                episode.key, seen=seen(episode), provider=taker.key,
                words=f"What they ask for: {NEEDS[number % len(NEEDS)]}", by=by, at=at,
            )  # fmt: skip
        if number % KINDS != OFFERED or self._old(at):
            self._plan(episode, at_the_desk(at + timedelta(hours=30)), self._take_on, number)

    def _take_on(self, episode: Episode, number: int, at: datetime) -> None:
        council = episode.authority_id
        lead = self.staff.person(Role.LEAD_PRACTITIONER, at=at, authority=council)
        with acting_for(council, by=self._by(at)) as by:
            # The lead practitioner with an account leads two of three families; the third is led by somebody without.
            actions.answer(
                episode.key, seen=seen(episode), accepted=True, answered_with="Their duty line",
                account=lead.user_id if number % 3 else None, worker="Ada Fenn", words="First visit this week.",
                by=by, at=at,
            )  # fmt: skip
            mark(episode, number, by=by, at=at)
        self.planning.begin(episode, number, at)
        self._assessing.taken_on(episode, number, at)
        self._plan(episode, at_the_desk(at + timedelta(days=84)), self._end, number)

    def _end(self, episode: Episode, number: int, at: datetime) -> None:
        with acting_for(episode.authority_id, by=self._by(at)) as by:
            show_at_end(episode, number, by=by, at=at)
            actions.close(
                episode.key, seen=seen(episode), ending="single_agency" if number % 3 == 0 else "outcomes_met",
                why="The mornings go well, and school rings mum first now.", by=by, at=at,
            )  # fmt: skip

        self._plan(episode, at_the_desk(at + ASKED_AFTER), self._ask, number)

    def _ask(self, episode: Episode, number: int, at: datetime) -> None:
        with acting_for(episode.authority_id, by=self._by(at)) as by:
            ask(episode, number, by=by, at=at)

    def _stop(self, episode: Episode, number: int, at: datetime) -> None:
        """A family refuses, or is silent; a social worker looks at the older ones before they end."""
        silent = number % KINDS == SILENT
        with acting_for(episode.authority_id, by=self._by(at)) as by:
            actions.stop(
                episode.key, seen=seen(episode), why="disengaged" if silent else "declined",
                words="Three calls and a letter, no answer." if silent else "Thank you, but we manage now.", by=by,
                at=at,
            )  # fmt: skip
        if number < KINDS or self._old(at):
            self._plan(episode, at_the_desk(at + timedelta(hours=5)), self._look, number)

    def _look(self, episode: Episode, number: int, at: datetime) -> None:
        with acting_for(episode.authority_id, by=self._by(at, Role.SOCIAL_WORKER)) as by:
            actions.look(
                episode.key, seen=seen(episode), by=by, at=at,
                given=Looked(
                    finding="no_worry", known="School sees the children every day and has no worries.",
                    tried="Calls at different times of day, and a letter.",
                    why="The family has help of its own, and school will tell us if that changes.",
                ),
            )  # fmt: skip

    def _go_back(self, episode: Episode, number: int, at: datetime) -> None:
        with acting_for(episode.authority_id, by=self._by(at)) as by:
            actions.step_up(
                episode.key, seen=seen(episode), danger="no", by=by, at=at,
                why="The youngest has a bruise on the cheek that nobody can explain, and was not in nursery this week.",
            )  # fmt: skip


def agree(episode: Episode, *, limits: str, days: int, by: Actor, at: datetime) -> None:
    """The first grown-up of a family agrees on the telephone: to help, and that agencies are told."""
    member = Member.objects.filter(episode=episode).order_by("is_child", "position")[0]
    for purpose in ("help", "sharing"):
        word = Given(
            purpose=purpose, status="given", on=london(at).date(), way="phone", limits=limits,
            expires_on=london(at).date() + timedelta(days=days),
        )  # fmt: skip
        actions.record_agreement(episode.key, seen=seen(episode), member=member.key, given=word, by=by, at=at)


def listed(council: int, *, by: Actor, at: datetime) -> None:
    """Who takes families on in a council, written down when the first is asked."""
    if Provider.objects.filter(name=TAKERS[council][0][0]).exists():
        return
    for name, kind, what, places, said in TAKERS[council]:
        row = actions.add_provider(name=name, kind=kind, what=what, phone="01632 960410", by=by, at=at)
        actions.say_places(row.key, seen=row.version, places=places, said=said, said_by="Their duty line", by=by, at=at)


def seen(episode: Episode) -> int:
    """How often a family's row had changed when somebody looked: whoever plays has always just looked."""
    return Episode.objects.values_list("version", flat=True).get(pk=episode.pk)


def _speaks(episode: Episode, at: datetime) -> bool:
    """Whether the first child of a family is known to be old enough to be asked."""
    child = Member.objects.select_related("named").filter(episode=episode, is_child=True).order_by("position")[0]
    born = child.named.date_of_birth if child.named else None
    return born is not None and (london(at).date() - born).days > FIVE_YEARS
