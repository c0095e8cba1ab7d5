"""Which passages of a text tell what may not be told, and why: shown to the author, who sees the text already."""

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from frontdoor.letters.rules import reading
from frontdoor.letters.rules.hidden import NEARBY, Form, Kept, Kind, address_forms, forms, outward, postcodes, reason
from frontdoor.letters.rules.reading import Window, Word
from frontdoor.people.rules.names import sound

SEALED = "somebody whose address is protected"


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage that may not stand in a text.

    :param why: one plain sentence; it names nobody
    """

    starts: int
    ends: int
    kind: Kind
    form: Form
    why: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """Digests of the forms of sealed addresses under one key of a council's own.

    :param near: those of people in the matter, of whom a street or a district says enough
    """

    key: bytes = field(repr=False)
    marks: frozenset[str]
    near: frozenset[str] = frozenset()


def digest(key: bytes, together: str) -> str:
    """Words run together as they are kept of a sealed address: nothing can be read from it without the key."""
    return hmac.digest(key, together.encode(), hashlib.sha256).hex()[:32]


def address_marks(address: str, key: bytes) -> list[str]:
    """The keyed digests under which an address is recognised in a text: of its postcode, its line, parts of them."""
    return sorted({f"{form}:{digest(key, together)}" for form, together in address_forms(address)})


def passages(text: str, kept: Iterable[Kept] = (), sealed: Iterable[Sealed] = ()) -> tuple[Passage, ...]:
    """Every passage of a text that tells one of these things; of overlapping ones the longest. Linear in the text."""
    search = _Search(text, list(kept), [each for each in sealed if each.marks])
    if not (search.clear or search.sealed):
        return ()
    return _longest([each for row, places in reading.rows(text) for each in search.row(row, places)])


class _Search:
    """One text and what may not stand in it."""

    def __init__(self, text: str, kept: list[Kept], sealed: list[Sealed]) -> None:
        self.text, self.sealed = text, sealed
        self.clear = {(form, together): each for each in kept for form, together in forms(each)}
        self.lengths: dict[Form, set[int]] = {}
        for form, together in self.clear:
            self.lengths.setdefault(form, set()).add(len(together))
        self.read: dict[str, list[str]] = {}
        self.any_near = any(each.near for each in sealed)

    def row(self, row: list[Word], places: range) -> Iterator[Passage]:
        """What is found in one reading."""
        for window in reading.windows(row, places):
            for form, together in self._forms(row, window):
                yield from self._told(form, together, row, window)
        if self.lengths.keys() & {Form.WHOLE, Form.PART}:
            for run in reading.digit_runs(row, places):
                yield from self._numbers(row, run)

    def _numbers(self, row: list[Word], run: Window) -> Iterator[Passage]:
        for form, length in ((Form.WHOLE, 10), (Form.PART, 6)):
            for start in range(len(run.plain) - length + 1):
                yield from self._told(form, run.plain[start : start + length], row, run)

    def _forms(self, row: list[Word], window: Window) -> Iterator[tuple[Form, str]]:
        """What may be a form of something in these words."""
        together = window.plain
        yield from ((Form.POSTCODE, code) for code in postcodes(together))
        if len(together) <= 5:
            if outward(together) and not _inward_follows(row, window):
                yield Form.OUTWARD, together
            if together[-1].isdigit() and outward(together[:-1]) and not _letters_follow(row, window.after):
                yield Form.SECTOR, together
        if not 3 <= len(together) <= 60:
            return
        letters = together.isalpha()
        if self.sealed and len(together) > 4:
            yield from _of_addresses(row, window, letters=letters, near=self.any_near)
        if self.clear:
            yield from self._of_the_rest(row, window, letters=letters)

    def _of_the_rest(self, row: list[Word], window: Window, *, letters: bool) -> Iterator[tuple[Form, str]]:
        together, alone = window.plain, window.after - window.first == 1
        yield Form.WHOLE, together
        if not letters:
            return
        yield Form.SHORT, together
        if alone:
            yield Form.PART, together
            if len(together) in self.lengths.get(Form.INITIALS, ()):
                yield Form.INITIALS, together
            if len(together) in self.lengths.get(Form.GIVEN, ()) and self.text[row[window.first].starts].isupper():
                yield Form.GIVEN, together
        if window.after - window.first == 2 and Form.SOUND in self.lengths:
            one, other = sound(row[window.first].plain), sound(row[window.first + 1].plain)
            yield Form.SOUND, f"{one}|{other}"
            yield Form.SOUND, f"{other}|{one}"
        near = self.lengths.get(Form.NEAR, ())
        if len(together) in near or len(together) - 1 in near:
            yield from ((Form.NEAR, each) for each in reading.with_one_missing(together))

    def _told(self, form: Form, together: str, row: list[Word], window: Window) -> Iterator[Passage]:
        starts, ends = row[window.first].starts, row[window.after - 1].ends
        if kept := self.clear.get((form, together)):
            yield Passage(starts, ends, kept.kind, form, reason(kept.kind, form, kept.whose))
        if form not in _SEALED_FORMS or (form is Form.NEAR and not together[0].isdigit()):
            return
        if (read := self.read.get(together)) is None:
            read = self.read[together] = [digest(each.key, together) for each in self.sealed]
        for each, kept_as in zip(self.sealed, read, strict=True):
            if f"{form}:{kept_as}" in (each.near if form in NEARBY else each.marks):
                yield Passage(starts, ends, Kind.ADDRESS, form, reason(Kind.ADDRESS, form, SEALED))


_SEALED_FORMS = frozenset({Form.POSTCODE, Form.SECTOR, Form.OUTWARD, Form.LINE, Form.STREET, Form.NEAR})


def _of_addresses(row: list[Word], window: Window, *, letters: bool, near: bool) -> Iterator[tuple[Form, str]]:
    together, first = window.plain, row[window.first].plain
    yield Form.LINE, together
    if letters and near:
        yield Form.STREET, together
    street = together[len(first) :]
    if first.isdigit() and street.isalpha() and 6 < len(street) < 30:
        yield from ((Form.NEAR, first + each) for each in reading.with_one_missing(street))


def _inward_follows(row: list[Word], window: Window) -> bool:
    """Whether half a postcode is followed by its other half: then it is read whole."""
    place = window.after
    if _letters_follow(row, place):
        return True
    return (
        place < len(row)
        and len(row[place].plain) == 1
        and row[place].plain.isdigit()
        and _letters_follow(row, place + 1)
    )


def _letters_follow(row: list[Word], place: int) -> bool:
    """Whether two letters follow at once, without a space: the end of a postcode."""
    return 0 < place < len(row) and row[place].starts <= row[place - 1].ends and len(row[place].plain) == 2


_NEARNESS = {form: place for place, form in enumerate((Form.NEAR, Form.SOUND, Form.PART, Form.SHORT, Form.STREET))}


def _longest(found: list[Passage]) -> tuple[Passage, ...]:
    """Of passages that overlap the longest, and of equal ones the surest; in the order of the text."""
    kept: list[Passage] = []
    reached = -1
    ordered = sorted(found, key=lambda each: (each.starts, -each.ends, -_NEARNESS.get(each.form, len(_NEARNESS))))
    for each in ordered:
        if each.starts >= reached:
            kept.append(each)
            reached = each.ends
        elif each.ends > reached and each.ends - each.starts > kept[-1].ends - kept[-1].starts:
            kept[-1] = each
            reached = each.ends
    return tuple(kept)


def whole(text: str) -> tuple[Passage, ...]:
    """That a protected address stands somewhere in a text, where it is not known in which words."""
    return (Passage(0, len(text), Kind.ADDRESS, Form.LINE, reason(Kind.ADDRESS, Form.LINE, SEALED)),)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text as a page shows it; `why` is empty where nothing speaks against it."""

    text: str
    why: str = ""


def pieces(text: str, found: Iterable[Passage]) -> tuple[Piece, ...]:
    """A text cut where a passage begins and ends, for a page that marks them."""
    made, place = [], 0
    for each in found:
        made += [Piece(text[place : each.starts]), Piece(text[each.starts : each.ends], each.why)]
        place = each.ends
    return tuple(piece for piece in (*made, Piece(text[place:])) if piece.text)


KEPT_BACK = "[kept back]"


def without(text: str, found: Iterable[Passage]) -> str:
    """The text with every passage taken out, for a copy that nobody released."""
    return "".join(KEPT_BACK if piece.why else piece.text for piece in pieces(text, found))


def mark(found: Iterable[Passage], text: str) -> str:
    """What a release covers: these words with these passages; empty where there are none."""
    spans = [f"{each.starts}-{each.ends}-{each.form}" for each in found]
    return sha256("\x1f".join((text, *spans)).encode()).hexdigest() if spans else ""
