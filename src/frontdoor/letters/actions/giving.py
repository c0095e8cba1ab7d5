"""Writing down what was given to somebody, or not given, where no other row tells of it."""

from datetime import datetime
from uuid import UUID

from frontdoor.actors.rules import Actor, InvalidInput, acting_council
from frontdoor.letters.models import Given
from frontdoor.letters.rules import Subject
from frontdoor.letters.rules.ledger import WENT, Went
from frontdoor.trail import actions as trail


def write_given(
    subject: Subject,
    *,
    went: Went,
    what: str,
    to_whom: str,
    why: str,
    agency: str = "",
    basis: str = "",
    how: str = "",
    child: UUID | None = None,
    by: Actor,
    at: datetime,
) -> Given:
    """One line of the ledger. Part of the act that gives or decides not to, which asks for the permission.

    :param what: a summary, never the words themselves
    :raises InvalidInput: nobody is named, or no reason is given
    """
    problems = {name: words for name, words in _ASKED.items() if not {"to_whom": to_whom, "why": why}[name].strip()}
    if problems or went not in dict(WENT):
        raise InvalidInput(**problems)
    made = Given.objects.create(
        authority_id=acting_council(by), subject_kind=subject[0], subject_key=subject[1], child=child, went=went,
        what=what[:300], to_whom=to_whom.strip()[:200], agency=agency.strip()[:200], why=why.strip()[:500],
        basis=basis[:300], how=how[:60], made_by=by.user_id, at=at,
    )  # fmt: skip
    trail.record("letters.write_given", subject=subject, by=by, at=at, line=made.key, went=went)
    return made


_ASKED = {"to_whom": "Say to whom", "why": "Say why"}
