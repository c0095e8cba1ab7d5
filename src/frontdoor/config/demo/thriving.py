"""What becomes of families that asked for help for themselves: told of services, taken on, ended, asked later."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from frontdoor.access.rules import Role
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import Actor
from frontdoor.config.demo import hoping, organisation
from frontdoor.config.demo.arriving import Staff
from frontdoor.config.demo.assessing import Assessing
from frontdoor.config.demo.helping import TAKERS, agree, listed, seen
from frontdoor.config.demo.organisation import CAMBRIDGESHIRE, PETERBOROUGH
from frontdoor.config.demo.planning import Planning
from frontdoor.config.demo.playing import Agenda, at_the_desk
from frontdoor.config.demo.stepping import ASKED_AFTER, AT_END, SAID, WANTED
from frontdoor.config.scenarios import Wish
from frontdoor.contacts.models import Contact
from frontdoor.earlyhelp import actions
from frontdoor.earlyhelp.models import Episode, Provider, Signpost
from frontdoor.earlyhelp.rules.hub import NOT, REASONS, Triaged
from frontdoor.familyhelp.actions import checking, outcomes, standing, team
from frontdoor.familyhelp.models import Check, Outcome
from frontdoor.familyhelp.queries.outcomes import met_at_end
from frontdoor.familyhelp.queries.team import seen_of
from frontdoor.familyhelp.queries.team import team as team_of
from frontdoor.familyhelp.rules.checking import SECOND_DAYS, Asked, Which
from frontdoor.familyhelp.rules.outcomes import Shown
from frontdoor.familyhelp.rules.standing import Status
from frontdoor.familyhelp.rules.team import Comer

Step = Callable[[Episode, Wish, datetime], None]
OWN_HEADINGS = ("Young carers are seen and have a break", "Friends and things to do")
"""What Peterborough adds to the ten national headings."""
DECIDED = {PETERBOROUGH: timedelta(days=700), CAMBRIDGESHIRE: timedelta(days=90)}
"""How long ago the one council added its headings, and the other began with one plan."""
MORE = {
    "housing": ("A place of our own, and a school near it.", "All three sleep in one room at his brother’s."),
    "domestic_abuse": ("Nobody finds us, and nobody shouts.", "They moved here in the week before; the locks are new."),
    "local:1": ("Time that is the children’s own.", "One evening in the week is free, the family counted it."),
    "local:2": ("A friend to go to, and a club.", "Nobody has come to play since the summer, says the family."),
}
"""What is to change under the headings that other families of the play do not have, and how it is now."""
BELOW_TOO = "What they ask for is open to everybody: the groups that we told them of, and the family hub on Saturdays."
WE_DO, THEY_DO = "We write down how each morning went", "School and the worker meet, and say what they can change"
HELPED = ("kept", "ended", "partly", "open", "status")
WITH_A_TEAM = ("open", "status")
"""Of these the team’s own work is played; of those that have ended long ago the outcomes are enough."""
HELP, UPTAKE = timedelta(days=84), timedelta(days=24)
LATER = timedelta(days=SECOND_DAYS.default - 2)
CHANGES = timedelta(days=19)
IN_NEED = (
    "The eldest has stopped eating at her uncle’s and will not say why. We have said to Dad that a social worker sees "
    "the children now, and he agrees. Everything that he and the school do goes on."
)
REASON_WORDS = {
    "far": "Two buses each way.", "times": "Dad and Mum both work then.", "full": "They said after Christmas.",
    "not_right": "It was for younger ones.", "not_wanted": "Not now, thank you.",
    "language": "Nobody there spoke Farsi.",
}  # fmt: skip


class Thriving:
    """Puts on the agenda what the hub and a team do with families that asked for themselves."""

    def __init__(self, agenda: Agenda, staff: Staff) -> None:
        self.agenda, self.staff = agenda, staff
        self._planning, self._assessing = Planning(agenda, staff), Assessing(agenda, staff)
        self._asked: dict[int, Wish] = {}
        self._known: set[int] = set()
        for council, since in DECIDED.items():
            agenda.plan(agenda.until - since, partial(self._decide, council))

    def _decide(self, council: int, at: datetime) -> None:
        if council == PETERBOROUGH:
            organisation.add_headings(OWN_HEADINGS, council, at=at)
        else:
            organisation.begin_one_plan(council, at=at)

    def asked(self, wish: Wish, contact: Contact) -> None:
        """A family has asked: it is known again when the hub has accepted it."""
        self._asked[contact.pk] = wish

    def takes(self, episode: Episode, at: datetime) -> bool:
        """Whether early help that has opened is for such a family; it goes its way from here."""
        wish = self._asked.get(episode.contact_id)
        if wish is None:
            return False
        if wish.goes != "new" and episode.pk not in self._known:
            self._known.add(episode.pk)  # a sibling’s slip has opened it
            self._plan(episode, wish, at + timedelta(minutes=40), self._reach)
        return True

    def _plan(self, episode: Episode, wish: Wish, at: datetime, step: Step) -> None:
        self.agenda.plan(at_the_desk(at), partial(step, episode, wish))

    def _by(self, at: datetime) -> Actor:
        return self.staff.person(Role.EARLY_HELP_OFFICER, at=at)

    def _reach(self, episode: Episode, wish: Wish, at: datetime) -> None:
        with acting_for(wish.council, by=self._by(at)) as by:
            actions.take(episode.key, seen=seen(episode), by=by, at=at)
            actions.record_attempt(
                episode.key, seen=seen(episode), made_at=at - timedelta(minutes=15), way="phone", reached=True,
                said=f"{wish.name} was glad of the call: “{wish.wish}”", by=by, at=at,
            )  # fmt: skip
            agree(episode, limits=wish.limits, days=182, by=by, at=at)
        self._plan(episode, wish, at + timedelta(hours=4), self._triage)

    def _triage(self, episode: Episode, wish: Wish, at: datetime) -> None:
        below, child = wish.goes == "below", wish.children[0]
        speaks = child[1] > 4
        given = Triaged(
            outcome="not_at_threshold" if below else "targeted", level="1" if below else "2", needs=wish.wish,
            why="The family says itself what would help, and it can be had.",
            heard=SAID[len(child[0]) % len(SAID)] if speaks else "",
            unheard="" if speaks else f"{child[0]} is too young to be asked: seen at play.",
            alternatives=BELOW_TOO if below else "",
        )  # fmt: skip
        with acting_for(wish.council, by=self._by(at)) as by:
            actions.triage(episode.key, seen=seen(episode), given=given, by=by, at=at)
            if told := hoping.services(wish):
                actions.signpost(episode.key, seen=seen(episode), services=told, by=by, at=at)
                self._plan(episode, wish, at + UPTAKE, self._what_came)
            if wish.goes in HELPED:
                listed(wish.council, by=by, at=at)
                taker = Provider.objects.get(name=TAKERS[wish.council][0][0])
                words = f"What they ask for: {wish.wish}"
                actions.offer(episode.key, seen=seen(episode), provider=taker.key, words=words, by=by, at=at)
                self._plan(episode, wish, at + timedelta(hours=26), self._take_on)

    def _what_came(self, episode: Episode, wish: Wish, at: datetime) -> None:
        """What the family says came of each service that it was told of, where it says anything."""
        came = {name: (went, reason) for name, went, reason in wish.told}
        with acting_for(wish.council, by=self._by(at)) as by:
            for row in list(Signpost.objects.filter(episode=episode).order_by("id")):
                went, reason = came.get(row.name, ("", ""))
                if went:
                    actions.record_uptake(
                        episode.key, seen=seen(episode), signpost=row.key, went=went, reason=reason,
                        why=REASON_WORDS.get(reason, dict(REASONS)[reason]) if went == NOT else "", by=by, at=at,
                    )  # fmt: skip

    def _take_on(self, episode: Episode, wish: Wish, at: datetime) -> None:
        council, with_team = wish.council, wish.goes in WITH_A_TEAM
        lead = self.staff.person(Role.LEAD_PRACTITIONER, at=at, authority=council)
        number = wish.number or 2 + 3 * len(wish.name)
        with acting_for(council, by=self._by(at)) as by:
            actions.answer(
                episode.key, seen=seen(episode), accepted=True, answered_with="Their duty line",
                account=lead.user_id if with_team else None, worker="Ada Fenn", words="First visit this week.", by=by,
                at=at,
            )  # fmt: skip
            for heading in wish.marked:
                self._mark(episode, heading, by=by, at=at)
        if with_team:
            self._planning.begin(episode, number, at, goal=(wish.wish, WE_DO, THEY_DO))
            self._planning.meet_next(episode, number)
            self._assessing.taken_on(episode, number, at)
        else:
            self._plan(episode, wish, at + HELP, self._end)
        if wish.goes == "status":
            self._plan(episode, wish, at + CHANGES, self._change)

    def _mark(self, episode: Episode, heading: str, *, by: Actor, at: datetime) -> None:
        wanted, evidence = (WANTED | MORE)[heading]
        own = heading.startswith("local:")
        value = f"local:{OWN_HEADINGS[int(heading[-1]) - 1]}" if own else heading
        outcomes.mark(
            episode.key, seen=seen(episode), heading=value, wanted=wanted, evidence=evidence, by=by, at=at,
        )  # fmt: skip

    def _change(self, episode: Episode, wish: Wish, at: datetime) -> None:
        """A social worker comes into the team, and says that the children are in need: plan and lead worker go on."""
        worker = self.staff.person(Role.ASSESSMENT_WORKER, at=at, authority=wish.council)
        with acting_for(wish.council, by=self._by(at)) as by:
            comer = Comer(own=True, account=worker.user_id, agency="Assessment team", job="Social worker")
            team.join(episode.key, seen=seen_of(team_of(episode, by=by)), comer=comer, by=by, at=at)
        with acting_for(wish.council, by=worker) as by:
            standing.change_status(
                episode.key, seen=seen(episode), status=Status.SECTION17, why=IN_NEED, by=by,
                at=at + timedelta(minutes=50),
            )  # fmt: skip

    def _end(self, episode: Episode, wish: Wish, at: datetime) -> None:
        met = wish.goes != "partly"
        with acting_for(wish.council, by=self._by(at)) as by:
            for row in Outcome.objects.filter(episode=episode).order_by("id"):
                stands = "met" if met else "partly"
                given = Shown(phase="end", stands=stands, evidence=AT_END[stands])
                outcomes.record_evidence(episode.key, row.key, seen=seen(episode), given=given, by=by, at=at)
            actions.close(
                episode.key, seen=seen(episode), ending="outcomes_met" if met else "single_agency",
                why="The family says that it manages now." if met else "School goes on with what helps, and rings us.",
                by=by, at=at,
            )  # fmt: skip
        if met:
            self._plan(episode, wish, at + ASKED_AFTER, partial(self._ask, which=Which.FIRST))
            self._plan(episode, wish, at + LATER, partial(self._ask, which=Which.SECOND))

    def _ask(self, episode: Episode, wish: Wish, at: datetime, *, which: Which) -> None:
        """Three and six months after the end somebody rings; the family says how it goes, outcome by outcome."""
        with acting_for(wish.council, by=self._by(at)) as by:
            row = Check.objects.filter(episode=episode, which=which, state="due").first()
            if row is None:
                return
            asked = met_at_end(episode, by=by) if which is Which.SECOND else []
            given = Asked(
                reached=True, kept="kept", who=f"{wish.name}, and school", words="It has stayed like this.",
                heard=SAID[wish.days % len(SAID)], later={str(each.key): ("met", AT_END["met"]) for each in asked},
            )  # fmt: skip
            checking.record_asking(row.key, seen=row.version, given=given, by=by, at=at)
