"""A social worker divides a household, undoes it, and looks at the family as it was a year ago."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.journeys.entering import entered
from tests.people.test_families import Home, person, related

pytestmark = pytest.mark.journey


@pytest.fixture
def home(site, world):
    """A mother with two children; the grandmother died in the year before last, the father came this year."""
    with world.acting("social_worker") as by:
        made = Home(by)
        related(made.mother, made.child, "mother", by=by, responsibility="yes", evidence="Birth certificate seen")
        related(made.mother, made.other, "mother", by=by)
        since = timezone.localdate() - timedelta(days=90)
        related(made.father, made.child, "father", by=by, since=since, responsibility="disputed", evidence="Says so")
        gran = person("Zofia", by=by, born=date(1950, 1, 1))
        related(gran, made.mother, "mother", by=by)
    return made


def test_divides_a_household_undoes_it_and_looks_at_last_years_family(new_page, site, world, axe, home):
    page = entered(new_page, site, world, "social_worker")
    page.goto(f"/peterborough/people/{home.child.key}/")
    page.get_by_role("link", name="Family", exact=True).click()
    picture = page.get_by_role("img", name="The family as on")
    picture.wait_for()
    axe(page)
    assert page.locator("svg[role=img] text", has_text="Zofia").count() == 1

    page.get_by_role("link", name="12 Fen Row").click()
    axe(page)
    page.get_by_role("link", name="Change who lives where").click()
    axe(page)
    page.get_by_label("Some move to a new household").check()
    page.get_by_label("Ola Nowak").check()
    page.get_by_label("Or what is the new household called?").fill("Gran's house")
    page.get_by_label("Why is it changed").fill("Said on the visit")
    page.get_by_role("button", name="Show it first").click()
    page.get_by_role("button", name="Make this change").wait_for()
    axe(page)
    page.get_by_role("button", name="Make this change").click()

    page.get_by_label("Why is it undone?").fill("She went home")
    axe(page)
    page.get_by_role("button", name="Undo this change").click()
    page.get_by_text("She went home").wait_for()

    page.goto(f"/peterborough/people/{home.child.key}/family/")
    then = timezone.localdate() - timedelta(days=365)
    for part, value in (("Day", then.day), ("Month", then.month), ("Year", then.year)):
        page.get_by_label(part, exact=True).fill(str(value))
    page.get_by_role("button", name="Show the family on this day").click()
    page.get_by_role("img", name=f"{then.day} {then:%B %Y}").wait_for()
    axe(page)
    drawn = page.locator("svg[role=img]")
    assert drawn.locator("text", has_text="Jan").count() == 0
    assert drawn.locator("text", has_text="Ewa").count() == 1
