"""A school rings at five past three about a child who must not go home: from the first word to the top of the queue."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from frontdoor.contacts.models import Contact, Named, Referrer, SafetyCall, Statement
from tests.browser import Effort
from tests.worlds import World

pytestmark = pytest.mark.journey

COMMANDS = 60
"""Keys that are no letter of anything told: every mark, every part of the screen, the clock, the flag and the end."""


class Hands:
    """Two hands on a keyboard, and nothing else."""

    def __init__(self, page: Page) -> None:
        self.page, self.letters = page, 0

    def write(self, words: str) -> None:
        """Type words."""
        self.page.keyboard.type(words)
        self.letters += len(words)

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)


def said(page: Page, words: str) -> None:
    """The screen has answered; a person sees it in passing."""
    expect(page.locator("[data-said]")).to_contain_text(words)


def tell(hands: Hands) -> None:
    """The story as the school tells it, each sentence marked as soon as it is written."""
    for words, keys in (
        (
            "Whittle Brook Primary. Mia Brook, 7, must not go home tonight.",
            (("Alt+4", "A person"), ("Alt+2", "A worry")),
        ),
        (" She said: “He will hurt me again.”", (("Alt+1", "own words"),)),
        (
            " Her mum Kelly Brook and her mum's boyfriend Darren Pike come at a quarter past three.",
            (("Alt+4", "A person"),),
        ),
        (" They live at 14 Kestrel Court, Orton, PE2 5AB.", (("Alt+5", "An address"),)),
    ):
        hands.write(words)
        for key, answer in keys:
            hands.press(key)
            said(hands.page, answer)


def make_safe(hands: Hands) -> None:
    """Where she is, with whom, until when, and who rings whom back in five minutes."""
    hands.press("Alt+6", "Space", "Tab")
    for words, keys in (
        ("School office", ("Tab",)),
        ("Mrs Ahmed, head", ("Tab",)),
        ("Quarter past three", ("Tab", "Space", "Tab")),
        ("Mrs Ahmed 01632 960222", ("Tab", "Control+a")),
        ("5", ("Enter",)),
    ):
        hands.write(words)
        hands.press(*keys)
    expect(hands.page.get_by_text("We ring them: Mrs Ahmed 01632 960222")).to_be_visible()
    expect(hands.page.get_by_label("What you are told")).to_be_focused()


def say_who_rings(hands: Hands) -> None:
    """The school's number, and from where it rings: the list goes to what is typed."""
    hands.press("Alt+8")
    for words in ("Harriet Sedge", "01632 960222", "Sch"):
        hands.write(words)
        hands.press("Tab")


def test_a_child_who_must_not_go_home_stands_on_top_of_the_queue_while_the_school_still_speaks(
    page: Page, effort: Effort, world: World, axe: Callable[[Page], None], sits: Callable[..., Page]
) -> None:
    sits(at=page)
    page.goto("/peterborough/call/")
    hands = Hands(page)
    hands.press("n")
    expect(page.get_by_label("What you are told")).to_be_focused()
    tell(hands)
    expect(page.get_by_label("Postcode").first).to_have_value("PE2 5AB")
    make_safe(hands)
    hands.press("Alt+r")
    expect(page.get_by_text("The red flag is raised")).to_be_visible()
    flagged = f"{effort}, {effort.keys - hands.letters} of them commands"
    page.evaluate("scrollTo(0, document.body.scrollHeight)")  # where the bar of answers lies over nothing
    axe(page)

    team = sits("social_worker", second=True)
    team.goto("/peterborough/contacts/")
    expect(team.get_by_text("874-T-000001").first).to_be_visible()
    expect(team.get_by_text("Mia Brook").first).to_be_visible()
    team.goto("/peterborough/call/")
    expect(team.get_by_text("School office")).to_be_visible()

    page.get_by_label("What you are told").focus()
    hands.write(" There is a brother at home.")
    say_who_rings(hands)
    hands.press("Alt+Enter")
    page.wait_for_url("**/ended/")
    expect(page.get_by_text("874-T-000001").first).to_be_visible()
    axe(page)
    print(f"\nto the red flag: {flagged}; to the end: {effort}")
    assert effort.clicks == 0
    assert effort.keys - hands.letters <= COMMANDS
    with world.acting("social_worker"):
        kept()


def kept() -> None:
    """Everything that was told stands in one contact, each word once."""
    contact = Contact.objects.get()
    assert (contact.danger_rank, contact.flagged_why) == (0, "Mia Brook, 7, must not go home tonight.")
    assert contact.story.endswith("There is a brother at home.")
    assert (contact.danger_said, contact.where_now, contact.source_code) == ("yes", "School office", "2A")
    people = Named.objects.order_by("position").values_list("kind", "given_name", "family_name", "address")
    assert list(people) == [
        ("child", "Mia", "Brook", "14 Kestrel Court, Orton"), ("adult", "Kelly", "Brook", ""),
        ("adult", "Darren", "Pike", ""),
    ]  # fmt: skip
    kinds = Statement.objects.order_by("starts", "id").values_list("kind", flat=True)
    assert sorted(kinds) == ["address", "own_words", "person", "person", "worry"]
    assert Statement.objects.get(kind="own_words").named.given_name == "Mia"
    assert Referrer.objects.get().name == "Harriet Sedge"
    assert SafetyCall.objects.get().contact == contact
