"""A police desk's files of notices: checked first, sent, and what became of each; read by its own people alone."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import InvalidInput, NotFound
from frontdoor.contacts.actions import notices as actions
from frontdoor.contacts.forms.notices import TakeForm
from frontdoor.contacts.pages import notices as shown
from frontdoor.contacts.queries import notices as queries
from frontdoor.contacts.queries.notices.batches import counted
from frontdoor.contacts.rules import notices as rules
from frontdoor.contacts.views.notices.files import download
from frontdoor.contacts.views.screening.steps import refused as say
from frontdoor.councils import queries as councils
from frontdoor.portal.forms.senders import NoticesForm
from frontdoor.portal.pages import senders as pages
from frontdoor.portal.views.senders import each, opened

View = Callable[..., HttpResponse]


def police(view: View) -> View:
    """A page for those whose agency sends notices; to everybody else there is no such page."""

    @wraps(view)
    def only(request: Any, **parts: Any) -> HttpResponse:
        if not request.sending.notices:
            raise NotFound
        return view(request, **parts)

    return address(Kind.PARTNER)(only)


@police
def notices(request: Any) -> HttpResponse:
    """Choose a file and the council it is for, and see the last ones."""
    served = {place.slug: place for place in councils.councils(on=request.at)}
    choices = [(slug, place.name) for slug, place in served.items()]
    sent = request.method == "POST"
    home = next((slug for slug, place in served.items() if place.pk == request.sending.home), "")
    form = NoticesForm(*((request.POST, request.FILES) if sent else ()), councils=choices, initial={"council": home})
    if sent and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            with acting_for(served[form.cleaned_data["council"]].pk, by=request.actor) as by:
                content = upload.read(rules.READ_AT_MOST + 1)
                batch = actions.check_file(content, name=upload.name or "", by=by, at=request.at)
            return redirect("sender:notice-file", batch.key)
        except InvalidInput as refusal:
            say(form, refusal)
    found = [batch for _, by in each(request) for batch in queries.own_batches(by=by, at=request.at)]
    found.sort(key=lambda batch: (-batch.given_at.timestamp(), batch.authority_id, -batch.pk))
    names = {place.pk: place.name for place in served.values()}
    context = {
        "form": form, "rows": pages.notice_file_rows(found, names, me=request.user.pk), "columns": pages.NOTICE_FILES,
        "agency": request.sending.agency.name, "fields": rules.COLUMNS[:15], "kinds": tuple(rules.KINDS),
    }  # fmt: skip
    return render(request, "portal/sender_notices.html", context, status=422 if sent else 200)


@police
@require_safe
def sample(request: Any, form: str) -> HttpResponse:
    """A file of two invented notices, in the layout that is asked for."""
    made = {"csv": (rules.sample_csv, "text/csv"), "json": (rules.sample_json, "application/json")}
    if form not in made:
        raise NotFound
    write, kind = made[form]
    return download(write(), f"notices-sample.{form}", kind)


@police
def notice_file(request: Any, key: UUID) -> HttpResponse:
    """What would happen to each notice of a file, and the button; afterwards what became of them.

    Sending twice shows what became of the first: what was taken in stands, and is nobody's to take again.
    """
    place, batch = opened(request, key, queries.open_batch)
    if request.method == "POST":
        form = TakeForm(request.POST)
        seen = form.cleaned_data["seen"] if form.is_valid() else 0
        act = actions.drop if request.POST.get("do") == "drop" else actions.take
        with acting_for(place.pk, by=request.actor) as by, suppress(NotFound):
            act(key, seen=seen, by=by, at=request.at)
        return redirect("sender:notices") if act is actions.drop else redirect("sender:notice-file", key)
    taken = batch.state == "taken"
    new, before, wrong = counted(batch.answers)
    context = {
        "batch": batch, "council": place, "taken": taken, "new": new, "before": before, "wrong": wrong,
        "form": TakeForm(initial={"seen": batch.version}), "columns": shown.ANSWER_COLUMNS,
        "rows": shown.answer_rows(batch.answers, taken=taken),
    }  # fmt: skip
    return render(request, "portal/sender_notice_file.html", context)


@police
@require_safe
def refused(request: Any, key: UUID) -> HttpResponse:
    """The rows that were refused, or would be, each with what is wrong, to be mended and sent again."""
    _, batch = opened(request, key, queries.open_batch)
    if not counted(batch.answers)[2]:
        raise NotFound
    return download(shown.refused_file(batch), "notices-refused.csv")


@police
@require_safe
def receipts(request: Any, key: UUID) -> HttpResponse:
    """What became of each notice of a file, with its receipt."""
    _, batch = opened(request, key, queries.open_batch)
    if batch.state != "taken":
        raise NotFound
    return download(shown.receipts_file(batch), "notices-receipts.csv")
