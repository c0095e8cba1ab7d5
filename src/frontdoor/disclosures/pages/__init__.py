"""What the pages of requests and of the ledger show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from frontdoor.actors.rules import Actor
from frontdoor.clocks.rules import london_date
from frontdoor.disclosures.models import Answer, Request
from frontdoor.disclosures.queries import Line, Listed, Opened
from frontdoor.disclosures.rules import kinds
from frontdoor.disclosures.rules.states import State
from frontdoor.shell.pages import Cell, Event, Item, Row, clock, reference, tag, text, when
from frontdoor.shell.rules import day, moment

Pairs = tuple[tuple[str, str], ...]
COLUMNS = ("Number", "Kind", "About", "Asked by", "Stands", "With", "Time left")
LEDGER_COLUMNS = ("When", "About", "What", "To whom", "What for, and basis", "By, and approved by")
TONES = {
    State.WAITING: "late", State.PROPOSED: "waiting", State.APPROVED: "soon", State.ANSWERED: "done",
    State.REFUSED: "done", State.PASSED: "waiting", State.REDIRECTED: "waiting", State.THERE: "done",
    State.ENDED: "done",
}  # fmt: skip


def chosen(
    asked: Mapping[str, str], which: Sequence[tuple[str, str]], sorts: Sequence[tuple[str, str]]
) -> list[tuple[str, str]]:
    """The filters that are on, each with the address without it."""
    found = []
    if asked["which"]:
        found.append((dict(which)[asked["which"]], f"?sub_type={asked['sub_type']}"))
    if asked["sub_type"]:
        found.append((dict(sorts)[asked["sub_type"]], f"?which={asked['which']}"))
    return found


def rows(found: Iterable[Listed], slug: str, *, at: datetime) -> list[Row]:
    """Requests as a table."""
    return [
        Row(
            (
                reference(each.receipt, reverse("disclosures:request", args=[slug, each.key])),
                text(kinds.KINDS[each.sub_type].label), text(", ".join(each.people) or "Nobody named"),
                text(each.asker or "Not written down yet"), tag(each.state.words, TONES.get(each.state, "plain")),
                text(each.holder or "Nobody"),
                when(each.settled_at) if each.settled_at else clock(each.due_at, at),
            ),
            tone="late" if each.settled_at is None and each.due_at < at else "",
        )
        for each in found
    ]  # fmt: skip


def ledger_rows(lines: Iterable[Line]) -> list[Row]:
    """Lines of the ledger as a table; what is restricted shows that it is there."""
    return [
        Row((
            when(line.at), text(line.person), text(line.kind, below=line.what),
            text(line.to_whom, below=line.receipt), text(line.purpose, below=line.basis),
            text(line.made_by, below=f"Approved by {line.approved_by}" if line.approved_by else ""),
        ))
        for line in lines
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Detail:
    """One request as its page shows it.

    :param parts: what has to be done, each with whether it is, and where
    :param text: the words of the newest answer; empty where there is none
    :param take: the words of the button that takes it; empty where there is none
    :param may_approve: whether the reader is the second person
    """

    key: UUID
    version: int
    receipt: str
    contact_href: str
    heading: str
    facts: tuple[str, ...]
    tags: Pairs
    clock: Cell
    story: str
    parts: tuple[tuple[str, str, str, str], ...]
    asker: Pairs
    grounds: Pairs
    searches: tuple[Row, ...]
    found: tuple[Row, ...]
    text: str
    digest: str
    answer_facts: Pairs
    take: str
    may_approve: bool
    may_take_back: bool
    steps: tuple[Item, ...]
    risks: tuple[Item, ...]
    lines: int
    history: tuple[Event, ...]
    note: str


SEARCH_COLUMNS = ("For whom", "Name searched", "Found", "Where else", "By, and when")
FACT_COLUMNS = ("About", "What the record shows", "Sure")


def detail(opened: Opened, slug: str, *, by: Actor, at: datetime) -> Detail:
    """The page of one request, as far as its reader may act on it."""
    row, answer = opened.request, opened.answer
    state, kind = State(row.state), kinds.KINDS[row.sub_type]
    names = [about.name for about in opened.people if about.asked]
    shown = answer if answer and answer.back_at is None else None
    proposer = answer.proposed_by if answer and state is State.PROPOSED else None
    return Detail(
        key=row.key, version=row.version, receipt=row.contact.receipt,
        contact_href=reverse("contacts:detail", args=[slug, row.contact.key]),
        heading=", ".join(names) or "Nobody named",
        facts=(kind.label, f"received {moment(row.received_at)}", kind.route.words, _needed(row)),
        tags=((state.words, TONES.get(state, "plain")), *((("Restricted", "danger"),) if kind.restricted else ())),
        clock=text("") if state.settled else clock(row.due_at, at),
        story=row.contact.story,
        parts=_parts(opened, slug) if state is State.IN_WORK else (),
        asker=_asker(opened), grounds=_grounds(opened), searches=tuple(_search_rows(opened)),
        found=tuple(_fact_rows(opened)), text=shown.text if shown else "", digest=shown.digest if shown else "",
        answer_facts=_answer_facts(opened, shown),
        take=_take(opened, by=by),
        may_approve=proposer not in (None, by.user_id) and opened.may_approve,
        may_take_back=proposer is not None and proposer == by.user_id,
        steps=_steps(opened, slug, by=by), risks=_risks(opened, slug), lines=len(opened.lines),
        history=tuple(_history(opened)), note=_note(opened),
    )  # fmt: skip


def _take(opened: Opened, *, by: Actor) -> str:
    """The words of the button that takes a request; empty where it is theirs, settled, or read by a second person."""
    row = opened.request
    if row.holder == by.user_id or row.state not in (State.WAITING, State.IN_WORK, State.APPROVED):
        return ""
    return f"Take it over from {opened.names.get(row.holder, '')}" if row.holder else "Take this request"


def _needed(row: Request) -> str:
    return f"needed by {day(row.needed_by)}" if row.needed_by else ""


def month_words(row: Request) -> str:
    """By when a request for one's own records has to be answered by law."""
    by_law = day(kinds.one_month_after(london_date(row.received_at)))
    return f"By law it has to be answered by {by_law}: one month after it reached us."


def law_of(opened: Opened) -> str:
    """By when the law wants it answered, where it is a request for one's own records."""
    governance = kinds.KINDS[opened.request.sub_type].route is kinds.Route.GOVERNANCE
    return month_words(opened.request) if governance else ""


def why_there(opened: Opened) -> str:
    """The usual reason why another team answers this kind, to begin with."""
    governance = kinds.KINDS[opened.request.sub_type].route is kinds.Route.GOVERNANCE
    return "Somebody asks for their own records, which information governance answers." if governance else ""


def _on_its_way(opened: Opened) -> str:
    """How its slip stands: it lies on the list of what was handed over, where it is asked after or taken back."""
    if not opened.slips:
        return "It is on its way to another team."
    slip = opened.slips[-1]
    words = f"Handed to {slip.receiver} on {moment(slip.sent_at)}. {slip.state.words}."
    return f"{words} They said: {slip.said}" if slip.said else words


def _note(opened: Opened) -> str:
    row = opened.request
    if row.state == State.PASSED:
        words = _on_its_way(opened)
    elif row.state == State.REDIRECTED:
        words = f"With {row.redirected_to}; taken there by {row.taken_by}. {row.settled_why}".strip()
    elif row.state == State.THERE and row.there_on is not None:
        words = f"Answered by {row.there_by}, {row.redirected_to}, on {day(row.there_on)}: {row.there_what}"
    elif row.state == State.ENDED:
        words = row.settled_why
    else:
        back = opened.answer if opened.answer and opened.answer.back_at else None
        words = f"The last answer came back: {back.back_why}" if back and row.state == State.IN_WORK else ""
    if kinds.KINDS[row.sub_type].route is kinds.Route.GOVERNANCE:
        words = f"{words} {month_words(row)}".strip()
    return words


def _parts(opened: Opened, slug: str) -> tuple[tuple[str, str, str, str], ...]:
    """What has to be there before an answer is proposed; words, address, state, tone."""
    row = opened.request
    searched = {search.about_id for search in opened.searches}
    asked = [about for about in opened.people if about.asked]
    whole = bool(asked) and all(about.pk in searched for about in asked)
    found = [
        ("Who asks, and how that was checked", "asker", bool(row.checked)),
        ("What for, and on which lawful basis", "grounds", bool(row.basis)),
        ("About whom", "people", bool(asked)),
        ("Search the record", "search", whole),
    ]
    if kinds.KINDS[row.sub_type].route is kinds.Route.GOVERNANCE:
        found = [("Hand it to information governance", "pass-on", False), found[0]]
    else:
        found.append(("Propose an answer", "propose", False))
    return tuple(
        (
            words,
            reverse(f"disclosures:{name}", args=[slug, row.key]),
            *(("Done", "done") if done else ("To do", "soon")),
        )
        for words, name, done in found
    )


def _asker(opened: Opened) -> Pairs:
    row = opened.request
    if not row.checked or row.checked_at is None:
        return ()
    who = ", ".join(part for part in (row.asker_name, row.asker_role, row.asker_agency) if part)
    checker = opened.names.get(row.checked_by or 0, "")
    return (
        ("Who asks", who), ("Answer goes to", row.reply_to),
        ("Checked", f"{row.get_checked_display()}: {row.checked_how}"),
        ("By", f"{checker}, {moment(row.checked_at)}"),
    )  # fmt: skip


def _grounds(opened: Opened) -> Pairs:
    row = opened.request
    if not row.basis or row.grounds_at is None:
        return ()
    return (
        ("What for", row.purpose), ("Lawful basis", row.get_basis_display()),
        ("Condition", row.get_condition_display()), ("Why it is necessary", row.necessity),
        ("Why it is no more than needed", row.proportionality),
        ("By", f"{opened.names.get(row.grounds_by or 0, '')}, {moment(row.grounds_at)}"),
    )  # fmt: skip


def _search_rows(opened: Opened) -> Iterable[Row]:
    for each in opened.searches:
        found = f"{len(each.found)} found" if each.found else "Nothing found"
        closed = f"{each.closed} more that this desk does not tell of: ask a manager" if each.closed else ""
        yield Row((
            text(each.about.name), text(f"{each.given_name} {each.family_name}"), text(found, below=closed),
            text(each.elsewhere or None),
            text(opened.names.get(each.searched_by, ""), below=moment(each.searched_at)),
        ))  # fmt: skip


def _fact_rows(opened: Opened) -> Iterable[Row]:
    people = {str(about.key): about.name for about in opened.people}
    for fact in opened.facts:
        sure = tag("Name and date of birth", "ok") if fact.sure else tag("Name alone: be sure who it is", "late")
        yield Row((text(people[fact.about]), text(fact.words), sure))


def fact_choices(opened: Opened) -> list[tuple[str, str]]:
    """The facts that may be told, as a form offers them."""
    people = {str(about.key): about.name for about in opened.people}
    return [
        (fact.code, f"{people[fact.about]}. {fact.words}{'' if fact.sure else ' Name alone: be sure who it is.'}")
        for fact in opened.facts
    ]


def told_before(answer: Answer) -> list[str]:
    """The codes of the facts of an answer, so that the next one starts from it."""
    return [f"{fact['about']}:{fact['contact']}" for fact in answer.facts if fact["contact"]]


def beside_answer(opened: Opened) -> Pairs:
    """What is read beside a proposal."""
    return (("What was asked", opened.request.contact.story), *_asker(opened)[:1], *_grounds(opened)[:1])


def _answer_facts(opened: Opened, answer: Answer | None) -> Pairs:
    if answer is None:
        return ()
    name = opened.names.get
    found = [("Proposed by", f"{name(answer.proposed_by, '')}, {moment(answer.proposed_at)}")]
    if answer.approved_at and answer.approved_by:
        found.append(("Approved by", f"{name(answer.approved_by, '')}, {moment(answer.approved_at)}"))
    if answer.sent_at and answer.sent_by:
        how = f"{answer.get_sent_how_display()}, to {answer.sent_to}"
        found.append(("Sent", f"{how}, {moment(answer.sent_at)}, by {name(answer.sent_by, '')}"))
    if answer.corrects_id:
        found.append(("Corrects", "An answer that was sent before"))
    return (*found, ("Fingerprint of these words", answer.digest))


def _steps(opened: Opened, slug: str, *, by: Actor) -> tuple[Item, ...]:
    """What may be done from here."""
    row, state = opened.request, State(opened.request.state)
    answer = opened.answer
    second = answer is not None and answer.proposed_by != by.user_id and opened.may_approve
    early = state in (State.WAITING, State.IN_WORK)
    wanted = [
        ("Send it back", "send-back", state is State.PROPOSED and second),
        ("It was sent", "send", state is State.APPROVED),
        ("Put it right first", "correct", state is State.APPROVED),
        ("Add somebody who is asked about", "person", state is State.IN_WORK),
        ("This shows a risk", "risk", True),
        ("Kind of request, and by when", "sort", early),
        ("Answered there", "there", state is State.REDIRECTED),
        ("It came back to us", "came-back", state is State.REDIRECTED),
        ("Hand it to another team", "pass-on", early),
        ("Give it by hand", "redirect", early),
        ("No longer wanted", "end", not state.settled and state is not State.PASSED),
        ("Open it again", "reopen", state.settled),
    ]
    slips = [slip.key for slip in opened.slips if slip.key is not None][-1:]
    return (
        *(Item("Ask after it, or take it back", reverse("handovers:detail", args=[slug, key])) for key in slips),
        *(
            Item(words, reverse(f"disclosures:{name}", args=[slug, row.key]))
            for words, name, sensible in wanted
            if sensible
        ),
    )


def _risks(opened: Opened, slug: str) -> tuple[Item, ...]:
    return tuple(
        Item(f"{risk.contact.receipt}: {risk.why}", reverse("contacts:detail", args=[slug, risk.contact.key]))
        for risk in opened.risks
    )


def _history(opened: Opened) -> Iterable[Event]:
    """What was done with the answers, the newest first."""
    name = opened.names.get
    events = []
    for each in opened.answers:
        what = each.get_kind_display()
        events.append(Event(f"Answer {each.number} proposed: {what}", each.proposed_at, by=name(each.proposed_by, "")))
        if each.approved_at and each.approved_by:
            events.append(Event(f"Answer {each.number} approved", each.approved_at, by=name(each.approved_by, "")))
        if each.back_at:
            back = name(each.back_by or 0, "")
            events.append(Event(f"Answer {each.number} came back", each.back_at, by=back, text=each.back_why))
        if each.sent_at and each.sent_by:
            events.append(Event(f"Answer {each.number} sent", each.sent_at, by=name(each.sent_by, "")))
    return sorted(events, key=lambda event: event.at, reverse=True)
