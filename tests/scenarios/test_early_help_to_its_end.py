"""Each invented arrival that goes to early help, carried through the hub to an honest ending: one play for all.

What a careful practitioner would want of each stands in the scenario; what the product keeps of it is read here.
"""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from pytest_django.plugin import DjangoDbBlocker

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEALER
from frontdoor.clocks.models import Clock
from frontdoor.config.demo import asking, organisation
from frontdoor.config.demo.practising import Practice
from frontdoor.config.scenarios import Arrival, arrivals
from frontdoor.contacts.models import Contact, Matter
from frontdoor.earlyhelp.models import Agreement, Episode, Look, Member, Triage
from frontdoor.earlyhelp.rules.states import LOOKED_AT, Ending
from frontdoor.familyhelp.models import Asking, Check, Evidence, Outcome
from frontdoor.handovers.models import Handover
from tests.databases import in_its_own
from tests.scenarios.carrying import UNLINKED, whole
from tests.worlds import MADE_AT

NOW = datetime(2026, 11, 2, 10, 30, tzinfo=ZoneInfo("Europe/London"))
"""Half a year after the last arrival: by then the help of every family has ended."""
COUNCILS = (873, 874)
THOSE = [
    arrival
    for arrival in arrivals()
    if arrival.children and any(each.primary == "early_help" for each in arrival.expected.outcomes.values())
]


@pytest.fixture(scope="module")
def played(template_database: str, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Practice]:
    """The whole play, once for all tests of this file, in a database of its own."""
    with in_its_own(template_database, django_db_blocker):
        organisation.read_most_again(at=MADE_AT)
        asking.keep_desks(at=MADE_AT)
        practice = Practice(until=NOW, dealt=whole)
        practice.play(THOSE)
        yield practice


def test_nothing_was_refused_on_the_way(played: Practice) -> None:
    assert len(THOSE) >= 10
    assert set(played.agenda.skipped) <= UNLINKED


@pytest.mark.parametrize("arrival", THOSE, ids=lambda arrival: arrival.id)
def test_it_reaches_the_hub_and_ends_honestly(played: Practice, arrival: Arrival) -> None:
    assert list(dict.fromkeys(missing(arrival))) == []


def missing(arrival: Arrival) -> Iterator[str]:
    """What is not as a careful practitioner would want it, in words."""
    found = 0
    for council in COUNCILS:
        with acting_for(council, by=SEALER):
            contacts = Contact.objects.filter(story=arrival.narrative)
            for matter in Matter.objects.filter(contact__in=contacts, outcome="early_help").order_by("id"):
                found += 1
                yield from of_child(matter)
    wanted = sum(each.primary == "early_help" for each in arrival.expected.outcomes.values())
    if found < min(wanted, len(arrival.children)):
        yield f"{found} children of {wanted} go to early help"


def of_child(matter: Matter) -> Iterator[str]:
    """The hub has accepted the child, and the help of its family has ended so that it can be told why."""
    slips = Handover.objects.filter(subject_key=matter.key, destination="early_help")
    if not slips.filter(state="accepted").exists():
        yield "the hub has not accepted the child"
    member = Member.objects.select_related("episode").filter(matter=matter).first()
    if member is None:
        yield "no early help was opened"
        return
    row = member.episode
    if row.state != "closed" or not row.settled_why:
        yield f"the help is {row.state}"
        return
    yield from of_ending(row)
    running = Clock.objects.filter(subject_kind="earlyhelp.episode", subject_key=str(row.key), stopped_at=None)
    yield from (f"{clock.kind} still runs" for clock in running)


def of_ending(row: Episode) -> Iterator[str]:
    """Refusal and silence were looked at; what was reached has evidence, and is asked after; nobody was passed by."""
    ending = Ending(row.ending)
    if ending in LOOKED_AT:
        if not Look.objects.filter(episode=row, finding="no_worry").exists():
            yield "nobody looked at it for risk"
        return
    triage = Triage.objects.filter(episode=row).order_by("-id").first()
    if triage is None or not (triage.heard or triage.unheard):
        yield "nobody said what fits, with the children's words"
    if ending in (Ending.UNIVERSAL, Ending.NOT_AT_THRESHOLD):
        if triage is None or not triage.alternatives:
            yield "nothing else was named"
        return
    if not Agreement.objects.filter(episode=row, purpose="help", status="given").exists():
        yield "nobody agreed"
    if ending is Ending.OUTCOMES_MET:
        yield from of_outcomes(row)


def of_outcomes(row: Episode) -> Iterator[str]:
    """What was marked has evidence at the start and the end; three months after somebody has asked."""
    marked = Outcome.objects.filter(episode=row)
    if not marked.exists():
        yield "nothing was marked that could be reached"
    for each in marked:
        phases = set(Evidence.objects.filter(outcome=each).values_list("phase", flat=True))
        if not {"start", "end"} <= phases:
            yield f"{each.heading}: evidence only {sorted(phases)}"
    checks = Check.objects.filter(episode=row, origin="ended")
    if checks.count() != 2 or not Asking.objects.filter(check_of__in=checks.filter(which="first")).exists():
        yield "nobody asked how it goes"
