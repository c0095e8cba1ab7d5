"""The page of one referral: why it came, what was promised, its clocks, who saw the child, the dates after."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from frontdoor.actors.rules import Actor, Permission
from frontdoor.codes import rules as codes
from frontdoor.contacts.pages.clocks import Clocks, panel
from frontdoor.referrals.models import Milestone, Referral, Visit
from frontdoor.referrals.pages.contact import TONES
from frontdoor.referrals.queries.opening import Opened
from frontdoor.referrals.rules import judging, recording
from frontdoor.referrals.rules.beyond import WAYS
from frontdoor.referrals.rules.states import State, Turn
from frontdoor.shell.pages import Cell, Event, Item, Row, clock, link, tag, text, when
from frontdoor.shell.rules import day, moment

Pairs = tuple[tuple[str, str], ...]
VISIT_COLUMNS = ("When", "Where", "Who went", "Child seen", "Alone", "What the child said", "Recorded", "To do")
DATE_COLUMNS = ("What", "Day", "Recorded", "To do")
FAMILY_COLUMNS = ("Name", "Who")
PROMISED_COLUMNS = ("What", "By when", "Who")
CAME_COLUMNS = ("Sent", "From", "How urgent", "The slip")


@dataclass(frozen=True, slots=True)
class Detail:
    """One referral as its page shows it.

    :param press: the words of the button that takes it; empty where there is none
    :param said: what the child said last, and when
    """

    key: UUID
    version: int
    heading: str
    caption: str
    facts: tuple[str, ...]
    tags: Pairs
    clock: Cell
    note: str
    contact_href: str
    contact: str
    summary: Pairs
    promised: str
    must_happen: tuple[Row, ...]
    family: tuple[Row, ...]
    clocks: Clocks
    visits: tuple[Row, ...]
    dates: tuple[Row, ...]
    came: tuple[Row, ...]
    said: tuple[str, str, str]
    press: str
    steps: tuple[Item, ...]
    history: tuple[Event, ...]


def detail(opened: Opened, slug: str, *, by: Actor, at: datetime) -> Detail:
    """The page of one referral, as far as its reader may act on it."""
    row, state = opened.referral, State(opened.referral.state)
    keeps = by.may(Permission.REFERRAL_KEEP) and not state.settled
    page = opened.page
    running = [each for each in opened.clocks if each.stopped_at is None]
    first = min((each.reading.due_at for each in running), default=None)
    return Detail(
        key=row.key, version=row.version, heading=row.named.label if row.named else "No child named",
        caption="Referral", facts=tuple(_facts(opened)), tags=tuple(_tags(row)),
        clock=clock(first, at) if first else text(""), note=_note(opened),
        contact_href=reverse("contacts:detail", args=[slug, row.contact.key]) if row.contact else "",
        contact=row.contact.receipt if row.contact else "", summary=_summary(opened),
        promised=opened.promised,
        must_happen=tuple(Row((text(each.what), text(each.by_when), text(each.owner or None)))
                          for each in (page.must_happen if page else ())),
        family=tuple(Row((text(each.name), text(each.who or None))) for each in (page.family if page else ())),
        clocks=panel(opened.clocks, slug, names=opened.names, teams=opened.teams, by=by, at=at),
        visits=tuple(_visit(each, opened, slug, keeps=keeps) for each in reversed(opened.visits)),
        dates=tuple(_date(each, opened, slug, keeps=keeps) for each in opened.milestones),
        came=tuple(_came(opened, slug)), said=_said(opened.visits),
        press=_press(opened, by=by) if keeps else "",
        steps=tuple(_steps(opened, slug, by=by) if keeps else _again(opened, slug, by=by)),
        history=tuple(_history(opened)),
    )  # fmt: skip


def _facts(opened: Opened) -> Iterator[str]:
    row = opened.referral
    yield judging.Counts(row.counts).words
    yield f"sent {moment(row.began_at)}"
    yield f"with {opened.names.get(row.worker or 0) or 'nobody yet'}, {opened.teams.get(row.team_id, '')}"


def _tags(row: Referral) -> Iterator[tuple[str, str]]:
    yield State(row.state).words, TONES[State(row.state)]
    if row.section47:
        yield "Section 47", "danger"
    elif row.urgent:
        yield "Urgent", "danger"
    if row.unseen_since:
        yield "Child not seen", "late"
    if row.restricted:
        yield "Restricted", "danger"


def _note(opened: Opened) -> str:
    row = opened.referral
    if row.same_as_id and not State(row.state).settled:
        return "This child has another open referral. Join the two: a child has one."
    if row.counts == judging.Counts.OPEN_CASE:
        return f"The child's case was open already, with {row.open_with}: they have to know. This is no new referral."
    return row.settled_why if State(row.state).settled else ""


def _summary(opened: Opened) -> Pairs:
    row = opened.referral
    source = codes.SOURCES.get(row.source_code)
    pairs = [
        ("First told us", moment(row.received_at)),
        ("Told by", source.label if source else "Not known"),
        ("Primary need", judging.NEEDS.get(row.need, "Not written down yet")),
    ]
    if row.before:
        pairs.append(("Referred before", day(row.before)))
    if row.accepted_at:
        pairs.append(("Accepted by the team", moment(row.accepted_at)))
    if row.picked_at:
        pairs.append(("Picked up", moment(row.picked_at)))
    if row.closed_on:
        reason = "No further action" if row.nfa else codes.CLOSURE_REASONS[row.closure].label
        pairs.append(("Closed", f"{day(row.closed_on)}: {reason}"))
    return tuple(pairs)


def _recorded(each: Visit | Milestone, names: dict[int, str]) -> Cell:
    who = names.get(each.recorded_by or 0, "")
    if each.source == "case_system":
        return text("Recorded in the case system", below=f"Taken over {moment(each.recorded_at)}")
    if each.source == "strategy":
        return text("From the strategy discussion", below=moment(each.recorded_at))
    return text(who or "Somebody", below=moment(each.recorded_at))


def _struck(each: Visit | Milestone, names: dict[int, str]) -> Cell | None:
    if each.struck_at is None:
        return None
    who = names.get(each.struck_by or 0, "")
    return text("Recorded by mistake", below=f"{each.struck_why} {who}, {moment(each.struck_at)}")


def _visit(each: Visit, opened: Opened, slug: str, *, keeps: bool) -> Row:
    where = reverse("referrals:strike-visit", args=[slug, opened.referral.key, each.key])
    alone = "" if not each.seen else "Yes" if each.alone else each.get_not_alone_display() or "Not known"
    heard = f"“{each.voice}”" if each.voice else each.voice_missing and f"Not heard, because: {each.voice_missing}"
    return Row(
        (
            when(each.made_at), text(each.get_place_display(), below=each.where), text(each.seen_by),
            tag("Seen", "ok") if each.seen else text("Not seen", below=each.why_not_seen), text(alone or None),
            text(heard or None), _recorded(each, opened.names),
            _struck(each, opened.names)
            or (link("Strike it", where, hidden=f"the visit of {moment(each.made_at)}") if keeps else text(None)),
        )
    )  # fmt: skip


def _date(each: Milestone, opened: Opened, slug: str, *, keeps: bool) -> Row:
    where = reverse("referrals:strike-date", args=[slug, opened.referral.key, each.kind])
    words = recording.Dated(each.kind).words
    return Row(
        (
            text(words, below=each.why), text(day(each.on)), _recorded(each, opened.names),
            _struck(each, opened.names) or (link("Strike it", where, hidden=words) if keeps else text(None)),
        )
    )  # fmt: skip


def _came(opened: Opened, slug: str) -> Iterable[Row]:
    for each in opened.arrivals:
        contact = each.contact
        yield Row(
            (
                when(each.sent_at),
                link(contact.receipt, reverse("contacts:detail", args=[slug, contact.key])) if contact else text(None),
                text("Red or section 47" if each.urgent else None), text(each.get_state_display()),
            )
        )  # fmt: skip


def _said(visits: Iterable[Visit]) -> tuple[str, str, str]:
    """What the child said last, to whom, and when."""
    heard = [each for each in visits if each.voice and each.struck_at is None]
    return (heard[-1].voice, heard[-1].seen_by, moment(heard[-1].made_at)) if heard else ("", "", "")


def _press(opened: Opened, *, by: Actor) -> str:
    """The words of the button that takes it; empty where there is none."""
    row = opened.referral
    if row.state not in (State.ACCEPTED, State.IN_WORK) or row.worker == by.user_id:
        return ""
    holder = opened.names.get(row.worker or 0, "")
    return f"Take it over from {holder}" if holder else "Pick this up"


def _steps(opened: Opened, slug: str, *, by: Actor) -> Iterator[Item]:
    """What may be done from here."""
    row = opened.referral
    held = row.state in (State.ACCEPTED, State.IN_WORK)
    manages = by.may(Permission.DIRECTION_GIVE)
    may_date = bool(recording.may_be_recorded(opened.standing))
    wanted = [
        ("Record a visit", "visit", True),
        ("Record a date", "date", may_date),
        ("Primary need", "need", True),
        ("Join it to the other referral", "join", row.same_as_id is not None),
        ("Give it to a worker", "give", held and manages and bool(opened.workers)),
        ("Pass it to another team", "pass-on", held and bool(opened.elsewhere)),
        ("The case was open already", "open-case", row.counts != judging.Counts.OPEN_CASE),
        ("Close it", "close", held),
    ]
    for words, name, sensible in wanted:
        if sensible:
            yield Item(words, reverse(f"referrals:{name}", args=[slug, row.key]))
    for gives in WAYS:
        yield from (Item(words, href) for words, href in gives(row, slug, by=by))
    if not held:
        yield Item("Answer in the inbox", reverse("handovers:detail", args=[slug, opened.arrivals[0].slip]))


def _again(opened: Opened, slug: str, *, by: Actor) -> Iterator[Item]:
    """What may be done with one that is closed."""
    row = opened.referral
    if row.state == State.CLOSED and by.may(Permission.REFERRAL_KEEP):
        yield Item("Open it again", reverse("referrals:reopen", args=[slug, row.key]))


def _history(opened: Opened) -> Iterator[Event]:
    for each in opened.turns:
        yield Event(Turn(each.kind).words, each.at, by=each.by_name, text=each.text)
