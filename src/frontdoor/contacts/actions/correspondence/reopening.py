"""What was put into the form, or was nothing, waits for the form again; what stood before stays when it is sorted."""

from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from frontdoor.actors.queries import within
from frontdoor.actors.rules import (
    Actor,
    InvalidInput,
    Permission,
    StepNotAllowed,
    acting_person,
    require,
    unchanged,
)
from frontdoor.clocks.models import Ended
from frontdoor.contacts.actions.correspondence.rows import taken
from frontdoor.contacts.actions.screening import rows
from frontdoor.contacts.actions.screening.opening import open_again
from frontdoor.contacts.models import Agreement, Contact, Correspondence, Link, Matter, Referrer, Sorting
from frontdoor.contacts.rules import correspondence as rules
from frontdoor.contacts.rules import intake
from frontdoor.contacts.rules.screening import WAITING
from frontdoor.contacts.rules.states import ContactState
from frontdoor.trail import actions as trail


@transaction.atomic
def reopen(key: UUID | str, *, seen: int, why: str, by: Actor, at: datetime) -> Contact:
    """Let it wait for the form again: it was laid beside the wrong contact, or it was about a child after all.

    Nothing is taken away: what was put into the form stays, and clocks run from the first time. What was made of it, by
    whom, and that it was opened again stand in a row of their own.

    :param key: the contact's
    :raises Conflict: somebody has dealt with it meanwhile
    :raises InvalidInput: no reason
    :raises NotFound: no such contact, or it did not come in writing
    :raises NotPermitted: `by` neither sorted it nor decides on contacts
    :raises StepNotAllowed: it waits; or the contact has gone on, or ended in another way
    """
    locked = Matter.objects.select_for_update(of=("self",), no_key=True)
    matters = list(within(by, locked.filter(contact__key=key)).order_by("id"))
    contact = rows.contact_taken(key, by=by)
    made = taken(key, by=by)
    require(by, Permission.REFERRER_READ, authority=made.authority_id)
    own = made.sorted_by is not None and made.sorted_by == by.user_id
    require(by, Permission.CONTACT_TAKE if own else Permission.CONTACT_DECIDE, authority=made.authority_id)
    unchanged(seen, made.version)
    state = rules.after(made.state, rules.Step.REOPEN)
    _check_goes_back(made, contact)
    if not why.strip():
        raise InvalidInput(why="Write in a few words why it is opened again")

    _noted(made, why=why.strip()[:300], by=by, at=at)
    if made.state == rules.State.NOTHING:
        contact.category = "request_for_service"
        open_again(contact, matters, stopped=Ended.NOT_NEEDED, by=by, at=at)
    if made.about_how == rules.About.CONFIRMED:
        pair = Link.objects.filter(contact=contact, other_id=made.about_id, kind="related", ended_at=None)
        within(by, pair).update(ended_at=at)
        made.about_how = rules.About.PROPOSED
    made.state, made.sorted_by, made.sorted_at, made.version = state, None, None, made.version + 1
    made.save(update_fields=["state", "sorted_by", "sorted_at", "version", "about_how"])
    rows.changed(contact, "category", by=by, at=at)

    trail.record("contacts.reopen", subject=contact, by=by, at=at, why=why.strip(), door=made.door)
    return contact


def _check_goes_back(made: Correspondence, contact: Contact) -> None:
    """Go on only with a contact that is still screened, or that was closed as nothing about a child."""
    if made.state == rules.State.NOTHING and contact.state == ContactState.CLOSED and contact.category == "nothing":
        return
    if contact.state not in WAITING:
        raise StepNotAllowed(f"{contact.get_state_display()}.", when=contact.closed_at)


def _noted(made: Correspondence, *, why: str, by: Actor, at: datetime) -> None:
    """Say it on the row of what was made of it; what was sorted before there were such rows gets one now."""
    standing = within(by, Sorting.objects.filter(correspondence=made, reopened_at=None)).first()
    if standing is None:
        standing = Sorting(
            authority_id=made.authority_id, correspondence=made, made=made.state, done_by=made.sorted_by or 0,
            done_at=made.sorted_at or at,
        )  # fmt: skip
    standing.reopened_by, standing.reopened_at, standing.reopened_why = acting_person(by), at, why
    standing.save()


_STAYS = ("where_now", "with_whom", "until_when", "postcode", "responsible_authority", "happened_at")


def as_it_stands(report: intake.Report, made: Correspondence, contact: Contact, *, by: Actor) -> intake.Report:
    """A report in which what was put into the form before stays, where nothing is said in its place."""
    if not within(by, Sorting.objects.filter(correspondence=made)).exists():
        return report
    stays: dict[str, Any] = {name: getattr(contact, name) for name in _STAYS if not getattr(report, name)}
    teller = within(by, Referrer.objects.filter(contact=contact).order_by("id")).first()
    if teller is not None:
        stays["referrer"] = _unless_said(report.referrer, teller)
    agreed = within(by, Agreement.objects.filter(contact=contact).order_by("id")).last()
    if agreed is not None:
        stays["agreement"] = _unless_said(report.agreement, agreed)
    return replace(report, **stays)


Given = TypeVar("Given", intake.ReferrerGiven, intake.AgreementGiven)


def _unless_said(given: Given, standing: Referrer | Agreement) -> Given:
    usual = type(given)()
    names = [name for name in type(given).__dataclass_fields__ if getattr(given, name) == getattr(usual, name)]
    return replace(given, **{name: getattr(standing, name) for name in names})
