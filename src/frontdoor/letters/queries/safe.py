"""What is set down about reaching people safely, for the guard and for the pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from frontdoor.access.queries import names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.letters import rules
from frontdoor.letters.models import SafeContact
from frontdoor.letters.rules import Subject
from frontdoor.letters.rules.safety import past_review
from frontdoor.shell.rules import london
from frontdoor.trail import actions as trail

MOST = 100


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as a page shows it.

    :param again: somebody should look at it again; it holds until they do
    """

    key: UUID
    subject: Subject
    way: str
    never: bool
    begins: time | None
    ends: time | None
    code_word: str
    why: str
    review_on: date | None
    set_by: str
    set_at: datetime
    again: bool
    set_by_id: int
    way_code: str

    @property
    def words(self) -> str:
        """The rule in one line."""
        if self.never:
            return f"{self.way}: never"
        times = f"between {self.begins:%H:%M} and {self.ends:%H:%M}" if self.begins and self.ends else "with care"
        return f"{self.way}: only {times}"


def _standing(rows: Iterable[Subject], *, by: Actor) -> list[SafeContact]:
    wanted = set(rows)
    if not wanted:
        return []
    found = within(by, SafeContact.objects.filter(ended_at=None, subject_key__in={key for _, key in wanted}))
    return [each for each in found.order_by("id") if (each.subject_kind, each.subject_key) in wanted]


def rules_of(rows: Iterable[Subject], *, by: Actor, at: datetime) -> list[Rule]:
    """The rules that stand for some rows. Part of a page that opens them, which records it."""
    return _shown(_standing(rows, by=by), by=by, at=at)


def rule(key: UUID | str, *, by: Actor, at: datetime) -> Rule:
    """One rule that stands. Part of a page that records its opening.

    :raises NotFound: the council has none of that key, or it was taken back
    """
    found = within(by, SafeContact.objects.filter(key=key, ended_at=None)).first()
    if found is None:
        raise NotFound
    return _shown([found], by=by, at=at)[0]


def _shown(found: list[SafeContact], *, by: Actor, at: datetime) -> list[Rule]:
    known, ways = names({each.set_by for each in found}, by=by), dict(rules.WAYS)
    return [
        Rule(
            each.key, (each.subject_kind, each.subject_key), ways[each.way], each.never, each.begins, each.ends,
            each.code_word, each.why, each.review_on, known.get(each.set_by, ""), each.set_at,
            past_review(each.review_on, on=london(at).date()), each.set_by, each.way,
        )
        for each in found
    ]  # fmt: skip


SOON = timedelta(days=14)
"""So long before its day a rule stands on the list of those that are looked at again."""


def to_look_at_again(*, within_next: timedelta = SOON, by: Actor, at: datetime) -> list[Rule]:
    """Rules whose day to be looked at again has come or comes soon, the oldest day first. They hold until then too.

    :raises NotPermitted: `by` keeps no rules about safe contact
    """
    require(by, Permission.SAFE_CONTACT_KEEP, authority=acting_council(by))
    until = london(at + within_next).date()
    due = within(by, SafeContact.objects.filter(ended_at=None, review_on__lte=until))
    found = list(due.order_by("review_on", "id")[:MOST])
    trail.record("letters.to_look_at_again", by=by, at=at, shown=[str(each.key) for each in found])
    return _shown(found, by=by, at=at)
