"""Telephone calls in tests, through the real actions."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.contacts.arriving import NOON, child

if TYPE_CHECKING:
    from frontdoor.actors.rules import Actor
    from frontdoor.contacts.models import Contact, Draft
    from frontdoor.contacts.rules.telephone import Told

LATER = NOON + timedelta(minutes=9)
STORY = "Mia Brook, 7, must not go home. She said: “He will hurt me.”"


def begun(*, by: "Actor", at: Any = NOON, typed: Mapping[str, str] | None = None) -> "Draft":
    """A call that was begun, with what was typed in it."""
    from frontdoor.contacts.actions import telephone as actions

    call = actions.begin(by=by, at=at)
    if typed is None:
        return call
    return actions.save(call.key, seen=call.version, typed=typed, by=by, at=at)


def told(*people: Any, councils: tuple[int, ...] | None = None, here: int = 874, **report: Any) -> Any:
    """What was told: one child unless others are given, each of the council of the call unless another is said."""
    from frontdoor.contacts.rules.intake import Report
    from frontdoor.contacts.rules.telephone import Told

    those = people or (child(given_name="Mia", family_name="Brook"),)
    given = Report(**{"story": STORY, "people": tuple(those), **report})
    return Told(given, councils or tuple(here for _ in those), tuple(range(len(those))))


def end(
    call: "Draft", *, by: "Actor", way: str = "contact", what: "Told | None" = None, at: Any = LATER, **given: Any
) -> Any:
    """A call that ends, as a contact with what was told unless another way is said."""
    from frontdoor.contacts.actions import telephone as actions

    return actions.end(call.key, seen=call.version, told=what or told(), way=way, by=by, at=at, **given)


def contact_of(ended: Any) -> "Contact":
    """The contact that a call became."""
    from frontdoor.contacts.models import Contact

    return Contact.objects.get(key=ended.contact)
