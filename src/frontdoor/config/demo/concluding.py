"""Enquiries of the demonstration carried to their end: analysed, recommended on, decided and taken on."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from functools import partial

from frontdoor.access.queries import names
from frontdoor.access.rules import Role
from frontdoor.actors.rules import Actor
from frontdoor.clocks.rules import london_date
from frontdoor.config.demo.playing import Agenda, at_the_desk
from frontdoor.contacts.rules.decisions import Action
from frontdoor.handovers import actions as handovers
from frontdoor.handovers.models import Handover
from frontdoor.mash.actions.deciding import analysing, recommending, signing
from frontdoor.mash.actions.enquiries import children
from frontdoor.mash.models import Enquiry, Request, Subject
from frontdoor.mash.queries import deciding as queries
from frontdoor.mash.rules import deciding as rules
from frontdoor.mash.rules.states import State

Acting = Callable[..., AbstractContextManager[Actor]]

KNOWN = (
    "School: tired on most Mondays, attendance 88%. Police: two calls to the home in the last year for shouting, "
    "nobody hurt. Health: two appointments missed since the summer. Nobody has seen where the children sleep."
)
ANALYSED = rules.Analysed(
    known=KNOWN,
    history="Earlier contacts ended with advice. Nobody went to the home then, and it is not known whether it helped.",
    strengths="The grandmother lives near and is there most days; school meets the children at the gate.",
    not_known="Who is in the home at night, and what the children would say away from it.",
    change_mind="That somebody who knows the home by night says that evenings are quiet.",
)  # fmt: skip
AGAIN = "The health visitor rang: the grandmother is in hospital since Friday."
MEANS = "Evenings are loud, nobody knows who gets up at night, and the child is too tired to learn on most Mondays."
VOICE = "I put my pillow over my ears and then it is morning."
TOO_YOUNG = "too young to be asked; the health visitor watches how the child is with each adult"
NOT_BORN = "not born yet"
SPEAKS_FROM = timedelta(days=6 * 365)
DISSENT = "We see more than shouting: the second call was for a broken door, and the caller was frightened."
OUTCOMES = {"red": "strategy_discussion_s47", "amber": "referral_assessment", "green": "nfa"}
EXPLAINED = "School and health explained what was seen; the family has what it needs from them."
WITHOUT = "What the others know is enough to decide; what they add is read when it comes."


class Concluding:
    """Puts on the agenda how an enquiry comes to its end.

    :param acting: somebody of a role, acting for a council
    :param decided: hears of the number of each contact that is answered by what was decided
    """

    def __init__(self, agenda: Agenda, acting: Acting, decided: Callable[[int, datetime], None]) -> None:
        self.agenda, self.acting, self.decided = agenda, acting, decided

    def begin(self, enquiry: Enquiry, council: int, number: int, at: datetime, *, decided: bool = True) -> None:
        """From the rating on.

        :param decided: whether it is decided too; else it waits for a manager when somebody looks
        """
        plan = self.agenda.plan
        plan(at + timedelta(minutes=150), partial(self.analyse, enquiry, council, number))
        if number % 4 == 1:
            plan(at + timedelta(minutes=160), partial(self.hear, enquiry, council))
        if number % 6 == 2:
            plan(at + timedelta(minutes=165), partial(self.analyse, enquiry, council, number))
        plan(at + timedelta(minutes=175), partial(self.recommend, enquiry, council, number))
        if decided:
            plan(at + timedelta(minutes=200), partial(self.decide, enquiry, council, number))

    def analyse(self, enquiry: Enquiry, council: int, number: int, at: datetime) -> None:
        """What the agencies' knowledge comes to, as the next version."""
        with self.acting(council, Role.SOCIAL_WORKER, at, second=bool(number % 2)) as by:
            now = Enquiry.objects.get(pk=enquiry.pk)
            if State(now.state).settled or State(now.state).unrated:
                return
            meant = tuple(_meant(child, at) for child in children(now, by=by))
            why = AGAIN if queries.newest_analysis(now, by=by) else ""
            given = rules.Analysed(
                **{name: getattr(ANALYSED, name) for name in rules.PARTS}, why=why, children=meant
            )  # fmt: skip
            analysing.analyse(enquiry.key, seen=now.version, given=given, by=by, at=at)

    def hear(self, enquiry: Enquiry, council: int, at: datetime) -> None:
        """The police see it otherwise, and say so by telephone."""
        with self.acting(council, Role.SOCIAL_WORKER, at) as by:
            asked = Request.objects.filter(enquiry=enquiry, desk__line="police", stopped_at=None).first()
            newest = queries.newest_analysis(enquiry, by=by)
            if asked is not None and newest is not None:
                analysing.write_down_view(
                    asked.key, analysis=newest.key, agrees=False, words=DISSENT, how="telephone",
                    said_by="Rhona Tull, researcher", by=by, at=at,
                )  # fmt: skip

    def recommend(self, enquiry: Enquiry, council: int, number: int, at: datetime) -> None:
        """For each child that is not decided."""
        with self.acting(council, Role.SOCIAL_WORKER, at, second=bool(number % 2)) as by:
            now = Enquiry.objects.get(pk=enquiry.pk)
            if now.state != State.ANALYSIS:
                return
            outcome = OUTCOMES[now.rating]
            given = rules.Recommended(
                outcome=outcome, detail=EXPLAINED if outcome == "nfa" else "", level="1" if outcome == "nfa" else "3",
                rationale="The same worries come back, and nobody has been inside the home.",
                why_not_more="Nothing says that a child was hurt, or that it is tonight.",
                why_not_less="Advice was given twice, and it is not known whether it helped.",
                contingency="If a child is hurt or not seen within the week, then a strategy discussion the same day.",
            )  # fmt: skip
            those = children(now, by=by)
            decided = queries.standing_decisions(those, by=by)
            for child in (each for each in those if each.pk not in decided):
                seen = Enquiry.objects.values_list("version", flat=True).get(pk=enquiry.pk)
                recommending.recommend(child.key, seen=seen, given=given, by=by, at=at)

    def decide(self, enquiry: Enquiry, council: int, number: int, at: datetime) -> None:
        """The manager agrees with most; the enquiry closes when everything was taken on."""
        with self.acting(council, Role.TEAM_MANAGER, at, second=bool(number % 2)) as by:
            now = Enquiry.objects.get(pk=enquiry.pk)
            if now.state != State.RECOMMENDED:
                return
            action = Action(
                "See each child alone, and where they sleep", f"user:{by.user_id}",
                at_the_desk(at + timedelta(hours=20)), called=names({by.user_id or 0}, by=by).get(by.user_id or 0, ""),
            )  # fmt: skip
            those = children(now, by=by)
            decided = queries.standing_decisions(those, by=by)
            for child in (each for each in those if each.pk not in decided):
                row = queries.standing_recommendations([child], by=by)[child.pk]
                given = rules.Decided(
                    outcome=row.outcome, detail=row.detail,
                    risk_seen="That a child is alone with what happens at night, and that nobody is told.",
                    direction="Go to the home within two days, in the evening; speak to each child alone.",
                    actions=(action,),
                )  # fmt: skip
                gaps = {str(gap.request.key): WITHOUT for gap in queries.missing(now, by=by, at=at)}
                seen = Enquiry.objects.values_list("version", flat=True).get(pk=enquiry.pk)
                signing.decide(child.key, seen=seen, given=given, without=gaps, by=by, at=at)
            told = list(
                Subject.objects.filter(enquiry=enquiry, is_child=True).values_list("matter__contact", flat=True)
            )
        self.agenda.plan(at + timedelta(minutes=25), partial(self.accept, enquiry, council))
        for contact in dict.fromkeys(told):
            self.decided(contact, at)

    def accept(self, enquiry: Enquiry, council: int, at: datetime) -> None:
        """The assessment team takes the children on."""
        with self.acting(council, Role.ASSESSMENT_MANAGER, at) as by:
            keys = list(Subject.objects.filter(enquiry=enquiry, is_child=True).values_list("key", flat=True))
            for slip in list(Handover.objects.filter(subject_key__in=keys, state="sent").order_by("id")):
                handovers.accept(slip.key, seen=slip.version, by=by, at=at)


def _meant(child: Subject, at: datetime) -> rules.Meant:
    """What the analysis says of one child: whoever is old enough is heard, of the others it is said why not."""
    born = child.named.date_of_birth if child.named else None
    speaks = born is not None and born <= london_date(at - SPEAKS_FROM)
    unborn = child.named is not None and child.named.kind == "unborn"
    return rules.Meant(
        child=str(child.key), means=MEANS, voice=VOICE if speaks else "",
        voice_on=london_date(at - timedelta(days=1)) if speaks else None,
        unheard="" if speaks else NOT_BORN if unborn else TOO_YOUNG,
    )  # fmt: skip
