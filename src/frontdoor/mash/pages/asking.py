"""What the pages about asking agencies show: what has to stand first, each request, each reply with its mark."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from frontdoor.actors.rules import Actor, Permission
from frontdoor.codes import rules as codes
from frontdoor.mash.models import Agreement, Asked, Desk, Dispensing, Reply, Request
from frontdoor.mash.queries.asking import Asking, OneRequest
from frontdoor.mash.rules.asking import grounds, replies, sets
from frontdoor.mash.rules.asking.states import State
from frontdoor.shell.pages import Row, clock, link, tag, text, when
from frontdoor.shell.rules import moment

TONES = {
    State.SENT: "late", State.OPENED: "waiting", State.TOLD: "soon", State.ANSWERED: "done", State.REFUSED: "danger",
    State.STOPPED: "done",
}  # fmt: skip
MARK_TONES = {"victim_safety": "danger", "intelligence": "danger", "restricted_source": "late", "legal": "late"}
REQUEST_COLUMNS = ("Agency", "Why asked", "Sent", "Opened", "Answered", "Stands", "Time left", "What you can do")
DESK_COLUMNS = ("Agency", "Looks into", "Always asked at", "Sharing agreement", "Desk", "Told when late", "Asked")
RATINGS = dict(sets.RATINGS)
LINES = dict(sets.LINES)

Task = tuple[str, str, str, str]


def name_of(asked: Asked) -> str:
    """How a page names somebody who is asked about."""
    named = asked.subject.named
    if named is None:
        return "A child whose name is not known"
    return ", ".join(part for part in (named.label, named.relationship) if part)


@dataclass(frozen=True, slots=True)
class ShownReply:
    """One reply as a page shows it.

    :param note: that it waits for the agency's confirmation, that the agency says it is wrong, or that it was replaced
    """

    heading: str
    tags: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, str], ...]
    note: str


_KINDS, _MARKS = dict(replies.KINDS), dict(replies.MARKS)
_HOW = {how: f"{words[:1].lower()}{words[1:]}" for how, words in replies.HOW}


def shown_replies(found: Iterable[OneRequest]) -> list[ShownReply]:
    """Every reply of an enquiry by agency and person; what was corrected or withdrawn is kept and says so."""
    return [each for one in found for each in _shown_of(one)]


def _shown_of(one: OneRequest) -> Iterable[ShownReply]:
    stands = {each.id for each in replies.standing(one.said)}
    people = {each.pk: name_of(each) for each in one.people}
    return (_shown(one, reply, people.get(reply.asked_id, ""), stands) for reply in one.replies)


def _shown(one: OneRequest, reply: Reply, person: str, stands: set[int]) -> ShownReply:
    mark = (_MARKS[reply.mark], MARK_TONES.get(reply.mark, "plain"))
    told = reply.kind == "information"
    parts = (
        ("Facts", reply.facts), ("What they think", reply.analysis), ("What protects the child", reply.protective),
        ("Why", reply.reason), ("Why it was corrected or withdrawn", reply.why),
        ("Said by", f"{reply.said_by}, {_HOW[reply.how]}, {moment(reply.at)}"),
    )  # fmt: skip
    return ShownReply(
        f"{one.request.desk.name}: {person}",
        ((_KINDS[reply.kind], "ok" if told else "plain"), *((mark,) if told else ())),
        tuple((label, words) for label, words in parts if words),
        _note(one, reply, stands),
    )


def _note(one: OneRequest, reply: Reply, stands: set[int]) -> str:
    if reply.withdrawn:
        return "Withdrawn by the agency. What it said before is kept."
    if reply.pk not in stands:
        return "Replaced since: a later reply of the agency takes its place."
    said = one.confirmed.get(reply.pk)
    if reply.how in replies.BY_US and said is None:
        return "Written down by us. It waits for the agency's confirmation."
    if said is not None and not said.agrees:
        return f"The agency says that this is not right: {said.words}"
    return ""


def request_rows(found: Iterable[OneRequest], slug: str, *, by: Actor, at: datetime) -> list[Row]:
    """The requests of an enquiry as a table: sent, opened and answered stand apart."""
    return [_request_row(one.request, slug, may=by.may(Permission.MASH_WORK), at=at) for one in found]


def _request_row(row: Request, slug: str, *, may: bool, at: datetime) -> Row:
    state = State(row.state)
    late = state.open and row.due_at < at
    told = link("Write down what they said", reverse("mash:told", args=[slug, row.key]), hidden=f"of {row.desk.name}")
    stopped = text(row.stopped_why)
    return Row(
        (
            text(row.desk.name, below=row.desk.telephone),
            text(row.why_asked, below="Works with somebody who may pose the risk" if row.other_side else ""),
            when(row.sent_at), when(row.opened_at), when(row.answered_at or row.told_at),
            tag(state.words, TONES[state]),
            clock(row.due_at, at) if state.open else text(""),
            told if may and state is not State.STOPPED else stopped,
        ),
        tone="late" if late else "",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class AskingPage:
    """The page of what was asked for one enquiry.

    :param first: what has to stand before anything is asked
    :param gaps: who has not answered, in words
    """

    heading: str
    back: str
    facts: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]
    first: tuple[Task, ...]
    requests: list[Row]
    replies: list[ShownReply]
    gaps: tuple[str, ...]
    left_out: list[Row]
    steps: tuple[tuple[str, str], ...]
    stood: tuple[tuple[str, str], ...]


def asking(found: Asking, slug: str, *, by: Actor, at: datetime) -> AskingPage:
    """Everything of the page."""
    enquiry = found.enquiry
    rated = codes.RATINGS[enquiry.rating].label if enquiry.rating else "Not rated yet"
    return AskingPage(
        heading=f"Agencies asked for {enquiry.reference}", back=reverse("mash:enquiry", args=[slug, enquiry.key]),
        facts=(f"received {moment(enquiry.received_at)}",),
        tags=((rated, "danger" if enquiry.rating == "red" else "plain"),), first=_first(found, slug, by=by),
        requests=request_rows(found.requests, slug, by=by, at=at), replies=shown_replies(found.requests),
        gaps=_gaps(found.requests, at), steps=_steps(found, slug, by=by), stood=_stood(found),
        left_out=[
            Row((text(each.desk.name), text(each.why), text(found.names.get(each.by_user, "")), when(each.at)))
            for each in found.left_out
        ],
    )  # fmt: skip


def _gaps(found: Iterable[OneRequest], at: datetime) -> tuple[str, ...]:
    gaps = []
    for one in found:
        row = one.request
        if row.state == State.REFUSED:
            gaps.append(f"{row.desk.name}: refused, or cannot answer")
        elif State(row.state).open:
            gaps.append(f"{row.desk.name}: {'late' if row.due_at < at else 'not answered yet'}")
    return tuple(gaps)


def _covers(agreement: Agreement | None, dispensing: Dispensing | None) -> bool:
    """Whether a manager's decision covers what the family said last."""
    return agreement is not None and dispensing is not None and dispensing.at >= agreement.at


def _first(found: Asking, slug: str, *, by: Actor) -> tuple[Task, ...]:
    key, said = found.enquiry.key, found.agreement
    words = dict(grounds.POSITIONS)
    work, decide = by.may(Permission.MASH_WORK), by.may(Permission.MASH_DECIDE)

    def way(name: str, may: bool) -> str:
        return reverse(f"mash:{name}", args=[slug, key]) if may and not found.enquiry.settled_at else ""

    tasks: list[Task] = [(
        "Whether the family agrees", way("agreement", work),
        words[said.position] if said else "Not written down yet",
        "done" if said and said.position == "given" else ("soon" if said else "late"),
    )]  # fmt: skip
    if said and said.position != "given":
        done = _covers(said, found.dispensing)
        tasks.append((
            "A manager's decision to ask without agreement", way("dispense", decide),
            "Decided" if done else "Not decided: nothing may be asked", "done" if done else "late",
        ))  # fmt: skip
    written = None in found.grounds
    tasks.append((
        "Basis, necessity and proportionality", way("grounds", work), "Written" if written else "Not written yet",
        "done" if written else "late",
    ))  # fmt: skip
    return tuple(tasks)


def _stood(found: Asking) -> tuple[tuple[str, str], ...]:
    pairs = []
    if said := found.agreement:
        pairs.append(("The family", f"{dict(grounds.POSITIONS)[said.position]}: {said.words}"))
    if (one := found.dispensing) and _covers(found.agreement, one):
        who = found.names.get(one.decided_by, "")
        pairs.append(("Asked without agreement, because", f"{one.why} ({who}, {moment(one.at)})"))
        if one.on_refusal:
            pairs.append(("When they refused", one.on_refusal))
    if whole := found.grounds.get(None):
        rests = f"{whole.agreement}, version {whole.agreement_version}" if whole.agreement else "No agreement"
        pairs += [
            ("What for", whole.purpose), ("Lawful basis", dict(grounds.BASES)[whole.basis]),
            ("Necessary, because", whole.necessity), ("No more than needed, because", whole.proportionality),
            ("Rests on", rests),
        ]  # fmt: skip
        if whole.duty:
            pairs.append(("Duty to share", "Children Act 2004 s16LA was in force when this was written"))
    pairs += [
        (f"Different for {one.desk.name}", f"{one.purpose} {one.necessity}")
        for number, one in found.grounds.items()
        if number is not None and one.desk is not None
    ]
    return tuple(pairs)


def _steps(found: Asking, slug: str, *, by: Actor) -> tuple[tuple[str, str], ...]:
    if not by.may(Permission.MASH_WORK) or found.enquiry.settled_at:
        return ()
    key = found.enquiry.key
    steps = []
    if found.proposed or found.others:
        steps.append(("Ask agencies", reverse("mash:send", args=[slug, key])))
    running = [one.request for one in found.requests if one.request.state != State.STOPPED]
    steps += [
        (f"Other grounds for {row.desk.name}", reverse("mash:grounds-of", args=[slug, key, row.desk.key]))
        for row in running
    ]
    steps += [
        (f"Stop asking {row.desk.name}", reverse("mash:stop-request", args=[slug, row.key]))
        for row in running
        if State(row.state).open
    ]
    steps += [(f"Whom {row.desk.name} works with", reverse("mash:side", args=[slug, row.key])) for row in running]
    return tuple(steps)


def desk_rows(found: Iterable[Desk], slug: str, *, may_change: bool) -> list[Row]:
    """The agencies that a council asks, as a table."""
    return [
        Row((
            link(each.name, reverse("mash:agency", args=[slug, each.key])) if may_change else text(each.name),
            text(LINES[each.line]), text(", ".join(RATINGS[rating] for rating in RATINGS if rating in each.ratings)),
            text(each.agreement, below=f"Version {each.agreement_version}"),
            text(each.telephone or each.email, below=f"Out of hours {each.out_of_hours}" if each.out_of_hours else ""),
            text(each.lead_name),
            when(each.starts_on) if each.ends_on is None else text(f"until {each.ends_on:%-d %B %Y}"),
        ))
        for each in found
    ]  # fmt: skip


def first_grounds(found: Asking, desk: Desk | None = None) -> dict[str, str]:
    """What the form of the grounds starts from: what stands, else what the sharing agreement of who is asked says."""
    stands = found.grounds.get(desk.pk if desk else None) or found.grounds.get(None)
    names = ("purpose", "basis", "condition", "necessity", "proportionality", "agreement", "agreement_version")
    if stands is not None and (desk is None or found.grounds.get(desk.pk)):
        return {name: getattr(stands, name) for name in names}
    source = desk or _first_desk(found)
    begun = {name: getattr(source, name) for name in names if source is not None and name != "purpose"}
    kept = {name: getattr(stands, name) for name in names} if stands else {}
    return {**kept, **{name: value for name, value in begun.items() if value}}


def _first_desk(found: Asking) -> Desk | None:
    """The first agency of the set whose sharing agreement says on which grounds it shares."""
    wanted = {each.agency.key for each in found.proposed}
    rows: Sequence[Desk] = [*(each for each in found.desks if each.key in wanted), *found.others]
    return next((each for each in rows if each.basis), None)


def people_of(one: OneRequest) -> list[tuple[Asked, str]]:
    """Those about whom a request asks, by name."""
    return [(each, name_of(each)) for each in one.people]


def unanswered(one: OneRequest) -> list[UUID]:
    """Those of a request about whom nothing stands yet."""
    said = {each.asked_id for each in replies.standing(one.said)}
    return [each.key for each in one.people if each.pk not in said]
