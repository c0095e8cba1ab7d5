"""Disagreements of the demonstration: one resolved and learnt from, one taken to the managers, one that is nobody's."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from functools import partial

from frontdoor.access.rules import Role
from frontdoor.actors.rules import Actor
from frontdoor.config.demo.organisation import CAMBRIDGESHIRE, PETERBOROUGH
from frontdoor.config.demo.playing import Agenda
from frontdoor.contacts.models import Decision, Matter
from frontdoor.mash.actions import disagreements as actions
from frontdoor.mash.models import Disagreement
from frontdoor.mash.rules.disagreements import Raised

Acting = Callable[..., AbstractContextManager[Actor]]
"""Somebody of a role of the operator, acting for a council at a time."""

VISITS = Raised(
    about="threshold", who="Hannah Lowther", role="Health visitor", agency="Nene Community Health",
    position="Advice is not enough. I have been to the home three times and written to you twice.",
    wanted="Somebody asks the family and us together, this week.",
    safety="I go there every second day and ring you at once if anything is worse.",
)  # fmt: skip
DAYS = Raised(
    about="delay", who="Piers Adeyemi", role="Designated safeguarding lead", agency="Hereward Schools Trust",
    position="Nobody has spoken with her since we told you, and it is the last week before the holiday.",
    wanted="She is spoken with at school before Friday.", way="email",
    safety="Her tutor meets her at the gate each morning and stays until she is collected.",
)  # fmt: skip
SHARING = Raised(
    about="sharing", who="Sergeant Nita Rowe", role="Police", agency="Cambridgeshire Constabulary", way="in_person",
    position="We were not told that the school had the same worry in March.",
    wanted="What schools tell the front door reaches us the same day where our own notice is named.",
    safety="Neighbourhood officers pass the address each evening this week.",
)  # fmt: skip


class Disagreements:
    """Puts on the agenda what professionals say against decisions of the last days."""

    def __init__(self, agenda: Agenda, acting: Acting) -> None:
        self.agenda, self.acting = agenda, acting
        for council, days, raised, way in (
            (PETERBOROUGH, 5, SHARING, "resolved"),
            (PETERBOROUGH, 2, VISITS, "taken_on"),
            (CAMBRIDGESHIRE, 1, DAYS, ""),
        ):
            at = agenda.until - timedelta(days=days)
            agenda.plan(at, partial(self._raise, council, raised, way))

    def _raise(self, council: int, raised: Raised, way: str, at: datetime) -> None:
        """Against the newest decision to give advice or to do nothing, on which nobody has disagreed yet."""
        with self.acting(council, Role.CONTACT_OFFICER, at) as by:
            said = Disagreement.objects.exclude(matter=None).values("matter_id")
            decided = Decision.objects.filter(voided_at=None, outcome__in=("information_advice", "nfa", "signpost"))
            newest = decided.exclude(matter__in=said).order_by("-made_at", "-id").values("matter_id")[:1]
            matter = Matter.objects.select_related("contact").filter(pk__in=newest).first()
            if matter is None:
                return
            made = actions.disagree(matter.contact.key, raised, matter=matter.key, by=by, at=at)
        if way:
            self.agenda.plan(at + timedelta(hours=3), partial(self._settle, council, made, way))

    def _settle(self, council: int, made: Disagreement, way: str, at: datetime) -> None:
        """The head of service, who made none of these decisions, sees to it."""
        with self.acting(council, Role.HEAD_OF_SERVICE, at) as by:
            if way == "taken_on":
                actions.take_on(
                    made.key, seen=made.version, stage=2, owner=by.user_id or 0, counterpart="The named nurse",
                    why="The second letter came after the decision; both still read it otherwise.", by=by, at=at,
                )  # fmt: skip
                return
            actions.resolve(
                made.key, seen=made.version, outcome="more", agreed=True, by=by, at=at,
                how="Read together by telephone. The decision stands; the desk tells the force what schools add.",
                learning="What is added to a contact goes on to whoever reported the same event.",
            )  # fmt: skip
