"""Rating an enquiry and rating it again: the whole history stays, and no rating takes a breach away (domain 3.4)."""

from datetime import datetime

from django.db import transaction

from frontdoor.actors.rules import Actor, Permission, acting_person, require
from frontdoor.clocks import actions as clocks
from frontdoor.clocks import queries as clock_queries
from frontdoor.mash.actions.asking.rated import rated
from frontdoor.mash.actions.enquiries.rows import CHILD, KIND, Key, changed, children, running, swap, taken, turn
from frontdoor.mash.models import Enquiry, Rating
from frontdoor.mash.rules import clocks as kinds
from frontdoor.mash.rules import ratings
from frontdoor.mash.rules.states import Change, Line, State, Step, after, open_still
from frontdoor.trail import actions as trail


@transaction.atomic
def rate(key: Key, *, seen: int, rating: str, why: str, by: Actor, at: datetime) -> Rating:
    """Rate an enquiry, or rate it otherwise. Rating it lower is a manager's.

    Rated higher, there is the shorter of what was left and of the new limit from now. Rated lower, the new limit counts
    from the first start, and what was late stays late.

    :raises NotPermitted: `by` does not work on enquiries, or would rate lower and is no manager
    :raises Conflict: it has changed since `by` saw it
    :raises InvalidInput: no rating or no reason
    :raises StepNotAllowed: it is settled, or rated so already
    """
    enquiry = taken(key, Permission.MASH_WORK, seen=seen, by=by)
    open_still(enquiry.state)
    before, first = enquiry.rating, State(enquiry.state).unrated
    change = ratings.change(before, rating, opened_again=enquiry.state == State.REOPENED)
    said = ratings.said_why(why)
    if change is Change.LOWERED:
        require(by, Permission.MASH_DECIDE, authority=enquiry.authority_id)
    due_before, was_late = enquiry.due_at, not first and enquiry.due_at < at
    enquiry.rating, enquiry.urgency = rating, ratings.urgency(rating)
    if first:
        _begin(enquiry, by=by, at=at)
    else:
        _go_on(enquiry, raised=change is Change.RAISED, by=by, at=at)
    _ask_as_often(enquiry, raised=change is not Change.LOWERED and not first, by=by, at=at)
    changed(enquiry, "rating", "urgency", "state", "rated_at", "due_at", by=by, at=at)
    made = Rating.objects.create(
        authority_id=enquiry.authority_id, enquiry=enquiry, change=change.value, before=before, after=rating, why=said,
        due_before=None if change is Change.FIRST else due_before, due_after=enquiry.due_at, was_late=was_late,
        by_user=acting_person(by), at=at,
    )  # fmt: skip
    turn(enquiry, Line.RATED, by=by, at=at, text=said)
    rated(enquiry, by=by, at=at)
    trail.record("mash.rate", subject=enquiry, by=by, at=at, before=before, after=rating, change=change.value)
    return made


def _begin(enquiry: Enquiry, *, by: Actor, at: datetime) -> None:
    """The first rating, or the first after it was opened again: its clocks start."""
    enquiry.state, enquiry.rated_at = after(enquiry.state, Step.RATE).value, at
    subject = (KIND, enquiry.key)
    clocks.stop(kinds.RATE, subject=subject, by=by, at=at)
    stages = tuple(stage[enquiry.rating] for stage in kinds.STAGES)
    started = clocks.start(
        *stages, subject=subject, team_id=enquiry.team_id, owner_id=enquiry.holder, label=enquiry.reference,
        by=by, at=at,
    )  # fmt: skip
    enquiry.due_at = started[-1].due_at


def _go_on(enquiry: Enquiry, *, raised: bool, by: Actor, at: datetime) -> None:
    """Put the clocks of the new rating in the place of those that run."""
    found = clock_queries.for_subject((KIND, enquiry.key), by=by, at=at)
    began = enquiry.reopened_at or enquiry.opened_at
    for stage in kinds.STAGES:
        names = {kind.name for kind in stage.values()}
        clock = running(found, stage.values())
        if clock is None or clock.kind == stage[enquiry.rating]:
            continue
        first_at = min(each.started_at for each in found if each.kind.name in names and each.started_at >= began)
        due_at = swap(clock, stage[enquiry.rating], raised=raised, first_at=first_at, enquiry=enquiry, by=by, at=at)
        if stage is kinds.DECIDE:
            enquiry.due_at = due_at


def _ask_as_often(enquiry: Enquiry, *, raised: bool, by: Actor, at: datetime) -> None:
    """Let the question whether each child is safe come as often as the rating says."""
    kind = kinds.asked_as(enquiry.rating)
    those = children(enquiry, by=by)
    found = clock_queries.for_subjects(CHILD, [child.key for child in those], by=by, at=at)
    for child in those:
        clock = running(found.get(str(child.key), []), kinds.SAFE.values())
        if clock is None or clock.kind == kind:
            continue
        child.safe_due_at = swap(clock, kind, raised=raised, first_at=clock.started_at, enquiry=enquiry, by=by, at=at)
        child.version += 1
        child.save(update_fields=["safe_due_at", "version"])
