"""Every local number of a council on one page, with its history, and the forms that decide another."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from frontdoor.access import queries as access
from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import InvalidInput, NotFound, Permission
from frontdoor.councils import actions, queries
from frontdoor.councils.rules import Setting, UnknownSetting, london_day, setting_named
from frontdoor.desk.forms.settings import DecideForm, DetailsForm
from frontdoor.desk.pages import settings as pages


@address(Kind.COUNCIL, Permission.SETTING_READ)
def overview(request: Any) -> HttpResponse:
    """All settings and the council's details."""
    council = queries.council(request.council.id)
    values = queries.settings(authority=council.pk, on=request.at)
    upcoming = queries.upcoming(authority=council.pk, on=request.at)
    context = {
        "council": council,
        "groups": pages.groups(values, upcoming, council.slug),
        "details": pages.details(council),
        "may_change": request.actor.may(Permission.SETTING_CHANGE),
    }
    return render(request, "desk/settings/overview.html", context)


@address(Kind.COUNCIL, Permission.SETTING_READ)
def one(request: Any, name: str) -> HttpResponse:
    """One setting: what it is, where it comes from, every value that was or will be."""
    setting = _setting(name)
    versions = queries.history(name, authority=request.council.id)
    entered = {number for version in versions if (number := pages.actor_number(version.entered_by)) is not None}
    context = {
        "setting": setting,
        "about": pages.about(setting, queries.setting(name, authority=request.council.id, on=request.at)),
        "history": pages.history(setting, versions, access.names(entered, by=request.actor), london_day(request.at)),
        "may_change": request.actor.may(Permission.SETTING_CHANGE) and not setting.fixed,
    }
    return render(request, "desk/settings/one.html", context)


def _setting(name: str) -> Setting:
    try:
        return setting_named(name)
    except UnknownSetting as unknown:
        raise NotFound from unknown


@address(Kind.COUNCIL, Permission.SETTING_CHANGE)
def decide(request: Any, name: str) -> HttpResponse:
    """The form that gives a setting another value from a day on."""
    setting = _setting(name)
    if setting.fixed:
        raise NotFound
    value = queries.setting(name, authority=request.council.id, on=request.at)
    form = DecideForm(setting, today=london_day(request.at), data=request.POST or None, now=value.value)
    if form.is_valid():
        try:
            actions.decide_setting(name, **form.cleaned_data, by=request.actor, at=request.at)
        except InvalidInput as refused:
            _show(refused, form)
        else:
            return redirect("settings:one", request.council.slug, name)
    return _page(request, "decide", {"setting": setting, "form": form, "value": setting.shown(value.value)}, form)


@address(Kind.COUNCIL, Permission.SETTING_CHANGE)
def details(request: Any) -> HttpResponse:
    """The form that corrects the council's own details."""
    council = queries.council(request.council.id)
    form = DetailsForm(council, request.POST or None)
    if form.is_valid():
        clean = form.cleaned_data
        actions.correct_details(
            seen=clean["seen"], details=form.details, why=clean["why"], by=request.actor, at=request.at
        )
        return redirect("settings:overview", council.slug)
    return _page(request, "details", {"form": form}, form)


def _show(refused: InvalidInput, form: Any) -> None:
    for field, problem in refused.problems.items():
        form.add_error(field or None, problem)


def _page(request: HttpRequest, template: str, context: dict[str, Any], form: Any) -> HttpResponse:
    return render(request, f"desk/settings/{template}.html", context, status=422 if form.is_bound else 200)
