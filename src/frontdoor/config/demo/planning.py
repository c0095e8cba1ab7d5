"""Families of the demonstration that were taken on: their teams come together, plan, meet and look at it again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from frontdoor.access.rules import Role
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import Actor
from frontdoor.config.demo.arriving import Staff
from frontdoor.config.demo.playing import Agenda, at_the_desk
from frontdoor.earlyhelp.models import Episode, Member
from frontdoor.earlyhelp.queries import finding
from frontdoor.earlyhelp.rules.agreeing import Purpose
from frontdoor.familyhelp.actions import meeting, planning, reviewing, team
from frontdoor.familyhelp.models import Invited, Meeting, Plan, PlanAction, Practitioner
from frontdoor.familyhelp.queries.team import seen_of
from frontdoor.familyhelp.queries.team import team as team_of
from frontdoor.familyhelp.rules.meetings import Planned
from frontdoor.familyhelp.rules.planning import Doing, Heard, Reviewed, Said
from frontdoor.familyhelp.rules.team import Comer
from frontdoor.shell.rules import london

GOALS = (
    (
        "We want mornings without shouting.",
        "Mum puts bags and shoes by the door in the evening",
        "Breakfast club asked",
    ),
    ("We want it to be warm at home.", "Dad rings the landlord about the boiler", "Money advice appointment made"),
    ("We want to know somebody here.", "Mum goes to the family hub on a Saturday", "Another family introduced"),
)
COMES = Comer(
    name="Nadia Rush", agency="Health visiting", job="Health visitor", phone="01632 960420", email="n.rush@example.org"
)
A_DAY = timedelta(hours=26)
HEARD = ("I am not late any more.", "My room is still cold.", "I have a friend now.")
TOO_YOUNG = "Too young to be asked: seen playing with mum."


class Planning:
    """Puts on the agenda what a team does with a family that was taken on."""

    def __init__(self, agenda: Agenda, staff: Staff) -> None:
        self.agenda, self.staff = agenda, staff
        self._own: dict[int, tuple[str, str, str]] = {}

    def begin(self, episode: Episode, number: int, at: datetime, *, goal: tuple[str, str, str] | None = None) -> None:
        """A family was taken on: in the week after somebody comes into the team, and a plan is written and agreed.

        :param goal: what this family wants, what it does itself, and what its team does, which is done in time
        """
        if goal is not None:
            self._own[episode.pk] = goal
            self._plan(episode, at + timedelta(days=24), self._do, number)
        self._plan(episode, at + timedelta(days=2), self._come, number)
        self._plan(episode, at + timedelta(days=5), self._write, number)
        self._plan(episode, at + timedelta(days=6), self._agree, number)
        self._plan(episode, at + timedelta(days=7), self._ask, number)
        self._plan(episode, at + timedelta(days=16), self._hold, number)
        # Of every third family the review is late: whoever opens the lists sees it.
        if number % 3 != 1:
            self._plan(episode, at + timedelta(days=45), self._review, number)

    def meet_next(self, episode: Episode, number: int) -> None:
        """A meeting that is still to come when somebody looks, planned a day before."""
        self.agenda.plan(self.agenda.until - A_DAY, partial(self._when_it_may, self._ask, episode, number))

    def _plan(self, episode: Episode, at: datetime, step: Callable[..., None], number: int) -> None:
        self.agenda.plan(at_the_desk(at), partial(self._when_it_may, step, episode, number))

    def _when_it_may(self, step: Callable[..., None], episode: Episode, number: int, at: datetime) -> None:
        """Take a step while the family is with its team and somebody still agrees; else it falls away."""
        with acting_for(episode.authority_id, by=self._by(episode, at)) as by:
            now = Episode.objects.get(pk=episode.pk)
            if now.state == "allocated" and finding.agrees(now, Purpose.HELP, by=by, at=at):
                step(now, number, by=by, at=at)

    def _by(self, episode: Episode, at: datetime) -> Actor:
        return self.staff.person(Role.EARLY_HELP_OFFICER, at=at)

    def _come(self, episode: Episode, number: int, *, by: Actor, at: datetime) -> None:
        if finding.agrees(episode, Purpose.SHARING, by=by, at=at):
            team.join(episode.key, seen=seen_of(team_of(episode, by=by)), comer=COMES, by=by, at=at)

    def _write(self, episode: Episode, number: int, *, by: Actor, at: datetime) -> None:
        words, family, agency = self._own.get(episode.pk, GOALS[number % len(GOALS)])
        goal = planning.add_goal(episode.key, words=words, by=by, at=at)
        lead, adult = _lead(episode), Member.objects.filter(episode=episode).order_by("is_child", "position")[0]
        for what, owner, days in ((family, f"member:{adult.key}", 7), (agency, f"practitioner:{lead.key}", 21)):
            given = Doing(what=what, owner=owner, due_on=london(at).date() + timedelta(days=days), goal=str(goal.key))
            planning.add_action(episode.key, given=given, by=by, at=at)

    def _agree(self, episode: Episode, number: int, *, by: Actor, at: datetime) -> None:
        plan = Plan.objects.filter(episode=episode).first()
        people = finding.members(episode, by=by)
        if plan is None or not plan.changed or not people:
            return
        said = [Said(member=str(each.key), agrees="yes") for each in people]
        if len(people) > 1:
            said[-1] = Said(member=str(people[-1].key), agrees="not_asked", words="Not at home that day.")
        planning.agree(episode.key, seen=plan.version, said=said, by=by, at=at)

    def _ask(self, episode: Episode, number: int, *, by: Actor, at: datetime) -> None:
        asked = tuple(f"practitioner:{each.key}" for each in Practitioner.objects.filter(episode=episode, until=None))
        adults = Member.objects.filter(episode=episode, is_child=False, same_as=None)
        given = Planned(
            starts_at=at_the_desk(at + timedelta(days=7)), minutes=60, way="online" if number % 2 else "place",
            place="https://meet.example.org/room" if number % 2 else "Family hub, room 2", agenda="How the week went.",
            invited=(*asked, *(f"member:{each.key}" for each in adults)),
        )  # fmt: skip
        meeting.plan_meeting(episode.key, given=given, by=by, at=at)

    def _hold(self, episode: Episode, number: int, *, by: Actor, at: datetime) -> None:
        row = Meeting.objects.filter(episode=episode, state="planned", starts_at__lte=at).first()
        if row is None:
            return
        came = {str(each.key): "came" for each in Invited.objects.filter(meeting=row)}
        meeting.hold_meeting(
            episode.key, meeting=row.key, seen=row.version, agreed="It goes better. Breakfast club from Monday.",
            came=came, by=by, at=at,
        )  # fmt: skip
        done = PlanAction.objects.filter(plan__episode=episode, outcome="").order_by("due_on", "id").first()
        if done is not None:
            planning.settle_action(episode.key, action=done.key, seen=done.version, outcome="done", by=by, at=at)

    def _do(self, episode: Episode, number: int, *, by: Actor, at: datetime) -> None:
        """What the team has promised is done; of every second family something stays open."""
        row = PlanAction.objects.filter(plan__episode=episode, outcome="").order_by("due_on", "id").first()
        if row is not None and number % 4:
            planning.settle_action(episode.key, action=row.key, seen=row.version, outcome="done", by=by, at=at)

    def _review(self, episode: Episode, number: int, *, by: Actor, at: datetime) -> None:
        if not Plan.objects.filter(episode=episode, edition__gte=1).exists():
            return
        children = [each for each in finding.members(episode, by=by) if each.is_child]
        heard = tuple(
            Heard(member=str(each.key), words="" if place else HEARD[number % 3], unheard=TOO_YOUNG if place else "")
            for place, each in enumerate(children)
        )
        given = Reviewed(
            held_on=london(at).date(), well="Mornings are calmer, and mum rings school herself.",
            worries="Money is short before payday.", changes="Nothing for now.", leads_to="on",
            why="It works, and two actions are still open.", heard=heard,
        )  # fmt: skip
        reviewing.review(episode.key, given=given, by=by, at=at)


def _lead(episode: Episode) -> Practitioner:
    return Practitioner.objects.get(episode=episode, leads=True, until=None)
