"""The guard's look: who is told, at this moment, and everything that speaks against it."""

from dataclasses import dataclass, replace
from datetime import datetime

from frontdoor.actors.queries import OWN, rows_within
from frontdoor.actors.rules import Actor, NotFound
from frontdoor.letters import rules
from frontdoor.letters.models import Letter
from frontdoor.letters.queries.protecting import Marked, passages_of
from frontdoor.letters.queries.words import in_words
from frontdoor.letters.rules import Finding, Found, House, Kind, Recipient, Route, SafeRule, Way, Words


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
    typed = any(told.reason or told.next_step for told in rules.facts_of(letter.facts).told)
    person = _with_what_is_kept(person, plain, typed=typed, by=by)
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


# What is set down about some rows, in the order in which it was; and all protected addresses, to look for in the words.
_KEPT = f"""
SELECT kept.* FROM (
  SELECT rule.subject_kind, rule.subject_key, rule.key, rule.way, rule.never, rule.begins, rule.ends,
         NULL::uuid AS data_key, NULL::text[] AS marks, rule.id
    FROM letters_safecontact rule
   WHERE rule.{OWN} AND rule.ended_at IS NULL AND rule.subject_key = ANY(%(rows)s)
   UNION ALL
  SELECT place.subject_kind, place.subject_key, place.key, NULL, NULL, NULL, NULL,
         place.data_key, ARRAY(SELECT jsonb_array_elements_text(place.marks)), place.id
    FROM letters_protectedaddress place
   WHERE place.{OWN} AND place.ended_at IS NULL
) kept ORDER BY kept.id
"""  # noqa: S608 (constants)


def _with_what_is_kept(person: Recipient, said: str, *, typed: bool, by: Actor) -> Recipient:
    """The person with all that is set down about reaching them, in one question; it leaves no entry.

    :param said: the words, which are searched for every protected address of the council
    :param typed: whether somebody typed some of them: these are searched also for a school, a number, a name
    """
    wanted = set(person.rows)
    safe: list[SafeRule] = []
    places: list[str] = []
    marks: list[Marked] = []
    for kind, subject, key, way, never, begins, ends, sealed_by, some, _ in rows_within(
        by, _KEPT, rows=[subject for _, subject in wanted]
    ):
        theirs = (kind, subject) in wanted
        if sealed_by is not None:
            marks.append(((kind, subject), sealed_by, some))
            places += [str(key)] if theirs else []
        elif theirs:
            safe.append(SafeRule(Way(way), never, begins, ends, str(key)))
    kept, near = person.keeps() if typed and person.keeps else ((), ())
    told = passages_of(said, marks, kept=kept, near={*near, *wanted}, by=by)
    return replace(person, safe=tuple(safe), protected=tuple(places), in_words=told)
