"""The genogram of a family as it was on a day: every place and path that its component draws."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from frontdoor.shell.pages.cells import Row
from frontdoor.shell.pages.genogram import marks, outlines, places, routes, tables, words
from frontdoor.shell.pages.genogram.levels import levels
from frontdoor.shell.pages.genogram.marks import HALF, Key, Mark
from frontdoor.shell.pages.genogram.nets import Plan, plan
from frontdoor.shell.pages.genogram.order import ordered
from frontdoor.shell.pages.genogram.values import Family, Relative, as_on, known
from frontdoor.shell.rules.words import short_day

LINE = 16
MARGIN = 8


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text, its middle at x, its letters standing on y."""

    x: float
    y: float
    text: str
    kind: str = "name"


@dataclass(frozen=True, slots=True)
class Drawn:
    """One person: the middle of the symbol, its paths, and the words below it."""

    key: str
    x: float
    y: float
    row: int
    said: str
    marks: tuple[Mark, ...]
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Genogram:
    """What the genogram component draws, and the rows of the tables beside it; `family` is what of it held that day."""

    title: str
    said: str
    on: date
    width: int
    height: int
    homes: tuple[Mark, ...]
    lines: tuple[Mark, ...]
    years: tuple[Words, ...]
    people: tuple[Drawn, ...]
    key: tuple[Key, ...]
    people_rows: tuple[Row, ...]
    tie_rows: tuple[Row, ...]
    family: Family

    @property
    def people_head(self) -> tuple[str, ...]:
        """The columns of the table of people."""
        return tables.PEOPLE

    @property
    def tie_head(self) -> tuple[str, ...]:
        """The columns of the table of relationships."""
        return tables.TIES


@dataclass(frozen=True, slots=True)
class Level:
    """Where one row lies: its top, the middle of its symbols, the bottom of its words, its first line across."""

    top: float
    middle: float
    bottom: float
    across: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything that has its place."""

    plan: Plan
    seats: places.Seats
    ways: Sequence[places.Step]
    x: Mapping[str, float]
    peaks: Sequence[routes.Peak]
    channels: Sequence[routes.Channel]
    rows: Sequence[Level]

    def across(self, row: int, line: routes.Across) -> float:
        """How high a line across lies."""
        return self.rows[row].across + routes.TRACK * line.track


def genogram(family: Family, on: date, *, title: str = "The family") -> Genogram:
    """Draw a family as it was on a day; the same family is always drawn the same."""
    held = known(as_on(known(family), on))
    rows = levels(held)
    whole = plan(held, rows)
    colours = outlines.colours(held.homes)
    pad = outlines.INSET * (max(colours, default=-1) + 2)
    seats = places.seated(whole, ordered(held, whole), places.WORDS / 2 + pad)
    ways = places.steps(whole, seats)
    x = places.placed(seats, ways)
    peaks = list(routes.peaks(held.births, whole, x))
    channels = routes.routed(whole, seats, ways, x, peaks)
    said = _words(held, on)
    laid = Layout(whole, seats, ways, x, peaks, channels, _rows(seats, said, channels, peaks, pad))
    lines = [*_bonds(laid), *_nets(laid), *_peaks(laid)]
    return Genogram(
        title=f"{title} as on {short_day(on)}",
        said=_said(held, len(laid.rows)),
        on=on,
        width=round(max((x[key] + seats.extent(key, 1) for key in x), default=0) + 2 * MARGIN),
        height=round((laid.rows[-1].across + routes.TRACK * channels[-1].tracks if laid.rows else 0) + MARGIN),
        homes=tuple(_homes(held, laid, colours)),
        lines=tuple(lines),
        years=tuple(_years(laid)),
        people=tuple(_person(person, laid, said[person.key]) for person in held.people),
        key=marks.key(held, (line.kind for line in lines)),
        people_rows=tables.people(held, on),
        tie_rows=tables.ties(held),
        family=held,
    )


def _words(family: Family, on: date) -> dict[str, tuple[str, ...]]:
    names = words.letters(len(family.homes))
    return {
        person.key: words.lines_of(
            person,
            on,
            [
                name
                for name, home in zip(names, family.homes, strict=True)
                if person.key in {member.person for member in home.members}
            ],
            places.WORDS,
        )
        for person in family.people
    }


def _rows(
    seats: places.Seats,
    said: Mapping[str, Sequence[str]],
    channels: Sequence[routes.Channel],
    peaks: Sequence[routes.Peak],
    pad: float,
) -> list[Level]:
    found, top = [], float(MARGIN)
    for keys, channel in zip(seats.rows, channels, strict=True):
        above = 30 if any(peak.children[0] in keys for peak in peaks) else 10
        middle = top + pad + above + HALF
        bottom = middle + HALF + 4 + LINE * max((len(said.get(key, ())) for key in keys), default=0) + 4 + pad
        found.append(Level(top, middle, bottom, bottom + 10))
        top = bottom + 10 + routes.TRACK * max(channel.tracks, 1) + 8
    return found


def _person(person: Relative, laid: Layout, lines: Sequence[str]) -> Drawn:
    row = laid.plan.rows[person.key]
    x, y = laid.x[person.key] + MARGIN, laid.rows[row].middle
    below = tuple(
        Words(x, y + HALF + LINE * (number + 1), text, "about" if person.about and not number else "name")
        for number, text in enumerate(lines)
    )
    said = ", ".join(filter(None, (person.label or "Name not known", person.restricted or "")))
    return Drawn(person.key, x, y, row, said, marks.symbol(person, x, y), below)


def _stub(laid: Layout, leg: places.Leg) -> float:
    """How high a line leaves the side of somebody: the outer ones above the inner, so that none crosses another."""
    side, rank = laid.seats.legs[leg]
    count = laid.seats.count[leg[2], side]
    return laid.rows[laid.plan.rows[leg[2]]].middle + 3 + 17 * (count - rank) / (count + 1)


def _leg(laid: Layout, leg: places.Leg, to: float) -> str:
    at = laid.x[leg[2]] + MARGIN
    return f"M{at:.1f} {_stub(laid, leg):.1f}H{at + laid.seats.offset(leg):.1f}V{to:.1f}"


def _bonds(laid: Layout) -> Iterator[Mark]:
    for number, bond in enumerate(laid.plan.bonds):
        row = laid.plan.rows[bond.one]
        if number in laid.seats.direct:
            left, right = (laid.x[key] + MARGIN for key in laid.seats.direct[number])
            y = laid.rows[row].middle
            yield Mark(f"M{left:.1f} {y:.1f}H{right:.1f}", bond.kind, bond.said)
            at = (left + right) / 2 - 40
        else:
            bar = laid.channels[row].bars[number]
            y = laid.across(row, bar)
            legs = "".join(_leg(laid, ("bond", number, key), y) for key in (bond.one, bond.other))
            across = f"M{bar.left + MARGIN:.1f} {y:.1f}H{bar.right + MARGIN:.1f}"
            yield Mark(f"{legs}{across}", bond.kind, bond.said)
            at = bar.left + MARGIN + min(14, (bar.right - bar.left) / 2)
        if bond.strokes:
            yield marks.strokes(at, y, bond.strokes)


def _years(laid: Layout) -> Iterator[Words]:
    for number in laid.seats.said:
        left, right = laid.seats.direct[number]
        middle = (laid.x[left] + laid.x[right]) / 2 + MARGIN
        bond = laid.plan.bonds[number]
        yield Words(middle, laid.rows[laid.plan.rows[left]].middle - 7, bond.years, "years")


def _nets(laid: Layout) -> Iterator[Mark]:
    paths: dict[int, str] = {}
    for way in laid.ways:
        paths[way.net] = paths.get(way.net, "") + _down(laid, way)
    for number, d in paths.items():
        net = laid.plan.nets[number]
        yield Mark(d, net.kind, net.said)
        if net.strokes:
            first = next(way for way in laid.ways if way.net == number)
            start = laid.channels[first.row].starts[number] + MARGIN
            yield marks.strokes(start, laid.rows[first.row].bottom - 10, net.strokes, upright=True)


def _down(laid: Layout, way: places.Step) -> str:
    """One step of a net: down to its line across, along it, and down to each of its ends."""
    channel, here, below = laid.channels[way.row], laid.rows[way.row], laid.rows[way.row + 1]
    trunk, start = channel.trunks[way.net], channel.starts[way.net] + MARGIN
    y = laid.across(way.row, trunk)
    net = laid.plan.nets[way.net]
    if way.start[0][0].startswith("\x00"):
        path = f"M{start:.1f} {here.top:.1f}V{y:.1f}"
    elif len(way.start) == 2:
        bar = channel.bars[places.bar_of(laid.plan, net)]
        path = f"M{start:.1f} {laid.across(way.row, bar):.1f}V{y:.1f}"
    elif len(net.sources) == 1:
        path = _leg(laid, ("net", way.net, net.sources[0]), y)
    else:
        path = f"M{start:.1f} {here.middle:.1f}V{y:.1f}"
    if trunk.right - trunk.left >= 0.5:
        path += f"M{trunk.left + MARGIN:.1f} {y:.1f}H{trunk.right + MARGIN:.1f}"
    for key, at in channel.ends[way.net].items():
        to = below.middle
        if key == way.goes_on:
            to = below.top
        elif key.startswith("\x00"):
            to = below.middle - HALF - 28
        path += f"M{at + MARGIN:.1f} {y:.1f}V{to:.1f}"
    return path


def _peaks(laid: Layout) -> Iterator[Mark]:
    for peak in laid.peaks:
        row = laid.plan.rows[peak.children[0]]
        top, to = laid.rows[row].middle - HALF - 28, laid.rows[row].middle - HALF
        at = peak.x
        if peak.net is not None:
            at = laid.channels[row - 1].ends[peak.net][peak.key]
        feet = [laid.x[key] + MARGIN for key in peak.children]
        path = "".join(f"M{at + MARGIN:.1f} {top:.1f}L{foot:.1f} {to:.1f}" for foot in feet)
        if peak.identical:
            half = [(foot + at + MARGIN) / 2 for foot in feet]
            path += f"M{min(half):.1f} {(top + to) / 2:.1f}H{max(half):.1f}"
        kind = laid.plan.nets[peak.net].kind if peak.net is not None else "birth"
        yield Mark(path, kind, "Identical, born together" if peak.identical else "Born together")


def _homes(family: Family, laid: Layout, colours: Sequence[int]) -> Iterator[Mark]:
    names = words.letters(len(family.homes))
    box = {
        key: (
            laid.x[key] + MARGIN - laid.seats.half,
            laid.x[key] + MARGIN + laid.seats.half,
            laid.rows[row].top,
            laid.rows[row].bottom,
        )
        for key, row in laid.plan.rows.items()
    }
    for name, home, colour in zip(names, family.homes, colours, strict=True):
        members = {member.person for member in home.members}
        for piece in outlines.pieces(members, laid.seats.rows, box):
            yield Mark(outlines.boundary(piece, colour), f"home-{colour % 3}", f"Home {name}: {home.label}")


def _said(family: Family, rows: int) -> str:
    def of(count: int, one: str, many: str) -> str:
        return f"{count} {one if count == 1 else many}"

    parts = [
        of(len(family.people), "person", "people"),
        f"in {of(rows, 'generation', 'generations')}",
        f"and {of(len(family.homes), 'home', 'homes')}",
    ]
    return f"{' '.join(parts)}. The tables after the picture say the same in words."
