"""A data-quality manager keeps two records apart, finds them in the list, and lets them be offered again."""

import pytest
from django.db import transaction
from django.utils import timezone

from frontdoor.people.actions import index
from tests.journeys.entering import entered

pytestmark = pytest.mark.journey


def test_keeps_two_namesakes_apart_and_ends_it(new_page, site, world, axe):
    now = timezone.now()
    with transaction.atomic(), world.acting("social_worker", at=now) as by:
        one, other = (
            index.make(
                given_name="Ola", family_name="Nowak", born=now.date().replace(year=2015, month=3, day=day),
                source=index.Source("worker"), by=by, at=now,
            )
            for day in (4, 5)
        )  # fmt: skip
    page = entered(new_page, site, world, "data_quality_manager")
    page.goto(f"/peterborough/people/{one.key}/")
    page.get_by_role("link", name="Keep apart").click()
    axe(page)
    page.get_by_role("textbox").first.fill(f"http://site/peterborough/people/{other.key}/")
    page.get_by_label("The same name, but not the same person").check()
    page.get_by_role("textbox").last.fill("Two cousins: the school has both.")
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("are these the two?").wait_for()
    axe(page)
    page.keyboard.press("Alt+s")
    page.get_by_role("heading", name="Kept apart").wait_for()
    axe(page)
    page.get_by_role("table").get_by_role("link").first.click()
    axe(page)
    page.get_by_role("textbox").last.fill("It was one child after all.")
    page.get_by_role("button", name="End it").click()
    page.get_by_role("heading", name="Kept apart").wait_for()
