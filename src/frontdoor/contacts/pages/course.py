"""What the page of a contact shows of its course: the drawn journey, each child's way, the family so far, letters."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from frontdoor.actors.rules import Actor, Permission
from frontdoor.clocks.queries import Shown
from frontdoor.codes import rules as codes
from frontdoor.contacts.models import Decision, Recommendation
from frontdoor.contacts.pages.decisions import decided_rows, outcome_words, recommended_rows
from frontdoor.contacts.pages.screening import kind_words, look_answer
from frontdoor.contacts.queries.course import Before, Way
from frontdoor.contacts.queries.record import Opened
from frontdoor.contacts.queries.screening import Child as Aged
from frontdoor.letters.queries import Shown as Letter
from frontdoor.shell.pages import Cell, Item, Picture, Row, Step, Wait, clock, journey, link, reference, tag, text, when
from frontdoor.shell.rules import day, moment

Pairs = tuple[tuple[str, ...], ...]
FAMILY_COLUMNS = ("Came", "Number", "What about", "Children, and their age then", "What became of it")
SLIP_COLUMNS = ("What", "To", "Sent", "Where it stands", "Time left")
DIRECTED_COLUMNS = ("What", "Who", "Where it stands", "Due")
LETTER_COLUMNS = ("What", "How", "Where it stands", "Due")


@dataclass(frozen=True, slots=True)
class ChildsWay:
    """One child's recommendation and decision as the page shows them, and what may be done with them.

    :param kept: those that no longer stand: what it was and why it ended, then its parts
    """

    key: UUID
    label: str
    state: str
    waiting: str
    recommended: Pairs
    recommended_by: str
    decided: Pairs
    addendum: str
    kept: tuple[tuple[str, Pairs], ...]
    slips: tuple[Row, ...]
    directed: tuple[Row, ...]
    doable: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Ways:
    """What the panel of decisions shows; `masked` slips are there, and no more than that is said of them."""

    children: tuple[ChildsWay, ...]
    masked: int
    slip_columns: tuple[str, ...] = SLIP_COLUMNS
    directed_columns: tuple[str, ...] = DIRECTED_COLUMNS


def ways(opened: Opened, slug: str, *, by: Actor, at: datetime) -> tuple[ChildsWay, ...]:
    """Each child's way through two people, and on."""
    found = (_way(way, opened.names, slug, by=by, at=at) for way in opened.course.ways)
    return tuple(each for each in found if each.recommended or each.decided or each.kept or each.slips or each.directed)


def _way(way: Way, names: dict[int, str], slug: str, *, by: Actor, at: datetime) -> ChildsWay:
    standing = next((each for each in way.recommendations if each.ended_at is None), None)
    decision = way.standing
    return ChildsWay(
        key=way.matter.key,
        label=way.matter.called,
        state=way.matter.get_state_display(),
        waiting="A third person must sign this before anything follows." if way.third else "",
        recommended=tuple(recommended_rows(standing)) if standing else (),
        recommended_by=_signed(standing, names) if standing else "",
        decided=(*decided_rows(decision, names), ("Signed", moment(decision.made_at))) if decision else (),
        addendum=decision.addendum if decision else "",
        kept=tuple(_kept(way, names)),
        slips=tuple(_slip_rows(way, slug, at=at)),
        directed=tuple(_directed_rows(way, slug, by=by, at=at)),
        doable=_doable(way, slug, by=by),
    )


def _signed(given: Recommendation, names: dict[int, str]) -> str:
    return f"{names.get(given.made_by, '')}, {moment(given.made_at)}"


def _kept(way: Way, names: dict[int, str]) -> Iterable[tuple[str, Pairs]]:
    """What no longer stands is kept, with the reason why."""
    for given in way.recommendations:
        if given.ended_at is not None and not any(each.recommendation_id == given.pk for each in way.decisions):
            ended = f"Recommendation that was taken or sent back {moment(given.ended_at)}: {given.ended_why}"
            yield ended, (*recommended_rows(given), ("Recommended by", _signed(given, names)))
    for made in way.decisions:
        if made.voided_at is not None:
            ended = f"Decision that was taken back {moment(made.voided_at)}: {made.voided_why}"
            yield ended, (*decided_rows(made, names), ("Signed", moment(made.made_at)))


def _slip_rows(way: Way, slug: str, *, at: datetime) -> Iterable[Row]:
    for slip in way.slips:
        href = reverse("handovers:detail", args=[slug, slip.key]) if slip.key else ""
        answered = f"{slip.state.words}, {moment(slip.answered_at)}" if slip.answered_at else slip.state.words
        yield Row((
            link(slip.summary, href) if href else text(slip.summary),
            text(slip.receiver), when(slip.sent_at), text(answered),
            clock(slip.due_at, at) if slip.settled_at is None else text("Settled"),
        ))  # fmt: skip


def _directed_rows(way: Way, slug: str, *, by: Actor, at: datetime) -> Iterable[Row]:
    for each in way.directed:
        yield Row((
            link(each.what, reverse("directions:detail", args=[slug, each.key])),
            text(each.owner), text(each.state.words, below=each.drift),
            clock(each.due_at, at) if each.done_at is None else text("Done"),
        ))  # fmt: skip


def _doable(way: Way, slug: str, *, by: Actor) -> tuple[Item, ...]:
    """What may be done with a decision that stands or waits, beside taking the next step."""
    waits, standing, decides = way.waits, way.standing, by.may(Permission.CONTACT_DECIDE)
    recommended = waits is not None and waits.made_by == by.user_id and by.may(Permission.CONTACT_SCREEN)
    wanted = [
        ("Take back the recommendation", "contacts:withdraw", recommended),
        ("Send back to the social worker", "contacts:send-back", waits is not None and decides),
        ("What was known, as it was frozen", "contacts:replay", bool(way.decisions)),
        ("Correct a spelling", "contacts:correct", standing is not None and decides),
        ("Take back the decision", "contacts:void", standing is not None and decides),
    ]  # fmt: skip
    return tuple(
        Item(words, reverse(name, args=[slug, way.matter.key])) for words, name, sensible in wanted if sensible
    )


def pattern(opened: Opened) -> tuple[str, Pairs]:
    """The printed rule by which this is a repeat, and the reasoned decision on it; empty where it is none."""
    repeat, judged = opened.course.repeat, opened.course.pattern
    if repeat is None and judged is None:
        return "", ()
    rule = f"{repeat.rule[0].upper()}{repeat.rule[1:]}, brothers and sisters counted." if repeat else ""
    if judged is None:
        return f"{rule} Nobody has judged the pattern yet: a manager must, before deciding.", ()
    by = f"{opened.names.get(judged.made_by, '')}, {moment(judged.made_at)}"
    return rule, (
        ("What has changed", judged.changed), ("What each earlier response was", judged.responses),
        ("Whether it helped", judged.helped), ("What follows", judged.conclusion), ("Judged by", by),
    )  # fmt: skip


def family_rows(opened: Opened, slug: str) -> tuple[Row, ...]:
    """The family's other contacts, with everybody's age at that time and what became of it."""
    return tuple(
        _family_row(each, slug, later=each.received_at > opened.contact.received_at) for each in opened.course.family
    )


def _family_row(each: Before, slug: str, *, later: bool) -> Row:
    on = each.received_at.date()
    children = [
        f"{child.label}, {Aged(child.label, child.date_of_birth, child.expected_on, child.approximate_age).age(on)}"
        for child in each.children
    ]
    outcomes = ", ".join(dict.fromkeys(codes.OUTCOMES[outcome].label for outcome in each.outcomes))
    return Row((
        text(day(each.received_at), below="after this one" if later else ""),
        reference(each.receipt, reverse("contacts:detail", args=[slug, each.key])),
        text(kind_words(each.sub_type), below=beginning(each.story)),
        text("; ".join(children) or "No child named", below="" if each.confirmed else "alike, not confirmed"),
        text(outcomes or "Not decided", below=each.state if each.state != "Closed" else ""),
    ))  # fmt: skip


def beginning(story: str, most: int = 140) -> str:
    """The first words of a story, cut at a word; `most` letters."""
    told = " ".join(story.split())
    return told if len(told) <= most else f"{told[:most].rsplit(' ', 1)[0]} …"


def letter_rows(opened: Opened, slug: str, *, at: datetime) -> tuple[Row, ...]:
    """What the person who told us was sent, what is held back and why, what still has to be done."""
    return tuple(
        Row(
            (
                link(letter.kind_words, reverse("letters:letter", args=[slug, letter.key])),
                text(letter.route_words),
                _stands(letter),
                clock(letter.due_at, at) if letter.settled_at is None and letter.sent_at is None else text("Done"),
            )
        )
        for letter in opened.course.letters
    )


def _stands(letter: Letter) -> Cell:
    if letter.state == "held":
        return tag(f"{letter.state_words}: {'; '.join([*letter.why, letter.held_why]).strip('; ')}", "late")
    said = f"{letter.state_words}, {moment(letter.sent_at)}" if letter.sent_at else letter.state_words
    return text(said, below="; ".join(filter(None, (letter.failure, letter.settled_why))))


def picture(opened: Opened, *, at: datetime) -> Picture:
    """The journey from first receipt to now, or to the end: who did what, in whose hands, after what wait."""
    contact = opened.contact
    steps = [*_arrival(opened), *_screened(opened), *_decided(opened), *_passed(opened), *_told(opened)]
    if contact.closed_at:
        steps.append(Step("Closed", contact.closed_at, opened.names.get(contact.closed_by or 0, "")))
    waits = [
        Wait(each.kind.title, each.started_at, each.reading.due_at, _keeper(each, opened))
        for each in opened.clocks
        if each.stopped_at is None
    ]
    slips = [slip for way in opened.course.ways for slip in way.slips] + list(opened.course.masked)
    waits += [
        Wait("Acceptance of what was handed over", slip.first_sent_at, slip.due_at, slip.turn_of)
        for slip in slips
        if slip.settled_at is None
    ]
    ended = contact.closed_at is not None and not waits
    return journey(_together(steps), at, waits=waits, ended=ended)


def _together(steps: Iterable[Step]) -> list[Step]:
    """What one person did at one instant for several children is one step of the drawing."""
    found: dict[Step, list[str]] = {}
    for step in steps:
        found.setdefault(replace(step, note=""), []).append(step.note)
    return [replace(step, note="; ".join(dict.fromkeys(filter(None, notes)))) for step, notes in found.items()]


def _keeper(each: Shown, opened: Opened) -> str:
    return opened.names.get(each.owner_id or 0, "") or opened.teams.get(each.team_id or 0, "")


def _due(opened: Opened, *kinds: str, subject: object = None) -> datetime | None:
    """When the first clock of some kinds was due, of one subject or of any."""
    found = (
        each.reading.due_at
        for each in opened.clocks
        if each.kind.name in kinds and (subject is None or each.subject[1] == str(subject))
    )
    return next(found, None)


def _arrival(opened: Opened) -> Iterable[Step]:
    contact = opened.contact
    source = codes.source_as_shown(opened.referrer_kind, contact.source_code)
    channel = codes.CHANNELS[contact.channel].label
    yield Step("Received", contact.received_at, source, hands=opened.teams.get(contact.team_id, ""), note=channel)
    if (contact.entered_at - contact.received_at).total_seconds() > 60:
        yield Step("Written down", contact.entered_at, since=contact.received_at)
    if contact.flagged_at:
        yield Step("Red flag raised", contact.flagged_at, contact.flagged_by)
    if contact.flag_taken_at:
        who = opened.names.get(contact.flag_taken_by or 0, "")
        due = _due(opened, "contacts.red_flag")
        yield Step("Red flag taken", contact.flag_taken_at, who, since=contact.flagged_at, due=due)
    for call in opened.course.safety_calls:
        yield Step("Call back agreed", call.started_at, opened.names.get(call.started_by, ""))
        if call.done_at:
            who = opened.names.get(call.done_by or 0, "")
            yield Step("Call back made", call.done_at, who, since=call.started_at, due=call.due_at)


def _screened(opened: Opened) -> Iterable[Step]:
    contact = opened.contact
    for number, look in enumerate(opened.looks):
        since = None if number else contact.received_at
        due = None if number else _due(opened, "contacts.first_look", "contacts.first_look_danger")
        who = opened.names.get(look.looked_by, "")
        yield Step("Looked at again" if number else "First look", look.looked_at, who, since=since, due=due,
                   note=look_answer(look.danger))  # fmt: skip
    for each in opened.protections:
        yield Step(each.get_kind_display(), each.started_at, opened.names.get(each.started_by, ""), note="Act now")
        if each.overseen_at:
            due = _due(opened, "contacts.oversight", subject=each.key)
            who = opened.names.get(each.overseen_by or 0, "")
            yield Step("Overseen by a manager", each.overseen_at, who, since=each.started_at, due=due)
    for question in opened.questions:
        yield Step("Question asked", question.asked_at, question.asked_by, hands=question.asked_of)
        if question.settled_at:
            name = "Answered" if question.answer else "Screened without an answer"
            due = question.answer_due_at
            yield Step(name, question.settled_at, question.settled_by, since=question.asked_at, due=due)
    for tried in [*opened.tries, *(tried for question in opened.questions for tried in question.tries)]:
        yield Step(f"Call: {tried.outcome.lower()}", tried.at, tried.by)
    if opened.holder and contact.held_at:
        yield Step("Taken to screen", contact.held_at, hands=opened.names.get(opened.holder, ""))


def _decided(opened: Opened) -> Iterable[Step]:
    several = len(opened.course.ways) > 1
    for way in opened.course.ways:
        whose = way.matter.called if several else ""
        for given in way.recommendations:
            yield Step("Recommended", given.made_at, opened.names.get(given.made_by, ""), hands="a manager", note=whose)
            if given.ended_at and not any(each.recommendation_id == given.pk for each in way.decisions):
                yield Step("Taken or sent back", given.ended_at, since=given.made_at, note=whose)
        for made in way.decisions:
            yield from _signatures(made, way, opened, whose)


def _signatures(made: Decision, way: Way, opened: Opened, whose: str) -> Iterable[Step]:
    since = made.recommendation_id and next(
        (given.made_at for given in way.recommendations if given.pk == made.recommendation_id), None
    )
    due = _due(opened, "contacts.decision") if made == way.decisions[0] else None
    said = ", ".join(filter(None, (outcome_words(made).partition("\n")[0], whose)))
    yield Step("Decided", made.made_at, opened.names.get(made.made_by, ""), since=since or None, due=due, note=said)
    if made.confirmed_at:
        who = opened.names.get(made.confirmed_by or 0, "")
        yield Step("Signed by a third person", made.confirmed_at, who, since=made.made_at, note=whose)
    if made.voided_at:
        yield Step("Decision taken back", made.voided_at, note=whose)


def _passed(opened: Opened) -> Iterable[Step]:
    for slip in [*(slip for way in opened.course.ways for slip in way.slips), *opened.course.masked]:
        if not slip.passings:
            yield Step("Handed over", slip.first_sent_at, slip.by_name, note=f"to {slip.receiver}")
        for each in slip.passings:
            taken = each.kind.value == "accepted"
            yield Step(
                "Handed over" if each.kind.value == "sent" else each.kind.words, each.at, each.by_name.split(", ")[0],
                hands=slip.receiver if taken else "", since=slip.first_sent_at if taken else None,
                due=slip.due_at if taken else None, note=f"to {slip.receiver}" if "sent" in each.kind.value else "",
            )  # fmt: skip


def _told(opened: Opened) -> Iterable[Step]:
    for letter in opened.course.letters:
        if letter.sent_at:
            name = "Acknowledged" if letter.kind == "acknowledgement" else "The person who told us was answered"
            note = f"{letter.kind_words}, by {letter.route_words.lower()}"
            yield Step(name, letter.sent_at, since=letter.made_at, due=letter.due_at, note=note)
