"""What the list of enquiries and the page of one show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from frontdoor.actors.rules import Actor, Permission
from frontdoor.clocks.rules import length_words
from frontdoor.mash.models import Enquiry, Subject
from frontdoor.mash.queries.enquiries.lists import Child, Listed, name_of
from frontdoor.mash.queries.enquiries.opening import Opened
from frontdoor.mash.rules import safety
from frontdoor.mash.rules.asking import states as asked
from frontdoor.mash.rules.states import LINES, STEPS, Change, State, Step
from frontdoor.shell.pages import Cell, Event, Item, Row, clock, person, reference, tag, text, when
from frontdoor.shell.rules import moment, time_of_day

Pairs = tuple[tuple[str, str], ...]
COLUMNS = ("Enquiry", "Rating", "Children", "Safe now?", "Not answered yet", "With", "Time left")
SETTLED = (*COLUMNS[:-1], "Settled")
_LINES = dict(LINES)
COLOURS = {"red": "danger", "amber": "late", "green": "ok", "blue": "plain"}
TONES = {
    State.REQUESTED: "late", State.REOPENED: "late", State.RATED: "soon", State.GATHERING: "waiting",
    State.ANALYSIS: "waiting", State.RECOMMENDED: "soon", State.DECIDED: "done", State.CLOSED: "done",
    State.STOOD_DOWN: "done", State.JOINED: "done",
}  # fmt: skip


def rows(found: Iterable[Listed], councils: Mapping[int, tuple[str, str]], *, at: datetime) -> list[Row]:
    """Enquiries as a table.

    :param councils: slug and name by number
    """
    return [_row(each, *councils[each.authority], at=at) for each in found]


def _row(each: Listed, slug: str, council: str, *, at: datetime) -> Row:
    href = reverse("mash:enquiry", args=[slug, each.key])
    names = ", ".join(child.name for child in each.children) or "No child named"
    rating = tag(each.colour, COLOURS.get(each.rating, "plain")) if each.colour else tag("Not rated", "late")
    return Row(
        (
            reference(each.reference, href, below=council), rating, text(names, below=each.state.words),
            _safe(each.children, at) if each.settled_at is None else text(None),
            text(", ".join(each.owing) or None), text(each.holder or "Nobody"),
            _left(each, at),
        ),
        tone="late" if each.late(at) else "",
    )  # fmt: skip


def _left(each: Listed, at: datetime) -> Cell:
    """How long is left to decide; when it was settled; or that whoever was sent the children has to take them on."""
    if each.settled_at:
        return when(each.settled_at)
    return text("Decided: to be taken on") if each.state is State.DECIDED else clock(each.due_at, at)


def _safe(children: Iterable[Child], at: datetime) -> Cell:
    """What is known of the child of whom least is known, loudest first."""
    order = ("danger", "late", "waiting", "ok")
    found = [_answer(child.safe, child.safe_at, child.due_at, at) for child in children]
    return tag(*min(found, key=lambda pair: order.index(pair[1]))) if found else text(None)


def _answer(safe: str, safe_at: datetime | None, due_at: datetime | None, at: datetime) -> tuple[str, str]:
    """What is known of one child, and how it is marked."""
    late = due_at is not None and due_at < at
    if late:
        return ("Asked again, not answered" if safe else "Asked, not answered"), "danger"
    if not safe:
        return "Not answered yet", "waiting"
    words = {"yes": "Yes", "no": "No", "unknown": "We do not know"}[safe]
    return f"{words}, at {time_of_day(safe_at)}" if safe_at else words, safety.tone(safe, late=False)


@dataclass(frozen=True, slots=True)
class Detail:
    """One enquiry as its page shows it."""

    key: UUID
    version: int
    reference: str
    heading: str
    facts: tuple[str, ...]
    tags: Pairs
    clock: Cell
    warnings: tuple[str, ...]
    note: str
    question: str
    safety: tuple[Row, ...]
    checks: tuple[tuple[str, str, str], ...]
    people: tuple[Row, ...]
    requests: tuple[Row, ...]
    actions: tuple[Item, ...]
    ratings: tuple[Row, ...]
    clocks: tuple[Row, ...]
    take: str
    steps: tuple[Item, ...]
    others: tuple[Item, ...]
    history: tuple[Event, ...]


SAFETY_COLUMNS = ("Child", "Safe now?", "How we know", "Asked again by")
PEOPLE_COLUMNS = ("Who", "In the enquiry", "Came with")
REQUEST_COLUMNS = ("Agency", "Stands", "Asked", "Time left")
RATING_COLUMNS = ("When", "Rated", "By", "Why", "To be decided by")
CLOCK_COLUMNS = ("What", "From", "Until", "Result")


def detail(opened: Opened, slug: str, *, by: Actor, at: datetime) -> Detail:
    """The page of one enquiry, as far as its reader may act on it."""
    row, state = opened.enquiry, State(opened.enquiry.state)
    names = [name_of(child) for child in opened.children]
    holder = opened.names.get(row.holder or 0, "")
    return Detail(
        key=row.key, version=row.version, reference=row.reference,
        heading=", ".join(names) or "No child named",
        facts=(row.reference, f"first told {moment(row.received_at)}", f"with {holder or 'nobody'}"),
        tags=_tags(opened, state), clock=text("") if state.settled or state is State.DECIDED else clock(row.due_at, at),
        warnings=_warnings(opened, state, at), note=_note(opened, state), question=row.question,
        safety=tuple(_safety_row(opened, child, at) for child in opened.children), checks=_checks(opened),
        people=tuple(_person(each, slug) for each in opened.people),
        requests=tuple(
            Row((
                text(each.request.desk.name), text(asked.State(each.request.state).words), when(each.request.sent_at),
                clock(each.request.due_at, at) if each.request.state in asked.OPEN else text(None),
            ))
            for each in opened.requests
        ),
        actions=tuple(
            Item(f"{each.what}: {each.owner}", reverse("directions:detail", args=[slug, each.key]))
            for each in opened.directions
        ),
        ratings=tuple(_rating_rows(opened)), clocks=tuple(_clock_rows(opened)), take=_take(opened, state, by=by),
        steps=_steps(opened, state, slug, by=by), others=_others(opened, slug),
        history=tuple(
            Event(
                _LINES[turn.kind], turn.at, by=opened.names.get(turn.by_user or 0, turn.by_name), text=turn.text
            )
            for turn in opened.turns
        ),
    )  # fmt: skip


def _colour(opened: Opened, code: str) -> str:
    return opened.colours[code].name if code in opened.colours else code.capitalize()


def _tags(opened: Opened, state: State) -> Pairs:
    row, found = opened.enquiry, [(state.words, TONES[state])]
    if row.rating and not state.unrated:
        found.insert(0, (_colour(opened, row.rating), COLOURS[row.rating]))
    if row.section47:
        found.append(("Red or section 47 work", "danger"))
    return tuple(found)


def _warnings(opened: Opened, state: State, at: datetime) -> tuple[str, ...]:
    if state.settled:
        return ()
    found = []
    silent = [name_of(each) for each in opened.children if each.safe_due_at and each.safe_due_at < at]
    if silent:
        found.append(f"Nobody has said whether {' and '.join(silent)} {'is' if len(silent) == 1 else 'are'} safe now.")
    unsafe = [name_of(each) for each in opened.children if each.safe == "no"]
    if unsafe:
        found.append(f"The last answer is that {' and '.join(unsafe)} {'is' if len(unsafe) == 1 else 'are'} not safe.")
    return tuple(found)


def _note(opened: Opened, state: State) -> str:
    row = opened.enquiry
    if state is State.JOINED and row.joined_to:
        return f"This enquiry was joined to {row.joined_to.reference}. {row.settled_why}"
    if state.settled:
        return f"{state.words}: {row.settled_why}"
    return ""


def _safety_row(opened: Opened, child: Subject, at: datetime) -> Row:
    words, tone = _answer(child.safe, child.safe_at, child.safe_due_at, at)
    last = next((each for each in opened.checks if each.subject_id == child.pk), None)
    how = text("Nobody has answered yet")
    if last and last.answer == "unknown":
        how = text("Nobody knows. An action was started.", below=moment(last.answered_at))
    elif last and last.seen_at:
        how = text(f"{last.who}: {last.get_how_display().lower()}", below=f"{last.where}, {moment(last.seen_at)}")
    return Row((text(name_of(child)), tag(words, tone), how, clock(child.safe_due_at, at)))


def _checks(opened: Opened) -> tuple[tuple[str, str, str], ...]:
    """What was said, newest first: by whom about which child, and the child's own words."""
    names = {each.pk: name_of(each) for each in opened.children}
    return tuple(
        (each.own_words or each.said, f"{each.who}{', the child’s own words' if each.own_words else ''}",
         f"{names.get(each.subject_id, '')}, {moment(each.seen_at or each.answered_at)}")
        for each in opened.checks[:10]
        if each.said or each.own_words
    )  # fmt: skip


def _person(each: Subject, slug: str) -> Row:
    named, contact = each.named, each.matter.contact if each.matter else None
    what = "The same child again" if each.same_as_id else "Child" if each.is_child else "Adult"
    came = reference(contact.receipt, reverse("contacts:detail", args=[slug, contact.key])) if contact else text(None)
    return Row((person(name_of(each), role=named.relationship if named else ""), text(what), came))


def _rating_rows(opened: Opened) -> Iterable[Row]:
    for each in reversed(opened.ratings):
        colour, change = _colour(opened, each.after), Change(each.change)
        said = colour if change is Change.FIRST else f"{change.words}: {colour}"
        before = f"from {_colour(opened, each.before)}" if each.before and each.before != each.after else ""
        yield Row((
            when(each.at), text(said, below=before), text(opened.names.get(each.by_user, "")), text(each.why),
            text(moment(each.due_after), below="Late already when it was rated" if each.was_late else ""),
        ))  # fmt: skip


def _clock_rows(opened: Opened) -> Iterable[Row]:
    children = {str(each.key): name_of(each) for each in opened.children}
    for each in sorted(opened.clocks, key=lambda one: (one.started_at, one.kind.name, one.subject[1])):
        if each.kind.name == "mash.untouched" and each.stopped_at is not None:
            continue
        result = each.words if each.stopped_at is None else each.reading.state.words
        took = f"after {length_words(each.stopped_at - each.started_at)}" if each.stopped_at else ""
        yield Row((
            text(each.kind.title, below=children.get(each.subject[1], "")), when(each.started_at),
            when(each.reading.due_at), text(result, below=took),
        ))  # fmt: skip


def _take(opened: Opened, state: State, *, by: Actor) -> str:
    row = opened.enquiry
    if state.settled or row.holder == by.user_id or not by.may(Permission.MASH_WORK):
        return ""
    return "Take it over" if row.holder in opened.names else "Take it"


def _steps(opened: Opened, state: State, slug: str, *, by: Actor) -> tuple[Item, ...]:
    """What may be done from here."""
    works, decides = by.may(Permission.MASH_WORK), by.may(Permission.MASH_DECIDE)
    still = not state.settled
    wanted = [
        ("Answer: is the child safe now?", "safety", works and still and bool(opened.children)),
        ("Rate it" if state.unrated else "Rate it again", "rate", works and still),
        ("Write the question", "question", works and still),
        ("Write a note", "note", works),
        ("Stand it down", "stand-down", decides and state in STEPS[Step.STAND_DOWN][0]),
        ("Join it to another enquiry", "join", decides and state in STEPS[Step.JOIN][0]),
        ("Open it again", "reopen", decides and state in (State.STOOD_DOWN, State.CLOSED)),
    ]
    asks = Item("Agencies: ask, and what they said", reverse("mash:asking", args=[slug, opened.enquiry.key]))
    own = [
        Item(words, reverse(f"mash:enquiry-{name}", args=[slug, opened.enquiry.key]))
        for words, name, sensible in wanted
        if sensible
    ]
    heard = Item("Write down what a partner says in the room", reverse("mash:said", args=[slug, opened.enquiry.key]))
    concludes = Item("Analysis and decision", reverse("mash:deciding", args=[slug, opened.enquiry.key]))
    return (*own[:1], asks, concludes, *([heard] if works and opened.requests else []), *own[1:])


def _others(opened: Opened, slug: str) -> tuple[Item, ...]:
    """Its contacts, the enquiry that it was joined to and other enquiries of the family."""
    row = opened.enquiry
    contacts = {each.matter.contact for each in opened.people if each.matter} | {row.contact}
    found = [
        Item(f"Contact {each.receipt}", reverse("contacts:detail", args=[slug, each.key]))
        for each in sorted(contacts, key=lambda one: (one.received_at, one.receipt))
    ]
    linked = ([row.joined_to] if row.joined_to else []) + list(opened.earlier)
    return tuple(found + [_link(each, slug) for each in linked])


def _link(each: Enquiry, slug: str) -> Item:
    return Item(
        f"Enquiry {each.reference}: {State(each.state).words.lower()}", reverse("mash:enquiry", args=[slug, each.key])
    )


def panel(found: Iterable[Enquiry], slug: str) -> tuple[Item, ...]:
    """The enquiries of a contact, for its page."""
    return tuple(_link(each, slug) for each in found)
