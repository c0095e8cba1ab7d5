"""What became of a contact since it was told: calls back, each child's way through two people, letters, the family."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, Permission, acting_council, acting_person, require
from frontdoor.contacts.models import (
    Attempt,
    CallBack,
    Contact,
    Decision,
    Matter,
    Named,
    Pattern,
    Recommendation,
    SafetyCall,
)
from frontdoor.contacts.queries import decisions
from frontdoor.contacts.queries.people import of_family
from frontdoor.contacts.queries.telephone import going_on
from frontdoor.contacts.rules.decisions import Repeat
from frontdoor.contacts.rules.kinds import THIRD_SIGNATURE
from frontdoor.contacts.rules.states import CHILD_KINDS
from frontdoor.councils.queries import setting
from frontdoor.directions import queries as directions
from frontdoor.directions.queries import Directed
from frontdoor.handovers import queries as handovers
from frontdoor.handovers.queries import Given
from frontdoor.letters import queries as letters

MOST = 50
"""Contacts of one family that its history shows, the newest first."""


@dataclass(frozen=True, slots=True)
class Way:
    """One child's way: what was recommended and decided, to whom it was passed, what is to be done.

    :param recommendations: all, the oldest first; those that were taken or sent back are kept
    :param decisions: all, the oldest first; those that were voided are kept
    :param third: a third person has to sign before anything follows
    """

    matter: Matter
    recommendations: tuple[Recommendation, ...]
    decisions: tuple[Decision, ...]
    slips: tuple[Given, ...]
    directed: tuple[Directed, ...]
    third: bool

    @property
    def standing(self) -> Decision | None:
        """The decision in force."""
        return next((each for each in self.decisions if each.voided_at is None), None)

    @property
    def waits(self) -> Recommendation | None:
        """The recommendation that waits for a manager."""
        return next(
            (each for each in self.recommendations if each.ended_at is None and self.matter.state == "recommended"),
            None,
        )


@dataclass(frozen=True, slots=True)
class CalledBack:
    """A call that was asked for: when, and what came of it; nothing of who asked."""

    id: UUID
    when: str
    asked_at: datetime
    done_at: datetime | None
    outcome: str
    tries: int


@dataclass(frozen=True, slots=True)
class Before:
    """Another contact of the same family, before or after this one.

    :param children: each child as that contact named them, with the row that says their age then
    :param outcomes: what was decided, for each child
    :param confirmed: somebody confirmed that it names the same people; else it is alike by exact matching alone
    """

    key: UUID
    receipt: str
    received_at: datetime
    sub_type: str
    state: str
    story: str
    children: tuple[Named, ...]
    outcomes: tuple[str, ...]
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """Everything that followed on what was told.

    :param going_on: since when the call still goes on; what is said until it ends joins the contact
    :param masked: restricted slips, of which only that they are there is shown
    :param letters: what the person who told us was sent; empty for those who may not read letters
    :param repeat: the printed rule by which this is a pattern, or None
    """

    going_on: datetime | None
    safety_calls: tuple[SafetyCall, ...]
    call_backs: tuple[CalledBack, ...]
    ways: tuple[Way, ...]
    masked: tuple[Given, ...]
    letters: tuple[letters.Shown, ...]
    repeat: Repeat | None
    pattern: Pattern | None
    family: tuple[Before, ...]

    @property
    def people(self) -> set[int]:
        """Every account that it names."""
        found: set[int | None] = {self.pattern.made_by} if self.pattern else set()
        for way in self.ways:
            found |= {each.made_by for each in way.recommendations}
            found |= {number for each in way.decisions for number in (each.made_by, each.confirmed_by)}
        found |= {number for each in self.safety_calls for number in (each.started_by, each.done_by)}
        found |= {number for letter in self.letters for number in letter.people}
        return {number for number in found if number is not None}


def course(contact: Contact, matters: Sequence[Matter], *, by: Actor, at: datetime) -> Course:
    """What became of a contact. Part of opening it, whose entry it shares."""
    ways, masked = _ways(matters, by=by, at=at)
    told = letters.of_subject(("contacts.contact", contact.key), by=by, at=at) if by.may(Permission.LETTER_READ) else []
    return Course(
        going_on=going_on(contact, by=by),
        safety_calls=tuple(within(by, SafetyCall.objects.filter(contact=contact)).order_by("started_at", "id")),
        call_backs=_call_backs(contact, by=by),
        ways=ways,
        masked=masked,
        letters=tuple(told),
        repeat=decisions.repeat(contact, by=by, at=at),
        pattern=decisions.pattern(contact, by=by),
        family=_family(contact, by=by),
    )


def _ways(matters: Sequence[Matter], *, by: Actor, at: datetime) -> tuple[tuple[Way, ...], tuple[Given, ...]]:
    keys = [matter.key for matter in matters]
    recommended = list(within(by, Recommendation.objects.filter(matter__in=matters)).order_by("made_at", "id"))
    decided = list(
        within(by, Decision.objects.filter(matter__in=matters)).select_related("snapshot").order_by("made_at", "id")
    )
    slips = handovers.for_subjects("contacts.matter", keys, by=by, at=at)
    directed = directions.for_subjects("contacts.matter", keys, by=by, at=at)
    named = setting(THIRD_SIGNATURE.name, authority=acting_council(by), on=at).value.split() if decided else []
    ways = [
        Way(
            matter,
            tuple(each for each in recommended if each.matter_id == matter.pk),
            tuple(each for each in decided if each.matter_id == matter.pk),
            tuple(slip for slip in slips if slip.subject_key == matter.key),
            tuple(each for each in directed if each.subject_key == matter.key),
            third=any(
                each.matter_id == matter.pk and not each.voided_at and not each.confirmed_at and each.outcome in named
                for each in decided
            ),
        )
        for matter in matters
    ]
    return tuple(ways), tuple(slip for slip in slips if slip.subject_key is None)


def _call_backs(contact: Contact, *, by: Actor) -> tuple[CalledBack, ...]:
    rows = list(within(by, CallBack.objects.filter(contact=contact)).order_by("asked_at", "id"))
    tried = list(within(by, Attempt.objects.filter(call_back__in=rows)).values_list("call_back_id", flat=True))
    return tuple(
        CalledBack(row.pk, row.when, row.asked_at, row.done_at, row.outcome, tried.count(row.pk)) for row in rows
    )


def _family(contact: Contact, *, by: Actor) -> tuple[Before, ...]:
    """The family's other contacts, siblings' too, the newest first; what was entered by mistake is left out."""
    family = of_family(contact, by=by)
    others = Contact.objects.filter(pk__in=list(family)).exclude(state="voided")
    rows = list(within(by, others).order_by("-received_at", "-id")[:MOST])
    children: dict[int, list[Named]] = {row.pk: [] for row in rows}
    for person in within(by, Named.objects.filter(contact__in=rows, kind__in=CHILD_KINDS)).order_by("position"):
        children[person.contact_id].append(person)
    outcomes = _outcomes(rows, by=by)
    return tuple(
        Before(
            row.key, row.receipt, row.received_at, row.sub_type, row.get_state_display(), row.story,
            tuple(children[row.pk]), tuple(outcomes.get(row.pk, ())), family[row.pk],
        )
        for row in rows
    )  # fmt: skip


def _outcomes(contacts: Iterable[Contact], *, by: Actor) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    decided = within(by, Matter.objects.filter(contact__in=list(contacts))).exclude(outcome="").order_by("id")
    for number, outcome in decided.values_list("contact_id", "outcome"):
        found.setdefault(number, []).append(outcome)
    return found


def recommended_by_me(*, by: Actor) -> set[int]:
    """The numbers of the matters that wait for a manager on one's own recommendation: another person decides those."""
    mine = Recommendation.objects.filter(made_by=acting_person(by), ended_at=None)
    return set(within(by, mine).values_list("matter_id", flat=True))


def waiting_for_third(*, by: Actor, at: datetime) -> list[Decision]:
    """The decisions that wait for a third signature and that `by` has not signed, the oldest first.

    :raises NotPermitted: `by` signs none here
    """
    require(by, Permission.HANDOVER_OVERRULE, authority=acting_council(by))
    named = setting(THIRD_SIGNATURE.name, authority=acting_council(by), on=at).value.split()
    if not named:
        return []
    open_ones = Decision.objects.filter(voided_at=None, confirmed_at=None, outcome__in=named)
    others = open_ones.exclude(made_by=acting_person(by)).exclude(recommendation__made_by=acting_person(by))
    found = within(by, others).select_related("matter__contact", "matter__child").order_by("made_at", "id")
    return list(found[:MOST])
