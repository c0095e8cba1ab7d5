"""Pages on which an administrator lets systems send, changes their secrets and ends them."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from frontdoor.access import actions, queries
from frontdoor.access.forms import ClientForm, WhyForm
from frontdoor.access.pages import accounts as pages
from frontdoor.access.views.accounts import answered, keeper, refused
from frontdoor.actors.rules import InvalidInput
from frontdoor.organisations.queries import agencies


@keeper
def clients(request: Any) -> HttpResponse:
    """The systems that send to this council."""
    rows = pages.client_rows(queries.clients(by=request.actor), request.council.slug)
    return render(request, "access/clients.html", {"rows": rows})


@keeper
def new_client(request: Any) -> HttpResponse:
    """Let a system send. The secret stands in this one answer: sent again, the form says that the name is taken."""
    form = ClientForm(agencies(by=request.actor), request.POST or None)
    if form.is_valid():
        try:
            made, secret = actions.make_client(**form.cleaned_data, by=request.actor, at=request.at)
        except InvalidInput as problem:
            refused(form, problem)
        else:
            return render(request, "access/secret.html", {"client": made, "secret": secret}, status=201)
    return answered(request, "new_client", form)


@keeper
def client(request: Any, key: UUID) -> HttpResponse:
    """One client."""
    found = queries.client(key, by=request.actor)
    return render(request, "access/client.html", {"client": found, "about": pages.about_client(found)})


@keeper
def rotate(request: Any, key: UUID) -> HttpResponse:
    """Ask, and then give a client a new secret, shown in this one answer."""
    found = queries.client(key, by=request.actor)
    if request.method != "POST":
        return render(request, "access/rotate.html", {"client": found})
    changed, secret = actions.rotate_secret(key, by=request.actor, at=request.at)
    return render(request, "access/secret.html", {"client": changed, "secret": secret}, status=201)


@keeper
def end_client(request: Any, key: UUID) -> HttpResponse:
    """End a client, after a reason."""
    found = queries.client(key, by=request.actor)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        actions.end_client(key, why=form.cleaned_data["why"], by=request.actor, at=request.at)
        return redirect("access:client", request.council.slug, key)
    return answered(request, "end_client", form, client=found)
