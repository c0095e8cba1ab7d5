"""Everything that is kept of one enquiry, in one statement: its page asks no more, however much was written."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from frontdoor.actors.queries import OWN, Part, together
from frontdoor.actors.rules import Actor
from frontdoor.clocks import queries as clocks
from frontdoor.clocks.models import Clock, Pause
from frontdoor.contacts.models import Contact, Matter, Named
from frontdoor.directions import queries as directions
from frontdoor.directions.models import Direction
from frontdoor.mash.models import (
    Asked,
    Confirmation,
    Decision,
    Desk,
    Disagreement,
    Discussion,
    Enquiry,
    Rating,
    Recommendation,
    Reply,
    Request,
    SafetyCheck,
    Subject,
    Turn,
    View,
)
from frontdoor.mash.queries.asking.opening import OneRequest, joined

HISTORY = 500
"""Lines of history on the page, the newest."""
EARLIER = 20

_OF = "enquiry_id = %(enquiry)s"


def _chosen(column: str, table: str, where: str = _OF) -> str:
    """A constant text: a column of those rows of a table of the council, as a list that PostgreSQL finds out first."""
    return f"ARRAY(SELECT {column} FROM {table} WHERE {OWN} AND {where})"  # noqa: S608 (constants)


_UNSHOWN = ("key", "authority_id")
"""Of rows that come by the hundred and that no page names."""
_THIS = "key = %(key)s"
_ONE = (
    Part(Enquiry, _THIS),
    Part(Contact, f"id = ANY({_chosen('contact_id', 'mash_enquiry', _THIS)})"),
    Part(Enquiry, f"id = ANY({_chosen('joined_to_id', 'mash_enquiry', _THIS)})"),
)
_FAMILY = "family = %(family)s"
_SUBJECTS = f"= ANY({_chosen('id', 'mash_subject')})"
_MATTERS = f"= ANY({_chosen('matter_id', 'mash_subject')})"
_REQUESTS = f"= ANY({_chosen('id', 'mash_request')})"
_CHILDREN = f"{_OF} AND is_child"
_TIMED = {
    "mash.enquiry": "ARRAY[%(key)s]",
    "mash.subject": _chosen("key::text", "mash_subject", _CHILDREN),
    "handovers.handover": _chosen("slip::text", "mash_subject", f"{_OF} AND slip IS NOT NULL"),
}
_PARTS = (
    Part(Subject, _OF, "position, id"),
    Part(Named, f"id = ANY({_chosen('named_id', 'mash_subject')})"),
    Part(Matter, f"id {_MATTERS}"),
    Part(Contact, f"id = ANY({_chosen('contact_id', 'contacts_matter', f'id {_MATTERS}')})"),
    Part(Rating, _OF, "at, id", without=_UNSHOWN),
    Part(Turn, _OF, "at DESC, id DESC", HISTORY, without=_UNSHOWN),
    Part(SafetyCheck, f"subject_id {_SUBJECTS}", "answered_at DESC, id DESC", without=_UNSHOWN),
    Part(Request, _OF, "sent_at, id"),
    Part(Desk, f"id = ANY({_chosen('desk_id', 'mash_request')})"),
    Part(Asked, f"request_id {_REQUESTS}", "is_child DESC, position, id", without=(*_UNSHOWN, "agency")),
    Part(Reply, f"request_id {_REQUESTS}", "at, id"),
    Part(Confirmation, f"reply_id = ANY({_chosen('id', 'mash_reply', f'request_id {_REQUESTS}')})", "at, id"),
    Part(Enquiry, f"{_FAMILY} AND id <> %(enquiry)s", "opened_at DESC, id DESC", EARLIER),
    Part(
        Discussion, f"contact_id = ANY({_chosen('id', 'contacts_contact', _FAMILY)})", "asked_at DESC, id DESC", EARLIER
    ),
    Part(Recommendation, f"subject_id {_SUBJECTS} AND ended_at IS NULL"),
    Part(Decision, f"subject_id {_SUBJECTS} AND voided_at IS NULL"),
    Part(
        Disagreement,
        f"contact_id = ANY({_chosen('contact_id', 'contacts_matter', f'id {_MATTERS}')})"
        f" AND (matter_id IS NULL OR matter_id {_MATTERS})",
        "state, raised_at DESC, id DESC",
    ),
    Part(View, f"request_id {_REQUESTS}", "at, id"),
    directions.part_of("mash.subject", _chosen("key", "mash_subject", _CHILDREN)),
    *clocks.parts_of(_TIMED),
)


@dataclass(frozen=True, slots=True)
class Whole:
    """What is kept of one enquiry, each kind in the order of its page.

    :param clocks: of the enquiry, of each child and of the slips that brought them
    :param pauses: of those clocks that stand still
    :param earlier: other enquiries of the family, and its strategy discussions, the newest first
    :param recommended: what waits or was decided on, by number of the child; `decided` what is in force
    :param disputed: what professionals said against decisions about these children, what is open first
    :param against: the versions of the analysis that an agency sees otherwise, by its newest word
    """

    people: tuple[Subject, ...]
    ratings: tuple[Rating, ...]
    turns: tuple[Turn, ...]
    checks: tuple[SafetyCheck, ...]
    requests: tuple[OneRequest, ...]
    earlier: tuple[Enquiry, ...]
    discussions: tuple[Discussion, ...]
    recommended: dict[int, Recommendation]
    decided: dict[int, Decision]
    disputed: tuple[Disagreement, ...]
    against: frozenset[int]
    directions: tuple[Direction, ...]
    clocks: tuple[Clock, ...]
    pauses: tuple[Pause, ...]


def read_one(key: UUID | str, *, by: Actor) -> Enquiry | None:
    """The enquiry of a key with its contact and the one that it was joined to, for whoever opens it."""
    rows, contacts, joined_to = together(by, _ONE, key=key)
    _refer(rows, "contact", contacts)
    _refer(rows, "joined_to", joined_to)
    return next(iter(rows), None)


def read_whole(row: Enquiry, *, by: Actor) -> Whole:
    """Everything of one enquiry that its reader has open: one statement; its opening is the entry."""
    found = together(by, _PARTS, enquiry=row.pk, key=str(row.key), family=row.family)
    (
        people, named, matters, contacts, ratings, turns, checks, requests, desks, asked, replies, about, earlier,
        discussions, recommended, decided, disputed, views, directed, timed, pauses,
    ) = found  # fmt: skip
    _refer(people, "named", named)
    _refer(matters, "contact", contacts)
    _refer(people, "matter", matters)
    _refer(requests, "desk", desks)
    _refer(asked, "subject", people)
    return Whole(
        tuple(people), tuple(ratings), tuple(turns), tuple(checks),
        tuple(joined(requests, asked, replies, about)), tuple(earlier), tuple(discussions),
        {each.subject_id: each for each in recommended}, {each.subject_id: each for each in decided},
        tuple(disputed), _against(views), tuple(directed), tuple(timed), tuple(pauses),
    )  # fmt: skip


def _against(views: Iterable[View]) -> frozenset[int]:
    newest = {(each.analysis_id, each.agency): each.agrees for each in views}
    return frozenset(analysis for (analysis, _), agrees in newest.items() if not agrees)


def _refer(rows: Iterable[Any], name: str, others: Iterable[Any]) -> None:
    """Let rows know those that they refer to; what the wall hides is none, as where both are read together."""
    known = {each.pk: each for each in others}
    for row in rows:
        row._state.fields_cache[name] = known.get(getattr(row, f"{name}_id"))
