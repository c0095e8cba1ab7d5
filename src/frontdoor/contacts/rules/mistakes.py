"""The law of what was entered by mistake: two people, nothing decided on it, nothing deleted (domain 1.13)."""

from dataclasses import dataclass

from frontdoor.actors.rules import Actor, InvalidInput, Permission, StepNotAllowed
from frontdoor.contacts.rules.screening import Told, words_of_a_child
from frontdoor.contacts.rules.states import CHILD_KINDS

ASKS = Permission.CONTACT_TAKE
"""Whoever takes contacts in may say that one was a mistake."""


@dataclass(frozen=True, slots=True)
class Stands:
    """What stands on a contact that somebody calls a mistake.

    :param ended: where it stands, in words, if it is closed already
    :param moved: something has been recommended, decided or passed on for a child of it
    :param leads: another contact was closed into it as a duplicate
    """

    ended: str = ""
    moved: bool = False
    protected: bool = False
    flagged: bool = False
    leads: bool = False
    asked: bool = False
    ringing: bool = False
    calling: bool = False


def why_none(stands: Stands) -> str:
    """Why this cannot be called a mistake now; empty when it can. Whatever protects a child comes first."""
    found = (
        (stands.ended, f"{stands.ended}."),
        (stands.protected, "Protection was started here, so this is no mistake."),
        (stands.flagged, "There is a red flag that nobody has taken. A qualified worker takes it first."),
        (stands.ringing, "Somebody is still to be rung back about a child's safety."),
        (stands.calling, "The call is still going on."),
        (stands.moved, "Something has been recommended or decided here. Take that back first."),
        (stands.leads, "Another contact was closed into this one. Undo that link first."),
        (stands.asked, "A question is still open. Stop waiting for its answer first."),
    )
    return next((words for stands_so, words in found if stands_so), "")


def speaks_of_a_child(told: Told) -> bool:
    """Whether a contact names or describes a child, or somebody said danger: it errs towards yes."""
    return bool(CHILD_KINDS & set(told.kinds)) or told.danger == "yes" or any(map(words_of_a_child, told.texts))


def agrees(told: Told) -> Permission:
    """What the second person must hold: a manager where a child is named or described, else a social worker.

    It takes a child out of every queue, so it weighs what a decision weighs: a contact officer never does it alone,
    and two of them do not either.
    """
    return Permission.CONTACT_DECIDE if speaks_of_a_child(told) else Permission.CONTACT_SCREEN


def check_second(asked_by: int, *, by: Actor, looked: bool, told: Told) -> None:
    """Two people; and nobody agrees to what no qualified worker has read.

    :raises StepNotAllowed: the same person, or a child is named and nobody has looked
    """
    if asked_by == by.user_id:
        raise StepNotAllowed("You said this yourself. Another person agrees, or does not.")
    if speaks_of_a_child(told) and not looked:
        raise StepNotAllowed("A child is named or described here and nobody qualified has looked. Look first.")


def check_why(why: str) -> None:
    """Every step of it says why, in one line.

    :raises InvalidInput: it does not
    """
    if not why.strip():
        raise InvalidInput(why="Write one line: why")
    if len(why) > 300 or any(mark in why for mark in "\r\n"):
        raise InvalidInput(why="Write one line of at most 300 characters")
