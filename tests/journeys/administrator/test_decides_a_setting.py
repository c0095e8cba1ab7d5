"""An administrator is told of a decision of the board, and enters it for a day to come."""

import pytest
from django.conf import settings
from django.utils import timezone

from tests.worlds import PETERBOROUGH

pytestmark = pytest.mark.journey


def test_enters_what_the_board_decided_for_a_day_to_come(page, axe, site, client, world):
    world.signed_in(client, world.user("administrator", council=PETERBOROUGH))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])

    page.goto("/peterborough/settings/")
    axe(page)
    page.get_by_role("link", name="A qualified worker looks at what has arrived within").click()
    axe(page)
    page.get_by_role("button", name="Decide another value").click()
    axe(page)

    page.get_by_label("New value").fill("soon")
    page.get_by_role("button", name="Decide").click()
    page.get_by_role("alert").get_by_text("Enter a whole number").wait_for()
    axe(page)

    page.get_by_label("New value").fill("30")
    page.get_by_role("group", name="First day on which it holds").get_by_label("Year").fill(
        str(timezone.localdate().year + 1)
    )
    page.get_by_label("Who decided").fill("Partnership board")
    page.get_by_label("Why", exact=True).fill("Inspectors found delay before anybody had looked")
    page.get_by_role("button", name="Decide").click()

    row = page.get_by_role("row", name="30 minutes")
    row.get_by_text("Not yet").wait_for()
    row.get_by_text("Partnership board").wait_for()
    axe(page)
