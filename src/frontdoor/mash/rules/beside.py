"""The word that another council is told of where an enquiry stands, about an incident with children of both."""

from frontdoor.contacts.rules import beside
from frontdoor.mash.rules.states import State

WORDS = {
    State.DECIDED: beside.DECIDED,
    State.CLOSED: beside.CLOSED,
    State.STOOD_DOWN: beside.STOOD_DOWN,
    State.JOINED: beside.JOINED,
}


def word(state: str) -> str:
    """The word for an enquiry; how far it is on its way to a decision is nobody else's."""
    return WORDS.get(State(state), beside.OPEN)
