"""How the lines of a genogram run: down beside the people, across between two rows, never along one another."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from frontdoor.shell.pages.genogram.nets import Plan
from frontdoor.shell.pages.genogram.places import Seats, Step, bar_of, middle
from frontdoor.shell.pages.genogram.values import Together

NEAR = 4.5
REACH = (0.0, 7.0, -7.0, 14.0, -14.0, 3.5, -3.5, 10.5, -10.5, 17.5, -17.5)
"""How far from the middle of a symbol a line may come in from above."""
TRACK = 10
CLEAR = 8


@dataclass(slots=True)
class Across:
    """A line across between two rows: from left to right, on a track counted from above."""

    left: float
    right: float
    track: int = 0


@dataclass(slots=True)
class Channel:
    """What runs between one row and the next.

    :param bars: the bonds that are drawn here, by number
    :param starts: where each net comes down from the row above
    :param trunks: the lines across of each net
    :param ends: where each net goes down to: a person, a place passed, or a birth
    """

    bars: dict[int, Across] = field(default_factory=dict)
    starts: dict[int, float] = field(default_factory=dict)
    trunks: dict[int, Across] = field(default_factory=dict)
    ends: dict[int, dict[str, float]] = field(default_factory=dict)
    tracks: int = 0


@dataclass(frozen=True, slots=True)
class Peak:
    """Children of one birth: the point where their lines meet, and the net that leads there, if one does."""

    children: tuple[str, ...]
    identical: bool
    x: float
    net: int | None

    @property
    def key(self) -> str:
        """The name of this end of a net; no person's key can be this."""
        return f"\x00peak {self.children[0]}"


def peaks(births: Iterable[Together], plan: Plan, x: Mapping[str, float]) -> Iterator[Peak]:
    """Where the lines of children of one birth meet; one net leads to each, that of most of them."""
    for birth in births:
        children = tuple(sorted(birth.children, key=lambda key: (x[key], key)))
        if len({plan.rows[key] for key in children}) > 1:
            continue
        count = [len(birth.children & set(net.targets)) for net in plan.nets]
        whole = [number for number, each in enumerate(count) if each == len(children)]
        yield Peak(children, birth.identical, (x[children[0]] + x[children[-1]]) / 2, whole[0] if whole else None)


def routed(
    plan: Plan, seats: Seats, ways: Sequence[Step], x: dict[str, float], together: Sequence[Peak]
) -> list[Channel]:
    """Give every line its way; `x` is changed where the place of a passing line has to give way."""
    channels = []
    for row in range(len(seats.rows)):
        channel = Channel()
        here = [way for way in ways if way.row == row]
        _bars(channel, plan, seats, x, row)
        taken = _starts(channel, plan, seats, here, x)
        _ends(channel, here, x, taken, together)
        for way in here:
            ends = [channel.starts[way.net], *channel.ends[way.net].values()]
            channel.trunks[way.net] = Across(min(ends), max(ends))
        _tracks(channel)
        channels.append(channel)
    return channels


def _bars(channel: Channel, plan: Plan, seats: Seats, x: Mapping[str, float], row: int) -> None:
    for number, bond in enumerate(plan.bonds):
        if number not in seats.direct and plan.rows[bond.one] == row:
            ends = sorted(x[key] + seats.offset(("bond", number, key)) for key in (bond.one, bond.other))
            channel.bars[number] = Across(ends[0], ends[1])


def _starts(
    channel: Channel, plan: Plan, seats: Seats, here: Sequence[Step], x: Mapping[str, float]
) -> list[tuple[float, int]]:
    """Where nets come down; what hangs on a bar takes a free place of it. Answers all that comes down, with its net."""
    taken = [(end, -1) for bar in channel.bars.values() for end in (bar.left, bar.right)]
    hanging = []
    for way in here:
        if len(way.start) == 2:
            hanging.append(way)
        else:
            channel.starts[way.net] = middle(x, way.start)
            taken.append((channel.starts[way.net], way.net))
    for way in hanging:
        bar = channel.bars[bar_of(plan, plan.nets[way.net])]
        wish = sum(x[key] for key in way.ends) / len(way.ends)
        place = _free_on(bar, wish, [at for at, _ in taken])
        channel.starts[way.net] = place
        taken.append((place, way.net))
    return taken


def _free_on(bar: Across, wish: float, taken: Sequence[float]) -> float:
    low, high = bar.left + 6, bar.right - 6
    if low > high:
        return (bar.left + bar.right) / 2
    wish = min(max(wish, low), high)
    tries = sorted((low + 2 * n for n in range(int((high - low) / 2) + 1)), key=lambda at: abs(at - wish))
    return next((at for at in (wish, *tries) if all(abs(at - other) >= NEAR for other in taken)), wish)


def _ends(
    channel: Channel,
    here: Sequence[Step],
    x: dict[str, float],
    taken: Sequence[tuple[float, int]],
    together: Sequence[Peak],
) -> None:
    """Where nets go down to: not where another comes down, and no two to one place."""
    used: list[float] = []
    for way in here:
        channel.ends[way.net] = {}
        for peak in together:
            if peak.net == way.net and peak.children[0] in way.keys:
                at = _free(peak.x, REACH, way.net, taken, used)
                channel.ends[way.net][peak.key] = at
                used += [at, *(x[key] for key in peak.children)]
    for way in here:
        joined = {key for peak in together if peak.net == way.net for key in peak.children}
        alone = [key for key in way.keys if key not in joined]
        for key in alone:
            straight = channel.starts[way.net] - x[key]
            reach = (straight, *REACH) if len(way.ends) == 1 and abs(straight) <= 17.5 else REACH
            channel.ends[way.net][key] = _free(x[key], reach, way.net, taken, used)
            used.append(channel.ends[way.net][key])
        if way.goes_on:
            x[way.goes_on] = _free(x[way.goes_on], (0.0, 3.5, -3.5, 7.0, -7.0), way.net, taken, used)
            channel.ends[way.net][way.goes_on] = x[way.goes_on]
            used.append(x[way.goes_on])


def _free(
    at: float, reach: Iterable[float], net: int, taken: Sequence[tuple[float, int]], used: Sequence[float]
) -> float:
    foreign = [other for other, owner in taken if owner != net]
    for by in reach:
        if all(abs(at + by - other) >= NEAR for other in foreign) and all(abs(at + by - other) >= 3 for other in used):
            return at + by
    return at


def _tracks(channel: Channel) -> None:
    """Lines across that would lie upon each other take other tracks; those of couples above what hangs on them."""
    first = 0
    for lines in (channel.bars.values(), channel.trunks.values()):
        ends: list[float] = []
        for line in sorted(lines, key=lambda line: (line.left, -line.right)):
            if line.right - line.left < 0.5:
                line.track = first
                continue
            track = next((n for n, end in enumerate(ends) if end + CLEAR < line.left), len(ends))
            ends[track : track + 1] = [line.right]
            line.track = first + track
        first += len(ends)
    channel.tracks = first
