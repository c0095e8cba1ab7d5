"""A manager decides for each child: who is not waited for, the sign-off with what it directs, and its taking back."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, Permission, StepNotAllowed, acting_person
from frontdoor.contacts.actions.after_enquiry import become
from frontdoor.contacts.rules import snapshots
from frontdoor.contacts.rules.decisions import same_words
from frontdoor.directions import actions as directions
from frontdoor.mash.actions.deciding.carrying import carry_out, tell
from frontdoor.mash.actions.deciding.recommending import child_taken
from frontdoor.mash.actions.deciding.rows import may_take_back, moved, void
from frontdoor.mash.actions.enquiries.rows import CHILD, Key, changed, taken, turn
from frontdoor.mash.models import Decision, Enquiry, Recommendation, Snapshot, Subject, Waiting
from frontdoor.mash.queries import deciding as queries
from frontdoor.mash.queries.enquiries.lists import name_of
from frontdoor.mash.queries.known import known
from frontdoor.mash.rules import deciding as rules
from frontdoor.mash.rules.states import Line, Step, open_still
from frontdoor.trail import actions as trail

HEADS = "At the highest rating a head of service decides that nobody takes on a child who was to be taken on"


@transaction.atomic
def say_waiting(
    key: Key, *, seen: int, words: Mapping[str, tuple[bool, str]], by: Actor, at: datetime
) -> list[Waiting]:
    """Say of missing replies whether a decision waits for each, and why.

    :param words: by key of the request: whether it is waited for, and why
    :raises NotPermitted: `by` does not decide about enquiries
    :raises Conflict: the enquiry has changed since `by` saw it
    :raises InvalidInput: nothing is said, a reason is missing, or somebody would be waited for at the highest rating
    :raises StepNotAllowed: the enquiry is settled
    """
    enquiry = taken(key, Permission.MASH_DECIDE, seen=seen, by=by)
    open_still(enquiry.state)
    made = _name(enquiry, words, by=by, at=at)
    if not made:
        raise InvalidInput(nothing="Say of at least one agency whether you wait for it")
    changed(enquiry, by=by, at=at)
    trail.record(
        "mash.say_waiting", subject=enquiry, by=by, at=at, waited=sum(row.waited for row in made), named=len(made)
    )
    return made


def _name(enquiry: Enquiry, words: Mapping[str, tuple[bool, str]], *, by: Actor, at: datetime) -> list[Waiting]:
    """Write what is said of each missing reply; what says the same as before is not written twice."""
    made: list[Waiting] = []
    problems: dict[str, str] = {}
    for gap in queries.missing(enquiry, by=by, at=at):
        if (said := words.get(str(gap.request.key))) is None:
            continue
        waited, why = said[0], said[1].strip()
        word = gap.word
        if word and (word.waited, word.why, word.by_user) == (waited, why, by.user_id):
            continue
        try:
            rules.check_waiting(waited=waited, why=why, rating=enquiry.rating)
        except InvalidInput as wrong:
            problems |= {f"{name}_{gap.request.key}": text for name, text in wrong.problems.items()}
            continue
        made.append(
            Waiting.objects.create(
                authority_id=enquiry.authority_id, request=gap.request, waited=waited, why=why,
                by_user=acting_person(by), at=at,
            )
        )  # fmt: skip
        verb = "Waited for" if waited else "Not waited for"
        turn(enquiry, Line.WAITING, by=by, at=at, text=f"{gap.agency}, {gap.words}. {verb}: {why}")
    if problems:
        raise InvalidInput(**problems)
    return made


@transaction.atomic
def decide(
    key: Key, *, seen: int, given: rules.Decided, without: Mapping[str, str] | None = None, by: Actor, at: datetime
) -> Decision:
    """Decide what happens to one child: it is the sign-off, directs something and freezes what lay before it.

    :param key: the child's key in the enquiry
    :param without: why the decision does without a missing reply, by key of the request
    :raises NotPermitted: `by` does not decide about enquiries
    :raises Conflict: the enquiry has changed since `by` saw it
    :raises StepNotAllowed: nothing is recommended, `by` recommended it, the child is decided, or a reply is waited for
    :raises InvalidInput: a part is missing, a missing reply is not named, or the outcome is not allowed as things stand
    """
    enquiry, child = child_taken(key, Permission.MASH_DECIDE, seen=seen, by=by)
    if child.pk in queries.standing_decisions([child], by=by):
        raise StepNotAllowed("This child is decided already.")
    recommended = queries.standing_recommendations([child], by=by).get(child.pk)
    if recommended is None:
        raise StepNotAllowed("Nothing has been recommended for this child yet.")
    if recommended.made_by == by.user_id:
        raise StepNotAllowed("You recommended this. Another person decides.")
    problems = _problems(child, recommended, given, by=by, at=at)
    problems |= _unnamed(enquiry, without or {}, by=by, at=at)
    if problems:
        raise InvalidInput(**problems)
    decision = _sign(enquiry, child, recommended, given, by=by, at=at)
    moved(enquiry, Step.DECIDE, by=by, at=at)
    changed(enquiry, "state", by=by, at=at)
    turn(enquiry, Line.DECIDED, by=by, at=at, text=f"For {name_of(child)}")
    carry_out(enquiry, child, decision, given.actions, by=by, at=at)
    for matter in queries.matters_of(child, by=by):
        become(matter.key, decision.outcome, by=by, at=at)
        tell(enquiry, matter.contact, decision, by=by, at=at)
    trail.record(
        "mash.decide", subject=enquiry, by=by, at=at, child=child.key, outcome=given.outcome, agreed=decision.agreed,
        decision=decision.key,
    )  # fmt: skip
    return decision


def _problems(
    child: Subject, recommended: Recommendation, given: rules.Decided, *, by: Actor, at: datetime
) -> dict[str, str]:
    around = queries.circumstances(child, agreement=recommended.agreement, by=by, at=at)
    problems = rules.problems_of_decision(given, recommended.outcome, around)
    if "outcome" in problems or by.may(Permission.HANDOVER_OVERRULE):
        return problems
    if rules.weaker_at_red(given.outcome, recommended.outcome, child.enquiry.rating):
        problems["outcome"] = HEADS
    return problems


def _unnamed(enquiry: Enquiry, without: Mapping[str, str], *, by: Actor, at: datetime) -> dict[str, str]:
    """Write why the decision does without a missing reply; what is still not said, by field."""
    said = {key: (False, why) for key, why in without.items() if why.strip()}
    _name(enquiry, said, by=by, at=at)
    gaps = queries.missing(enquiry, by=by, at=at)
    return {
        f"without_{gap.request.key}": f"Write why you decide without {gap.agency}"
        for gap in gaps
        if not gap.named_by(by.user_id)
    }


def _sign(
    enquiry: Enquiry, child: Subject, recommended: Recommendation, given: rules.Decided, *, by: Actor, at: datetime
) -> Decision:
    """Write what is directed, what lay before the decider, and the decision: the database asks for that order."""
    for action in given.actions:
        directions.give(
            subject=(CHILD, child.key), owner=action.owner, what=action.what, due_at=action.due_at,
            child=(CHILD, child.key), label=enquiry.reference, by=by, at=at,
        )  # fmt: skip
    gaps = queries.missing(enquiry, by=by, at=at)
    content = snapshots.canonical(known(child, recommended, gaps, by=by))
    snapshot = Snapshot.objects.create(
        authority_id=enquiry.authority_id, enquiry=enquiry, schema=snapshots.SCHEMA, content=content,
        hash=snapshots.sealed(content), taken_at=at,
    )  # fmt: skip
    mine = within(by, Decision.objects.filter(made_by=acting_person(by))).order_by("-made_at")
    return Decision.objects.create(
        authority_id=enquiry.authority_id, subject=child, recommendation=recommended, snapshot=snapshot,
        outcome=given.outcome, secondary=list(given.secondary), specialist_route=given.specialist_route,
        detail=given.detail.strip(), other_council=given.other_council, worker=given.worker, manager=given.manager,
        rating=enquiry.rating, level=recommended.level, threshold_version=recommended.threshold_version,
        agreed=(given.outcome, given.specialist_route, list(given.secondary))
        == (recommended.outcome, recommended.specialist_route, recommended.secondary),
        why_different=given.why_different.strip(), risk_seen=given.risk_seen.strip(),
        direction=given.direction.strip(),
        same_words=same_words(given.direction, list(mine.values_list("direction", flat=True)[:200])),
        recommended_by=recommended.made_by, made_by=acting_person(by), made_at=at,
    )  # fmt: skip


@transaction.atomic
def take_back(key: Key, *, seen: int, why: str, by: Actor, at: datetime) -> None:
    """Take a decision back because it or its grounds have changed: it is kept, and the child is recommended on anew.

    One's own is a manager's to take back; what somebody else decided is a head of service's (domain 3.6).

    :param key: the child's key in the enquiry
    :raises NotPermitted: `by` does not decide about enquiries, or may not overturn what somebody else decided
    :raises Conflict: the enquiry has changed since `by` saw it
    :raises InvalidInput: no reason
    :raises StepNotAllowed: there is no decision, or the enquiry is closed
    """
    enquiry, child = child_taken(key, Permission.MASH_DECIDE, seen=seen, by=by)
    decision = queries.standing_decisions([child], by=by).get(child.pk)
    if decision is None:
        raise StepNotAllowed("There is no decision to take back.")
    may_take_back(decision, by=by)
    said = why.strip()
    if not said:
        raise InvalidInput(why="Write what has changed")
    void(child, decision, said, by=by, at=at)
    moved(enquiry, Step.VOID, by=by, at=at)
    changed(enquiry, "state", "due_at", by=by, at=at)
    turn(enquiry, Line.VOIDED, by=by, at=at, text=f"For {name_of(child)}: {said}")
    trail.record("mash.take_back", subject=enquiry, by=by, at=at, child=child.key, decision=decision.key)
