"""My work as one list: whatever waits for somebody, danger first, then the least time left, each with its action."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.urls import reverse

from frontdoor.access.queries import Place
from frontdoor.actors.rules import Actor
from frontdoor.contacts.queries.screening import Waiting
from frontdoor.desk.queries import Work
from frontdoor.earlyhelp.rules.states import State as HelpState
from frontdoor.handovers.queries import Given
from frontdoor.mash.rules.states import State as EnquiryState
from frontdoor.shell.pages import Row, clock, link, since, text
from frontdoor.shell.rules import LONDON, moment

PAGE = 50
COLUMNS = ("What", "About", "Time left", "Here for", "Council", "Do it")
GROUPS = {
    "calls": "Calls", "screening": "Screening", "decisions": "Decisions", "handovers": "Handovers",
    "directions": "Directions", "letters": "People to be told", "requests": "Requests for information",
    "complaints": "Complaints", "enquiries": "Enquiries",
    "disagreements": "Disagreements", "referrals": "Referrals", "early_help": "Early help",
    "families": "Families and safe contact",
}  # fmt: skip
"""The sorts of work by which the list can be narrowed."""

Where = tuple[int, int, datetime, int, str]
"""Where a page of the list ended: danger, whether it has a time, the time, council, what it is."""


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing that waits for the reader.

    :param about: whom or what, without the person who told us
    :param due: None where it has no time of its own; it comes after those that have
    :param href: where its one action is done
    """

    group: str
    what: str
    about: str
    place: Place
    action: str
    href: str
    due: datetime | None
    began: datetime
    danger: bool = False
    note: str = ""

    @property
    def where(self) -> Where:
        """Its place in the list: a total order over all councils."""
        return 0 if self.danger else 1, 0 if self.due else 1, self.due or self.began, self.place.id, self.href


def todos(work: Iterable[Work], *, by: Actor, at: datetime) -> list[Todo]:
    """Everything that waits for one person in all councils, in order."""
    found = [todo for each in work for part in _PARTS for todo in part(each, by, at)]
    return sorted(found, key=lambda todo: todo.where)


def page(found: Sequence[Todo], *, group: str, after: Where | None) -> tuple[list[Todo], bool]:
    """One page of the list, narrowed to one sort of work, and whether more follow."""
    rows = [todo for todo in found if group in ("", todo.group) and (after is None or todo.where > after)]
    return rows[:PAGE], len(rows) > PAGE


def rows(found: Iterable[Todo], *, at: datetime) -> list[Row]:
    """The list as a table."""
    return [
        Row(
            (
                text(todo.what, below=todo.note),
                text(todo.about),
                clock(todo.due, at) if todo.due else text("No time set"),
                since(todo.began, at),
                text(todo.place.name),
                link(todo.action, todo.href, hidden=f": {todo.what}, {todo.about}"),
            ),
            tone="danger" if todo.danger else "late" if todo.due and todo.due < at else "",
        )
        for todo in found
    ]


def groups(found: Sequence[Todo]) -> list[tuple[str, str, int]]:
    """The sorts of work that the reader has: code, words and how many; nothing where there is but one sort."""
    counts = {code: sum(todo.group == code for todo in found) for code in GROUPS}
    present = [(code, words, counts[code]) for code, words in GROUPS.items() if counts[code]]
    return [("", "Everything", len(found)), *present] if len(present) > 1 else []


def _at(name: str, place: Place, key: object) -> str:
    return reverse(name, args=[place.slug, key])


def _calls(work: Work, by: Actor, at: datetime) -> Iterable[Todo]:
    place = work.place
    for each in work.safety:
        yield Todo(
            "calls",
            f"Call back on which safety hangs: {each.get_rings_display().lower()}",
            each.where_now or "Place not known",
            place,
            "Record the call",
            _at("contacts:safety-call", place, each.key),
            each.due_at,
            each.started_at,
            danger=True,
        )
    for call in work.calls:
        yield Todo(
            "calls",
            "Your call that has not ended",
            call.receipt or call.first_words or "Nothing written yet",
            place,
            "Go on with it",
            _at("contacts:telephone-call", place, call.key),
            work.call_due.get(str(call.key)),
            call.made_at,
        )
    for left in work.left:
        yield Todo(
            "calls",
            "A call that is nobody's",
            f"Begun by {left.owner or 'somebody who has left'}",
            place,
            "Take it over",
            _at("contacts:telephone-take-over", place, left.key),
            work.call_due.get(str(left.key)),
            left.made_at,
        )
    for wish in work.wishes:
        tried = f"{len(wish.tries)} tries so far" if wish.tries else ""
        yield Todo(
            "calls",
            "Somebody asked for a social worker's call",
            wish.receipt or "Asked for by itself",
            place,
            "Ring them",
            _at("contacts:call", place, wish.id),
            wish.due_at,
            wish.asked_at,
            note=tried,
        )
    for asked in work.advice:
        yield Todo(
            "calls",
            "Somebody asked for advice",
            "Named" if asked.named else "No names",
            place,
            "Give advice",
            _at("contacts:consultation", place, asked.key),
            asked.due_at,
            asked.asked_at,
        )


def _screening(work: Work, by: Actor, at: datetime) -> Iterable[Todo]:
    place = work.place
    for each in work.protections:
        mine = each.started_by == by.user_id
        what = f"{each.kind}: record what happened" if mine else f"{each.kind}: a manager's oversight"
        name = "contacts:write-after" if mine else "contacts:oversee"
        yield Todo(
            "screening",
            what,
            each.receipt,
            place,
            "Record it" if mine else "Oversee it",
            _at(name, place, each.key),
            each.due_at,
            each.started_at,
            danger=True,
            note=f"started by {each.started_by_name}, {moment(each.started_at)}",
        )
    for row in work.mine:
        yield _held(row, place, at)


def _held(row: Waiting, place: Place, at: datetime) -> Todo:
    what, action = ("Screen it", "Open it") if row.looked else ("Nobody has looked at it", "Look first")
    if row.no_answer:
        what = "No answer came: screen it again"
    if row.flagged_at:
        what, action = "Red flag", "Open it"
    name = "contacts:look-at" if action == "Look first" else "contacts:detail"
    note = "waits for an answer" if row.waiting_for_answer else ""
    return Todo(
        "screening",
        what,
        f"{row.named(at.date())}, {row.receipt}",
        place,
        action,
        _at(name, place, row.key),
        row.due_at,
        row.received_at,
        danger=row.danger_rank == 0,
        note=note,
    )


def _decisions(work: Work, by: Actor, at: datetime) -> Iterable[Todo]:
    place = work.place
    for matter in work.to_decide:
        yield Todo(
            "decisions",
            "A recommendation waits for you",
            f"{matter.called}, {matter.contact.receipt}",
            place,
            "Decide",
            _at("contacts:decide", place, matter.key),
            matter.contact.due_at,
            matter.contact.received_at,
            danger=matter.contact.danger_rank == 0,
        )
    for decision in work.third:
        contact = decision.matter.contact
        yield Todo(
            "decisions",
            "A third signature",
            f"{decision.matter.called}, {contact.receipt}",
            place,
            "Sign",
            _at("contacts:confirm", place, decision.matter.key),
            contact.due_at,
            decision.made_at,
            danger=contact.danger_rank == 0,
        )


def _handovers(work: Work, by: Actor, at: datetime) -> Iterable[Todo]:
    place = work.place
    for each in work.inbox:
        name = "handovers:copy" if each.copy else "handovers:detail"
        yield Todo(
            "handovers",
            "Waits for your team to accept",
            f"{each.summary}, from {each.giver}",
            place,
            "Answer",
            _at(name, place, each.key),
            each.due_at,
            each.sent_at,
            danger=each.urgent,
        )
    for slip in work.escalated:
        if slip.key:
            yield Todo(
                "handovers",
                "Refused twice",
                f"{slip.summary}, to {slip.receiver}",
                place,
                "Settle it",
                _at("handovers:detail", place, slip.key),
                slip.due_at,
                slip.sent_at,
                danger=slip.urgent,
            )
    for slip in work.given:
        if slip.key:
            yield _given(slip, place)


def _given(slip: Given, place: Place) -> Todo:
    """What was handed over and nobody has accepted: the giver's until somebody does, most of all when it came back."""
    what = f"Handed over by you: {slip.state.words.lower()}"
    if slip.back:
        what = f"Came back to you: {slip.state.words.lower()}"
    if not slip.mine:
        what = f"Nobody's, its giver has left: {slip.state.words.lower()}"
    returned = slip.state.value in ("refused", "corrected")
    return Todo(
        "handovers",
        what,
        f"{slip.summary}, to {slip.receiver}",
        place,
        "Send it again, or take it back" if returned else "Open the slip",
        _at("handovers:detail", place, slip.key),
        slip.due_at,
        slip.sent_at,
        danger=slip.urgent,
        note=slip.said,
    )


def _directions(work: Work, by: Actor, at: datetime) -> Iterable[Todo]:
    for each in work.to_do:
        yield Todo(
            "directions",
            each.what,
            f"From {each.giver or 'somebody who has left'}",
            work.place,
            "Do it",
            _at("directions:detail", work.place, each.key),
            each.due_at,
            each.given_at,
            note=each.drift,
        )
    for each in work.come_back:
        yield Todo(
            "directions",
            f"Came back to you: {each.what}",
            each.owner,
            work.place,
            "Look at it" if each.done_at else "Ask after it",
            _at("directions:detail", work.place, each.key),
            each.due_at,
            each.given_at,
            note=each.drift,
        )


def _letters(work: Work, by: Actor, at: datetime) -> Iterable[Todo]:
    for each in work.letters:
        letter = each.letter
        # Whoever cannot be told waits for nothing but a look: that has no time of its own.
        due = None if letter.state == "not_possible" else letter.due_at
        yield Todo(
            "letters",
            f"To be told: {letter.kind_words[0].lower()}{letter.kind_words[1:]}",
            letter.reference,
            work.place,
            "Open the letter",
            _at("letters:letter", work.place, letter.key),
            due,
            letter.made_at,
            note=each.what,
        )
    for copy in work.copies:
        yield Todo(
            "letters",
            "A copy that a second person releases",
            f"{copy.title}, for {copy.to_name}",
            work.place,
            "Read it",
            _at("disclosures:copy", work.place, copy.key),
            None,
            copy.asked_at or copy.made_at,
            note=copy.asked_why,
        )


_ASKED = {
    "waiting": ("A request for information that nobody has taken", "Take it"),
    "proposed": ("An answer waits for a second person", "Read it"),
    "approved": ("An approved answer waits to be sent", "Send it"),
}


def _complaints(work: Work, by: Actor, at: datetime) -> Iterable[Todo]:
    for each in work.complaints:
        yield Todo(
            "complaints",
            f"{each.kind} that you answer for" if each.owner else f"{each.kind}: nobody answers for it yet",
            each.team, work.place, "Open it", _at("complaints:complaint", work.place, each.key), each.due_at,
            each.received_at,
        )  # fmt: skip


def _referrals(work: Work, by: Actor, at: datetime) -> Iterable[Todo]:
    for each in work.referrals:
        what = each.first.kind.title if each.worker and each.first else "A referral that you work on"
        yield Todo(
            "referrals", what if each.worker else "A referral that nobody has picked up",
            f"{each.child}, {each.label}", work.place, "Open it" if each.worker else "Pick it up",
            _at("referrals:referral", work.place, each.key), each.first.reading.due_at if each.first else None,
            each.began_at, danger=each.urgent and each.unseen,
        )  # fmt: skip


def _early_help(work: Work, by: Actor, at: datetime) -> Iterable[Todo]:
    for each in work.early_help:
        risk = each.state is HelpState.SCREENING
        what = "A family to look at for risk" if risk else each.first.kind.title if each.first else "Early help"
        free = f"{what}: nobody has taken it"
        yield Todo(
            "early_help", what if each.holder or risk else free, ", ".join(each.children) or each.reference,
            work.place, "Open it", _at("earlyhelp:episode", work.place, each.key),
            each.first.reading.due_at if each.first else None, each.opened_at,
        )  # fmt: skip


def _own(work: Work, by: Actor, at: datetime) -> Iterable[Todo]:
    own = [(each, "standing" if each.asks else "plan", "Open it") for each in work.own]
    for each, name, press in own + [(each, "lead", "Say who leads") for each in work.unled]:
        about, where = ", ".join(each.children) or each.reference, _at(f"familyhelp:{name}", work.place, each.key)
        yield Todo("early_help", each.next, about, work.place, press, where, each.due_at, each.since)


def _enquiries(work: Work, by: Actor, at: datetime) -> Iterable[Todo]:
    for each in work.enquiries:
        asked = min((child.due_at for child in each.children if child.due_at), default=each.due_at)
        safety = asked < each.due_at
        what = "Is the child safe now?" if safety else "An enquiry to rate" if each.state.unrated else "An enquiry"
        waits = not safety and each.state is EnquiryState.RECOMMENDED
        what = "An enquiry that waits for a manager" if waits else what
        free = f"{what} Nobody has taken it." if safety else f"{what} that nobody has taken"
        yield Todo(
            "enquiries",
            what if each.holder or waits else free,
            ", ".join(child.name for child in each.children) or each.reference,
            work.place,
            "Answer" if safety else "Open it",
            _at(
                "mash:enquiry-safety" if safety else "mash:deciding" if waits else "mash:enquiry", work.place, each.key
            ),
            min(asked, each.due_at),
            each.opened_at,
            danger=each.rating == "red",
        )


def _disagreements(work: Work, by: Actor, at: datetime) -> Iterable[Todo]:
    for each in work.disagreements:
        yield Todo(
            "disagreements",
            f"A disagreement that you settle: {each.agency}" if each.owner else f"{each.agency} disagrees",
            each.receipt,
            work.place,
            "Open it",
            _at("mash:disagreement", work.place, each.key),
            each.due_at,
            each.raised_at,
        )


def _requests(work: Work, by: Actor, at: datetime) -> Iterable[Todo]:
    for each in work.requests:
        what, action = _ASKED.get(each.state.value, ("A request for information that you work on", "Work on it"))
        yield Todo(
            "requests",
            what,
            f"{', '.join(each.people) or 'Nobody named'}, {each.receipt}",
            work.place,
            action,
            _at("disclosures:request", work.place, each.key),
            each.due_at,
            each.received_at,
        )


def _silences(work: Work, by: Actor, at: datetime) -> Iterable[Todo]:
    for each in work.silences:
        yield Todo(
            "calls",
            "A sender is silent",
            each.name,
            work.place,
            "Ring them",
            _at("contacts:silence", work.place, each.key),
            work.silence_due.get(str(each.key)),
            each.began_at,
            note=f"Usually {each.usual} by then, seen {each.seen}",
        )


_MORNING = time(9)
"""When a day begins on which something comes back."""


def _families(work: Work, by: Actor, at: datetime) -> Iterable[Todo]:
    for each in work.families:
        telling = each.telling
        back = telling.state == "not_told"
        what = "Not told until today: look at it again" if back else "Tell somebody of the family"
        on = telling.again_on if back else None
        yield Todo(
            "families",
            what,
            f"{each.person}, about {each.child}, {each.contact.receipt}",
            work.place,
            "Look at it" if back else "Tell them",
            _at("contacts:telling", work.place, telling.key),
            datetime.combine(on, _MORNING, LONDON) if on else telling.due_at,
            telling.refused_at or telling.due_at if back else telling.released_at or telling.due_at,
        )
    for review in work.reviews:
        rule = review.rule
        yield Todo(
            "families",
            f"A rule about reaching somebody safely: {rule.way.lower()}",
            f"{review.whom}, {review.receipt}",
            work.place,
            "Look at it again",
            _at("contacts:safe-review", work.place, rule.key),
            datetime.combine(rule.review_on, _MORNING, LONDON) if rule.review_on else None,
            rule.set_at,
        )


_PARTS = (
    _calls, _silences, _screening, _decisions, _handovers, _directions, _letters, _complaints, _enquiries,
    _disagreements, _referrals, _early_help, _own, _requests, _families,
)  # fmt: skip
