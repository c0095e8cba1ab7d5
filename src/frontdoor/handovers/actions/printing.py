"""Printing the page that travels: for one receiver, without what must not be told, and written down."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from frontdoor.actors.rules import Actor
from frontdoor.handovers import queries
from frontdoor.handovers.queries import OpenHandover
from frontdoor.letters import queries as letters
from frontdoor.letters.actions.giving import write_given
from frontdoor.letters.rules.ledger import Went
from frontdoor.letters.rules.passages import without

OWN = "a worker's own paper"


@transaction.atomic
def open_to_print(key: UUID | str, *, by: Actor, at: datetime) -> OpenHandover:
    """One slip as it is printed for whoever receives it: without protected addresses, and with a line in the ledger.

    :raises NotFound: absent, another council's, or restricted to others
    :raises NotPermitted: `by` neither hands over nor answers here
    """
    found = queries.open_handover(key, by=by, at=at, printed=True)
    page, kept = found.page, 0
    if page:
        texts: list[str] = []
        _each_text(page, _kept_in(texts))
        passages = letters.passages_in_each(texts, by=by)
        kept = sum(len(passages.get(text, ())) for text in texts)
        page = _each_text(page, lambda text: without(text, passages.get(text, ())))
    back = f", {kept} {'passage' if kept == 1 else 'passages'} kept back by the guard" if kept else ""
    write_given(
        (found.slip.subject_kind, found.slip.subject_key), went=Went.GIVEN,
        what=f"A print of the page that travels{back}",
        to_whom=found.receiver or OWN, why="To take the work on", how=f"Print, {OWN}", by=by, at=at,
    )  # fmt: skip
    return replace(found, page=page)


def _kept_in(texts: list[str]) -> Callable[[str], str]:
    def keep(text: str) -> str:
        texts.append(text)
        return text

    return keep


def _each_text(value: Any, clean: Callable[[str], Any]) -> Any:
    """A value with each text within it as `clean` leaves it."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, (tuple, list)):
        return type(value)(_each_text(each, clean) for each in value)
    if isinstance(value, dict):
        return {name: _each_text(each, clean) for name, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: _each_text(getattr(value, each.name), clean) for each in fields(value)})
    return value
