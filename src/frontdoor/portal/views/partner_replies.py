"""Pages about what an agency has said: add to it unasked, correct it, take it back, confirm what we wrote down."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import InvalidInput, NotFound
from frontdoor.councils.models import Council
from frontdoor.mash.actions import partners as actions
from frontdoor.mash.queries import partners as queries
from frontdoor.portal.forms.partners import CorrectForm, PersonForm, WithdrawForm, as_given
from frontdoor.portal.views.partners import answers, open_request, opened, shown


def _reply(request: Any, key: UUID) -> tuple[Council, queries.Opened, queries.ReplyShown, queries.Person]:
    """A reply of the agency itself, with its request opened and the person it is about.

    :raises NotFound: another's or none; or the council no longer asks
    """
    _, row = opened(request, key, queries.reply_of)
    place, found = open_request(request, row.request.key)
    reply = next(each for each in found.replies if each.key == key)
    person = next((each for each in found.people if each.asked == reply.asked), None)
    if person is None:
        raise NotFound
    return place, found, reply, person


@answers
def more(request: Any, key: UUID, asked: UUID) -> HttpResponse:
    """Tell something more about a person, unasked."""
    place, found = open_request(request, key)
    person = next((each for each in found.people if each.asked == asked), None)
    if person is None:
        raise NotFound
    form = PersonForm(data=request.POST or None, initial={"kind": "information"}, required=True)
    if form.is_valid():
        try:
            with acting_for(place.pk, by=request.actor) as by:
                actions.give_replies(key, {asked: form.said}, more=True, by=by, at=request.at)
        except InvalidInput as refused:
            form.refused({name.removeprefix(f"{asked}-"): words for name, words in refused.problems.items()})
        else:
            return shown(key, "answered")
    return _answered(request, "partner_more", form, asked=found, person=person)


@answers
def correct(request: Any, key: UUID) -> HttpResponse:
    """Put right what was said, or what we wrote down of it: a new answer takes its place."""
    place, found, reply, person = _reply(request, key)
    form = CorrectForm(data=request.POST or None, initial=as_given(reply), required=True)
    if form.is_valid():
        try:
            with acting_for(place.pk, by=request.actor) as by:
                actions.correct_reply(key, form.said, why=form.cleaned_data["why"], by=by, at=request.at)
        except InvalidInput as refused:
            form.refused(refused.problems)
        else:
            return shown(found.key, "corrected")
    return _answered(request, "partner_correct", form, asked=found, person=person, reply=reply)


@answers
def withdraw(request: Any, key: UUID) -> HttpResponse:
    """Take back what was said."""
    place, found, reply, person = _reply(request, key)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        with acting_for(place.pk, by=request.actor) as by:
            actions.withdraw_reply(key, why=form.cleaned_data["why"], by=by, at=request.at)
        return shown(found.key, "withdrawn")
    return _answered(request, "partner_withdraw", form, asked=found, person=person, reply=reply)


@require_POST
@answers
def confirm(request: Any, key: UUID) -> HttpResponse:
    """Say that what we wrote down by telephone or in the room is right."""
    place, row = opened(request, key, queries.reply_of)
    with acting_for(place.pk, by=request.actor) as by:
        actions.confirm_reply(key, by=by, at=request.at)
    return shown(row.request.key, "confirmed") if request.POST.get("back") != "list" else redirect("partner:home")


def _answered(request: Any, template: str, form: Any, **context: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, f"portal/{template}.html", {"form": form, **context}, status=status)
