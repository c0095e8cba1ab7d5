"""What the pages of the first look and of screening show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from frontdoor.codes import rules as codes
from frontdoor.contacts.models import Contact, Named, Statement
from frontdoor.contacts.queries.screening import Advice, Child, Started, ToLook, Tried, Waiting, Wish
from frontdoor.contacts.rules.states import CHILD_KINDS, STATEMENT_KINDS, STATES
from frontdoor.shell.pages import Cell, Event, Piece, Row, clock, link, since, tag, text
from frontdoor.shell.rules import duration, moment

_STATES = dict(STATES)
_STATEMENTS = dict(STATEMENT_KINDS)

QUEUE_COLUMNS = ("Contact", "Children", "Danger", "First look", "Here for", "Time to decide", "With", "Where it stands")

DANGER = {0: ("Danger now", "danger"), 1: ("Cannot tell", "soon"), 2: ("No danger known", "plain"),
          3: ("Perhaps not genuine", "plain")}  # fmt: skip
"""Words and tone by the first key of the queue."""


def queue_rows(rows: Iterable[Waiting], slug: str, *, at: datetime) -> list[Row]:
    """The queue as a table: true age beside time left, and what nobody has seen apart from what is on time."""
    return [
        Row(
            (
                link(row.receipt, reverse("contacts:detail", args=[slug, row.key]), below=kind_words(row.sub_type)),
                text(children_words(row, on=at.date())),
                tag(*danger_words(row.danger_rank, flagged=row.flagged_at is not None)),
                tag(*look_words(row, at=at)),
                since(row.received_at, at),
                clock(row.due_at, at),
                _with(row, at=at),
                text(stands(row)),
            ),
            tone=_tone(row, at=at),
            key=str(row.key),
        )
        for row in rows
    ]


def kind_words(sub_type: str) -> str:
    """What sort of contact it is, in words; empty for calls of no sort."""
    row = codes.CONTACT_KINDS.get(sub_type)
    return row.label if row else ""


def children_words(row: Waiting, *, on: date) -> str:
    """Every child with their age."""
    return "; ".join(f"{child.label}, {child.age(on)}" for child in row.children) or "No child named"


def danger_words(rank: int, *, flagged: bool) -> tuple[str, str]:
    """What is known of danger, and its tone; a flag that nobody has taken comes before all."""
    return ("Red flag", "danger") if flagged else DANGER[rank]


def look_answer(danger: str) -> str:
    """What a first look said of danger."""
    return {"yes": "Immediate danger", "no": "No immediate danger"}.get(danger, "Cannot tell whether there is danger")


def look_words(row: Waiting, *, at: datetime) -> tuple[str, str]:
    """Whether anybody qualified has looked, and its tone."""
    if row.looked:
        return "Looked at", "done"
    if at > row.look_due_at:
        return f"Nobody has looked: {duration(at - row.look_due_at)} late", "late"
    return "Nobody has looked yet", "soon"


def _with(row: Waiting, *, at: datetime) -> Cell:
    if row.holder is None or row.held_until is None:
        return text("Nobody")
    return text(row.holder_name, below=f"goes back in {duration(row.held_until - at)} unless they work on it")


def stands(row: Waiting) -> str:
    """Where a contact stands, as it is at this instant and not as the last sweep left it."""
    if row.protected:
        return "Protection has been started"
    if row.waiting_for_answer:
        return "Waiting for an answer"
    if row.no_answer:
        return "No answer came: screen again"
    return "Being screened" if row.holder else "Waiting to be screened"


def _tone(row: Waiting, *, at: datetime) -> str:
    if row.flagged_at or row.danger_rank == 0:
        return "danger"
    return "late" if (not row.looked and at > row.look_due_at) or at > row.due_at else ""


@dataclass(frozen=True, slots=True)
class Look:
    """One contact as it is first looked at."""

    key: UUID
    receipt: str
    facts: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]
    flag: str
    safety: tuple[tuple[str, str], ...]
    pieces: tuple[Piece, ...]
    children: tuple[tuple[str, str], ...]
    adults: tuple[tuple[str, str], ...]
    version: int
    more: bool


def look(found: ToLook, *, at: datetime) -> Look:
    """What a first look shows: everything that was told, and nothing of other contacts."""
    contact, on = found.contact, at.date()
    flagged = contact.flag_stands
    return Look(
        key=contact.key,
        receipt=contact.receipt,
        facts=(
            f"Here for {duration(at - contact.received_at)}", f"received {moment(contact.received_at)}",
            codes.CHANNELS[contact.channel].label, kind_words(contact.sub_type),
        ),
        tags=(danger_words(contact.danger_rank, flagged=flagged),),
        flag=f"Red flag by {contact.flagged_by}: {contact.flagged_why}" if flagged else "",
        safety=safety_rows(contact),
        pieces=(Piece(contact.story),) if contact.story else (),
        children=tuple(person_row(person, on=on) for person in found.people if person.kind in CHILD_KINDS),
        adults=tuple(person_row(person, on=on) for person in found.people if person.kind not in CHILD_KINDS),
        version=contact.version,
        more=found.more,
    )  # fmt: skip


def safety_rows(contact: Contact) -> tuple[tuple[str, str], ...]:
    """Where the child is this minute, with whom, until when, and what the sender said of danger."""
    return (
        ("Danger, as the sender said", contact.get_danger_said_display()),
        ("Where the child is", contact.where_now),
        ("With whom", contact.with_whom),
        ("Until when", contact.until_when),
    )


def person_row(person: Named, *, on: date) -> tuple[str, str]:
    """One person: the full name, and what was told of them."""
    known = Child(person.label, person.date_of_birth, person.expected_on, person.approximate_age)
    age = known.age(on) if person.kind in CHILD_KINDS or person.date_of_birth else ""
    lives = {True: "lives with the child", False: "lives elsewhere"}.get(bool(person.lives_with), "")
    facts = [
        age, person.relationship, "" if person.lives_with is None else lives, person.school,
        person.home,
        f"safe contact: {person.safe_contact}" if person.safe_contact else "", person.description,
    ]  # fmt: skip
    return person.label, "\n".join(filter(None, facts))


def pieces(story: str, statements: Sequence[Statement]) -> tuple[Piece, ...]:
    """The story cut where somebody marked it; a mark that does not fit the words, or overlaps another, is left out."""
    made, end = [], 0
    for statement in sorted(statements, key=lambda each: (each.starts or 0, -(each.ends or 0))):
        starts, ends = statement.starts, statement.ends
        if starts is None or ends is None or starts < end or story[starts:ends] != statement.words:
            continue
        made += [Piece(story[end:starts]), Piece(story[starts:ends], marked_as(statement))]
        end = ends
    return tuple(piece for piece in (*made, Piece(story[end:])) if piece.text)


def marked_as(statement: Statement) -> str:
    """As what a sentence was marked, and of whom."""
    words = _STATEMENTS[statement.kind]
    return f"{words}, {statement.named.label}" if statement.named else words


CALL_COLUMNS = ("Who asked", "Number", "When to ring", "Asked", "Time left", "Tries", "Contact")


def call_rows(wishes: Iterable[Wish], slug: str, *, at: datetime) -> list[Row]:
    """The calls that somebody asked for."""
    return [
        Row(
            (
                link(wish.name or "No name given", reverse("contacts:call", args=[slug, wish.id]), below=wish.about),
                text(wish.phone),
                text(wish.when),
                since(wish.asked_at, at),
                clock(wish.due_at, at),
                text(wish.tries[-1].outcome if wish.tries else "None yet", below=_number_of(wish.tries)),
                link(wish.receipt, reverse("contacts:detail", args=[slug, wish.contact])) if wish.contact else text(""),
            ),
            key=str(wish.id),
        )
        for wish in wishes
    ]


def _number_of(tries: Sequence[Tried]) -> str:
    return f"{len(tries)} so far" if len(tries) > 1 else ""


def try_events(tries: Iterable[Tried]) -> list[Event]:
    """Each try as an entry of a timeline, the newest first."""
    return [Event(tried.outcome, tried.at, by=tried.by, text=tried.note) for tried in reversed(tuple(tries))]


ADVICE_COLUMNS = ("Asked", "By", "Named", "Time left", "Advice")


def advice_rows(found: Iterable[Advice], slug: str, *, at: datetime) -> list[Row]:
    """Requests for a social worker's advice."""
    return [
        Row(
            (
                link(
                    moment(each.asked_at), reverse("contacts:consultation", args=[slug, each.key]),
                    below=each.question[:80],
                ),
                text(each.asker or "No name", below=each.asker_agency),
                text("Named" if each.named else "No names"),
                text("Given") if each.advised_at else clock(each.due_at, at),
                text(_advice_words(each), below=each.advised_by),
            ),
            key=str(each.key),
        )
        for each in found
    ]  # fmt: skip


def _advice_words(each: Advice) -> str:
    if each.advised_at is None:
        return "Not given yet"
    if each.contact:
        return "Became a contact"
    return "Referral advised" if each.referral_advised else "No referral advised"


OVERSIGHT_COLUMNS = ("Contact", "Started", "By", "With whom", "Reason", "Time left", "Written up")


def oversight_rows(found: Iterable[Started], slug: str, *, at: datetime) -> list[Row]:
    """Protection that waits for a manager's oversight."""
    return [
        Row(
            (
                link(each.receipt, reverse("contacts:oversee", args=[slug, each.key]), below=each.kind),
                since(each.started_at, at),
                text(each.started_by_name),
                text(each.with_whom),
                text(each.reason),
                clock(each.due_at, at),
                text("Yes" if each.after else "Not yet"),
            ),
            key=str(each.key),
        )
        for each in found
    ]


def state_words(state: str) -> str:
    """Where a contact stands, in words."""
    return _STATES[state]
