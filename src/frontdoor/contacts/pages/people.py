"""What pages show of who somebody is: known and confirmed, or likely and not confirmed, with the history at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from frontdoor.codes import rules as codes
from frontdoor.contacts.pages.screening import kind_words
from frontdoor.contacts.queries.history import Past
from frontdoor.contacts.queries.people import Known, Met, WhoIsWho
from frontdoor.contacts.rules.states import person_label
from frontdoor.matching.queries.candidates import Candidate, Said, Seen, Standing
from frontdoor.matching.rules.scoring import ALMOST_CERTAIN
from frontdoor.people.pages import feeding
from frontdoor.people.pages.feeding import Banner
from frontdoor.shell.rules import age, london, moment, short_day

CONFIRMED, TWIN = "Known: confirmed", "May be a twin, or another of several born together"
UNSURE = "not confirmed"
ALIKE = (
    "Two records are equally close: they may be the same person, written down twice. Read both before you say who it "
    "is; if they are one person, propose to join them"
)

Link = tuple[str, str]
"""Address and words."""


@dataclass(frozen=True, slots=True)
class Line:
    """One record of the index beside somebody who is named.

    :param strength: how sure it is, in words; with it always that nobody has confirmed it
    :param past: earlier contacts, the newest first
    :param open: to whom it is open, a line for each
    """

    key: UUID
    label: str
    facts: tuple[str, ...]
    href: str
    strength: str
    tone: str
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    past: tuple[Link, ...]
    open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record of which somebody said that it is not the person."""

    link: UUID
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Somebody who is named, with what is known of them.

    :param confirmed: the record, where somebody said that it is this person
    :param link: key of what was said, for taking it back
    :param banner: that it may be a twin; empty where nothing says so
    :param alike: where the two closest records are compared, if both are almost certain and nothing says they are two
    """

    key: UUID
    label: str
    facts: tuple[str, ...]
    seen: int
    confirmed: Line | None
    link: UUID | None
    said: str
    candidates: tuple[Line, ...]
    rejected: tuple[Rejected, ...]
    news: tuple[tuple[str, str], ...]
    banner: str
    can_make: bool
    alike: Link | None = None

    @property
    def settled(self) -> bool:
        """Whether somebody has said who this is."""
        return self.confirmed is not None

    @property
    def state(self) -> tuple[str, str]:
        """Words and tone of the tag beside the name."""
        if self.confirmed is not None:
            return CONFIRMED, "ok"
        if self.candidates:
            return f"{self.candidates[0].strength}, {UNSURE}", self.candidates[0].tone
        return "Not known here", "plain"


def shown(known: Known, slug: str, *, on: date) -> tuple[Shown, ...]:
    """Everybody of a contact, or of a call while it is typed.

    :param on: the day for ages
    """
    return tuple(_shown(one, known, slug, on=on) for one in known.people)


def banner(known: Known) -> Banner | None:
    """Of what time it is to whom they are open; None where no record is shown."""
    return feeding.banner(known.feed) if known.feed else None


def worth_showing(lines: Iterable[Shown]) -> tuple[Shown, ...]:
    """Those of whom something is known, for a place where the others would be noise."""
    return tuple(line for line in lines if line.confirmed or line.candidates)


def _shown(one: Met, known: Known, slug: str, *, on: date) -> Shown:
    told, standing = one.told, one.standing
    confirmed = standing.confirmed
    return Shown(
        key=one.key,
        label=label_of(told),
        facts=_facts(told, on=on),
        seen=standing.seen,
        confirmed=_settled(confirmed, known, slug, on=on) if confirmed else None,
        link=confirmed.key if confirmed else None,
        said=_said(confirmed, known.users) if confirmed else "",
        candidates=tuple(_candidate(each, known, slug, on=on) for each in standing.candidates),
        rejected=tuple(Rejected(each.key, each.person.label, _said(each, known.users)) for each in standing.rejected),
        news=tuple((each.code, each.words) for each in one.news),
        banner=TWIN if standing.twins else "",
        alike=_alike(standing, slug),
        can_make=bool(told.given_name or told.family_name or told.known_as or told.description),
    )


def _alike(standing: Standing, slug: str) -> Link | None:
    """The way to compare the two closest records, where both are almost certain: they may be one, written twice."""
    if standing.confirmed or standing.twins or len(standing.candidates) < 2:
        return None
    first, second = standing.candidates[:2]
    if {first.verdict.strength, second.verdict.strength} != {ALMOST_CERTAIN}:
        return None
    where = reverse("matching:propose", args=[slug, first.person.key])
    return f"{where}?with={second.person.key}", f"Compare {first.person.label} and {second.person.label}"


def label_of(told: Any) -> str:
    """How somebody is named who is being typed, or stands in a contact."""
    return person_label(told.kind, told.given_name, told.family_name, told.known_as, told.description)


def _facts(told: Any, *, on: date) -> tuple[str, ...]:
    if told.date_of_birth:
        born = f"born {short_day(told.date_of_birth)} ({age(told.date_of_birth, on)})"
    elif told.expected_on:
        born = f"expected {short_day(told.expected_on)}"
    else:
        born = f"about {told.approximate_age} years" if told.approximate_age is not None else ""
    return tuple(filter(None, (born, told.relationship if told.kind == "adult" else "", told.school)))


def _settled(said: Said, known: Known, slug: str, *, on: date) -> Line:
    return _line(said.person, known, slug, on=on, strength=CONFIRMED, tone="ok")


def _candidate(each: Candidate, known: Known, slug: str, *, on: date) -> Line:
    tone = {"almost_certain": "late", "likely": "late"}.get(each.verdict.strength, "waiting")
    line = _line(each.person, known, slug, on=on, strength=each.verdict.words, tone=tone)
    return replace(line, reasons=each.reasons, against=each.verdict.against)


def _line(person: Seen, known: Known, slug: str, *, on: date, strength: str, tone: str) -> Line:
    return Line(
        person.key, person.label, seen_facts(person, on=on), reverse("people:person", args=[slug, person.key]),
        strength, tone, (), (), tuple(past_link(each, slug) for each in known.past.get(person.number, ())),
        feeding.lines(known.feed, person.number) if known.feed else (),
    )  # fmt: skip


def seen_facts(person: Seen, *, on: date) -> tuple[str, ...]:
    """When a person of the index was born, whether they live, and their postcode."""
    born = f"born {short_day(person.born)} ({age(person.born, on)})" if person.born else ""
    due = f"expected {short_day(person.expected_on)}" if person.expected_on else ""
    died = f"died {short_day(person.died_on)}" if person.died_on else ""
    return tuple(filter(None, (born, due, died, person.postcode)))


def past_link(each: Past, slug: str) -> Link:
    """One earlier contact in words: when, what about, what was decided."""
    outcome = codes.OUTCOMES[each.outcome].label if each.outcome in codes.OUTCOMES else each.state
    words = f"{short_day(each.received_at)}, {each.receipt}: {kind_words(each.sub_type)}; {outcome}"
    return reverse("contacts:detail", args=[slug, each.contact]), words


def _said(said: Said, users: Mapping[int, str]) -> str:
    who = users.get(said.by or 0, "")
    what = "A record was made" if said.made else "Said"
    words = f"{what} by {who}, {moment(said.at)}" if who else f"{what}, {moment(said.at)}"
    return f"{words}: {said.why}" if said.why else words


def progress(lines: Iterable[Shown]) -> str:
    """How far a contact's people are settled, in words."""
    states = [line.settled for line in lines]
    return f"{sum(states)} of {len(states)} settled" if states else "Nobody is named"


@dataclass(frozen=True, slots=True)
class Panel:
    """Who is who, as a part of another page about a contact."""

    key: UUID
    lines: tuple[Shown, ...]
    banner: Banner | None = None

    @property
    def known(self) -> tuple[Shown, ...]:
        """Those of whom something is known."""
        return worth_showing(self.lines)

    @property
    def progress(self) -> str:
        """How far they are settled, in words."""
        return progress(self.lines)


@dataclass(frozen=True, slots=True)
class Page:
    """The page on which it is settled who the people of a contact are.

    :param current: the first who is not settled, for whom the keys stand
    """

    key: UUID
    receipt: str
    received: str
    lines: tuple[Shown, ...]
    progress: str
    current: UUID | None
    banner: Banner | None = None


def page(found: WhoIsWho, slug: str, *, at: datetime) -> Page:
    """Everybody of a contact, in the order in which it names them."""
    contact = found.contact
    lines = shown(found.known, slug, on=london(at).date())
    current = next((line.key for line in lines if not line.settled), None)
    return Page(contact.key, contact.receipt, moment(contact.received_at), lines, progress(lines), current,
                banner(found.known))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Done:
    """What was just said, so that it can be taken back at once."""

    link: UUID
    words: str


def done(found: WhoIsWho, link: str) -> Done | None:
    """What was said last, while it stands; None for anything that is not of this contact."""
    for one in found.known.people:
        confirmed, rejected = one.standing.confirmed, one.standing.rejected
        if confirmed and str(confirmed.key) == link:
            words = "A record was made of" if confirmed.made else f"{label_of(one.told)} is"
            return Done(confirmed.key, f"{words} {confirmed.person.label}")
        for each in rejected:
            if str(each.key) == link:
                return Done(each.key, f"{label_of(one.told)} is not {each.person.label}")
    return None
