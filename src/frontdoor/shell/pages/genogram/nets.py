"""The lines of a genogram before they have a place: bonds between two of one row, and what leads down from a row."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from frontdoor.shell.pages.genogram.levels import OF_A_PARENT, co_parents, parents_of
from frontdoor.shell.pages.genogram.values import COUPLES, PARENTAGE, Couple, Family, Tie


@dataclass(frozen=True, slots=True)
class Bond:
    """A line between two of one row.

    :param kind: ``couple-…`` or ``tie-…``; the form of the line
    :param strokes: how many strokes lie through it
    :param said: the words of its tooltip
    :param years: what stands above it where there is room
    """

    one: str
    other: str
    kind: str
    strokes: int = 0
    said: str = ""
    years: str = ""

    @property
    def couple(self) -> bool:
        """Whether the two are a couple, or the parents of a child."""
        return self.kind.startswith("couple")


@dataclass(frozen=True, slots=True)
class Net:
    """A line from one or two of a row, a couple there, down to some of lower rows."""

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    kind: str
    strokes: int = 0
    said: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is to be drawn between the people, and the row of each."""

    rows: Mapping[str, int]
    bonds: tuple[Bond, ...]
    nets: tuple[Net, ...]


def plan(family: Family, rows: Mapping[str, int]) -> Plan:
    """Every relationship as a line: beside each other as a bond, else as a net from the upper row."""
    lines = [*_couples(family), *map(_tie, _pairs(family)), *_born_together(family, rows)]
    bonds = [line for line in lines if rows[line.one] == rows[line.other]]
    couples = {frozenset((each.one, each.other)) for each in bonds if each.couple}
    level, nets = [], []
    for net in _descents(family, couples):
        below = tuple(key for key in net.targets if rows[key] > rows[net.sources[0]])
        if below:
            nets.append(Net(net.sources, below, net.kind, said=net.said))
        level += [
            Bond(source, key, net.kind, said=net.said)
            for key in net.targets
            if key not in below
            for source in net.sources
        ]
    bonds += [each for each in level if rows[each.one] == rows[each.other]]
    odd = [each for each in (*lines, *level) if rows[each.one] != rows[each.other]]
    nets += [_leaning(each, rows) for each in odd]
    return Plan(rows, tuple(bonds), tuple(nets))


def _leaning(bond: Bond, rows: Mapping[str, int]) -> Net:
    """A bond between two rows: the same line, from the upper one down."""
    upper, lower = sorted((bond.one, bond.other), key=lambda key: rows[key])
    return Net((upper,), (lower,), bond.kind, bond.strokes, bond.said)


def _couples(family: Family) -> Iterator[Bond]:
    label = {person.key: person.label for person in family.people}
    drawn = set()
    for each in family.couples:
        drawn.add(frozenset((each.one, each.other)))
        strokes = {"separated": 1, "former": 1, "divorced": 2}.get(each.kind, 0)
        said = f"{label[each.one]} and {label[each.other]}: {each.words or COUPLES[each.kind]}"
        yield Bond(each.one, each.other, f"couple-{each.kind or 'parents'}", strokes, said, _years(each))
    for one, other in co_parents(family.parents):
        if frozenset((one, other)) not in drawn:
            yield Bond(one, other, "couple-parents", said=f"{label[one]} and {label[other]}: {COUPLES['']}")


def _born_together(family: Family, rows: Mapping[str, int]) -> Iterator[Bond]:
    """Children of one birth whose lines cannot meet in a point, for what else is written puts them in two rows."""
    for birth in family.births:
        first, *others = sorted(birth.children)
        if len({rows[key] for key in birth.children}) > 1:
            yield from (Bond(first, other, "tie-kin", said="Born together") for other in others)


def _years(span: Couple) -> str:
    since, until = (str(day.year) if day else "" for day in (span.since, span.until))
    if since == until or not until:
        return since
    return f"{since}–{until}"


def _pairs(family: Family) -> Iterator[tuple[Tie, str]]:
    label = {person.key: person.label for person in family.people}
    for tie in family.ties:
        yield tie, f"{label[tie.one]} is the {tie.words} of {label[tie.other]}"


def _tie(pair: tuple[Tie, str]) -> Bond:
    tie, said = pair
    return Bond(tie.one, tie.other, f"tie-{tie.kind}", said=said)


def _descents(family: Family, couples: set[frozenset[str]]) -> Iterator[Net]:
    """Children of the same parents hang on one line; where the parents are not drawn as a couple, on one of each."""
    label = {person.key: person.label for person in family.people}
    for kind, words in PARENTAGE.items():
        groups: dict[tuple[str, ...], list[str]] = {}
        for child, parents in parents_of(family.parents, (kind,)).items():
            for sources in _joined(parents, couples if kind in (*OF_A_PARENT, "foster", "guardian") else set()):
                groups.setdefault(sources, []).append(child)
        for sources, children in groups.items():
            said = f"{' and '.join(label[key] for key in sources)}: {words}"
            yield Net(sources, tuple(children), kind, said=f"{said} of {', '.join(label[key] for key in children)}")


def _joined(parents: list[str], couples: set[frozenset[str]]) -> list[tuple[str, ...]]:
    if len(parents) == 2 and frozenset(parents) in couples:
        return [tuple(sorted(parents))]
    return [(each,) for each in parents]


def partners(bonds: tuple[Bond, ...]) -> dict[str, list[str]]:
    """The partners of each, in the order in which they are given, nobody twice."""
    found: dict[str, list[str]] = {}
    for bond in bonds:
        if bond.couple:
            for one, other in ((bond.one, bond.other), (bond.other, bond.one)):
                if other not in found.setdefault(one, []):
                    found[one].append(other)
    return found


def most_joined(keys: list[str], joined: Mapping[str, list[str]]) -> str:
    """Who of some has most partners; of equals the first."""
    count = Counter({key: len(joined.get(key, ())) for key in keys})
    return max(keys, key=lambda key: count[key])
