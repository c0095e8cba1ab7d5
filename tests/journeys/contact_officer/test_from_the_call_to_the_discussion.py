"""A school rings at five past three about a child who must not go home: from the first word to the strategy discussion.

Four people, each in a browser of their own, by keyboard; what each needs is counted and printed, and stands in
`docs/performance.md`. Seconds depend on the machine and on no person's thinking: nothing asserts them.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from frontdoor.contacts.models import Contact, Decision, Protection
from frontdoor.handovers.models import Handover
from tests.browser import Effort
from tests.journeys.contact_officer.test_call_must_not_go_home import Hands, make_safe, say_who_rings, tell
from tests.journeys.entering import entered
from tests.worlds import PETERBOROUGH, World

pytestmark = pytest.mark.journey

RECEIPT = "874-T-000001"
LONDON = ZoneInfo("Europe/London")


@dataclass
class Person:
    """Somebody at a keyboard, and what it takes them: keys, letters of what they tell, clicks, pages, seconds."""

    who: str
    page: Page
    effort: Effort
    hands: Hands
    opened: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("framenavigated", lambda frame: frame.parent_frame is None and self.opened.append(frame.url))

    @property
    def commands(self) -> int:
        """Keys that are no letter of anything told."""
        return self.effort.keys - self.hands.letters

    @property
    def pages(self) -> int:
        """Pages that were opened, one after another; a place on the same page is none."""
        return len([url for before, url in zip(["", *self.opened], self.opened, strict=False) if "#" not in url])

    def write(self, label: str, words: str) -> None:
        """Go to a field and type into it; going there counts as one key, as tabbing does."""
        self.page.get_by_label(label).first.focus()
        self.effort.keys += 1
        self.hands.write(words)

    def told(self, step: str) -> str:
        """One line of the table."""
        return (
            f"| {self.who} | {step} | {self.effort.keys} | {self.commands} | {self.effort.clicks} | {self.pages} "
            f"| {self.effort.seconds:.0f} |"
        )


Sit = Callable[..., Person]


@pytest.fixture
def receiver(new_page: Callable[..., Page], site: str, world: World) -> Page:
    """Somebody of the assessment team, who looks at its inbox."""
    return entered(new_page, site, world, "assessment_worker", council=PETERBOROUGH)


@pytest.fixture
def sit(sits: Callable[..., Page]) -> Sit:
    """Sits somebody down in a browser of their own and begins to count."""

    def seated(who: str, role: str, *, second: bool = False, at: Page | None = None) -> Person:
        page = sits(role, second=second, at=at)
        return Person(who, page, Effort(page), Hands(page))

    return seated


def look(page: Page, name: str) -> None:
    """Keep a picture of the page, for whoever asks to see it."""
    if folder := os.environ.get("FRONTDOOR_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def takes_the_call(officer: Person) -> None:
    """Until the red flag, while the school still speaks."""
    page, hands = officer.page, officer.hands
    page.goto("/peterborough/call/")
    hands.press("n")
    expect(page.get_by_label("What you are told")).to_be_focused()
    tell(hands)
    make_safe(hands)
    hands.press("Alt+r")
    expect(page.get_by_text("The red flag is raised")).to_be_visible()


def ends_the_call(officer: Person) -> None:
    page, hands = officer.page, officer.hands
    page.get_by_label("What you are told").focus()
    hands.write(" There is a brother at home.")
    say_who_rings(hands)
    hands.press("Alt+Enter")
    page.wait_for_url("**/ended/")


def acts_now(worker: Person, axe: Callable[[Page], None]) -> None:
    """It is the first thing on the page she has open; she opens it, takes the flag, and starts the discussion."""
    page, hands = worker.page, worker.hands
    page.goto("/desk/")
    flag = page.locator("*", has_text=f"Red flag on {RECEIPT}").filter(has=page.get_by_role("link", name="Open it"))
    banner = flag.last.get_by_role("link", name="Open it")
    expect(page.get_by_text(f"Red flag on {RECEIPT}").first).to_be_visible()
    assert banner.bounding_box()["y"] < 400, "the red flag stands at the top"
    axe(page)
    look(page, "flag-at-the-top")
    banner.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Mia Brook")
    axe(page)
    page.get_by_label("Strategy discussion").click()
    hands.press("Tab")
    hands.write("Must not go home")
    hands.press("Tab")
    hands.write("DS Hale, child abuse unit")
    hands.press("Enter")
    expect(page.get_by_text("A manager has not seen it yet").first).to_be_visible()
    look(page, "discussion-started")


def oversees(manager: Person, axe: Callable[[Page], None]) -> None:
    page = manager.page
    page.goto("/peterborough/contacts/oversight/")
    expect(page.get_by_text("DS Hale, child abuse unit")).to_be_visible()
    page.get_by_role("link", name=RECEIPT).click()
    manager.write("What you have seen, and what you direct", "Right to act. She stays at school until I ring.")
    manager.hands.press("Alt+s")
    expect(page.get_by_text("Nothing waits for oversight")).to_be_visible()
    axe(page)


def recommends(worker: Person) -> None:
    """The oversight has come back; the flag is taken, and what is needed is recommended."""
    page, hands = worker.page, worker.hands
    page.reload()
    expect(page.get_by_text("She stays at school until I ring.").first).to_be_visible()
    hands.press("f")
    expect(page.get_by_text("Taken by").first).to_be_visible()
    hands.press("r")
    expect(page.get_by_role("heading", level=1)).to_contain_text("What should happen for Mia Brook")
    for label, words in (
        ("What we know", "Her stepfather hurts her; he collects her at a quarter past three."),
        ("What it means for this child", "She is afraid to go home."),
        ("The child's own words", "He will hurt me again."),
    ):
        worker.write(label, words)
    page.get_by_label("What should happen", exact=True).focus()
    hands.press("S", "t", "r")
    expect(page.get_by_label("What should happen", exact=True)).to_have_value("strategy_discussion_s47")
    worker.write("What should happen, and why not more or less", "Section 47 with the police, today.")
    page.get_by_label("4b").focus()
    hands.press("Space", "Alt+s")
    expect(page.get_by_text("Waiting for a manager").first).to_be_visible()


def decides(manager: Person, owner: str, axe: Callable[[Page], None]) -> None:
    page, hands = manager.page, manager.hands
    page.goto("/peterborough/contacts/waiting/")
    page.get_by_role("link", name=RECEIPT).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Decide for Mia Brook")
    axe(page)
    manager.write("The risk you see", "He will hurt her tonight.")
    manager.write("Your direction", "She does not go home before the discussion has decided.")
    page.locator("#id_what_1").focus()
    hands.write("Ring the school: she stays")
    hands.press("Tab")
    hands.write(owner)
    due = datetime.now(UTC).astimezone(LONDON) + timedelta(hours=1)
    for part in (str(due.day), str(due.month), str(due.year), f"{due:%H:%M}"):
        hands.press("Tab")
        hands.write(part)
    look(page, "decided")
    hands.press("Alt+s")
    page.wait_for_url("**/contacts/waiting/")


def stands_with_the_assessment_team(receiver: Page, axe: Callable[[Page], None]) -> None:
    """The slip waits at the top of the team's inbox, and says what she said."""
    receiver.goto("/peterborough/handovers/inbox/")
    expect(receiver.get_by_role("row").nth(1)).to_contain_text(RECEIPT)
    axe(receiver)
    look(receiver, "with-the-assessment-team")
    receiver.get_by_role("link", name=RECEIPT).first.click()
    expect(receiver.get_by_text("He will hurt me again.").first).to_be_visible()
    expect(receiver.get_by_role("link", name="Refuse")).to_have_count(0)


def kept() -> None:
    """One contact, one discussion that a manager has seen, one decision, one slip that is urgent."""
    contact = Contact.objects.get()
    started = Protection.objects.get()
    assert (started.kind, started.with_whom) == ("strategy_discussion", "DS Hale, child abuse unit")
    assert started.oversight.startswith("Right to act.")
    assert (Decision.objects.get().outcome, contact.state) == ("strategy_discussion_s47", "decided")
    slip = Handover.objects.get()
    assert (slip.destination, slip.section47, slip.received_at) == ("assessment", True, contact.received_at)


COMMANDS = {"officer": 40, "worker": 20, "manager": 16}
"""Keys that are no letter of what is told, at most."""

PAGES = {"officer": 5, "worker": 7, "manager": 6}


def test_from_the_first_word_to_the_strategy_discussion(
    page: Page, sit: Sit, receiver: Page, world: World, axe: Callable[[Page], None]
) -> None:
    lines = []
    officer = sit("Contact officer", "contact_officer", at=page)
    takes_the_call(officer)
    lines.append(officer.told("first word to red flag, the school still on the line"))

    worker = sit("Social worker", "social_worker", second=True)
    acts_now(worker, axe)
    lines.append(worker.told("sees the flag, opens, starts the strategy discussion"))

    ends_the_call(officer)
    lines.append(officer.told("the whole call, to the number read out"))

    manager = sit("Team manager", "team_manager")
    oversees(manager, axe)
    lines.append(manager.told("oversight of what was started"))

    recommends(worker)
    lines.append(worker.told("reads the oversight, takes the flag, recommends"))

    decides(manager, world.user("social_worker", second=True).name, axe)
    lines.append(manager.told("decides in full: risk, direction, an action with its time"))

    stands_with_the_assessment_team(receiver, axe)
    with world.acting("social_worker"):
        kept()
    print("", "| who | until | keys | of them commands | clicks | pages | seconds |", *lines, sep="\n")
    for who, person in (("officer", officer), ("worker", worker), ("manager", manager)):
        assert person.commands <= COMMANDS[who], who
        assert person.pages <= PAGES[who], who
    assert officer.effort.clicks == 0
    assert worker.effort.clicks <= 2
    assert manager.effort.clicks <= 2
