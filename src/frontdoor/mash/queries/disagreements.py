"""Asking about disagreements: the list, one opened, those of a contact, who may settle one, what waits for somebody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from frontdoor.access.queries import Colleague, colleagues, names
from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission, acting_council, require
from frontdoor.contacts.models import Contact, Decision, Matter
from frontdoor.contacts.queries.decisions import standing_decision, standing_decisions
from frontdoor.councils.queries import setting
from frontdoor.directions import queries as directions
from frontdoor.mash.models import Decision as OfEnquiry
from frontdoor.mash.models import Disagreement, Saying, Subject
from frontdoor.mash.queries.deciding import decision_of_matter
from frontdoor.mash.queries.enquiries.lists import name_of
from frontdoor.mash.rules import disagreements as rules
from frontdoor.mash.rules.disagreements import State
from frontdoor.shell.rules import Paged, cut
from frontdoor.trail import actions as trail

PAGE = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """One disagreement on a list; no child is named there."""

    key: UUID
    id: int
    receipt: str
    about: str
    agency: str
    stage: str
    urgent: bool
    owner: str
    raised_at: datetime
    due_at: datetime
    outcome: str
    resolved_at: datetime | None

    @property
    def cursor(self) -> tuple[datetime, int]:
        return self.due_at, self.id

    @property
    def resolved_cursor(self) -> tuple[datetime, int]:
        return self.resolved_at or self.raised_at, self.id


def owners(*, by: Actor, at: datetime) -> list[Colleague]:
    """Whoever may settle one here today, by name."""
    return [each for each in colleagues(by=by, at=at) if each.may(Permission.DISAGREEMENT_KEEP)]


def disagreements(
    *, which: str = "", after: tuple[datetime, int] | None = None, limit: int = PAGE, by: Actor, at: datetime
) -> Paged[Listed]:
    """One page of disagreements: those not resolved by their due time, or the resolved, newest first; an entry.

    :param which: mine, free, late, resolved, or "" for all that are not resolved
    :raises NotPermitted: `by` does not work on disagreements
    """
    require(by, Permission.DISAGREEMENT_KEEP, authority=acting_council(by))
    found = within(by, Disagreement.objects.select_related("contact"))
    if which == "resolved":
        later = Q(resolved_at__lt=after[0]) | Q(resolved_at=after[0], id__lt=after[1]) if after else Q()
        found = found.exclude(resolved_at=None).filter(later).order_by("-resolved_at", "-id")
    else:
        narrow = {"late": Q(due_at__lt=at), "mine": Q(owner=by.user_id), "free": Q(owner=None)}.get(which, Q())
        later = Q(due_at__gt=after[0]) | Q(due_at=after[0], id__gt=after[1]) if after else Q()
        found = found.filter(narrow, later, state=State.OPEN.value).order_by("due_at", "id")
    rows = cut(_listed(list(found[: limit + 1]), by=by, at=at), limit)
    trail.record("mash.disagreements", by=by, at=at, which=which, disagreements=[str(row.key) for row in rows])
    return rows


def _listed(found: list[Disagreement], *, by: Actor, at: datetime) -> list[Listed]:
    here = {each.id: each.name for each in colleagues(by=by, at=at)} if found else {}
    return [
        Listed(
            row.key, row.pk, row.contact.receipt, row.get_about_display(), row.agency, row.get_stage_display(),
            row.urgent, here.get(row.owner or 0, ""), row.raised_at, row.due_at, row.get_outcome_display(),
            row.resolved_at,
        )
        for row in found
    ]  # fmt: skip


def waits_for(*, by: Actor, at: datetime) -> list[Listed]:
    """What waits for one manager: theirs, and what nobody settles yet. My work notes it.

    :raises NotPermitted: `by` does not work on disagreements
    """
    require(by, Permission.DISAGREEMENT_KEEP, authority=acting_council(by))
    wanted = Disagreement.objects.select_related("contact").filter(
        Q(owner=by.user_id) | Q(owner=None), state=State.OPEN.value
    )
    return _listed(list(within(by, wanted).order_by("due_at", "id")[:PAGE]), by=by, at=at)


@dataclass(frozen=True, slots=True)
class Opened:
    """One disagreement as its page shows it.

    :param child: whose decision is disputed; empty where it is about the whole contact
    :param stands: the decision that was disputed is still in force
    :param last: the council's last stage
    :param actions: what was directed because of it
    """

    row: Disagreement
    child: str
    stands: bool
    last: int
    sayings: tuple[Saying, ...]
    actions: tuple[directions.Directed, ...]
    names: dict[int, str]


def open_disagreement(key: UUID | str, *, by: Actor, at: datetime, why: str = "") -> Opened:
    """Open one disagreement; it leaves one entry.

    :raises NotPermitted: `by` takes no part in disagreements
    :raises NotFound: the council acted for has none of that key
    """
    require(by, Permission.DISAGREEMENT_RAISE, authority=acting_council(by))
    wanted = Disagreement.objects.select_related("contact", "matter__child").filter(key=key)
    row = within(by, wanted).first()
    if row is None:
        raise NotFound
    sayings = tuple(within(by, Saying.objects.filter(disagreement=row)).order_by("id"))
    people = {each.by_user for each in sayings} | {row.owner, row.decided_by, row.taken_by}
    given = directions.for_subject("mash.disagreement", row.key, by=by, at=at)
    opened = Opened(
        row, _child(row.matter), still_stands(row, by=by),
        setting(rules.LAST.name, authority=row.authority_id, on=at).value, sayings, tuple(given),
        names({number for number in people if number is not None}, by=by),
    )  # fmt: skip
    trail.record("mash.open_disagreement", subject=row, by=by, at=at, why=why)
    return opened


def _child(matter: Matter | None) -> str:
    """How the child of a decision is named; empty where it is about the whole contact."""
    return matter.called if matter else ""


def still_stands(row: Disagreement, *, by: Actor) -> bool:
    """Whether the decision that is disputed is in force; what is no decision always is."""
    if row.decision is None:
        return False
    return any(
        within(by, kind.objects.filter(key=row.decision, voided_at=None)).exists() for kind in (Decision, OfEnquiry)
    )


def decision_for(matter: Matter, *, by: Actor) -> Decision | OfEnquiry | None:
    """What a disagreement about a child is about: the decision of an enquiry where there is one, else the contact’s."""
    return decision_of_matter(matter, by=by) or standing_decision(matter, by=by)


@dataclass(frozen=True, slots=True)
class Disputed:
    """A disagreement as the page of its contact shows it."""

    key: UUID
    child: str
    about: str
    agency: str
    stage: str
    outcome: str
    raised_at: datetime
    resolved_at: datetime | None


def of_contact(contact: Contact, *, by: Actor) -> list[Disputed]:
    """What was said against decisions on a contact, what is not resolved first. Part of opening it."""
    wanted = Disagreement.objects.select_related("matter__child").filter(contact=contact)
    return [_disputed(row, _child(row.matter)) for row in within(by, wanted).order_by("state", "-raised_at", "-id")]


def of_children(found: Iterable[Disagreement], children: Iterable[Subject]) -> list[Disputed]:
    """The same as the page of an enquiry shows it, out of what was read with the rest of that page."""
    called: dict[int | None, str] = {each.matter_id: name_of(each) for each in children if each.matter_id}
    return [_disputed(row, called.get(row.matter_id, "")) for row in found]


def _disputed(row: Disagreement, child: str) -> Disputed:
    return Disputed(
        row.key, child, row.get_about_display(), row.agency, row.get_stage_display(), row.get_outcome_display(),
        row.raised_at, row.resolved_at,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Child:
    """A child of a contact, for whom something was decided or not yet."""

    key: UUID
    name: str
    decided: bool


def open_to_dispute(key: UUID | str, *, by: Actor, at: datetime) -> tuple[Contact, list[Child]]:
    """The contact about which somebody disagrees, with its children; it leaves an entry.

    :raises NotFound: the council acted for has none of that key
    :raises NotPermitted: `by` may not take disagreements
    """
    require(by, Permission.DISAGREEMENT_RAISE, authority=acting_council(by))
    contact = within(by, Contact.objects.filter(key=key)).first()
    if contact is None:
        raise NotFound
    matters = list(within(by, Matter.objects.select_related("child").filter(contact=contact)).order_by("id"))
    decided = standing_decisions(matters, by=by)
    trail.record("mash.open_to_dispute", subject=contact, by=by, at=at)
    return contact, [Child(each.key, each.called, each.pk in decided) for each in matters]
