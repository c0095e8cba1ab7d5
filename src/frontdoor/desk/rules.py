"""Who is told of a clock today: the owner, the team's manager, the manager of the day, the head of service.

Whoever no longer reaches the council counts as nobody, and what is nobody's goes to the next above.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from frontdoor.access.rules import Role
from frontdoor.clocks.rules import Escalation, Recipient

TEAM_MANAGERS = frozenset({Role.TEAM_MANAGER, Role.ASSESSMENT_MANAGER})
"""Roles that manage the team in which they are held."""

MANAGERS_OF_THE_DAY = frozenset({Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE})
"""Roles that somebody on the rota must hold to be the manager of the day."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who reaches the council today.

    :param posts: the council's teams that their posts cover, each with the role held there
    """

    id: int
    roles: frozenset[Role]
    posts: frozenset[tuple[int, Role]] = frozenset()


@dataclass(frozen=True, slots=True)
class Present:
    """Who reaches the council today, and who of them is on the rota at this moment."""

    people: Sequence[Person]
    on_rota: Collection[int] = ()

    @property
    def ids(self) -> frozenset[int]:
        return frozenset(each.id for each in self.people)

    def holding(
        self, role: Escalation, *, owner_id: int | None, team_id: int | None
    ) -> tuple[Escalation, Sequence[int]]:
        """Whoever holds a part in a clock's escalation today, and the part in which they hold it.

        An owner who is gone is stood in for by the team's manager, and where the team has none by the manager of the
        day: a manager on the rota now, else every team manager of the front door, else the head of service.
        """
        if role is Escalation.OWNER and owner_id is not None and owner_id in self.ids:
            return role, (owner_id,)
        if role in (Escalation.OWNER, Escalation.TEAM_MANAGER):
            wanted = {(team_id, manager) for manager in TEAM_MANAGERS}
            if found := [each.id for each in self.people if each.posts & wanted]:
                return Escalation.TEAM_MANAGER, found
        if role is not Escalation.HEAD_OF_SERVICE and (found := self._of_the_day()):
            return Escalation.MANAGER_OF_THE_DAY, found
        return Escalation.HEAD_OF_SERVICE, [each.id for each in self.people if Role.HEAD_OF_SERVICE in each.roles]

    def _of_the_day(self) -> list[int]:
        on = [each.id for each in self.people if each.id in self.on_rota and each.roles & MANAGERS_OF_THE_DAY]
        return on or [each.id for each in self.people if Role.TEAM_MANAGER in each.roles]


def recipients(
    tell: Sequence[Escalation],
    messaged: Iterable[Escalation],
    present: Present,
    *,
    owner_id: int | None,
    team_id: int | None,
) -> list[Recipient]:
    """Who is told, each person once and in the first part that they hold; nobody, where there is nobody to tell.

    :param messaged: the parts whose holders get a message too
    """
    reached: dict[int, Escalation] = {}
    for role in tell:
        part, users = present.holding(role, owner_id=owner_id, team_id=team_id)
        for user in users:
            reached.setdefault(user, part)
    if not reached:
        return [Recipient(None, tell[-1])] if tell else []
    loud = {user for role in messaged for user in present.holding(role, owner_id=owner_id, team_id=team_id)[1]}
    return [Recipient(user, part, message=user in loud) for user, part in reached.items()]


SUBJECT = "Notices for you"


def message(waiting: int, council: str, address: str) -> tuple[str, ...]:
    """What a message says, part by part: how many notices, and where to read them.

    :param address: where staff sign in; empty where the council has given none
    """
    many = "1 notice waits" if waiting == 1 else f"{waiting} notices wait"
    where = f"Sign in to read: {address}" if address else "Sign in to read."
    return f"{many} for you at the front door of {council}.", where, "This message holds no details."
