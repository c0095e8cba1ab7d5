"""Many notices in one act: each a submission of its own with its receipt, its clocks and its entry in the trail.

The counter of receipts is locked by the last statement but one, for all of them together, and so for a moment only.
"""

import logging
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from frontdoor.actors.queries import OWN, rows_within, within
from frontdoor.actors.rules import Actor, Permission, SameKeyOtherBody, acting_council, require
from frontdoor.background.actions import later
from frontdoor.clocks import actions as clocks
from frontdoor.clocks import queries as clock_queries
from frontdoor.clocks.rules import is_open
from frontdoor.contacts.actions import intake
from frontdoor.contacts.actions.notices.storms import notice_storm
from frontdoor.contacts.models import Batch, Notice, Submission
from frontdoor.contacts.queries import notices as queries
from frontdoor.contacts.rules import notices as rules
from frontdoor.contacts.rules import states
from frontdoor.contacts.rules.kinds import FIRST_LOOK, FIRST_LOOK_DANGER, NIGHT, first_look
from frontdoor.contacts.rules.notices import CHANNEL
from frontdoor.organisations.models import Function
from frontdoor.organisations.queries import team_for
from frontdoor.trail import actions as trail

logger = logging.getLogger(__name__)
AT_ONCE = 25
"""How many contacts one job makes: what else waits for the worker comes in between."""

OTHER_WORDS = "This reference was received before with other words. Send what is new under a reference of its own"
TWICE = "This reference stands twice in what was sent, with different words"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one notice.

    :param state: accepted, already (received before: the first receipt) or refused
    :param problems: in plain words, by field, where it was refused
    """

    reference: str
    state: str
    receipt: str = ""
    problems: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class _Coming:
    """One notice on its way in.

    :param told: how the sender hears that it arrived
    """

    notice: rules.NoticeGiven
    row: Submission
    told: str

    @property
    def key(self) -> tuple[str, str]:
        return rules.force_key(self.notice.force), self.notice.reference

    @property
    def words(self) -> queries.Words:
        return *self.key, bytes(self.row.digest)


@transaction.atomic
def receive(
    given: Sequence[rules.NoticeGiven], *, batch: Batch | None = None, answered: bool = False, by: Actor, at: datetime
) -> list[Answer]:
    """Take in notices that were read and checked; each is kept, receipted and counted by its clocks in this act.

    The contacts are made of them by jobs at once after, some at a time. The same reference of the same force is taken
    in once, whoever sends it again and by whichever door.

    :param answered: whether the answer itself tells the sender that they arrived, as a system is told
    :returns: one answer each, in the order given
    :raises NotPermitted: `by` may not take in
    """
    require(by, Permission.CONTACT_TAKE, authority=acting_council(by))
    tests = {id(each): _tested(each, by=by, at=at) for each in given if each.report.trial}
    meant = _receive([each for each in given if not each.report.trial], batch, answered=answered, by=by, at=at)
    real = iter(meant)
    return [tests.get(id(each)) or next(real) for each in given]


def _tested(notice: rules.NoticeGiven, *, by: Actor, at: datetime) -> Answer:
    """A test message takes a number of the test series: no notice, no clock, and no contact is made of it."""
    idem = rules.key_of(notice.reference, rules.force_key(notice.force))
    try:
        sent = intake.submit(notice.report, channel=CHANNEL, idem=idem, by=by, at=at)
    except SameKeyOtherBody:
        return Answer(notice.reference, "refused", problems={"police_reference": OTHER_WORDS})
    return Answer(notice.reference, "already" if sent.again else "accepted", sent.number)


def _receive(
    given: Sequence[rules.NoticeGiven], batch: Batch | None, *, answered: bool, by: Actor, at: datetime
) -> list[Answer]:
    coming = _coming(given, answered=answered, by=by, at=at)
    first = {each.key: each for each in reversed(coming)}
    stored = _stored(list(first.values()), batch, by=by, at=at)
    fresh = [each.row for each in coming if each.row.pk in stored]
    Submission.objects.bulk_create(fresh, batch_size=500)
    _start_clocks(fresh, by=by, at=at)
    if by.db_role != queries.PORTAL_ROLE:
        notice_storm(by=by, at=at)
    _make_later(fresh, batch)
    before = queries.received([each.words for each in coming if first[each.key].row.pk not in stored], by=by)
    numbers = _take_receipts(fresh)
    answers = [_answer(each, first[each.key], numbers, before, by=by) for each in coming]
    subjects = [("contacts.submission", row.pk) for row in fresh]
    trail.record_each("contacts.submit", subjects=subjects, by=by, at=at, channel=CHANNEL)
    found = counted(answers)
    trail.record(
        "contacts.receive_notices", subject=batch, by=by, at=at, accepted=found["accepted"], already=found["already"],
        refused=found["refused"],
    )  # fmt: skip
    return answers


def counted(answers: Sequence[Answer]) -> dict[str, int]:
    """How many of each sort of answer."""
    return {state: sum(each.state == state for each in answers) for state in ("accepted", "already", "refused")}


def _coming(given: Sequence[rules.NoticeGiven], *, answered: bool, by: Actor, at: datetime) -> list[_Coming]:
    """Each with its row, and how its sender hears of it: a system by the answer, a desk by one letter for all."""
    lettered: set[tuple[str, ...]] = set()
    coming = []
    for notice in given:
        referrer, force = notice.report.referrer, rules.force_key(notice.force)
        sender = (referrer.agency, referrer.name, referrer.email, referrer.phone)
        told = "answer" if answered else "with" if sender in lettered else "letter"
        lettered.add(sender)
        row = intake.prepared(
            notice.report, channel=CHANNEL, idem=rules.key_of(notice.reference, force), by=by, at=at,
            received_at=at,
        )  # fmt: skip
        coming.append(_Coming(notice, row, told))
    return coming


def _stored(coming: Sequence[_Coming], batch: Batch | None, *, by: Actor, at: datetime) -> set[uuid.UUID]:
    """Write the notices; of two at once with one reference, the later waits and is none of those stored.

    In the order of their references, so that two files never wait for each other in a ring.

    :returns: the submissions of those that were not here before
    """
    rows = [
        Notice(
            authority_id=each.row.authority_id, agency=batch.agency if batch else None, submission=each.row,
            batch=batch, force_key=each.key[0],
            reference=each.notice.reference, force=each.notice.force, incident=each.notice.incident,
            desk=each.notice.desk, officer=each.notice.officer, grade=each.notice.grade,
            happened_at=each.notice.report.happened_at, sent_at=each.notice.sent_at, received_at=at,
            place=_place(each.notice), told=each.told,
        )
        for each in sorted(coming, key=lambda each: each.key)
    ]  # fmt: skip
    Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    mine = Notice.objects.filter(submission_id__in=[each.row.pk for each in coming])
    return set(within(by, mine).values_list("submission_id", flat=True))


def _place(notice: rules.NoticeGiven) -> str:
    home = next((person for person in notice.report.people if person.address), None)
    return rules.place_key(home.address, notice.report.postcode or home.postcode) if home else ""


def _start_clocks(fresh: Sequence[Submission], *, by: Actor, at: datetime) -> None:
    terms = clock_queries.terms([FIRST_LOOK, FIRST_LOOK_DANGER, *intake.JOURNEY, NIGHT], by=by)
    night = [] if is_open(at, terms.calendar) else [NIGHT]
    team = team_for(Function.CONTACT_CENTRE, by=by, at=at)
    wanted = [
        (("contacts.submission", row.pk), [first_look(row.body.get("danger", "")), *intake.JOURNEY, *night])
        for row in fresh
    ]
    clocks.start_each(wanted, team_id=team.pk, terms=terms, by=by, at=at)


def _make_later(fresh: Sequence[Submission], batch: Batch | None) -> None:
    """Let the worker make the contacts: of a batch some at a time, so that what else waits comes in between."""
    if batch is not None and fresh:
        later("contacts.notices", batch=str(batch.key), after=0)
        return
    for row in fresh:
        later("contacts.intake", submission=str(row.pk))


_RECEIPTS = """
SELECT fresh.id, frontdoor_take_receipt(%s, fresh.id, fresh.digest)
  FROM (SELECT * FROM unnest(%s::uuid[], %s::bytea[]) WITH ORDINALITY AS given (id, digest, turn) ORDER BY turn) fresh
"""


def _take_receipts(fresh: Sequence[Submission]) -> dict[uuid.UUID, int]:
    """The numbers, in the order in which the notices were given."""
    if not fresh:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_RECEIPTS, [CHANNEL, [row.pk for row in fresh], [bytes(row.digest) for row in fresh]])
        return dict(cursor.fetchall())


def _answer(
    coming: _Coming,
    first: _Coming,
    numbers: Mapping[uuid.UUID, int],
    before: Mapping[queries.Words, queries.Before],
    *,
    by: Actor,
) -> Answer:
    reference = coming.notice.reference
    if (number := numbers.get(first.row.pk)) is None:
        return answer_before(reference, before[coming.words])
    receipt = states.receipt_text(acting_council(by), CHANNEL, number)
    if coming is first:
        return Answer(reference, "accepted", receipt)
    if coming.words == first.words:
        return Answer(reference, "already", receipt)
    return Answer(reference, "refused", receipt, {"police_reference": TWICE})


def answer_before(reference: str, before: queries.Before) -> Answer:
    """The answer about a reference that was received before: its first receipt, or that the words are others."""
    if before.same:
        return Answer(reference, "already", before.receipt)
    return Answer(reference, "refused", before.receipt, {"police_reference": OTHER_WORDS})


@transaction.atomic
def take_in_some(batch: uuid.UUID | str, *, after: int, by: Actor, at: datetime) -> int:
    """Make the next contacts of a batch that was received, and leave the others to the next job.

    Each is a savepoint of its own: one that cannot be made is left to a job of its own, which tries again and is seen.

    :param after: the number of the last receipt that an earlier job came to
    :returns: how many were made
    """
    require(by, Permission.CONTACT_TAKE, authority=acting_council(by))
    if not after:
        notice_storm(by=by, at=at)
    waiting = rows_within(by, _WAITING, batch=batch, after=after, most=AT_ONCE + 1)
    done = 0
    for submission, _ in waiting[:AT_ONCE]:
        try:
            with transaction.atomic():
                intake.take_in(str(submission), by=by, at=at)
                done += 1
        except Exception:  # whatever is wrong with one must not hold up the others; its own job tries again
            logger.exception("a notice is left to a job of its own")
            later("contacts.intake", submission=str(submission))
    if len(waiting) > AT_ONCE:
        later("contacts.notices", batch=str(batch), after=waiting[AT_ONCE - 1][1])
    trail.record("contacts.take_in_notices", subject=("contacts.batch", batch), by=by, at=at, made=done)
    return done


_WAITING = f"""
SELECT notice.submission_id, receipt.number
  FROM contacts_batch batch
  JOIN contacts_notice notice ON notice.{OWN} AND notice.batch_id = batch.id
  JOIN contacts_receipt receipt ON receipt.{OWN} AND receipt.submission_id = notice.submission_id
 WHERE batch.{OWN} AND batch.key = %(batch)s AND receipt.number > %(after)s
 ORDER BY receipt.number LIMIT %(most)s
"""  # noqa: S608 (constants)
