"""What somebody types on a page of one step is kept as it is typed: which pages, who may, and what a draft holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from frontdoor.actors.rules import Permission

KEPT_FOR = timedelta(days=30)
"""How long a draft is good for after the last word; an open one stays on a list for as long as it is open."""

FORM = "contacts.step:"
"""The form of a draft begins so; the name of the step follows."""

MOST_LETTERS = 50_000


@dataclass(frozen=True, slots=True)
class Kind:
    """One page on which more than a line is typed.

    :param words: how lists name it
    :param about: the kind of row that its key names
    :param address: the route of the page, given council and key
    :param asks: what whoever types needs, as the page does
    :param inputs: how many inputs of the page a draft keeps at most
    """

    words: str
    about: str
    address: str
    asks: Permission
    inputs: int = 80


STEPS = {
    "recommend": Kind("Recommendation", "matter", "contacts:recommend", Permission.CONTACT_SCREEN),
    "decide": Kind("Decision", "matter", "contacts:decide", Permission.CONTACT_DECIDE),
    "pattern": Kind("Judgement of a pattern", "matter", "contacts:pattern", Permission.CONTACT_DECIDE),
    "ask": Kind("Question", "contact", "contacts:ask", Permission.CONTACT_SCREEN),
    "sort": Kind("Form of a letter or e-mail", "contact", "contacts:sort", Permission.REFERRER_READ, inputs=1_200),
    "answer": Kind("Answer to a question", "question", "contacts:answer", Permission.CONTACT_TAKE),
    "agreement": Kind("Agreement", "contact", "contacts:agreement", Permission.CONTACT_SCREEN),
    "basis": Kind("Lawful basis", "contact", "contacts:basis", Permission.CONTACT_SCREEN),
    "advise": Kind("Advice", "consultation", "contacts:consultation", Permission.CONTACT_ADVISE),
    "convert": Kind("Contact made of advice", "consultation", "contacts:convert", Permission.CONTACT_TAKE),
    "write-after": Kind("What happened after acting", "protection", "contacts:write-after", Permission.CONTACT_PROTECT),
    "oversee": Kind("Oversight", "protection", "contacts:oversee", Permission.CONTACT_DECIDE),
}


def declare_step(name: str, kind: Kind) -> None:
    """Have what is typed on a page of a room above kept too, once; `queries.drafting.declare_about` says what it is on.

    :raises ValueError: another page is called so
    """
    if STEPS.setdefault(name, kind) != kind:
        raise ValueError(f"two pages are called {name}")


_NOT_TYPED = frozenset({"csrfmiddlewaretoken", "draft_version", "seen", "do", "agree"})


def typed(given: Mapping[str, Iterable[str]], *, inputs: int = 80) -> dict[str, list[str]]:
    """What a draft keeps of a page: every input but those that the page itself brings, without what no database holds.

    The version that was seen is not among them: whoever comes back reads the record as it then is.
    """
    kept = {
        name[:60]: [text[:MOST_LETTERS].replace("\0", "").encode("utf-8", "ignore").decode() for text in texts]
        for name, texts in given.items()
        if name not in _NOT_TYPED
    }
    return dict(list(kept.items())[:inputs])


def empty(kept: Mapping[str, Iterable[str]]) -> bool:
    """Whether nothing was typed at all."""
    return not any(text.strip() for texts in kept.values() for text in texts)
