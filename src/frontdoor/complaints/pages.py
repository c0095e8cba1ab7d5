"""What the pages of complaints and compliments show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from frontdoor.complaints import forms
from frontdoor.complaints.queries import Listed, Opened
from frontdoor.complaints.rules import KINDS, LAST, State
from frontdoor.shell.pages import Cell, Event, Item, Row, clock, reference, tag, text, when
from frontdoor.shell.rules import moment

Pairs = tuple[tuple[str, str], ...]
COLUMNS = ("Number", "Came", "What", "Stage", "About", "Stands", "With", "Time left")
TONES = {State.WAITING: "late", State.REPLIED: "done", State.WITHDRAWN: "done", State.PASSED: "done"}


def chosen(asked: Mapping[str, str]) -> list[tuple[str, str]]:
    """The filters that are on, each with the address without it."""
    found = []
    if asked["which"]:
        found.append((dict(forms.WHICH)[asked["which"]], f"?kind={asked['kind']}"))
    if asked["kind"]:
        found.append((dict(KINDS)[asked["kind"]], f"?which={asked['which']}"))
    return found


def rows(found: Iterable[Listed], slug: str, *, at: datetime) -> list[Row]:
    """Complaints and compliments as a table."""
    return [
        Row(
            (
                reference(each.number, reverse("complaints:complaint", args=[slug, each.key])),
                when(each.received_at), text(each.kind),
                text(each.stage or None), text(each.team), tag(each.state.words, TONES.get(each.state, "plain")),
                text(each.owner or "Nobody"),
                when(each.settled_at) if each.settled_at else clock(each.due_at, at),
            ),
            tone="late" if each.settled_at is None and each.due_at < at else "",
        )
        for each in found
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Detail:
    """One complaint or compliment as its page shows it."""

    key: UUID
    heading: str
    facts: tuple[str, ...]
    tags: Pairs
    clock: Cell
    what: str
    rows: Pairs
    steps: tuple[Item, ...]
    links: tuple[Item, ...]
    done: tuple[Item, ...]
    history: tuple[Event, ...]


def detail(opened: Opened, slug: str, *, at: datetime) -> Detail:
    """The page of one complaint or compliment."""
    row, state = opened.complaint, State(opened.complaint.state)
    complaint = row.kind == "complaint"
    name = opened.names.get
    outcome = ((row.get_outcome_display(), "ok"),) if row.outcome else ()
    return Detail(
        key=row.key, heading=f"{row.get_kind_display()} {row.reference}",
        facts=(
            row.get_stage_display() if complaint else "", "complex" if row.is_complex else "",
            f"received {moment(row.received_at)}", row.get_way_display(),
        ),
        tags=((state.words, TONES.get(state, "plain")), *outcome),
        clock=text("") if state.settled else clock(row.due_at, at), what=row.what,
        rows=(
            ("Who", ", ".join(part for part in (row.name, row.get_who_display()) if part)),
            ("To be answered", row.reply_to or "Not said"), ("About", opened.team),
            ("About whom", name(row.about_user or 0, "No person in particular")),
            ("Answers for it", name(row.owner or 0, "Nobody yet")),
        ),
        steps=_steps(opened, slug), links=_links(opened, slug),
        done=tuple(
            Item(f"{each.what}: {each.owner}", reverse("directions:detail", args=[slug, each.key]))
            for each in opened.actions
        ),
        history=tuple(
            Event(entry.get_kind_display(), entry.at, by=name(entry.by_user or 0, ""), text=entry.text)
            for entry in reversed(opened.entries)
        ),
    )  # fmt: skip


def _steps(opened: Opened, slug: str) -> tuple[Item, ...]:
    """What may be done from here."""
    row, state = opened.complaint, State(opened.complaint.state)
    complaint, open_ = row.kind == "complaint", not state.settled
    wanted = [
        ("Say who answers for it", "own", open_),
        ("Write down the answer", "reply", complaint and state is State.IN_HAND),
        ("It is complex", "complex", complaint and open_ and row.stage == 1 and not row.is_complex),
        ("Pass it to the team", "thank", not complaint and open_),
        ("They do not agree: next stage", "next-stage", complaint and state is State.REPLIED and row.stage < LAST),
        ("They take it back", "withdraw", open_),
        ("This shows a risk", "risk", True),
    ]
    return tuple(
        Item(words, reverse(f"complaints:{name}", args=[slug, row.key])) for words, name, sensible in wanted if sensible
    )


def _links(opened: Opened, slug: str) -> tuple[Item, ...]:
    """The contacts that belong to it: in which it came, which it is about, which were made of it."""
    row = opened.complaint
    found = [("It came in", row.contact), ("It is about", row.about_contact)]
    found += [(f"Made of it: {entry.text}", entry.contact) for entry in opened.entries]
    return tuple(
        Item(f"{words}: {contact.receipt}", reverse("contacts:detail", args=[slug, contact.key]))
        for words, contact in found
        if contact is not None
    )
