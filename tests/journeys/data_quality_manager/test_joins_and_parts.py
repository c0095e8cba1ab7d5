"""A social worker proposes to join two records; the data-quality manager agrees, parts them again and divides."""

import pytest
from django.db import transaction
from django.utils import timezone

from frontdoor.people.actions import index
from frontdoor.people.models import Caution, Fact
from tests.journeys.entering import entered

pytestmark = pytest.mark.journey


@pytest.fixture
def two(site, world):
    """Two records of a child, alike but for the day of birth."""
    now = timezone.now()
    with transaction.atomic(), world.acting("social_worker", at=now) as by:
        return [
            index.make(
                given_name="Ola", family_name="Nowak", born=now.date().replace(year=2015, month=3, day=day),
                rows=[Fact(kind="school", value="Larkspur Fen Primary School")], source=index.Source("worker"), by=by,
                at=now,
            )
            for day in (4, 5)
        ]  # fmt: skip


def test_joins_two_records_parts_them_and_divides_what_came_between(new_page, site, world, axe, two):
    page = entered(new_page, site, world, "social_worker")
    page.goto(f"/peterborough/people/{two[0].key}/")
    page.get_by_role("link", name="Doubles and joins").click()
    axe(page)
    page.get_by_role("link", name="Ola Nowak").first.click()
    page.get_by_role("heading", name="Propose to join two records").wait_for()
    axe(page)
    page.get_by_role("group", name="Which record goes on?").get_by_role("radio").first.check()
    page.get_by_role("group", name="Which date of birth is right?").get_by_role("radio").last.check()
    page.get_by_label("Why are they one person?").fill("The mother named one child.")
    page.get_by_role("button", name="Propose to join them").click()
    page.get_by_text("You proposed this. Somebody else answers it.").wait_for()
    axe(page)

    manager = entered(new_page, site, world, "data_quality_manager")
    manager.goto("/peterborough/joins/")
    axe(manager)
    manager.get_by_role("link", name="Ola Nowak").click()
    manager.get_by_role("button", name="Answer").click()
    axe(manager)
    manager.get_by_label("They are one person: join the two records").check()
    manager.get_by_role("button", name="Send the answer").click()
    manager.get_by_role("button", name="Part them again").wait_for()
    axe(manager)

    page.goto(f"/peterborough/people/{two[1].key}/")
    page.get_by_text("5 March 2015").first.wait_for()
    page.get_by_text("was joined into this one").wait_for()
    assert str(two[0].key) in page.url
    now = timezone.now()
    with transaction.atomic(), world.acting("social_worker", at=now) as by:
        row = Caution(kind="dogs", words="A large dog.")
        index.add(two[0].key, row, source=index.Source("worker"), by=by, at=now)

    manager.get_by_role("button", name="Part them again").click()
    manager.get_by_label("Why are they two people?").fill("There are two children.")
    manager.get_by_role("button", name="Part them").click()
    manager.get_by_role("heading", name="Not yet divided").wait_for()
    axe(manager)
    manager.get_by_role("button", name="Divide them").click()
    axe(manager)
    manager.get_by_role("radio").last.check()
    manager.get_by_role("button", name="Give it to this record").click()
    manager.get_by_text("Parted, and every later row given to one of them").first.wait_for()
    axe(manager)

    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="The wrong record").click()
    axe(page)
    page.get_by_role("link", name="Ola Nowak and Ola Nowak").click()
    axe(page)
    page.get_by_label("Nothing that I did needs to be put right").check()
    page.get_by_role("button", name="Save what you found").click()
    page.get_by_text("Nothing that I did needs to be put right").wait_for()
