"""Strategy discussions for pages: the list, one opened, its minutes, and how often agencies came that were asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.clocks import queries as clocks
from frontdoor.clocks.queries import Shown
from frontdoor.directions import queries as directions
from frontdoor.directions.queries import Directed
from frontdoor.mash.models import Attending, Circulation, Discussed, Discussion, DiscussionTurn, Issue, Minutes
from frontdoor.mash.models.strategy import SETTLED
from frontdoor.mash.queries.strategy.finding import name_of
from frontdoor.mash.queries.strategy.standing import asks_education, how_it_stands, lacking
from frontdoor.mash.rules import strategy as rules
from frontdoor.mash.rules.strategy import Came, Record, State
from frontdoor.shell.rules import Paged, cut
from frontdoor.trail import actions as trail

PAGE = 50
COUNTED = timedelta(days=90)
"""Over how long it is counted how often an agency came that was asked."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One discussion on a list.

    :param lacking: who is missing for a quorum, as far as it was held
    """

    key: UUID
    id: int
    reference: str
    children: tuple[str, ...]
    state: State
    asked_at: datetime
    began_at: datetime | None
    due_at: datetime | None
    lacking: str

    @property
    def cursor(self) -> tuple[datetime, int]:
        return self.due_at or self.asked_at, self.id

    @property
    def settled_cursor(self) -> tuple[datetime, int]:
        return self.asked_at, self.id


def discussions(
    *, which: str = "", after: tuple[datetime, int] | None = None, limit: int = PAGE, by: Actor, at: datetime
) -> Paged[Listed]:
    """One page of strategy discussions: the open by their due time, or all, the newest first; one entry.

    :param which: late, unheld or all; "" for those that are open
    :raises NotPermitted: `by` reads no enquiries
    """
    require(by, Permission.MASH_READ, authority=acting_council(by))
    found = within(by, Discussion.objects.all())
    if which == "all":
        later = Q(asked_at__lt=after[0]) | Q(asked_at=after[0], id__lt=after[1]) if after else Q()
        found = found.filter(later).order_by("-asked_at", "-id")
    else:
        narrow = {"late": Q(due_at__lt=at), "unheld": Q(state__in=["asked", "adjourned"])}.get(which, Q())
        later = Q(due_at__gt=after[0]) | Q(due_at=after[0], id__gt=after[1]) if after else Q()
        found = found.exclude(state__in=SETTLED).filter(narrow, later).order_by("due_at", "id")
    rows = cut(_listed(list(found[: limit + 1]), by=by, at=at), limit)
    trail.record("mash.strategies", by=by, at=at, which=which, discussions=[str(row.key) for row in rows])
    return rows


def _listed(found: list[Discussion], *, by: Actor, at: datetime) -> list[Listed]:
    wanted = Discussed.objects.select_related("named", "matter__child").filter(discussion__in=[row.pk for row in found])
    children: dict[int, list[str]] = {}
    for each in within(by, wanted).order_by("position", "id"):
        children.setdefault(each.discussion_id, []).append(name_of(each))
    came = Attending.objects.filter(discussion__in=[row.pk for row in found], came=Came.CAME.value)
    lines: dict[int, set[str]] = {}
    for number, line in within(by, came).values_list("discussion_id", "line"):
        lines.setdefault(number, set()).add(line)
    return [
        Listed(
            row.key, row.pk, row.reference, tuple(children.get(row.pk, ())), State(row.state), row.asked_at,
            row.began_at, row.due_at if row.state not in SETTLED else None,
            _lacks(row, lines.get(row.pk, set()), at=at),
        )
        for row in found
    ]  # fmt: skip


def _lacks(row: Discussion, present: set[str], *, at: datetime) -> str:
    """What a list says of the quorum: as it was signed, else as the attendance stands so far."""
    if row.signed_at is not None or row.began_at is None:
        return row.lacking
    return "; ".join(rules.missing(present, education=asks_education(row, at=at)))


@dataclass(frozen=True, slots=True)
class Opened:
    """One strategy discussion as its page shows it.

    :param lacking: who is missing for a quorum as the attendance stands
    :param wanting: what is missing before it can be signed, in sentences
    :param beside: other discussions of the family
    """

    row: Discussion
    children: tuple[Discussed, ...]
    attending: tuple[Attending, ...]
    issues: tuple[Issue, ...]
    turns: tuple[DiscussionTurn, ...]
    minutes: tuple[Minutes, ...]
    circulated: tuple[Circulation, ...]
    actions: tuple[Directed, ...]
    clocks: tuple[Shown, ...]
    lacking: tuple[str, ...]
    wanting: tuple[str, ...]
    beside: tuple[Discussion, ...]
    names: dict[int, str]


def open_discussion(key: UUID | str, *, by: Actor, at: datetime, why: str = "") -> Opened:
    """Open one strategy discussion; it leaves one entry.

    :raises NotPermitted: `by` reads no enquiries
    :raises NotFound: the council acted for has none of that key
    """
    require(by, Permission.MASH_READ, authority=acting_council(by))
    row = within(by, Discussion.objects.select_related("contact", "enquiry").filter(key=key)).first()
    if row is None:
        raise NotFound
    opened = _gathered(row, by=by, at=at)
    trail.record("mash.open_strategy", subject=row, by=by, at=at, why=why, contact=row.contact.key)
    return opened


def _gathered(row: Discussion, *, by: Actor, at: datetime) -> Opened:
    rows = Discussed.objects.select_related("named", "matter__child").filter(discussion=row)
    turns = tuple(within(by, DiscussionTurn.objects.filter(discussion=row)).order_by("-id"))
    minutes = tuple(within(by, Minutes.objects.filter(discussion=row)).order_by("-number"))
    record = Record(**{name: getattr(row, name) for name in Record.__dataclass_fields__})
    others = Discussion.objects.filter(contact__family=row.contact.family).exclude(pk=row.pk)
    users = {each.by_user for each in turns} | {each.signed_by for each in minutes} | {row.signed_by, row.asked_by}
    return Opened(
        row=row, children=tuple(within(by, rows).order_by("position", "id")),
        attending=tuple(within(by, Attending.objects.filter(discussion=row)).order_by("id")),
        issues=tuple(within(by, Issue.objects.filter(discussion=row)).order_by("id")), turns=turns, minutes=minutes,
        circulated=tuple(within(by, Circulation.objects.filter(minutes__discussion=row)).order_by("-number", "id")),
        actions=tuple(directions.for_subject("mash.discussion", row.key, by=by, at=at)),
        clocks=tuple(clocks.for_subject(("mash.discussion", row.key), by=by, at=at)),
        lacking=tuple(lacking(row, by=by, at=at)),
        wanting=tuple(rules.wrong_with(record, how_it_stands(row, by=by))),
        beside=tuple(within(by, others).order_by("-asked_at", "-id")[:20]),
        names=names({number for number in users if number is not None}, by=by),
    )  # fmt: skip


def open_minutes(key: UUID | str, number: int, *, by: Actor, at: datetime, why: str = "") -> tuple[Minutes, list[str]]:
    """One version of the minutes, with the children's names in their order; it leaves one entry.

    :raises NotPermitted: `by` reads no enquiries
    :raises NotFound: no such version
    """
    require(by, Permission.MASH_READ, authority=acting_council(by))
    wanted = Minutes.objects.select_related("discussion").filter(discussion__key=key, number=number)
    found = within(by, wanted).first()
    if found is None:
        raise NotFound
    rows = Discussed.objects.select_related("named", "matter__child").filter(discussion=found.discussion)
    trail.record("mash.open_minutes", subject=found.discussion, by=by, at=at, why=why, number=number)
    return found, [name_of(each) for each in within(by, rows).order_by("position", "id")]


def attendance(*, by: Actor, at: datetime) -> dict[UUID, tuple[int, int]]:
    """For each agency: to how many strategy discussions it was asked lately, and to how many it came. Of the board."""
    counted = Attending.objects.filter(asked_at__gte=at - COUNTED, agency__isnull=False).exclude(came=Came.ASKED.value)
    rows: Any = (
        within(by, counted)
        .values("agency")
        .annotate(
            asked=Count("discussion", distinct=True),
            came_to=Count("discussion", distinct=True, filter=Q(came=Came.CAME.value)),
        )
    )
    return {row["agency"]: (row["asked"], row["came_to"]) for row in rows}
