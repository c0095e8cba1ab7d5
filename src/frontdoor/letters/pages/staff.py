"""What the pages of staff show: the list of whom we owe an answer, the letters of one matter, and one letter."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.urls import reverse

from frontdoor.actors.rules import Actor, Permission
from frontdoor.letters import rules
from frontdoor.letters.queries import Opened, Shown, Task
from frontdoor.letters.rules import ELECTRONIC, Audience, Found, Medium, Release, Route, State, Step
from frontdoor.shell.pages import Cell, Event, Item, Row, clock, link, tag, text, when
from frontdoor.shell.rules import moment

TASK_COLUMNS = ["What to do", "About", "Who is told", "How", "Where it stands", "Time left"]
LETTER_COLUMNS = ["What", "How", "Where it stands", "Planned", "Told"]

_TONES = {
    State.TO_SEND: "waiting",
    State.SENDING: "waiting",
    State.HELD: "late",
    State.SENT: "done",
    State.FAILED: "danger",
    State.DONE_BY_PHONE: "done",
    State.NOT_POSSIBLE: "plain",
    State.CANCELLED: "plain",
}
_AUDIENCES = {
    Audience.PROFESSIONAL: "A professional",
    Audience.PUBLIC: "A member of the public",
    Audience.CHILD: "A child or young person",
}
_FAILURES = {
    "no_answer": "The service that sends e-mail and texts does not answer. It is tried again by itself.",
    "refused": "The address or number was refused.",
    "unknown": "It may have gone out, and nobody can say whether it did. Ring before you send it again.",
}


def task_rows(tasks: Iterable[Task], slug: str, *, at: datetime) -> list[Row]:
    """Whom we owe an answer, the most urgent first; what is late with a bar at the edge."""
    return [_task_row(task, slug, at) for task in tasks]


def _task_row(task: Task, slug: str, at: datetime) -> Row:
    letter, waits = task.letter, task.letter.state is not State.NOT_POSSIBLE
    cells = (
        link(
            task.what,
            _address("letter", slug, letter),
            below=letter.why[0] if letter.why else "",
            hidden=letter.reference,
        ),
        text(letter.reference, below=letter.kind_words),
        text(_AUDIENCES[Audience(letter.audience)]),
        text(letter.route_words),
        tag(letter.state_words, _TONES[letter.state]),
        clock(letter.due_at, at, soon=(letter.due_at - letter.made_at) / 2) if waits else text("No time runs"),
    )
    return Row(cells, tone="late" if waits and letter.due_at <= at else "", key=str(letter.key))


def letter_rows(letters: Iterable[Shown], slug: str) -> list[Row]:
    """The letters of one matter, the newest first."""
    return [
        Row(
            (
                link(letter.kind_words, _address("letter", slug, letter), hidden=f"planned {moment(letter.made_at)}"),
                text(letter.route_words),
                tag(letter.state_words, _TONES[letter.state]),
                when(letter.made_at),
                when(letter.sent_at),
            ),
            key=str(letter.key),
        )
        for letter in letters
    ]


def _address(name: str, slug: str, letter: Shown) -> str:
    return reverse(f"letters:{name}", args=[slug, letter.key])


@dataclass(frozen=True, slots=True)
class Detail:
    """One letter as its page shows it.

    :param spoken: the words are what may be said on the telephone, not what is sent
    :param acts: links to what may be done with it
    :param may_print: it is printed here, and then posted
    """

    opened: Opened
    heading: str
    facts: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]
    clock: Cell | None
    why: tuple[str, ...]
    failure: str
    spoken: bool
    acts: tuple[Item, ...]
    events: tuple[Event, ...]
    may_print: bool
    may_post: bool
    may_send_again: bool
    about_href: str
    subject_href: str


def detail(opened: Opened, slug: str, *, by: Actor, at: datetime) -> Detail:
    """The page of one letter."""
    letter, sends = opened.letter, by.may(Permission.LETTER_SEND)
    runs = letter.settled_at is None and letter.state is not State.NOT_POSSIBLE
    to_post = sends and letter.route is Route.LETTER and letter.state is State.TO_SEND
    return Detail(
        opened=opened,
        heading=letter.kind_words,
        facts=(letter.reference, _AUDIENCES[Audience(letter.audience)], letter.route_words),
        tags=((letter.state_words, _TONES[letter.state]),),
        clock=clock(letter.due_at, at, soon=(letter.due_at - letter.made_at) / 2) if runs else None,
        why=letter.why if letter.settled_at is None else (),
        failure=_FAILURES.get(letter.failure, "") if letter.settled_at is None else "",
        spoken=rules.medium(letter.route) is Medium.SPOKEN,
        acts=tuple(_acts(letter, slug, by)),
        events=tuple(reversed(list(_events(opened)))),
        may_print=to_post,
        may_post=to_post and letter.tried_at is not None,
        may_send_again=sends and letter.state is State.FAILED and letter.route in ELECTRONIC,
        about_href=reverse("letters:about", args=[slug, *letter.subject]),
        subject_href=_subject_address(letter, slug),
    )


def _subject_address(letter: Shown, slug: str) -> str:
    name = rules.address_of(letter.subject[0])
    return reverse(name, args=[slug, letter.subject[1]]) if name else ""


def _acts(letter: Shown, slug: str, by: Actor) -> Iterator[Item]:
    item, may = partial(_item, slug, letter), partial(rules.may, letter.state)
    tells, sends = by.may(Permission.REFERRER_TELL), by.may(Permission.LETTER_SEND)
    if letter.settled_at is not None:
        return
    if tells and may(Step.TELL):
        yield item("Tell them by telephone", "told", "t")
    if sends and letter.state is State.HELD and _releasable(letter, by):
        yield item("Let it go out", "release", "r")
    if sends and may(Step.CHANGE_ROUTE):
        yield item("Tell them another way", "another-way", "w")
    if sends and may(Step.HOLD):
        yield item("Hold it back", "hold", "b")
    if tells and may(Step.NOTE):
        yield item("Note that nobody can be told", "nobody", "n")
    if sends and may(Step.CANCEL):
        yield item("Cancel it", "cancel")


def _releasable(letter: Shown, by: Actor) -> bool:
    asked = rules.who_may_release(rules.finding(code) for code in letter.findings)
    if asked is Release.NOBODY or by.user_id in (letter.made_by, letter.held_by):
        return False
    return asked is not Release.MANAGER or by.may(Permission.LETTER_RELEASE)


def _item(slug: str, letter: Shown, words: str, name: str, key: str = "") -> Item:
    return Item(words, _address(name, slug, letter), key=key)


def _events(opened: Opened) -> Iterator[Event]:
    """What happened to a letter, in order."""
    letter = opened.letter
    yield Event("Planned", letter.made_at, by=_who(opened, letter.made_by))
    if letter.held_at:
        words = letter.held_why or "\n".join(map(rules.why, _held_for(letter)))
        yield Event("Held back", letter.held_at, by=_who(opened, letter.held_by), text=words, tone="late")
    if letter.released_at:
        yield Event("Let go", letter.released_at, by=_who(opened, letter.released_by), text=letter.released_why)
    if letter.tried_at and letter.state not in (State.SENT, State.DONE_BY_PHONE):
        tries = f"{letter.attempts} {'try' if letter.attempts == 1 else 'tries'}" if letter.attempts else "Printed"
        yield Event("Tried to send" if letter.attempts else "Printed", letter.tried_at, text=tries)
    if letter.sent_at:
        said = "\n\n".join(filter(None, (letter.told_whom, letter.said)))
        yield Event(letter.state_words, letter.sent_at, by=_who(opened, letter.settled_by), text=said, tone="done")
    elif letter.settled_at:
        yield Event(letter.state_words, letter.settled_at, by=_who(opened, letter.settled_by), text=letter.settled_why)


def _held_for(letter: Shown) -> list[Found]:
    """Why it was held: what the guard finds now, or what somebody let pass."""
    return [code for code in letter.findings or letter.let_pass if code is not Found.BY_HAND]


def _who(opened: Opened, person: int | None) -> str:
    return opened.names.get(person, "") if person is not None else "the system"
