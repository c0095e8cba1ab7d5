"""What became of children who were referred, in words with their days: for whoever decided about them."""

from collections.abc import Collection
from datetime import date

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission
from frontdoor.clocks.rules import london_date
from frontdoor.codes import rules as codes
from frontdoor.referrals.models import Milestone, Referral
from frontdoor.referrals.queries.opening import visible
from frontdoor.referrals.rules.recording import Dated
from frontdoor.referrals.rules.states import State
from frontdoor.shell.rules import short_day

Step = tuple[date, str]


def steps_of(people: Collection[int], *, since: date, by: Actor) -> dict[int, list[Step]]:
    """What was done for these people in referrals that began from a day on, by person, the earliest first.

    :returns: nothing for whoever reads no referrals
    """
    if not people or not by.may(Permission.REFERRAL_READ):
        return {}
    rows = Referral.objects.filter(person__in=set(people), began_on__gte=since)
    rows = rows.exclude(state__in=[State.WITHDRAWN, State.JOINED])
    held = list(within(by, visible(rows, by=by)).order_by("began_at", "id"))
    dated = Milestone.objects.filter(referral__in=held, struck_at=None).select_related("referral")
    found: dict[int, list[Step]] = {}
    for row in held:
        if row.person_id is not None:
            found.setdefault(row.person_id, []).extend(_of(row))
    for each in within(by, dated).order_by("on", "id"):
        words = Dated(each.kind).words
        found[each.referral.person_id or 0].append((each.on, f"{words} on {short_day(each.on)}."))
    return {person: sorted(steps, key=lambda step: step[0]) for person, steps in found.items()}


def _of(row: Referral) -> list[Step]:
    steps = [(row.began_on, f"Referred on {short_day(row.began_on)}.")]
    if row.seen_at is not None:
        on = london_date(row.seen_at)
        alone = ", and alone" if row.alone_at is not None and london_date(row.alone_at) == on else ""
        steps.append((on, f"Seen on {short_day(on)}{alone}."))
    if row.closed_on is not None:
        why = "no further action" if row.nfa else codes.CLOSURE_REASONS[row.closure].label.lower()
        steps.append((row.closed_on, f"The referral was closed on {short_day(row.closed_on)}: {why}."))
    return steps
