"""How a text is put together from a versioned wording and facts; e-mail and text cannot hold more than they may."""

import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from itertools import zip_longest
from typing import Any

from frontdoor.clocks.rules import due_words, moment_words
from frontdoor.codes import rules as codes
from frontdoor.shell.rules import day


class Medium(StrEnum):
    """In what form words reach somebody. `SPOKEN` is what a person says on the telephone, read from the screen."""

    EMAIL = "email"
    TEXT = "text"
    LETTER = "letter"
    SPOKEN = "spoken"


OPEN_FIELDS = frozenset(
    {
        "council", "reference", "received", "decided", "decide_by", "ring_by", "phone", "hours", "night_phone",
        "call_back", "contact", "outcome_kept_short", "reason_kept_short", "next_kept_short", "kept_for", "records",
    }
)  # fmt: skip
"""All that an e-mail or text may be filled with: no name of a child or adult, nothing that was told, no typed words."""

CHILD_FIELDS = frozenset({"child", "about", "outcome", "reason", "next_step"})
"""What a letter says once for each child, between `[each child]` and `[end]`; never in an e-mail or text."""

SERVICE_FIELDS = frozenset({"service", "reach"})
"""What is said once for each service, between `[each service]` and `[end]`, in any medium: it is open data."""

_EACH, _EACH_SERVICE, _END = "[each child]", "[each service]", "[end]"


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a text: a heading or a paragraph."""

    text: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A text ready to be sent, shown or printed.

    :param name: the wording and its version: what the letter's row keeps
    """

    name: str
    subject: str
    blocks: tuple[Block, ...]

    @property
    def plain(self) -> str:
        """As plain text, a blank line between the parts."""
        return "\n\n".join(block.text for block in self.blocks)

    @property
    def digest(self) -> str:
        """SHA-256 over subject and text: what was said can be shown not to have changed."""
        return sha256(f"{self.subject}\n\n{self.plain}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Told:
    """What was decided for one child, as far as a letter may say it.

    :param outcome: code of `codes.OUTCOMES`
    :param reason: typed for the referrer by whoever decided; empty: the wording's own
    :param next_step: likewise
    :param about: what had arrived, in fixed words: for the family alone
    """

    child: str
    outcome: str
    reason: str = ""
    next_step: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """A service that may help, as the open directory named it that day.

    :param reach: how one gets there: telephone, days
    """

    service: str
    reach: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a letter is made of, kept with it; the person told is not among it.

    :param reference: the receipt's number
    :param decide_by: when we decide, for an acknowledgement
    :param ring_by: when somebody rings back
    :param contact: whom to call about it, as a team: "the hub", "Duty team"
    """

    reference: str
    received_at: datetime
    decide_by: datetime | None = None
    decided_at: datetime | None = None
    ring_by: datetime | None = None
    contact: str = ""
    told: tuple[Told, ...] = field(default=(), repr=False)
    services: tuple[Service, ...] = ()


def kept(facts: Facts) -> dict[str, Any]:
    """Facts as the JSON object that a letter's row keeps."""
    return {
        "reference": facts.reference,
        "received_at": facts.received_at.isoformat(),
        **{
            name: moment.isoformat()
            for name in ("decide_by", "decided_at", "ring_by")
            if (moment := getattr(facts, name)) is not None
        },
        "contact": facts.contact,
        "told": [
            {"child": each.child, "outcome": each.outcome, "reason": each.reason, "next_step": each.next_step}
            | ({"about": each.about} if each.about else {})
            for each in facts.told
        ],
        **({"services": [[each.service, each.reach] for each in facts.services]} if facts.services else {}),
    }


def facts_of(kept_facts: Mapping[str, Any]) -> Facts:
    """The facts that a row keeps."""
    moments = {
        name: datetime.fromisoformat(kept_facts[name])
        for name in ("received_at", "decide_by", "decided_at", "ring_by")
        if name in kept_facts
    }
    told = tuple(Told(**each) for each in kept_facts["told"])
    services = tuple(Service(*each) for each in kept_facts.get("services", ()))
    return Facts(kept_facts["reference"], contact=kept_facts["contact"], told=told, services=services, **moments)


@dataclass(frozen=True, slots=True)
class House:
    """The council's own side of a letter.

    :param phone: where a qualified social worker answers, with its hours
    :param night_phone: outside those hours
    :param call_back: web address at which people ask to be rung back, or empty
    :param kept_for: how long the record is kept, as the end of a sentence
    :param records: where somebody asks to see what is kept about them
    """

    council: str
    phone: str
    hours: str
    night_phone: str
    call_back: str = ""
    address: str = ""
    kept_for: str = ""
    records: str = ""


class ForbiddenField(ValueError):
    """A wording uses what its medium may not hold."""


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@dataclass(frozen=True, slots=True)
class Wording:
    """One version of one text. A change of words is a new version; the old one stays for what was sent by it.

    The body is plain text: a line that begins with `# ` is a heading, a blank line parts paragraphs. A paragraph with a
    field that has no value is left out, and a heading with nothing under it.

    :param name: `kind.audience.medium`
    :raises ForbiddenField: an e-mail or text asks for more than `OPEN_FIELDS`
    """

    name: str
    version: int
    subject: str
    body: str

    def __post_init__(self) -> None:
        may = OPEN_FIELDS
        for line in self.body.splitlines():
            if line == _EACH and self.medium in (Medium.LETTER, Medium.SPOKEN):
                may = OPEN_FIELDS | CHILD_FIELDS
            elif line == _EACH_SERVICE:
                may = OPEN_FIELDS | SERVICE_FIELDS
            elif line == _END:
                may = OPEN_FIELDS
            elif wrong := (_fields(line) - may):
                raise ForbiddenField(f"{self.name} {self.version}: {sorted(wrong)}")
        if wrong := _fields(self.subject) - {"council", "reference"}:
            raise ForbiddenField(f"{self.name} {self.version}, subject: {sorted(wrong)}")

    @property
    def medium(self) -> Medium:
        return Medium(self.name.rsplit(".", 1)[1])

    @property
    def mark(self) -> str:
        """The version by its content: a test holds it, so that nobody changes words without a new version."""
        return sha256(f"{self.subject}\n{self.body}".encode()).hexdigest()[:12]

    def say(self, facts: Facts, house: House) -> Words:
        """The text for these facts."""
        values = _values(facts, house)
        blocks = tuple(_blocks(self.body, values, facts))
        followed = (
            block
            for block, after in zip_longest(blocks, blocks[1:])
            if not block.heading or (after is not None and not after.heading)
        )
        return Words(f"{self.name}.{self.version}", _fill(self.subject, values), tuple(followed))


def _values(facts: Facts, house: House) -> dict[str, str]:
    decided = [each.outcome for each in facts.told if each.outcome]
    short = kept_short(decided) if decided else ShortWords("", "", "")
    return {
        "council": house.council,
        "reference": facts.reference,
        "received": day(facts.received_at),
        "decided": day(facts.decided_at) if facts.decided_at else "",
        "decide_by": due_words(facts.decide_by) if facts.decide_by else "",
        "ring_by": moment_words(facts.ring_by) if facts.ring_by else "",
        "phone": house.phone,
        "hours": house.hours,
        "night_phone": house.night_phone,
        "call_back": house.call_back,
        "contact": facts.contact or f"us on {house.phone}",
        "kept_for": house.kept_for,
        "records": house.records or f"us on {house.phone}",
        "outcome_kept_short": short.outcome,
        "reason_kept_short": short.reason,
        "next_kept_short": short.next_step,
    }


def _fill(text: str, values: Mapping[str, str]) -> str:
    return text.format_map(values)


def _blocks(body: str, values: Mapping[str, str], facts: Facts) -> Iterator[Block]:
    """The text part by part: what is between a mark and its end once for each child or service, the rest once."""
    many = {
        _EACH: [_of_child(told) for told in facts.told],
        _EACH_SERVICE: [{"service": one.service, "reach": one.reach} for one in facts.services],
    }
    mark = next((mark for mark in many if mark in body), "")
    before, each, after = _in_parts(body, mark) if mark else (body, "", "")
    yield from _filled(before, values)
    for one in many.get(mark, ()):
        yield from _filled(each, {**values, **one})
    yield from _filled(after, values)


def _in_parts(body: str, mark: str) -> tuple[str, str, str]:
    before, _, rest = body.partition(mark)
    each, _, after = rest.partition(_END)
    return before, each, after


def _filled(text: str, values: Mapping[str, str]) -> Iterator[Block]:
    for part in re.split(r"\n\s*\n", text.strip()):
        if part and all(values[name] for name in _fields(part)):
            heading = part.startswith("# ")
            # Lines are joined before anything is filled in: what was typed can make no heading and no paragraph.
            yield Block(_fill(" ".join(part.removeprefix("# ").split()), values), heading)


def _of_child(told: Told) -> dict[str, str]:
    short = kept_short([told.outcome])
    return {
        "child": told.child,
        "about": told.about,
        "outcome": codes.OUTCOMES[told.outcome].plain if told.outcome else "",
        "reason": told.reason or short.reason,
        "next_step": told.next_step or short.next_step,
    }


@dataclass(frozen=True, slots=True)
class ShortWords:
    """An outcome as an e-mail may say it: nothing follows from it about whom or what."""

    outcome: str
    reason: str
    next_step: str


_FURTHER = ShortWords(
    "We are taking this further.",
    "What you told us needs a closer look, or action, by us or by people we work with.",
    "Whoever takes it on may ask you for more. Until then you do not have to do anything.",
)
_HELP = ShortWords(
    "We have offered help, or said where it can be found.",
    "On what we know now, help by agreement is the right answer.",
    "Tell us at once if something changes or you learn more. We will look again.",
)
_CLOSED = ShortWords(
    "We are not taking this further on what we know now.",
    "On what we know now, it does not reach the level at which we step in.",
    "Tell us at once if something changes or you learn more. We will look again.",
)
_ASK = ShortWords(
    "We need to ask you more before we can decide.",
    "What we have been told is not enough to decide on.",
    "Please ring us today. We keep looking at it whether or not you reach us.",
)
_ELSEWHERE = ShortWords(
    "We have passed this to those who are responsible for it.",
    "Somebody else is responsible, and they have what you told us.",
    "Whoever takes it on may ask you for more. Until then you do not have to do anything.",
)
_SEVERAL = ShortWords(
    "We decided more than one thing. Please ring us and we will go through each with you.",
    "The reasons are not the same for each.",
    "Whoever takes it on may ask you for more.",
)
_SHORT = {
    "nfa": _CLOSED,
    "information_advice": _HELP,
    "signpost": _HELP,
    "early_help": _HELP,
    "returned_to_referrer": _ASK,
    "other_la_transfer": _ELSEWHERE,
}


def kept_short(outcomes: list[str]) -> ShortWords:
    """What an e-mail may say of outcomes: every safeguarding or specialist route sounds the same.

    :param outcomes: codes of `codes.OUTCOMES`, one for each child
    """
    said = {_SHORT.get(code, _FURTHER) for code in outcomes}
    return said.pop() if len(said) == 1 else _SEVERAL
