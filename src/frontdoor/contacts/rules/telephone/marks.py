"""Sentences of a story and marks on them: a mark keeps its place while the story is written on around it."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from frontdoor.contacts.rules.states import STATEMENT_KINDS

KINDS = dict(STATEMENT_KINDS)
"""What a sentence may be marked as, with its words."""

MOST_MARKS = 200


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked piece of a story.

    :param number: of this story, never given twice; what fields and links name it by
    :param starts, ends: places in the story, counted in characters, `ends` not included
    :param words: that piece, verbatim
    """

    number: int
    kind: str
    starts: int
    ends: int
    words: str

    @property
    def label(self) -> str:
        """What it is marked as, in words."""
        return KINDS[self.kind]


@dataclass(frozen=True, slots=True)
class _Edit:
    """One change of a text: what stood from `starts` to `ended` stands now from `starts` to `now`."""

    starts: int
    ended: int
    now: int

    @property
    def shift(self) -> int:
        return self.now - self.ended


def moved(marks: Iterable[Mark], before: str, after: str) -> tuple[Mark, ...]:
    """The marks of a story that has been written on: each at the place where its words now stand.

    Words before a mark move it, words inside it belong to it. A mark of which less than half is left is none any more.
    Of several changes at once a mark between them is found again by its own words.
    """
    if before == after:
        return tuple(marks)
    edit = _edit(before, after)
    return tuple(kept for mark in marks if (kept := _moved(mark, edit, after)) is not None)


def _edit(before: str, after: str) -> _Edit:
    shorter = min(len(before), len(after))
    starts = _alike(shorter, lambda length: before[:length] == after[:length])
    most = shorter - starts
    tail = _alike(most, lambda length: before[len(before) - length :] == after[len(after) - length :])
    return _Edit(starts, len(before) - tail, len(after) - tail)


def _alike(most: int, same: Any) -> int:
    """The greatest length up to `most` for which two texts are the same."""
    return bisect_left(range(1, most + 1), True, key=lambda length: not same(length))


def _moved(mark: Mark, edit: _Edit, after: str) -> Mark | None:
    if mark.ends <= edit.starts:
        return mark
    if mark.starts >= edit.ended:
        return replace(mark, starts=mark.starts + edit.shift, ends=mark.ends + edit.shift)
    window = (min(mark.starts, edit.starts), max(mark.ends + edit.shift, edit.now))
    if (found := _nearest(after, mark.words, mark.starts, window)) is not None:
        return replace(mark, starts=found, ends=found + len(mark.words))
    left = max(edit.starts - mark.starts, 0) + max(mark.ends - edit.ended, 0)
    if left * 2 < len(mark.words):
        return None
    starts = mark.starts if mark.starts <= edit.starts else edit.now
    ends = mark.ends + edit.shift if mark.ends >= edit.ended else edit.starts
    return _trimmed(mark, starts, ends, after)


def _trimmed(mark: Mark, starts: int, ends: int, story: str) -> Mark | None:
    words = story[starts:ends]
    left = len(words) - len(words.lstrip())
    words = words.strip()
    return replace(mark, starts=starts + left, ends=starts + left + len(words), words=words) if words else None


def _nearest(story: str, words: str, place: int, window: tuple[int, int]) -> int | None:
    """Where words stand within a window of the story, nearest to a place."""
    found, at = [], story.find(words, window[0], window[1])
    while at >= 0 and words:
        found.append(at)
        at = story.find(words, at + 1, window[1])
    return min(found, key=lambda start: abs(start - place), default=None)


_END = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’)\]]*(?=\s|$)|\n+")
_NO_END = re.compile(r"(?:^|\W)(?:mr|mrs|ms|miss|dr|st|prof|sgt|pc|no|approx|e\.g|i\.e)\.$", re.IGNORECASE)


def sentences(story: str) -> list[tuple[int, int]]:
    """Where each sentence of a story starts and ends, without the space around it."""
    return list(_sentences(story))


def _sentences(story: str) -> Iterator[tuple[int, int]]:
    starts = 0
    for end in _END.finditer(story):
        if _NO_END.search(story, max(starts, end.end() - 8), end.end()):
            continue
        if (found := _stripped(story, starts, end.end())) is not None:
            yield found
        starts = end.end()
    if (found := _stripped(story, starts, len(story))) is not None:
        yield found


def _stripped(story: str, starts: int, ends: int) -> tuple[int, int] | None:
    words = story[starts:ends]
    if not words.strip():
        return None
    return starts + len(words) - len(words.lstrip()), starts + len(words.rstrip())


def sentence_at(story: str, place: int) -> tuple[int, int] | None:
    """The sentence in which a caret stands; after the last word of one, that one. None where nothing was written."""
    found = None
    for starts, ends in _sentences(story):
        if starts > place:
            return found or (starts, ends)
        found = (starts, ends)
        if place <= ends:
            return found
    return found


def chosen(story: str, starts: int, ends: int, words: str = "") -> tuple[int, int] | None:
    """What somebody means who marks: the selection, or the sentence at the caret.

    :param words: the selected words, so that a selection is found again where the browser counted otherwise
    """
    if not words.strip():
        return sentence_at(story, max(0, min(starts, len(story))))
    if story[starts:ends] == words:
        return _stripped(story, starts, ends)
    found = _nearest(story, words.strip(), starts, (0, len(story)))
    return None if found is None else (found, found + len(words.strip()))


def marked(
    marks: Sequence[Mark], story: str, kind: str, place: tuple[int, int], *, last: int = 0
) -> tuple[tuple[Mark, ...], Mark]:
    """The marks with one more; the same piece marked the same again is the one that stands.

    :param last: the last number that was given in this story, also to a mark that was taken off since
    :raises KeyError: no such kind
    :returns: all marks in the order of the story, and the new one
    """
    KINDS[kind]
    starts, ends = place
    for mark in marks:
        if (mark.kind, mark.starts, mark.ends) == (kind, starts, ends):
            return tuple(marks), mark
    new = Mark(max((last, *(mark.number for mark in marks))) + 1, kind, starts, ends, story[starts:ends])
    return tuple(sorted((*marks, new), key=lambda mark: (mark.starts, mark.number))), new


def settled(given: Iterable[Mapping[str, Any]], story: str) -> tuple[Mark, ...]:
    """Marks that came with a story from elsewhere, checked: each stands where its words stand, others are left out."""
    found: dict[int, Mark] = {}
    for row in list(given)[:MOST_MARKS]:
        mark = _read(row)
        if mark is None or mark.number in found:
            continue
        if story[mark.starts : mark.ends] != mark.words:
            at = _nearest(story, mark.words, mark.starts, (0, len(story)))
            if at is None:
                continue
            mark = replace(mark, starts=at, ends=at + len(mark.words))
        found[mark.number] = mark
    return tuple(sorted(found.values(), key=lambda mark: (mark.starts, mark.number)))


def _read(row: Mapping[str, Any]) -> Mark | None:
    try:
        mark = Mark(int(row["number"]), str(row["kind"]), int(row["starts"]), int(row["ends"]), str(row["words"]))
    except (KeyError, TypeError, ValueError):
        return None
    return mark if mark.kind in KINDS and mark.words.strip() and 0 < mark.number < 10_000 else None


def plain(marks: Iterable[Mark]) -> list[dict[str, Any]]:
    """Marks as JSON."""
    return [asdict(mark) for mark in marks]


def read(rows: Iterable[Mapping[str, Any]]) -> tuple[Mark, ...]:
    """Marks of a draft that this service wrote."""
    return tuple(Mark(**row) for row in rows)
