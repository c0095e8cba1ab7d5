"""What each kind of referrer may know (domain 1.10): the one place that says it."""

from dataclasses import dataclass
from enum import StrEnum

from frontdoor.letters.rules.kinds import Kind

AS_AGREED = frozenset({"6", "7"})
"""Census sources answered as agreed with them: the police; courts, probation, immigration, Cafcass, prisons."""


class Audience(StrEnum):
    """For whom a text is written."""

    PROFESSIONAL = "professional"
    PUBLIC = "public"
    CHILD = "child"
    PARENT = "parent"


@dataclass(frozen=True, slots=True)
class Knowing:
    """What somebody may be told.

    :param audience: whose texts are used; None: nobody can be told
    :param outcome: what was decided
    :param reason: why it was decided
    :param next_step: what happens next, and who does it
    :param challenge: how to disagree
    :param family: anything about the family, the child's name included
    :param as_agreed: how much is told follows from an agreement with the agency, so a person looks first
    """

    audience: Audience | None
    acknowledged: bool = True
    outcome: bool = False
    reason: bool = False
    next_step: bool = False
    challenge: bool = False
    family: bool = False
    as_agreed: bool = False


_PROFESSIONAL = Knowing(Audience.PROFESSIONAL, outcome=True, reason=True, next_step=True, challenge=True, family=True)
_AGREED = Knowing(
    Audience.PROFESSIONAL, outcome=True, reason=True, next_step=True, challenge=True, family=True, as_agreed=True
)
_PUBLIC = Knowing(Audience.PUBLIC, challenge=True)
_CHILD = Knowing(Audience.CHILD, next_step=True)
_PARENT = Knowing(Audience.PARENT, outcome=True, reason=True, next_step=True, challenge=True, family=True)
_NOBODY = Knowing(None, acknowledged=False)

_BY_KIND = {
    "professional": _PROFESSIONAL,
    "family": _PUBLIC,
    "public": _PUBLIC,
    "child": _CHILD,
    "parent": _PARENT,
    "anonymous": _NOBODY,
}


def may_know(referrer_kind: str, *, source: str = "") -> Knowing:
    """What a kind of referrer may be told.

    A professional hears outcome, reason, next step, whom to call and how to challenge. The public, and a member of the
    family who is not told as a parent, hear that it arrived and that it was decided, and nothing about the family. A
    child hears what happens next, in few words. Who gave no name cannot be told.

    :param referrer_kind: code of `codes.REFERRER_KINDS`; an unknown one is treated as the public
    :param source: census code
    """
    known = _BY_KIND.get(referrer_kind, _PUBLIC)
    return _AGREED if known is _PROFESSIONAL and source in AS_AGREED else known


OUTCOME_KINDS = {
    Audience.PROFESSIONAL: Kind.OUTCOME_PROFESSIONAL,
    Audience.PUBLIC: Kind.OUTCOME_PUBLIC,
    Audience.CHILD: Kind.OUTCOME_CHILD,
}
"""Which letter tells an outcome to whom."""
