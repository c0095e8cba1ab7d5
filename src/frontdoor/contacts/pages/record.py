"""What the page of one contact shows: the story with its marks, the people, the journey, and everything done so far."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from frontdoor.actors.rules import Actor, Permission
from frontdoor.clocks.queries import Shown
from frontdoor.codes import rules as codes
from frontdoor.contacts.forms.screening import ProtectForm
from frontdoor.contacts.models import Contact, Matter, Named, Protection
from frontdoor.contacts.pages import course, glance
from frontdoor.contacts.pages.screening import (
    danger_words,
    kind_words,
    look_answer,
    marked_as,
    person_row,
    pieces,
    safety_rows,
    state_words,
    try_events,
)
from frontdoor.contacts.queries.record import Opened
from frontdoor.contacts.queries.screening import Asked, Linked
from frontdoor.contacts.queries.screening import Child as Aged
from frontdoor.contacts.rules.beyond import WAYS
from frontdoor.contacts.rules.screening import WAITING
from frontdoor.contacts.rules.states import CHILD_KINDS, MATTER_STATES, SETTLED
from frontdoor.shell.pages import Action, Cell, Event, Glance, Item, Picture, Piece, Row, clock, text
from frontdoor.shell.rules import duration, moment, time_of_day

_MATTER_STATES = dict(MATTER_STATES)
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Started:
    """Protection that was started first and written after."""

    key: UUID
    words: str
    facts: Pairs
    after: str
    may_oversee: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A question, what came of it, and every try."""

    key: UUID
    heading: str
    facts: Pairs
    tries: tuple[Event, ...]
    open: bool
    waiting: bool


@dataclass(frozen=True, slots=True)
class Child:
    """One child's matter, and what may be done with it now."""

    label: str
    state: str
    outcome: str
    step: str
    href: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the page that another part of this room, or a room below, gives: its template and what it shows."""

    template: str
    shows: Any


@dataclass(frozen=True, slots=True)
class Record:
    """Everything on the page of one contact.

    :param steps: links to what may be done from here: words and address
    :param mine: whether the reader holds it
    :param going_on: that the call has not ended; empty once it has
    :param cards: what must be seen at once
    :param musts: what must happen, danger first, then the least time left
    :param actions: what its reader may do next, with a key each, the most pressing first
    """

    key: UUID
    version: int
    receipt: str
    heading: str
    facts: tuple[str, ...]
    tags: Pairs
    clock: Cell
    source: str
    flag: str
    flag_loud: bool
    look_missing: str
    safety: Pairs
    pieces: tuple[Piece, ...]
    spoken: tuple[tuple[str, str], ...]
    people: Pairs
    children: tuple[Child, ...]
    looks: tuple[Event, ...]
    started: tuple[Started, ...]
    questions: tuple[Question, ...]
    tries: tuple[Event, ...]
    consultations: Pairs
    agreements: Pairs
    bases: Pairs
    links: tuple[Linked, ...]
    suggestions: tuple[tuple[str, str, str], ...]
    family: tuple[Row, ...]
    pattern: tuple[str, course.Pairs]
    picture: Picture
    clocks: tuple[Row, ...]
    holder: str
    held: str
    mine: bool
    open: bool
    protect: ProtectForm | None
    may_flag: bool
    steps: tuple[Item, ...]
    going_on: str
    cards: tuple[Glance, ...]
    musts: tuple[Row, ...]
    actions: tuple[Action, ...]
    may: frozenset[Permission] = field(default_factory=frozenset)
    panels: tuple[Panel, ...] = ()


CLOCK_COLUMNS = ("Clock", "Time left")


def record(opened: Opened, slug: str, *, by: Actor, at: datetime, panels: tuple[Panel, ...] = ()) -> Record:
    """The page of one contact, as far as its reader may act on it."""
    contact = opened.contact
    loud = contact.flag_stands
    children = [person for person in opened.people if person.kind in CHILD_KINDS]
    musts = glance.musts(opened, slug, by=by)
    steps = (*_doable(contact, slug, by=by), *_beyond(contact, slug, by=by))
    return Record(
        key=contact.key,
        version=contact.version,
        receipt=contact.receipt,
        heading=", ".join(_with_age(child, on=at.date()) for child in children) or "No child named",
        facts=_facts(opened, at=at),
        tags=(danger_words(contact.danger_rank, flagged=loud), (_state(opened), _state_tone(contact))),
        clock=_decision_clock(opened, at=at),
        source=codes.source_as_shown(opened.referrer_kind, contact.source_code),
        flag=_flag(opened),
        flag_loud=loud,
        look_missing=""
        if contact.looked
        else f"Nobody qualified has looked at this for {duration(at - contact.received_at)}",
        safety=safety_rows(contact),
        pieces=pieces(contact.story, opened.statements),
        spoken=tuple((marked_as(each), each.words) for each in opened.statements if each.starts is None),
        people=tuple(person_row(person, on=at.date()) for person in opened.people),
        children=tuple(_child(matter, slug, by=by) for matter in opened.matters),
        looks=tuple(_looks(opened)),
        started=tuple(_started(each, opened.names, by=by) for each in opened.protections),
        questions=tuple(_question(each) for each in opened.questions),
        tries=tuple(try_events(opened.tries)),
        consultations=tuple((moment(each.asked_at), each.advice or "Not given yet") for each in opened.consultations),
        agreements=tuple(_agreements(opened)),
        bases=tuple(_bases(opened)),
        links=opened.links,
        suggestions=_suggestions(opened, slug),
        family=course.family_rows(opened, slug),
        pattern=course.pattern(opened),
        picture=course.picture(opened, at=at),
        clocks=tuple(_clock_rows(opened, at=at)),
        holder=opened.names.get(opened.holder, "") if opened.holder else "",
        held=f"goes back in {duration(opened.held_until - at)} unless they work on it" if opened.held_until else "",
        mine=opened.holder is not None and opened.holder == by.user_id,
        open=contact.state in WAITING,
        protect=ProtectForm(auto_id="act_%s") if by.may(Permission.CONTACT_PROTECT) else None,
        may_flag=contact.closed_at is None,
        steps=steps,
        going_on=_going_on(opened),
        cards=glance.cards(opened, by=by, at=at),
        musts=tuple(glance.must_rows(musts, at=at)),
        actions=glance.actions(musts, (*_keyed(steps), *_act_now(by))),
        may=frozenset(permission for permission in Permission if by.may(permission)),
        panels=panels,
    )


def _facts(opened: Opened, *, at: datetime) -> tuple[str, ...]:
    contact = opened.contact
    late = f"entered {moment(contact.entered_at)}" if contact.entered_at != contact.received_at else ""
    happened = f"happened {moment(contact.happened_at)}" if contact.happened_at else ""
    return (
        contact.receipt, f"here for {duration(at - contact.received_at)}", f"received {moment(contact.received_at)}",
        "out of hours" if contact.out_of_hours else "", late, happened, codes.CHANNELS[contact.channel].label,
        kind_words(contact.sub_type), "time to decide:" if _deciding(opened) else "",
    )  # fmt: skip


def _state(opened: Opened) -> str:
    """Where it stands at this instant: a wait whose time has passed has ended, whatever the sweep has written."""
    asked = [question for question in opened.questions if question.state == "asked"]
    if opened.contact.state == "waiting" and asked and all(question.overdue for question in asked):
        return "No answer came: screen again"
    return state_words(opened.contact.state)


def _state_tone(contact: Contact) -> str:
    return {"received": "late", "waiting": "waiting"}.get(
        contact.state, "plain" if contact.closed_at is None else "done"
    )


def _deciding(opened: Opened) -> list[Shown]:
    """The clock of the decision, while it runs."""
    return [each for each in opened.clocks if each.kind.name == "contacts.decision" and each.stopped_at is None]


def _decision_clock(opened: Opened, *, at: datetime) -> Cell:
    running = _deciding(opened)
    return clock(running[0].reading.due_at, at) if running else text("decision made")


def _flag(opened: Opened) -> str:
    contact = opened.contact
    if contact.flagged_at is None:
        return ""
    raised = f"Red flag by {contact.flagged_by}, {moment(contact.flagged_at)}: {contact.flagged_why}"
    if contact.flag_taken_at is None or contact.flag_taken_by is None:
        return raised
    return f"{raised}\nTaken by {opened.names.get(contact.flag_taken_by, '')}, {moment(contact.flag_taken_at)}"


def _child(matter: Matter, slug: str, *, by: Actor) -> Child:
    """A child with the next step that its reader may take."""
    step, name = "", ""
    if matter.state == "open" and by.may(Permission.CONTACT_SCREEN):
        step, name = "Recommend", "contacts:recommend"
    if matter.state == "recommended" and by.may(Permission.CONTACT_DECIDE):
        step, name = "Decide", "contacts:decide"
    if matter.state in SETTLED and matter.outcome and by.may(Permission.CONTACT_DECIDE):
        step, name = "See the decision", "contacts:decide"
    return Child(
        label=matter.called,
        state=_MATTER_STATES[matter.state],
        outcome=codes.OUTCOMES[matter.outcome].label if matter.outcome else "",
        step=step,
        href=reverse(name, args=[slug, matter.key]) if name else "",
    )


def _with_age(child: Named, *, on: date) -> str:
    known = Aged(child.label, child.date_of_birth, child.expected_on, child.approximate_age)
    return f"{child.label} ({known.age(on)})"


def _going_on(opened: Opened) -> str:
    since = opened.course.going_on
    if since is None:
        return ""
    return f"The call still goes on, since {time_of_day(since)}. What is said until it ends joins this contact."


KEYS = {"Ask a question": "q", "Log a call": "c", "Give to a colleague": "g"}


def _act_now(by: Actor) -> tuple[Action, ...]:
    """The way to the form at the side, which on a narrow screen lies far below."""
    return (Action("Act now", "n", href="#act-now", style="warning"),) if by.may(Permission.CONTACT_PROTECT) else ()


def _keyed(steps: Iterable[Item]) -> tuple[Action, ...]:
    """The steps that are taken most, for the bar at the foot."""
    return tuple(Action(step.text, KEYS[step.text], href=step.href) for step in steps if step.text in KEYS)


def _looks(opened: Opened) -> Iterable[Event]:
    for each in reversed(opened.looks):
        known = f"{each.line}\nOpen to: {each.open_to}" if each.open_to else each.line
        by = opened.names.get(each.looked_by, "")
        yield Event(
            look_answer(each.danger),
            each.looked_at,
            by=by,
            text=known,
            tone="danger" if each.danger == "yes" else "plain",
        )


def _started(each: Protection, names: dict[int, str], *, by: Actor) -> Started:
    facts = [
        ("Reason", each.reason), ("With whom", each.with_whom),
        ("Started by", f"{names.get(each.started_by, '')}, {moment(each.started_at)}"),
    ]  # fmt: skip
    if each.overseen_at and each.overseen_by:
        who = f"{names.get(each.overseen_by, '')}, {moment(each.overseen_at)}"
        facts += [("Oversight", each.oversight), ("Overseen by", who)]
    else:
        facts.append(("Oversight", "A manager has not seen it yet"))
    may = by.may(Permission.CONTACT_DECIDE) and each.overseen_at is None and each.started_by != by.user_id
    return Started(each.key, each.get_kind_display(), tuple(facts), each.recorded_after, may)


def _question(each: Asked) -> Question:
    facts = [("Asked", each.text), ("By", f"{each.asked_by}, {moment(each.asked_at)}")]
    if each.state == "asked":
        facts.append(("Answer expected by", moment(each.answer_due_at)))
    if each.answer:
        facts += [
            ("Answer", each.answer), ("Seen or heard", each.seen_or_heard), ("What changed today", each.changed_today),
            ("Written down by", each.settled_by),
        ]  # fmt: skip
    state = "answered" if each.answer else "screened as if no answer will come"
    if each.state == "asked":
        state = "no answer in time: screen again" if each.overdue else "waiting for an answer"
    return Question(
        each.key,
        f"{each.asked_of}: {state}",
        tuple(facts),
        tuple(try_events(each.tries)),
        not each.answer,
        each.state == "asked",
    )


def _agreements(opened: Opened) -> Iterable[tuple[str, str]]:
    for each in opened.agreements:
        whose = each.named.label if each.named else "The family"
        known = [
            each.get_status_display(), each.given_by, each.reason_not_sought, each.limits, moment(each.recorded_at),
        ]  # fmt: skip
        yield f"{whose}: {each.purpose}", "\n".join(filter(None, known))


def _bases(opened: Opened) -> Iterable[tuple[str, str]]:
    for each in opened.bases:
        who = f"{opened.names.get(each.decided_by, '')}, {moment(each.decided_at)}"
        yield each.purpose, "\n".join((each.get_basis_display(), each.necessity, each.proportionality, who))


def _suggestions(opened: Opened, slug: str) -> tuple[tuple[str, str, str], ...]:
    address = reverse("contacts:link", args=[slug, opened.contact.key])
    return tuple(
        (
            f"{each.receipt}, received {moment(each.received_at)}, {each.state.lower()}: {'; '.join(each.reasons)}",
            f"{address}?receipt={each.receipt}&kind={each.kind}",
            each.receipt,
        )
        for each in opened.suggestions
    )


def _clock_rows(opened: Opened, *, at: datetime) -> Iterable[Row]:
    for each in opened.clocks:
        if each.stopped_at is None:
            yield Row((text(each.kind.title), clock(each.reading.due_at, at)))


def _beyond(contact: Contact, slug: str, *, by: Actor) -> tuple[Item, ...]:
    """Ways into rooms above, as these declared them."""
    return tuple(
        Item(way.words, reverse(way.address, args=[slug, contact.key]))
        for way in WAYS.values()
        if by.may(way.permission) and (contact.closed_at is None or not way.while_open)
    )


def _doable(contact: Contact, slug: str, *, by: Actor) -> tuple[Item, ...]:
    """What may be done from here, in the order in which it is mostly done."""
    wanted = [
        ("Look first", "contacts:look-at", Permission.CONTACT_LOOK, not contact.looked and by.qualified),
        ("Ask a question", "contacts:ask", Permission.CONTACT_SCREEN, True),
        ("Log a call", "contacts:attempt", Permission.CONTACT_TAKE, True),
        ("Agreement", "contacts:agreement", Permission.CONTACT_SCREEN, True),
        ("Lawful basis", "contacts:basis", Permission.CONTACT_SCREEN, True),
        ("Tell them of services that may help", "contacts:point", Permission.CONTACT_SCREEN, True),
        ("Link to another contact", "contacts:link", Permission.CONTACT_SCREEN, True),
        ("Children of another council", "contacts:beside", Permission.CONTACT_SCREEN, True),
        ("Give to a colleague", "contacts:give", Permission.CONTACT_ASSIGN, contact.state in WAITING),
        ("Entered by mistake", "contacts:mistake", Permission.CONTACT_TAKE, True),
        ("Close this call", "contacts:end", Permission.CONTACT_TAKE, not contact.category.startswith("request")),
    ]
    if contact.closed_at is not None:
        return ()
    return tuple(
        Item(words, reverse(name, args=[slug, contact.key]))
        for words, name, permission, sensible in wanted
        if sensible and by.may(permission)
    )
