"""Keeping the clocks: starting, stopping, pausing, explaining, and the sweep that turns passed times into events."""

from frontdoor.clocks.actions.keeping import (
    explain,
    explain_stopped,
    pause,
    reassign,
    relabel,
    resume,
    start,
    start_each,
    start_until,
    stop,
)
from frontdoor.clocks.actions.noticing import Held, announce, see, take_to_message, tell
from frontdoor.clocks.actions.sweeping import Listener, Notice, Swept, listen, listen_to_sweeps, recompute, sweep

__all__ = [
    "Held",
    "Listener",
    "Notice",
    "Swept",
    "announce",
    "explain",
    "explain_stopped",
    "listen",
    "listen_to_sweeps",
    "pause",
    "reassign",
    "recompute",
    "relabel",
    "resume",
    "see",
    "start",
    "start_each",
    "start_until",
    "stop",
    "sweep",
    "take_to_message",
    "tell",
]
