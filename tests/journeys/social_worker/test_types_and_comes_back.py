"""A browser dies while a recommendation is typed: every word stands there again, and is sent from there."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from frontdoor.contacts.models import Matter
from tests.contacts.arriving import arrive, child
from tests.journeys.entering import entered
from tests.worlds import World

pytestmark = pytest.mark.journey


def test_what_was_typed_survives_a_dead_browser(
    new_page: Callable[..., Page], site: str, world: World, axe: Callable[[Page], None]
) -> None:
    with world.acting("contact_officer") as by:
        people = (child(given_name="Ewa", family_name="Nowak"),)
        contact = arrive(by=by, at=timezone.now() - timedelta(minutes=9), people=people)
        matter = Matter.objects.get(contact=contact)
    address = f"/peterborough/children/{matter.key}/recommend/"

    first = entered(new_page, site, world, "social_worker")
    first.goto(address)
    first.get_by_label("What we know").press_sequentially("She cries all night.")
    expect(first.get_by_text("Saved ").first).to_be_visible()
    first.get_by_label("3:", exact=False).first.check()
    with first.expect_response(lambda answer: "/drafts/" in answer.url and answer.ok):
        first.get_by_label("Or: not yet heard, because").press_sequentially("asleep")
    first.context.close()

    again = entered(new_page, site, world, "social_worker")
    again.goto(address)
    expect(again.get_by_text("What you typed here stands below again")).to_be_visible()
    expect(again.get_by_label("What we know")).to_have_value("She cries all night.")
    expect(again.get_by_label("Or: not yet heard, because")).to_have_value("asleep")
    axe(again)
    again.get_by_label("What it means for this child").press_sequentially("She is tired.")
    expect(again.get_by_text("Saved ").first).to_be_visible()
    again.goto("/peterborough/contacts/drafts/")
    axe(again)
    again.get_by_role("link", name="Recommendation").click()
    expect(again.get_by_label("What it means for this child")).to_have_value("She is tired.")
    again.get_by_role("button", name="Start again with an empty page").click()
    expect(again.get_by_label("What we know")).to_have_value("")
