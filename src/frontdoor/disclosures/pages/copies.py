"""What the page of a copy shows, and the copy as it is printed: whom it was made for stands on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from frontdoor.access.queries import names
from frontdoor.actors.rules import Actor, Permission
from frontdoor.disclosures.models import Copy
from frontdoor.disclosures.queries.copies import OpenCopy, words_of
from frontdoor.disclosures.rules import copies as rules
from frontdoor.disclosures.rules import grounds
from frontdoor.disclosures.rules.copies import State
from frontdoor.letters import queries as letters
from frontdoor.letters.pages.pdf import letter_pdf
from frontdoor.letters.rules import Block, Recipient, Route, Words
from frontdoor.shell.pages import Event, Item, Row, link, text, when
from frontdoor.shell.rules import moment

_TONES = {
    State.DRAFT: "waiting", State.WAITING: "soon", State.RELEASED: "ok", State.TAKEN: "done", State.DROPPED: "plain",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Detail:
    """A copy as its page shows it.

    :param steps: what may be done now, as links
    """

    facts: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]
    about: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    steps: tuple[Item, ...]
    history: tuple[Event, ...]
    writes: bool
    prints: bool


WAITING_COLUMNS = ("What", "For", "Asked for", "Why it is asked for")


def waiting_rows(found: Iterable[Copy], slug: str, *, by: Actor) -> list[Row]:
    """Copies that wait for a second person, as a table; one's own says that somebody else releases it."""
    return [
        Row((
            link(row.title, reverse("disclosures:copy", args=[slug, row.key]), below=row.contact.receipt),
            text(row.to_name, below=row.relation), when(row.asked_at),
            text(
                row.asked_why,
                below="Somebody else releases it: it is yours" if by.user_id in row.owners else "",
            ),
        ))
        for row in found
    ]  # fmt: skip


def detail(found: OpenCopy, slug: str, *, by: Actor) -> Detail:
    """The page of a copy, as far as its reader may act on it."""
    row, state = found.copy, State(found.copy.state)
    return Detail(
        facts=(f"For {row.to_name}", row.relation, dict(rules.HOWS)[row.how]),
        tags=((dict(rules.STATES)[state], _TONES[state]),),
        about=(
            ("For", f"{row.to_name} ({row.relation})" + (f", {row.agency}" if row.agency else "")),
            ("What for", row.why), ("Lawful basis", dict(grounds.BASES)[row.basis]), ("Out of", row.contact.receipt),
        ),
        reasons=(*found.look.reasons, *dict.fromkeys(each.why for each in found.look.passages)),
        steps=tuple(_steps(found, slug, by=by)),
        history=tuple(_history(found)),
        writes=state in rules.OPEN,
        prints=state in (State.DRAFT, State.RELEASED) and found.may_go,
    )  # fmt: skip


def _steps(found: OpenCopy, slug: str, *, by: Actor) -> list[Item]:
    row, state = found.copy, State(found.copy.state)
    second = by.may(Permission.LETTER_RELEASE) and by.user_id not in row.owners
    wanted = [
        ("Ask for a release", "copy-ask", state in (State.DRAFT, State.RELEASED) and not found.may_go),
        ("Release it", "copy-release", state is State.WAITING and second),
        ("Do not release it", "copy-refuse", state is State.WAITING and second),
        ("Do not give it", "copy-drop", state in rules.OPEN),
    ]
    return [Item(words, reverse(f"disclosures:{name}", args=[slug, row.key])) for words, name, open_ in wanted if open_]


def _history(found: OpenCopy) -> list[Event]:
    row, name = found.copy, found.names
    did = [
        ("Begun", row.made_at, row.made_by, row.why),
        ("A release was asked for", row.asked_at, row.asked_by, row.asked_why),
        ("Not released", row.refused_at, row.refused_by, row.refused_why),
        ("Released", row.released_at, row.released_by, row.released_why),
        ("Printed", row.taken_at, row.taken_by, ""),
        ("Not given", row.dropped_at, row.dropped_by, row.dropped_why),
    ]
    events = [Event(what, when, by=name.get(who or 0, ""), text=why) for what, when, who, why in did if when]
    return sorted(events, key=lambda event: event.at, reverse=True)


def printed(copy: Copy, *, by: Actor, at: datetime) -> bytes:
    """The copy as an accessible PDF, with the name of the one person for whom it was made and of who printed it."""
    who = names({copy.taken_by or 0}, by=by).get(copy.taken_by or 0, "")
    for_whom = f"Made for {copy.to_name} ({copy.relation}) alone, by {who}, {moment(at)}."
    kept = "A worker's own paper: it is destroyed after use." if copy.own else "If it is not yours, please ring us:"
    house = letters.house(by=by, at=at)
    number = f"{house.council}, {house.phone}" if not copy.own else house.council
    said = words_of(copy, by=by)
    blocks = (*(Block(part) for part in said.split("\n\n") if part.strip()), Block(f"{for_whom} {kept} {number}"))
    recipient = Recipient(kind="", identity="given", route=Route.LETTER, name=copy.to_name)
    return letter_pdf(Words("copy.1", copy.title, blocks), recipient, house, at=at)
