"""The days on which something was done for a child, taken over from the case system's tables with each refresh."""

from collections.abc import Collection, Iterable

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor
from frontdoor.people.actions.bringing import SYSTEM
from frontdoor.people.actions.bringing_writing import known
from frontdoor.people.models import Bringing, CaseDate
from frontdoor.people.rules.case_dates import CaseDay

_SAID = ["person_id", "on", "seen", "alone", "gone", "as_at", "bringing"]


def take_over_dates(run: Bringing, every: Iterable[CaseDay], *, tables: Collection[str], by: Actor) -> None:
    """Make what stands what the tables say. Part of the refresh.

    :param tables: those that are there: what another one said before stays as it was
    """
    told = {(each.external, each.kind): each for each in every}
    people = known({each.person for each in told.values()}, system=SYSTEM, by=by)
    standing = {(row.external, row.kind): row for row in within(by, CaseDate.objects.all())}
    new: list[CaseDate] = []
    changed: list[CaseDate] = []
    for place, each in told.items():
        if each.person not in people:
            continue
        row = standing.get(place) or CaseDate(authority_id=run.authority_id, external=each.external, kind=each.kind)
        row.person_id, row.on, row.seen, row.alone = people[each.person], each.on, each.seen, each.alone
        row.gone, row.as_at, row.bringing = False, run.as_at or run.begun_at, run
        (changed if row.pk else new).append(row)
    ended = [
        row for place, row in standing.items()
        if place not in told and not row.gone and row.external.split(":")[0] in tables
    ]  # fmt: skip
    for row in ended:
        row.gone, row.bringing = True, run
    CaseDate.objects.bulk_create(new, batch_size=1_000)
    CaseDate.objects.bulk_update([*changed, *ended], ["person", *_SAID[1:]], batch_size=500)
