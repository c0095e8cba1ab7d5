"""A manager reads a colleague's decision again and disagrees; it comes back to the colleague; the auditor counts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.contacts.test_samples_pages import drawn_decision
from tests.journeys.entering import entered
from tests.worlds import PETERBOROUGH, World

pytestmark = pytest.mark.journey


def test_reads_a_decision_again_and_does_not_agree(
    new_page: Callable[..., Page], site: str, world: World, axe: Callable[[Page], None]
) -> None:
    drawn_decision(world)
    reader = entered(new_page, site, world, "team_manager", second=True)
    reader.goto("/peterborough/contacts/sample/")
    axe(reader)
    reader.get_by_role("link", name="Ewa Nowak").click()
    reader.get_by_text("What was known, as it was frozen").click()
    expect(reader.get_by_text("One late collection.").first).to_be_visible()
    axe(reader)
    reader.get_by_label("I do not agree, because").check()
    reader.get_by_role("button", name="Save the answer").click()
    expect(reader.get_by_role("alert")).to_contain_text("Write why you do not agree")
    axe(reader)
    reader.get_by_label("Why you do not agree, or what there is to learn").fill("Nobody spoke to her alone.")
    reader.get_by_role("button", name="Save the answer").click()
    expect(reader.get_by_text("Nothing waits for you to read it again")).to_be_visible()

    decider = entered(new_page, site, world, "team_manager")
    decider.goto("/peterborough/directions/mine/")
    decider.get_by_role("link", name="A colleague who read the decision").first.click()
    decider.get_by_role("link", name="decision that was read again").click()
    expect(decider.get_by_text("Nobody spoke to her alone.").first).to_be_visible()
    axe(decider)

    auditor = entered(new_page, site, world, "auditor", council=PETERBOROUGH)
    auditor.goto("/peterborough/contacts/sample/counts/")
    expect(auditor.get_by_text("draws were worked out again")).to_be_visible()
    axe(auditor)
