"""Reports that arrive in tests, through the real intake."""

from datetime import UTC, date, datetime
from itertools import count
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from frontdoor.actors.rules import Actor
    from frontdoor.contacts.models import Contact

NOON = datetime(2026, 3, 24, 12, tzinfo=UTC)
"""A Tuesday inside opening hours and inside the agreement."""

_NUMBERS = count(1)


def arrive(*, by: "Actor", at: datetime = NOON, channel: str = "phone", **report: Any) -> "Contact":
    """A contact that `by` has taken in; each of a family of its own unless `people` say otherwise."""
    from frontdoor.contacts.actions import submit_and_take_in
    from frontdoor.contacts.rules.intake import Report

    number = next(_NUMBERS)
    told = {"story": f"A worry, number {number}.", "people": (child(family_name=f"Family{number}"),), **report}
    _, contact = submit_and_take_in(Report(**told), channel=channel, idem=f"test-{number}", by=by, at=at)
    assert contact is not None
    return contact


def child(**known: Any) -> Any:
    """A child as a sender might name them."""
    from frontdoor.contacts.rules.intake import PersonGiven

    usual = {"kind": "child", "given_name": "Robin", "family_name": "Example", "date_of_birth": date(2017, 5, 4)}
    return PersonGiven(**{**usual, **known})
