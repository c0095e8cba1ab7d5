"""A police desk falls silent: the manager of the day hears of it, rings, and says what was found."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from frontdoor.actors.rules import CLOCK_SWEEP, PUBLIC_INTAKE, SEEDER
from frontdoor.contacts import actions as contacts
from frontdoor.contacts.actions.silence import raise_silences
from frontdoor.contacts.queries.silence import Watched
from frontdoor.contacts.rules.intake import Report
from tests.journeys.entering import entered
from tests.journeys.sender.test_school import signed_in
from tests.worlds import PETERBOROUGH

pytestmark = pytest.mark.journey


def test_a_silent_police_desk_is_rung(new_page, axe, site, world):
    now = datetime.now(UTC)
    agency = world.agencies["Cambridgeshire Constabulary"]
    with world.system(CLOCK_SWEEP) as by:
        raise_silences([Watched(f"agency:{agency.key}", agency.name, 6, 0, 8)], by=by, at=now - timedelta(minutes=5))

    desk = signed_in(new_page, site, world, "police-desk")
    desk.goto("/sender/")
    desk.get_by_text("Nothing was sent yet.").wait_for()
    axe(desk)

    manager = entered(new_page, site, world, "team_manager")
    manager.goto("/desk/")
    row = manager.get_by_role("row", name="A sender is silent")
    row.get_by_text("Usually 6 by then, seen 0").wait_for()
    row.get_by_role("link", name="Ring them").click()
    manager.get_by_role("heading", name="Cambridgeshire Constabulary is silent").wait_for()
    axe(manager)
    manager.get_by_role("button", name="This is what I found").click()
    manager.get_by_role("alert").get_by_text("Choose what you found").wait_for()
    axe(manager)
    manager.get_by_label("A fault with them").check()
    manager.get_by_label("Whom did you speak to, and what did they say?").fill("PS Finch: the link was down from six.")
    manager.get_by_role("button", name="This is what I found").click()
    manager.get_by_role("row", name="A fault with them").get_by_text("the link was down").wait_for()
    axe(manager)

    with world.sending("police-desk", council=PETERBOROUGH) as by:
        given = contacts.submit(Report(story="Held since six"), channel="web", idem=str(uuid4()), by=by, at=now)
    with world.system(PUBLIC_INTAKE) as by:
        contacts.take_in(str(given.submission), by=by, at=now)
    desk.reload()
    desk.get_by_role("row", name=given.number).wait_for()
    with world.system(SEEDER):
        assert given.number == "874-W-000001"
