"""The dashed boundaries of a genogram: round those who live together, and round nobody else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from frontdoor.shell.pages.genogram.values import Home

INSET = 4


@dataclass(frozen=True, slots=True)
class Span:
    """Some neighbours of one row who live together: from left to right, and the top and bottom of their row."""

    row: int
    left: float
    right: float
    top: float
    bottom: float


def colours(homes: Sequence[Home]) -> list[int]:
    """A number for each home so that two which share somebody have different ones: how far its boundary is drawn in."""
    found: list[int] = []
    for number, home in enumerate(homes):
        here = {member.person for member in home.members}
        taken = {found[other] for other in range(number) if here & {member.person for member in homes[other].members}}
        found.append(next(n for n in range(len(homes) + 1) if n not in taken))
    return found


def pieces(
    members: set[str], rows: Sequence[Sequence[str]], box: Mapping[str, tuple[float, float, float, float]]
) -> Iterator[list[Span]]:
    """The parts of a home that one boundary can hold without holding anybody else.

    :param box: of each person left, right, top and bottom
    """
    open_: list[list[Span]] = []
    for number, row in enumerate(rows):
        going, spans = [], list(_spans(members, number, row, box))
        for piece in open_:
            below = next((span for span in spans if _over(piece[-1], span)), None)
            if below is None:
                yield piece
            else:
                spans.remove(below)
                going.append([*piece, below])
        open_ = [*going, *([span] for span in spans)]
    yield from open_


def _over(upper: Span, lower: Span) -> bool:
    return min(upper.right, lower.right) - max(upper.left, lower.left) > 3 * INSET


def _spans(
    members: set[str], number: int, row: Sequence[str], box: Mapping[str, tuple[float, float, float, float]]
) -> Iterator[Span]:
    here: list[str] = []
    for key in [*(key for key in row if key in box), None]:
        if key in members and key is not None:
            here.append(key)
        elif here:
            first, last = box[here[0]], box[here[-1]]
            yield Span(number, first[0], last[1], first[2], first[3])
            here = []


def boundary(piece: Sequence[Span], colour: int) -> str:
    """The path of a boundary, drawn in from the edge by its colour."""
    by = INSET * colour + 1
    spans = [(each.left + by, each.right - by, each.top + by, each.bottom - by) for each in piece]
    points = [(spans[0][0], spans[0][2]), (spans[0][1], spans[0][2])]
    for upper, lower in pairwise(spans):
        points += [(upper[1], upper[3]), (lower[1], upper[3])]
    points += [(spans[-1][1], spans[-1][3]), (spans[-1][0], spans[-1][3])]
    for lower, upper in pairwise(spans[::-1]):
        points += [(lower[0], upper[3]), (upper[0], upper[3])]
    first, *others = [f"{x:.1f} {y:.1f}" for x, y in points]
    return f"M{first}L{' '.join(others)}z"
