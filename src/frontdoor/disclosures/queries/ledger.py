"""The ledger of what was answered to requests, of the whole council, for its data protection officer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, require
from frontdoor.disclosures.models import Disclosure
from frontdoor.disclosures.rules.kinds import KINDS
from frontdoor.shell.rules import Paged, cut
from frontdoor.trail import actions as trail

PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the ledger.

    :param masked: of a restricted kind, and the reader does not work on requests: no more than that there is one
    """

    key: UUID
    id: int
    request: UUID
    receipt: str
    sub_type: str
    kind: str
    person: str
    to_whom: str
    purpose: str
    basis: str
    what: str
    at: datetime
    made_by: str
    approved_by: str
    masked: bool = False

    @property
    def cursor(self) -> tuple[datetime, int]:
        return self.at, self.id


def _lines(found: list[Disclosure], *, by: Actor) -> list[Line]:
    people = {number for row in found for number in (row.made_by, row.approved_by) if number is not None}
    known = names(people, by=by)
    sees_all = by.may(Permission.DISCLOSURE_PREPARE) or by.may(Permission.DISCLOSURE_LEDGER)
    return [_line(row, known, masked=KINDS[row.request.sub_type].restricted and not sees_all) for row in found]


def _line(row: Disclosure, known: dict[int, str], *, masked: bool) -> Line:
    if masked:
        return Line(
            row.key, row.pk, row.request.key, "", "", "", "", "Restricted: ask the information desk", "", "", "",
            row.at, "", "", masked=True,
        )  # fmt: skip
    return Line(
        row.key, row.pk, row.request.key, row.request.contact.receipt, row.request.sub_type, row.get_kind_display(),
        row.about.name, row.to_whom, row.purpose, row.get_basis_display(), row.what, row.at,
        known.get(row.made_by, ""), known.get(row.approved_by or 0, ""),
    )  # fmt: skip


def ledger(
    *, kind: str = "", after: tuple[datetime, int] | None = None, limit: int = PAGE, by: Actor, at: datetime
) -> Paged[Line]:
    """The council's whole ledger, the newest first; it leaves one entry with the lines shown.

    :param kind: told, not_known, refused or redirected; "" for all
    :raises NotPermitted: `by` may not see the ledger
    """
    require(by, Permission.DISCLOSURE_LEDGER, authority=acting_council(by))
    found = within(by, Disclosure.objects.select_related("request__contact", "about"))
    if kind:
        found = found.filter(kind=kind)
    if after:
        found = found.filter(Q(at__lt=after[0]) | Q(at=after[0], id__lt=after[1]))
    lines = _lines(list(found.order_by("-at", "-id")[: limit + 1]), by=by)
    shown = cut(lines, limit)
    trail.record("disclosures.ledger", by=by, at=at, kind=kind, lines=[str(line.key) for line in shown])
    return shown
