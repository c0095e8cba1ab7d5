"""Who sees a slip, who answers it and who acts for its giver."""

from collections.abc import Collection
from enum import StrEnum
from typing import Protocol

from frontdoor.actors.rules import Actor, Permission


class Slip(Protocol):
    """What of a slip decides who sees it."""

    @property
    def restricted(self) -> bool: ...
    @property
    def state(self) -> str: ...
    @property
    def from_team_id(self) -> int: ...
    @property
    def from_user(self) -> int | None: ...
    @property
    def to_team_id(self) -> int | None: ...
    @property
    def to_user(self) -> int | None: ...
    @property
    def to_manager(self) -> int | None: ...


class Sight(StrEnum):
    """How much somebody sees: all of it, that it exists and when it is due, or nothing."""

    WHOLE = "whole"
    MASKED = "masked"
    NONE = "none"


def teams(by: Actor) -> Collection[int]:
    """The teams that the actor's posts cover in the council acted for."""
    return by.teams.get(by.authority, frozenset()) if by.authority is not None else frozenset()


def receives(by: Actor, slip: Slip) -> bool:
    """Whether the actor is on the receiving side: a member of the team, the named worker or that manager."""
    if by.is_system or slip.to_team_id in teams(by):
        return True
    return by.user_id is not None and by.user_id in (slip.to_user, slip.to_manager)


def gives(by: Actor, slip: Slip) -> bool:
    """Whether the actor is on the giving side: the giver, or a member of the giver's team."""
    return by.is_system or slip.from_team_id in teams(by) or _is_giver(by, slip)


def _is_giver(by: Actor, slip: Slip) -> bool:
    return by.user_id is not None and by.user_id == slip.from_user


def sight(by: Actor, slip: Slip) -> Sight:
    """How much of a slip the actor sees.

    A restricted slip is for the team that receives it and for whoever wrote it. The giver's team sees that one of its
    people waits for an answer and until when, for no child waits unseen; a head of service sees what they must settle.
    """
    if not slip.restricted or receives(by, slip) or _is_giver(by, slip):
        return Sight.WHOLE
    if slip.state == "escalated" and by.may(Permission.HANDOVER_OVERRULE):
        return Sight.WHOLE
    return Sight.MASKED if gives(by, slip) else Sight.NONE
