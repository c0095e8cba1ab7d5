"""A message from a child."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from frontdoor.actors.rules import Actor
from frontdoor.contacts import actions as contacts
from frontdoor.portal.rules import young


@transaction.atomic
def send_young(answers: Mapping[str, Any], *, idem: str, by: Actor, at: datetime) -> contacts.Given:
    """Send what a child wrote to the council of the address; pressed twice it is one message with one number.

    Nothing of it is kept for the browser: a child may share it with whoever they write about.

    :raises SameKeyOtherBody: the page was sent already with other words
    """
    return contacts.submit(young.report(answers), channel="web", idem=idem, by=by, at=at)
