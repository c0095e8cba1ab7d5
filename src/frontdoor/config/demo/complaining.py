"""Complaints and compliments of the demonstration: one answered and learnt from, one in hand, thanks passed on."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from frontdoor.access.rules import Role
from frontdoor.actors.rules import Actor
from frontdoor.complaints import actions
from frontdoor.complaints.models import Complaint
from frontdoor.complaints.rules import KINDS
from frontdoor.config.demo.playing import Agenda, at_the_desk

if TYPE_CHECKING:
    from frontdoor.config.demo.practising import Case

Acting = Callable[..., AbstractContextManager[Actor]]
WAYS = {"A049": "answered", "A110": "owned", "A115": "thanked"}
"""By arrival; the others wait for somebody who answers for them."""


class Complaints:
    """Puts the work on complaints on the agenda.

    :param acting: somebody of a role, acting for the council of a case
    """

    def __init__(self, agenda: Agenda, acting: Acting) -> None:
        self.agenda, self.acting = agenda, acting

    def begin(self, case: "Case", at: datetime) -> None:
        """Whoever took the arrival in sees that it is a complaint or a compliment, and takes it in as one too."""
        if case.arrival is not None and case.arrival.expected.sub_type in dict(KINDS):
            self.agenda.plan(at + timedelta(minutes=4), partial(self._take, case, case.arrival.expected.sub_type))

    def _take(self, case: "Case", kind: str, at: datetime) -> None:
        way = WAYS.get(case.arrival.id if case.arrival else "", "")
        with self.acting(case, Role.CONTACT_OFFICER, at) as by:
            made = actions.take(
                kind=kind, way="contact", what=case.contact.story, who="parent", contact=case.contact.key, by=by, at=at
            )
        soon = at_the_desk(at + case.minutes(120, 300))
        if way == "thanked":
            self.agenda.plan(soon, partial(self._thank, case, made.key))
        elif way:
            self.agenda.plan(soon, partial(self._own, case, made.key, way))

    def _thank(self, case: "Case", key: UUID, at: datetime) -> None:
        with self.acting(case, Role.TEAM_MANAGER, at) as by:
            actions.thank(key, seen=_seen(key), why="Read out in the morning meeting.", by=by, at=at)

    def _own(self, case: "Case", key: UUID, way: str, at: datetime) -> None:
        with self.acting(case, Role.TEAM_MANAGER, at) as by:
            actions.own(key, seen=_seen(key), owner=by.user_id or 0, by=by, at=at)
        if way == "answered":
            self.agenda.plan(at_the_desk(at + timedelta(days=3)), partial(self._reply, case, key))

    def _reply(self, case: "Case", key: UUID, at: datetime) -> None:
        with self.acting(case, Role.TEAM_MANAGER, at) as by:
            actions.reply(
                key, seen=_seen(key), outcome="upheld", reply="We are sorry. What happened is written down and mended.",
                how="letter", learning="Two families of like names stood side by side in one list.",
                action="Read the full name and date of birth aloud before a letter is printed",
                owner=f"user:{by.user_id}", by=by, at=at,
            )  # fmt: skip


def _seen(key: UUID) -> int:
    return Complaint.objects.values_list("version", flat=True).get(key=key)
