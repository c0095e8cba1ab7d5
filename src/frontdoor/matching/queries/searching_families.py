"""Whole families: who belongs to the people whom a search found, grouped, with what each is to whom."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from frontdoor.actors.queries import OWN, rows_within
from frontdoor.actors.rules import Actor
from frontdoor.codes import rules as codes
from frontdoor.matching.queries.searching import Hit, Line, lines

MOST = 12
"""Members of a family who are shown beside those who were found."""

# Rows of those asked for and of those who belong to them; a sibling is whoever has a parent in common.
_TIES = """
(SELECT 'is' AS tie, link.person_id, link.other_id, link.kind, link.until FROM people_relationship link
  WHERE link.{own} AND link.person_id = ANY(%(people)s) AND link.struck_at IS NULL LIMIT 400)
UNION ALL
(SELECT 'is', link.person_id, link.other_id, link.kind, link.until FROM people_relationship link
  WHERE link.{own} AND link.other_id = ANY(%(people)s) AND link.struck_at IS NULL LIMIT 400)
UNION ALL
(SELECT 'sibling', theirs.other_id, mine.other_id, theirs.kind, theirs.until FROM people_relationship mine
  JOIN people_relationship theirs ON theirs.{own} AND theirs.person_id = mine.person_id
   AND theirs.other_id <> mine.other_id AND theirs.kind = ANY(%(parents)s) AND theirs.struck_at IS NULL
  WHERE mine.{own} AND mine.other_id = ANY(%(people)s) AND mine.kind = ANY(%(parents)s) AND mine.struck_at IS NULL
  LIMIT 400)
UNION ALL
(SELECT 'home', theirs.person_id, mine.person_id, home.label, theirs.until FROM people_membership mine
  JOIN people_membership theirs ON theirs.{own} AND theirs.household_id = mine.household_id
   AND theirs.person_id <> mine.person_id AND theirs.struck_at IS NULL
  JOIN people_household home ON home.{own} AND home.id = mine.household_id
  WHERE mine.{own} AND mine.person_id = ANY(%(people)s) AND mine.struck_at IS NULL LIMIT 400)"""

_PARENTS = [row.code for row in codes.RELATIONSHIPS if row.parent]


@dataclass(frozen=True, slots=True)
class Member:
    """One of a family.

    :param hit: how they fit what was typed, where they were found by it
    :param ties: what they are to those found: ("mother", name of whom, whether so today)
    """

    line: Line
    hit: Hit | None
    ties: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class Family:
    """People who belong together, those found first; `more` members are not shown."""

    members: tuple[Member, ...]
    more: int

    @property
    def best(self) -> float:
        """How well the best of them fits."""
        return max(member.hit.verdict.score for member in self.members if member.hit)


def families(hits: Sequence[Hit], *, by: Actor, on: date) -> list[Family]:
    """Families of those whom a search found, the best first, in two statements however many they are.

    :param on: the day of the question: whoever left is shown as having left
    """
    if not hits:
        return []
    found = {hit.line.id: hit for hit in hits}
    rows = rows_within(by, _TIES.replace("{own}", OWN), people=list(found), parents=_PARENTS)
    others = {number for row in rows for number in row[1:3]} - found.keys()
    seen = {hit.line.id: hit.line for hit in hits} | (lines(others, by=by) if others else {})
    ties = _ties(rows, seen, on)
    groups = _grouped(list(found), [(one, other) for one, whom in ties.items() for other in whom])
    made = [_family(group, found, seen, ties) for group in groups]
    return sorted(made, key=lambda family: (-round(family.best, 3), family.members[0].line.order))


Ties = dict[int, dict[int, dict[str, bool]]]
"""What somebody is to somebody else, with whether it is so today."""


def _ties(rows: Iterable[tuple[Any, ...]], seen: dict[int, Line], on: date) -> Ties:
    """Both ways of every row between people who are seen; living together is said where nothing nearer is."""
    ties: Ties = defaultdict(lambda: defaultdict(dict))
    shared: list[tuple[int, int, bool]] = []
    for tie, one, other, kind, until in rows:
        if one not in seen or other not in seen:
            continue
        now = until is None or until >= on
        if tie == "home":
            shared += [(one, other, now), (other, one, now)]
        elif tie == "sibling":
            ties[one][other].setdefault("brother or sister", True)
            ties[other][one].setdefault("brother or sister", True)
        else:
            row = codes.RELATIONSHIPS.get(kind)
            ties[one][other][row.label if row else kind] = now
            ties[other][one][row.other_way if row else "related"] = now
    for one, other, now in shared:
        if not ties[one][other]:
            ties[one][other]["same household"] = now
    return ties


def _grouped(found: list[int], pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Those found, put together with whoever is tied to any of them, those found first."""
    group = {number: {number} for number in found}
    for one, other in pairs:
        if one in group or other in group:
            joined = group.get(one, {one}) | group.get(other, {other})
            group |= dict.fromkeys(joined, joined)
    kept: list[list[int]] = []
    taken: set[int] = set()
    for number in found:
        if number not in taken:
            taken |= group[number]
            rest = sorted(group[number] - set(found))
            kept.append([each for each in found if each in group[number]] + rest)
    return kept


def _family(group: list[int], found: dict[int, Hit], seen: dict[int, Line], ties: Ties) -> Family:
    hits = [number for number in group if number in found]
    rest = sorted((number for number in group if number not in found), key=lambda number: seen[number].order)
    members = [
        Member(
            seen[number], found.get(number),
            tuple((words, _first(seen[whom]), now) for whom in hits for words, now in ties[number][whom].items()),
        )
        for number in [*hits, *rest[:MOST]]
    ]  # fmt: skip
    return Family(tuple(members), len(rest) - len(rest[:MOST]))


def _first(line: Line) -> str:
    return line.given_name or line.label
