"""The frame around every page: council, notices, navigation, who is signed in, whom to ring.

``config`` collects it for each request and gives it to templates as ``frame``; where nothing is known (an error page
before sign-in) the empty frame stands, which needs no query.
"""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a navigation, a menu or a list of links.

    :param key: the single key that follows the link, shown beside it; empty for none
    """

    text: str
    href: str
    current: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A banner on every page: invented data, a silent sweep, a sealing that failed.

    :param kind: ``information``, ``success``, ``warning`` or ``error``
    :param label: the short word of a phase banner ("Demonstration"); with one the notice is drawn as a phase banner
    """

    text: str
    kind: str = "information"
    label: str = ""
    href: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Telephone:
    """A number to ring: what it reaches, the number, and when it is answered."""

    name: str
    number: str
    hours: str = ""


@dataclass(frozen=True, slots=True)
class SpeakTo:
    """How to speak to a qualified social worker: numbers, and the page that takes a call-back."""

    telephones: tuple[Telephone, ...]
    callback_href: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in, and in which post; `post_href` leads to the choice of another post."""

    name: str
    post: str = ""
    account_href: str = ""
    post_href: str = ""
    sign_out_href: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """The council whose pages are offered, those pages, and the way to the other councils that the reader reaches.

    :param others: one entry for each other council; leads to the same page there where there is one
    :param more: what is folded away, under its headings
    """

    name: str
    pages: tuple[Item, ...]
    others: tuple[Item, ...] = ()
    more: tuple[tuple[str, tuple[Item, ...]], ...] = ()

    @property
    def folded_here(self) -> bool:
        """Whether the page that is open is one of those folded away."""
        return any(item.current for _, items in self.more for item in items)


@dataclass(frozen=True, slots=True)
class Session:
    """When an idle session ends, and the address that keeps it alive when asked."""

    seconds: int
    stay_href: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How the reader of a public page wants it: in easy words, in large print; `offered` where both can be had."""

    easy: bool = False
    large: bool = False
    offered: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything that the base layout prints around a page.

    :param council: the council's name; empty before one is known
    :param slug: the council's slug, which chooses its brand colour in ``brands.css``
    :param account: what stands among the pages of an account, beside password and second factor
    :param exit_href: where "Exit this page" goes; the journey layout prints it
    :param at: the request's instant, from which the browser reckons ages and clocks
    """

    council: str = ""
    slug: str = ""
    service: str = "Children's services front door"
    home: str = "/"
    navigation: tuple[Item, ...] = ()
    place: Place | None = None
    notices: tuple[Notice, ...] = ()
    person: Person | None = None
    session: Session | None = None
    speak_to: SpeakTo | None = None
    footer: tuple[Item, ...] = ()
    account: tuple[Item, ...] = ()
    exit_href: str = "/leave/"
    at: datetime | None = None
    reading: Reading = field(default_factory=Reading)
    messages: tuple[Notice, ...] = field(default=())
