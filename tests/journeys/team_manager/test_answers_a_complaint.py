"""A contact officer takes a complaint in; a manager finds an owner, answers it, and what is learnt is directed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.entering import entered
from tests.worlds import World

pytestmark = pytest.mark.journey


def test_a_complaint_is_taken_in_owned_answered_and_learnt_from(
    new_page: Callable[..., Page], site: str, world: World, axe: Callable[[Page], None]
) -> None:
    officer = entered(new_page, site, world, "contact_officer")
    officer.goto("/peterborough/complaints/take/")
    officer.get_by_role("button", name="Take it in").click()
    expect(officer.get_by_role("alert")).to_contain_text("Write what it is about")
    axe(officer)
    officer.get_by_label("Complaint", exact=True).check()
    officer.get_by_label("Told on the telephone").check()
    officer.get_by_label("What is it about").fill("Nobody rang me back for a week.")
    officer.get_by_label("A parent or carer").check()
    officer.get_by_role("button", name="Take it in").click()
    expect(officer.get_by_text("874-C-000001")).to_be_visible()
    expect(officer.get_by_text("A manager answers for it.")).to_be_visible()
    axe(officer)

    manager, name = entered(new_page, site, world, "team_manager"), world.user("team_manager").name
    manager.goto("/desk/?what=complaints")
    manager.get_by_role("link", name="Open it").first.click()
    axe(manager)
    manager.get_by_role("link", name="Say who answers for it").click()
    manager.get_by_label("Who answers for it?").select_option(label=name)
    axe(manager)
    manager.get_by_role("button", name="Save").click()
    manager.get_by_role("link", name="It is complex").click()
    manager.get_by_label("Why, or in which words?").fill("Three teams worked on it.")
    manager.get_by_role("button", name="Save").click()
    expect(manager.get_by_text("Found to be complex")).to_be_visible()

    manager.get_by_role("link", name="Write down the answer").click()
    manager.get_by_label("Partly upheld").check()
    manager.get_by_label("What was answered?").fill("We are sorry that nobody rang.")
    manager.get_by_label("Letter").check()
    manager.get_by_label("What do we learn from it?").fill("Ring back on the same day.")
    manager.get_by_label("What is done because of it?").fill("Put the list on the wall")
    manager.get_by_label("By whom?").select_option(label=name)
    axe(manager)
    manager.get_by_role("button", name="Save").click()
    expect(manager.get_by_text("Partly upheld").first).to_be_visible()
    expect(manager.get_by_role("link", name="Put the list on the wall")).to_be_visible()
    axe(manager)
    manager.goto("/peterborough/complaints/?which=settled")
    axe(manager)
    expect(manager.get_by_text("Answered").first).to_be_visible()
