"""A file of police notices: chosen, checked, taken in; what was refused is downloaded, mended and sent again."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import InvalidInput, NotFound, Permission
from frontdoor.contacts.actions import notices as actions
from frontdoor.contacts.forms.notices import FileForm, TakeForm
from frontdoor.contacts.pages import notices as pages
from frontdoor.contacts.queries import notices as queries
from frontdoor.contacts.queries.notices.batches import counted
from frontdoor.contacts.rules import notices as rules
from frontdoor.contacts.views.hub import hub
from frontdoor.contacts.views.screening.steps import refused


@address(Kind.COUNCIL, Permission.CONTACT_TAKE)
def notice_files(request: Any) -> HttpResponse:
    """Choose a file, and see the last ones."""
    by, at, slug = request.actor, request.at, request.council.slug
    form = FileForm(request.POST or None, request.FILES or None) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            content = upload.read(rules.READ_AT_MOST + 1)
            batch = actions.check_file(content, name=upload.name or "", by=by, at=at)
            return redirect(reverse("contacts:notice-file", args=[slug, batch.key]))
        except InvalidInput as refusal:
            refused(form, refusal)
    context = {
        "hub": hub(request), "form": form, "rows": pages.file_rows(queries.batches(by=by, at=at), slug),
        "columns": pages.FILE_COLUMNS, "fields": rules.COLUMNS[:15], "kinds": tuple(rules.KINDS),
    }  # fmt: skip
    return render(request, "contacts/notices_files.html", context, status=422 if request.method == "POST" else 200)


@address(Kind.COUNCIL, Permission.CONTACT_TAKE)
@require_safe
def notice_sample(request: Any, form: str) -> HttpResponse:
    """A file of two invented notices, in the layout that is asked for."""
    made = {"csv": (rules.sample_csv, "text/csv"), "json": (rules.sample_json, "application/json")}
    if form not in made:
        raise NotFound
    write, kind = made[form]
    return download(write(), f"notices-sample.{form}", kind)


def download(content: str, name: str, kind: str = "text/csv") -> HttpResponse:
    """A text as a file to keep."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=f"{kind}; charset=utf-8", headers=headers)


@address(Kind.COUNCIL, Permission.CONTACT_TAKE)
def notice_file(request: Any, key: UUID) -> HttpResponse:
    """What would happen to each notice of a file, and the button; afterwards what became of them."""
    by, at, slug = request.actor, request.at, request.council.slug
    if request.method == "POST":
        form = TakeForm(request.POST)
        act = actions.drop if request.POST.get("do") == "drop" else actions.take
        act(key, seen=form.cleaned_data["seen"] if form.is_valid() else 0, by=by, at=at)
        here = "contacts:notice-files" if act is actions.drop else "contacts:notice-file"
        return redirect(reverse(here, args=[slug] if act is actions.drop else [slug, key]))
    batch = queries.open_batch(key, by=by, at=at)
    taken = batch.state == "taken"
    new, before, wrong = counted(batch.answers)
    context = {
        "hub": hub(request), "batch": batch, "taken": taken, "new": new, "before": before, "wrong": wrong,
        "form": TakeForm(initial={"seen": batch.version}), "columns": pages.ANSWER_COLUMNS,
        "rows": pages.answer_rows(batch.answers, taken=taken), "may_read": by.may(Permission.CONTACT_READ),
    }  # fmt: skip
    return render(request, "contacts/notices_file.html", context)


@address(Kind.COUNCIL, Permission.CONTACT_TAKE)
@require_safe
def notice_refused(request: Any, key: UUID) -> HttpResponse:
    """The rows of a file that were refused, each with what is wrong, to be mended and sent again."""
    batch = queries.open_batch(key, by=request.actor, at=request.at)
    if batch.state != "taken" or not batch.rows:
        raise NotFound
    return download(pages.refused_file(batch), "notices-refused.csv")


@address(Kind.COUNCIL, Permission.CONTACT_TAKE)
@require_safe
def notice_answers(request: Any, key: UUID) -> HttpResponse:
    """What became of each notice of a file, with its receipt: what the desk that sent it is given."""
    batch = queries.open_batch(key, by=request.actor, at=request.at)
    if batch.state != "taken":
        raise NotFound
    return download(pages.receipts_file(batch), "notices-receipts.csv")
