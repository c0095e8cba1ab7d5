"""At night: a strategy discussion begun with two lines, its record, section 47 for the child, a manager signs."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.contacts.deciding import arrived
from tests.journeys.entering import entered
from tests.journeys.filling import fill_moment, look
from tests.mash.asking import desks
from tests.worlds import PETERBOROUGH, World

pytestmark = pytest.mark.journey

WHY = "A bruise on the arm that nobody explains, and he is at home tonight."
THERE = (
    ("Children’s social care: social worker", "Dina Okafor", "The mother does not answer the telephone."),
    ("Children’s social care: manager", "Tariq Malik", "Tess is not to be there tonight."),
    ("Police", "DS Carter", "Two calls to the home in the last year."),
)


def begin(page: Page, axe: Callable[[Page], None]) -> None:
    """Two lines; what is missing is said beside its field, and what was typed stays."""
    page.get_by_role("link", name="Begin a strategy discussion").click()
    page.get_by_label("Whom have you asked or spoken to?").fill("DS Carter, police")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("alert").first).to_contain_text("Write why you suspect that a child suffers")
    expect(page.get_by_label("Whom have you asked or spoken to?")).to_have_value("DS Carter, police")
    axe(page)
    look(page, "strategy-begin-wrong")
    page.get_by_label("Why do you suspect that a child suffers").fill(WHY)
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tess0 Setchfield")
    for words in ("Not quorate.", "One issue has no answer.", "Missing before it can be signed"):
        expect(page.get_by_text(words).first).to_be_visible()
    axe(page)
    look(page, "strategy-begun")


def write_who_came(page: Page, axe: Callable[[Page], None]) -> None:
    """The core was asked with one press; whoever has not come is not quorum."""
    page.get_by_role("button", name="Police, health, education and ours were asked").click()
    for line, who, brought in THERE:
        page.get_by_role("row").filter(has_text=line).get_by_role("link").click()
        page.get_by_label("Who?", exact=True).fill(who)
        page.get_by_label("Took part").check()
        page.get_by_label("By telephone").check()
        page.get_by_label("What did they bring?").fill(brought)
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text(brought).first).to_be_visible()
    for agency in ("Nene Community Health", "Hereward Schools Trust"):
        page.get_by_role("row").filter(has_text=agency).get_by_role("link").click()
        page.get_by_label("Did not come").check()
        axe(page)
        look(page, "strategy-attended")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("row").filter(has_text=agency)).to_contain_text("Did not come")
    expect(page.get_by_text("Not quorate. Nobody was there for: Health.")).to_be_visible()


def write_record(page: Page, axe: Callable[[Page], None]) -> None:
    page.get_by_role("link", name="Write when and how it was held").click()
    page.get_by_label("A call").check()
    page.get_by_label("Who chaired it?").fill("Tariq Malik, team manager")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name=WHY).click()
    page.get_by_label("What is the answer?").fill("Tess sleeps at her nan’s tonight.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Write the record").click()
    for label, words in (
        ("What information was shared?", "What the school saw, and two calls to the police."),
        ("What was considered for other children?", "There is no other child in the home."),
        ("If the risk remains, what then?", "The police take Tess to a place of safety."),
        ("Did anybody disagree?", "Nobody disagreed."),
    ):
        page.get_by_label(label).fill(words)
    page.get_by_label("Yes, they know").check()
    axe(page)
    look(page, "strategy-record")
    page.get_by_role("button", name="Save").click()


def begin_section_47(page: Page, axe: Callable[[Page], None]) -> None:
    """It begins when it is saved: the assessment team has the child, and somebody sees the child tonight."""
    page.get_by_role("link", name="Tess0 Setchfield").first.click()
    page.get_by_role("group", name="reasonable cause").get_by_label("Yes").check()
    page.get_by_label("A section 47 enquiry begins").check()
    page.get_by_label("Why, for this child?").fill("A bruise, and whoever may have done it is in the home.")
    page.get_by_role("button", name="Save").click()
    for words in ("Choose who sees the child", "Write what keeps this child safe from now on"):
        expect(page.get_by_role("alert").first).to_contain_text(words)
    axe(page)
    look(page, "strategy-child-wrong")
    page.get_by_label("Jointly with the police").check()
    page.get_by_label("Who sees the child?").select_option(index=1)
    fill_moment(page, "sees_at", datetime.now(UTC) + timedelta(hours=3))
    page.get_by_label("With whom?").fill("alone, at her nan’s")
    page.get_by_label("Is a medical examination needed").fill("The duty doctor is asked once Tess was seen.")
    page.get_by_label("What keeps this child safe from now on?").fill("She sleeps at her nan’s.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Section 47 enquiry begun").first).to_be_visible()
    expect(page.get_by_role("heading", name="Missing before it can be signed")).to_have_count(0)
    axe(page)
    look(page, "strategy-written")


def sign_and_send(page: Page, reference: str, axe: Callable[[Page], None]) -> None:
    """It was not quorate: nobody signs that without the reason, and it stays to be read in the minutes."""
    page.goto("/peterborough/strategy-discussions/")
    axe(page)
    look(page, "strategies")
    page.get_by_role("link", name=reference).click()
    page.get_by_role("link", name="Sign it").click()
    page.get_by_role("button", name="Sign it").click()
    expect(page.get_by_role("alert").first).to_contain_text("Write why that is accepted")
    axe(page)
    look(page, "strategy-sign-wrong")
    page.get_by_label("It was not quorate.").fill("The named nurse was rung after, and agrees.")
    page.get_by_role("button", name="Sign it").click()
    page.get_by_role("button", name="Send the minutes to those who took part").click()
    expect(page.get_by_text("Closed: the minutes were sent").first).to_be_visible()
    axe(page)
    look(page, "strategy-closed")
    page.get_by_role("link", name="Version 1").click()
    expect(page.get_by_text("Not quorate. Nobody was there for: Health.").first).to_be_visible()
    axe(page)
    look(page, "strategy-minutes")


def test_the_night_holds_one_and_the_assessment_team_has_the_child(
    world: World, new_page: Callable[..., Page], site: str, run_jobs: Callable[[], None], axe: Callable[[Page], None]
) -> None:
    at = datetime.now(UTC) - timedelta(minutes=25)
    contact = arrived(world, at=at)
    desks(world, at=at)
    night = entered(new_page, site, world, "duty_worker")
    night.goto(f"/peterborough/contacts/{contact.key}/")
    begin(night, axe)
    write_who_came(night, axe)
    write_record(night, axe)
    begin_section_47(night, axe)
    run_jobs()

    sign_and_send(entered(new_page, site, world, "team_manager"), f"S-{contact.receipt}", axe)
    receiver = entered(new_page, site, world, "assessment_worker", council=PETERBOROUGH)
    receiver.goto("/peterborough/handovers/inbox/")
    receiver.get_by_role("link", name=f"Section 47 enquiry after strategy discussion S-{contact.receipt}").click()
    expect(receiver.get_by_text("Tess0 Setchfield").first).to_be_visible()
    look(receiver, "strategy-received")
    receiver.get_by_role("button", name="Accept: this is ours from now").click()
    receiver.wait_for_url("**/inbox/")
    run_jobs()
    receiver.goto("/desk/referrals/")
    receiver.get_by_role("link", name="Tess0 Setchfield").first.click()
    for words in ("Section 47 enquiry", "conference"):
        expect(receiver.get_by_text(words).first).to_be_visible()
    axe(receiver)
    look(receiver, "strategy-referral")
