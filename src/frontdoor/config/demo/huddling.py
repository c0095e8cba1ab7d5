"""Huddles of the demonstration: each council's of the last day, with police and health, child after child."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from frontdoor.access.rules import Role
from frontdoor.actors.rules import Actor
from frontdoor.config.demo.organisation import CAMBRIDGESHIRE, PETERBOROUGH
from frontdoor.config.demo.playing import Agenda
from frontdoor.mash.actions import huddles as actions
from frontdoor.mash.models import Subject
from frontdoor.mash.queries.asking.desks import desks

Acting = Callable[..., AbstractContextManager[Actor]]

BEFORE = timedelta(hours=2)
"""So long before the end they sit down."""
THERE = {"police": "Rhona Tull", "health": "Adaeze Bright"}
LINES = ("Health rings the mother before noon and says here what she heard.", "", "School keeps her until we ring.")


class Huddles:
    """Puts on the agenda one huddle a council, from who is present to its end.

    :param acting: somebody of a role, acting for a council
    """

    def __init__(self, agenda: Agenda, acting: Acting) -> None:
        self.agenda, self.acting = agenda, acting
        for council in (CAMBRIDGESHIRE, PETERBOROUGH):
            agenda.plan(agenda.until - BEFORE, partial(self._sit, council))

    def _sit(self, council: int, at: datetime) -> None:
        """The first children of the open enquiries are taken, of one of them something is decided at once."""
        with self.acting(council, Role.SOCIAL_WORKER, at) as by:
            present = {desk.key: THERE[desk.line] for desk in desks(by=by, at=at) if desk.line in THERE}
            made = actions.begin(present, by=by, at=at)
            open_now = Subject.objects.filter(enquiry__settled_at=None, is_child=True, same_as=None)
            for child, line in zip(open_now.order_by("enquiry_id", "id")[: len(LINES)], LINES, strict=False):
                actions.take(made.key, child.key, line=line, by=by, at=at)
        self.agenda.plan(at + timedelta(minutes=25), partial(self._end, council, made.key))

    def _end(self, council: int, key: UUID, at: datetime) -> None:
        with self.acting(council, Role.SOCIAL_WORKER, at) as by:
            actions.end(key, by=by, at=at)
