"""What the pages of disagreements show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from frontdoor.actors.rules import Actor, Permission
from frontdoor.mash.queries.disagreements import Disputed, Listed, Opened
from frontdoor.mash.rules import disagreements as rules
from frontdoor.shell.pages import Cell, Event, Item, Row, clock, reference, tag, text, when
from frontdoor.shell.rules import day, moment

Pairs = tuple[tuple[str, str], ...]
COLUMNS = ("Contact", "Raised", "About", "Agency", "Stage", "With", "Time left")


def rows(found: Iterable[Listed], slug: str, *, at: datetime) -> list[Row]:
    """Disagreements as a table."""
    return [
        Row(
            (
                reference(each.receipt, reverse("mash:disagreement", args=[slug, each.key])), when(each.raised_at),
                text(each.about), text(each.agency),
                tag(each.outcome, "done") if each.outcome else tag(each.stage, "danger" if each.urgent else "plain"),
                text(each.owner or "Nobody"),
                when(each.resolved_at) if each.resolved_at else clock(each.due_at, at),
            ),
            tone="late" if each.resolved_at is None and each.due_at < at else "",
        )
        for each in found
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Panel:
    """The disagreements on a contact's page, and the way to write down another."""

    rows: tuple[tuple[str, str, str], ...]
    warning: str
    raise_at: str


def panel(found: Iterable[Disputed], contact: UUID, slug: str, *, by: Actor) -> Panel | None:
    """What is disputed on a contact's page; None where nothing is and its reader cannot say that something is."""
    raises = by.may(Permission.DISAGREEMENT_RAISE)
    lines = [
        (
            f"{each.about}: {each.agency}",
            reverse("mash:disagreement", args=[slug, each.key]) if raises else "",
            _stands(each),
        )
        for each in found
    ]
    if not lines and not raises:
        return None
    still = [each for each in found if each.resolved_at is None]
    whose = " and ".join(dict.fromkeys(each.child or "this contact" for each in still))
    warning = f"What was decided for {whose} is disputed. It stands until somebody changes it." if still else ""
    return Panel(tuple(lines), warning, reverse("mash:disagree", args=[slug, contact]) if raises else "")


def _stands(each: Disputed) -> str:
    who = f"for {each.child}, " if each.child else ""
    if each.resolved_at:
        return f"{who}{each.outcome.lower()}, {day(each.resolved_at)}"
    return f"{who}since {moment(each.raised_at)}, {each.stage.split(':')[0].lower()}"


@dataclass(frozen=True, slots=True)
class Detail:
    """One disagreement as its page shows it."""

    heading: str
    facts: tuple[str, ...]
    tags: Pairs
    clock: Cell
    warning: str
    position: str
    wanted: str
    speaker: str
    safety: str
    rows: Pairs
    contact: Item
    steps: tuple[Item, ...]
    done: tuple[Item, ...]
    history: tuple[Event, ...]


def detail(opened: Opened, slug: str, *, by: Actor, at: datetime) -> Detail:
    """The page of one disagreement."""
    row, still = opened.row, opened.row.state == rules.State.OPEN
    name = opened.names.get
    safety = [each.text for each in opened.sayings if each.kind == "safety"]
    return Detail(
        heading=row.get_about_display(),
        facts=(row.agency, f"raised {moment(row.raised_at)}", opened.child),
        tags=(
            (("Not resolved", "waiting") if still else (row.get_outcome_display(), "done")),
            *((("Immediate risk", "danger"),) if row.urgent else ()),
        ),
        clock=clock(row.due_at, at) if still else text(""),
        warning=_warning(opened, still=still), position=row.position, wanted=row.wanted,
        speaker=", ".join(part for part in (row.who, row.role, row.agency) if part), safety=safety[-1],
        rows=(
            ("Stage", row.get_stage_display()), ("How it was said", row.get_way_display()),
            ("Written down by", name(row.taken_by, "")), ("Decided by", name(row.decided_by or 0, "No decision yet")),
            ("Settles it on our side", name(row.owner or 0, "Nobody yet")),
            ("With whom of theirs", row.counterpart or "Nobody yet"),
            *((("Both sides agree", "Yes" if row.agreed else "No"),) if not still else ()),
        ),
        contact=Item(row.contact.receipt, reverse("contacts:detail", args=[slug, row.contact.key])),
        steps=_steps(opened, slug, by=by) if still else (),
        done=tuple(
            Item(f"{each.what}: {each.owner}", reverse("directions:detail", args=[slug, each.key]))
            for each in opened.actions
        ),
        history=tuple(
            Event(
                f"{each.get_kind_display()}: {each.side}" if each.side else each.get_kind_display(), each.at,
                by=name(each.by_user or 0, ""), text=each.text,
            )
            for each in reversed(opened.sayings)
        ),
    )  # fmt: skip


def _warning(opened: Opened, *, still: bool) -> str:
    if not still:
        return ""
    if opened.row.decision is None:
        return "Nothing was decided yet when this was raised. It is read before the decision is made."
    if opened.stands:
        return "The decision stands and is shown as disputed. What must be done for the child is done meanwhile."
    return "The decision that was disputed does not stand any more. Say what came of the disagreement."


def _steps(opened: Opened, slug: str, *, by: Actor) -> tuple[Item, ...]:
    """What may be done from here."""
    keeps = by.may(Permission.DISAGREEMENT_KEEP)
    wanted = [
        ("Write down what a side says", "say", True),
        ("Say who settles it", "own", keeps),
        ("Take it to a later stage", "take-on", keeps and opened.row.stage < opened.last),
        ("Resolve it", "resolve", keeps),
    ]
    return tuple(
        Item(words, reverse(f"mash:disagreement-{name}", args=[slug, opened.row.key]))
        for words, name, sensible in wanted
        if sensible
    )
