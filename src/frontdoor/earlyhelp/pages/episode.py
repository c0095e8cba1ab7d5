"""The page of early help for one family: who agrees, what is due, what help fits, who has it, what was looked at."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from frontdoor.actors.rules import Actor, Permission
from frontdoor.contacts.pages.clocks import Clocks, panel
from frontdoor.earlyhelp.models import Agreement, Member, Offer, Signpost
from frontdoor.earlyhelp.pages.contact import TONES
from frontdoor.earlyhelp.queries.finding import label_of
from frontdoor.earlyhelp.queries.opening import Opened
from frontdoor.earlyhelp.rules.agreeing import GIVEN, PURPOSES, Purpose, holds
from frontdoor.earlyhelp.rules.states import STEPS, Ending, Line, State, Step
from frontdoor.shell.pages import Cell, Event, Item, Row, clock, link, tag, text, when
from frontdoor.shell.rules import day, london, moment

Pairs = tuple[tuple[str, str], ...]
AGREED_COLUMNS = ("Who", *(words for _, words in PURPOSES), "To do")
ATTEMPT_COLUMNS = ("When", "How", "Reached", "What they said", "By")
OFFER_COLUMNS = ("Offered", "To", "Answer", "Who, and why")
LOOK_COLUMNS = ("When", "What", "Found", "By")
SIGNPOST_COLUMNS = ("Service", "Told of it", "Did they go?", "To do")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page that a room above gives.

    :param shows: what its template shows, there under this name
    """

    template: str
    shows: Any


@dataclass(frozen=True, slots=True)
class Detail:
    """Early help for one family as its page shows it.

    :param parts: what rooms above say of the family, each with its own template
    :param take: the words of the button that takes it; empty where there is none
    """

    key: UUID
    version: int
    reference: str
    heading: str
    facts: tuple[str, ...]
    tags: Pairs
    clock: Cell
    warnings: tuple[str, ...]
    note: str
    agreed: tuple[Row, ...]
    told: tuple[str, ...]
    asked: Pairs
    attempts: tuple[Row, ...]
    triage: Pairs
    heard: tuple[tuple[str, str, str], ...]
    offers: tuple[Row, ...]
    looks: tuple[Row, ...]
    signposts: tuple[Row, ...]
    clocks: Clocks
    take: str
    steps: tuple[Item, ...]
    others: tuple[Item, ...]
    parts: tuple[Part, ...]
    history: tuple[Event, ...]


def detail(opened: Opened, slug: str, *, by: Actor, parts: Iterable[Part] = (), ways: Iterable[Item] = ()) -> Detail:
    """The page, as far as its reader may act on it.

    :param parts: what rooms above say of the family
    :param ways: what else can be done with it, by rooms above: first of all
    """
    row, state, at = opened.episode, State(opened.episode.state), opened.at
    keeps = by.may(Permission.EARLY_HELP_KEEP)
    due = min((each.reading.due_at for each in opened.clocks if each.stopped_at is None), default=None)
    holder = opened.names.get(row.holder or 0, "")
    return Detail(
        key=row.key, version=row.version, reference=row.reference, heading=family(opened),
        facts=(row.reference, f"first told {moment(row.received_at)}", f"with {holder or 'nobody'}"),
        tags=tuple(_tags(opened, state)), clock=clock(due, at) if due else text(""),
        warnings=tuple(_warnings(opened, state)), note=_note(opened),
        agreed=tuple(_agreed(each, opened, slug, acts=keeps and not state.settled) for each in opened.members),
        told=tuple(_told(opened)), asked=_asked(opened),
        attempts=tuple(
            Row((
                when(each.made_at), text(each.get_way_display()),
                tag("Yes", "ok") if each.reached else tag("No", "late"), text(each.said or None), text(each.by_name),
            ))
            for each in reversed(opened.attempts)
        ),
        triage=_triage(opened), heard=tuple(_heard(opened)),
        offers=tuple(_offer(each, opened) for each in reversed(opened.offers)), looks=tuple(_looks(opened)),
        signposts=tuple(_signpost(each, opened, slug, acts=keeps) for each in reversed(opened.signposts)),
        clocks=panel(opened.clocks, slug, names=opened.names, teams=opened.teams, by=by, at=at),
        take=_take(opened, by=by) if keeps and not state.settled else "",
        steps=(*ways, *_steps(opened, state, slug, by=by)), others=tuple(_others(opened, slug)), parts=tuple(parts),
        history=tuple(
            Event(Line(each.kind).words, each.at, by=each.by_name, text=each.text) for each in opened.turns
        ),
    )  # fmt: skip


def family(opened: Opened) -> str:
    """How a heading names a family: its children."""
    return ", ".join(label_of(each.named) for each in opened.children) or "No child named"


def _tags(opened: Opened, state: State) -> Iterator[tuple[str, str]]:
    yield state.words, TONES[state]
    if opened.episode.level:
        yield f"Level {opened.episode.level}", "plain"
    if opened.step_ups:
        yield "Went back to the front door", "danger"


def _warnings(opened: Opened, state: State) -> Iterator[str]:
    if state.settled:
        return
    given = [each for (_, purpose), each in opened.standing.items() if purpose == Purpose.HELP and each.status == GIVEN]
    if given and not opened.agrees(Purpose.HELP):
        yield "Nobody’s agreement to early help holds any more: it has run out. Ask the family again."
    if state is State.SCREENING:
        yield f"{opened.episode.get_stopping_display()}. A social worker looks at this for risk before anything ends."


def _note(opened: Opened) -> str:
    row = opened.episode
    return f"{Ending(row.ending).words}. {row.settled_why}" if row.ending else ""


def _agreed(member: Member, opened: Opened, slug: str, *, acts: bool) -> Row:
    today, standing = london(opened.at).date(), opened.standing
    said = [standing.get((member.pk, purpose)) for purpose, _ in PURPOSES]
    href = reverse("earlyhelp:agreement", args=[slug, opened.episode.key, member.key])
    name = label_of(member.named)
    return Row(
        (
            text(name, below=_who(member)), *(_word(each, holding=holds(each, today)) for each in said),
            link("Record what they say", href, hidden=f"of {name}") if acts else text(None),
        )
    )  # fmt: skip


def _who(member: Member) -> str:
    named = member.named
    if named is None:
        return "Child"
    parts = ["Child" if member.is_child else named.relationship or "Adult"]
    if named.parental_responsibility:
        parts.append("parental responsibility")
    return ", ".join(parts)


def _word(said: Agreement | None, *, holding: bool) -> Cell:
    if said is None:
        return text("Not asked yet")
    parts = [f"{day(said.on)}, {said.by_name}", said.limits, said.why]
    if said.expires_on:
        parts.append(f"until {day(said.expires_on)}")
    words = said.get_status_display() if holding or said.status != GIVEN else "Given, and run out"
    below = ". ".join(part for part in parts if part)
    return text(f"{words}", below=below)


def _told(opened: Opened) -> Iterator[str]:
    for each in opened.told:
        who = f" ({each.given_by})" if each.given_by else ""
        limits = f". {each.limits}" if each.limits else ""
        yield f"{moment(each.recorded_at)}: {each.get_status_display().lower()}{who}{limits}"


def _asked(opened: Opened) -> Pairs:
    """How a family that asked for help itself asked to be reached, until it has been reached."""
    asked = opened.asked
    if asked is None or any(each.reached for each in opened.attempts):
        return ()
    pairs = [
        ("Who asked", ", ".join(each for each in (asked.name, asked.relationship) if each)),
        (asked.route, asked.place or "They gave nothing for it"),
    ]
    return (*pairs, ("When it is not safe", asked.note)) if asked.note else tuple(pairs)


def _triage(opened: Opened) -> Pairs:
    if not opened.triages:
        return ()
    last = opened.triages[-1]
    pairs = [
        ("Which help fits", last.get_outcome_display()),
        ("Level of need", f"{last.get_level_display()} ({last.document or 'no document named'})"),
        ("What this family needs", last.needs),
        ("Why this, and not more or less", last.why),
        ("Decided", f"{last.by_name}, {moment(last.at)}"),
    ]
    if last.unheard:
        pairs.append(("Why no child was asked", last.unheard))
    if last.alternatives:
        pairs.append(("What else may help", last.alternatives))
    return tuple(pairs)


def _heard(opened: Opened) -> Iterator[tuple[str, str, str]]:
    last = opened.triages[-1] if opened.triages else None
    if last and last.heard:
        yield last.heard, "", moment(last.at)


def _offer(each: Offer, opened: Opened) -> Row:
    tones = {"": "waiting", "accepted": "ok", "declined": "late", "taken_back": "done"}
    said = tag(each.get_answer_display() if each.answer else "Not answered yet", tones[each.answer])
    who = ", ".join(part for part in (each.worker or each.answered_with, each.answer_words) if part)
    return Row(
        (
            when(each.at), text(each.provider.name, below=opened.names.get(each.by_user, "")), said,
            text(who or None, below=moment(each.answered_at) if each.answered_at else ""),
        )
    )  # fmt: skip


def _looks(opened: Opened) -> Iterator[Row]:
    """Every look at the family: on the waiting list and for risk, the newest first."""
    rows = [
        (each.at, Row((when(each.at), text("On the waiting list"), text(each.get_change_display(), below=each.words),
                       text(each.by_name))))
        for each in opened.reviews
    ] + [
        (each.at, Row((when(each.at), text("For risk", below=each.get_stopping_display()),
                       text(each.get_finding_display(), below=f"{each.known}\n{each.why}"), text(each.by_name))))
        for each in opened.looks
    ]  # fmt: skip
    for _, row in sorted(rows, key=lambda one: one[0], reverse=True):
        yield row


def _signpost(each: Signpost, opened: Opened, slug: str, *, acts: bool) -> Row:
    came = opened.uptakes.get(each.pk)
    href = reverse("earlyhelp:uptake", args=[slug, opened.episode.key, each.key])
    service = reverse("directory:service", args=[slug, each.service])
    return Row(
        (
            link(each.name, service, below=each.how),
            text(moment(each.at), below=f"{each.by_name}. {each.words}".strip()),
            text(came.get_went_display(), below=came.why) if came else tag("Not known yet", "waiting"),
            link("Write down whether they went", href, hidden=each.name) if acts else text(None),
        )
    )  # fmt: skip


def _take(opened: Opened, *, by: Actor) -> str:
    holder = opened.episode.holder
    if holder == by.user_id:
        return ""
    name = opened.names.get(holder or 0, "")
    return f"Take it over from {name}" if name else "Take it"


def _steps(opened: Opened, state: State, slug: str, *, by: Actor) -> Iterator[Item]:
    """What may be done from here."""
    keeps, screens = by.may(Permission.EARLY_HELP_KEEP), by.may(Permission.EARLY_HELP_SCREEN)
    still = keeps and not state.settled

    def leads(step: Step) -> bool:
        return state in STEPS[step][0]

    wanted: Iterable[tuple[str, str, bool]] = [
        ("Look at it for risk", "look", screens and leads(Step.END)),
        ("Write down that the family was tried or reached", "attempt", still),
        ("Decide which help fits", "triage", keeps and leads(Step.POINT)),
        ("Look at the family again", "review", keeps and state in (State.WAITING, State.OFFERED)),
        ("Offer the family to somebody", "offer", keeps and leads(Step.OFFER)),
        ("Write down the answer to the offer", "answer", keeps and leads(Step.TAKE_ON)),
        ("Take the offer back", "take-back", keeps and state is State.OFFERED),
        ("Send it back to the front door: a child may be at risk", "step-up", still),
        ("The family does not want it, or does not answer", "stop", keeps and leads(Step.STOP)),
        ("End it", "close", keeps and leads(Step.CLOSE)),
        ("Tell the family of services", "signpost", keeps),
        ("Write a note", "note", keeps),
        ("Open it again", "reopen", keeps and leads(Step.REOPEN)),
    ]
    for words, name, sensible in wanted:
        if sensible:
            yield Item(words, reverse(f"earlyhelp:{name}", args=[slug, opened.episode.key]))


def _others(opened: Opened, slug: str) -> Iterator[Item]:
    """Its contacts, those to which it went back, and other early help of the family."""
    contacts = {each.matter.contact for each in opened.members if each.matter} | {opened.episode.contact}
    for each in sorted(contacts, key=lambda one: (one.received_at, one.pk)):
        yield Item(f"Contact {each.receipt}", reverse("contacts:detail", args=[slug, each.key]))
    for step in opened.step_ups:
        href = reverse("contacts:detail", args=[slug, step.contact.key])
        yield Item(f"Went back: contact {step.contact.receipt}", href)
    for earlier in opened.earlier:
        href = reverse("earlyhelp:episode", args=[slug, earlier.key])
        yield Item(f"Early help {earlier.reference}: {State(earlier.state).words.lower()}", href)
