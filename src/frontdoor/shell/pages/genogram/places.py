"""Where the people of a genogram stand from left to right: nobody upon another, parents above their children."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from frontdoor.shell.pages.genogram.nets import Net, Plan
from frontdoor.shell.pages.genogram.order import passed, passing

WORDS = 116
"""How wide the words below a symbol may be; in the units of the picture, which are pixels."""
LEG = 8
"""How far lines that run side by side are from each other."""
GAP = 12
YEARS = 72
SWEEPS = 8

Anchor = tuple[tuple[str, float], ...]
"""Where a line begins: so far from the middle of a person; of two persons half way between."""
Leg = tuple[str, int, str]
"""A line down from a person's side: ``bond`` or ``net``, its number, the person."""


@dataclass(slots=True)
class Seats:
    """What decides how much room each takes, before it has a place.

    :param half: from the middle of a person to the edge of the words and of the boundaries round them
    :param direct: the bonds that are a straight line between two neighbours, with their left and right person
    :param legs: the side and rank of each line that leaves a person's side
    :param drops: what hangs on a straight line between two neighbours: the numbers of nets, by bond
    :param said: the bonds that have years to be written above them
    """

    rows: list[list[str]]
    half: float
    direct: dict[int, tuple[str, str]] = field(default_factory=dict)
    legs: dict[Leg, tuple[int, int]] = field(default_factory=dict)
    count: dict[tuple[str, int], int] = field(default_factory=dict)
    drops: dict[int, list[int]] = field(default_factory=dict)
    said: set[int] = field(default_factory=set)

    def offset(self, leg: Leg) -> float:
        """How far a leg stands from the middle of its person."""
        side, rank = self.legs[leg]
        return side * (self.half + LEG * rank + LEG / 2)

    def extent(self, key: str, side: int) -> float:
        """How much room somebody takes to one side."""
        if key.startswith("\x00"):
            return LEG
        return self.half + LEG * self.count.get((key, side), 0)

    def between(self, left: str, right: str) -> float:
        """How far the middles of two neighbours are from each other, at least."""
        room = GAP
        for number, pair in self.direct.items():
            if pair == (left, right):
                room = max(YEARS if number in self.said else 28, LEG * (len(self.drops.get(number, ())) + 1))
        return self.extent(left, 1) + room + self.extent(right, -1)


def seated(plan: Plan, rows: list[list[str]], half: float) -> Seats:
    """Decide which couples are joined by a straight line, and on which side of a person every other line leaves."""
    seats = Seats(rows, half)
    at = {key: (row, number) for row, keys in enumerate(rows) for number, key in enumerate(keys)}
    _neighbours(seats, plan, at)
    for number, bond in enumerate(plan.bonds):
        if number not in seats.direct:
            for here, there in ((bond.one, bond.other), (bond.other, bond.one)):
                _leg(seats, ("bond", number, here), 1 if at[there] > at[here] else -1)
    for number, net in enumerate(plan.nets):
        straight = _straight(seats, net)
        if straight is not None:
            seats.drops.setdefault(straight, []).append(number)
        elif len(net.sources) == 1:
            _leg(seats, ("net", number, net.sources[0]), _free_side(seats, net.sources[0]))
    return seats


def _neighbours(seats: Seats, plan: Plan, at: Mapping[str, tuple[int, int]]) -> None:
    """One bond between each two neighbours is a straight line, that of a couple before any other."""
    taken = set()
    for number, bond in sorted(enumerate(plan.bonds), key=lambda each: not each[1].couple):
        left, right = sorted((bond.one, bond.other), key=at.__getitem__)
        if at[right][1] - at[left][1] == 1 and (left, right) not in taken:
            taken.add((left, right))
            seats.direct[number] = (left, right)
            if bond.years:
                seats.said.add(number)


def _straight(seats: Seats, net: Net) -> int | None:
    pairs = {frozenset(pair): number for number, pair in seats.direct.items()}
    return pairs.get(frozenset(net.sources)) if len(net.sources) == 2 else None


def _leg(seats: Seats, leg: Leg, side: int) -> None:
    rank = seats.count.get((leg[2], side), 0)
    seats.count[leg[2], side] = rank + 1
    seats.legs[leg] = (side, rank)


def _free_side(seats: Seats, key: str) -> int:
    """The side without a partner; of two such that with fewer lines, else the right."""
    partner = {1: 0, -1: 0}
    for left, right in seats.direct.values():
        partner[1] += left == key
        partner[-1] += right == key
    return min((1, -1), key=lambda side: (partner[side], seats.count.get((key, side), 0), -side))


def anchor(plan: Plan, seats: Seats, number: int) -> Anchor:
    """Where a net begins."""
    net = plan.nets[number]
    for bond, (left, _) in seats.direct.items():
        drops = seats.drops.get(bond, ())
        if number in drops:
            room = seats.between(*seats.direct[bond]) - seats.extent(left, 1) - seats.extent(seats.direct[bond][1], -1)
            rank = drops.index(number) - (len(drops) - 1) / 2
            return ((left, seats.extent(left, 1) + room / 2 + rank * LEG),)
    if len(net.sources) == 1:
        return ((net.sources[0], seats.offset(("net", number, net.sources[0]))),)
    bar = bar_of(plan, net)
    return tuple((key, seats.offset(("bond", bar, key))) for key in net.sources)


def bar_of(plan: Plan, net: Net) -> int:
    """The bond of the two on which a net hangs."""
    return next(
        number for number, bond in enumerate(plan.bonds) if bond.couple and {bond.one, bond.other} == set(net.sources)
    )


@dataclass(frozen=True, slots=True)
class Step:
    """What a net leads to in the next row: the people there, and the place where it passes on."""

    net: int
    row: int
    start: Anchor
    keys: tuple[str, ...]
    goes_on: str = ""

    @property
    def ends(self) -> tuple[str, ...]:
        """All places in the next row."""
        return (*self.keys, self.goes_on) if self.goes_on else self.keys


def steps(plan: Plan, seats: Seats) -> list[Step]:
    """Every net as steps from row to row, in the order of nets."""
    found = []
    for number, net in enumerate(plan.nets):
        start, first = anchor(plan, seats, number), plan.rows[net.sources[0]]
        through = passed(plan, net)
        for row in range(first, max(plan.rows[key] for key in net.targets)):
            here = tuple(key for key in net.targets if plan.rows[key] == row + 1)
            on = passing(number, row + 1) if row + 1 in through else ""
            found.append(Step(number, row, start, here, on))
            start = ((on, 0.0),)
    return found


def middle(x: Mapping[str, float], start: Anchor) -> float:
    """Where something begins, once people have places."""
    return sum(x[key] + by for key, by in start) / len(start)


def placed(seats: Seats, ways: Sequence[Step]) -> dict[str, float]:
    """The middle of everybody, the leftmost edge being at 0."""
    x: dict[str, float] = {}
    runs = [list(_runs(seats, row)) for row in seats.rows]
    for row in runs:
        edge = 0.0
        for run in row:
            for key, by in run.offsets:
                x[key] = edge + run.left + by
            edge += run.left + run.right + GAP
    rows = range(len(runs))
    for sweep in range(SWEEPS):
        for row in (*rows[-2::-1], *rows[1:]):
            _align(row, runs[row], x, ways, both=sweep >= SWEEPS - 2)
    least = min((x[key] - seats.extent(key, -1) for key in x), default=0.0)
    return {key: at - least for key, at in x.items()}


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbours joined by straight lines, which move as one; `left` and `right` from the first one's middle."""

    offsets: tuple[tuple[str, float], ...]
    left: float
    right: float


def _runs(seats: Seats, row: Sequence[str]) -> Iterator[Run]:
    joined = set(seats.direct.values())
    start = 0
    for end in range(1, len(row) + 1):
        if end < len(row) and (row[end - 1], row[end]) in joined:
            continue
        offsets, at = [(row[start], 0.0)], 0.0
        for left, right in zip(row[start : end - 1], row[start + 1 : end], strict=True):
            at += seats.between(left, right)
            offsets.append((right, at))
        yield Run(tuple(offsets), seats.extent(row[start], -1), at + seats.extent(row[end - 1], 1))
        start = end


def _align(row: int, runs: Sequence[Run], x: dict[str, float], ways: Sequence[Step], *, both: bool) -> None:
    """Move the runs of a row as near to what they are joined to as their neighbours let them."""
    wish = _wishes(row, x, ways, both=both)
    wanted, weights, room, edge = [], [], [], 0.0
    for run in runs:
        moves = [each for key, _ in run.offsets for each in wish.get(key, ())]
        edge += run.left
        room.append(edge)
        wanted.append(x[run.offsets[0][0]] + (sum(moves) / len(moves) if moves else 0.0) - edge)
        weights.append(float(len(moves)))
        edge += run.right + GAP
    for run, at, edge in zip(runs, _beside(_rising(wanted, weights), weights), room, strict=True):
        for key, by in run.offsets:
            x[key] = at + edge + by


def _wishes(row: int, x: Mapping[str, float], ways: Sequence[Step], *, both: bool) -> dict[str, list[float]]:
    """How far everybody of a row would have to move to stand straight below, or above, what they are joined to."""
    wish: dict[str, list[float]] = {}
    above = [way for way in ways if way.row == row - 1]
    for way in above:
        for key in way.ends:
            wish.setdefault(key, []).append(_off(x, way))
    if both or not above:
        for way in ways:
            for key, _ in way.start if way.row == row else ():
                wish.setdefault(key, []).append(-_off(x, way))
    return wish


def _off(x: Mapping[str, float], way: Step) -> float:
    return middle(x, way.start) - sum(x[key] for key in way.ends) / len(way.ends)


def _beside(at: list[float], weights: Sequence[float]) -> list[float]:
    """Whoever is drawn nowhere by a line stands close beside the neighbour."""
    for n in range(1, len(at)):
        if not weights[n]:
            at[n] = at[n - 1]
    for n in range(len(at) - 2, -1, -1):
        if not any(weights[: n + 1]):
            at[n] = at[n + 1]
    return at


def _rising(wanted: Sequence[float], weights: Sequence[float]) -> list[float]:
    """The rising row of numbers nearest to those that are wished, by least squares (pool adjacent violators)."""
    pools: list[list[float]] = []
    for value, weight in zip(wanted, weights, strict=True):
        pools.append([value, weight or 0.1, 1])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            last, before = pools.pop(), pools[-1]
            whole = before[1] + last[1]
            before[0] = (before[0] * before[1] + last[0] * last[1]) / whole
            before[1], before[2] = whole, before[2] + last[2]
    return [value for value, _, count in pools for _ in range(int(count))]
