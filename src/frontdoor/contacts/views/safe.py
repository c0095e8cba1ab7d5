"""Pages about reaching people safely, and about addresses that nobody must find."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import InvalidInput, Permission
from frontdoor.contacts.actions import safe as actions
from frontdoor.contacts.forms import safe as forms
from frontdoor.contacts.pages import family as pages
from frontdoor.contacts.queries import safe as queries
from frontdoor.contacts.views.screening.steps import Step, record_of, refused, step
from frontdoor.letters import actions as letters


@address(Kind.COUNCIL, Permission.SAFE_CONTACT_KEEP)
def safe(request: Any, key: UUID) -> HttpResponse:
    """How the people of one contact may be reached: the rules that stand, a new one, and protected addresses."""
    by, at, slug = request.actor, request.at, request.council.slug
    found = queries.open_safe(key, by=by, at=at)
    posted = request.POST or None
    teller = [(actions.TELLER, "The person who told us")] if found.teller else []
    everybody = [*((str(each.key), each.label) for each in found.people), *teller]
    rule = forms.RuleForm(posted if request.POST.get("do") != "protect" else None, people=everybody, auto_id="rule_%s")
    protect = forms.ProtectForm(
        posted if request.POST.get("do") == "protect" else None, auto_id="protect_%s",
        people=[(str(each.key), f"{each.label}: {each.home or 'no address here'}") for each in found.people],
    )  # fmt: skip
    if request.method == "POST" and _saved(request, key, rule, protect):
        return redirect("contacts:safe", council=slug, key=key)
    context = {
        "found": found,
        "rules": pages.rule_rows(found.standing, slug, ends=True),
        "rule_columns": pages.RULE_COLUMNS,
        "rule": rule,
        "protect": protect,
        "form": [rule, protect],
        "hidden": [each for each in found.people if each.address_protected],
        "opens": by.may(Permission.PROTECTED_OPEN),
        "lifts": by.may(Permission.LETTER_RELEASE),
    }
    return render(request, "contacts/safe.html", context, status=422 if request.method == "POST" else 200)


def _saved(request: Any, key: UUID, rule: forms.RuleForm, protect: forms.ProtectForm) -> bool:
    protects = request.POST.get("do") == "protect"
    form: Any = protect if protects else rule
    if not form.is_valid():
        return False
    said = form.cleaned_data
    try:
        if protects:
            actions.protect(key, **said, by=request.actor, at=request.at)
        else:
            actions.set_rule(key, **said | {"never": said["never"] == "yes"}, by=request.actor, at=request.at)
    except InvalidInput as refusal:
        refused(form, refusal)
        return False
    return True


@address(Kind.COUNCIL, Permission.SAFE_CONTACT_KEEP)
def safe_end(request: Any, key: UUID) -> HttpResponse:
    """Take back a rule that no longer holds."""
    by, at = request.actor, request.at
    found = queries.open_rule(key, by=by, at=at)
    back = reverse("contacts:safe", args=[request.council.slug, found.contact])
    page = Step(
        title="Take this rule back", press="Take it back", back=back,
        beside=(("Rule", found.rule.words), ("Why", found.rule.why), ("Set down by", found.rule.set_by)),
    )  # fmt: skip
    form = forms.ReasonForm(request.POST or None)
    return step(request, form, lambda said: letters.end_safe_contact(key, why=said["why"], by=by, at=at), page)


@address(Kind.COUNCIL, Permission.SAFE_CONTACT_KEEP)
@require_safe
def reviews(request: Any) -> HttpResponse:
    """Rules about reaching people whose day to be looked at again has come, or comes within a fortnight."""
    found = queries.reviews(by=request.actor, at=request.at)
    context = {
        "rows": pages.review_rows(found, request.council.slug),
        "columns": pages.REVIEW_COLUMNS,
        "late": sum(each.rule.again for each in found),
        "soon": sum(not each.rule.again for each in found),
    }
    return render(request, "contacts/safe_reviews.html", context)


@address(Kind.COUNCIL, Permission.SAFE_CONTACT_KEEP)
def review(request: Any, key: UUID) -> HttpResponse:
    """Look at one rule again: it holds until another day, another takes its place, or it holds no longer."""
    by, at, slug = request.actor, request.at, request.council.slug
    found = queries.open_rule(key, by=by, at=at)
    rule = found.rule
    known = {
        "seen": rule.review_on, "way": rule.way_code, "never": "yes" if rule.never else "no", "begins": rule.begins,
        "ends": rule.ends, "code_word": rule.code_word,
    }  # fmt: skip
    form = forms.ReviewForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            _looked_at(key, form, by=by, at=at)
            return redirect("contacts:safe-reviews", council=slug)
        except InvalidInput as refusal:
            refused(form, refusal)
    context = {"form": form, "found": found, "record": reverse("contacts:safe", args=[slug, found.contact])}
    return render(request, "contacts/safe_review.html", context, status=422 if request.method == "POST" else 200)


def _looked_at(key: UUID, form: forms.ReviewForm, *, by: Any, at: Any) -> None:
    said = form.cleaned_data
    if said["do"] == "end":
        letters.end_safe_contact(key, why=said["why"], by=by, at=at)
        return
    again = {"seen": said["seen"], "review_on": said["review_on"], "why": said["why"]}
    if said["do"] == "keep":
        letters.keep_safe_contact(key, **again, by=by, at=at)
    else:
        letters.change_safe_contact(key, **again, **form.rule(), by=by, at=at)


@address(Kind.COUNCIL, Permission.PROTECTED_OPEN)
def open_address(request: Any, key: UUID) -> HttpResponse:
    """Ask why a protected address is needed, and show it once: nothing keeps it."""
    by, at = request.actor, request.at
    label, contact = queries.protected_person(key, by=by, at=at)
    form = forms.ReasonForm(request.POST or None)
    shown = ""
    if request.method == "POST" and form.is_valid():
        try:
            shown = queries.open_address(key, why=form.cleaned_data["why"], by=by, at=at)
        except InvalidInput as refusal:
            refused(form, refusal)
    context = {"form": form, "label": label, "contact": contact, "shown": shown}
    status = 422 if request.method == "POST" and not shown else 200
    answer = render(request, "contacts/safe_address.html", context, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


@address(Kind.COUNCIL, Permission.LETTER_RELEASE)
def lift(request: Any, key: UUID) -> HttpResponse:
    """A manager lifts the protection of an address."""
    by, at = request.actor, request.at
    label, contact = queries.protected_person(key, by=by, at=at)
    page = Step(
        title="Lift the protection of this address", press="Lift it", about=label, record=record_of(request, contact),
        back=reverse("contacts:safe", args=[request.council.slug, contact]),
        warning="The address stands on the record again, for everybody who may read it.",
    )  # fmt: skip
    form = forms.ReasonForm(request.POST or None)
    return step(request, form, lambda said: actions.lift(key, why=said["why"], by=by, at=at), page)
