"""The way to writing somebody down: only from a search, which the address proves without a name in it."""

from datetime import datetime

from django.urls import reverse

from frontdoor.actors.rules import Actor, NotFound, acting_council
from frontdoor.people.rules.beyond import SEARCHES
from frontdoor.shell.pages import seal, unseal

_NAME = "people.searched"


def new_href(slug: str, *, by: Actor, at: datetime) -> str:
    """The address at which somebody is written down, for whoever has just searched and not found them."""
    return f"{reverse('people:new', args=[slug])}?searched={searched(by=by, at=at)}"


def searched(*, by: Actor, at: datetime) -> str:
    """A sealed word that this person searched in this council; it holds for a day."""
    return seal(_NAME, (acting_council(by), by.user_id, at))


def has_searched(word: str, *, by: Actor) -> bool:
    """Whether such a word is this person's own, of this council."""
    try:
        said = unseal(_NAME, word)
    except NotFound:
        return False
    return said is not None and said[:2] == (acting_council(by), by.user_id)


def search_href() -> str:
    """The page on which people are searched for; empty where none is built."""
    return reverse(SEARCHES[0]) if SEARCHES else ""
