"""Requests for information as they stand in tests, brought as far as a test wants through the real actions."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.contacts.arriving import NOON, arrive, child
from tests.worlds import World

if TYPE_CHECKING:
    from frontdoor.contacts.models import Contact
    from frontdoor.disclosures.models import Answer, Request

EWA: dict[str, Any] = {"given_name": "Ewa", "family_name": "Nowak", "date_of_birth": date(2017, 5, 4)}
LATER = NOON + timedelta(days=5)
"""When the desk is asked: some days after what it finds."""


def earlier(world: World, **report: Any) -> "Contact":
    """A contact of before about Ewa Nowak."""
    with world.acting("contact_officer", at=NOON) as by:
        return arrive(by=by, at=NOON, **{"people": (child(**EWA),), **report})


def asked(world: World, sub_type: str = "cafcass_s7", *, at: datetime = LATER, **report: Any) -> "Request":
    """A request that has just reached the desk."""
    from frontdoor.disclosures import actions

    told = {"category": "request_for_information", "sub_type": sub_type, "people": (child(**EWA),)}
    with world.acting("contact_officer", at=at) as by:
        contact = arrive(by=by, at=at, channel="email", **{**told, **report})
        return actions.begin(contact.key, by=by, at=at)


def taken(world: World, *args: Any, at: datetime = LATER, **more: Any) -> "Request":
    """The same in the hands of the information officer, with asker, grounds and everybody searched for."""
    from frontdoor.disclosures import actions

    request = asked(world, *args, at=at, **more)
    with world.acting("information_officer", at=at) as by:
        actions.take(request.key, seen=version(request), by=by, at=at)
        actions.check_asker(request.key, seen=version(request), **ASKER, by=by, at=at)
        actions.set_grounds(request.key, seen=version(request), **GROUNDS, by=by, at=at)
        for about in request.people.order_by("position"):
            actions.search(
                request.key, about.key, seen=version(request), given_name=about.given_name,
                family_name=about.family_name, by=by, at=at,
            )  # fmt: skip
        request.refresh_from_db()
    return request


def version(request: "Request") -> int:
    """The version that stands now; inside `acting`."""
    from frontdoor.disclosures.models import Request

    return Request.objects.values_list("version", flat=True).get(key=request.key)


def proposed(world: World, *args: Any, at: datetime = LATER, kind: str = "facts", **more: Any) -> "Request":
    """The same with an answer that waits for a second person."""
    from frontdoor.disclosures import actions, queries

    request = taken(world, *args, at=at, **more)
    with world.acting("information_officer", at=at) as by:
        facts = [fact.code for fact in queries.facts(request, by=by)] if kind == "facts" else []
        reason = "no_basis" if kind == "refusal" else ""
        actions.propose(request.key, seen=version(request), kind=kind, facts=facts, reason=reason, by=by, at=at)
        request.refresh_from_db()
    return request


def approved(world: World, *args: Any, at: datetime = LATER, **more: Any) -> "Request":
    """The same, read and approved by a manager."""
    from frontdoor.disclosures import actions

    request = proposed(world, *args, at=at, **more)
    with world.acting("team_manager", at=at) as by:
        actions.approve(request.key, seen=request.version, digest=newest(request).digest, by=by, at=at)
        request.refresh_from_db()
    return request


def newest(request: "Request") -> "Answer":
    """The newest answer; inside `acting`."""
    return request.answers.order_by("-number")[0]


ASKER = {
    "name": "Officer One", "role": "Family court adviser", "agency": "Cafcass", "reply_to": "checks@example.org",
    "checked": "called_back", "how": "The number in the court's directory",
}  # fmt: skip
GROUNDS = {
    "purpose": "Safeguarding letter for the first hearing", "basis": "legal_obligation", "condition": "justice",
    "necessity": "The court decides about the child on it.", "proportionality": "Dates and outcomes alone.",
}  # fmt: skip
