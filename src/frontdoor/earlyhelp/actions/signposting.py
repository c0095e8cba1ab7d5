"""Telling a family of services, and writing down whether it went (domain 4: what is used, and what is not)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, Permission, acting_person
from frontdoor.directory.models import Service
from frontdoor.directory.queries.searching import how_to_reach
from frontdoor.earlyhelp.actions.rows import Key, changed, taken, turn
from frontdoor.earlyhelp.models import Signpost, Uptake
from frontdoor.earlyhelp.rules import hub
from frontdoor.earlyhelp.rules.states import Line
from frontdoor.handovers.actions.slips import signature
from frontdoor.trail import actions as trail

KEEP = Permission.EARLY_HELP_KEEP
MOST = 10
"""Services that one telling names: nobody remembers more."""


@transaction.atomic
def signpost(
    key: Key, *, seen: int, services: Sequence[str], words: str = "", by: Actor, at: datetime
) -> list[Signpost]:
    """Write down which services a family was told of, also one whose early help has ended.

    The directory learns nothing of it: it stands with the family alone.

    :param services: their keys
    :raises NotPermitted: `by` does not keep early help
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: none, too many, or one that the public is not shown
    """
    episode, wanted = taken(key, KEEP, seen=seen, by=by, open_still=False), list(dict.fromkeys(services))
    found = {
        str(row.key): row for row in within(by, Service.objects.filter(key__in=wanted, public=True)).order_by("id")
    }
    if not wanted or len(wanted) > MOST or set(wanted) - set(found):
        raise InvalidInput(services=f"Choose from the services shown, {MOST} at most")
    rows = [
        Signpost.objects.create(
            authority_id=episode.authority_id, episode=episode, service=found[each].key, name=found[each].name[:300],
            how=how_to_reach(found[each], by=by), words=words.strip(), by_user=acting_person(by),
            by_name=signature(by), at=at,
        )
        for each in wanted
    ]  # fmt: skip
    changed(episode, by=by, at=at)
    turn(episode, Line.TOLD_OF, ", ".join(row.name for row in rows), by=by, at=at)
    trail.record("earlyhelp.signpost", subject=episode, by=by, at=at, services=wanted)
    return rows


@transaction.atomic
def record_uptake(
    key: Key, *, seen: int, signpost: Key, went: str, why: str = "", reason: str = "", by: Actor, at: datetime
) -> Uptake:
    """Write down what the family says came of a service that it was told of.

    :param reason: why it did not go, a code of `hub.REASONS`; where nobody chose one it is counted as something else

    :raises NotFound: the family was not told of it
    :raises NotPermitted: `by` does not keep early help
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no answer, or no reason for not going
    """
    episode, wrong = taken(key, KEEP, seen=seen, by=by, open_still=False), {}
    row = within(by, Signpost.objects.filter(episode=episode, key=signpost)).first()
    if row is None:
        raise NotFound
    if went not in dict(hub.UPTAKES):
        wrong["went"] = "Choose what came of it"
    if went == hub.NOT and not why.strip():
        wrong["why"] = "Write why they did not go: what was in the way tells us what to change"
    if reason and reason not in dict(hub.REASONS):
        wrong["reason"] = "Choose from the reasons"
    if wrong:
        raise InvalidInput(**wrong)
    made = Uptake.objects.create(
        authority_id=episode.authority_id, signpost=row, went=went, why=why.strip(),
        reason=(reason or "other") if went == hub.NOT else "", by_user=acting_person(by),
        by_name=signature(by), at=at,
    )  # fmt: skip
    changed(episode, by=by, at=at)
    turn(episode, Line.TOLD_OF, f"{row.name}: {made.get_went_display().lower()}. {made.why}".strip(), by=by, at=at)
    trail.record("earlyhelp.record_uptake", subject=episode, by=by, at=at, signpost=row.key, went=went)
    return made
