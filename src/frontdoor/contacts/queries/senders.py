"""What an agency sent, for its own people and systems: read in the portal's role, or as the system that sent it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Q

from frontdoor.actors.queries import OWN, rows_within, within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.codes import rules as codes
from frontdoor.contacts.models import FirstLook, Matter, Progress, Submission
from frontdoor.contacts.rules import senders as rules
from frontdoor.contacts.rules import states, trials
from frontdoor.contacts.rules.notices import reference_in
from frontdoor.handovers.models import Handover
from frontdoor.handovers.rules import State as Slip
from frontdoor.letters.models import Letter
from frontdoor.letters.rules import Kind, facts_of
from frontdoor.letters.rules import State as Sending
from frontdoor.organisations.models import Team
from frontdoor.trail import actions as trail

LONDON = ZoneInfo("Europe/London")
FOLLOWED = timedelta(days=90)
"""How long after it came a report's course is written down for its sender."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One thing that the agency sent.

    :param by_whom: which of its people, as they gave their name
    :param steps: each step that the sender may know of: step, words, instant, in their order
    :param earlier: the submission that it adds to, if any
    """

    id: UUID
    authority: int
    number: str
    received_at: datetime
    by_whom: str
    channel: str
    steps: tuple[tuple[str, str, datetime], ...]
    body: dict[str, Any]
    earlier: UUID | None = None

    @property
    def where(self) -> tuple[float, int, str]:
        """Its place in a list: the latest first, in a total order over all councils."""
        return (-self.received_at.timestamp(), self.authority, str(self.id))

    @property
    def standing(self) -> str:
        """Where it stands, in the sender's words."""
        return rules.standing(step for step, _, _ in self.steps)


def _mine(by: Actor) -> Any:
    """What the actor's agency sent to the council acted for, the tests left out.

    :raises NotPermitted: `by` may not send
    """
    require(by, Permission.CONTACT_TAKE, authority=acting_council(by))
    if not by.agency or by.name.startswith("system:") or (by.db_role == "none" and not by.name.startswith("client:")):
        raise NotFound
    return within(by, Submission.objects.filter(agency=by.agency)).exclude(channel=trials.CHANNEL)


def sent(*, after: datetime | None = None, limit: int, by: Actor, at: datetime) -> list[Sent]:
    """What the agency sent to the council acted for, the latest first.

    :param after: only what was received before or at this instant
    :raises NotPermitted: `by` may not send
    """
    rows = _mine(by).order_by("-received_at", "authority_id", "id")
    if after is not None:
        rows = rows.filter(received_at__lte=after)
    found = _shown(list(rows[:limit]), by=by)
    trail.record("contacts.list_sent", by=by, at=at, shown=[str(each.id) for each in found])
    return found


def open_sent(key: UUID, *, why: str = "", by: Actor, at: datetime) -> Sent:
    """One of them, opened by one of the agency's people.

    :raises NotFound: another agency's or council's, or none
    """
    found = one_sent(key, by=by)
    trail.record("contacts.open_sent", subject=("contacts.submission", found.id), by=by, at=at, why=why)
    return found


def one_sent(key: UUID, *, by: Actor) -> Sent:
    """One of them, for an act that adds to it.

    :raises NotFound: another agency's or council's, or none
    """
    found = _mine(by).filter(pk=key).first()
    if found is None:
        raise NotFound
    return _shown([found], by=by)[0]


def additions(key: UUID, *, by: Actor, at: datetime) -> list[Sent]:
    """What the agency sent later to add to it, with its words, the first first."""
    rows = _mine(by).filter(body__earlier=str(key)).order_by("received_at", "id")
    found = sorted(_shown(list(rows), by=by), key=lambda each: (each.received_at, each.number))
    if found:
        trail.record("contacts.list_sent", by=by, at=at, shown=[str(each.id) for each in found])
    return found


def _shown(rows: list[Submission], *, by: Actor) -> list[Sent]:
    if not rows:
        return []
    numbers = _numbers(min(row.received_at for row in rows), max(row.received_at for row in rows))
    steps: dict[UUID, list[tuple[str, str, datetime]]] = {}
    for each in within(by, Progress.objects.filter(submission_id__in=[row.pk for row in rows])).order_by("at", "id"):
        steps.setdefault(each.submission_id, []).append((each.step, each.words, each.at))
    return [
        Sent(
            row.pk, row.authority_id, numbers.get(row.pk, ("", "", ""))[1], row.received_at, rules.own_words(row.body),
            row.channel, tuple(steps.get(row.pk, ())), row.body,
            UUID(row.body["earlier"]) if row.body.get("earlier") else None,
        )
        for row in rows
    ]  # fmt: skip


def _numbers(since: datetime, until: datetime) -> dict[UUID, tuple[str, str, str]]:
    """Channel, receipt and digest of everything that the agency sent in a span, by submission.

    The portal's role has no grant on receipts: the owner's function gives it those of the agency that is set.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT submission, nullif(current_setting('frontdoor.authority', true), '')::int, channel, number, digest"
            " FROM frontdoor_receipts_sent(%s, %s)",
            [since, until + timedelta(microseconds=1)],
        )
        rows = cursor.fetchall()
    return {
        key: (channel, states.receipt_text(council, channel, number), bytes(digest).hex())
        for key, council, channel, number, digest in rows
    }


@dataclass(frozen=True, slots=True)
class Receipted:
    """One number of a day: the sender's key, what was receipted, and who of the agency sent it."""

    number: str
    idem: str
    channel: str
    digest: str
    received_at: datetime
    by_whom: str


def bounds(day: date) -> tuple[datetime, datetime]:
    """From midnight to midnight in London."""
    return datetime.combine(day, time.min, LONDON), datetime.combine(day + timedelta(days=1), time.min, LONDON)


def receipts_of(day: date, *, by: Actor, at: datetime) -> list[Receipted]:
    """Every receipt that the agency was given on a London day, whoever or whatever of it sent, in their order.

    :raises NotPermitted: `by` may not send
    """
    since, until = bounds(day)
    numbers = _numbers(since, until - timedelta(microseconds=1))
    rows = _mine(by).filter(received_at__gte=since, received_at__lt=until)
    found = [
        Receipted(
            number=numbers[row.pk][1],
            idem=reference_in(row.idem),
            channel=row.channel,
            digest=numbers[row.pk][2],
            received_at=row.received_at,
            by_whom=rules.own_words(row.body),
        )
        for row in rows
        if row.pk in numbers
    ]
    trail.record("contacts.reconcile", by=by, at=at, day=day, count=len(found))
    return sorted(found, key=lambda each: (each.channel, len(each.number), each.number))


_FOLLOWED = f"""
SELECT submission.id, submission.agency, contact.id, contact.key
  FROM contacts_submission submission
  JOIN contacts_contact contact ON contact.{OWN} AND contact.submission_id = submission.id
 WHERE submission.{OWN} AND submission.agency IS NOT NULL AND submission.received_at > %(since)s
   AND NOT EXISTS (SELECT FROM contacts_progress done WHERE done.{OWN}
                    AND done.submission_id = submission.id AND done.step = 'answered')
"""  # noqa: S608 (constants)


def to_write_down(*, by: Actor, at: datetime) -> list[Progress]:
    """Every step of what agencies sent that they may know of, of all that was not answered yet; unsaved.

    A first look; a team that has taken a child's matter on; and the outcome, once a professional was told of it by a
    letter or on the telephone, never before: what the guard holds back is held back here too.
    """
    require(by, Permission.CONTACT_READ, authority=acting_council(by))
    rows = rows_within(by, _FOLLOWED, since=at - FOLLOWED)
    of_number = {number: (submission, agency) for submission, agency, number, _ in rows}
    of_key = {key: (submission, agency) for submission, agency, _, key in rows}
    steps = [
        *((of_number[number], rules.Step.LOOKED, "", when) for number, when in _looks(of_number, by=by).items()),
        *((of_number[number], rules.Step.ACCEPTED, team, when) for number, team, when in _taken(of_number, by=by)),
        *((of_key[key], rules.Step.ANSWERED, words, when) for key, words, when in _answers(of_key, by=by)),
    ]
    return [
        Progress(
            authority_id=acting_council(by), agency=agency, submission_id=submission, step=step, words=words, at=when
        )
        for (submission, agency), step, words, when in steps
    ]


def written_down(keys: Collection[UUID], *, by: Actor) -> set[tuple[UUID, str, str]]:
    """The steps of some submissions that stand already: submission, step, words."""
    known = within(by, Progress.objects.filter(submission_id__in=keys))
    return set(known.values_list("submission_id", "step", "words"))


def _looks(contacts: Collection[int], *, by: Actor) -> dict[int, datetime]:
    looks = within(by, FirstLook.objects.filter(contact_id__in=contacts)).order_by("-looked_at")
    return dict(looks.values_list("contact_id", "looked_at"))


def _taken(contacts: Collection[int], *, by: Actor) -> list[tuple[int, str, datetime]]:
    """Which team has taken a matter on; one whose name would tell what it is about is not named."""
    matters = dict(within(by, Matter.objects.filter(contact_id__in=contacts)).values_list("key", "contact_id"))
    slips = within(by, Handover.objects.filter(subject_key__in=matters, state=Slip.ACCEPTED)).defer("payload", "why")
    found = list(slips.order_by("answered_at"))
    teams = Team.objects.in_bulk([slip.to_team_id for slip in found if slip.to_team_id])
    return [
        (matters[slip.subject_key], _team(slip, teams), slip.answered_at)
        for slip in found
        if slip.answered_at is not None
    ]


def _team(slip: Handover, teams: dict[int, Team]) -> str:
    team = teams.get(slip.to_team_id or 0)
    if slip.restricted or (team is not None and team.restricted):
        return rules.A_TEAM
    if slip.to_authority_id != slip.authority_id:
        other = codes.authority(slip.to_authority_id)
        return other.label if other else rules.A_TEAM
    return team.name if team is not None else rules.A_TEAM


_TOLD = Q(state__in=[Sending.SENT, Sending.DONE_BY_PHONE], kind=Kind.OUTCOME_PROFESSIONAL)


def _answers(contacts: Collection[UUID], *, by: Actor) -> list[tuple[UUID, str, datetime]]:
    """What professionals were told: the outcomes of the letter that told them."""
    letters = within(by, Letter.objects.filter(_TOLD, subject_kind="contacts.contact", subject_key__in=contacts))
    return [
        (
            letter.subject_key,
            rules.outcome_words([codes.OUTCOMES[told.outcome].label for told in facts_of(letter.facts).told]),
            letter.settled_at or letter.sent_at or letter.made_at,
        )
        for letter in letters.order_by("made_at", "id")
    ]
