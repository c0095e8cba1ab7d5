"""Assessments of the demonstration: written together with families that were taken on, shared, and looked at again."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from frontdoor.access.rules import Role
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import Actor
from frontdoor.config.demo.arriving import Staff
from frontdoor.config.demo.playing import Agenda, at_the_desk
from frontdoor.earlyhelp.models import Episode
from frontdoor.earlyhelp.queries import finding
from frontdoor.earlyhelp.rules.agreeing import Purpose
from frontdoor.earlyhelp.rules.states import State
from frontdoor.familyhelp.actions import assessing as actions
from frontdoor.familyhelp.models import Practitioner
from frontdoor.familyhelp.queries import assessment as queries
from frontdoor.familyhelp.queries.assessment import Part
from frontdoor.familyhelp.rules.assessing import Written
from frontdoor.familyhelp.rules.framework import Side
from frontdoor.shell.rules import london

Step = Callable[[Episode, int, datetime], None]
FIVE_YEARS = 1_826
"""In days."""
WELL = {
    "health_well": "Sleeps well and eats most things. Jabs are up to date.",
    "education_well": "Likes numbers, and the teacher. Has two good friends in class.",
    "relations_well": "Goes to gran when something is wrong.",
}
WORRY = {
    "education_worry": "Late three days in five; misses the start of every reading lesson.",
    "feelings_worry": "Cries on Sunday evenings. Nobody knows yet why.",
    "selfcare_worry": "Makes breakfast for the little one alone.",
}
SAID = (
    "I want to get there before the bell.", "I like it when we all eat together.",
    "I worry about mum when she is at work at night.", "Football is the best bit of my week.",
)  # fmt: skip
HEARD = {
    "voice_how": "Drawing the week together, on the sofa, with the door open.",
    "voice_who": "Their worker, alone.",
}
UNHEARD = "Too young to be asked: seen at play with mum, and content. Will be seen again at the review."
CARE = {
    "warmth_well": "Praises them, laughs with them, knows what each of them likes.",
    "stability_worry": "Nights at work, asleep at eight: the mornings have nobody.",
    "wants": "Somebody at the door at seven for a few weeks, until I am on days.",
}
FAMILY = {
    "wider_well": "Gran lives ten minutes away and would help if somebody asked her.",
    "housing_well": "A warm flat with room enough; the landlord mends what breaks.",
    "income_worry": "The money ends on the 20th. Nobody has asked for free school meals.",
}
THINKING = {
    "going_on": "A loving family whose nights and mornings collide. The eldest carries what nobody else is there for.",
    "change": "A grown-up is there at seven, the eldest is a child again, and school starts on time.",
}
LATER = {"change": "Gran comes on Tuesdays and Thursdays, and mum is on days from next month. Keep the mornings."}
NEXT, SECOND, SHARED, AGAIN, REVIEWED = (timedelta(days=days) for days in (2, 6, 13, 63, 66))


class Assessing:
    """Puts on the agenda how a family's assessment is written: by whoever leads, and by the hub."""

    def __init__(self, agenda: Agenda, staff: Staff) -> None:
        self.agenda, self.staff = agenda, staff

    def taken_on(self, episode: Episode, number: int, at: datetime) -> None:
        """A family was taken on: two people write in turn; one in five is still being written."""
        steps = [(NEXT, self._begin), (SECOND, self._go_on)]
        if number % 5:
            steps += [(SHARED, self._share), (AGAIN, self._again), (REVIEWED, self._share)]
        self._plan(episode, number, at, steps)

    def _plan(self, episode: Episode, number: int, began: datetime, steps: Sequence[tuple[timedelta, Step]]) -> None:
        """Each step is planned when the one before it was taken: where one is refused nothing follows it."""
        if not steps:
            return
        (after, step), *others = steps

        def take(at: datetime) -> None:
            if self._works(episode, at):
                step(episode, number, at)
                self._plan(episode, number, began, others)

        self.agenda.plan(at_the_desk(began + after), take)

    def _works(self, episode: Episode, at: datetime) -> bool:
        """Whether somebody works with the family still, and somebody of it agrees."""
        with acting_for(episode.authority_id, by=self.staff.person(Role.EARLY_HELP_OFFICER, at=at)) as by:
            allocated = Episode.objects.filter(pk=episode.pk, state=State.ALLOCATED).exists()
            return allocated and finding.agrees(episode, Purpose.HELP, by=by, at=at)

    def _by(self, episode: Episode, number: int, at: datetime) -> Actor:
        """Whoever leads it, where they have an account and are in its team; else somebody of the hub."""
        officer = self.staff.person(Role.EARLY_HELP_OFFICER, at=at)
        if not number % 3:
            return officer
        lead = self.staff.person(Role.LEAD_PRACTITIONER, at=at, authority=episode.authority_id)
        with acting_for(episode.authority_id, by=officer):
            here = Practitioner.objects.filter(episode=episode, user=lead.user_id, until=None).exists()
        return lead if here else officer

    def _begin(self, episode: Episode, number: int, at: datetime) -> None:
        with acting_for(episode.authority_id, by=self._by(episode, number, at)) as by:
            actions.begin(episode.key, by=by, at=at)
            for place, part in enumerate(queries.parts_of(episode, by=by)):
                if part.side is Side.CHILD:
                    _write(episode, part, WELL | _voice(part, number + place, at), by=by, at=at)
                elif part.side is Side.CARER:
                    _write(episode, part, CARE | {"scale_home": "4", "scale_feeling": "3"}, by=by, at=at)
                elif part.side is Side.FAMILY:
                    _write(episode, part, FAMILY, by=by, at=at)

    def _go_on(self, episode: Episode, number: int, at: datetime) -> None:
        """Somebody of the hub writes what they know beside it."""
        with acting_for(episode.authority_id, by=self.staff.person(Role.EARLY_HELP_OFFICER, at=at)) as by:
            for part in queries.parts_of(episode, by=by):
                if part.side is Side.CHILD:
                    _write(episode, part, WORRY, by=by, at=at)
                elif part.side is Side.THINKING:
                    _write(episode, part, THINKING, by=by, at=at)

    def _share(self, episode: Episode, number: int, at: datetime) -> None:
        partly = number % 4 == 0
        with acting_for(episode.authority_id, by=self._by(episode, number, at)) as by:
            stands = queries.passages(queries.rounds(episode, by=by)[-1], by=by)
            actions.share(
                episode.key, seen=queries.version_of(stands), agrees="partly" if partly else "yes",
                comments="We are not late every day. The rest is right." if partly else "That is us. Thank you.",
                how="together", who="Mum and the children", by=by, at=at,
            )  # fmt: skip

    def _again(self, episode: Episode, number: int, at: datetime) -> None:
        with acting_for(episode.authority_id, by=self._by(episode, number, at)) as by:
            actions.begin(episode.key, why="Two months have passed: the family looks at it again.", by=by, at=at)
            for place, part in enumerate(queries.parts_of(episode, by=by)):
                if part.side is Side.CHILD:
                    _write(episode, part, _voice(part, number + place + 1, at), by=by, at=at)
                elif part.side is Side.CARER:
                    _write(episode, part, {"scale_home": "7", "scale_feeling": "6"}, by=by, at=at)
                elif part.side is Side.THINKING:
                    _write(episode, part, LATER, by=by, at=at)


def _voice(part: Part, number: int, at: datetime) -> dict[str, str]:
    """What a child says and how things are for them, or why it could not be asked."""
    named = part.member.named if part.member else None
    born = named.date_of_birth if named else None
    if born is None or (london(at).date() - born).days < FIVE_YEARS:
        return {"voice_unheard": UNHEARD}
    return {"voice_words": SAID[number % len(SAID)], "scale_home": str(4 + number % 4), **HEARD}


def _write(episode: Episode, part: Part, texts: Mapping[str, str], *, by: Actor, at: datetime) -> None:
    """Each field over what stands in it."""
    stands = queries.passages(queries.rounds(episode, by=by)[-1], by=by)
    given = [
        Written(code, text, stands[part.of, code].version if (part.of, code) in stands else 0)
        for code, text in texts.items()
    ]
    actions.write(episode.key, part=part.name, given=given, by=by, at=at)
