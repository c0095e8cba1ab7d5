"""Counts of a council without names, of what its reader may see: who came back, outcomes, services taken up."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.earlyhelp.models import Episode, Signpost, Uptake
from frontdoor.earlyhelp.rules import hub
from frontdoor.familyhelp.models import Evidence, Outcome, StepDown
from frontdoor.familyhelp.queries import standing
from frontdoor.familyhelp.queries.outcomes import Marked
from frontdoor.familyhelp.rules.checking import came_back
from frontdoor.familyhelp.rules.outcomes import MET, NATIONAL, Phase
from frontdoor.familyhelp.rules.standing import State
from frontdoor.referrals.models import Arrival, Referral
from frontdoor.referrals.queries.opening import visible
from frontdoor.shell.rules import london
from frontdoor.trail import actions as trail

MONTHS = 12
OUTCOMES_SINCE = timedelta(days=730)
TOLD_SINCE = timedelta(days=365)
NOT_KNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Month:
    """Of the families that stepped down or whose help ended in a month, those who came back within the time.

    :param referred: those of them whose child was referred
    :param whole: whether the time has passed for all of them
    """

    first: date
    left: int
    back: int
    referred: int
    whole: bool


@dataclass(frozen=True, slots=True)
class OfOutcome:
    """Of one heading how many families it was marked for, and each a part of the one before: ended, reached, asked
    six months after, still so."""

    heading: str
    marked: int
    ended: int
    met: int
    asked: int
    kept: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What families took up of services that they were told of.

    :param came: by answer, with those of whom nothing is known
    :param reasons: why families did not go, by code
    :param services: of each service how often it was told of, and how often a family went
    """

    told: int
    came: dict[str, int]
    reasons: dict[str, int]
    services: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """All three, for one council."""

    months: tuple[Month, ...]
    outcomes: tuple[OfOutcome, ...]
    taken: Taken
    days: int


def figures(*, by: Actor, at: datetime) -> Figures:
    """The counts of the council acted for; an entry says that they were read.

    Restricted records that the reader may not see are not in them, and are hidden by the database itself.

    :raises NotPermitted: `by` does not read figures
    """
    require(by, Permission.FIGURES_READ, authority=acting_council(by))
    found = Figures(
        tuple(_months(by=by, at=at)), tuple(_outcomes(by=by, at=at)), _taken(by=by, at=at),
        standing.back_days(by=by, at=at),
    )  # fmt: skip
    trail.record("familyhelp.figures", by=by, at=at)
    return found


def _first(on: date, back: int) -> date:
    """The first day of the month so many months before."""
    number = on.year * 12 + on.month - 1 - back
    return date(number // 12, number % 12 + 1, 1)


def _months(*, by: Actor, at: datetime) -> list[Month]:
    today, days = london(at).date(), standing.back_days(by=by, at=at)
    firsts = [_first(today, back) for back in range(MONTHS)]
    since = firsts[-1]
    downs = within(by, StepDown.objects.filter(state=State.ACCEPTED, settled_at__date__gte=since)).values("episode_id")
    episodes = set(within(by, Episode.objects.filter(settled_at__date__gte=since)))
    episodes |= set(within(by, Episode.objects.filter(pk__in=downs)))
    new = standing.contacts_since(list(episodes), since=at - timedelta(days=MONTHS * 31), by=by)
    referred = _referred({one.pk for rows in new.values() for one in rows}, by=by)
    left: Counter[date] = Counter()
    back, again = Counter[date](), Counter[date]()
    for one in standing.lefts(list(episodes), by=by):
        month = london(one.at).date().replace(day=1)
        came = [row for row in new.get(one.episode, []) if came_back(one.at, [row.received_at], days=days)]
        left[month] += 1
        back[month] += bool(came)
        again[month] += any(row.pk in referred for row in came)
    return [
        Month(first, left[first], back[first], again[first], _first(first, -1) + timedelta(days=days) <= today)
        for first in firsts
    ]


def _referred(contacts: set[int], *, by: Actor) -> set[int]:
    """Which contacts became a referral, or brought more to one, as far as the reader may see referrals."""
    seen = within(by, visible(Referral.objects.exclude(state="withdrawn"), by=by))
    rows = within(by, Arrival.objects.filter(contact_id__in=contacts, referral__in=seen))
    return {pk for pk in rows.values_list("contact_id", flat=True) if pk is not None}


def _outcomes(*, by: Actor, at: datetime) -> list[OfOutcome]:
    rows = within(by, Outcome.objects.select_related("episode").filter(at__gte=at - OUTCOMES_SINCE))
    written: dict[int, list[Evidence]] = defaultdict(list)
    for each in within(by, Evidence.objects.filter(outcome__in=rows)).order_by("id"):
        written[each.outcome_id].append(each)
    counts: dict[str, list[int]] = {}
    for row in rows.order_by("id"):
        end = Marked(row, tuple(written[row.pk])).at_end(row.episode.reopened_at)
        later = [each for each in written[row.pk] if each.phase == Phase.LATER]
        ended = row.episode.settled_at is not None and end is not None
        met = ended and end is not None and end.stands == MET
        asked = met and bool(later)
        steps = (True, ended, met, asked, asked and later[-1].stands == MET)
        found = counts.setdefault(row.heading, [0] * len(steps))
        counts[row.heading] = [count + bool(step) for count, step in zip(found, steps, strict=True)]
    order = list(NATIONAL.values())
    names = sorted(counts, key=lambda name: (order.index(name) if name in order else len(order), name))
    return [OfOutcome(name, *counts[name]) for name in names]


def _taken(*, by: Actor, at: datetime) -> Taken:
    """Of what families were told of in the last year; each telling counts once, with the newest word on it."""
    told = within(by, Signpost.objects.filter(at__gte=at - TOLD_SINCE, episode__opened_at__lte=at))
    names = dict(told.values_list("pk", "name"))
    words = within(by, Uptake.objects.filter(signpost__in=told)).order_by("id")
    newest = {pk: (went, reason) for pk, went, reason in words.values_list("signpost_id", "went", "reason")}
    came = Counter(newest.get(pk, (NOT_KNOWN, ""))[0] for pk in names)
    reasons = Counter(reason or "other" for went, reason in newest.values() if went == hub.NOT)
    often, went_to = Counter(names.values()), Counter(names[pk] for pk, (went, _) in newest.items() if went == hub.WENT)
    services = tuple((name, count, went_to[name]) for name, count in often.most_common())
    order = [*(code for code, _ in hub.UPTAKES), NOT_KNOWN]
    return Taken(
        len(names), {code: came[code] for code in order},
        {code: reasons[code] for code, _ in hub.REASONS if reasons[code]}, services,
    )  # fmt: skip
