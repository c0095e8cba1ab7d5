"""The guard's look: who is told, at this moment, and everything that speaks against it."""

from dataclasses import dataclass, replace
from datetime import datetime

from frontdoor.actors.rules import Actor, NotFound
from frontdoor.letters import rules
from frontdoor.letters.models import Letter
from frontdoor.letters.queries.protecting import mentions_protected, protected
from frontdoor.letters.queries.safe import standing_rules
from frontdoor.letters.queries.words import in_words
from frontdoor.letters.rules import Finding, Found, House, Kind, Recipient, Route, Words


@dataclass(frozen=True, slots=True)
class Look:
    """What the guard saw at one moment. `recipient` is None when the compartment has no such row."""

    recipient: Recipient | None
    words: Words
    house: House
    findings: tuple[Finding, ...]

    def standing(self, letter: Letter) -> tuple[Finding, ...]:
        """The findings that nobody has let pass."""
        return rules.standing(self.findings, letter.released)


def recipient(letter: Letter, *, by: Actor, at: datetime) -> Recipient:
    """Who is told, from the compartment, at this moment. For the guard alone: what it gives is never kept.

    :raises NotFound: the compartment has no such row any more
    """
    return rules.resolver_for(letter.subject_kind)(letter.subject_key, letter.recipient, by=by, at=at)


def look(letter: Letter, *, by: Actor, at: datetime) -> Look:
    """Find the person told and ask the guard about this letter, as things are now."""
    try:
        person = recipient(letter, by=by, at=at)
    except NotFound:
        said = in_words(letter, by=by, at=at)
        return Look(None, said.words, said.house, (rules.finding(Found.GONE),))
    return look_at(person, letter, by=by, at=at)


def look_at(person: Recipient, letter: Letter, *, by: Actor, at: datetime) -> Look:
    """Ask the guard about a letter to somebody whom the caller has just found."""
    said = in_words(letter, by=by, at=at)
    plain = f"{said.words.subject}\n{said.words.plain}"
    person = replace(
        person,
        safe=standing_rules(person.rows, by=by),
        protected=tuple(str(key) for key in protected(person.rows, by=by).values()),
        protected_in_words=mentions_protected(plain, by=by),
    )
    found = rules.findings(
        Route(letter.route),
        Kind(letter.kind),
        person,
        asked=Route(letter.asked),
        said=plain,
        own=f"{said.own.subject}\n{said.own.plain}",
        now=at,
    )
    return Look(person, said.words, said.house, found)
