"""On which row each person of a genogram stands: children below their parents, couples and siblings beside."""

from collections.abc import Iterable, Iterator

from frontdoor.shell.pages.genogram.values import Family, Parentage

OF_A_PARENT = ("birth", "adopted")


class Rows:
    """Groups of people that share a row, and which group stands above which; what would be a circle is refused."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._group = {key: key for key in keys}
        self._below: dict[str, dict[str, int]] = {key: {} for key in self._group}

    def put_below(self, upper: str, lower: str, by: int = 1) -> bool:
        """Let one stand at least so many rows below another; False where that cannot be."""
        one, other = self._group[upper], self._group[lower]
        if one == other or self._reaches(other, one):
            return False
        self._below[one][other] = max(by, self._below[one].get(other, 0))
        return True

    def put_beside(self, one: str, other: str) -> bool:
        """Let two stand in one row; False where one stands above the other already."""
        kept, gone = self._group[one], self._group[other]
        if kept == gone:
            return True
        if self._reaches(kept, gone) or self._reaches(gone, kept):
            return False
        self._group = {key: kept if group == gone else group for key, group in self._group.items()}
        for lower, by in self._below.pop(gone).items():
            self._below[kept][lower] = max(by, self._below[kept].get(lower, 0))
        for below in self._below.values():
            if gone in below:
                below[kept] = max(below.pop(gone), below.get(kept, 0))
        return True

    def levels(self) -> dict[str, int]:
        """The row of each person, from 0 at the top: as high as those above allow, then as low as those below do."""
        order = list(self._from_above())
        level = dict.fromkeys(order, 0)
        for group in order:
            for lower, by in self._below[group].items():
                level[lower] = max(level[lower], level[group] + by)
        for group in reversed(order):
            room = [level[lower] - by for lower, by in self._below[group].items()]
            level[group] = max(level[group], min(room, default=level[group]))
        return {key: level[group] for key, group in self._group.items()}

    def _reaches(self, start: str, goal: str) -> bool:
        waiting, seen = [start], {start}
        while waiting:
            for lower in self._below[waiting.pop()]:
                if lower == goal:
                    return True
                if lower not in seen:
                    seen.add(lower)
                    waiting.append(lower)
        return False

    def _from_above(self) -> Iterator[str]:
        above = dict.fromkeys(self._below, 0)
        for below in self._below.values():
            for lower in below:
                above[lower] += 1
        waiting = [group for group, count in above.items() if not count]
        while waiting:
            group = waiting.pop(0)
            yield group
            for lower in self._below[group]:
                above[lower] -= 1
                if not above[lower]:
                    waiting.append(lower)


def levels(family: Family) -> dict[str, int]:
    """The row of each person, from 0 at the top.

    What says most is put first: parents by birth and adoption, then couples and children of one birth, then brothers
    and sisters of the same parents; carers and other relatives last, where there is room for what they are.
    """
    rows = Rows(person.key for person in family.people)
    parents = sorted(family.parents, key=lambda each: each.kind not in OF_A_PARENT)
    for each in parents:
        if each.kind in OF_A_PARENT:
            rows.put_below(each.parent, each.child)
    for one, other in _beside(family):
        rows.put_beside(one, other)
    for each in parents:
        if each.kind not in OF_A_PARENT:
            rows.put_below(each.parent, each.child)
    for tie in sorted(family.ties, key=lambda tie: (tie.kind != "kin", -abs(tie.up))):
        upper, lower = (tie.one, tie.other) if tie.up > 0 else (tie.other, tie.one)
        if tie.up:
            rows.put_below(upper, lower, abs(tie.up))
        else:
            rows.put_beside(upper, lower)
    return rows.levels()


def _beside(family: Family) -> Iterator[tuple[str, str]]:
    for couple in family.couples:
        yield couple.one, couple.other
    yield from co_parents(family.parents)
    for birth in family.births:
        first, *others = sorted(birth.children)
        for other in others:
            yield first, other
    of: dict[frozenset[str], str] = {}
    for child, parents in sorted(parents_of(family.parents, OF_A_PARENT).items()):
        brother = of.setdefault(frozenset(parents), child)
        if brother != child:
            yield brother, child


def parents_of(parents: Iterable[Parentage], kinds: Iterable[str]) -> dict[str, list[str]]:
    """Each child's parents of those kinds, in the order in which they are given, nobody twice."""
    found: dict[str, list[str]] = {}
    for each in parents:
        if each.kind in kinds and each.parent not in found.setdefault(each.child, []):
            found[each.child].append(each.parent)
    return found


def co_parents(parents: Iterable[Parentage]) -> list[tuple[str, str]]:
    """Every two who are the parents of one child by birth, or by adoption; in the order in which they are given."""
    given = list(parents)
    pairs = [
        (found[0], found[1]) for kind in OF_A_PARENT for found in parents_of(given, (kind,)).values() if len(found) == 2
    ]
    return list({frozenset(pair): pair for pair in reversed(pairs)}.values())[::-1]
