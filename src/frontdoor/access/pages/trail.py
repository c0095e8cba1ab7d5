"""Rows of the trail, as a data protection officer reads them."""

from collections.abc import Iterable, Mapping

from frontdoor.shell.pages import Row, text, when
from frontdoor.trail.models import Entry


def actor_number(actor: str) -> int | None:
    """The account of an actor's name, or None for a system."""
    kind, _, number = actor.partition(":")
    return int(number) if kind == "user" else None


def entry_rows(entries: Iterable[Entry], names: Mapping[int, str]) -> list[Row]:
    """Entries: when, who in which post, what, about what, why, and the values that were kept with it."""
    return [
        Row(
            (
                when(entry.recorded_at),
                text(_who(entry.actor, names), below=entry.post),
                text(entry.action),
                text(entry.subject_kind, below=entry.subject_key),
                text(entry.why, below=_detail(entry.detail)),
            )
        )
        for entry in entries
    ]


def _who(actor: str, names: Mapping[int, str]) -> str:
    number = actor_number(actor)
    return actor if number is None else names.get(number, actor)


def _detail(detail: Mapping[str, object]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in detail.items())
