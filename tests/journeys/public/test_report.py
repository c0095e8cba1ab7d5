"""A neighbour reports a worry; somebody in a hurry reports danger; both get a number from the council."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import PUBLIC_INTAKE
from frontdoor.contacts.models import Contact, Named, Receipt, Referrer, Submission

pytestmark = pytest.mark.journey
PETERBOROUGH = 874


def kept() -> tuple[Submission, Receipt]:
    """The one submission that Peterborough holds, and its receipt."""
    with acting_for(PETERBOROUGH, by=PUBLIC_INTAKE):
        return Submission.objects.get(), Receipt.objects.get()


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()


def test_a_neighbour_tells_us_in_her_own_words_and_gets_a_number(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto("/")
    axe(page)
    expect(page.get_by_text("ring 999").first).to_be_visible()
    page.get_by_role("button", name="Start a report").click()
    page.get_by_label("What is the postcode").fill("pe3 7qd")
    axe(page)
    go_on(page)
    page.get_by_label("A neighbour, friend").check()
    axe(page)
    go_on(page)
    page.get_by_label("What are you worried about?").fill("The little boy is out in the cold most nights.")
    axe(page)
    go_on(page)
    page.get_by_label("I cannot tell").check()
    go_on(page)
    page.get_by_label("First name").fill("Alfie")
    page.get_by_label("Or about how old").fill("9")
    axe(page)
    go_on(page)
    page.get_by_label("Yes, add somebody").check()
    go_on(page)
    page.get_by_label("I do not know who the child is").check()
    page.get_by_label("If you do not know the name").fill("a girl of about six")
    go_on(page)
    axe(page)
    page.get_by_label("No, go on").check()
    go_on(page)
    page.get_by_label("What has the child said?").fill("Have you got any bread?")
    go_on(page)
    page.get_by_label("First name").fill("Kayleigh")
    page.get_by_label("Who they are to the child").fill("mother")
    go_on(page)
    page.get_by_label("No, go on").check()
    go_on(page)
    for _ in ("where", "helping", "family"):
        go_on(page)
    page.get_by_label("Yes, but please do not tell the family").check()
    page.get_by_label("Your name").fill("Maureen Oldacre")
    go_on(page)
    page.get_by_label("By telephone").check()
    page.get_by_label("Telephone number").fill("07700 900114")
    page.get_by_label("Please let a social worker ring me back").check()
    go_on(page)
    axe(page)
    page.get_by_role("button", name="Send report").click()
    expect(page.get_by_text("Your report has arrived")).to_be_visible()
    expect(page.get_by_text(re.compile(r"874-W-000001"))).to_be_visible()
    axe(page)

    submission, receipt = kept()
    assert str(receipt) == "874-W-000001"
    assert submission.body["referrer"]["identity"] == "withheld"
    assert [person["kind"] for person in submission.body["people"]] == ["child", "unknown", "adult"]
    with acting_for(PETERBOROUGH, by=PUBLIC_INTAKE):
        assert not Contact.objects.exists()  # the job makes it; nothing of it waits for the sender


def test_danger_now_is_sent_after_three_answers(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto("/")
    page.get_by_role("button", name="A child is in danger now").click()
    page.get_by_label("What is the postcode").fill("PE1 1AA")
    go_on(page)
    page.get_by_label("Where is the child now?").fill("Flat 4, Kestrel Court")
    go_on(page)
    page.get_by_label("First name").fill("Mia")
    axe(page)
    go_on(page)
    page.get_by_label("What are you worried about?").fill("She is screaming and he has hit her.")
    go_on(page)
    page.get_by_role("button", name="Send report").click()
    expect(page.get_by_text("If you have not rung 999")).to_be_visible()
    submission, _ = kept()
    assert submission.body["danger"] == "yes"


def test_the_job_makes_one_contact_with_a_compartment_for_the_referrer(page: Page) -> None:
    from frontdoor.contacts import actions

    test_danger_now_is_sent_after_three_answers(page, lambda _: None)
    submission, receipt = kept()
    from django.utils import timezone

    for _ in range(2):
        with acting_for(PETERBOROUGH, by=PUBLIC_INTAKE) as by:
            actions.take_in(str(submission.pk), by=by, at=timezone.now())
    with acting_for(PETERBOROUGH, by=PUBLIC_INTAKE):
        contact = Contact.objects.get()
        assert contact.receipt == str(receipt)
        assert contact.danger_rank == 0
        assert Named.objects.get().given_name == "Mia"
        assert Referrer.objects.get().identity == "not_given"


def test_a_border_postcode_or_none_never_stops_a_report(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Start a report").click()
    go_on(page)
    page.get_by_label("I am not sure").check()
    go_on(page)
    expect(page.get_by_role("heading", name="Who you are")).to_be_visible()


def test_without_javascript_and_with_an_empty_report_what_was_typed_stays(new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page.goto("/")
    page.get_by_role("button", name="Start a report").click()
    page.get_by_label("What is the postcode").fill("PE1 1AA")
    go_on(page)
    go_on(page)
    expect(page.get_by_text("Choose who you are").first).to_be_visible()
    page.get_by_label("A child or young person").check()
    go_on(page)
    go_on(page)
    expect(page.get_by_text("Write what you are worried about, even in a few words").first).to_be_visible()


def test_the_receipt_is_for_the_browser_that_sent_it_alone(new_page: Callable[..., Page]) -> None:
    one, other = new_page(), new_page()
    test_danger_now_is_sent_after_three_answers(one, lambda _: None)
    answer = other.goto(one.url)
    assert answer is not None
    assert answer.status == 404
