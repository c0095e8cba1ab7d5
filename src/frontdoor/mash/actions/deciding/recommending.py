"""What a social worker recommends for each child, and how it goes back: taken back, or sent back by a manager."""

from datetime import datetime

from django.db import transaction

from frontdoor.actors.rules import Actor, InvalidInput, Permission, StepNotAllowed, acting_person
from frontdoor.councils.queries import setting
from frontdoor.councils.rules import declared
from frontdoor.mash.actions.deciding.rows import end, moved
from frontdoor.mash.actions.enquiries.rows import Key, changed, taken, turn
from frontdoor.mash.models import Enquiry, Recommendation, Subject
from frontdoor.mash.queries import deciding as queries
from frontdoor.mash.queries.enquiries.lists import name_of
from frontdoor.mash.rules import deciding as rules
from frontdoor.mash.rules.states import Line, State, Step
from frontdoor.trail import actions as trail

INSTEAD = "Recommended anew"


def child_taken(key: Key, permission: Permission, *, seen: int, by: Actor) -> tuple[Enquiry, Subject]:
    """A child and its enquiry, locked, once `by` holds the permission and has seen what stands.

    :raises NotFound: absent, or another council's
    :raises NotPermitted: the permission is missing
    :raises Conflict: the enquiry has changed since `by` saw it
    :raises StepNotAllowed: it is not analysed yet, or is settled
    """
    child = queries.child_of(key, by=by)
    enquiry = taken(child.enquiry.key, permission, seen=seen, by=by)
    child.enquiry = enquiry
    if State(enquiry.state) not in rules.ANALYSED:
        words = State(enquiry.state).words.lower()
        raise StepNotAllowed(f"This comes after the analysis. This enquiry stands at: {words}.")
    return enquiry, child


@transaction.atomic
def recommend(key: Key, *, seen: int, given: rules.Recommended, by: Actor, at: datetime) -> Recommendation:
    """Recommend what should happen for one child. What was recommended before is kept and ended.

    :param key: the child's key in the enquiry
    :raises NotPermitted: `by` does not work on enquiries
    :raises Conflict: the enquiry has changed since `by` saw it
    :raises StepNotAllowed: it is not analysed, the analysis says nothing of this child, or the child is decided
    :raises InvalidInput: a reason is missing, or the outcome is not allowed as things stand
    """
    enquiry, child = child_taken(key, Permission.MASH_WORK, seen=seen, by=by)
    if child.pk in queries.standing_decisions([child], by=by):
        raise StepNotAllowed("This child is decided. The decision is taken back before anything else is recommended.")
    analysis = queries.newest_analysis(enquiry, by=by)
    if analysis is None or child.pk not in queries.meanings_of([analysis], by=by).get(analysis.pk, {}):
        raise StepNotAllowed("The analysis says nothing of this child yet. Write a new version first.")
    around = queries.circumstances(child, agreement=given.agreement, by=by, at=at)
    if problems := rules.problems_of_recommendation(given, around):
        raise InvalidInput(**problems)
    before = queries.standing_recommendations([child], by=by).get(child.pk)
    if before is not None:
        end(before, INSTEAD, by=by, at=at)
    made = Recommendation.objects.create(
        authority_id=enquiry.authority_id, subject=child, analysis=analysis, outcome=given.outcome,
        secondary=list(given.secondary), specialist_route=given.specialist_route, detail=given.detail.strip(),
        level=given.level, rationale=given.rationale.strip(), why_not_more=given.why_not_more.strip(),
        why_not_less=given.why_not_less.strip(), contingency=given.contingency.strip(), agreement=given.agreement,
        agreed_by=given.agreed_by.strip(), made_by=acting_person(by), made_at=at,
        threshold_version=setting(declared.THRESHOLD_DOCUMENT.name, authority=enquiry.authority_id, on=at).value,
    )  # fmt: skip
    moved(enquiry, Step.RECOMMEND, by=by, at=at)
    changed(enquiry, "state", by=by, at=at)
    turn(enquiry, Line.RECOMMENDED, by=by, at=at, text=f"For {name_of(child)}")
    trail.record("mash.recommend", subject=enquiry, by=by, at=at, child=child.key, outcome=given.outcome)
    return made


@transaction.atomic
def withdraw(key: Key, *, seen: int, why: str, by: Actor, at: datetime) -> None:
    """Take one's own recommendation back before anybody decided; it is kept.

    :raises NotPermitted: `by` does not work on enquiries
    :raises Conflict: the enquiry has changed since `by` saw it
    :raises InvalidInput: no reason
    :raises StepNotAllowed: nothing waits, or somebody else recommended it
    """
    _back(key, Permission.MASH_WORK, seen=seen, why=why, own=True, by=by, at=at)


@transaction.atomic
def send_back(key: Key, *, seen: int, why: str, by: Actor, at: datetime) -> None:
    """Return a recommendation to the social worker with what is missing; no clock stops.

    :raises NotPermitted: `by` does not decide about enquiries
    :raises Conflict: the enquiry has changed since `by` saw it
    :raises InvalidInput: no reason
    :raises StepNotAllowed: nothing waits for a decision
    """
    _back(key, Permission.MASH_DECIDE, seen=seen, why=why, own=False, by=by, at=at)


def _back(key: Key, permission: Permission, *, seen: int, why: str, own: bool, by: Actor, at: datetime) -> None:
    enquiry, child = child_taken(key, permission, seen=seen, by=by)
    waits = queries.standing_recommendations([child], by=by).get(child.pk)
    if waits is None or child.pk in queries.standing_decisions([child], by=by):
        raise StepNotAllowed("Nothing waits for a decision for this child.")
    if own and waits.made_by != by.user_id:
        raise StepNotAllowed("Somebody else made this recommendation. A manager can send it back.")
    said = why.strip()
    if not said:
        raise InvalidInput(why="Write why" if own else "Write what is missing")
    end(waits, said, by=by, at=at)
    moved(enquiry, Step.SEND_BACK, by=by, at=at)
    changed(enquiry, "state", by=by, at=at)
    words = "taken back" if own else "sent back by a manager"
    turn(enquiry, Line.RETURNED, by=by, at=at, text=f"For {name_of(child)}, {words}: {said}")
    trail.record("mash.withdraw" if own else "mash.send_back", subject=enquiry, by=by, at=at, child=child.key)
