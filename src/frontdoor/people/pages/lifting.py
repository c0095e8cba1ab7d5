"""Wishes to lift the seal of an address, as tables and facts in words; never the address."""

from datetime import datetime

from django.urls import reverse

from frontdoor.actors.rules import Actor, Permission
from frontdoor.people.models import Lifting
from frontdoor.people.queries.lifting import Liftings
from frontdoor.people.rules.lifting import State
from frontdoor.shell.pages import Row, link, since, tag, text, when
from frontdoor.shell.rules import moment

WAITING_COLUMNS = ("Whose address", "Sort", "Asked by", "Why it is safe now", "Waits")
ANSWERED_COLUMNS = ("Whose address", "Answer", "Answered by", "When")
_TONES = {State.LIFTED: "done", State.REFUSED: "waiting", State.DROPPED: "waiting"}


def _open(row: Lifting, slug: str) -> str:
    return reverse("people:lifting", args=[slug, row.key])


def _whose(row: Lifting) -> str:
    return row.residence.person.label or "Name not known"


def waiting_rows(found: Liftings, slug: str, *, at: datetime) -> list[Row]:
    """What waits for a manager, the oldest first."""
    return [
        Row((
            link(_whose(row), _open(row, slug), hidden=f", since {moment(row.asked_at)}"),
            text(row.residence.get_kind_display()), text(found.names.get(row.asked_by, "")), text(row.why),
            since(row.asked_at, at),
        ))
        for row in found.waiting
    ]  # fmt: skip


def answered_rows(found: Liftings, slug: str) -> list[Row]:
    """What was answered or taken back, the last first."""
    return [
        Row((
            link(_whose(row), _open(row, slug), hidden=f", of {moment(row.asked_at)}"),
            tag(row.get_state_display(), _TONES[State(row.state)]), text(found.names.get(row.answered_by or 0)),
            when(row.answered_at),
        ))
        for row in found.answered
    ]  # fmt: skip


def facts(row: Lifting, names: dict[int, str]) -> list[tuple[str, str]]:
    """One wish and its answer."""
    told = [
        ("Whose address", _whose(row)), ("Sort", row.residence.get_kind_display()),
        ("Asked", f"{moment(row.asked_at)} by {names.get(row.asked_by, '')}"), ("Why it is safe now", row.why),
        ("Stands", row.get_state_display()),
    ]  # fmt: skip
    if row.answered_at is not None:
        told.append(
            ("Answered", f"{moment(row.answered_at)} by {names.get(row.answered_by or 0, '')}: {row.answered_why}")
        )
    return told


def answers(row: Lifting, *, by: Actor) -> bool:
    """Whether the reader is the one who may answer it."""
    return row.state == State.ASKED and row.asked_by != by.user_id and by.may(Permission.LETTER_RELEASE)
