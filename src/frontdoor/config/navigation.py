"""Which pages each role is offered: every room's entries, those left out that the actor may not open."""

from functools import cache
from typing import Any

from django.urls import reverse

from frontdoor.actors.rules import Permission
from frontdoor.shell.pages import Item, Place

MERGED: tuple[tuple[str, str, Permission | None], ...] = (
    ("My work", "desk:home", None),
    ("Queue", "desk:queue", Permission.CONTACT_READ),
    ("Enquiries", "desk:enquiries", Permission.MASH_READ),
    ("Board of agencies", "desk:agencies", Permission.MASH_READ),
    ("Clock board", "desk:board", Permission.CLOCK_READ),
    ("Notices", "desk:notices", Permission.CLOCK_READ),
    ("Search", "desk:search", Permission.PERSON_READ),
    ("Referrals", "desk:referrals", Permission.REFERRAL_READ),
    ("Early help", "desk:early-help", Permission.EARLY_HELP_READ),
    ("My families", "desk:my-families", Permission.FAMILY_HELP_WORK),
    ("What came of help", "desk:family-help", Permission.FIGURES_READ),
    ("What happened next", "desk:afterwards", Permission.CONTACT_SCREEN),
)
"""Pages over all councils that the actor reaches: words, address name, permission needed somewhere."""

COUNCIL: tuple[tuple[str, str, Permission | None], ...] = (
    ("Take a call", "contacts:telephone", Permission.CONTACT_TAKE),
    ("Take in", "contacts:take-in", Permission.CONTACT_TAKE),
    ("First look", "contacts:look", Permission.CONTACT_LOOK),
    ("Screening", "contacts:queue", Permission.CONTACT_READ),
    ("To decide", "contacts:waiting", Permission.CONTACT_DECIDE),
    ("Inbox", "handovers:inbox", Permission.HANDOVER_ANSWER),
    ("Night inbox", "contacts:night", Permission.CONTACT_READ),
    ("To be told", "letters:to-be-told", Permission.LETTER_READ),
    ("Safe contact", "contacts:safe-reviews", Permission.SAFE_CONTACT_KEEP),
    ("Requests for information", "disclosures:requests", Permission.DISCLOSURE_PREPARE),
    ("Copies to release", "disclosures:copies-waiting", Permission.LETTER_RELEASE),
    ("Complaints", "complaints:complaints", Permission.COMPLAINT_KEEP),
    ("Agencies we ask", "mash:agencies", Permission.MASH_DECIDE),
    ("Strategy discussions", "mash:strategies", Permission.MASH_READ),
    ("Huddles", "mash:huddles", Permission.MASH_READ),
    ("Who takes families on", "earlyhelp:providers", Permission.EARLY_HELP_KEEP),
    ("Disagreements", "mash:disagreements", Permission.DISAGREEMENT_KEEP),
    ("Disclosures", "disclosures:ledger", Permission.DISCLOSURE_LEDGER),
    ("Missed deadlines", "clocks:missed", Permission.CLOCK_EXPLAIN),
    ("Senders and doors", "contacts:watching", Permission.SETTING_READ),
    ("Settings", "settings:overview", Permission.SETTING_READ),
    ("Without the system", "down:down", Permission.DOWN_KEEP),
    ("Agreements", "access:agreements", Permission.SETTING_READ),
    ("Possible doubles", "matching:doubles", Permission.MATCH_EXPLAIN),
    ("Kept apart", "matching:apart", Permission.APART_KEEP),
    ("Matches", "contacts:matches", Permission.MATCH_EXPLAIN),
    ("Joins to approve", "matching:joins", Permission.JOIN_APPROVE),
    ("The wrong record", "matching:told-list", Permission.PERSON_READ),
    ("People brought in", "people:brought", Permission.PEOPLE_BRING),
    ("Services for families", "directory:services", None),
    ("Keep the directory", "directory:keep", Permission.DIRECTORY_KEEP),
    ("Restricted records", "people:restrictions", Permission.RESTRICTION_KEEP),
    ("Opened with a reason", "people:glasses", Permission.GLASS_REVIEW),
    ("Sealed addresses to lift", "people:liftings", Permission.SAFE_CONTACT_KEEP),
    ("Declared by our people", "people:declared", Permission.MATCH_EXPLAIN),
    ("Opened with no known reason", "people:watched", Permission.TRAIL_READ),
    ("Records that you opened", "people:asked", None),
    ("You and your family", "people:mine", None),
    ("Accounts", "access:accounts", Permission.ACCOUNT_KEEP),
    ("Trail", "access:trail", Permission.TRAIL_READ),
)
"""Pages of one council: words, address name, permission needed there. The first are those of every day."""

DAILY = frozenset(
    {
        "contacts:telephone", "contacts:take-in", "contacts:look", "contacts:queue", "contacts:waiting",
        "handovers:inbox", "contacts:night", "letters:to-be-told",
    }
)  # fmt: skip
"""What is open before everybody who may; the rest of a long menu is folded away under its heading."""

HEADINGS = {
    "Families and agencies": (
        "letters",
        "disclosures",
        "complaints",
        "mash",
        "referrals",
        "earlyhelp",
        "familyhelp",
        "directory",
        "contacts:safe-reviews",
    ),
    "Who is who": ("matching", "people", "contacts:matches"),
    "Running the service": ("",),
}
"""The headings of what is folded away, each with its rooms or pages; the last takes what no other has."""

FOLDS_FROM = 11
"""A menu of so many entries is folded: two lines of them are not read."""


@cache
def _href(name: str, *council: str) -> str:
    """Where a page is. Every page of the site leads to twenty others, whose addresses never change."""
    return reverse(name, args=council)


def navigation(request: Any) -> tuple[Item, ...]:
    """The pages over all councils that this request's actor may open."""
    actor = request.actor
    held = frozenset().union(*actor.reach.values()) if actor.reach else frozenset()
    return tuple(
        Item(_counted(words, name, request), _href(name), current=request.path == _href(name))
        for words, name, permission in MERGED
        if permission is None or permission in held
    )


def _counted(words: str, name: str, request: Any) -> str:
    """The notices with how many were not seen, on the pages that know it: no other page is made slower by counting."""
    unseen = getattr(request, "unseen", 0) if name == "desk:notices" else 0
    return f"{words} ({unseen})" if unseen else words


def place(request: Any) -> Place | None:
    """The pages of one council, that of the address or else the first reached, and the way to the others.

    Whoever reaches several councils goes over to another on the same page, where she may open it there.
    """
    reached = request.standing.councils
    here = request.council or next(iter(reached), None)
    if here is None:
        return None
    pages = _pages(request, here)
    plain, more = _folded(pages)
    current = next((index for index, item in pages.items() if item.current), None)
    others = []
    for other in sorted(reached, key=lambda each: each.name):
        there = _pages(request, other) if other.id != here.id else {}
        if there:
            same = there.get(current) if current is not None else None
            others.append(Item(other.name, (same or next(iter(there.values()))).href))
    return Place(here.name, plain, tuple(others), more)


def _folded(pages: dict[int, Item]) -> tuple[tuple[Item, ...], tuple[tuple[str, tuple[Item, ...]], ...]]:
    """What stands in the open, and under which headings the rest is folded away; a short menu is never folded."""
    if len(pages) < FOLDS_FROM:
        return tuple(pages.values()), ()
    plain: list[Item] = []
    under: dict[str, list[Item]] = {heading: [] for heading in HEADINGS}
    for index, item in pages.items():
        name = COUNCIL[index][1]
        (plain if name in DAILY else under[_heading(name)]).append(item)
    return tuple(plain), tuple((heading, tuple(items)) for heading, items in under.items() if items)


@cache
def _heading(name: str) -> str:
    """The heading of a page: named itself, or of a room that is."""
    room = name.partition(":")[0]
    for wanted in (name, room):
        for heading, members in HEADINGS.items():
            if wanted in members:
                return heading
    return next(reversed(HEADINGS))


def _pages(request: Any, council: Any) -> dict[int, Item]:
    """The entries of one council that the actor may open there, under their places in the list."""
    held = request.actor.reach.get(council.id, frozenset())
    found = {}
    for index, (words, name, permission) in enumerate(COUNCIL):
        if permission is None or permission in held:
            href = _href(name, council.slug)
            found[index] = Item(words, href, current=request.path == href)
    return found
