"""Between hands, as giver and receiver: a child goes, comes back, goes again, and is never without somebody."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from frontdoor.contacts.models import Contact, Matter
from frontdoor.contacts.rules.decisions import Action
from frontdoor.handovers.models import Handover
from tests.contacts.deciding import ENQUIRY, FULL, arrived, decided, recommended
from tests.journeys.entering import entered
from tests.journeys.filling import fill_moment, look
from tests.worlds import CAMBRIDGESHIRE, PETERBOROUGH, World

pytestmark = pytest.mark.journey

HELP = replace(ENQUIRY, outcome="early_help", rating="", threshold_level="2")
Enter = Callable[..., Page]
Work = Callable[[], None]


@pytest.fixture
def enter(new_page: Callable[..., Page], site: str, world: World) -> Enter:
    """A browser in which somebody has signed in; `council` is their employer."""

    def opened(role: str, council: int, **options: Any) -> Page:
        return entered(new_page, site, world, role, council=council, **options)

    return opened


def ago(minutes: float) -> datetime:
    return datetime.now(UTC) - timedelta(minutes=minutes)


def tomorrow() -> tuple[Action, ...]:
    return (replace(FULL.actions[0], due_at=datetime.now(UTC) + timedelta(days=1)),)


def to_decide(world: World, given: Any = HELP) -> Matter:
    at = ago(60)
    return recommended(world, arrived(world, at=at), given, at=at)


def decide(page: Page, matter: Matter, owner: str) -> None:
    """A manager decides in full; a name that nobody has is told of first."""
    page.goto(f"/peterborough/children/{matter.key}/decide/")
    page.get_by_label("The risk you see").fill("Nobody gets up for the baby.")
    page.get_by_label("Your direction").fill("Go in this week, with the mother's mother.")
    page.locator("#id_what_1").fill("Ring the school tomorrow")
    page.locator("#id_owner_1").fill("Nobody Atall")
    fill_moment(page, "due_1", datetime.now(UTC) + timedelta(days=1))
    page.get_by_role("button", name="Decide and sign").click()
    expect(page.get_by_role("alert")).to_contain_text("nobody here is called")
    expect(page.locator("#id_owner_1")).to_have_value("Nobody Atall")
    look(page, "decide-wrong-name")
    page.locator("#id_owner_1").fill(owner)
    page.get_by_role("button", name="Decide and sign").click()
    page.wait_for_url("**/contacts/waiting/")


def refuse(page: Page, manager: str, reason: str) -> None:
    page.get_by_role("link", name="Refuse, after talking with a manager").click()
    page.get_by_label("Why is this not yours to take?").fill(reason)
    page.get_by_label("The manager you spoke to").select_option(label=manager)
    fill_moment(page, "talked_at", datetime.now(UTC))
    page.get_by_role("button", name="Refuse").click()
    expect(page.get_by_text(reason).first).to_be_visible()


def send_again(page: Page, changed: str) -> None:
    page.get_by_role("link", name="Put right and send again").click()
    page.get_by_label("What have you put right").fill(changed)
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_text("Waiting to be accepted").first).to_be_visible()


def stands(world: World, matter: Matter) -> tuple[str, str]:
    with world.acting("head_of_service", of=matter.authority_id, council=matter.authority_id):
        found = Matter.objects.select_related("contact").get(pk=matter.pk)
        return found.state, found.contact.state


def test_refused_twice_after_talks_the_head_of_service_settles_it(
    world: World, enter: Enter, run_jobs: Work, axe: Callable[[Page], None]
) -> None:
    matter, manager = to_decide(world), world.user("team_manager")
    giver = enter("team_manager", CAMBRIDGESHIRE)
    decide(giver, matter, world.user("social_worker").name.lower())

    receiver = enter("early_help_officer", PETERBOROUGH)
    receiver.goto("/peterborough/handovers/inbox/")
    receiver.get_by_role("link", name=matter.contact.receipt).first.click()
    receiver.get_by_role("link", name="Open the child's matter").click()
    expect(receiver.get_by_role("heading", level=1)).to_contain_text("Tess0 Setchfield")
    expect(receiver.get_by_text("Ring the school tomorrow").first).to_be_visible()
    assert "Nkechi" not in receiver.content()
    axe(receiver)
    look(receiver, "handed-on")
    receiver.get_by_role("link", name="The slip").first.click()
    refuse(receiver, manager.name, "The family moved away on Sunday.")
    run_jobs()
    assert stands(world, matter) == ("back", "back")

    giver.goto("/desk/")
    expect(giver.get_by_text("Came back to you: refused").first).to_be_visible()
    axe(giver)
    look(giver, "my-work-came-back")
    giver.goto(f"/peterborough/contacts/{matter.contact.key}/")
    expect(giver.get_by_text("Back with us: another team has not taken it on").first).to_be_visible()
    axe(giver)
    look(giver, "contact-came-back")
    giver.goto("/desk/")
    giver.get_by_role("link", name="Send it again, or take it back").first.click()
    send_again(giver, "They moved back; the school saw them today.")
    run_jobs()
    assert stands(world, matter) == ("actioned", "decided")

    receiver.reload()
    refuse(receiver, manager.name, "We have nobody free before May.")
    expect(receiver.get_by_text("Refused twice").first).to_be_visible()
    run_jobs()
    assert stands(world, matter) == ("back", "back")

    head = enter("head_of_service", CAMBRIDGESHIRE)
    head.goto("/peterborough/handovers/refused-twice/")
    axe(head)
    look(head, "refused-twice")
    head.get_by_role("link", name=matter.contact.receipt).first.click()
    expect(head.get_by_text("We have nobody free before May.").first).to_be_visible()
    head.get_by_role("link", name="Settle who takes it").click()
    head.get_by_label("The receiving team takes it").check()
    head.get_by_label("Why?").fill("The child cannot wait until May.")
    axe(head)
    head.get_by_role("button", name="Settle").click()
    expect(head.get_by_text("Settled by the head of service").first).to_be_visible()
    run_jobs()
    assert stands(world, matter) == ("closed", "closed")


def test_red_work_is_never_refused_only_sent_back_to_be_put_right(
    world: World, enter: Enter, run_jobs: Work, axe: Callable[[Page], None]
) -> None:
    red = replace(ENQUIRY, rating="red")
    matter, at = to_decide(world, red), ago(2)
    decided(world, matter, replace(FULL, rating="red", actions=tomorrow()), at=at)
    receiver = enter("social_worker", PETERBOROUGH, java_script_enabled=False)
    receiver.goto("/peterborough/handovers/inbox/")
    receiver.get_by_role("link", name=matter.contact.receipt).first.click()
    expect(receiver.get_by_role("link", name="Refuse")).to_have_count(0)
    here = receiver.url
    assert receiver.goto(f"{here}refuse/").status == 409
    expect(receiver.get_by_text("Red and section 47 work cannot be refused").first).to_be_visible()
    look(receiver, "red-not-refused")
    assert stands(world, matter)[0] == "actioned"

    receiver.goto(here)
    receiver.get_by_role("link", name="Send back to be put right").click()
    receiver.get_by_label("Something we need is missing").check()
    receiver.get_by_label("Say what is wrong, and what you need").fill("Where is he sleeping tonight?")
    receiver.get_by_role("button", name="Send back").click()
    run_jobs()
    assert stands(world, matter) == ("back", "back")

    giver = enter("team_manager", CAMBRIDGESHIRE)
    giver.goto("/desk/")
    expect(giver.get_by_text("Where is he sleeping tonight?").first).to_be_visible()
    giver.get_by_role("link", name="Send it again, or take it back").first.click()
    send_again(giver, "At his grandmother's in Eye.")
    receiver.goto(here)
    axe(giver)
    receiver.get_by_role("button", name="Accept: this is ours from now").click()
    receiver.wait_for_url("**/inbox/")
    run_jobs()
    assert stands(world, matter) == ("closed", "closed")


def test_taken_back_the_child_is_in_the_queue_again_and_waits_for_nobody(
    world: World, enter: Enter, run_jobs: Work
) -> None:
    matter = to_decide(world)
    decided(world, matter, replace(FULL, outcome="early_help", rating="", actions=()), at=ago(2))
    giver = enter("team_manager", CAMBRIDGESHIRE)
    giver.goto("/peterborough/handovers/given/")
    giver.get_by_role("link", name=matter.contact.receipt).first.click()
    giver.get_by_role("link", name="Take it back").click()
    giver.get_by_label("Why do you take this back?").fill("The father rang: it is worse.")
    giver.get_by_role("button", name="Take it back").click()
    expect(giver.get_by_text("Withdrawn").first).to_be_visible()
    run_jobs()
    assert stands(world, matter) == ("open", "screening")
    giver.goto("/peterborough/contacts/?whose=mine")
    expect(giver.get_by_role("link", name=matter.contact.receipt).first).to_be_visible()


def test_between_two_councils_the_answer_travels_back_and_the_child_is_always_on_both_lists(
    world: World, enter: Enter, run_jobs: Work, axe: Callable[[Page], None]
) -> None:
    from frontdoor.contacts.actions import decisions

    at, there = ago(60), {"of": CAMBRIDGESHIRE, "council": CAMBRIDGESHIRE}
    matter = _recommended_in_cambridgeshire(world, at)
    with world.acting("team_manager", at=ago(5), **there) as by:
        given = replace(
            FULL, outcome="other_la_transfer", rating="", detail="Peterborough", other_council=874, actions=tomorrow(),
        )  # fmt: skip
        decisions.decide(matter.key, seen=matter.version, given=given, by=by, at=ago(5))
    run_jobs()

    receiver = enter("social_worker", PETERBOROUGH)
    receiver.goto("/peterborough/handovers/inbox/")
    axe(receiver)
    receiver.get_by_role("link", name=matter.contact.receipt).first.click()
    expect(receiver.get_by_text("Cambridgeshire").first).to_be_visible()
    look(receiver, "passed-by-another-council")
    receiver.get_by_role("link", name="Read the report").click()
    expect(receiver.get_by_text("He was left alone again.").first).to_be_visible()
    receiver.go_back()
    receiver.get_by_role("link", name="Refuse, after talking with a manager there").click()
    receiver.get_by_label("Why is this not yours to take?").fill("They live in Ely, not with us.")
    receiver.get_by_label("The manager you spoke to there").fill("Ada Hill, team manager")
    fill_moment(receiver, "talked_at", datetime.now(UTC))
    receiver.get_by_role("button", name="Refuse").click()
    expect(receiver.get_by_text("They live in Ely, not with us.").first).to_be_visible()
    run_jobs()
    assert stands(world, matter) == ("back", "back")

    giver = enter("team_manager", CAMBRIDGESHIRE)
    giver.goto("/desk/")
    expect(giver.get_by_text("They live in Ely, not with us.").first).to_be_visible()
    giver.get_by_role("link", name="Send it again, or take it back").first.click()
    send_again(giver, "They moved to Dogsthorpe on Friday.")
    run_jobs()
    receiver.goto("/peterborough/handovers/inbox/")
    receiver.get_by_role("link", name=matter.contact.receipt).first.click()
    receiver.get_by_role("button", name="Accept: this is ours from now").click()
    receiver.wait_for_url("**/inbox/")
    run_jobs()
    assert stands(world, matter) == ("closed", "closed")
    with world.acting("social_worker", of=PETERBOROUGH):
        ours = Contact.objects.get()
        assert (ours.received_at, ours.closed_at) == (matter.contact.received_at, None)


def _recommended_in_cambridgeshire(world: World, at: datetime) -> Matter:
    from frontdoor.contacts.actions import decisions, submit_and_take_in
    from frontdoor.contacts.rules.intake import PersonGiven, ReferrerGiven, Report

    there = {"of": CAMBRIDGESHIRE, "council": CAMBRIDGESHIRE, "at": at}
    child = PersonGiven("child", given_name="Tess", family_name="Setchfield", date_of_birth=date(2019, 6, 17))
    report = Report(
        story="He was left alone again.", sub_type="early_help_request", people=(child,),
        referrer=ReferrerGiven(kind="professional"),
    )  # fmt: skip
    with world.acting("contact_officer", **there) as by:
        _, contact = submit_and_take_in(report, channel="phone", idem="ely", by=by, at=at)
    with world.acting("social_worker", **there) as by:
        matter = Matter.objects.get(contact=contact)
        given = replace(ENQUIRY, outcome="other_la_transfer", rating="", detail="Peterborough")
        decisions.recommend(matter.key, seen=matter.version, given=given, by=by, at=at)
        return Matter.objects.select_related("contact").get(pk=matter.pk)


def test_when_the_agreement_ends_at_midnight_the_slip_falls_back_to_the_council_it_belongs_to(
    world: World, enter: Enter, run_jobs: Work, axe: Callable[[Page], None]
) -> None:
    matter = to_decide(world)
    decided(world, matter, replace(FULL, outcome="early_help", rating="", actions=()), at=ago(5))
    with world.acting("head_of_service"):
        here = f"/peterborough/handovers/{Handover.objects.get().key}/"
    receiver = enter("early_help_officer", PETERBOROUGH)
    receiver.goto(here)
    refuse(receiver, world.user("team_manager", council=PETERBOROUGH).name, "They are in Ely.")
    run_jobs()
    giver = enter("team_manager", CAMBRIDGESHIRE)
    giver.goto("/desk/")
    expect(giver.get_by_text("Came back to you: refused").first).to_be_visible()

    world.agree_until((datetime.now(ZoneInfo("Europe/London")) - timedelta(days=1)).date())
    giver.reload()
    expect(giver.get_by_text("Came back to you: refused")).to_have_count(0)
    assert giver.goto(here).status == 404

    own = enter("team_manager", PETERBOROUGH, java_script_enabled=False)
    own.goto("/desk/")
    expect(own.get_by_text("Nobody's, its giver has left: refused").first).to_be_visible()
    look(own, "my-work-nobodys")
    own.goto(here)
    own.get_by_role("button", name="Stand in for the giver: it is mine from now").click()
    expect(own.get_by_text("Taken over for a giver who has gone").first).to_be_visible()
    look(own, "stood-in")
    send_again(own, "They live in Dogsthorpe.")
    own.goto("/desk/")
    expect(own.get_by_text("Handed over by you: waiting to be accepted").first).to_be_visible()
    receiver.goto(here)
    axe(receiver)
    receiver.get_by_role("button", name="Accept: this is ours from now").click()
    receiver.wait_for_url("**/inbox/")
    run_jobs()
    with world.acting("head_of_service", of=PETERBOROUGH):
        assert Matter.objects.get(pk=matter.pk).state == "closed"
