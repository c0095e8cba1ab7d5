"""Asking for the decisions that are read again: what waits, one with its grounds, counts by decider, and the draw."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, acting_person, require
from frontdoor.contacts.models import Decision, Review
from frontdoor.contacts.rules import samples as rules
from frontdoor.contacts.rules import snapshots
from frontdoor.councils.queries import timeline
from frontdoor.councils.rules import declared, london_day
from frontdoor.trail import actions as trail

MOST = 100
MOST_DRAWN = 5_000
"""Draws that one page works out again; a council's whole month is far below it."""


@dataclass(frozen=True, slots=True)
class Sampled:
    """A decision that was drawn.

    :param voided: it has been taken back since, which does not take it out of the draw
    :param mine: whoever asks signed it, so that another reads it
    """

    key: UUID
    contact: UUID
    receipt: str
    child: str
    outcome: str
    made_by: str
    made_at: datetime
    voided: bool
    mine: bool
    answer: str
    words: str
    reviewed_by: str
    reviewed_at: datetime | None


def open_sample(*, by: Actor, at: datetime) -> tuple[list[Sampled], list[Sampled]]:
    """What waits to be read by the actor, the oldest first, and what was said of the actor's own. One entry names all.

    What somebody signed and nobody has read yet is not shown to them at all.

    :raises NotPermitted: `by` may not see what is read again
    """
    require(by, Permission.SAMPLE_READ, authority=acting_council(by))
    reader = acting_person(by)
    own = Q(made_by=reader) | Q(recommendation__made_by=reader) | Q(confirmed_by=reader)
    drawn = within(by, Decision.objects.filter(sampled=True)).select_related("matter__contact", "matter__child")
    rows = drawn.select_related("recommendation")
    # A column that may be null is left out by its negation too.
    not_mine = rows.exclude(pk__in=drawn.filter(own).values("pk"))
    waiting = list(not_mine.filter(reviews__isnull=True).order_by("made_at", "id")[:MOST])
    said = list(rows.filter(made_by=reader, reviews__isnull=False).order_by("-reviews__reviewed_at")[:MOST])
    trail.record("contacts.sample", by=by, at=at, shown=[str(row.key) for row in (*waiting, *said)])
    found = _sampled([*waiting, *said], by=by)
    return found[: len(waiting)], found[len(waiting) :]


def _sampled(rows: list[Decision], *, by: Actor) -> list[Sampled]:
    reviews = {each.decision_id: each for each in within(by, Review.objects.filter(decision__in=rows))}
    people = {row.made_by for row in rows} | {each.reviewed_by for each in reviews.values()}
    known = names(people, by=by)
    return [_one(row, reviews.get(row.pk), known, by=by) for row in rows]


def _one(row: Decision, review: Review | None, known: dict[int, str], *, by: Actor) -> Sampled:
    return Sampled(
        key=row.key, contact=row.matter.contact.key, receipt=row.matter.contact.receipt,
        child=row.matter.called, outcome=row.outcome,
        made_by=known.get(row.made_by, ""), made_at=row.made_at, voided=row.voided_at is not None,
        mine=by.user_id in {row.made_by, row.recommendation.made_by, row.confirmed_by},
        answer=review.get_answer_display() if review else "", words=review.words if review else "",
        reviewed_by=known.get(review.reviewed_by, "") if review else "",
        reviewed_at=review.reviewed_at if review else None,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opened:
    """A drawn decision with what it rested on, as it was frozen.

    :param known: the content of the snapshot, checked against its hash
    """

    row: Sampled
    decision: Decision
    known: dict[str, Any]
    names: dict[int, str]


def open_sampled(key: UUID | str, *, by: Actor, at: datetime, why: str = "") -> Opened:
    """One drawn decision, to read it again; opening it leaves an entry.

    Whoever signed one that nobody has read again does not find it here: they need not know that it was drawn.

    :raises NotPermitted: `by` may not see what is read again
    :raises NotFound: the council acted for has none of that key, it was not drawn, or it waits for another than `by`
    """
    require(by, Permission.SAMPLE_READ, authority=acting_council(by))
    drawn = Decision.objects.filter(key=key, sampled=True)
    related = ("matter__contact", "matter__child", "recommendation", "snapshot")
    found = within(by, drawn).select_related(*related).first()
    row = _sampled([found], by=by)[0] if found else None
    if found is None or row is None or (row.mine and row.reviewed_at is None):
        raise NotFound
    trail.record("contacts.open_sampled", subject=found.matter.contact, by=by, at=at, why=why, decision=found.key)
    people = {found.made_by, found.recommendation.made_by, *filter(None, [found.confirmed_by])}
    known = snapshots.opened(bytes(found.snapshot.content), bytes(found.snapshot.hash))
    return Opened(row, found, known, names(people, by=by))


@dataclass(frozen=True, slots=True)
class Counted:
    """What became of one decider's decisions by one key.

    :param waiting: drawn, and nobody has read it again
    """

    who: str
    by_one_key: int
    drawn: int
    waiting: int
    agree: int
    disagree: int
    learn: int


@dataclass(frozen=True, slots=True)
class Checked:
    """The draw of some days, worked out again.

    :param faults: each draw that does not fit, with the reason
    """

    draws: int
    sampled: int
    faults: tuple[tuple[UUID, str], ...]
    rows: tuple[rules.Draw, ...]


def counts(*, since: datetime, by: Actor, at: datetime) -> tuple[list[Counted], Checked]:
    """Decisions by one key since an instant: what was said of each decider's, and whether each draw fits. One entry.

    :raises NotPermitted: `by` may not see what is read again
    """
    require(by, Permission.SAMPLE_READ, authority=acting_council(by))
    drawn = within(by, Decision.objects.filter(sample_share__isnull=False, made_at__gte=since, made_at__lte=at))
    found = drawn.values("made_by").annotate(
        by_one_key=Count("id"),
        drawn=Count("id", filter=Q(sampled=True)),
        waiting=Count("id", filter=Q(sampled=True, reviews__isnull=True)),
        agree=Count("id", filter=Q(reviews__answer=rules.Answer.AGREE)),
        disagree=Count("id", filter=Q(reviews__answer=rules.Answer.DISAGREE)),
        learn=Count("id", filter=Q(reviews__answer=rules.Answer.LEARN)),
    )
    counted = list(found.order_by("-by_one_key", "made_by"))
    known = names({row["made_by"] for row in counted}, by=by)
    rows = [
        Counted(
            known.get(row["made_by"], ""), row["by_one_key"], row["drawn"], row["waiting"], row["agree"],
            row["disagree"], row["learn"],
        )
        for row in counted
    ]  # fmt: skip
    checked = _checked(since=since, by=by, at=at)
    trail.record("contacts.sample_counts", by=by, at=at, since=since, draws=checked.draws, faults=len(checked.faults))
    return rows, checked


def _checked(*, since: datetime, by: Actor, at: datetime) -> Checked:
    drawn = Decision.objects.filter(sample_share__isnull=False, made_at__gte=since, made_at__lte=at)
    kept = within(by, drawn).order_by("-made_at", "-id")[:MOST_DRAWN]
    line = timeline(declared.SAMPLE.name, authority=acting_council(by))
    draws = tuple(
        rules.Draw(key, bytes(known), share or 0, _share(line, made_at), sampled)
        for key, known, share, made_at, sampled in kept.values_list(
            "key", "snapshot__hash", "sample_share", "made_at", "sampled"
        )
    )
    faults = tuple((draw.key, draw.fault) for draw in draws if draw.fault)
    return Checked(len(draws), sum(draw.sampled for draw in draws), faults, draws)


def _share(line: list[Any], made_at: datetime) -> int:
    """The share that the council's setting says for the day of a decision."""
    day = london_day(made_at)
    return int(next(value.value for since, value in reversed(line) if since <= day))
