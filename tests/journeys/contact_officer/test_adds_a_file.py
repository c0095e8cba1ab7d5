"""A photograph comes to a contact; nobody can scan it, a manager lets it be opened, and the clean copy is saved."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.contacts.arriving import arrive, child
from tests.files import making
from tests.journeys.entering import entered
from tests.worlds import World

pytestmark = pytest.mark.journey


def test_a_file_is_added_held_released_and_opened(
    new_page: Callable[..., Page], site: str, world: World, axe: Callable[[Page], None], run_jobs: Callable[[], None]
) -> None:
    now = timezone.now()
    with world.acting("social_worker") as by:
        contact = arrive(by=by, at=now - timedelta(minutes=9), people=(child(given_name="Ewa", family_name="Nowak"),))
    photo = making.picture("JPEG", comment=b"13 Acacia Avenue")

    officer = entered(new_page, site, world, "contact_officer")
    officer.goto(f"/peterborough/contacts/{contact.key}/")
    expect(officer.get_by_text("No file came with it, and none was added.")).to_be_visible()
    officer.locator("summary", has_text="Add a file").focus()
    officer.keyboard.press("Enter")
    axe(officer)
    officer.get_by_label("Choose a file").set_input_files(
        {"name": "page.html", "mimeType": "image/jpeg", "buffer": b"<html><script>alert(1)</script></html>"}
    )
    officer.get_by_role("button", name="Add it").click()
    expect(officer.get_by_role("alert")).to_contain_text("This kind of file is not taken")
    axe(officer)
    officer.get_by_label("Choose a file").set_input_files(
        {"name": "IMG_2231.jpg", "mimeType": "image/jpeg", "buffer": photo}
    )
    officer.get_by_role("button", name="Add it").click()
    expect(officer.get_by_role("cell", name="It waits to be scanned.")).to_be_visible()
    run_jobs()
    officer.reload()
    expect(officer.get_by_role("cell", name="No scanner is set up here.")).to_be_visible()
    axe(officer)

    manager = entered(new_page, site, world, "team_manager")
    manager.goto(f"/peterborough/contacts/{contact.key}/")
    manager.get_by_role("link", name="IMG_2231.jpg").click()
    axe(manager)
    manager.get_by_role("link", name="Let it be opened without a scan").click()
    axe(manager)
    manager.get_by_role("button", name="Release it").click()
    expect(manager.get_by_role("alert")).to_contain_text("Say why")
    manager.get_by_label("Why?").fill("The talk is at two, and we need it")
    manager.get_by_role("button", name="Release it").click()
    run_jobs()

    officer.get_by_role("link", name="IMG_2231.jpg").click()
    expect(officer.get_by_text("Not scanned. A manager let it be opened.")).to_be_visible()
    axe(officer)
    with officer.expect_download() as saved:
        officer.get_by_role("button", name="Save the clean copy").click()
    assert saved.value.suggested_filename == "IMG_2231.jpg"
    copy = Path(saved.value.path()).read_bytes()
    assert copy.startswith(b"\xff\xd8\xff")
    assert b"Acacia" in photo
    assert b"Acacia" not in copy
