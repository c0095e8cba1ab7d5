"""The words of what reaches us in writing, and what a council decides about it."""

from enum import StrEnum

from frontdoor.actors.rules import Permission, StepNotAllowed
from frontdoor.contacts.rules.telephone.ways import Way
from frontdoor.files.rules import MOST_BYTES, holds_files

LARGEST = MOST_BYTES
"""Bytes of a message that are kept here: the largest file. A larger one stays in a folder of the mailbox."""

ORIGINALS = holds_files("contacts.correspondence", read=Permission.REFERRER_READ, keep=Permission.CONTACT_TAKE)
"""To whom the paper itself belongs: it names whoever wrote it, so it is opened as their compartment is."""


class Door(StrEnum):
    """By which door it came; the same codes as a contact's channel."""

    EMAIL = "email"
    LETTER = "letter"
    OTHER_AUTHORITY = "other_authority"


DOORS = [
    (Door.EMAIL.value, "E-mail"),
    (Door.LETTER.value, "Letter"),
    (Door.OTHER_AUTHORITY.value, "Another council"),
]
DOORS_OF_MAIL = frozenset({Door.EMAIL.value})


class State(StrEnum):
    """Whether somebody has put it into the form."""

    WAITING = "waiting"
    SORTED = "sorted"
    NOTHING = "nothing"


class Step(StrEnum):
    """What happens to it."""

    SORT = "sort"
    NOTHING = "nothing"
    REOPEN = "reopen"


STEPS: dict[Step, tuple[tuple[State, ...], State]] = {
    Step.SORT: ((State.WAITING,), State.SORTED),
    Step.NOTHING: ((State.WAITING,), State.NOTHING),
    Step.REOPEN: ((State.SORTED, State.NOTHING), State.WAITING),
}
"""From which states each step leads, and where to."""


def after(state: str, step: Step) -> State:
    """The state that a step leads to.

    :raises StepNotAllowed: the step does not lead on from there
    """
    starts, end = STEPS[step]
    if state not in starts:
        raise StepNotAllowed(
            "It waits to be put into the form." if step is Step.REOPEN else f"{_WORDS[state]} already."
        )
    return end


STATES = [
    (State.WAITING.value, "Waits to be put into the form"),
    (State.SORTED.value, "Put into the form"),
    (State.NOTHING.value, "Nothing about a child"),
]
_WORDS = dict(STATES)


class About(StrEnum):
    """Whether it says more about a contact that stands, and who says so."""

    NONE = ""
    PROPOSED = "proposed"
    CERTAIN = "certain"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


ABOUT = [
    (About.NONE.value, "Names no number of ours"),
    (About.PROPOSED.value, "May say more about another contact"),
    (About.CERTAIN.value, "Says more about another contact: same sender, its number in the subject"),
    (About.CONFIRMED.value, "Says more about another contact"),
    (About.REFUSED.value, "Is about something else"),
]


class Machine(StrEnum):
    """What a machine wrote: never answered, and shown as what it is."""

    NONE = ""
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    LOOP = "loop"
    AUTOMATIC = "automatic"
    LIST = "list"


MACHINE_WORDS = [
    (Machine.NONE.value, ""),
    (Machine.AUTO_REPLY.value, "An automatic reply"),
    (Machine.BOUNCE.value, "A notice that an e-mail could not be delivered"),
    (Machine.LOOP.value, "Our own e-mail, come back"),
    (Machine.AUTOMATIC.value, "Written by a computer"),
    (Machine.LIST.value, "Sent to a mailing list"),
]

TOO_LARGE_WORDS = "It is larger than 25 MB, so only its beginning is here. The whole stands in the mailbox."

KEEPS = [
    ("unknown", "They have not said"),
    ("yes", "Yes: they stay responsible, in writing"),
    ("no", "No: they ask us to take over"),
]
"""Whether the other council has said in writing that it stays responsible (domain 11.5)."""

WAYS = {
    way.code: way
    for way in (
        Way("contact", "request_for_service", "Take in as a worry", "Taken in as a worry"),
        Way("information", "request_for_information", "They ask for information", "Request for information"),
    )
}
"""What is made of it; the third way, that nothing in it is about a child, closes it."""
