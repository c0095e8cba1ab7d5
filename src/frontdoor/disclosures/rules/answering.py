"""What an answer may hold: dated facts about those asked about, and words that name nobody else (trust S24, S25)."""

import hashlib
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from frontdoor.actors.rules import InvalidInput
from frontdoor.contacts.rules.passing_on import Teller, tells_who
from frontdoor.shell.rules import day

LONGEST = 20_000

ANSWERS = [
    ("facts", "Tell dated facts from the record"),
    ("not_known", "They are not known to us"),
    ("refusal", "Refuse, with a reason"),
]
"""What is proposed."""

REASONS = [
    ("not_who_they_say", "It could not be made sure who asks"),
    ("no_basis", "There is no lawful basis for telling it"),
    ("too_much", "More is asked than the purpose needs"),
    ("harm", "Telling it would be likely to harm somebody"),
    ("court_first", "The court has to allow it first"),
]
"""Why a request is refused."""

ROUTES = [
    ("secure_email", "Secure e-mail"),
    ("portal", "The other side's own secure site"),
    ("post", "Signed-for post"),
    ("in_person", "Handed over in person"),
    ("phone", "By telephone, after calling back"),
]
"""How an answer is sent; plain e-mail is none of them."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing from the record that may be told: a day, what became of it, who took it on; never who told us.

    :param contact: key of the contact from which it is
    :param about: key of the person asked about
    :param outcome: words; empty where that is another's or nothing was decided
    :param sure: the full name and the date of birth are the same, not the name alone
    """

    contact: str
    about: str
    on: date
    outcome: str = ""
    team: str = ""
    sure: bool = True

    @property
    def words(self) -> str:
        """The line as it is told."""
        told = f"{day(self.on)}: children's services received a contact in which this person is named."
        if self.outcome:
            told += f" Outcome: {self.outcome}."
        if self.team:
            told += f" Taken on by: {self.team}."
        return told

    @property
    def code(self) -> str:
        """How a form names it."""
        return f"{self.about}:{self.contact}"


@dataclass(frozen=True, slots=True)
class Somebody:
    """Somebody asked about, as an answer names them."""

    key: str
    name: str
    born: date | None = None

    @property
    def words(self) -> str:
        return f"{self.name}, born {day(self.born)}" if self.born else f"{self.name}, date of birth not given"


NOT_KNOWN = "Not known to us: no contact about a person of this name and date of birth was found."
NOTHING_TOLD = "We give no information about this person."


def composed(
    kind: str, people: Sequence[Somebody], facts: Sequence[Fact], *, silent: Collection[str] = (), words: str,
    reason: str, on: date,
) -> str:  # fmt: skip
    """The whole text of an answer, word for word as it will be sent.

    :param silent: keys of those of whom something was found and nothing is told: never said to be unknown
    :param on: the day on which it is proposed: facts are as of then
    """
    if kind == "refusal":
        return _joined(["We cannot give you the information that you asked for.", f"{dict(REASONS)[reason]}.", words])
    parts = [f"What our records show on {day(on)} of the people you asked about:"]
    for person in people:
        told = [fact.words for fact in sorted(facts, key=lambda each: each.on) if fact.about == person.key]
        said = told or [NOTHING_TOLD if person.key in silent else NOT_KNOWN]
        parts.append("\n".join([person.words, *(f"- {line}" for line in said)]))
    return _joined([*parts, words])


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(part.strip() for part in parts if part.strip())


def digest(text: str) -> str:
    """The fingerprint of exactly these words: SHA-256 of their UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Guarded:
    """What free words of an answer may not hold.

    :param names: of everybody in the contacts that were looked at
    :param asked: names of the people asked about, which may stand
    :param places: addresses and postcodes in those contacts
    :param tellers: who told us
    """

    names: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    tellers: tuple[Teller, ...] = ()


def check_words(words: str, guarded: Guarded) -> None:
    """Refuse words that name another person, tell who told us, or hold an address from the record.

    :raises InvalidInput: beside `words`; what was found is not repeated
    """
    if any(tells_who(words, teller) for teller in guarded.tellers):
        raise InvalidInput(words="These words would tell who told us. Take that out.")
    if others_in(words, guarded.names, guarded.asked):
        raise InvalidInput(words="These words name somebody who was not asked about. Take the name out.")
    if _place_in(words, guarded.places):
        raise InvalidInput(words="These words hold an address or postcode from the record. Take it out.")


def others_in(words: str, names: Iterable[str], asked: Iterable[str]) -> bool:
    """Whether a part of another person's name stands in the words; a family name that is shared may."""
    allowed = {part for name in asked for part in _parts(name)}
    others = {part for name in names for part in _parts(name)} - allowed
    return any(part in others for part in _parts(words))


def _parts(text: str) -> list[str]:
    return [part for part in re.findall(r"\w+", text.casefold()) if len(part) > 1]


def _place_in(words: str, places: Iterable[str]) -> bool:
    said = "".join(re.findall(r"\w", words.casefold()))
    held = ("".join(re.findall(r"\w", place.casefold())) for place in places)
    return any(len(place) >= 5 and place in said for place in held)


def check_answer(kind: str, *, facts: Sequence[Fact], words: str, reason: str, searched: bool) -> None:
    """An answer of facts holds one; “not known” rests on a search; a refusal has its reason.

    :param searched: whether every person asked about was searched for
    :raises InvalidInput: with a message by field
    """
    problems = {}
    if kind not in dict(ANSWERS):
        problems["kind"] = "Choose what is answered"
    if kind in ("facts", "not_known") and not searched:
        problems["kind"] = "Search for each person asked about first: “not known” is an answer only after a search"
    if kind == "facts" and not facts:
        problems["facts"] = "Choose what is told"
    if kind == "not_known" and facts:
        problems["facts"] = "Something was chosen to be told: then they are known"
    if kind == "refusal" and reason not in dict(REASONS):
        problems["reason"] = "Choose why it is refused"
    if len(words) > LONGEST:
        problems["words"] = f"Write {LONGEST:,} characters or fewer"
    if problems:
        raise InvalidInput(**problems)
