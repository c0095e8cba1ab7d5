"""Every sub-type of domain 1.2 has a way on and its own times; what the law wants done begins with the contact."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from frontdoor.actors.rules import COURIER, InvalidInput, NotFound, NotPermitted, StepNotAllowed
from frontdoor.clocks import queries as clocks
from frontdoor.codes import rules as codes
from frontdoor.complaints import actions as complaints
from frontdoor.complaints.models import Complaint
from frontdoor.contacts.actions import duties, screening
from frontdoor.contacts.models import Contact, Settled
from frontdoor.contacts.rules import duties as rules
from frontdoor.contacts.rules.decisions import Decided, Recommended
from frontdoor.disclosures import actions as disclosures
from frontdoor.disclosures.models import Request
from frontdoor.handovers.models import Handover
from tests.contacts.arriving import NOON, arrive
from tests.contacts.deciding import AT, FULL, arrived, decided, recommended
from tests.worlds import World

INFORMATION = {
    # Domain 1.2, category 1: by whom it is answered, the clock with which it begins, the specialist route it may take.
    "cafcass_s7": ("desk", "court", "s7_s37_court"),
    "court_s37": ("desk", "court", "s7_s37_court"),
    "other_la_check": ("desk", "check", ""),
    "fostering_check": ("desk", "check", ""),
    "adoption_check": ("desk", "check", "adoption"),
    "dbs_check": ("desk", "check", ""),
    "marac_research": ("desk", "meeting", "marac"),
    "mappa_research": ("desk", "meeting", ""),
    "police_enquiry": ("desk", "enquiry", ""),
    "health_enquiry": ("desk", "enquiry", ""),
    "subject_access": ("governance", "subject_access", "information_governance"),
    "private_law_letter": ("desk", "private_law", ""),
}
SERVICE = {
    # Domain 1.2, category 2: the usual way on, the specialist route, and the clock that the domain gives it (2.2).
    "cp_concern": ("mash_enquiry", "", ""),
    "cin_request": ("referral_assessment", "", ""),
    "early_help_request": ("early_help", "", ""),
    "da_police_notification": ("mash_enquiry", "", ""),
    "missing_notification": ("met_hub", "", ""),
    "found_notification": ("met_hub", "", "contacts.return_interview"),
    "exploitation_concern": ("met_hub", "", ""),
    "lado": ("lado", "", "contacts.lado_told"),
    "private_fostering": ("specialist_route", "private_fostering", "contacts.private_fostering_visit"),
    "uasc": ("specialist_route", "uasc", ""),
    "homeless_16_17": ("specialist_route", "homeless_16_17", ""),
    "young_carer": ("early_help", "", ""),
    "disabled_child": ("specialist_route", "disability_team", ""),
    "unborn": ("mash_enquiry", "", ""),
    "moving_in": ("specialist_route", "cp_transfer_in", "contacts.transfer_in"),
    "other_la_placed": ("information_advice", "", ""),
    "age_dispute": ("specialist_route", "uasc", ""),
    "prevent": ("specialist_route", "prevent", ""),
    "fgm": ("strategy_discussion_s47", "", ""),
    "hba": ("strategy_discussion_s47", "", ""),
    "child_on_child": ("mash_enquiry", "", ""),
    "child_death": ("specialist_route", "child_death", ""),
    "adult_concern": ("specialist_route", "adult_safeguarding", ""),
    "additional_information": ("passed_to_allocated_worker", "", ""),
    "complaint": ("specialist_route", "complaint", "complaints.stage_1"),
    "compliment": ("information_advice", "", "complaints.stage_1"),
}
JOURNEY = {"contacts.first_look", "contacts.decision"}
"""The clocks of every contact; the sender's acknowledgement stops as it goes out."""

FOUND_AT = datetime(2026, 3, 24, 2, 30, tzinfo=UTC)


def running(by: Any, *subjects: tuple[str, object]) -> set[str]:
    found = [each for subject in subjects for each in clocks.for_subject(subject, by=by, at=NOON)]
    return {each.kind.name for each in found if each.stopped_at is None}


def test_the_lists_know_every_sub_type_of_the_domain_and_no_other() -> None:
    assert {row.code for row in codes.CONTACT_KINDS} == set(INFORMATION) | set(SERVICE)
    assert {row.code for row in codes.contact_kinds("request_for_information")} == set(INFORMATION)
    owed = {code for duty in rules.DUTIES.values() for code in duty.sub_types}
    assert owed == {code for code, (_, _, clock) in SERVICE.items() if clock.startswith("contacts.")}


@pytest.mark.parametrize("code", INFORMATION)
def test_every_request_for_information_is_with_the_desk_by_the_minute_with_its_clock(code: str, world: World) -> None:
    by_whom, clock, route = INFORMATION[code]
    with world.acting("contact_officer", at=NOON) as by:
        contact = arrive(by=by, at=NOON, category="request_for_information", sub_type=code)
        assert running(by, ("contacts.submission", contact.submission_id)) >= JOURNEY
    with world.system(COURIER) as by:
        assert disclosures.begin_arrived(by=by, at=NOON) == 1
        request = Request.objects.get()
        assert running(by, ("disclosures.request", request.key)) == {f"disclosures.{clock}"}
    row = codes.CONTACT_KINDS[code]
    assert (row.route, row.outcome) == (route, "")
    assert (by_whom == "governance") is (code == "subject_access")


@pytest.mark.parametrize("code", SERVICE)
def test_every_request_for_service_has_the_clocks_of_the_domain_from_first_receipt(code: str, world: World) -> None:
    outcome, route, clock = SERVICE[code]
    row = codes.CONTACT_KINDS[code]
    assert (row.outcome, row.route) == (outcome, route)
    with world.acting("contact_officer", at=NOON) as by:
        contact = arrive(by=by, at=NOON, sub_type=code)
    with world.system(COURIER) as by:
        complaints.take_arrived(by=by, at=NOON)
        subjects: list[tuple[str, object]] = [("contacts.contact", contact.key)]
        subjects += [("complaints.complaint", each.key) for each in Complaint.objects.all()]
        assert running(by, ("contacts.submission", contact.submission_id)) >= JOURNEY
        assert running(by, *subjects) == ({clock} if clock else set())


@pytest.mark.parametrize(
    "code", sorted({code for code, (_, route, _) in SERVICE.items() if route} | {"found_notification"})
)
def test_what_takes_a_specialist_route_reaches_a_team_that_receives_it(code: str, world: World) -> None:
    outcome, route, _ = SERVICE[code]
    contact = arrived(world, sub_type=code)
    given = Recommended(
        outcome=outcome, known="x", means="y", decided="z", voice_missing="not seen yet", threshold_level="3",
        specialist_route=route,
    )  # fmt: skip
    full = Decided(
        outcome=outcome, specialist_route=route, risk_seen="It may go on.", direction="See the child today.",
        actions=FULL.actions,
    )  # fmt: skip
    decided(world, recommended(world, contact, given), full)
    with world.system(COURIER):
        slip = Handover.objects.get()
        assert (slip.route, slip.to_team_id is not None) == (route, True)


def found(world: World, **more: Any) -> Contact:
    """A child who was found at half past two at night, of which we were told at noon."""
    with world.acting("contact_officer", at=NOON) as by:
        return arrive(by=by, at=NOON, sub_type="found_notification", happened_at=FOUND_AT, **more)


def due(world: World, contact: Contact) -> list[datetime]:
    with world.acting("team_manager", at=NOON) as by:
        shown = clocks.for_subject(("contacts.contact", contact.key), by=by, at=NOON)
        return [each.reading.due_at for each in shown if each.stopped_at is None]


def test_the_72_hours_of_a_return_interview_run_from_when_the_child_was_found_and_outlive_the_decision(
    world: World,
) -> None:
    contact = found(world)
    assert due(world, contact) == [FOUND_AT + timedelta(hours=72)]
    given = Recommended(
        outcome="met_hub", known="x", means="y", decided="z", voice_missing="not seen yet", threshold_level="3"
    )
    full = Decided(outcome="met_hub", risk_seen="Again.", direction="See her.", actions=FULL.actions)
    decided(world, recommended(world, contact, given, at=AT), full, at=AT)
    assert due(world, contact) == [FOUND_AT + timedelta(hours=72)]
    held = {"duty": "return_interview", "answer": "done", "words": "By a volunteer"}
    with world.acting("met_coordinator", at=AT) as by:
        for wrong in (
            {"on": FOUND_AT - timedelta(hours=1)}, {"on": AT + timedelta(days=1)}, {"on": None},
            {"on": AT, "words": " "}, {"on": AT, "answer": "x"}, {"on": AT, "duty": "lado_told"},
        ):  # fmt: skip
            with pytest.raises(InvalidInput):
                duties.settle(contact.key, **{**held, **wrong}, by=by, at=AT)
        with pytest.raises(NotPermitted):
            duties.settle(contact.key, **{**held, "answer": "not_required"}, on=AT, by=by, at=AT)
        duties.settle(contact.key, **held, on=NOON + timedelta(days=1), by=by, at=AT)
        with pytest.raises(StepNotAllowed):
            duties.settle(contact.key, **held, on=AT, by=by, at=AT)
        (row,) = Settled.objects.all()
        assert (row.answer, row.settled_on) == ("done", NOON + timedelta(days=1))
    assert due(world, contact) == []
    with world.acting("met_coordinator", council=873, at=AT) as by, pytest.raises(NotFound):
        duties.settle(contact.key, **held, on=AT, by=by, at=AT)


def test_only_a_manager_says_that_it_is_not_owed(world: World) -> None:
    contact = found(world)
    with world.acting("team_manager", at=AT) as by:
        duties.settle(
            contact.key, duty="return_interview", answer="not_required", on=AT, words="She never left", by=by, at=AT
        )
    assert due(world, contact) == []


def test_what_is_entered_by_mistake_owes_nothing_and_owes_it_again_when_it_is_none(world: World) -> None:
    contact = found(world, people=(), story="x")
    with world.acting("social_worker") as by:
        contact.refresh_from_db()
        said = screening.call_a_mistake(contact.key, seen=contact.version, why="Wrong window", by=by, at=AT)
    with world.acting("social_worker", second=True) as by:
        screening.agree_mistake(said.key, seen=1, by=by, at=AT)
    assert due(world, contact) == []
    with world.acting("social_worker") as by:
        screening.keep_as_contact(said.key, seen=2, why="It was none", by=by, at=AT)
    assert due(world, contact) == [FOUND_AT + timedelta(hours=72)]


def test_days_are_those_of_the_domain(world: World) -> None:
    with world.acting("contact_officer", at=NOON) as by:  # Tuesday 24 March 2026; Easter is from 3 to 6 April
        fostered, officer = (arrive(by=by, at=NOON, sub_type=code) for code in ("private_fostering", "lado"))
    assert [each.date() for each in (*due(world, fostered), *due(world, officer))] == [
        date(2026, 4, 2), date(2026, 3, 25),
    ]  # fmt: skip


def test_the_record_shows_what_is_owed_and_leads_to_where_it_is_written_down(world: World, client: Client) -> None:
    contact = found(world)
    here = f"/peterborough/contacts/{contact.key}/"
    world.signed_in(client, world.user("social_worker"))
    page = client.get(here).content.decode()
    assert "Return interview" in page
    assert "we were told on" in page
    assert client.post(f"{here}owed/", {"duty": "return_interview"}).status_code == 422
    typed = {"duty": "return_interview", "answer": "declined_child", "words": "She rang", "on-day": "25",
             "on-month": "3", "on-year": "2026", "on-time": "9am"}  # fmt: skip
    assert client.post(f"{here}owed/", typed).status_code == 302
    assert "Offered; the child said no" in client.get(here).content.decode()
