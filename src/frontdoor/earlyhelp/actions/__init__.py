"""Telling early help: a family comes, agrees, is triaged, offered, taken on, looked at, and ends or goes back."""

from frontdoor.earlyhelp.actions.agreeing import record_agreement
from frontdoor.earlyhelp.actions.ending import close, look, reopen, step_up, stop
from frontdoor.earlyhelp.actions.hub import answer, offer, review, take_back_offer, triage
from frontdoor.earlyhelp.actions.opening import accept, open_accepted, open_from_slip
from frontdoor.earlyhelp.actions.providers import add_provider, end_provider, say_places
from frontdoor.earlyhelp.actions.reaching import note, record_attempt, take
from frontdoor.earlyhelp.actions.signposting import record_uptake, signpost

__all__ = [
    "accept",
    "add_provider",
    "answer",
    "close",
    "end_provider",
    "look",
    "note",
    "offer",
    "open_accepted",
    "open_from_slip",
    "record_agreement",
    "record_attempt",
    "record_uptake",
    "reopen",
    "review",
    "say_places",
    "signpost",
    "step_up",
    "stop",
    "take",
    "take_back_offer",
    "triage",
]
