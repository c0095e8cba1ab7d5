"""Telling: every verb by which agencies are kept, asked, heard and chased."""

from frontdoor.mash.actions.asking.agreeing import dispense, say_agreement, set_grounds
from frontdoor.mash.actions.asking.chasing import chase, escalate, tell_joined, tell_stopped
from frontdoor.mash.actions.asking.desks import COLUMNS, change_desk, declare_capacity, keep_desk
from frontdoor.mash.actions.asking.following import Heard, hear, take_by_telephone
from frontdoor.mash.actions.asking.joining import ask_about_joined
from frontdoor.mash.actions.asking.rated import rated, stood_down
from frontdoor.mash.actions.asking.room import InRoom, say_in_room
from frontdoor.mash.actions.asking.sending import send, stop
from frontdoor.mash.actions.asking.siding import set_side

__all__ = [
    "COLUMNS",
    "Heard",
    "InRoom",
    "ask_about_joined",
    "change_desk",
    "chase",
    "declare_capacity",
    "dispense",
    "escalate",
    "hear",
    "keep_desk",
    "rated",
    "say_agreement",
    "say_in_room",
    "send",
    "set_grounds",
    "set_side",
    "stood_down",
    "stop",
    "take_by_telephone",
    "tell_joined",
    "tell_stopped",
]
