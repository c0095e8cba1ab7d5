"""The pages of a family's assessment: read, written part by part, compared, what stood there before."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from frontdoor.actors.rules import Actor, Permission
from frontdoor.earlyhelp.models import Episode
from frontdoor.earlyhelp.rules.states import State as Help
from frontdoor.familyhelp.forms.assessing import stamp
from frontdoor.familyhelp.models import Passage
from frontdoor.familyhelp.queries import assessment as queries
from frontdoor.familyhelp.queries.assessment import Around, Opened, Part, Texts
from frontdoor.familyhelp.queries.team import is_of_team
from frontdoor.familyhelp.rules import assessing as rules
from frontdoor.familyhelp.rules.assessing import State
from frontdoor.familyhelp.rules.framework import (
    GOING_ON,
    HEARD,
    HOW,
    SCORES,
    WHO,
    Field,
    Side,
    Sort,
    besides,
    domains_of,
    of_domain,
)
from frontdoor.familyhelp.rules.team import NOBODY_AGREES, why_not
from frontdoor.shell.pages import Cell, Item, Row, text, when
from frontdoor.shell.rules import moment

Pairs = tuple[tuple[str, str], ...]
TONES = {State.NOT_BEGUN: "waiting", State.WRITING: "soon", State.REVIEWING: "soon", State.SHARED: "ok"}
SCORE_COLUMNS = ("Question", "Answer")
EARLIER_COLUMNS = ("When", "By", "Text")
NOBODY = "Nobody has written anything here yet."


def at_of(name: str, episode: Episode, slug: str, *more: object) -> str:
    """An address of a family's assessment."""
    return reverse(f"familyhelp:assessment{'-' if name else ''}{name}", args=[slug, episode.key, *more])


def family(found: Opened) -> str:
    """How a heading names a family: its children."""
    return ", ".join(part.label for part in found.parts if part.side is Side.CHILD) or "No child named"


@dataclass(frozen=True, slots=True)
class Said:
    """One part of an assessment as it is read.

    :param quotes: somebody's own words, who said them, and when they were written down
    :param open: domains that nobody has written about
    """

    heading: str
    quotes: tuple[tuple[str, str, str], ...]
    scores: tuple[Row, ...]
    pairs: Pairs
    open: str
    write: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A family's assessment, one round of it.

    :param shared: how the family got it, and what it says; empty while it is written
    :param missing: what it needs before it is shared
    """

    heading: str
    facts: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]
    back: str
    warning: str
    note: str
    parts: tuple[Said, ...]
    shared: Pairs
    missing: tuple[str, ...]
    steps: tuple[Item, ...]
    others: tuple[Item, ...]


def reading(found: Opened, slug: str, *, by: Actor) -> Reading:
    """The page, as far as its reader may act on it."""
    row, writes = found.round, _writes(found, by=by)
    newest = bool(row and row is found.rounds[-1])
    facts = [found.episode.reference]
    if row:
        facts.append(f"round {row.number}, begun {moment(row.begun_at)} by {row.begun_name}")
    note = f"Looked at again: {row.why}" if row and row.why else ""
    if row and not newest:
        note = "This is an earlier round. It stays as it was shared."
    return Reading(
        heading=family(found), facts=tuple(facts), tags=(_tag(found),), back=back(found.episode, slug),
        warning="" if found.agrees or not row or row.shared_at else NOBODY_AGREES, note=note,
        parts=tuple(_said(part, found, slug, writes=writes and newest) for part in found.parts) if row else (),
        shared=_shared(found), missing=tuple(found.missing) if row and not row.shared_at else (),
        steps=tuple(_steps(found, slug, writes=writes)) if newest or not row else (),
        others=tuple(_rounds(found, slug)),
    )  # fmt: skip


def back(episode: Episode, slug: str) -> str:
    """Where a reader came from: the page of the family and its team."""
    return reverse("familyhelp:family", args=[slug, episode.key])


def _tag(found: Opened) -> tuple[str, str]:
    state = State(found.round.state) if found.round else State.NOT_BEGUN
    return state.words, TONES[state]


def _writes(found: Opened, *, by: Actor) -> bool:
    """Whether a reader may write in it, were it open."""
    hub = by.may(Permission.EARLY_HELP_KEEP) or is_of_team(found.episode, by=by, at=found.at)
    return found.agrees and hub and by.may(Permission.FAMILY_HELP_WORK) and found.episode.settled_at is None


def _steps(found: Opened, slug: str, *, writes: bool) -> Iterator[Item]:
    if not writes:
        return
    if found.state in (State.WRITING, State.REVIEWING):
        for part in found.parts:
            yield Item(_write(part), at_of("write", found.episode, slug, part.name))
        yield Item("Share it with the family", at_of("share", found.episode, slug))
    else:
        words = "Open it for review" if found.rounds else "Begin the assessment"
        yield Item(words, at_of("begin", found.episode, slug))


def _write(part: Part) -> str:
    return f"Write about {part.label}" if part.member else f"Write: {part.label}"


def _rounds(found: Opened, slug: str) -> Iterator[Item]:
    address = at_of("", found.episode, slug)
    for row in reversed(found.rounds):
        said = f"shared {moment(row.shared_at)}" if row.shared_at else State(row.state).words.lower()
        yield Item(f"Round {row.number}: {said}", f"{address}?round={row.number}", current=row is found.round)
    if len(found.rounds) > 1:
        yield Item("Compare the first round with the newest", at_of("compare", found.episode, slug))


def _shared(found: Opened) -> Pairs:
    row = found.round
    if row is None or row.shared_at is None:
        return ()
    return (
        ("Does the family agree?", row.get_agrees_display()), ("What the family says", row.comments or "Nothing more"),
        ("Who has it", f"{row.who}. {row.get_how_display()}"),
        ("Shared", f"{moment(row.shared_at)} by {row.shared_name}"),
    )  # fmt: skip


def _said(part: Part, found: Opened, slug: str, *, writes: bool) -> Said:
    texts, stands = part.texts(found.passages), found.passages
    quotes = []
    if heard := stands.get((part.of, HEARD)):
        who = ". ".join(each.rstrip(".") for each in (texts.get(HOW, ""), texts.get(WHO, "")) if each)
        if heard.text:
            quotes.append((heard.text, part.label, who))
    shown = {code for code in texts if texts[code]} - ({HEARD, HOW, WHO} if quotes else set())
    pairs = [(unit.label, texts[code]) for code, unit in part.fields.items()
             if code in shown and unit.sort is Sort.PROSE]  # fmt: skip
    empty = [domain.words for domain in domains_of(part.side, alone=part.alone)
             if not any(texts.get(unit.code) for unit in of_domain(domain))]  # fmt: skip
    return Said(
        heading=part.label, quotes=tuple(quotes), scores=tuple(_scores(part, texts)), pairs=tuple(pairs),
        open=", ".join(empty),
        write=at_of("write", found.episode, slug, part.name) if writes and found.round and not found.round.shared_at
        else "",
    )  # fmt: skip


def _scores(part: Part, texts: Mapping[str, str]) -> Iterator[Row]:
    for unit in SCORES:
        if score := texts.get(unit.code):
            yield Row((text(unit.label), _score(score)))


def _score(score: str) -> Cell:
    return text(f"{score} of 10" if score else None, below=rules.bar(score))


@dataclass(frozen=True, slots=True)
class Unit:
    """One field on a page that is written.

    :param stamp: what lies before the writer: version and digest
    :param who: who wrote it last, and when
    :param typed: what this writer typed, where somebody else was faster
    """

    code: str
    label: str
    stamp: str
    who: str
    earlier: str
    overtaken: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A domain, or what is asked besides, on a page that is written."""

    heading: str
    asks: tuple[str, ...]
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Writing:
    """One page of an assessment that is written.

    :param over: why nothing can be written here; empty where it can
    :param around: who else is at it
    """

    title: str
    about: str
    back: str
    keep: str
    over: str
    around: tuple[str, ...]
    blocks: tuple[Block, ...]
    parts: tuple[Item, ...]


BESIDES = {
    Side.CHILD: ("What this child says", "How is life from 0 to 10?"),
    Side.CARER: ("What they want", "How is life from 0 to 10?"),
    Side.THINKING: ("What we think, together with the family", ""),
}


def writing(
    found: Opened, part: Part, slug: str, *, around: Iterable[Around], overtaken: Mapping[str, Passage],
    typed: Mapping[str, str],
) -> Writing:  # fmt: skip
    """The page on which one part is written.

    :param overtaken: what somebody else has written meanwhile, by field
    :param typed: what this writer typed there
    """

    def units(fields: Iterable[Field]) -> tuple[Unit, ...]:
        return tuple(
            _unit(
                each, overtaken.get(each.code) or found.passages.get((part.of, each.code)), overtaken.get(each.code),
                typed.get(each.code, ""), at_of("earlier", found.episode, slug, part.name, each.code),
            )
            for each in fields
        )  # fmt: skip

    blocks = [Block(each.words, each.asks, units(of_domain(each))) for each in domains_of(part.side, alone=part.alone)]
    beside = besides(part.side)
    for heading, sort in zip(BESIDES.get(part.side, ()), Sort, strict=False):
        if asked := units(each for each in beside if each.sort is sort):
            blocks.append(Block(heading, (), asked))
    return Writing(
        title=_write(part), about=f"{found.episode.reference}: {family(found)}", back=at_of("", found.episode, slug),
        keep=at_of("keep", found.episode, slug, part.name), over=over(found),
        around=tuple(_around(around, found.parts)),
        blocks=tuple(blocks),
        parts=tuple(
            Item(each.label, at_of("write", found.episode, slug, each.name), current=each.name == part.name)
            for each in found.parts
        ),
    )  # fmt: skip


def stopped(found: Opened) -> str:
    """Why the family cannot be worked with now; empty where it can."""
    return why_not(Help(found.episode.state), agrees=found.agrees)


def over(found: Opened) -> str:
    """Why nothing can be written in it now; empty where it can."""
    writing = found.state in (State.WRITING, State.REVIEWING)
    return stopped(found) or ("" if writing else rules.stands_in_words(found.state))


def _unit(each: Field, now: Passage | None, overtaken: Passage | None, typed: str, href: str) -> Unit:
    return Unit(
        each.code, each.label, stamp(now.version, now.text) if now else stamp(0, ""),
        f"{'From the round before: ' if now.carried else ''}{now.by_name}, {moment(now.at)}" if now else "",
        href if now else "", overtaken_words(each.label, overtaken, typed) if overtaken else None,
    )  # fmt: skip


def overtaken_words(label: str, theirs: Passage, typed: str) -> dict[str, str]:
    """Both texts of a field, as they are laid beside each other."""
    return {"label": label, "who": theirs.by_name, "when": moment(theirs.at), "theirs": theirs.text, "typed": typed}


def _around(around: Iterable[Around], parts: Iterable[Part]) -> Iterator[str]:
    known = {part.name: part.label for part in parts}
    for each in around:
        did = "wrote in" if each.wrote else "opened"
        yield f"{each.name} {did} “{known.get(each.part, 'another part')}”, {moment(each.at)}."


@dataclass(frozen=True, slots=True)
class Compared:
    """The first round beside the newest.

    :param alone: whether there is one round only, and nothing to put beside it yet
    :param scores: per person: their name, and a row for each question
    :param texts: what was written differently: its label, then, now
    """

    heading: str
    facts: tuple[str, ...]
    back: str
    alone: bool
    scores: tuple[tuple[str, tuple[Row, ...]], ...]
    texts: tuple[tuple[str, Pairs], ...]
    columns: tuple[str, ...]


def compared(found: Opened, before: Texts, slug: str) -> Compared:
    """How the family saw itself at the start and sees itself now, and what is thought now."""
    last = found.rounds[-1].number if found.rounds else 1
    columns = ("Question", "At the start (round 1)", f"Now (round {last})", "Change")
    scores, texts = [], []
    for part in found.parts:
        then, now = part.texts(before), part.texts(found.passages)
        rows = tuple(
            Row((text(unit.label), _score(was), _score(new), text(rules.change(was, new))))
            for unit in SCORES
            if (was := then.get(unit.code, "")) or now.get(unit.code, "")
            for new in (now.get(unit.code, ""),)
        )
        if rows:
            scores.append((part.label, rows))
        for code, unit in part.fields.items():
            was, new = then.get(code, ""), now.get(code, "")
            if unit.sort is Sort.PROSE and was != new:
                pairs = (("At the start", was or "Nothing"), ("Now", new or "Nothing"))
                texts.append((f"{part.label}: {unit.label}", pairs))
    return Compared(
        family(found), (found.episode.reference,), at_of("", found.episode, slug), len(found.rounds) < 2,
        tuple(scores), tuple(texts), columns,
    )  # fmt: skip


def earlier(rows: Iterable[Passage]) -> tuple[Row, ...]:
    """Every text that stood in a field."""
    return tuple(
        Row((when(each.at), text(each.by_name, below=f"round {each.assessment.number}"), text(each.text or None)))
        for each in rows if not each.carried
    )  # fmt: skip


def part(episode: Episode, slug: str, *, by: Actor, at: datetime) -> tuple[str, Any] | None:
    """The assessment on a family's own page: where it stands; nothing for whoever does not read it."""
    if not by.may(Permission.FAMILY_HELP_READ):
        return None
    known = queries.rounds(episode, by=by)
    if not known and episode.state != "allocated":
        return None
    row = known[-1] if known else None
    state = State(row.state) if row else State.NOT_BEGUN
    pairs = [("Where it stands", state.words)]
    if row and row.shared_at:
        pairs += [("Shared", moment(row.shared_at)), ("Does the family agree?", row.get_agrees_display())]
        thought = queries.passages(row, by=by).get((None, GOING_ON))
        pairs += [("What we think is going on", thought.text)] if thought else []
    elif row:
        pairs.append(("Begun", f"{moment(row.begun_at)} by {row.begun_name}"))
    return "familyhelp/assessment_part.html", {"pairs": pairs, "href": at_of("", episode, slug)}


def ways(episode: Episode, slug: str, *, by: Actor, at: datetime) -> list[tuple[str, str]]:
    """The way to the assessment from a family's own page."""
    if not by.may(Permission.FAMILY_HELP_READ) or episode.state != "allocated":
        return []
    return [("The family’s assessment", at_of("", episode, slug))]
