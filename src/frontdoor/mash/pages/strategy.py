"""What the pages of strategy discussions show: the list, one discussion, its part of other pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from frontdoor.actors.rules import Actor, Permission
from frontdoor.contacts.models import Contact
from frontdoor.mash.models import Discussed, Discussion
from frontdoor.mash.queries.strategy.finding import name_of
from frontdoor.mash.queries.strategy.opening import Listed, Opened
from frontdoor.mash.queries.strategy.standing import called
from frontdoor.mash.rules.strategy import Came, State, Step, may
from frontdoor.shell.pages import Cell, Event, Item, Row, clock, link, reference, tag, text, when
from frontdoor.shell.rules import moment

Pairs = tuple[tuple[str, str], ...]
COLUMNS = ("Discussion", "Children", "Stands", "Asked for", "Held", "Quorum", "Time left")
CHILD_COLUMNS = ("Child", "Threshold", "Section 47", "Who sees the child", "Safe meanwhile")
THERE_COLUMNS = ("For whom", "Who", "Took part", "What they brought")
ISSUE_COLUMNS = ("Issue", "Raised by", "Answer")
CLOCK_COLUMNS = ("What", "From", "Until", "Result")
SENT_COLUMNS = ("Agency", "Minutes", "Sent", "How")
TONES = {
    State.ASKED: "late", State.ADJOURNED: "soon", State.HELD: "waiting", State.SIGNED: "soon", State.CLOSED: "done",
    State.CORRECTING: "waiting", State.NOT_HELD: "plain",
}  # fmt: skip
CAME_TONES = {Came.CAME: "ok", Came.ASKED: "waiting", Came.APOLOGIES: "late", Came.NOT: "danger"}


def rows(found: Iterable[Listed], slug: str, *, at: datetime) -> list[Row]:
    """Strategy discussions as a table."""
    return [
        Row(
            (
                reference(each.reference, reverse("mash:strategy", args=[slug, each.key])),
                text(", ".join(each.children) or "No child named"),
                tag(each.state.words.split(":")[0], TONES[each.state]),
                when(each.asked_at), when(each.began_at) if each.began_at else text("Not held yet"),
                _quorum(each), clock(each.due_at, at) if each.due_at else text(None),
            ),
            tone="late" if each.due_at and each.due_at < at else "",
        )
        for each in found
    ]  # fmt: skip


def _quorum(each: Listed) -> Cell:
    if each.began_at is None:
        return text(None)
    return tag("Not quorate", "danger") if each.lacking else tag("Quorate", "ok")


@dataclass(frozen=True, slots=True)
class Detail:
    """One strategy discussion as its page shows it."""

    key: UUID
    version: int
    heading: str
    facts: tuple[str, ...]
    tags: Pairs
    clock: Cell
    warnings: tuple[str, ...]
    note: str
    wanting: tuple[str, ...]
    why: str
    children: tuple[Row, ...]
    decided: tuple[tuple[str, Pairs], ...]
    attending: tuple[Row, ...]
    issues: tuple[Row, ...]
    record: Pairs
    actions: tuple[Item, ...]
    sent: tuple[Row, ...]
    minutes: tuple[Item, ...]
    clocks: tuple[Row, ...]
    asks_core: bool
    sends: bool
    steps: tuple[Item, ...]
    others: tuple[Item, ...]
    history: tuple[Event, ...]


def detail(opened: Opened, slug: str, *, by: Actor, at: datetime) -> Detail:
    """The page of one discussion, as far as its reader may act on it."""
    row, state = opened.row, State(opened.row.state)
    name = opened.names.get
    works, decides = by.may(Permission.MASH_WORK), by.may(Permission.MASH_DECIDE)
    writes = works and state.written
    return Detail(
        key=row.key, version=row.version,
        heading=", ".join(name_of(child) for child in opened.children) or "No child named",
        facts=(row.reference, f"asked for {moment(row.asked_at)} by {name(row.asked_by, 'somebody')}", _held(row)),
        tags=_tags(opened, state),
        clock=clock(row.due_at, at) if state not in (State.CLOSED, State.NOT_HELD) else text(""),
        warnings=_warnings(opened, state), note=_note(row, state),
        wanting=opened.wanting if state in (State.HELD, State.CORRECTING) else (), why=row.why,
        children=tuple(_child(each, slug, row, writes=writes and row.began_at is not None) for each in opened.children),
        decided=tuple((name_of(each), _decided(each)) for each in opened.children if each.section47),
        attending=tuple(_there(opened, slug, writes=writes)), issues=tuple(_issues(opened, slug, writes=writes)),
        record=_record(row),
        actions=tuple(
            Item(
                f"{each.what}: {each.owner}, by {moment(each.due_at)}",
                reverse("directions:detail", args=[slug, each.key]),
            )
            for each in opened.actions
        ),
        sent=tuple(
            Row((
                text(each.agency_name), text(f"Version {each.number}"), when(each.sent_at),
                text("At its own desk" if each.agency else "On paper: print them"),
            ))
            for each in opened.circulated
        ),
        minutes=tuple(
            Item(
                f"Version {each.number}, signed {moment(each.signed_at)} by {name(each.signed_by, 'a manager')}",
                reverse("mash:strategy-minutes", args=[slug, row.key, each.number]),
            )
            for each in opened.minutes
        ),
        clocks=tuple(
            Row((
                text(each.kind.title), when(each.started_at), when(each.reading.due_at),
                text(each.words if each.stopped_at is None else each.reading.state.words),
            ))
            for each in opened.clocks
        ),
        asks_core=writes and not opened.attending, sends=works and may(state, Step.SEND),
        steps=_steps(opened, state, slug, works=works, decides=decides), others=_others(opened, slug),
        history=tuple(
            Event(each.get_kind_display(), each.at, by=name(each.by_user or 0, each.by_name), text=each.text)
            for each in opened.turns
        ),
    )  # fmt: skip


def _held(row: Discussion) -> str:
    if row.began_at is None:
        return "not held yet"
    return f"held {moment(row.began_at)}"


def _tags(opened: Opened, state: State) -> Pairs:
    found = [(state.words, TONES[state])]
    if opened.row.began_at is not None:
        found.append(("Not quorate", "danger") if opened.lacking else ("Quorate", "ok"))
    if any(child.began_at for child in opened.children):
        found.append(("Section 47", "danger"))
    return tuple(found)


def _warnings(opened: Opened, state: State) -> tuple[str, ...]:
    row, found = opened.row, []
    if row.began_at is not None and opened.lacking:
        found.append(f"Not quorate. Nobody was there for: {', '.join(opened.lacking)}.")
    unanswered = sum(1 for each in opened.issues if not each.answer and not each.open_why)
    if unanswered and state is not State.NOT_HELD:
        found.append("One issue has no answer." if unanswered == 1 else f"{unanswered} issues have no answer.")
    return tuple(found)


def _note(row: Discussion, state: State) -> str:
    if state is State.ADJOURNED and row.again_at:
        return f"It goes on {moment(row.again_at)}. {row.why_not}"
    if state is State.NOT_HELD:
        return f"It was called off. {row.why_not}"
    if row.lacking and row.lacking_why and not state.written:
        return f"It was signed although it was not quorate: {row.lacking_why}"
    return ""


def _child(each: Discussed, slug: str, row: Discussion, *, writes: bool) -> Row:
    href = reverse("mash:strategy-child", args=[slug, row.key, each.key]) if writes else ""
    who = text(None)
    if each.sees:
        who = (
            link(each.sees, reverse("directions:detail", args=[slug, each.seeing])) if each.seeing else text(each.sees)
        )
    name, below = name_of(each), "Write it anew" if each.section47 else "Decide for this child"
    words = each.get_section47_display() or "Not decided yet"
    return Row((
        link(name, href, below=below) if writes else text(name),
        text(each.get_threshold_display() or None), tag(words, _tone(each)), who, text(each.safety or None),
    ))  # fmt: skip


def _tone(each: Discussed) -> str:
    return {"": "waiting", "none": "done"}.get(each.section47, "danger")


def _decided(each: Discussed) -> Pairs:
    pairs = (
        ("Why", each.reason), ("Single or joint", each.get_enquiry_display()),
        ("Section 47 enquiry began", moment(each.began_at) if each.began_at else ""),
        ("Seen by", f"{each.sees}, by {moment(each.sees_at)}" if each.sees_at else each.sees),
        ("Seen how", each.sees_with), ("Medical examination", each.medical), ("Safe meanwhile", each.safety),
    )  # fmt: skip
    return tuple((label, words) for label, words in pairs if words)


def _there(opened: Opened, slug: str, *, writes: bool) -> Iterable[Row]:
    for each in opened.attending:
        href = reverse("mash:strategy-attended", args=[slug, opened.row.key, each.key])
        who = ", ".join(part for part in (each.who, each.role) if part)
        shown = each.get_came_display() + (f", {each.get_way_display().lower()}" if each.way else "")
        head = link(each.agency_name, href, below=each.get_line_display(), hidden=called(each)) if writes else None
        yield Row((
            head or text(each.agency_name, below=each.get_line_display()), text(who or None),
            tag(shown, CAME_TONES[Came(each.came)]),
            text(each.contribution or None, below=each.get_mark_display() if each.mark else ""),
        ))  # fmt: skip


def _issues(opened: Opened, slug: str, *, writes: bool) -> Iterable[Row]:
    for each in opened.issues:
        href = reverse("mash:strategy-answer", args=[slug, opened.row.key, each.key])
        answer = text(each.answer) if each.answer else tag("No answer yet", "danger")
        if each.open_why:
            answer = text(each.open_why, below="Left open, with an action")
        yield Row((link(each.text, href) if writes else text(each.text), text(each.raised_by), answer))


def _record(row: Discussion) -> Pairs:
    parents = ". ".join(part for part in (row.get_parents_display(), row.parents_why) if part)
    return (
        ("How it was held", row.get_how_display() or "Not written yet"), ("Chaired by", row.chair or "Not written yet"),
        ("Information shared", row.shared or "Not written yet"), ("Other children", row.others or "Not written yet"),
        ("Do the parents know?", parents or "Not written yet"),
        ("If the risk remains, then", row.contingency or "Not written yet"),
        ("Did anybody disagree?", row.dissent or "Not written yet"), ("Legal advice", row.legal or "None written"),
        ("Somebody who works with children", row.lado or "None written"),
        ("Another council", row.other_council or "None written"),
    )  # fmt: skip


def _steps(opened: Opened, state: State, slug: str, *, works: bool, decides: bool) -> tuple[Item, ...]:
    """What may be done from here."""
    writes, decided = works and state.written, any(each.decided_at for each in opened.children)
    wanted = [
        ("Write when and how it was held", "held", writes),
        ("Write who was asked and came", "attend", writes),
        ("It is about another child too", "add", writes),
        ("Raise an issue", "issue", writes),
        ("Write the record", "record", writes),
        ("Give somebody something to do", "act", writes),
        ("Sign it", "sign", decides and may(state, Step.SIGN)),
        ("Adjourn it", "adjourn", works and may(state, Step.ADJOURN)),
        ("Call it off", "call-off", decides and may(state, Step.CALL_OFF) and not decided),
        ("It is held after all", "reopen", decides and may(state, Step.REOPEN)),
        ("Correct the record", "correct", decides and may(state, Step.CORRECT)),
    ]
    return tuple(
        Item(words, reverse(f"mash:strategy-{name}", args=[slug, opened.row.key]))
        for words, name, sensible in wanted
        if sensible
    )


def _others(opened: Opened, slug: str) -> tuple[Item, ...]:
    row = opened.row
    found = [Item(f"Contact {row.contact.receipt}", reverse("contacts:detail", args=[slug, row.contact.key]))]
    if row.enquiry:
        found.append(Item(f"Enquiry {row.enquiry.reference}", reverse("mash:enquiry", args=[slug, row.enquiry.key])))
    return tuple(found + [_item(each, slug) for each in opened.beside])


def _item(each: Discussion, slug: str) -> Item:
    words = f"Strategy discussion {each.reference}: {State(each.state).words.lower()}"
    if each.lacking:
        words += ", not quorate"
    return Item(words, reverse("mash:strategy", args=[slug, each.key]))


@dataclass(frozen=True, slots=True)
class Panel:
    """The strategy discussions on a contact's or an enquiry's page, and the way to ask for one."""

    items: tuple[Item, ...]
    begin: str


def panel(found: Iterable[Discussion], contact: Contact, slug: str, *, by: Actor) -> Panel | None:
    """What a page shows of them; None where there are none and its reader cannot ask for one."""
    may_begin = by.may(Permission.MASH_WORK)
    items = tuple(_item(each, slug) for each in found)
    if not items and not may_begin:
        return None
    return Panel(items, reverse("mash:begin-strategy", args=[slug, contact.key]) if may_begin else "")
