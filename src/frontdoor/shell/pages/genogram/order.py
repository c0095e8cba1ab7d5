"""In which order the people of each row of a genogram stand: couples side by side, and short lines."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from frontdoor.shell.pages.genogram.nets import Net, Plan, most_joined, partners
from frontdoor.shell.pages.genogram.values import Family

ROUNDS = 12
Block = tuple[str, ...]
Rows = list[list[Block]]


@dataclass(frozen=True, slots=True)
class Weights:
    """What the order of a row is judged by."""

    links: tuple[tuple[str, str, float], ...]
    homes: tuple[tuple[str, ...], ...]
    aside: frozenset[str]


def passing(number: int, row: int) -> str:
    """The place that a net keeps in a row that it only passes; no person's key can be this."""
    return f"\x00{number}/{row}"


def passed(plan: Plan, net: Net) -> range:
    """The rows that a net passes on its way to the lowest of those it leads to."""
    return range(plan.rows[net.sources[0]] + 1, max(plan.rows[key] for key in net.targets))


def ordered(family: Family, plan: Plan) -> list[list[str]]:
    """The people of each row from left to right, and the places of lines that only pass."""
    rows = _first(family, plan)
    weights = _weights(family, plan)
    best = _cost(rows, weights)
    for _ in range(ROUNDS):
        found = _better(rows, weights, best)
        if found >= best - 1e-9:
            break
        best = found
    return [[key for block in row for key in block] for row in rows]


def _first(family: Family, plan: Plan) -> Rows:
    """Blocks in the order of a walk from the oldest down, so that brothers and sisters stand together by age."""
    aside = _aside(family)
    joined = partners(plan.bonds)
    eldest = {person.key: (person.born or person.expected or date.max, n) for n, person in enumerate(family.people)}
    men = {person.key for person in family.people if person.sex == "M"}
    block_of = _blocks([person.key for person in family.people], joined, men)
    below: dict[str, list[str]] = {}
    for net in plan.nets:
        for source in net.sources:
            below.setdefault(source, []).extend(sorted(net.targets, key=eldest.__getitem__))
    rows: Rows = [[] for _ in range(max(plan.rows.values(), default=-1) + 1)]
    starts = sorted(eldest, key=lambda key: (key in aside, plan.rows[key], eldest[key]))
    waiting, seen = starts[::-1], set()
    while waiting:
        block = block_of[waiting.pop()]
        if block in seen:
            continue
        seen.add(block)
        rows[plan.rows[block[0]]].append(block)
        waiting.extend(child for key in reversed(block) for child in reversed(below.get(key, ())))
    for number, net in enumerate(plan.nets):
        for row in passed(plan, net):
            rows[row].append((passing(number, row),))
    return rows


def _blocks(keys: Sequence[str], joined: Mapping[str, list[str]], men: set[str]) -> dict[str, Block]:
    """Those who are joined as couples as one run, whoever has most partners in the midst of them."""
    found: dict[str, Block] = {}
    for key in keys:
        if key not in found:
            block = _run(most_joined(_reached(key, joined), joined), joined, men)
            found |= dict.fromkeys(block, block)
    return found


def _reached(key: str, joined: Mapping[str, list[str]]) -> list[str]:
    found = [key]
    for each in found:
        found += [other for other in joined.get(each, ()) if other not in found]
    return found


def _run(hub: str, joined: Mapping[str, list[str]], men: set[str]) -> Block:
    """The last partner on one side of the hub, the one before on the other, and theirs beyond."""
    seen = {hub}
    sides: tuple[list[str], list[str]] = ([], [])
    near = list(reversed(joined.get(hub, ())))
    first = 1 if hub in men or not near or near[0] not in men else 0
    for number, partner in enumerate(near):
        waiting = [partner]
        while waiting:
            each = waiting.pop(0)
            if each not in seen:
                seen.add(each)
                sides[(first + number) % 2].append(each)
                waiting += joined.get(each, ())
    return (*reversed(sides[0]), hub, *sides[1])


def _aside(family: Family) -> frozenset[str]:
    """Those who are tied to the family only as other people: friends, and who may be a risk."""
    kin = {key for each in family.parents for key in (each.parent, each.child)}
    kin |= {key for each in family.couples for key in (each.one, each.other)}
    kin |= {key for tie in family.ties if tie.kind == "kin" for key in (tie.one, tie.other)}
    return frozenset(tie.one for tie in family.ties if tie.kind != "kin" and tie.one not in kin)


def _weights(family: Family, plan: Plan) -> Weights:
    links: list[tuple[str, str, float]] = []
    for number, net in enumerate(plan.nets):
        before = list(net.sources)
        for row in range(plan.rows[net.sources[0]] + 1, max(plan.rows[key] for key in net.targets) + 1):
            here = [key for key in net.targets if plan.rows[key] == row]
            if row in passed(plan, net):
                here.append(passing(number, row))
            links += [(above, key, 1 / len(before)) for above in before for key in here]
            before = [passing(number, row)]
    links += [(bond.one, bond.other, 2.0 if bond.couple else 0.5) for bond in plan.bonds]
    for birth in family.births:
        first, *others = sorted(birth.children)
        links += [(first, other, 3.0) for other in others if plan.rows[first] == plan.rows[other]]
    homes = tuple(tuple(member.person for member in home.members) for home in family.homes)
    return Weights(tuple(links), homes, _aside(family))


def _better(rows: Rows, weights: Weights, best: float) -> float:
    """Try every block of every row at every place of its row and turned round; keep what shortens the lines."""
    for row in rows:
        for block in list(row):
            kept, chosen = list(row), list(row)
            without = [each for each in kept if each != block]
            for place in range(len(without) + 1):
                for turned in dict.fromkeys((block, block[::-1])):
                    row[:] = [*without[:place], turned, *without[place:]]
                    cost = _cost(rows, weights)
                    if cost < best - 1e-9:
                        best, chosen = cost, list(row)
            row[:] = chosen
    return best


def _cost(rows: Rows, weights: Weights) -> float:
    """The length of all lines, and what parts those who live together; who stands aside, is to be on the right."""
    at: dict[str, float] = {}
    row_of: dict[str, int] = {}
    for number, row in enumerate(rows):
        keys = [key for block in row for key in block]
        width = [0.2 if key.startswith("\x00") else 1.0 for key in keys]
        x = -sum(width) / 2
        for key, wide in zip(keys, width, strict=True):
            at[key], row_of[key] = x + wide / 2, number
            x += wide
    cost = sum(weight * abs(at[one] - at[other]) for one, other, weight in weights.links)
    return cost + _parted(at, row_of, weights.homes) - 0.6 * sum(at[key] for key in weights.aside)


def _parted(at: Mapping[str, float], row_of: Mapping[str, int], homes: Iterable[Sequence[str]]) -> float:
    cost = 0.0
    for home in homes:
        spans: dict[int, list[float]] = {}
        for key in home:
            spans.setdefault(row_of[key], []).append(at[key])
        cost += sum(max(span) - min(span) - len(span) + 1 for span in spans.values()) * 1.5
        middles = [sum(span) / len(span) for span in spans.values()]
        cost += (max(middles) - min(middles)) * 0.5
    return cost
