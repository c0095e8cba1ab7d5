"""The page on which it is written down what came of something that a kind of contact asks for."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.contacts.actions import duties as actions
from frontdoor.contacts.forms.duties import SettleForm
from frontdoor.contacts.queries import duties as queries
from frontdoor.contacts.views.screening.steps import Step, record_of, step
from frontdoor.shell.rules import moment


@address(Kind.COUNCIL, Permission.CONTACT_TAKE)
def settle(request: Any, key: UUID) -> HttpResponse:
    """What came of it."""
    contact, found = queries.open_duties(key, by=request.actor, at=request.at)
    waiting = [each for each in found if each.settled is None]
    answers = dict.fromkeys(answer for each in waiting for answer in each.duty.answers)
    form = SettleForm(
        request.POST or None, owed=[(each.duty.code, each.duty.words) for each in waiting], answers=answers
    )
    page = Step(
        "What came of it", "Save", record_of(request, key), contact.receipt,
        beside=tuple((each.duty.words, f"Its time runs from {moment(each.since)}") for each in waiting),
        over="" if waiting else "Nothing of this kind is owed for this contact.",
    )  # fmt: skip
    return step(request, form, lambda typed: actions.settle(key, **typed, by=request.actor, at=request.at), page)
