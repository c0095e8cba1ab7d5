"""Asking about huddles: the last ones, and one with its child: who is present, what each agency knows, safety now."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.mash.models import Enquiry, Huddle, Present, SafetyCheck, Subject, Taken
from frontdoor.mash.queries.asking import OneRequest, of_enquiry
from frontdoor.mash.rules.states import State
from frontdoor.trail import actions as trail

MOST = 300
"""Children of one huddle: more than a hub has open at once."""
KEPT = 50


@dataclass(frozen=True, slots=True)
class Kept:
    """One huddle in the list."""

    row: Huddle
    present: tuple[Present, ...]
    children: int
    began_by: str


def huddles(*, by: Actor, at: datetime) -> list[Kept]:
    """The last huddles, the newest first; it leaves one entry.

    :raises NotPermitted: `by` reads no enquiries
    """
    require(by, Permission.MASH_READ, authority=acting_council(by))
    rows = list(within(by, Huddle.objects.all()).order_by("-began_at", "-id")[:KEPT])
    sat: dict[int, list[Present]] = {row.pk: [] for row in rows}
    for each in within(by, Present.objects.select_related("desk").filter(huddle__in=rows)).order_by("id"):
        sat[each.huddle_id].append(each)
    numbers = list(within(by, Taken.objects.filter(huddle__in=rows)).values_list("huddle_id", flat=True))
    called = names({row.began_by for row in rows}, by=by) if rows else {}
    trail.record("mash.huddles", by=by, at=at, huddles=len(rows))
    return [Kept(row, tuple(sat[row.pk]), numbers.count(row.pk), called.get(row.began_by, "")) for row in rows]


@dataclass(frozen=True, slots=True)
class OneChild:
    """A child as the huddle takes them: the enquiry, what each agency said of them, the last answer on their safety."""

    subject: Subject
    enquiry: Enquiry
    requests: tuple[OneRequest, ...]
    check: SafetyCheck | None

    def said(self) -> list[OneRequest]:
        """The requests with the replies about this child alone."""
        return [
            OneRequest(
                one.request, tuple(each for each in one.people if each.subject_id == self.subject.pk),
                tuple(reply for reply in one.replies if self._about(one, reply.asked_id)), one.confirmed,
            )
            for one in self.requests
        ]  # fmt: skip

    def _about(self, one: OneRequest, asked: int) -> bool:
        return any(each.pk == asked and each.subject_id == self.subject.pk for each in one.people)


@dataclass(frozen=True, slots=True)
class OpenedHuddle:
    """One huddle as its page shows it.

    :param child: who is spoken of now; None once everybody was taken, and in the record of one that ended
    :param left: those not taken yet, in their order
    """

    row: Huddle
    present: tuple[Present, ...]
    taken: tuple[Taken, ...]
    left: tuple[Subject, ...]
    child: OneChild | None
    names: dict[int, str]


def open_huddle(key: UUID, *, child: UUID | None = None, by: Actor, at: datetime) -> OpenedHuddle:
    """Open one huddle at its next child, or at one that is asked for; it leaves one entry.

    :raises NotPermitted: `by` reads no enquiries
    :raises NotFound: the council has no such huddle, or no such child that is open
    """
    require(by, Permission.MASH_READ, authority=acting_council(by))
    row = within(by, Huddle.objects.filter(key=key)).first()
    if row is None:
        raise NotFound
    sat = tuple(within(by, Present.objects.select_related("desk").filter(huddle=row)).order_by("id"))
    found = Taken.objects.select_related("subject__named", "subject__enquiry").filter(huddle=row)
    done = tuple(within(by, found).order_by("at", "id"))
    left = _left({each.subject_id for each in done}, by=by) if row.ended_at is None else ()
    now = next((each for each in left if child is None or each.key == child), None)
    if child is not None and now is None:
        raise NotFound
    users = {row.began_by, row.ended_by, *(each.by_user for each in done)}
    trail.record("mash.open_huddle", subject=row, by=by, at=at, child=now.key if now else None)
    return OpenedHuddle(
        row, sat, done, left, _one(now, by=by) if now else None, names({each for each in users if each}, by=by)
    )


def _left(done: set[int], *, by: Actor) -> tuple[Subject, ...]:
    """The children of every open enquiry that is not decided, each once, the most urgent first."""
    wanted = Subject.objects.select_related("named", "enquiry").filter(
        is_child=True, same_as=None, enquiry__settled_at=None
    )
    rows = within(by, wanted.exclude(enquiry__state=State.DECIDED).exclude(pk__in=done))
    return tuple(
        rows.order_by("enquiry__urgency", "enquiry__due_at", "enquiry_id", "position", "id")[:MOST]
    )  # fmt: skip


def _one(subject: Subject, *, by: Actor) -> OneChild:
    last = within(by, SafetyCheck.objects.filter(subject=subject)).order_by("-answered_at", "-id").first()
    return OneChild(subject, subject.enquiry, tuple(of_enquiry(subject.enquiry, by=by)), last)
