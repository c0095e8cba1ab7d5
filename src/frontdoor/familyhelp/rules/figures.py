"""Counts without names: nothing is shown from which one family could be told."""

from collections.abc import Mapping

LEAST = 5
"""Fewer than so many are not shown (practice of official statistics on children)."""
FEW = "fewer than 5"


def few(count: int) -> bool:
    """Whether a count is too small to be shown; nought says nothing of anybody."""
    return 0 < count < LEAST


def shown(count: int) -> str:
    """A count that stands by itself."""
    return FEW if few(count) else f"{count:,}"


def tells(part: int, whole: int) -> bool:
    """Whether a part of a whole that is shown may be shown too: neither it nor what is left is too small."""
    return not few(whole) and not few(part) and not few(whole - part)


def chain(*counts: int) -> tuple[str, ...]:
    """Counts of which each is a part of the one before, as words: where one is not told, none after it is.

    What is left between two that are shown would be told by taking one from the other.
    """
    words: list[str] = []
    open_still = True
    for place, count in enumerate(counts):
        open_still = open_still and (not few(count) if place == 0 else tells(count, counts[place - 1]))
        words.append(f"{count:,}" if open_still else FEW if place == 0 else "not shown")
    return tuple(words)


def parts(counts: Mapping[str, int]) -> dict[str, str]:
    """The parts of a whole that is shown, as words; of one that is too small the next smallest is hidden with it."""
    small = {name for name, count in counts.items() if few(count)}
    if small and sum(counts[name] for name in small) < LEAST:
        others = sorted((count, name) for name, count in counts.items() if name not in small and count)
        small |= {name for _, name in others[:1]}
    if few(sum(counts.values())):
        small = set(counts)
    return {name: "not shown" if name in small else f"{count:,}" for name, count in counts.items()}


def share(part: int, whole: int) -> str:
    """A part in a hundred, or that it is not told."""
    if not whole:
        return "none"
    return f"{round(100 * part / whole)}%" if tells(part, whole) else "not shown"
