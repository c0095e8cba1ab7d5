"""Telling a family: who should hear, the words chosen and released by two people, told, or a reason for not telling."""

from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction

from frontdoor.access.queries import colleagues
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
from frontdoor.clocks.models import Ended
from frontdoor.contacts.models import Contact, Decision, Matter, Named, Telling
from frontdoor.contacts.queries import family as queries
from frontdoor.contacts.rules import family as rules
from frontdoor.contacts.rules.family import AGAIN, SUBJECT, How, Part, Person, State, Step, Told
from frontdoor.contacts.rules.states import CHILD_KINDS, SETTLED
from frontdoor.councils.queries import setting
from frontdoor.letters import actions as letters
from frontdoor.letters.models import Letter
from frontdoor.letters.rules import CHILD_TOLD_FROM, FAMILY_TOLD, Audience
from frontdoor.letters.rules import State as LetterState
from frontdoor.shell.rules import LONDON
from frontdoor.trail import actions as trail

TOLD_OF = "request_for_service"
"""The category whose families are told: a request for information is answered to whoever asked."""
_COMES_BACK_AT = time(9)


def expect(matter: Matter, decision: Decision, *, by: Actor, at: datetime) -> None:
    """List who should hear what was decided for a child, and start their clocks. Part of the act that decides."""
    contact = matter.contact
    if contact.category != TOLD_OF or decision.voided_at is not None:
        return
    people = list(within(by, Named.objects.filter(contact=contact)).order_by("position"))
    child_from = int(setting(CHILD_TOLD_FROM.name, authority=matter.authority_id, on=at).value)
    for person in people:
        known = Person(
            person.kind not in CHILD_KINDS, person.relationship, person.parental_responsibility,
            rules.whole_years(person.date_of_birth, person.approximate_age, on=at.date()),
        )  # fmt: skip
        if rules.should_hear(known, is_the_child=person.pk == matter.child_id, child_from=child_from):
            _listed(matter, person, Told.DECIDED, decision.key, by=by, at=at)


def _listed(matter: Matter, person: Named, told: Told, decision: UUID | None, *, by: Actor, at: datetime) -> Telling:
    telling = Telling(
        authority_id=matter.authority_id, matter=matter, person=person, told=told, decision=decision, due_at=at,
        part=Part.PARENT if person.kind not in CHILD_KINDS else Part.CHILD, state=State.TO_TELL,
    )  # fmt: skip
    _start(telling, matter.contact, by=by, at=at)
    telling.save(force_insert=True)
    return telling


def _start(telling: Telling, contact: Contact, *, by: Actor, at: datetime) -> None:
    (clock,) = clocks.start(
        FAMILY_TOLD, subject=(SUBJECT, telling.key), team_id=contact.team_id, label=contact.receipt, by=by, at=at
    )
    telling.due_at = clock.due_at


def call_off(matter: Matter, *, by: Actor, at: datetime) -> None:
    """Nobody is told of a decision that was taken back: what has not been said is not said. Part of that act."""
    standing = Telling.objects.select_for_update(of=("self",)).filter(matter=matter, told=Told.DECIDED)
    for telling in within(by, standing).order_by("id"):
        if rules.may(telling.state, Step.CALL_OFF):
            telling.state = rules.after(telling.state, Step.CALL_OFF)
            _save(telling, "state")
            clocks.stop(subject=(SUBJECT, telling.key), by=by, at=at, ended=Ended.NOT_NEEDED)
            letters.call_off((SUBJECT, telling.key), why="The decision was taken back", by=by, at=at)


def _take(key: UUID | str, *, by: Actor) -> Telling:
    locked = Telling.objects.select_for_update(of=("self",), no_key=True).select_related("matter__contact", "person")
    found = within(by, locked.filter(key=key)).first()
    if found is None:
        raise NotFound
    return found


def _save(telling: Telling, *fields: str) -> None:
    telling.version += 1
    telling.save(update_fields=[*fields, "version"])


@transaction.atomic
def add(matter: UUID | str, *, person: UUID | str, told: str, by: Actor, at: datetime) -> Telling:
    """Somebody else should hear, or hears that something has arrived: list them, with a clock.

    :param matter: key of the child's matter
    :param person: key of somebody whom the contact names
    :raises NotFound: the council acted for has no such matter, or the contact does not name such a person
    :raises NotPermitted: `by` tells no families
    :raises StepNotAllowed: nothing is decided yet, they are listed already, or another child would hear
    """
    found = within(by, Matter.objects.select_related("contact").filter(key=matter)).first()
    if found is None:
        raise NotFound
    require(by, Permission.FAMILY_TELL, authority=found.authority_id)
    somebody = within(by, Named.objects.filter(contact=found.contact, key=person)).first()
    if somebody is None:
        raise NotFound
    if somebody.kind in CHILD_KINDS and somebody.pk != found.child_id:
        raise StepNotAllowed("A child hears of their own matter alone.")
    decision = _to_tell_of(found, told, by=by)
    same = Telling.objects.filter(matter=found, person=somebody, told=told, decision=decision)
    if within(by, same).exists():
        raise StepNotAllowed("They are listed already.")
    made = _listed(found, somebody, Told(told), decision, by=by, at=at)
    trail.record("contacts.add_telling", subject=found.contact, by=by, at=at, telling=made.key, told=told)
    return made


def _to_tell_of(matter: Matter, told: str, *, by: Actor) -> UUID | None:
    if told == Told.ARRIVED:
        return None
    if matter.state not in SETTLED:
        raise StepNotAllowed("Nothing has been decided for this child yet.")
    standing = within(by, Decision.objects.filter(matter=matter, voided_at=None)).order_by("-id")
    return standing.values_list("key", flat=True).first()


@transaction.atomic
def choose(key: UUID | str, *, seen: int, given: rules.Chosen, by: Actor, at: datetime) -> Telling:
    """Choose who tells somebody, when, how and in which fixed words. A second person lets the words go.

    :raises NotPermitted: `by` tells no families
    :raises Conflict: somebody has changed it since `by` saw it
    :raises StepNotAllowed: words were chosen already, they are told, or a manager said that they are not
    :raises InvalidInput: with a message by field
    """
    telling = _take(key, by=by)
    require(by, Permission.FAMILY_TELL, authority=telling.authority_id)
    unchanged(seen, telling.version)
    state = rules.after(telling.state, Step.CHOOSE)
    found = rules.problems(given, part=telling.part, told=telling.told)
    if given.teller not in {each.id for each in colleagues(by=by, at=at)}:
        found["teller"] = "Choose a colleague who works here today"
    if found:
        raise InvalidInput(**found)
    telling.state, telling.how, telling.teller, telling.tell_at = state, given.how, given.teller, given.tell_at
    telling.worry, telling.reason = given.worry, given.reason if telling.told == Told.DECIDED else ""
    telling.responsibility, telling.known_from = given.responsibility, given.known_from.strip()
    telling.chosen_by, telling.chosen_at = acting_person(by), at
    _save(
        telling, "state", "how", "teller", "tell_at", "worry", "reason", "responsibility", "known_from", "chosen_by",
        "chosen_at",
    )  # fmt: skip
    trail.record(
        "contacts.choose_words", subject=telling.matter.contact, by=by, at=at, telling=telling.key, how=given.how
    )
    return telling


@transaction.atomic
def take_back(key: UUID | str, *, seen: int, by: Actor, at: datetime) -> Telling:
    """Take chosen words back, to choose others: whoever chose them, or who would release them.

    :raises StepNotAllowed: nothing is chosen, or it goes by a letter that is on its way
    """
    telling = _take(key, by=by)
    require(by, Permission.FAMILY_TELL, authority=telling.authority_id)
    unchanged(seen, telling.version)
    if telling.state == State.RELEASED and telling.how == How.LETTER:
        raise StepNotAllowed("The letter is planned. Cancel it on its own page; then other words can be chosen.")
    telling.state = rules.after(telling.state, Step.TAKE_BACK)
    _save(telling, "state")
    trail.record("contacts.take_words_back", subject=telling.matter.contact, by=by, at=at, telling=telling.key)
    return telling


@transaction.atomic
def release(key: UUID | str, *, seen: int, by: Actor, at: datetime) -> Telling:
    """Let the chosen words go out: a second person. What goes by letter is planned here, and looked at by the guard.

    :raises NotPermitted: `by` releases no words to families
    :raises StepNotAllowed: no words are chosen, or `by` chose them
    """
    telling = _take(key, by=by)
    require(by, Permission.FAMILY_RELEASE, authority=telling.authority_id)
    unchanged(seen, telling.version)
    state = rules.after(telling.state, Step.RELEASE)
    if telling.chosen_by is None or telling.chosen_by == by.user_id:
        raise StepNotAllowed("You chose these words. Another person releases them.")
    telling.state, telling.released_by, telling.released_at = state, acting_person(by), at
    _save(telling, "state", "released_by", "released_at")
    if telling.how == How.LETTER:
        letters.plan_family(
            (SUBJECT, telling.key), recipient=telling.person.key, decided=telling.told == Told.DECIDED,
            audience=Audience(telling.part), facts=queries.facts(telling, by=by), chosen_by=telling.chosen_by,
            team_id=telling.matter.contact.team_id, by=by, at=at,
        )  # fmt: skip
    trail.record("contacts.release_words", subject=telling.matter.contact, by=by, at=at, telling=telling.key)
    return telling


@transaction.atomic
def tell(
    key: UUID | str, *, seen: int, answer: str, told_at: datetime | None = None, by: Actor, at: datetime
) -> Telling:
    """Write down that somebody was told, in person or by telephone, and what they answered.

    :param told_at: when it was, if earlier than now
    :raises StepNotAllowed: the words are not released, or they go by letter
    :raises InvalidInput: a time that has not come, or from before the words were released
    """
    telling = _take(key, by=by)
    require(by, Permission.FAMILY_TELL, authority=telling.authority_id)
    unchanged(seen, telling.version)
    state = rules.after(telling.state, Step.TELL)
    if telling.how == How.LETTER:
        raise StepNotAllowed("It goes by letter. Who is told on the telephone instead is recorded on the letter.")
    when = told_at or at
    if when > at or (telling.released_at is not None and when < telling.released_at):
        raise InvalidInput(told_at="Give a time after the words were released, and not after now")
    telling.state, telling.told_by, telling.told_at, telling.answer = state, acting_person(by), when, answer.strip()
    _save(telling, "state", "told_by", "told_at", "answer")
    clocks.stop(FAMILY_TOLD, subject=(SUBJECT, telling.key), by=by, at=when)
    trail.record("contacts.tell", subject=telling.matter.contact, by=by, at=at, telling=telling.key, told_at=when)
    return telling


@transaction.atomic
def not_tell(
    key: UUID | str, *, seen: int, why: str, words: str, again_on: date | None, by: Actor, at: datetime
) -> Telling:
    """A manager decides that somebody is not told for now, why, and when that is looked at again.

    On that day it comes back to the manager as a clock of their own.

    :raises NotPermitted: `by` is no manager here
    :raises StepNotAllowed: they have been told, or a letter to them is on its way
    :raises InvalidInput: with a message by field
    """
    telling = _take(key, by=by)
    require(by, Permission.FAMILY_RELEASE, authority=telling.authority_id)
    unchanged(seen, telling.version)
    state = rules.after(telling.state, Step.NOT_TELL)
    rules.check_not_telling(why, words, again_on, on=at.date())
    if telling.state == State.RELEASED:
        letters.call_off((SUBJECT, telling.key), why="A manager decided that they are not told", by=by, at=at)
    telling.state, telling.why_not, telling.why_words = state, why, words.strip()[:1_000]
    telling.again_on = None if why in rules.FOR_GOOD else again_on
    telling.refused_by, telling.refused_at = acting_person(by), at
    _save(telling, "state", "why_not", "why_words", "again_on", "refused_by", "refused_at")
    clocks.stop(subject=(SUBJECT, telling.key), by=by, at=at, ended=Ended.NOT_NEEDED)
    if telling.again_on is not None:
        comes_back = datetime.combine(telling.again_on, _COMES_BACK_AT, LONDON)
        contact = telling.matter.contact
        clocks.start_until(
            AGAIN, due_at=comes_back, subject=(SUBJECT, telling.key), owner_id=by.user_id, team_id=contact.team_id,
            label=contact.receipt, by=by, at=at,
        )  # fmt: skip
    trail.record("contacts.not_tell", subject=telling.matter.contact, by=by, at=at, why=why, telling=telling.key)
    return telling


@transaction.atomic
def reconsider(key: UUID | str, *, seen: int, by: Actor, at: datetime) -> Telling:
    """A manager lets somebody be told after all: the clock of the telling starts now.

    :raises NotPermitted: `by` is no manager here
    :raises StepNotAllowed: nobody had decided that they are not told
    """
    telling = _take(key, by=by)
    require(by, Permission.FAMILY_RELEASE, authority=telling.authority_id)
    unchanged(seen, telling.version)
    telling.state, telling.again_on = rules.after(telling.state, Step.RECONSIDER), None
    clocks.stop(AGAIN, subject=(SUBJECT, telling.key), by=by, at=at)
    _start(telling, telling.matter.contact, by=by, at=at)
    _save(telling, "state", "again_on", "due_at")
    trail.record("contacts.reconsider", subject=telling.matter.contact, by=by, at=at, telling=telling.key)
    return telling


def on_letter(letter: Letter, *, by: Actor, at: datetime) -> None:
    """What became of a letter to a family: told, or to be told in another way. Part of the act that settles it."""
    locked = Telling.objects.select_for_update(of=("self",), no_key=True).select_related("matter__contact")
    telling = within(by, locked.filter(key=letter.subject_key)).first()
    if telling is None or telling.state != State.RELEASED:
        return
    if letter.state in (LetterState.SENT, LetterState.DONE_BY_PHONE):
        telling.state, telling.told_by, telling.told_at = State.TOLD, by.user_id, at
        if letter.state == LetterState.DONE_BY_PHONE:
            telling.how = How.PHONE
    else:
        telling.state = rules.after(telling.state, Step.TAKE_BACK)
        _start(telling, telling.matter.contact, by=by, at=at)
    _save(telling, "state", "told_by", "told_at", "how", "due_at")
    trail.record(
        "contacts.heard", subject=telling.matter.contact, by=by, at=at, telling=telling.key, state=telling.state
    )
