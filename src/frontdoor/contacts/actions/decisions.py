"""Two acts by two people: a social worker recommends, a manager decides; and what voids, corrects and confirms."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    InvalidInput,
    NotFound,
    Permission,
    StepNotAllowed,
    acting_person,
    require,
    unchanged,
)
from frontdoor.clocks import actions as clocks
from frontdoor.clocks import queries as clock_queries
from frontdoor.codes import rules as codes
from frontdoor.contacts.actions import family
from frontdoor.contacts.actions.passing_on import pass_on
from frontdoor.contacts.actions.telling import tell_outcome
from frontdoor.contacts.models import Contact, Decision, Matter, Pattern, Question, Recommendation, Snapshot
from frontdoor.contacts.queries import decisions as queries
from frontdoor.contacts.rules import decisions as rules
from frontdoor.contacts.rules import samples, snapshots
from frontdoor.contacts.rules.kinds import DECISION, SIGN_OFF
from frontdoor.contacts.rules.states import ContactState, MatterState, Step, after, contact_state
from frontdoor.councils.queries import setting
from frontdoor.councils.rules import declared
from frontdoor.directions import actions as directions
from frontdoor.handovers import actions as handovers
from frontdoor.trail import actions as trail


def taken(key: UUID | str, *, by: Actor) -> Matter:
    """The matter and its contact, locked in that order: two people never act on one child at once.

    Not against rows that point at them, so that whoever acts now never waits for a decision.
    """
    locked = Matter.objects.select_for_update(of=("self",), no_key=True)
    found = within(by, locked.select_related("child").filter(key=key)).first()
    if found is None:
        raise NotFound
    held = Contact.objects.select_for_update(of=("self",), no_key=True)
    found.contact = within(by, held.filter(pk=found.contact_id)).get()
    return found


def _moved(matter: Matter, step: Step, *, outcome: str | None = None) -> None:
    matter.state = after(matter.state, step)
    matter.version += 1
    if outcome is not None:
        matter.outcome = outcome
    matter.save(update_fields=["state", "version", "outcome"])


def settle(contact: Contact, *, by: Actor, at: datetime) -> None:
    """Let a contact's state follow from its matters; the decision clock stops when every child is decided."""
    states = list(within(by, Matter.objects.filter(contact=contact)).values_list("state", flat=True))
    asked = within(by, Question.objects.filter(contact=contact, state="asked")).exists()
    held = contact.holder is not None
    contact.state = contact_state(states, looked=bool(contact.looked), held=held, asked=asked)
    contact.touched_at = at
    contact.version += 1
    decided = contact.state in {ContactState.DECIDED, ContactState.BACK, ContactState.CLOSED}
    contact.closed_by = by.user_id if decided else None
    contact.closed_at = at if contact.state == ContactState.CLOSED else None
    contact.save(update_fields=["state", "touched_at", "version", "closed_at", "closed_by"])
    if decided:
        clocks.stop(DECISION, subject=("contacts.submission", contact.submission_id), by=by, at=at)


@transaction.atomic
def recommend(key: UUID | str, *, seen: int, given: rules.Recommended, by: Actor, at: datetime) -> Recommendation:
    """Recommend what should happen for one child.

    :raises NotPermitted: `by` is not a social worker for this council
    :raises Conflict: the matter has changed since `by` saw it
    :raises StepNotAllowed: a recommendation waits already, or the matter is decided
    :raises InvalidInput: a part of the rationale is missing, or the outcome is not allowed as things stand
    """
    matter = taken(key, by=by)
    require(by, Permission.CONTACT_SCREEN, authority=matter.authority_id)
    unchanged(seen, matter.version)
    if problems := rules.problems_of_recommendation(given, queries.circumstances(matter, by=by, at=at)):
        raise InvalidInput(**problems)
    _moved(matter, Step.RECOMMEND)
    version = setting("threshold.document", authority=matter.authority_id, on=at).value
    recommendation = Recommendation.objects.create(
        authority_id=matter.authority_id, matter=matter, threshold_version=version,
        made_by=acting_person(by), made_at=at, **{**asdict(given), "secondary": list(given.secondary)},
    )  # fmt: skip
    settle(matter.contact, by=by, at=at)
    clocks.start(SIGN_OFF, subject=("contacts.matter", matter.key), team_id=matter.contact.team_id, by=by, at=at)
    trail.record("contacts.recommend", subject=matter, by=by, at=at, outcome=given.outcome)
    return recommendation


@transaction.atomic
def withdraw(key: UUID | str, *, seen: int, why: str, by: Actor, at: datetime) -> None:
    """Take one's own recommendation back before anybody decided.

    :raises NotPermitted: `by` is not a social worker for this council
    :raises StepNotAllowed: nothing is waiting, or somebody else recommended it
    """
    matter = taken(key, by=by)
    require(by, Permission.CONTACT_SCREEN, authority=matter.authority_id)
    unchanged(seen, matter.version)
    standing = queries.standing_recommendation(matter, by=by)
    if standing is not None and standing.made_by != by.user_id:
        raise StepNotAllowed("Somebody else made this recommendation. A manager can send it back.")
    _end_recommendation(matter, Step.WITHDRAW, why=why, by=by, at=at)
    trail.record("contacts.withdraw", subject=matter, by=by, at=at, why=why)


@transaction.atomic
def send_back(key: UUID | str, *, seen: int, why: str, by: Actor, at: datetime) -> None:
    """A manager asks for more before deciding; no clock stops.

    :raises NotPermitted: `by` may not decide for this council
    :raises InvalidInput: no reason is given
    """
    matter = taken(key, by=by)
    require(by, Permission.CONTACT_DECIDE, authority=matter.authority_id)
    unchanged(seen, matter.version)
    if not why.strip():
        raise InvalidInput(why="Write what is missing")
    _end_recommendation(matter, Step.RETURN, why=why, by=by, at=at)
    trail.record("contacts.send_back", subject=matter, by=by, at=at, why=why)


def _end_recommendation(matter: Matter, step: Step, *, why: str, by: Actor, at: datetime) -> None:
    _moved(matter, step)
    standing = queries.standing_recommendation(matter, by=by)
    if standing is not None:
        standing.ended_at, standing.ended_why = at, why
        standing.save(update_fields=["ended_at", "ended_why"])
    settle(matter.contact, by=by, at=at)
    clocks.stop(SIGN_OFF, subject=("contacts.matter", matter.key), by=by, at=at)


@transaction.atomic
def decide(key: UUID | str, *, seen: int, given: rules.Decided, by: Actor, at: datetime) -> Decision:
    """Decide what happens for one child. The decision is the sign-off, and freezes what was known.

    :raises NotPermitted: `by` may not decide for this council
    :raises Conflict: the matter has changed since `by` saw it
    :raises StepNotAllowed: nothing waits for a decision; `by` recommended it; a pattern must be judged first
    :raises InvalidInput: a part that this outcome demands is missing
    """
    matter = taken(key, by=by)
    require(by, Permission.CONTACT_DECIDE, authority=matter.authority_id)
    unchanged(seen, matter.version)
    recommendation = queries.standing_recommendation(matter, by=by)
    if recommendation is None:
        after(matter.state, Step.DECIDE)
        raise StepNotAllowed("Nothing has been recommended for this child yet.")
    _may_decide(matter, recommendation, by=by, at=at)
    around = queries.circumstances(matter, by=by, at=at)
    if problems := rules.problems_of_decision(given, recommendation.outcome, around):
        raise InvalidInput(**problems)
    _moved(matter, Step.DECIDE, outcome=given.outcome)
    decision = _write_decision(matter, recommendation, given, by=by, at=at)
    for action in given.actions:
        directions.give(
            subject=("contacts.matter", matter.key), owner=action.owner, what=action.what, due_at=action.due_at,
            label=matter.contact.receipt,
            by=by, at=at,
        )  # fmt: skip
    clocks.stop(SIGN_OFF, subject=("contacts.matter", matter.key), by=by, at=at)
    if not needs_third(decision, at=at):
        pass_on(matter, decision, actions=given.actions, by=by, at=at)
        family.expect(matter, decision, by=by, at=at)
    settle(matter.contact, by=by, at=at)
    _tell_if_decided(matter.contact, by=by, at=at)
    trail.record(
        "contacts.decide", subject=matter, by=by, at=at, outcome=given.outcome, agreed=decision.agreed,
        decision=decision.key, share=decision.sample_share,
    )  # fmt: skip
    return decision


def _tell_if_decided(contact: Contact, *, by: Actor, at: datetime) -> None:
    """Once every child is decided and signed for, the person who told us is owed the answer."""
    matters = within(by, Matter.objects.filter(contact=contact)).exclude(
        state__in=(MatterState.ACTIONED, MatterState.BACK, MatterState.CLOSED)
    )
    if not matters.exists():
        tell_outcome(contact, by=by, at=at)


def _may_decide(matter: Matter, recommendation: Recommendation, *, by: Actor, at: datetime) -> None:
    """Two people; and a repeat is judged before it is decided on."""
    if recommendation.made_by == by.user_id:
        raise StepNotAllowed("You recommended this. Another person decides.")
    contact = matter.contact
    if queries.repeat(contact, by=by, at=at) and queries.pattern(contact, by=by) is None:
        raise StepNotAllowed("This family has been reported repeatedly. Judge the pattern first, then decide.")


def _write_decision(
    matter: Matter, recommendation: Recommendation, given: rules.Decided, *, by: Actor, at: datetime
) -> Decision:
    content = snapshots.canonical(queries.known(matter, recommendation, by=by))
    snapshot = Snapshot.objects.create(
        authority_id=matter.authority_id, contact=matter.contact, schema=snapshots.SCHEMA, content=content,
        hash=snapshots.sealed(content), taken_at=at,
    )  # fmt: skip
    earlier = within(by, Decision.objects.filter(made_by=acting_person(by)).exclude(direction="").order_by("-made_at"))
    decision = Decision(
        authority_id=matter.authority_id, matter=matter, recommendation=recommendation, snapshot=snapshot,
        outcome=given.outcome, secondary=list(given.secondary), specialist_route=given.specialist_route,
        rating=given.rating, detail=given.detail, other_council=given.other_council, worker=given.worker,
        manager=given.manager, agreed=_agrees(given, recommendation),
        why_different=given.why_different, risk_seen=given.risk_seen, direction=given.direction,
        missing=given.missing, threshold_level=recommendation.threshold_level,
        threshold_version=recommendation.threshold_version, matter_version=matter.version,
        same_words=rules.same_words(given.direction, list(earlier.values_list("direction", flat=True)[:200])),
        made_by=acting_person(by), made_at=at,
    )  # fmt: skip
    _draw(decision, at=at)
    decision.save(force_insert=True)
    return decision


def _draw(decision: Decision, *, at: datetime) -> None:
    """Draw whether somebody reads a decision by one key again; taking it back does not take it out of the draw."""
    plain = samples.by_one_key(agreed=decision.agreed, risk_seen=decision.risk_seen, direction=decision.direction)
    if plain:
        decision.sample_share = int(setting(declared.SAMPLE.name, authority=decision.authority_id, on=at).value)
        number = samples.drawn(decision.key, bytes(decision.snapshot.hash))
        decision.sampled = samples.falls(number, decision.sample_share)


def _agrees(given: rules.Decided, recommendation: Recommendation) -> bool:
    return (given.outcome, given.rating, given.specialist_route, list(given.secondary)) == (
        recommendation.outcome, recommendation.rating, recommendation.specialist_route, recommendation.secondary,
    )  # fmt: skip


def needs_third(decision: Decision, *, at: datetime) -> bool:
    """Whether the council has a third person sign this outcome, and nobody has yet."""
    named = setting("decision.third_signature", authority=decision.authority_id, on=at).value
    return decision.confirmed_at is None and decision.outcome in named.split()


@transaction.atomic
def confirm(key: UUID | str, *, by: Actor, at: datetime) -> Decision:
    """The third signature, where a council asks it for the outcome; only then is the child passed on.

    :param key: the matter's key
    :raises NotPermitted: `by` is not a head of service for this council
    :raises StepNotAllowed: no third signature is asked, or `by` recommended or decided
    """
    matter = taken(key, by=by)
    require(by, Permission.HANDOVER_OVERRULE, authority=matter.authority_id)
    decision = queries.standing_decision(matter, by=by)
    if decision is None or not needs_third(decision, at=at):
        raise StepNotAllowed("No third signature is waited for.")
    if by.user_id in {decision.made_by, decision.recommendation.made_by}:
        raise StepNotAllowed("You have signed this already. A third person confirms it.")
    decision.confirmed_by, decision.confirmed_at = by.user_id, at
    decision.save(update_fields=["confirmed_by", "confirmed_at"])
    pass_on(matter, decision, by=by, at=at)
    family.expect(matter, decision, by=by, at=at)
    settle(matter.contact, by=by, at=at)
    _tell_if_decided(matter.contact, by=by, at=at)
    trail.record("contacts.confirm", subject=matter, by=by, at=at)
    return decision


@transaction.atomic
def void(key: UUID | str, *, seen: int, why: str, by: Actor, at: datetime) -> None:
    """Take back a decision, because it or its grounds have changed. It is kept, and the child is screened again.

    What it sent and nobody has accepted is taken back too; what was accepted stays with whoever has it.

    :param key: the matter's key
    :raises NotPermitted: `by` may not decide for this council
    :raises StepNotAllowed: there is no decision
    :raises InvalidInput: no reason is given
    """
    matter = taken(key, by=by)
    require(by, Permission.CONTACT_DECIDE, authority=matter.authority_id)
    unchanged(seen, matter.version)
    if not why.strip():
        raise InvalidInput(why="Write what has changed")
    void_decision(matter, why=why, by=by, at=at)
    handovers.withdraw_all(("contacts.matter", matter.key), reason=why, by=by, at=at)
    settle(matter.contact, by=by, at=at)
    begin_anew(matter.contact, by=by, at=at)
    trail.record("contacts.void", subject=matter, by=by, at=at, why=why)


def begin_anew(contact: Contact, *, by: Actor, at: datetime) -> None:
    """Reopening keeps the first clock as it ended and starts a second (domain 1.13)."""
    subject = ("contacts.submission", contact.submission_id)
    shown = clock_queries.for_subject(subject, by=by, at=at)
    if not any(clock.kind == DECISION and clock.stopped_at is None for clock in shown):
        contact.due_at = clocks.start(DECISION, subject=subject, team_id=contact.team_id, by=by, at=at)[0].due_at
        contact.save(update_fields=["due_at"])


def void_decision(matter: Matter, *, why: str, by: Actor, at: datetime) -> None:
    """Void what stands on a matter whose grounds have changed, and keep it."""
    decision = queries.standing_decision(matter, by=by)
    if decision is None:
        raise StepNotAllowed("There is no decision to take back.")
    decision.voided_at, decision.voided_why = at, why[:300]
    decision.save(update_fields=["voided_at", "voided_why"])
    family.call_off(matter, by=by, at=at)
    standing = queries.standing_recommendation(matter, by=by)
    if standing is not None:
        standing.ended_at, standing.ended_why = at, why[:300]
        standing.save(update_fields=["ended_at", "ended_why"])
    _moved(matter, Step.VOID, outcome="")


@transaction.atomic
def add(key: UUID | str, *, words: str, by: Actor, at: datetime) -> None:
    """Correct a spelling by a marked addendum: the decision stands, its words stay.

    :param key: the matter's key
    :raises NotPermitted: `by` may not decide for this council
    :raises StepNotAllowed: there is no decision
    """
    matter = taken(key, by=by)
    require(by, Permission.CONTACT_DECIDE, authority=matter.authority_id)
    decision = queries.standing_decision(matter, by=by)
    if decision is None:
        raise StepNotAllowed("There is no decision to correct.")
    if not words.strip():
        raise InvalidInput(words="Write the correction")
    line = f"{at.isoformat(timespec='minutes')} {by.label}: {words.strip()}"
    decision.addendum = f"{decision.addendum}\n{line}".strip()
    decision.save(update_fields=["addendum"])
    trail.record("contacts.add", subject=matter, by=by, at=at)


@transaction.atomic
def judge_pattern(
    key: UUID | str, *, changed: str, responses: str, helped: str, conclusion: str, by: Actor, at: datetime
) -> Pattern:
    """A manager's reasoned decision on repeat contacts (domain 1.12), before any decision on this contact.

    :param key: the contact's key
    :param changed: what has changed since the last time
    :param responses: what each earlier response was
    :param helped: whether it helped the child
    :raises NotPermitted: `by` may not decide for this council
    :raises StepNotAllowed: no rule calls for it, or `by` closed the last one
    :raises InvalidInput: a part is missing
    """
    locked = Contact.objects.select_for_update(of=("self",), no_key=True)
    contact = within(by, locked.filter(key=key)).first()
    if contact is None:
        raise NotFound
    require(by, Permission.CONTACT_DECIDE, authority=contact.authority_id)
    found = queries.repeat(contact, by=by, at=at)
    if found is None:
        raise StepNotAllowed("No rule of this council calls for a judgement of the pattern.")
    if not rules.may_review_pattern(by.user_id or 0, found.earlier):
        raise StepNotAllowed("You closed the last contact about this family. Another manager judges the pattern.")
    parts = {"changed": changed, "responses": responses, "helped": helped, "conclusion": conclusion}
    if missing := {name: _PATTERN_ASKS[name] for name, text in parts.items() if not text.strip()}:
        raise InvalidInput(**missing)
    pattern = Pattern.objects.create(
        authority_id=contact.authority_id, contact=contact, counted=found.counted, rule=found.rule, **parts,
        made_by=acting_person(by), made_at=at,
    )  # fmt: skip
    trail.record("contacts.judge_pattern", subject=contact, by=by, at=at, counted=found.counted)
    return pattern


_PATTERN_ASKS = {
    "changed": "Write what has changed since the last time",
    "responses": "Write what each earlier response was",
    "helped": "Write whether it helped the child",
    "conclusion": "Write what you conclude from the pattern",
}


def destination_of(decision: Decision) -> str:
    """Where the decided work goes; empty where nobody takes it on."""
    return codes.OUTCOMES[decision.outcome].destination
