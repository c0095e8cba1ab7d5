"""Openings that nothing explains, as those who watch over access see them, and whoever they are about."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from frontdoor.people.models import Watched
from frontdoor.people.queries.watching import Asked
from frontdoor.people.rules.watching import State, as_asked
from frontdoor.shell.pages import Cell, Row, link, tag, text
from frontdoor.shell.rules import moment, short_day

WATCHED_COLUMNS = ("Who", "Day", "Why they are asked", "What they said", "Stands")
ASKED_COLUMNS = ("Day", "Why you are asked", "Stands")
_TONES = {State.NEW: "waiting", State.LOOKED: "soon", State.EXPLAINED: "done", State.UPHELD: "danger"}


def watched_rows(found: Iterable[Watched], names: dict[int, str], slug: str, *, at: datetime) -> list[Row]:
    """Every question about others."""
    return [
        Row((
            link(names.get(row.user_id, "Somebody who has left"), reverse("people:watched-one", args=[slug, row.key]),
                 hidden=f", {short_day(row.day)}"),
            text(short_day(row.day)), text("; ".join(row.reasons)), _heard(row, at),
            tag(row.get_state_display(), _TONES[State(row.state)]),
        ))
        for row in found
    ]  # fmt: skip


def _heard(row: Watched, at: datetime) -> Cell:
    if row.said_at is not None:
        return text("Has said why")
    return tag("Has let the time pass", "late") if at > row.until else text("Has not said yet")


def asked_rows(found: Iterable[Watched], slug: str) -> list[Row]:
    """What one is asked oneself."""
    return [
        Row((
            link(short_day(row.day), reverse("people:asked-one", args=[slug, row.key])),
            text("; ".join(as_asked(row.reasons))),
            tag("Waits for you", "waiting") if row.said_at is None and row.answered_at is None
            else tag(row.get_state_display(), _TONES[State(row.state)]),
        ))
        for row in found
    ]  # fmt: skip


def facts(found: Asked, *, own: bool = False) -> list[tuple[str, str]]:
    """One question: whose, when, why, what was said and found.

    :param own: for whoever is asked, who knows whose it is
    """
    row, name = found.row, found.names.get
    whose = ("Why you are asked", as_asked(row.reasons)) if own else ("Why they are asked", row.reasons)
    told = [
        *([] if own else [("Who", name(row.user_id, "Somebody who has left"))]), ("Day", short_day(row.day)),
        (whose[0], "\n".join(whose[1])), ("Records opened", str(len(row.people))),
        ("Asked to say why by", moment(row.until)), ("Stands", row.get_state_display()),
    ]  # fmt: skip
    if row.said_at is not None:
        told.append(("What you said" if own else "What they said", f"{row.words}\n{moment(row.said_at)}"))
    if row.looked_at is not None:
        told.append(("Looked into", f"{moment(row.looked_at)} by {name(row.looked_by or 0, '')}"))
    if row.answered_at is not None:
        told.append(("What was found", f"{row.finding}\n{moment(row.answered_at)} by {name(row.answered_by or 0, '')}"))
    return told
