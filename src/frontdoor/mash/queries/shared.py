"""What an agency that takes part in an enquiry reads of it: others' replies, the analysis, who agrees, what is decided.

The owner's functions give it, for the agency that is asked alone. To an agency on the other side they give nothing that
tells where somebody is or that touches a victim's safety; the same is asked here once more.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from frontdoor.mash.models import Request
from frontdoor.mash.rules.asking import replies as rules
from frontdoor.mash.rules.asking.other_side import tells_where


@dataclass(frozen=True, slots=True)
class Beside:
    """What another agency said of one person and lets the others read."""

    key: UUID
    asked: UUID
    agency: str
    kind: str
    facts: str
    analysis: str
    protective: str
    mark: str
    said_by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Together:
    """The newest version of the shared analysis."""

    id: int
    key: UUID
    number: int
    known: str
    history: str
    strengths: str
    not_known: str
    change_mind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Means:
    """What it means for one child, day by day, and what the child says."""

    asked: UUID
    means: str
    voice: str
    voice_on: date | None
    unheard: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """What one agency said to one version. `own`: the reader's own agency."""

    key: UUID
    agency: str
    own: bool
    number: int
    agrees: bool
    words: str
    how: str
    said_by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided for one child; `outcome` is empty where it is not told, `voided_at` says it was taken back."""

    asked: UUID
    key: UUID
    outcome: str
    secondary: list[str]
    direction: str
    contingency: str
    at: datetime
    voided_at: datetime | None


@dataclass(frozen=True, slots=True)
class Shared:
    """Everything of an enquiry that one agency reads beside its own replies.

    :param state: where the enquiry stands; empty where it is not told
    :param views: of every version, the newest version first; what was said to an older one is void and kept
    """

    replies: tuple[Beside, ...] = ()
    state: str = ""
    analysis: Together | None = None
    meanings: tuple[Means, ...] = ()
    views: tuple[Agreed, ...] = ()
    decisions: tuple[Decided, ...] = ()

    @property
    def own_view(self) -> Agreed | None:
        """The agency's newest word to the version that stands."""
        number = self.analysis.number if self.analysis else 0
        return next((each for each in self.views if each.own and each.number == number), None)

    @property
    def view_to_confirm(self) -> bool:
        """Whether its word to this version was written down by the council alone."""
        return self.own_view is not None and self.own_view.how in rules.BY_US


def shared_with(request: Request) -> Shared:
    """What the enquiry of a request tells the agency that is asked; read in the portal's role."""
    side = request.other_side
    replies = [Beside(*row) for row in _rows("frontdoor_shared_replies", request.key, "agency, at, key", Beside)]
    analysis = [Together(*row) for row in _rows("frontdoor_shared_analysis", request.key, "number", Together)]
    meanings = [Means(*row) for row in _rows("frontdoor_shared_meanings", request.key, "asked", Means)]
    views = [Agreed(*row) for row in _rows("frontdoor_shared_views", request.key, "number DESC, at DESC, key", Agreed)]
    decided = [_decided(*row) for row in _rows("frontdoor_shared_decided", request.key, "at DESC, key", Decided)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT frontdoor_shared_state(%s)", [request.key])
        state = cursor.fetchone()
    newest = next(iter(_kept(analysis, "known", "history", "strengths", "not_known", "change_mind", side=side)), None)
    return Shared(
        tuple(each for each in _kept(replies, "facts", "analysis", "protective", side=side)
              if rules.may_go(each.mark, to="partner")),
        (state[0] or "") if state else "", newest,
        tuple(_kept(meanings, "means", "voice", "unheard", side=side)) if newest else (),
        tuple(each for each in views if each.own or not (side and tells_where(each.words))),
        tuple(_kept(decided, "direction", "contingency", side=side)),
    )  # fmt: skip


def _decided(asked: UUID, key: UUID, outcome: str, secondary: str, *rest: Any) -> Decided:
    """A decision; its further outcomes come as JSON."""
    return Decided(asked, key, outcome, json.loads(secondary), *rest)


def _kept(rows: Iterable[Any], *words: str, side: bool) -> list[Any]:
    """Rows without those whose words tell the other side where somebody is."""
    return [row for row in rows if not (side and any(tells_where(getattr(row, name)) for name in words))]


def _rows(function: str, key: UUID, order: str, shape: Any) -> list[tuple[Any, ...]]:
    columns = ", ".join(each.name for each in fields(shape))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {function}(%s) ORDER BY {order}", [key])  # noqa: S608 (our own names)
        return list(cursor.fetchall())
