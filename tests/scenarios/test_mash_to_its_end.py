"""Each invented arrival that goes to MASH, carried through the rooms to its end: one play for all, each asked of alone.

What a careful practitioner would want of each stands in the scenario; what the product keeps of it is read here.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pytest_django.plugin import DjangoDbBlocker

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import COURIER, SEALER, Actor
from frontdoor.clocks.models import Clock, Ended, Event
from frontdoor.config.demo import asking, organisation
from frontdoor.config.demo.asking import speaking_for
from frontdoor.config.demo.concluding import OUTCOMES
from frontdoor.config.demo.practising import Practice
from frontdoor.config.scenarios import Arrival, PractitionerOutcome, arrivals
from frontdoor.contacts.actions.telling import answered_together
from frontdoor.contacts.models import Contact, Decision, Matter, Referrer
from frontdoor.contacts.queries.beside import references
from frontdoor.handovers.models import Handover
from frontdoor.letters.models import Letter
from frontdoor.mash.actions import beside
from frontdoor.mash.models import Circulation, Discussed, Enquiry, LeftOut, Request, SafetyCheck, Subject
from frontdoor.mash.models import Decision as OfEnquiry
from frontdoor.mash.queries.partners import open_asked
from frontdoor.mash.rules.asking.other_side import tells_where
from frontdoor.mash.rules.asking.sets import CORE
from frontdoor.mash.rules.asking.states import OPEN
from frontdoor.referrals.models import Arrival as Slip
from frontdoor.referrals.models import Milestone, Visit
from tests.databases import in_its_own
from tests.scenarios.carrying import ENQUIRY, SECTION_47, UNLINKED, Carried, Signed, goes_to_mash, led, whole
from tests.worlds import MADE_AT

NOW = datetime(2026, 4, 24, 10, 30, tzinfo=ZoneInfo("Europe/London"))
"""A fortnight after the last arrival: by then every child has been seen."""
COUNCILS = (873, 874)
THOSE = [led(arrival) for arrival in arrivals() if goes_to_mash(arrival)]
BOTH = {"A037": (874, 873), "A051": (873, 874)}
"""Calls about children of both councils, an enquiry in each but where one child needs none."""


@pytest.fixture(scope="module")
def played(template_database: str, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Practice]:
    """The whole play, once for all tests of this file, in a database of its own."""
    with in_its_own(template_database, django_db_blocker):
        organisation.read_most_again(at=MADE_AT)
        asking.keep_desks(at=MADE_AT)
        practice = Practice(until=NOW, enquiries=Carried, discussing=Signed, dealt=whole)
        practice.play(THOSE)
        for council in COUNCILS:
            with acting_for(council, by=COURIER) as by:
                beside.tell_all(by=by, at=NOW)
        yield practice


def test_nothing_was_refused_on_the_way(played: Practice) -> None:
    assert len(THOSE) > 50
    assert set(played.agenda.skipped) <= UNLINKED


@pytest.mark.parametrize("arrival", THOSE, ids=lambda arrival: arrival.id)
def test_it_is_carried_to_its_end(played: Practice, arrival: Arrival) -> None:
    assert list(dict.fromkeys(missing(arrival))) == []


def missing(arrival: Arrival) -> Iterator[str]:
    """What is not as a careful practitioner would want it, in words."""
    found = 0
    for council in COUNCILS:
        with acting_for(council, by=SEALER) as by:
            for contact in Contact.objects.filter(story=arrival.narrative).order_by("id"):
                found += 1
                for matter in Matter.objects.filter(contact=contact).select_related("child").order_by("id"):
                    yield from of_child(arrival, matter, by=by)
                yield from of_teller(contact, by=by)
                if arrival.id in BOTH and not references([contact.mirror], by=by):
                    yield f"{council} knows nothing of the enquiry of the other council"
        yield from of_agencies(arrival, council)
    if found != (2 if arrival.id in BOTH else 1):
        yield f"{found} contacts"


def wanted(arrival: Arrival, matter: Matter) -> PractitionerOutcome:
    """What should happen for the child of a matter: by name, else by place."""
    outcomes = list(arrival.expected.outcomes.values())
    names = [(child.given_name or "", child.family_name or "") for child in arrival.children]
    if matter.child is None:
        return outcomes[0]
    name = (matter.child.given_name, matter.child.family_name)
    place = names.index(name) if name in names else matter.child.position
    return outcomes[min(place, len(outcomes) - 1)]


def of_child(arrival: Arrival, matter: Matter, *, by: Actor) -> Iterator[str]:
    """Two people decided, at the level and rating that fit; and what they decided was carried out."""
    outcome = wanted(arrival, matter)
    decision = Decision.objects.select_related("recommendation").filter(matter=matter, voided_at=None).first()
    if decision is None:
        yield "nobody has decided on the contact"
        return
    if decision.made_by == decision.recommendation.made_by:
        yield "one person recommended and decided"
    rating = arrival.expected.suggested_rating if outcome.primary == ENQUIRY else ""
    level = arrival.expected.threshold_level or decision.threshold_level
    decided = (decision.outcome, decision.rating, decision.threshold_level)
    if decided != (outcome.primary, rating, level) or set(decision.secondary) - set(outcome.secondary):
        yield f"decided: {decided} and {decision.secondary}, not {outcome}, {rating}, {level}"
    yield from of_slips([matter.key])
    if outcome.primary == ENQUIRY:
        yield from of_enquiry(matter)
    elif outcome.primary in SECTION_47:
        yield from of_discussion(matter)
    if outcome.primary in {ENQUIRY, "referral_assessment", *SECTION_47}:
        rows = Subject.objects.select_related("same_as").filter(matter=matter, is_child=True)
        keys = [matter.key, *((row.same_as or row).key for row in rows)]
        yield from of_referral(keys, section47=outcome.primary in SECTION_47)


def of_slips(keys: list[Any]) -> Iterator[str]:
    """Every slip was taken on by whoever it was sent to."""
    slips = Handover.objects.filter(subject_key__in=keys)
    yield from (f"the slip to {each.destination} is {each.state}" for each in slips if each.state != "accepted")


def of_enquiry(matter: Matter) -> Iterator[str]:
    """It is closed, its child decided by a second person on the rating, and asked after; its agencies were heard."""
    row = Subject.objects.select_related("enquiry", "same_as").filter(matter=matter, is_child=True).first()
    if row is None:
        yield "no enquiry was opened"
        return
    child, enquiry = row.same_as or row, row.enquiry
    if enquiry.state != "closed":
        yield f"the enquiry is {enquiry.state}"
    decided = OfEnquiry.objects.select_related("recommendation").filter(subject=child, voided_at=None).first()
    if decided is None:
        yield "nobody has decided on the enquiry"
    else:
        if decided.made_by == decided.recommendation.made_by:
            yield "one person recommended and decided in the enquiry"
        if decided.outcome != OUTCOMES[decided.rating] or not decided.direction or decided.actioned_at is None:
            yield f"decided in the enquiry: {decided.outcome} at {decided.rating}, done {decided.actioned_at}"
    if not SafetyCheck.objects.filter(subject=child, answer__in=("yes", "no")).exists():
        yield "nobody has said whether the child is safe"
    yield from of_slips([child.key])
    yield from of_requests(enquiry)
    keys = [enquiry.key, child.key, *Request.objects.filter(enquiry=enquiry).values_list("key", flat=True)]
    yield from of_clocks(keys)


def of_requests(enquiry: Enquiry) -> Iterator[str]:
    """Police, health and education were asked at the higher ratings, or left out with a reason; all have answered."""
    requests = list(Request.objects.select_related("desk").filter(enquiry=enquiry))
    out = {each.desk.line for each in LeftOut.objects.select_related("desk").filter(enquiry=enquiry) if each.why}
    if enquiry.rating in {"red", "amber"} and CORE - {each.desk.line for each in requests} - out:
        yield "an agency was neither asked nor left out"
    for each in requests:
        if each.state in OPEN or each.state == "told":
            yield f"{each.desk.name} was never heard"
        came = each.answered_at or each.told_at
        if came and came > each.due_at and each.escalated_at is None:
            yield f"{each.desk.name} was late, and its lead does not know"


def of_clocks(keys: list[Any]) -> Iterator[str]:
    """Every clock was met, or it is known that it was not: the sweep has told of it."""
    for clock in Clock.objects.filter(subject_key__in=[str(key) for key in keys]):
        if clock.stopped_at is None:
            yield f"{clock.kind} still runs"
        elif clock.outcome == "late" and clock.ended == Ended.DONE:
            told = Event.objects.filter(clock=clock, event="breach", told_at__isnull=False)
            if not told.exists():
                yield f"{clock.kind} was late, and nobody was told"


def of_discussion(matter: Matter) -> Iterator[str]:
    """The strategy discussion is signed, its minutes are with the agencies, and section 47 began for the child."""
    row = Discussed.objects.select_related("discussion").filter(matter=matter).order_by("-id").first()
    if row is None:
        yield "no strategy discussion was held about the child"
        return
    if row.discussion.state != "closed" or row.discussion.signed_by in {None, row.discussion.written_by}:
        yield f"the strategy discussion is {row.discussion.state}"
    if row.section47 != "start" or row.began_at is None:
        yield "no section 47 enquiry began"
    if not Circulation.objects.filter(minutes__discussion=row.discussion).exclude(agency=None).exists():
        yield "no agency has the minutes"
    yield from of_slips([row.key])
    yield from of_clocks([row.discussion.key])


def of_referral(keys: list[Any], *, section47: bool) -> Iterator[str]:
    """An assessment team has taken the child on and seen the child, alone too; of one not born yet, the mother."""
    arrival = Slip.objects.select_related("referral__same_as").filter(of_key__in=keys).order_by("id").last()
    if arrival is None:
        yield "no team was asked to assess the child"
        return
    referral = arrival.referral.same_as or arrival.referral
    if referral.accepted_at is None:
        yield "no team has taken the referral on"
    visits = Visit.objects.filter(referral=referral, struck_at=None)
    if not visits.exists():
        yield "nobody went to the child"
    elif not referral.unborn and (referral.seen_at is None or referral.alone_at is None):
        yield "the child was not seen alone"
    started = Milestone.objects.filter(referral=referral, kind="section47_started", struck_at=None)
    if section47 and not (referral.section47 and started.exists()):
        yield "the referral does not know of section 47"


def of_teller(contact: Contact, *, by: Actor) -> Iterator[str]:
    """Whoever told us was told what was decided, by the way they asked for; or it is known why not."""
    referrer = Referrer.objects.filter(contact=contact).first()
    together = [each.key for each in answered_together(contact, by=by)]
    letters = list(Letter.objects.filter(subject_key__in=together, kind__startswith="outcome_"))
    if not letters and contact.channel != "other_authority":
        yield "whoever told us was not told"
    for each in letters:
        if each.state != "sent" and (each.settled_at is None or each.state not in {"done_by_phone", "not_possible"}):
            yield f"what we owe to whoever told us is {each.state} {each.findings}"
        if referrer and referrer.identity == "withheld" and referrer.name and referrer.name in str(each.facts):
            yield "a letter names whoever wanted not to be named"


def of_agencies(arrival: Arrival, council: int) -> Iterator[str]:
    """No agency reads a protected home or who told us; on the other side nothing that tells where anybody is."""
    with acting_for(council, by=SEALER):
        contacts = Contact.objects.filter(story=arrival.narrative)
        enquiries = Subject.objects.filter(matter__contact__in=contacts).values("enquiry")
        requests = list(Request.objects.select_related("desk").filter(enquiry__in=enquiries))
        sealed = set(
            Subject.objects.filter(enquiry__in=enquiries, named__address_protected=True).values_list(
                "named__given_name", "named__family_name"
            )
        )
        hidden = {
            name
            for name in Referrer.objects.filter(contact__in=contacts, identity="withheld").values_list(
                "name", flat=True
            )
            if name
        }
    for each in requests:
        with speaking_for(each.desk.name, council, NOW) as by:
            opened = open_asked(each.key, by=by, at=NOW)
        if any(name in str(opened) for name in hidden):
            yield f"{each.desk.name} reads who told us"
        for person in opened.people:
            if person.home and (each.other_side or any(given and given == person.given_name for given, _ in sealed)):
                yield f"{each.desk.name} reads a home"
        if each.other_side and tells_where(f"{opened.beside} {opened.shared}"):
            yield f"{each.desk.name} reads where somebody is"
