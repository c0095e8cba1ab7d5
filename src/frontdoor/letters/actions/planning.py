"""Planning what is told, to whom and how: part of the act that makes it due, in its transaction."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, InvalidInput, NotFound, Permission, acting_council, require, unchanged
from frontdoor.background.actions import later
from frontdoor.clocks import actions as clocks
from frontdoor.clocks import queries as clock_queries
from frontdoor.clocks.rules import ClockKind
from frontdoor.letters import queries, rules
from frontdoor.letters.actions.taking import stop_clock, take
from frontdoor.letters.models import Letter
from frontdoor.letters.rules import Audience, Facts, Found, Kind, Recipient, Route, State, Step, Subject
from frontdoor.trail import actions as trail

ClockSubject = tuple[str, object]


@dataclass(frozen=True, slots=True)
class Running:
    """The clock of a telling.

    :param subject: of the clock that runs already; None for the letter's own
    :param since: from when the letter's own counts
    :param due_at: where it is known
    """

    kind: ClockKind
    subject: ClockSubject | None
    since: datetime
    due_at: datetime | None = None


@transaction.atomic
def plan_acknowledgement(
    subject: Subject,
    *,
    recipient: UUID,
    facts: Facts,
    team_id: int,
    clock: ClockSubject | None = None,
    due_at: datetime | None = None,
    written: Recipient | None = None,
    by: Actor,
    at: datetime,
) -> Letter:
    """Tell somebody that what they sent has arrived; planning it again finds the one that stands.

    Whoever may take something in may promise to say so.

    :param recipient: key of the compartment's row, which the resolver of the subject's kind understands
    :param clock: subject of the `letters.acknowledge` clock that runs already; without, one starts at receipt
    :param due_at: when that clock is due, where the caller knows it
    :param written: who stands in that row, where the caller wrote it in this very transaction: then nobody is asked
        for it again, and no letter to a row so new can stand yet
    :raises NotFound: the compartment has no such row
    """
    require(by, Permission.CONTACT_TAKE, authority=acting_council(by))
    person = written or _person(subject, recipient, by=by, at=at)
    letter = _prepared(Kind.ACKNOWLEDGEMENT, subject, recipient, person, facts, by=by, at=at)
    letter.team_id = team_id
    running = Running(rules.ACKNOWLEDGE, clock, facts.received_at, due_at)
    return _planned(letter, person, running, new=written is not None, by=by, at=at)


@transaction.atomic
def plan_outcome(
    subject: Subject,
    *,
    recipient: UUID,
    facts: Facts,
    team_id: int,
    occasion: str = "",
    by: Actor,
    at: datetime,
) -> Letter:
    """Tell somebody what was decided, as far as they may know it (`rules.may_know`); the rest is not even kept.

    :param facts: with `decided_at`, and `told` for each child
    :param occasion: what makes this telling one of several about the same matter: the key of the decision
    :raises InvalidInput: no time of decision
    :raises NotFound: the compartment has no such row
    """
    require(by, Permission.LETTER_SEND, authority=acting_council(by))
    if facts.decided_at is None:
        raise InvalidInput(decided_at="An outcome has been decided at some time.")
    person = _person(subject, recipient, by=by, at=at)
    letter = _prepared(None, subject, recipient, person, facts, by=by, at=at)
    letter.team_id, letter.occasion = team_id, occasion
    return _planned(letter, person, Running(rules.OUTCOME, None, facts.decided_at), by=by, at=at)


@transaction.atomic
def plan_call_back(
    subject: Subject,
    *,
    recipient: UUID,
    facts: Facts,
    team_id: int,
    occasion: str = "",
    by: Actor,
    at: datetime,
) -> Letter:
    """Tell somebody by when a qualified social worker rings back. The call itself has a clock of its own elsewhere.

    :param facts: with `ring_by`
    :raises InvalidInput: no time by which somebody rings
    :raises NotFound: the compartment has no such row
    """
    require(by, Permission.CONTACT_TAKE, authority=acting_council(by))
    if facts.ring_by is None:
        raise InvalidInput(ring_by="Say by when somebody rings.")
    person = _person(subject, recipient, by=by, at=at)
    letter = _prepared(Kind.CALL_BACK_PROMISE, subject, recipient, person, facts, by=by, at=at)
    letter.team_id, letter.occasion, letter.due_at = team_id, occasion, facts.ring_by
    return _planned(letter, person, None, by=by, at=at)


@transaction.atomic
def plan_services(
    subject: Subject,
    *,
    recipient: UUID,
    facts: Facts,
    team_id: int,
    occasion: str,
    by: Actor,
    at: datetime,
) -> Letter:
    """Tell somebody of services that may help, in the way in which they asked to be answered.

    :param facts: with `services`
    :param occasion: what makes this telling one of several about the same matter
    :raises InvalidInput: no service
    :raises NotFound: the compartment has no such row
    """
    require(by, Permission.LETTER_SEND, authority=acting_council(by))
    if not facts.services:
        raise InvalidInput(services="Choose a service.")
    person = _person(subject, recipient, by=by, at=at)
    letter = _prepared(Kind.SERVICES, subject, recipient, person, facts, by=by, at=at)
    letter.team_id, letter.occasion = team_id, occasion
    return _planned(letter, person, None, by=by, at=at)


@transaction.atomic
def plan_family(
    subject: Subject,
    *,
    recipient: UUID,
    decided: bool,
    audience: Audience,
    facts: Facts,
    team_id: int,
    chosen_by: int,
    by: Actor,
    at: datetime,
) -> Letter:
    """Tell a child, or whoever cares for one, by letter. Whoever chose the words does not let them go out.

    :param decided: what was decided, else that it arrived
    :param chosen_by: the account that chose the words; it counts as having planned the letter
    :raises InvalidInput: `by` chose the words
    :raises NotPermitted: `by` may not release words to a family
    :raises NotFound: the compartment has no such row
    """
    require(by, Permission.FAMILY_RELEASE, authority=acting_council(by))
    if by.user_id is None or by.user_id == chosen_by:
        raise InvalidInput(why="Somebody else has to release it: you chose the words.")
    person = _person(subject, recipient, by=by, at=at)
    letter = Letter(
        authority_id=acting_council(by), kind=Kind.FAMILY_DECIDED if decided else Kind.FAMILY_ARRIVED,
        audience=audience, subject_kind=subject[0], subject_key=subject[1], recipient=recipient,
        reference=facts.reference, asked=person.route, route=Route.LETTER, facts=rules.kept(facts), due_at=at,
        made_by=chosen_by, made_at=at, team_id=team_id,
    )  # fmt: skip
    return _planned(letter, person, Running(rules.FAMILY_TOLD, subject, at), by=by, at=at)


def _person(subject: Subject, recipient: UUID, *, by: Actor, at: datetime) -> Recipient:
    return rules.resolver_for(subject[0])(subject[1], recipient, by=by, at=at)


def _prepared(
    kind: Kind | None, subject: Subject, recipient: UUID, person: Recipient, facts: Facts, *, by: Actor, at: datetime
) -> Letter:
    """An unsaved letter for this person; without `kind` an outcome, whose kind follows from the audience."""
    knowing = rules.may_know(person.kind, source=person.source)
    audience = knowing.audience or Audience.PUBLIC
    told = facts.told if knowing.outcome else ()
    return Letter(
        authority_id=acting_council(by),
        kind=kind or rules.OUTCOME_KINDS[audience],
        audience=audience,
        subject_kind=subject[0],
        subject_key=subject[1],
        recipient=recipient,
        reference=facts.reference,
        asked=person.route,
        route=person.route,
        facts=rules.kept(replace(facts, told=told)),
        due_at=at,
        made_by=by.user_id,
        made_at=at,
    )


def _planned(
    letter: Letter, person: Recipient, running: Running | None, *, new: bool = False, by: Actor, at: datetime
) -> Letter:
    if not new and (standing := _standing(letter, by=by)) is not None:
        return standing
    letter.wording_version = _newest(letter)
    _decide_state(letter, person, by=by, at=at)
    if running is not None:
        _run_clock(letter, running, by=by, at=at)
    letter.save(force_insert=True)
    _send_later(letter)
    trail.record(
        "letters.plan",
        subject=letter,
        by=by,
        at=at,
        kind=letter.kind,
        route=letter.route,
        state=letter.state,
        found=[mark.partition(":")[0] for mark in letter.findings],
    )
    return letter


def _standing(letter: Letter, *, by: Actor) -> Letter | None:
    same = Letter.objects.filter(
        subject_key=letter.subject_key,
        subject_kind=letter.subject_kind,
        recipient=letter.recipient,
        kind=letter.kind,
        occasion=letter.occasion,
    )
    return within(by, same).exclude(state=State.CANCELLED).first()


def _newest(letter: Letter) -> int:
    return rules.wording(Kind(letter.kind), Audience(letter.audience), rules.medium(Route(letter.route))).version


_NOBODY = frozenset({Found.NO_NAME, Found.NONE_POSSIBLE})
_HOLDS_A_CALL = frozenset({Found.VIA_NAMED_PERSON, Found.UNSAFE_ROUTE})


def _decide_state(letter: Letter, person: Recipient, *, by: Actor, at: datetime) -> None:
    """Where a letter stands after the guard's look: to be sent, held back with the reasons, or nobody can be told.

    A call is made by a person, who reads the same reasons first, so only what forbids any call holds it.
    """
    standing = queries.look_at(person, letter, by=by, at=at).standing(letter)
    letter.findings = [each.mark for each in standing]
    codes = {each.code for each in standing}
    if codes & _NOBODY:
        letter.state = State.NOT_POSSIBLE
    elif standing and (letter.route != Route.PHONE or codes & _HOLDS_A_CALL):
        letter.state, letter.held_at = State.HELD, at
    else:
        letter.state, letter.next_at = State.TO_SEND, at


def _run_clock(letter: Letter, running: Running, *, by: Actor, at: datetime) -> None:
    """Start the clock of this telling, or take over one that runs; where nobody can be told none is left running."""
    kind, subject = running.kind, running.subject or ("letters.letter", letter.key)
    letter.clock_kind, letter.clock_subject_kind, letter.clock_subject_key = kind.name, subject[0], str(subject[1])
    if letter.state == State.NOT_POSSIBLE:
        stop_clock(letter, by=by, at=at)
        return
    letter.due_at = running.due_at or _due_at(letter, kind, subject, started_at=running.since, by=by)


def _due_at(letter: Letter, kind: ClockKind, subject: ClockSubject, *, started_at: datetime, by: Actor) -> datetime:
    try:
        return clock_queries.due_at(kind, subject=subject, by=by)
    except NotFound:
        (started,) = clocks.start(
            kind, subject=subject, team_id=letter.team_id, label=letter.reference, by=by, at=started_at
        )
        return started.due_at


def _send_later(letter: Letter) -> None:
    if letter.state == State.TO_SEND and Route(letter.route) in rules.ELECTRONIC:
        later("letters.send", letter=str(letter.key))


@transaction.atomic
def change_route(key: UUID | str, *, seen: int, route: Route, why: str, by: Actor, at: datetime) -> Letter:
    """Tell somebody by another route than planned, because the first did not work or was not safe.

    :raises Conflict: the letter has changed since `by` saw it
    :raises InvalidInput: no such way to tell somebody, or no reason
    :raises StepNotAllowed: it has gone out, or the person was told
    """
    letter = take(key, by=by)
    require(by, Permission.LETTER_SEND, authority=letter.authority_id)

    unchanged(seen, letter.version)
    rules.after(letter.state, Step.CHANGE_ROUTE)
    if letter.kind in rules.FAMILY and route in rules.ELECTRONIC:
        raise InvalidInput(route="A family is told by letter, by telephone or in person: others may read the rest.")
    if route not in (*rules.ELECTRONIC, Route.LETTER, Route.PHONE):
        raise InvalidInput(route="Choose e-mail, text, letter or telephone.")
    if not why.strip():
        raise InvalidInput(why="Say why they are told in another way.")
    person = queries.recipient(letter, by=by, at=at)
    letter.route, letter.asked = route, person.route
    letter.released, letter.uncertain, letter.failure, letter.attempts = [], False, "", 0
    letter.wording_version = _newest(letter)
    letter.next_at = letter.held_at = letter.held_by = None
    _decide_state(letter, person, by=by, at=at)
    letter.version += 1
    letter.save(update_fields=_ROUTE_FIELDS)
    _send_later(letter)

    trail.record("letters.change_route", subject=letter, by=by, at=at, why=why.strip(), route=route, state=letter.state)
    return letter


_ROUTE_FIELDS = [
    "route", "asked", "released", "uncertain", "failure", "attempts", "wording_version", "next_at", "held_at",
    "held_by", "state", "findings", "version",
]  # fmt: skip
