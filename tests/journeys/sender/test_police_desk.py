"""A police desk sends its file and falls silent: the manager of the day hears of it, rings, and says what was found."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from frontdoor.actors.rules import CLOCK_SWEEP, PUBLIC_INTAKE, SEEDER
from frontdoor.contacts import actions as contacts
from frontdoor.contacts.actions.silence import raise_silences
from frontdoor.contacts.queries.silence import Watched
from frontdoor.contacts.rules import notices as rules
from frontdoor.contacts.rules.intake import Report
from tests.contacts.noticing import row
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

    desk.get_by_role("link", name="Police notices").click()
    axe(desk)
    content = rules.as_csv([row("PPN-1"), row("PPN-2", kind="nonsense")], ["", ""])
    desk.get_by_label("Council where the children live").select_option("Peterborough")
    desk.get_by_label("File of notices").set_input_files(
        {"name": "n.csv", "mimeType": "text/csv", "buffer": content.encode()}
    )
    desk.get_by_role("button", name="Check the file").click()
    desk.get_by_text("1 will be taken in, 0 were received before, 1 will be refused").wait_for()
    axe(desk)
    desk.get_by_role("button", name="Send them").press("Enter")
    desk.get_by_text("1 taken in, 0 received before, 1 refused").wait_for()
    desk.get_by_role("row", name="PPN-1").get_by_text("874-P-000001").wait_for()
    axe(desk)
    with desk.expect_download() as kept:
        desk.get_by_role("link", name="Download what was refused").click()
    assert "Write one of" in kept.value.path().read_text()
    desk.goto("/sender/")
    desk.get_by_role("row", name="874-P-000001").wait_for()

    manager = entered(new_page, site, world, "team_manager")
    manager.goto("/desk/")
    silent = manager.get_by_role("row", name="A sender is silent")
    silent.get_by_text("Usually 6 by then, seen 0").wait_for()
    silent.get_by_role("link", name="Ring them").click()
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
