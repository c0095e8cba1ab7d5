"""Telling whoever worked with a wrong record, or on a wrong match, each with a clock until they have looked again."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    NotFound,
    Permission,
    StepNotAllowed,
    acting_council,
    acting_person,
    require,
    unchanged,
)
from frontdoor.clocks import actions as clocks
from frontdoor.matching.models import Join, Link, Told
from frontdoor.matching.queries.joining_acts import acts, acts_on_match
from frontdoor.matching.rules.joining_telling import LOOK, Act, Did, looked
from frontdoor.trail import actions as trail

KIND = "matching.told"
"""What clocks and the trail call one person's task to look again."""


def tell_who_acted(join: Join, *, by: Actor, at: datetime) -> int:
    """Tell everybody who worked with the record while it was joined, but whoever parts it; how many were told."""
    return _told(acts(join, by=by), {"join": join}, by=by, at=at)


def tell_who_relied(link: Link, *, by: Actor, at: datetime) -> int:
    """Tell everybody who decided, wrote or handed over while somebody was taken for the wrong person; how many.

    Where nobody did anything of the kind nothing rests on it, and nobody is told: not whoever matched them either.
    """
    found = acts_on_match(link, by=by)
    if all(act.what is Did.MATCHED for act in found):
        return 0
    return _told(found, {"link": link}, by=by, at=at)


def _told(found: Iterable[Act], of: dict[str, Join | Link], *, by: Actor, at: datetime) -> int:
    """One row, one clock and one notice for each person, however much they did."""
    mine: dict[int, list[Act]] = defaultdict(list)
    for act in found:
        if act.user_id is not None and act.user_id != by.user_id:
            mine[act.user_id].append(act)
    for user, done in sorted(mine.items()):
        told = Told.objects.create(
            authority_id=acting_council(by), user_id=user, acts=dict(Counter(act.what.value for act in done)),
            last_at=max(act.at for act in done), told_at=at, **of,
        )  # fmt: skip
        begun = clocks.start(LOOK, subject=(KIND, told.key), owner_id=user, by=by, at=at)
        clocks.announce(begun, by=by, at=at)
    return len(mine)


@transaction.atomic
def look_again(key: UUID | str, *, seen: int, finding: str, words: str = "", by: Actor, at: datetime) -> Told:
    """Say what one found when one looked again at what one did with a record that was joined by mistake.

    :raises NotFound: absent, another council's, or somebody else's
    :raises Conflict: it was changed since
    :raises InvalidInput: no finding, or no words for what must be put right
    :raises StepNotAllowed: it was said already
    """
    require(by, Permission.PERSON_READ, authority=acting_council(by))
    mine = Told.objects.select_for_update(of=("self",)).filter(key=key, user_id=acting_person(by))
    told = within(by, mine).first()
    if told is None:
        raise NotFound
    if told.looked_at is not None:
        raise StepNotAllowed("You have said what you found.", when=told.looked_at)
    unchanged(seen, told.version)
    told.words, told.finding, told.looked_at = looked(finding, words), finding, at
    told.version += 1
    told.save(update_fields=["words", "finding", "looked_at", "version"])
    clocks.stop(LOOK, subject=(KIND, told.key), by=by, at=at)
    trail.record("matching.look_again", subject=told, by=by, at=at, finding=finding)
    return told
