"""What the pages of handovers show: rows of lists, one slip with what may be done with it, the page that travels."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.urls import reverse

from frontdoor.access.queries import colleagues
from frontdoor.actors.rules import Actor, Permission
from frontdoor.codes import rules as codes
from frontdoor.handovers import rules
from frontdoor.handovers.queries import Given, Line, OpenCopy, OpenHandover, Waiting
from frontdoor.letters.pages import travelling_pdf
from frontdoor.letters.rules.travelling import Due, Member, Response, Sentence, TravellingPage
from frontdoor.organisations.queries import teams
from frontdoor.shell.pages import Action, Cell, Column, Event, Item, Row, clock, link, number, since, tag, text
from frontdoor.shell.rules import moment

Slugs = Mapping[int, str]
"""Address part by council number: lists merged over councils name each row's own."""

INBOX_COLUMNS = ["What", "From", "How urgent", "Sent", "First told", "Time to accept", Column("Chased", numeric=True)]
GIVEN_COLUMNS = ["What", "To", "How urgent", "Where it stands", "Sent", "Time to accept", "Given by"]
ACCEPTED_COLUMNS = ["What", "From", "How urgent", "Accepted by", "Accepted", "First told"]

TONES = {
    rules.State.SENT: "waiting",
    rules.State.ACCEPTED: "done",
    rules.State.REFUSED: "late",
    rules.State.CORRECTED: "late",
    rules.State.ESCALATED: "danger",
    rules.State.WITHDRAWN: "plain",
}
_EVENT_TONES = {
    rules.Turn.ACCEPTED: "done",
    rules.Turn.REFUSED: "late",
    rules.Turn.CORRECTED: "late",
    rules.Turn.ESCALATED: "danger",
    rules.Turn.LATE: "late",
}


def urgency(rating: str, *, section47: bool) -> tuple[str, str]:
    """How urgent something is, in words and as a tone."""
    words = [codes.RATINGS[rating].label] if rating else []
    words += ["section 47"] * section47
    tone = "danger" if rules.urgent(rating, section47=section47) else "plain"
    said = ", ".join(words) or "Not rated"
    return said[:1].upper() + said[1:], tone


def inbox_rows(rows: Iterable[Waiting], slugs: Slugs, *, at: datetime) -> list[Row]:
    """The rows of an inbox; urgent ones with a bar at the edge."""
    return [
        Row(
            (
                link(row.summary, _address(row, slugs), below="Names you" if row.named else row.destination),
                text(row.giver),
                tag(*urgency(row.rating, section47=row.section47)),
                since(row.sent_at, at),
                since(row.received_at, at),
                clock(row.due_at, at, soon=(row.due_at - row.sent_at) / 2),
                number(row.chased),
            ),
            tone="danger" if row.urgent else "late" if row.due_at <= at else "",
            key=str(row.key),
        )
        for row in rows
    ]


def accepted_rows(rows: Iterable[Waiting], slugs: Slugs, *, at: datetime) -> list[Row]:
    """The rows of what was taken on."""
    return [
        Row(
            (
                link(row.summary, _address(row, slugs), below=row.destination),
                text(row.giver),
                tag(*urgency(row.rating, section47=row.section47)),
                text(row.accepted_by),
                text(moment(row.accepted_at) if row.accepted_at else ""),
                since(row.received_at, at),
            ),
            key=str(row.key),
        )
        for row in rows
    ]


def _address(row: Waiting, slugs: Slugs) -> str:
    return reverse("handovers:copy" if row.copy else "handovers:detail", args=[slugs[row.authority_id], row.key])


def given_rows(rows: Iterable[Given], slugs: Slugs, *, at: datetime) -> list[Row]:
    """The rows of what was given and is not settled; a masked row leads nowhere."""
    return [
        Row(
            (
                _what(row, slugs),
                text(row.receiver),
                tag(*urgency(row.rating, section47=row.section47)) if row.key else tag("Restricted", "plain"),
                tag(row.state.words, TONES[row.state]),
                since(row.sent_at, at),
                clock(row.due_at, at, soon=(row.due_at - row.sent_at) / 2) if not row.state.settled else text(""),
                text(row.by_name or "Nobody: the giver has left"),
            ),
            tone="danger" if row.urgent and not row.state.settled else "",
            key=str(row.key or ""),
        )
        for row in rows
    ]


def _what(row: Given, slugs: Slugs) -> Cell:
    if row.key is None:
        return text(row.summary)
    return link(row.summary, reverse("handovers:detail", args=[slugs[row.authority_id], row.key]))


def tabs(slug: str, here: str, *, by: Actor, at: datetime, team: int | None = None) -> list[Item]:
    """The ways between the lists of slips that the actor may open: inboxes, taken on, given, refused twice.

    :param here: the list that is shown: inbox, accepted, given or escalated
    """
    shown = [
        ("inbox", "All my teams", Permission.HANDOVER_ANSWER),
        ("accepted", "Taken on", Permission.HANDOVER_ANSWER),
        ("given", "Given", Permission.HANDOVER_SEND),
        ("escalated", "Refused twice", Permission.HANDOVER_OVERRULE),
    ]
    items = [
        Item(words, reverse(f"handovers:{name}", args=[slug]), current=name == here and team is None)
        for name, words, permission in shown
        if by.may(permission)
    ]
    mine = [found for found in teams(by=by, at=at) if found.pk in rules.teams(by)]
    if len(mine) > 1 and by.may(Permission.HANDOVER_ANSWER):
        inbox = reverse("handovers:inbox", args=[slug])
        items[1:1] = [Item(found.name, f"{inbox}?team={found.key}", current=found.pk == team) for found in mine]
    return items


@dataclass(frozen=True, slots=True)
class Detail:
    """One slip as its page shows it.

    :param acts: links to what may be done with it beside accepting
    :param may_accept: the actor may take it on now
    :param may_take_over: its giver has gone, and the actor may stand in their place
    :param subject_href: the page of what is handed over, where its room has one
    """

    open: OpenHandover
    heading: str
    facts: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]
    clock: Cell | None
    rows: tuple[tuple[str, str], ...]
    events: tuple[Event, ...]
    acts: tuple[Item, ...]
    may_accept: bool
    may_take_over: bool
    subject_href: str
    subject_noun: str


ACCEPT = Action("Accept: this is ours from now", "a", "do", "accept", style="primary")


TAKE_OVER = Action("Stand in for the giver: it is mine from now", "o", "do", "take-over", style="primary")


def detail(found: OpenHandover, slug: str, *, by: Actor, at: datetime) -> Detail:
    """The page of one slip."""
    slip, subject = found.slip, rules.SUBJECTS.get(found.slip.subject_kind)
    running = not slip.state.settled
    return Detail(
        open=found,
        heading=found.summary,
        facts=(f"From {found.giver_team}", f"To {found.receiver}", f"Sent {moment(found.sent_at)}"),
        tags=(
            (slip.state.words, TONES[slip.state]),
            urgency(found.rating, section47=found.section47),
            *[("Restricted", "plain")] * found.restricted,
        ),
        clock=clock(found.due_at, at, soon=(found.due_at - found.first_sent_at) / 2) if running else None,
        rows=_rows(found),
        events=tuple(_event(line) for line in reversed(found.history)),
        acts=tuple(_acts(found, slug, by=by)),
        may_accept=found.receives and running,
        may_take_over=found.nobodys and found.gives and running,
        subject_href=reverse(subject.address, args=[slug, slip.subject_key]) if subject and subject.address else "",
        subject_noun=subject.noun if subject else "",
    )


def _rows(found: OpenHandover) -> tuple[tuple[str, str], ...]:
    rows = [
        ("Why", found.why),
        ("Given by", ", ".join(filter(None, (found.giver, found.giver_team))) + " (has left)" * found.nobodys),
        ("Goes to", found.receiver),
        *[("Worker", found.worker), ("Manager of that team", found.manager)] * bool(found.worker),
        ("First told", moment(found.received_at)),
        ("First sent", moment(found.first_sent_at)),
        ("To be accepted by", moment(found.due_at)),
    ]
    if found.slip.answered_name:
        rows.append(("Answered by", found.slip.answered_name))
    return tuple(rows)


def _event(line: Line) -> Event:
    told = f"{line.kind.words}: {line.manager}" if line.kind is rules.Turn.TOLD else line.kind.words
    talk = f"Spoke to {line.manager}, {moment(line.talked_at)}." if line.talked_at else ""
    wrong = dict(rules.WRONGS).get(line.wrong, "")
    words = "\n".join(part for part in (f"{wrong}." if wrong else "", line.text, talk) if part)
    return Event(told, line.at, by=line.by_name, text=words, tone=_EVENT_TONES.get(line.kind, "plain"))


def _acts(found: OpenHandover, slug: str, *, by: Actor) -> Iterable[Item]:
    slip, item = found.slip, partial(_item, slug, found.slip.key)
    if found.receives and slip.state is rules.State.SENT:
        yield item("Send back to be put right", "correct")
        if not slip.urgent:
            yield item("Refuse, after talking with a manager", "refuse")
    if found.settles and slip.state is rules.State.ESCALATED:
        yield item("Settle who takes it", "settle")
    if found.gives and not slip.state.settled:
        yield from _givers(found, item, by=by)
    yield item("The page that travels, to print", "print")


def _item(slug: str, slip: UUID, words: str, name: str) -> Item:
    return Item(words, reverse(f"handovers:{name}", args=[slug, slip]))


def _givers(found: OpenHandover, item: Callable[..., Item], *, by: Actor) -> Iterable[Item]:
    slip = found.slip
    if slip.state in (rules.State.SENT, rules.State.ESCALATED):
        yield item("Chase", "chase")
    if slip.state in (rules.State.REFUSED, rules.State.CORRECTED):
        yield item("Put right and send again", "send-again")
    if found.outside:
        yield item("Write down their answer", "answer-outside")
    if not slip.urgent or by.may(Permission.DIRECTION_GIVE):
        yield item("Take it back", "withdraw")


def printed(found: OpenHandover, *, council: str, by: Actor, at: datetime) -> bytes:
    """The page that travels as an accessible PDF of one side; it says how much more stands in the record."""
    page = found.page or rules.Page()
    rest = f"{page.left_out} more in the record." if page.left_out else ""
    rated, _ = urgency(found.rating, section47=found.section47)
    accept = Due(f"Accept this work ({rated.lower()})", found.receiver, moment(found.due_at))
    return travelling_pdf(
        TravellingPage(
            council=council,
            reference=found.summary,
            made_at=at,
            made_by=by.label,
            sent_from=found.giver_team,
            sent_to=found.receiver,
            family=tuple(Member(person.name, who=person.who) for person in page.family),
            worries=tuple(Sentence(worry.words, worry.said_by) for worry in page.worries),
            own_words=tuple(Sentence(own.words, own.said_by) for own in page.own_words),
            not_heard=page.unheard,
            must=(accept, *(Due(need.what, need.owner, need.by_when) for need in page.must_happen)),
            done=tuple(Response(done.what, helped=done.helped) for done in page.done),
            told=tuple(Sentence(words) for words in (*(told.words for told in page.told), rest) if words),
        )
    )


@dataclass(frozen=True, slots=True)
class CopyDetail:
    """What another council passed, as its page shows it.

    :param report_href: the report that this council has made of it, where it is one
    """

    open: OpenCopy
    heading: str
    facts: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]
    clock: Cell | None
    rows: tuple[tuple[str, str], ...]
    acts: tuple[Item, ...]
    may_accept: bool
    withdrawn: str
    report_href: str


def copy_detail(found: OpenCopy, slug: str, *, by: Actor, at: datetime) -> CopyDetail:
    """The page of what another council passed."""
    running, subject = not found.state.settled, rules.SUBJECTS.get(found.subject_kind)
    made = subject.received if subject and found.page is None and by.may(Permission.CONTACT_READ) else ""
    acts = []
    if found.receives and found.state is rules.State.SENT:
        acts.append(_item(slug, found.key, "Send back to be put right", "correct-copy"))
        if not found.urgent:
            acts.append(_item(slug, found.key, "Refuse, after talking with a manager there", "refuse-copy"))
    withdrawn = ""
    if found.recalled_at:
        withdrawn = f"{found.giver} withdrew this, {moment(found.recalled_at)}: {found.recalled_why}"
    return CopyDetail(
        open=found,
        heading=found.summary,
        facts=(f"Passed by {found.giver}", f"Sent {moment(found.sent_at)}", f"First told {moment(found.received_at)}"),
        tags=((found.state.words, TONES[found.state]), urgency(found.rating, section47=found.section47)),
        clock=clock(found.due_at, at, soon=(found.due_at - found.sent_at) / 2) if running else None,
        rows=_copy_rows(found),
        acts=tuple(acts),
        may_accept=found.receives and running,
        withdrawn=withdrawn,
        report_href=reverse(made, args=[slug, found.slip]) if made else "",
    )


def _copy_rows(found: OpenCopy) -> tuple[tuple[str, str], ...]:
    rows = [
        ("Why", found.why),
        ("Passed by", f"{found.giver}: {found.sent_by}"),
        ("To be accepted by", moment(found.due_at)),
    ]
    if found.answered_at:
        rows.append(("Answered", f"{found.state.words}, {found.answered_by}, {moment(found.answered_at)}"))
    if found.answer:
        rows.append(("What was answered", found.answer))
    if found.manager:
        rows.append(("Manager there", found.manager))
    return tuple(rows)


def managers(*, by: Actor, at: datetime) -> list[tuple[int, str]]:
    """Everybody here today with whom a refusal can be talked over."""
    return [
        (person.id, person.name)
        for person in colleagues(by=by, at=at)
        if person.may(Permission.DIRECTION_GIVE) and person.id != by.user_id
    ]


def people(*, by: Actor, at: datetime) -> Sequence[tuple[int, str]]:
    """Everybody here today."""
    return [(person.id, person.name) for person in colleagues(by=by, at=at)]
