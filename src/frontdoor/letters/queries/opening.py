"""Opening one letter, and the way to the person told: each is an entry in the trail."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.letters import rules
from frontdoor.letters.models import Letter
from frontdoor.letters.queries.guarding import look, recipient
from frontdoor.letters.queries.lists import Shown, show
from frontdoor.letters.queries.protecting import passages_in
from frontdoor.letters.queries.words import in_words
from frontdoor.letters.rules import Found, House, Medium, Words
from frontdoor.letters.rules.passages import Piece, pieces
from frontdoor.trail import actions as trail


@dataclass(frozen=True, slots=True)
class Opened:
    """One letter with its words as they stand, and the names of those who did something to it.

    :param marked: the parts of the words in which something stands that is kept from others, cut where it does
    """

    letter: Shown
    words: Words
    names: dict[int, str]
    marked: tuple[tuple[Piece, ...], ...] = ()


def _find(key: UUID | str, *, by: Actor) -> Letter:
    found = within(by, Letter.objects.filter(key=key)).first()
    if found is None:
        raise NotFound
    return found


def open_letter(key: UUID | str, *, why: str = "", by: Actor, at: datetime) -> Opened:
    """One letter, without the person told.

    :raises NotFound: the council has none with that key
    :raises NotPermitted: `by` may not read letters
    """
    require(by, Permission.LETTER_READ, authority=acting_council(by))
    letter = _find(key, by=by)
    shown = show(letter, by)
    words = in_words(letter, by=by, at=at).words
    opened = Opened(shown, words, names(shown.people, by=by), tuple(_marked(letter, shown, words, by=by, at=at)))
    trail.record("letters.open_letter", subject=letter, by=by, at=at, why=why)
    return opened


def _marked(letter: Letter, shown: Shown, words: Words, *, by: Actor, at: datetime) -> Iterator[tuple[Piece, ...]]:
    if Found.PROTECTED_IN_WORDS not in shown.findings:
        return
    try:
        person = recipient(letter, by=by, at=at)
    except NotFound:
        return
    kept, near = person.keeps() if person.keeps else ((), ())
    for text in (words.subject, *(block.text for block in words.blocks)):
        if found := passages_in(text, kept=kept, near={*near, *person.rows}, by=by):
            yield pieces(text, found)


@dataclass(frozen=True, slots=True)
class Way:
    """How to reach the person told, for whoever rings or writes by hand: shown, recorded, never kept.

    :param warnings: what to read first
    :param script: what may be said on the telephone, and what may not
    """

    name: str = field(repr=False)
    phone: str = field(repr=False)
    email: str = field(repr=False)
    address: str = field(repr=False)
    route_note: str = field(repr=False)
    notes: tuple[str, ...] = field(repr=False)
    warnings: tuple[str, ...]
    script: Words


def _script(letter: Letter, house: House) -> Words:
    text = rules.wording(rules.Kind(letter.kind), rules.Audience(letter.audience), Medium.SPOKEN)
    return text.say(rules.facts_of(letter.facts), house)


def open_way(key: UUID | str, *, why: str, by: Actor, at: datetime) -> Way:
    """How somebody can be reached, for whoever rings or writes: an opening of the compartment.

    :raises NotFound: the council has no such letter, or the compartment no such row
    :raises NotPermitted: `by` may not see who told us
    """
    require(by, Permission.REFERRER_READ, authority=acting_council(by))
    letter = _find(key, by=by)
    seen = look(letter, by=by, at=at)
    if (found := seen.recipient) is None:
        raise NotFound
    way = Way(
        name=found.name,
        phone=found.phone,
        email=found.email,
        address=found.address,
        route_note=found.route_note,
        notes=found.notes,
        warnings=tuple(each.why for each in seen.standing(letter)),
        script=_script(letter, seen.house),
    )
    trail.record("letters.open_way", subject=letter, by=by, at=at, why=why)
    return way
