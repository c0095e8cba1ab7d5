"""What waits for somebody's word: questions, calls that were asked for, advice, a manager's oversight."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.clocks import queries as clocks
from frontdoor.contacts.models import Attempt, CallBack, Consultation, Protection, Question
from frontdoor.trail import actions as trail

MOST = 100
"""Rows of these lists; they are short, and what is longest overdue comes first."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One try at reaching somebody."""

    outcome: str
    note: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Wish:
    """A call that somebody asked for, with every try so far.

    :param contact: the key of the contact that came with it, if one did
    :param due_at: None where its clock has not been started
    """

    id: UUID
    contact: UUID | None
    receipt: str
    name: str
    phone: str
    when: str
    about: str
    asked_at: datetime
    due_at: datetime | None
    tries: tuple[Tried, ...]
    done_at: datetime | None
    outcome: str


def call_backs(*, by: Actor, at: datetime) -> list[Wish]:
    """The calls that were asked for and not yet made, the longest waiting first. One entry names them all.

    :raises NotPermitted: `by` may not see who told us
    """
    require(by, Permission.REFERRER_READ, authority=acting_council(by))
    open_ = within(by, CallBack.objects.filter(done_at=None)).select_related("contact").order_by("asked_at", "id")
    rows = list(open_[:MOST])
    trail.record("contacts.call_backs", by=by, at=at, shown=[str(row.pk) for row in rows])
    return _wishes(rows, by=by, at=at)


def open_call_back(key: UUID | str, *, by: Actor, at: datetime, why: str = "") -> Wish:
    """One call that somebody asked for; opening it leaves an entry.

    :raises NotPermitted: `by` may not see who told us
    :raises NotFound: the council acted for has none of that id
    """
    require(by, Permission.REFERRER_READ, authority=acting_council(by))
    found = within(by, CallBack.objects.select_related("contact").filter(pk=key)).first()
    if found is None:
        raise NotFound
    trail.record("contacts.open_call_back", subject=("contacts.callback", found.pk), by=by, at=at, why=why)
    return _wishes([found], by=by, at=at)[0]


def _wishes(rows: list[CallBack], *, by: Actor, at: datetime) -> list[Wish]:
    due = _due("contacts.callback", [row.pk for row in rows], by=by, at=at)
    tries = _tries(within(by, Attempt.objects.filter(call_back__in=rows)), "call_back_id", by=by)
    return [
        Wish(
            id=row.pk, contact=row.contact.key if row.contact else None,
            receipt=row.contact.receipt if row.contact else "", name=row.name, phone=row.phone, when=row.when,
            about=row.about, asked_at=row.asked_at, due_at=due.get(str(row.pk)), tries=tuple(tries[row.pk]),
            done_at=row.done_at, outcome=row.outcome,
        )
        for row in rows
    ]  # fmt: skip


def _due(kind: str, keys: Iterable[object], *, by: Actor, at: datetime) -> dict[str, datetime]:
    found = clocks.for_subjects(kind, list(keys), by=by, at=at)
    return {key: shown[0].reading.due_at for key, shown in found.items()}


def _tries(attempts: Iterable[Attempt], about: str, *, by: Actor) -> dict[object, list[Tried]]:
    rows = sorted(attempts, key=lambda row: row.tried_at)
    known = names({row.tried_by for row in rows}, by=by)
    found: dict[object, list[Tried]] = defaultdict(list)
    for row in rows:
        tried = Tried(row.get_outcome_display(), row.note, known.get(row.tried_by, ""), row.tried_at)
        found[getattr(row, about)].append(tried)
    return found


@dataclass(frozen=True, slots=True)
class Advice:
    """A consultation with a qualified social worker."""

    key: UUID
    named: bool
    asker: str
    asker_agency: str
    question: str
    asked_at: datetime
    due_at: datetime | None
    advice: str
    referral_advised: bool | None
    advised_by: str
    advised_at: datetime | None
    contact: UUID | None
    version: int


def consultations(*, by: Actor, at: datetime, done: bool = False) -> list[Advice]:
    """Requests for advice that nobody has answered, the oldest first; or the latest that were. One entry names them.

    :raises NotPermitted: `by` may not see who told us
    """
    require(by, Permission.REFERRER_READ, authority=acting_council(by))
    asked = within(by, Consultation.objects.filter(advised_at__isnull=not done)).select_related("contact")
    rows = list(asked.order_by("-advised_at" if done else "asked_at", "id")[:MOST])
    trail.record("contacts.consultations", by=by, at=at, done=done, shown=[str(row.key) for row in rows])
    return _advice(rows, by=by, at=at)


def open_consultation(key: UUID | str, *, by: Actor, at: datetime, why: str = "") -> Advice:
    """One consultation; opening it leaves an entry.

    :raises NotPermitted: `by` may not see who told us
    :raises NotFound: the council acted for has none of that key
    """
    require(by, Permission.REFERRER_READ, authority=acting_council(by))
    found = within(by, Consultation.objects.select_related("contact").filter(key=key)).first()
    if found is None:
        raise NotFound
    trail.record("contacts.open_consultation", subject=found, by=by, at=at, why=why)
    return _advice([found], by=by, at=at)[0]


def _advice(rows: list[Consultation], *, by: Actor, at: datetime) -> list[Advice]:
    due = _due("contacts.consultation", [row.key for row in rows], by=by, at=at)
    known = names({row.advised_by for row in rows if row.advised_by}, by=by)
    return [
        Advice(
            row.key, row.named, row.asker, row.asker_agency, row.question, row.asked_at, due.get(str(row.key)),
            row.advice, row.referral_advised, known.get(row.advised_by or 0, ""), row.advised_at,
            row.contact.key if row.contact else None, row.version,
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Started:
    """Protection that was started first and written after, as the list for managers shows it."""

    key: UUID
    contact: UUID
    receipt: str
    kind: str
    reason: str
    with_whom: str
    started_by: int
    started_by_name: str
    started_at: datetime
    due_at: datetime | None
    after: str
    version: int


def unseen_protections(*, by: Actor, at: datetime) -> list[Started]:
    """Protection that waits for a manager's oversight, the oldest first. One entry names them all.

    :raises NotPermitted: `by` may not read contacts
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    unseen = within(by, Protection.objects.filter(overseen_at=None)).select_related("contact")
    rows = list(unseen.order_by("started_at", "id")[:MOST])
    trail.record("contacts.unseen_protections", by=by, at=at, shown=[str(row.key) for row in rows])
    return _started(rows, by=by, at=at)


def open_protection(key: UUID | str, *, by: Actor, at: datetime, why: str = "") -> Started:
    """Protection that was started first, to write it up or oversee it; opening it leaves an entry.

    :raises NotPermitted: `by` may not read contacts
    :raises NotFound: the council acted for has none of that key
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    found = within(by, Protection.objects.select_related("contact").filter(key=key)).first()
    if found is None:
        raise NotFound
    trail.record("contacts.open_protection", subject=found.contact, by=by, at=at, why=why, protection=key)
    return _started([found], by=by, at=at)[0]


def _started(rows: list[Protection], *, by: Actor, at: datetime) -> list[Started]:
    due = _due("contacts.protection", [row.key for row in rows], by=by, at=at)
    known = names({row.started_by for row in rows}, by=by)
    return [
        Started(
            key=row.key, contact=row.contact.key, receipt=row.contact.receipt, kind=row.get_kind_display(),
            reason=row.reason, with_whom=row.with_whom, started_by=row.started_by,
            started_by_name=known.get(row.started_by, ""), started_at=row.started_at, due_at=due.get(str(row.key)),
            after=row.recorded_after, version=row.version,
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what came of it.

    :param overdue: its time has passed without an answer: the contact is screened as if none will ever come
    """

    key: UUID
    asked_of: str
    text: str
    asked_by: str
    asked_at: datetime
    answer_due_at: datetime
    state: str
    overdue: bool
    contact: UUID
    receipt: str
    answer: str
    seen_or_heard: str
    changed_today: str
    settled_by: str
    settled_at: datetime | None
    tries: tuple[Tried, ...]
    version: int


def questions(contact: int, *, by: Actor, at: datetime) -> list[Asked]:
    """The questions of one contact with every try, in the order of asking. Part of opening the contact."""
    rows = within(by, Question.objects.filter(contact_id=contact)).select_related("contact").order_by("id")
    return _asked(list(rows), by=by, at=at)


def open_question(key: UUID | str, *, by: Actor, at: datetime, why: str = "") -> Asked:
    """One question, to write down its answer; opening it leaves an entry.

    :raises NotPermitted: `by` may not take contacts here
    :raises NotFound: the council acted for has none of that key
    """
    require(by, Permission.CONTACT_TAKE, authority=acting_council(by))
    found = within(by, Question.objects.select_related("contact").filter(key=key)).first()
    if found is None:
        raise NotFound
    trail.record("contacts.open_question", subject=found.contact, by=by, at=at, why=why, question=key)
    return _asked([found], by=by, at=at)[0]


def _asked(rows: list[Question], *, by: Actor, at: datetime) -> list[Asked]:
    tries = _tries(within(by, Attempt.objects.filter(question__in=rows)), "question_id", by=by)
    known = names({number for row in rows for number in (row.asked_by, row.settled_by) if number}, by=by)
    return [
        Asked(
            key=row.key, asked_of=row.asked_of, text=row.text, asked_by=known.get(row.asked_by, ""),
            asked_at=row.asked_at, answer_due_at=row.answer_due_at, state=row.state,
            overdue=row.state == "asked" and row.answer_due_at < at, contact=row.contact.key,
            receipt=row.contact.receipt, answer=row.answer, seen_or_heard=row.seen_or_heard,
            changed_today=row.changed_today, settled_by=known.get(row.settled_by or 0, ""), settled_at=row.settled_at,
            tries=tuple(tries[row.pk]), version=row.version,
        )
        for row in rows
    ]  # fmt: skip


def tries(contact: int, *, by: Actor) -> list[Tried]:
    """The tries of one contact that were about no question. Part of opening the contact."""
    attempts = within(by, Attempt.objects.filter(contact_id=contact, question=None))
    return _tries(attempts, "contact_id", by=by)[contact]
