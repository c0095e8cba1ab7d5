"""A message from a child."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from frontdoor.actors.rules import Actor
from frontdoor.contacts import actions as contacts
from frontdoor.contacts.rules.doors import Mark
from frontdoor.portal.rules import young


@transaction.atomic
def send_young(
    answers: Mapping[str, Any], *, idem: str, marks: Collection[Mark] = (), by: Actor, at: datetime
) -> contacts.Given:
    """Send what a child wrote to the council of the address; pressed twice it is one message with one number.

    Nothing of it is kept for the browser: a child may share it with whoever they write about.

    :param marks: why it may not be genuine; it goes in all the same
    :raises SameKeyOtherBody: the page was sent already with other words
    """
    return contacts.submit(young.report(answers), channel="web", idem=idem, marks=marks, by=by, at=at)
