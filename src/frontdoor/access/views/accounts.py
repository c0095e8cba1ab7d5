"""Pages on which an administrator keeps accounts and their posts."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from frontdoor.access import actions, queries
from frontdoor.access.forms import AccountForm, CorrectForm, EndPostForm, PostForm, WhyForm
from frontdoor.access.pages import accounts as pages
from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import InvalidInput, Permission
from frontdoor.organisations.queries import agencies, teams
from frontdoor.organisations.rules import london_day
from frontdoor.shell.pages import seal, unseal

PAGE = 50
keeper = address(Kind.COUNCIL, Permission.ACCOUNT_KEEP)


def answered(request: Any, template: str, form: Any, **context: Any) -> HttpResponse:
    """A page with one form: as typed and with status 422 where something has to be mended."""
    status = 422 if form.is_bound else 200
    return render(request, f"access/{template}.html", {"form": form, **context}, status=status)


def refused(form: Any, problem: InvalidInput) -> None:
    """Lay what an action refused beside the fields of the form."""
    for field, words in problem.problems.items():
        form.add_error(field if field in form.fields else None, words)


def site(request: Any) -> str:
    """Scheme and host, as a link in a mail begins."""
    begins: str = request.build_absolute_uri("/")
    return begins


@keeper
def accounts(request: Any) -> HttpResponse:
    """The accounts that this council keeps or has given a post, by name."""
    after = unseal("accounts", request.GET.get("after", ""))
    found = queries.accounts(by=request.actor, at=request.at, after=after, limit=PAGE + 1)
    more = seal("accounts", (found[PAGE - 1].name, found[PAGE - 1].id)) if len(found) > PAGE else ""
    context = {"rows": pages.account_rows(found[:PAGE], request.council.slug), "more": more, "first": after is None}
    return render(request, "access/accounts.html", context)


@keeper
def new_account(request: Any) -> HttpResponse:
    """Make an account and send its invitation; an address that has one already leads to a post for it."""
    form = AccountForm(request.POST or None)
    if form.is_valid():
        known = queries.account_elsewhere(form.cleaned_data["email"], by=request.actor)
        if known is not None:
            where = reverse("access:give-post", args=[request.council.slug, known.key])
            return redirect(f"{where}?known={seal('give-post', (str(known.key),))}")
        user = actions.make_account(**form.cleaned_data, by=request.actor, at=request.at)
        actions.invite(user.key, site=site(request), by=request.actor, at=request.at)
        return redirect("access:account", request.council.slug, user.key)
    return answered(request, "new_account", form)


@keeper
def account(request: Any, key: UUID) -> HttpResponse:
    """One account: what it is, its posts here, and what may be done."""
    found = queries.account(key, by=request.actor, at=request.at)
    context = {
        "account": found,
        "about": pages.about(found),
        "posts": pages.post_rows(found.posts, request.council.slug),
        "sends": pages.sender_rows(queries.senders(user=key, by=request.actor, at=request.at), request.council.slug),
        "answers": pages.sender_rows(
            queries.partners(user=key, by=request.actor, at=request.at), request.council.slug, end="access:end-partner"
        ),
        "own": found.id == request.actor.user_id,
    }
    return render(request, "access/account.html", context)


@keeper
def correct(request: Any, key: UUID) -> HttpResponse:
    """Put a name or registration right."""
    found = queries.account(key, by=request.actor, at=request.at)
    form = CorrectForm(request.POST or None, initial={"name": found.name, "registration": found.registration})
    if form.is_valid():
        try:
            actions.correct_account(key, **form.cleaned_data, by=request.actor, at=request.at)
        except InvalidInput as problem:
            refused(form, problem)
        else:
            return redirect("access:account", request.council.slug, key)
    return answered(request, "correct_account", form, account=found)


@keeper
@require_POST
def invite(request: Any, key: UUID) -> HttpResponse:
    """Send the link to choose a password again."""
    actions.invite(key, site=site(request), by=request.actor, at=request.at)
    return redirect("access:account", request.council.slug, key)


@keeper
@require_POST
def wake(request: Any, key: UUID) -> HttpResponse:
    """Vouch for a sleeping account."""
    actions.wake_account(key, by=request.actor, at=request.at)
    return redirect("access:account", request.council.slug, key)


@keeper
def end(request: Any, key: UUID) -> HttpResponse:
    """End an account, after a reason."""
    return _with_reason(request, key, "end_account", actions.end_account)


@keeper
def reset_factors(request: Any, key: UUID) -> HttpResponse:
    """Take away lost second factors, after saying how the person was recognised."""

    def reset(key: UUID, **given: Any) -> None:
        actions.reset_factors(key, site=site(request), **given)

    return _with_reason(request, key, "reset_factors", reset)


def _with_reason(request: Any, key: UUID, template: str, act: Any) -> HttpResponse:
    found = queries.account(key, by=request.actor, at=request.at)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        try:
            act(key, why=form.cleaned_data["why"], by=request.actor, at=request.at)
        except InvalidInput as problem:
            refused(form, problem)
        else:
            return redirect("access:account", request.council.slug, key)
    return answered(request, template, form, account=found)


@keeper
def give_post(request: Any, key: UUID) -> HttpResponse:
    """Give an account a post in one of this council's teams, whichever council keeps the account.

    Another council's account is named only to whoever has given its e-mail address a moment ago.
    """
    vouched = unseal("give-post", request.GET.get("known", "")) == (str(key),)
    user = queries.account_for_post(key, vouched=vouched, by=request.actor)
    places = teams(by=request.actor, at=request.at)
    form = PostForm(places, agencies(by=request.actor), today=london_day(request.at), data=request.POST or None)
    if form.is_valid():
        try:
            actions.give_post(user, **form.cleaned_data, by=request.actor, at=request.at)
        except InvalidInput as problem:
            refused(form, problem)
        else:
            return redirect("access:account", request.council.slug, key)
    return answered(request, "give_post", form, name=user.name)


@keeper
def end_post(request: Any, key: UUID) -> HttpResponse:
    """End a post with a day."""
    post = queries.account_post(key, by=request.actor, at=request.at)
    form = EndPostForm(request.POST or None, initial={"ends_on": london_day(request.at)})
    if form.is_valid():
        try:
            actions.end_post(key, **form.cleaned_data, by=request.actor, at=request.at)
        except InvalidInput as problem:
            refused(form, problem)
        else:
            return redirect("access:account", request.council.slug, post.user)
    return answered(request, "end_post", form, post=post)
