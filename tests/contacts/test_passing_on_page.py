"""The page of a child for those to whom it was handed: what they may know, and nothing of who told us."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from frontdoor.actors.rules import NotFound, NotPermitted
from frontdoor.contacts.models import Contact, Matter
from frontdoor.contacts.queries.passing_on import open_passed
from frontdoor.contacts.rules.decisions import Action, Decided
from frontdoor.contacts.rules.intake import ReferrerGiven
from frontdoor.contacts.rules.passing_on import Teller, tells_who
from frontdoor.handovers.models import Handover
from frontdoor.trail.models import Entry
from tests.contacts.deciding import AT, ENQUIRY, FULL, STORY, arrived, decided, minutes, recommended
from tests.worlds import PETERBOROUGH, World

NOW = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=30)
REFERRER = ReferrerGiven(
    kind="public", identity="withheld", name="Nkechi Obi", phone="01632 960 123", email="nkechi@example.org",
    address="4 Back Lane",
)  # fmt: skip
DIRECTED = (Action("See Tess alone", "Child's school", NOW + timedelta(days=1)),)
WAYS = {
    "mash_enquiry": ("amber", "social_worker"),
    "early_help": ("", "early_help_officer"),
    "edt": ("", "duty_worker"),
    "referral_assessment": ("", "assessment_worker"),
    "met_hub": ("", "met_coordinator"),
    "lado": ("", "designated_officer"),
}
"""Outcomes with their rating, and who receives what they send."""


def handed(world: World, outcome: str, rating: str, *, at: datetime = NOW, **told: object) -> Contact:
    contact = arrived(world, at=at, **{"referrer": REFERRER, **told})
    given = replace(ENQUIRY, outcome=outcome, rating=rating, detail="As said.")
    decision = replace(FULL, outcome=outcome, rating=rating, detail="As said.", actions=DIRECTED)
    decided(world, recommended(world, contact, given, at=at), decision, at=at)
    return contact


def address(contact: Contact) -> str:
    return f"/peterborough/children/{Matter.objects.get(contact=contact).key}/handed-on/"


def signed_in(world: World, role: str, *, of: int = PETERBOROUGH) -> Client:
    return world.signed_in(Client(), world.user(role, council=of))


@pytest.mark.parametrize("outcome", WAYS)
def test_every_receiver_reads_the_child_that_a_slip_leads_to(world: World, outcome: str) -> None:
    rating, role = WAYS[outcome]
    contact = handed(world, outcome, rating)
    with world.acting("head_of_service"):
        slip, href = Handover.objects.get(), address(contact)
    client = signed_in(world, role)
    assert href in client.get(f"/peterborough/handovers/{slip.key}/").content.decode()
    answer = client.get(href)
    page = answer.content.decode()
    assert answer.status_code == 200
    for words in ("Tess0 Setchfield", "He was tired.", "See both children today.", "See Tess alone", "mother"):
        assert words in page, words
    with world.acting("head_of_service"):
        (entry,) = Entry.objects.filter(action="contacts.open_passed")
        assert (entry.subject_key, entry.detail["slip"]) == (str(contact.key), str(slip.key))


def test_who_told_us_is_never_on_it_not_even_in_a_sentence_of_theirs(world: World) -> None:
    story = (
        f"I am Nkechi Obi, from next door. {STORY} Ring me on 01632 960123. Write to Nkechi@example.org. "
        "I live at 4, Back Lane. They moved in last week."
    )
    contact = handed(world, "mash_enquiry", "amber", story=story)
    with world.acting("head_of_service"):
        slip, href = Handover.objects.get(), address(contact)
    for where in (href, f"/peterborough/handovers/{slip.key}/"):
        page = signed_in(world, "social_worker").get(where)
        words = page.content.decode()
        for secret in ("Nkechi", "960123", "960 123", "example.org", "Back Lane"):
            assert secret not in words, (where, secret)
        assert "They moved in last week." in words
    assert slip.payload["left_out"] == 4
    assert "Nkechi" not in str(slip.payload)


def test_a_mother_who_told_us_is_still_in_her_own_family(world: World) -> None:
    assert tells_who("Kasia Nowak has locked him out.", Teller(name="Kasia Nowak"))
    assert not tells_who("Kasia Nowakowska has locked him out.", Teller(name="Kasia Nowak"))
    assert not tells_who("He rang at 5.", Teller(phone="5"))
    from frontdoor.contacts.rules.intake import PersonGiven

    people = (
        PersonGiven("child", given_name="Tess", family_name="Nowak"),
        PersonGiven("adult", given_name="Kasia", family_name="Nowak", relationship="mother"),
    )
    contact = handed(
        world, "mash_enquiry", "amber", people=people, story="Kasia Nowak has locked him out.",
        referrer=replace(REFERRER, kind="family", name="Kasia Nowak"),
    )  # fmt: skip
    with world.acting("head_of_service"):
        assert "Kasia Nowak has locked him out." in str(Handover.objects.get(subject_key=Matter.objects.get(
            contact=contact).key).payload)  # fmt: skip


@pytest.mark.parametrize("role", ["early_help_officer", "met_coordinator", "designated_officer", "assessment_worker"])
def test_whoever_has_no_slip_about_the_child_finds_nothing(world: World, role: str) -> None:
    contact = handed(world, "mash_enquiry", "amber")
    with world.acting("head_of_service"):
        href = address(contact)
    assert signed_in(world, role).get(href).status_code == 404


@pytest.mark.parametrize("role", ["early_help_officer", "social_worker", "assessment_manager"])
def test_an_allegation_is_found_by_nobody_but_its_inbox_and_whoever_wrote_it(world: World, role: str) -> None:
    contact = handed(world, "lado", "")
    with world.acting("head_of_service"):
        href = address(contact)
    other = signed_in(world, role).get(href)
    absent = signed_in(world, role).get("/peterborough/children/00000000-0000-4000-8000-000000000000/handed-on/")
    assert (other.status_code, absent.status_code) == (404, 404)
    assert signed_in(world, "team_manager", of=873).get(href).status_code == 200


def test_a_receiver_does_not_learn_of_the_allegation_that_runs_beside(world: World) -> None:
    contact = arrived(world, at=NOW)
    both = replace(ENQUIRY, outcome="early_help", rating="", secondary=("lado",))
    decision = Decided(
        outcome="early_help", secondary=("lado",), risk_seen="Seen.", direction="Help at home.", actions=DIRECTED
    )
    decided(world, recommended(world, contact, both, at=NOW), decision, at=NOW)
    with world.acting("head_of_service"):
        href = address(contact)
    page = signed_in(world, "early_help_officer").get(href).content.decode()
    assert "Early help" in page
    assert "allegation" not in page.lower()
    assert "designated officer" not in page.lower()


def test_an_auditor_and_an_administrator_are_refused(world: World) -> None:
    contact = handed(world, "mash_enquiry", "amber", at=AT)
    with world.acting("head_of_service"):
        key = Matter.objects.get(contact=contact).key
    for role in ("auditor", "administrator"):
        with world.acting(role, of=PETERBOROUGH) as by, pytest.raises(NotPermitted):
            open_passed(key, by=by, at=minutes(1))
    with world.acting("team_manager", council=873) as by, pytest.raises(NotFound):
        open_passed(key, by=by, at=minutes(1))


@pytest.mark.parametrize(("role", "there"), [("early_help_officer", False), ("social_worker", False)])
def test_the_decision_is_offered_only_to_those_who_may_decide(world: World, role: str, there: bool) -> None:
    outcome = "early_help" if role == "early_help_officer" else "mash_enquiry"
    contact = handed(world, outcome, WAYS[outcome][0])
    with world.acting("head_of_service"):
        href = address(contact)
    assert ("/decide/" in signed_in(world, role).get(href).content.decode()) is there
    assert "/decide/" in signed_in(world, "team_manager", of=873).get(href).content.decode()
