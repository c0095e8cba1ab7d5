"""Pages on which people say whether a marked report is genuine."""

from typing import Any, cast
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import InvalidInput, Permission
from frontdoor.contacts.actions import doors as actions
from frontdoor.contacts.forms.doors import AlikeForm, NotGenuineForm, TogetherForm
from frontdoor.contacts.forms.screening import Seen
from frontdoor.contacts.pages import doors as pages
from frontdoor.contacts.queries import doors as queries
from frontdoor.contacts.views.hub import hub
from frontdoor.contacts.views.screening.steps import Step, record_of, refused, step
from frontdoor.shell.pages import paging, unseal


@address(Kind.COUNCIL, Permission.CONTACT_SCREEN)
@require_safe
def doubts(request: Any) -> HttpResponse:
    """Every report that may not be genuine and that nobody has settled."""
    by, at = request.actor, request.at
    after = cast(Any, unseal("doubts", request.GET.get("after", "")))
    found = queries.doubts(by=by, at=at, after=after, count=True)
    context = {
        "hub": hub(request), "columns": pages.COLUMNS, "rows": pages.rows(found, request.council.slug, at=at),
        "paging": paging("doubts", found, request.GET),
        "first": [] if after else pages.rows(queries.dangerous(by=by, at=at), request.council.slug, at=at),
    }  # fmt: skip
    return render(request, "contacts/doors_list.html", context)


@address(Kind.COUNCIL, Permission.CONTACT_SCREEN)
def doubt(request: Any, key: UUID) -> HttpResponse:
    """One of them: it goes on, or it is not genuine, because."""
    by, at = request.actor, request.at
    found = queries.open_doubt(key, by=by, at=at)
    genuine = request.POST.get("do") == "genuine"
    form = (Seen if genuine else NotGenuineForm)(request.POST or None, initial={"seen": found.version})
    if request.method == "POST" and form.is_valid():
        act = actions.say_genuine if genuine else actions.say_not_genuine
        try:
            contact = act(key, **form.cleaned_data, by=by, at=at)
            return redirect(record_of(request, contact.key))
        except InvalidInput as refusal:
            refused(form, refusal)
    context = {
        "shows": found,
        "form": form,
        "refuse": NotGenuineForm(initial={"seen": found.version}) if genuine else form,
        "facts": pages.facts(found, at=at),
        "record": record_of(request, found.contact),
        "may_answer": not found.asked and not found.closed and found.answer != "Genuine: it goes on",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "contacts/doors_one.html", context, status=status)


@address(Kind.COUNCIL, Permission.CONTACT_SCREEN)
def doubts_alike(request: Any, key: UUID) -> HttpResponse:
    """Several reports that are alike: none is genuine, for one reason."""
    by, at = request.actor, request.at
    found = queries.alike(key, by=by, at=at)
    offered = pages.offered(found)
    form = AlikeForm(request.POST or None, initial={"which": [value for value, _ in offered]}, offered=offered)
    page = Step(
        "None of these is genuine", "Ask a second person", reverse("contacts:doubts", args=[request.council.slug]),
        intro="Each stays a contact, in the queue and on the list, until a second person agrees; each can be kept or "
        "opened again by itself. Nobody is kept from reporting. What may speak of danger is not here: it is settled "
        "by itself.",
        over="" if len(found) > 1 else "There is none like this one. It is settled by itself.",
    )  # fmt: skip
    return step(
        request, form, lambda typed: actions.say_alike_not_genuine(form.seen(), why=typed["why"], by=by, at=at), page
    )


@address(Kind.COUNCIL, Permission.CONTACT_SCREEN)
def doubts_agree(request: Any, key: UUID) -> HttpResponse:
    """The second person agrees to several that one person called not genuine in one act."""
    by, at = request.actor, request.at
    found = queries.asked_together(key, by=by, at=at)
    offered = pages.offered(found, agreeing=True)
    form = TogetherForm(request.POST or None, initial={"which": [value for value, _ in offered]}, offered=offered)
    back = reverse("contacts:doubts", args=[request.council.slug])
    page = Step(
        "Agree that these are not genuine", "Agree: they are not genuine", back,
        intro="They leave every queue. Each keeps its number and its words, stands among the mistakes, and can be "
        "opened again by itself.",
        beside=(("Why", found[0].why), ("Said by", found[0].answered_by)) if found else (),
        over="" if found else "Nothing of this waits for a second person.",
    )  # fmt: skip
    return step(request, form, lambda _: actions.agree_alike(form.seen(), by=by, at=at), page)
