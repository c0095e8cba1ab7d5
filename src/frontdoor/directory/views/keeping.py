"""Pages for whoever keeps the directory: sources, readings with their reports, corrections, what is old."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import InvalidInput, Permission
from frontdoor.directory import forms, pages
from frontdoor.directory.actions import applying, correcting, reading
from frontdoor.directory.queries import keeping as queries
from frontdoor.directory.queries import searching
from frontdoor.directory.rules import laying
from frontdoor.directory.rules.feeds import MOST_FILE
from frontdoor.directory.rules.keeping import Origin, State
from frontdoor.directory.views.searching import page_of

keeper = address(Kind.COUNCIL, Permission.DIRECTORY_KEEP)


@keeper
@require_safe
def keep(request: Any) -> HttpResponse:
    """What waits, the sources, and the ways to the other lists."""
    kept = queries.kept(by=request.actor, at=request.at)
    slug = request.council.slug
    context = {
        "kept": kept, "waits": pages.summary(kept), "source_columns": pages.SOURCE_COLUMNS,
        "sources": pages.source_rows(kept.sources, slug), "columns": pages.CORRECTION_COLUMNS,
        "changed": pages.correction_rows(kept.changed, slug),
    }  # fmt: skip
    return render(request, "directory/keep.html", context)


@keeper
def new_source(request: Any) -> HttpResponse:
    """Name a maker whose services are brought in."""
    form = forms.SourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = reading.add_source(**form.cleaned_data, by=request.actor, at=request.at)
            return redirect("directory:source", request.council.slug, made.key)
        except InvalidInput as refusal:
            _tell(form, refusal)
    return render(request, "directory/new_source.html", {"form": form}, status=_status(request))


def _tell(form: django_forms.Form, refusal: InvalidInput) -> None:
    for name, words in refusal.problems.items():
        form.add_error(name if name in form.fields else None, words)


def _status(request: Any) -> int:
    return 422 if request.method == "POST" else 200


def _source_page(request: Any, key: UUID, form: django_forms.Form, *, status: int = 200) -> HttpResponse:
    opened = queries.open_source(key, by=request.actor, at=request.at)
    standing = opened.standing
    context = {
        "standing": standing, "source": standing.source, "facts": pages.source_facts(standing), "form": form,
        "columns": pages.RUN_COLUMNS, "rows": pages.run_rows(opened.runs, request.council.slug),
        "by_file": standing.source.origin == Origin.FILE,
        "free": standing.waits is None and standing.source.stopped_at is None,
    }  # fmt: skip
    return render(request, "directory/source.html", context, status=status)


@keeper
@require_safe
def source(request: Any, key: UUID) -> HttpResponse:
    """One source, its readings, and bringing it anew."""
    return _source_page(request, key, forms.FileForm())


@keeper
@require_POST
def bring_file(request: Any, key: UUID) -> HttpResponse:
    """Try a file of a source; nothing is applied."""
    form = forms.FileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            body = form.cleaned_data["file"].read(MOST_FILE + 1)
            run = reading.try_file(key, body, by=request.actor, at=request.at)
            return redirect("directory:reading", request.council.slug, run.key)
        except InvalidInput as refusal:
            _tell(form, refusal)
    return _source_page(request, key, form, status=422)


@keeper
@require_POST
def read_now(request: Any, key: UUID) -> HttpResponse:
    """Ask that the address of a source is read; nothing is applied."""
    run = reading.ask(key, by=request.actor, at=request.at)
    return redirect("directory:reading", request.council.slug, run.key)


@keeper
@require_POST
def stop_source(request: Any, key: UUID) -> HttpResponse:
    """Read a source no more."""
    form = forms.SeenForm(request.POST)
    if form.is_valid():
        reading.stop_source(key, seen=form.cleaned_data["seen"], by=request.actor, at=request.at)
    return redirect("directory:source", request.council.slug, key)


@keeper
@require_safe
def one_reading(request: Any, key: UUID) -> HttpResponse:
    """One reading: what it would do, and everything that was wrong."""
    opened = queries.open_run(key, by=request.actor)
    context = {
        "run": opened.run, "facts": pages.run_facts(opened.run), "kinds": pages.kind_rows(opened.run),
        "kind_columns": pages.KIND_COLUMNS,
        "columns": pages.FINDING_COLUMNS, "rows": pages.finding_rows(opened.findings), "more": opened.more,
        "open": opened.run.state == State.READ, "asked": opened.run.state == State.ASKED,
    }  # fmt: skip
    return render(request, "directory/reading.html", context)


@keeper
@require_safe
def findings(request: Any, key: UUID) -> HttpResponse:
    """Everything that was wrong as a file, for whoever makes the feed."""
    opened = queries.open_run(key, every=True, by=request.actor)
    answer = HttpResponse(pages.as_file(opened).encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="feed-report-{opened.run.begun_at:%Y%m%d}.csv"'
    return answer


def _end(request: Any, key: UUID, action: Callable[..., object]) -> HttpResponse:
    form = forms.SeenForm(request.POST)
    if form.is_valid():
        action(key, seen=form.cleaned_data["seen"], by=request.actor, at=request.at)
    return redirect("directory:reading", request.council.slug, key)


@keeper
@require_POST
def apply_reading(request: Any, key: UUID) -> HttpResponse:
    """Take over what a reading found."""
    return _end(request, key, applying.apply)


@keeper
@require_POST
def drop_reading(request: Any, key: UUID) -> HttpResponse:
    """Do not take over what a reading found."""
    return _end(request, key, applying.drop)


@keeper
def correct(request: Any, key: UUID) -> HttpResponse:
    """Put one field of a service right."""
    opened = searching.one(key, by=request.actor)
    form = forms.CorrectionForm(request.POST or None, initial={"seen": opened.service.version})
    if request.method == "POST" and form.is_valid():
        try:
            correcting.correct(key, **form.cleaned_data, by=request.actor, at=request.at)
            return redirect("directory:service", request.council.slug, key)
        except InvalidInput as refusal:
            _tell(form, refusal)
    words = [(name, str(laying.said_of(opened.said, field) or "")) for field, name in laying.FIELDS.items()]
    context = {"form": form, "service": opened.service, "words": words}
    return render(request, "directory/correct.html", context, status=_status(request))


@keeper
@require_safe
def corrections(request: Any) -> HttpResponse:
    """Every correction in force."""
    found = queries.corrections(by=request.actor)
    context = {"columns": pages.CORRECTION_COLUMNS, "rows": pages.correction_rows(found, request.council.slug)}
    return render(request, "directory/corrections.html", context)


def _correction_page(request: Any, key: UUID, form: django_forms.Form, *, status: int = 200) -> HttpResponse:
    found = queries.correction(key, by=request.actor)
    context = {
        "correction": found, "facts": pages.correction_facts(found), "form": form, "in_force": found.undone_at is None,
        "waits": found.changed_at is not None and found.kept_at is None and found.undone_at is None,
    }  # fmt: skip
    return render(request, "directory/correction.html", context, status=status)


@keeper
@require_safe
def correction(request: Any, key: UUID) -> HttpResponse:
    """One correction: both words, and what may be done with it."""
    found = queries.correction(key, by=request.actor)
    return _correction_page(request, key, forms.UndoForm(initial={"seen": found.version}))


@keeper
@require_POST
def undo_correction(request: Any, key: UUID) -> HttpResponse:
    """Take a correction away."""
    form = forms.UndoForm(request.POST)
    if form.is_valid():
        correcting.undo(key, **form.cleaned_data, by=request.actor, at=request.at)
        return redirect("directory:correction", request.council.slug, key)
    return _correction_page(request, key, form, status=422)


@keeper
@require_POST
def keep_correction(request: Any, key: UUID) -> HttpResponse:
    """Say that a correction still holds."""
    form = forms.SeenForm(request.POST)
    if form.is_valid():
        correcting.keep(key, seen=form.cleaned_data["seen"], by=request.actor, at=request.at)
    return redirect("directory:correction", request.council.slug, key)


@keeper
@require_safe
def old(request: Any) -> HttpResponse:
    """Services that nobody checked for too long, the longest ago first."""
    page = page_of(request.GET)
    found = queries.old_services(skip=(page - 1) * queries.PAGE, by=request.actor, at=request.at)
    here = reverse("directory:old", args=[request.council.slug])
    context = {
        "columns": pages.OLD_COLUMNS, "rows": pages.old_rows(found[: queries.PAGE], request.council.slug),
        "next": f"{here}?page={page + 1}" if len(found) > queries.PAGE else "", "first": here if page > 1 else "",
    }  # fmt: skip
    return render(request, "directory/old.html", context)
