"""Rows of silent senders and of test messages."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from frontdoor.contacts.models import Silence, Trial
from frontdoor.contacts.rules import silence, trials
from frontdoor.shell.pages import Row, link, since, tag, text, when
from frontdoor.shell.rules import words

OPEN = ["Sender", "Usually by this hour", "Seen", "Since", "Do it"]
ENDED = ["Sender", "Silent since", "What was found", "Why", "By whom"]
STATIONS = ["Number", "Door", "Asked for", "Received", "Kept, with its number", "Worked", "Seen on the list", "State"]


def open_rows(found: Iterable[Silence], slug: str, *, at: datetime) -> list[Row]:
    """Senders that are silent now."""
    return [
        Row(
            (
                text(each.name),
                text(f"{each.usual}, over {each.days} such days"),
                text(str(each.seen)),
                since(each.began_at, at),
                link("Say what you found", reverse("contacts:silence", args=[slug, each.key]), hidden=f": {each.name}"),
            ),
            tone="late",
        )
        for each in found
    ]


def ended_rows(found: Iterable[Silence], names: dict[int, str]) -> list[Row]:
    """Silences that were explained, or ended by themselves."""
    return [
        Row(
            (
                text(each.name),
                when(each.began_at),
                text(dict(silence.FOUND)[each.found]),
                text(each.why),
                text(names.get(each.ended_by or 0, "Nobody: it ended by itself")),
            )
        )
        for each in found
    ]


def about(each: Silence) -> list[tuple[str, str]]:
    """One silence as key and value: the rule and what it compared."""
    return [
        ("Sender", each.name),
        ("Noticed", words.moment(each.began_at)),
        ("Usual", f"{each.usual} by this hour of this weekday: the median of {each.days} such days"),
        ("Seen that day", str(each.seen)),
    ]


def stations(found: Iterable[Trial], *, at: datetime) -> list[Row]:
    """Each test message with the time at which it passed each station; it is marked as a test wherever it stands."""
    return [
        Row(
            (
                text(each.number or "Test", below="Test message" if each.number else ""),
                text(dict(trials.DOORS)[each.door], below=each.asked_by),
                when(each.asked_at),
                when(each.received_at),
                when(each.received_at),
                when(each.worked_at),
                when(each.seen_at),
                tag(*_state(each, at)),
            )
        )
        for each in found
    ]


def _state(each: Trial, at: datetime) -> tuple[str, str]:
    passed = trials.Stations(each.asked_at, each.received_at, each.worked_at, each.seen_at, each.failed_at)
    if passed.arrived:
        return "Arrived", "ok"
    return (each.why or "Has not arrived", "late") if passed.late(at) else ("On its way", "waiting")
