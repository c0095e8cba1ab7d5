"""Prints of a plan: one to be shown, and the lines that the ledger of disclosures has of all."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound
from frontdoor.earlyhelp.models import Member
from frontdoor.earlyhelp.queries.finding import label_of
from frontdoor.familyhelp.models import PlanPrint
from frontdoor.familyhelp.queries.plan import Planned, open_plan
from frontdoor.letters.rules.ledger import Line, Scope, Went

WHAT = "The plan with the family, as it was agreed"


def open_print(key: UUID | str, print_key: UUID | str, *, by: Actor, at: datetime) -> tuple[Planned, PlanPrint]:
    """One print, with the family whose plan it is; the opening is recorded.

    :raises NotFound: absent, another council's, or not a family of theirs
    """
    found = open_plan(key, by=by, at=at)
    rows = PlanPrint.objects.select_related("edition", "member__named", "practitioner")
    row = within(by, rows.filter(key=print_key, edition__plan__episode=found.family.episode)).first()
    if row is None:
        raise NotFound
    return found, row


def name_of(row: PlanPrint) -> str:
    """For whom it is, in words."""
    return row.practitioner.name if row.practitioner else label_of(row.member.named if row.member else None)


def of_prints(scope: Scope, *, by: Actor, at: datetime) -> Iterator[Line]:
    """Plans that were printed for somebody: each is about every child of the family that is asked about."""
    about: dict[int, list[str]] = {}
    people = Member.objects.select_related("named").filter(
        Q(named__key__in=scope.named) | Q(episode__contact__key__in=scope.contacts)
    )
    for member in within(by, people).order_by("position", "id"):
        if member.named is not None and member.named.key in scope.named:
            about.setdefault(member.episode_id, []).append(scope.named[member.named.key])
    rows = PlanPrint.objects.select_related("edition__plan", "member__named", "practitioner")
    for row in within(by, rows.filter(edition__plan__episode__in=about)).order_by("id"):
        yield Line(
            at=row.at, went=Went.GIVEN, what=f"{WHAT} (edition {row.edition.number})",
            about=", ".join(dict.fromkeys(about[row.edition.plan.episode_id])), to_whom=name_of(row),
            agency=row.practitioner.agency if row.practitioner else "", why="To have the plan in their hands",
            basis="Agreement of the family to early help", how="On paper", by=row.by_user,
        )  # fmt: skip
