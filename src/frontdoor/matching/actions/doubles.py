"""Answering a suspicion that two records are one person."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require, unchanged
from frontdoor.matching.actions.joining import both, say_not_same
from frontdoor.matching.models import Suspicion
from frontdoor.matching.queries.doubles import reached
from frontdoor.matching.rules import doubles as rules
from frontdoor.matching.rules.joining import reason
from frontdoor.trail import actions as trail


@transaction.atomic
def reject(key: UUID | str, *, seen: int, why: str, by: Actor, at: datetime) -> Suspicion:
    """Say that two records are not one person: no search offers them again.

    :raises NotPermitted: `by` does not look after the index
    :raises NotFound: absent, another council's, of a record that `by` may not open, or of a council out of reach
    :raises Conflict: it was changed since
    :raises InvalidInput: no reason
    :raises StepNotAllowed: it was answered already, or one was joined into another record
    """
    require(by, Permission.MATCH_EXPLAIN, authority=acting_council(by))
    taken = Suspicion.objects.select_for_update(of=("self",)).filter(reached(by), key=key)
    row = within(by, taken).first()
    if row is None:
        raise NotFound
    state = rules.after(row.state, rules.Step.REJECT)
    unchanged(seen, row.version)
    row.state, row.answered_by, row.answered_at, row.why = state.value, by.user_id, at, reason(why)
    row.version += 1
    row.save(update_fields=["state", "answered_by", "answered_at", "why", "version"])
    if row.other is not None:
        one, other = both(row.person.key, row.other.key, by=by)
        say_not_same(one, other, ground="looked_at", why=row.why, by=by, at=at)
    trail.record("matching.reject_double", subject=row, by=by, at=at, why=row.why)
    return row
