"""The first screen of a contact: what worries, where the child is, in whose hands, what must happen by when."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse

from frontdoor.actors.rules import Actor, Permission
from frontdoor.clocks.queries import Shown
from frontdoor.contacts.models import SafetyCall
from frontdoor.contacts.pages.course import beginning
from frontdoor.contacts.pages.screening import look_answer
from frontdoor.contacts.pages.telephone.lists import whom
from frontdoor.contacts.queries.course import Way
from frontdoor.contacts.queries.record import Opened
from frontdoor.contacts.rules.screening import WAITING
from frontdoor.shell.pages import Action, Glance, Row, clock, link, text
from frontdoor.shell.rules import duration, moment

MUST_COLUMNS = ("What must happen", "Time left", "Who", "Do it")
MOST_ACTIONS = 5
AT_ONCE, DANGER, USUAL, AFTER = range(4)


@dataclass(frozen=True, slots=True)
class Must:
    """Something that must happen by a time.

    :param action: what its reader may press for it; None where it is for somebody else
    :param rank: a flag and a call on which safety hangs are 0, danger is 1; answering who told us comes after the child
    """

    what: str
    due: datetime | None
    who: str = ""
    action: Action | None = None
    rank: int = USUAL

    @property
    def order(self) -> tuple[int, bool, float]:
        """Danger first, then the least time left; what has no time comes last."""
        return self.rank, self.due is None, self.due.timestamp() if self.due else 0


def cards(opened: Opened, *, by: Actor, at: datetime) -> tuple[Glance, ...]:
    """What worries us, where the child is this minute, and in whose hands it is."""
    return _worry(opened), _whereabouts(opened, by=by, at=at), _hands(opened, by=by, at=at)


def _worry(opened: Opened) -> Glance:
    worries = [each.words for each in opened.statements if each.kind == "worry"][:2]
    voices = [each for each in opened.statements if each.kind == "own_words"][:1]
    quote = voices[0].words if voices else ""
    who = voices[0].named.label if voices and voices[0].named else "The child's own words"
    told = worries or [beginning(opened.contact.story, 220)]
    return Glance(
        "What worries us", tuple(("", words) for words in told if words) or (("", "Nothing was written."),),
        quote=quote, who=who if quote else "", href="#told", link="All that was told",
    )  # fmt: skip


def _whereabouts(opened: Opened, *, by: Actor, at: datetime) -> Glance:
    """Where the child is: as a call back that was agreed last says, and else as was told at first."""
    contact = opened.contact
    last = opened.course.safety_calls[-1] if opened.course.safety_calls else None
    facts = [
        ("Danger", _danger(opened)),
        ("Where", (last and last.where_now) or contact.where_now),
        ("With whom", (last and last.with_whom) or contact.with_whom),
        ("Until", (last and last.until_when) or contact.until_when),
    ]
    if last and last.done_at is None:
        facts.append(("Rings back", _rings(last, by=by, at=at)))
    danger = contact.danger_rank == 0 or contact.flag_stands
    return Glance("Where the child is this minute", tuple((name, words or "Not known") for name, words in facts),
                  tone="danger" if danger else "plain")  # fmt: skip


def _danger(opened: Opened) -> str:
    said = f"{opened.contact.get_danger_said_display()}, says who told us"
    if not opened.looks:
        return f"{said}; nobody qualified has looked"
    return f"{look_answer(opened.looks[-1].danger)} ({opened.names.get(opened.looks[-1].looked_by, '')})"


def _rings(call: SafetyCall, *, by: Actor, at: datetime) -> str:
    """Who rings back, and whom for those who may see it."""
    left = f"late by {duration(at - call.due_at)}" if at > call.due_at else f"in {duration(call.due_at - at)}"
    return ", ".join(filter(None, (call.get_rings_display(), whom(call, by=by), left)))


def _hands(opened: Opened, *, by: Actor, at: datetime) -> Glance:
    contact, facts = opened.contact, []
    open_slips = [slip for way in opened.course.ways for slip in way.slips if slip.settled_at is None]
    if opened.holder and opened.held_until:
        mine = " (you)" if opened.holder == by.user_id else ""
        facts.append(("With", f"{opened.names.get(opened.holder, '')}{mine}"))
        facts.append(("Goes back in", f"{duration(opened.held_until - at)} unless worked on"))
    elif contact.state in WAITING:
        facts.append(("With", f"Nobody: in the queue of {opened.teams.get(contact.team_id, 'the team')}"))
    elif contact.state == "recommended":
        facts.append(("With", "The managers, to decide"))
    elif open_slips:
        facts += [
            ("Back with" if slip.back else "Handed to", f"{slip.turn_of}: {slip.state.words.lower()}")
            for slip in open_slips
        ]
    elif contact.closed_at:
        facts.append(("Closed", f"{moment(contact.closed_at)} {opened.names.get(contact.closed_by or 0, '')}".strip()))
    else:
        facts.append(("With", opened.teams.get(contact.team_id, "The team")))
    facts.append(("Here for", duration((contact.closed_at or at) - contact.received_at)))
    return Glance("In whose hands", tuple(facts))


def musts(opened: Opened, slug: str, *, by: Actor) -> tuple[Must, ...]:
    """Everything that must happen, danger first, then the least time left; each with what its reader may press."""
    found = [*_calls(opened, slug, by=by), *_looking(opened, slug, by=by), *_after_now(opened, slug, by=by),
             *_answers(opened, slug, by=by), *_deciding(opened, slug, by=by), *_handing(opened, slug, by=by),
             *_telling(opened, slug, by=by)]  # fmt: skip
    return tuple(sorted(found, key=lambda must: must.order))


def _at(words: str, key: str, name: str, slug: str, *parts: object, may: bool = True) -> Action | None:
    return Action(words, key, href=reverse(name, args=[slug, *parts])) if may else None


def _running(opened: Opened, *kinds: str, subject: object = None) -> Shown | None:
    running = (each for each in opened.clocks if each.stopped_at is None and each.kind.name in kinds)
    return next((each for each in running if subject is None or each.subject[1] == str(subject)), None)


def _due(opened: Opened, *kinds: str, subject: object = None) -> datetime | None:
    found = _running(opened, *kinds, subject=subject)
    return found.reading.due_at if found else None


def _calls(opened: Opened, slug: str, *, by: Actor) -> Iterable[Must]:
    for call in opened.course.safety_calls:
        if call.done_at is None:
            take = by.may(Permission.CONTACT_TAKE)
            yield Must(
                f"Call back on which safety hangs: {call.get_rings_display().lower()}", call.due_at, "The team",
                _at("The call back was made", "b", "contacts:safety-call", slug, call.key, may=take), rank=AT_ONCE,
            )  # fmt: skip
    for wish in opened.course.call_backs:
        if wish.done_at is None:
            tell = by.may(Permission.REFERRER_READ) and by.may(Permission.CONTACT_ADVISE)
            yield Must(
                "Ring back somebody who asked for a social worker", _due(opened, "contacts.call_back", subject=wish.id),
                "A social worker", _at("Ring them", "t", "contacts:call", slug, wish.id, may=tell),
            )  # fmt: skip


def _looking(opened: Opened, slug: str, *, by: Actor) -> Iterable[Must]:
    contact = opened.contact
    if contact.flag_stands:
        href = reverse("contacts:take-flag", args=[slug, contact.key])
        take = (
            Action("Take the red flag", "f", post=href, style="warning") if by.may(Permission.CONTACT_SCREEN) else None
        )
        yield Must("Take the red flag", _due(opened, "contacts.red_flag"), "A social worker", take, rank=AT_ONCE)
    if not contact.looked and contact.closed_at is None:
        may = by.may(Permission.CONTACT_LOOK) and by.qualified
        yield Must(
            "First look by a qualified worker", _due(opened, "contacts.first_look", "contacts.first_look_danger"),
            "A social worker", _at("Look first", "l", "contacts:look-at", slug, contact.key, may=may),
            rank=DANGER if contact.danger_rank == 0 else USUAL,
        )  # fmt: skip


def _after_now(opened: Opened, slug: str, *, by: Actor) -> Iterable[Must]:
    for each in opened.protections:
        if not each.recorded_after and by.may(Permission.CONTACT_PROTECT) and each.started_by == by.user_id:
            yield Must(f"{each.get_kind_display()}: record what happened", None, "You",
                       _at("Record what happened", "w", "contacts:write-after", slug, each.key))  # fmt: skip
        if each.overseen_at is None:
            may = by.may(Permission.CONTACT_DECIDE) and each.started_by != by.user_id
            yield Must(
                f"{each.get_kind_display()}: a manager's oversight",
                _due(opened, "contacts.oversight", subject=each.key), "A manager",
                _at("Oversee it", "o", "contacts:oversee", slug, each.key, may=may), rank=DANGER,
            )  # fmt: skip


def _answers(opened: Opened, slug: str, *, by: Actor) -> Iterable[Must]:
    for each in opened.questions:
        if each.state == "asked":
            may = by.may(Permission.CONTACT_TAKE)
            what = "Screen again, no answer came" if each.overdue else "Answer"
            yield Must(f"{what}: {each.text[:60]}", each.answer_due_at, each.asked_of,
                       _at("Write down the answer", "a", "contacts:answer", slug, each.key, may=may))  # fmt: skip


def _deciding(opened: Opened, slug: str, *, by: Actor) -> Iterable[Must]:
    several = len(opened.course.ways) > 1
    due = _due(opened, "contacts.decision")
    for way in opened.course.ways:
        whose = f" for {way.matter.called}" if several else ""
        if way.matter.state == "open" and opened.contact.closed_at is None:
            may = by.may(Permission.CONTACT_SCREEN)
            yield Must(f"Recommend and decide{whose}", due, "A social worker, then a manager",
                       _at(f"Recommend{whose}", "r", "contacts:recommend", slug, way.matter.key, may=may))  # fmt: skip
        if way.matter.state == "recommended":
            yield _decision(way, opened, slug, whose, due, by=by)
        if way.third:
            may = by.may(Permission.HANDOVER_OVERRULE) and not _signed(way, by)
            sign = _at(f"Sign as the third{whose}", "3", "contacts:confirm", slug, way.matter.key, may=may)
            yield Must(f"A third signature{whose}", due, "The head of service", sign)


def _decision(way: Way, opened: Opened, slug: str, whose: str, due: datetime | None, *, by: Actor) -> Must:
    waits = way.waits
    own = waits is not None and waits.made_by == by.user_id
    sign_off = _due(opened, "contacts.sign_off", subject=way.matter.key)
    if by.may(Permission.CONTACT_DECIDE) and not own and opened.course.repeat and opened.course.pattern is None:
        judge = _at("Judge the pattern", "p", "contacts:pattern", slug, way.matter.key)
        return Must(f"Judge the pattern, then decide{whose}", sign_off or due, "A manager", judge)
    may = by.may(Permission.CONTACT_DECIDE) and not own
    decide = _at(f"Decide{whose}", "d", "contacts:decide", slug, way.matter.key, may=may)
    return Must(f"A manager's decision{whose}", sign_off or due, "A manager", decide)


def _signed(way: Way, by: Actor) -> bool:
    standing = way.standing
    return standing is not None and by.user_id in {standing.made_by, standing.recommendation.made_by}


def _handing(opened: Opened, slug: str, *, by: Actor) -> Iterable[Must]:
    for way in opened.course.ways:
        for slip in way.slips:
            if slip.settled_at is None and slip.key:
                may = by.may(Permission.HANDOVER_SEND) or by.may(Permission.HANDOVER_ANSWER)
                yield Must(f"{slip.summary}: {slip.state.words.lower()}", slip.due_at, slip.turn_of,
                           _at("Open the slip", "h", "handovers:detail", slug, slip.key, may=may),
                           rank=DANGER if slip.urgent else USUAL)  # fmt: skip
        for each in way.directed:
            if each.done_at is None and not each.state.settled:
                may = by.may(Permission.DIRECTION_DO) or by.may(Permission.DIRECTION_GIVE)
                yield Must(f"Direction: {each.what[:60]}", each.due_at, each.owner,
                           _at("Open the direction", "e", "directions:detail", slug, each.key, may=may))  # fmt: skip


def _telling(opened: Opened, slug: str, *, by: Actor) -> Iterable[Must]:
    for letter in opened.course.letters:
        if letter.settled_at is None and letter.sent_at is None:
            held = " is held back" if letter.state == "held" else ""
            yield Must(f"The person who told us: {letter.kind_words[0].lower()}{letter.kind_words[1:]}{held}",
                       letter.due_at, "Whoever answers them",
                       _at("Open the letter", "m", "letters:letter", slug, letter.key), rank=AFTER)  # fmt: skip


def must_rows(found: Iterable[Must], *, at: datetime) -> list[Row]:
    """The same as a table, each with its own way to do it."""
    return [
        Row(
            (
                text(must.what),
                clock(must.due, at) if must.due else text("As soon as can be"),
                text(must.who),
                link(must.action.text, must.action.href, hidden=f": {must.what}")
                if must.action and must.action.href
                else text("Below, with one key" if must.action else "Not for you"),
            ),
            tone="danger" if must.rank < USUAL else "late" if must.due and must.due < at else "",
        )
        for must in found
    ]


def actions(found: Iterable[Must], others: Iterable[Action]) -> tuple[Action, ...]:
    """The bar at the foot: the most pressing thing first, no key twice, and acting now always among them."""
    wanted: dict[str, Action] = {}
    for action in (*(must.action for must in found if must.action), *others):
        wanted.setdefault(action.key, action)
    always = {key for key, action in wanted.items() if action.style == "warning"}
    pressing = [key for key in wanted if key not in always][: max(MOST_ACTIONS - len(always), 0)]
    chosen = [action for key, action in wanted.items() if key in always or key in pressing]
    first = {chosen[0].key} - always if chosen else set()
    return tuple(replace(action, style="primary") if action.key in first else action for action in chosen)
