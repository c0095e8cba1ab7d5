"""Values of the smaller components: actions, events, figures, links, the versions of a conflict."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Action:
    """A button of an action bar: its words, the key that presses it, and what it sends.

    :param key: one key ("y") pressed while no field has the focus, or a combination ("alt+s") at any time
    :param href: where it leads, when it sends nothing
    :param post: the address to which it sends the form around it, where that is not the form's own
    :param style: ``primary``, ``secondary`` or ``warning``
    """

    text: str
    key: str = ""
    name: str = ""
    value: str = ""
    href: str = ""
    post: str = ""
    style: str = "secondary"


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a timeline."""

    title: str
    at: datetime
    by: str = ""
    text: str = ""
    href: str = ""
    link: str = ""
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the day with its words; `tone` as of a tag, never shown by colour alone (`note` says it)."""

    number: str
    label: str
    note: str = ""
    href: str = ""
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class Sheets:
    """The pages of a file as pictures.

    :param pages: of each the address of its picture, and words for whoever does not see it
    :param note: what else to know of it; empty where there is nothing
    """

    name: str
    pages: tuple[tuple[str, str], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Glance:
    """One card of what must be seen at once: a heading and a few facts; a fact without a name is a sentence.

    :param quote: somebody's own words, and `who` said them
    """

    heading: str
    facts: tuple[tuple[str, str], ...]
    tone: str = "plain"
    quote: str = ""
    who: str = ""
    href: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its words."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a story; `mark` says as what it was marked, if it was; `id` lets links lead to it."""

    text: str
    mark: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One field of a conflict: what stands now, and what was typed."""

    label: str
    now: str
    typed: str

    @property
    def differs(self) -> bool:
        """Whether the two texts are not the same."""
        return self.now != self.typed
