"""The page of a call from a parent about a contact: nothing is confirmed before it is sure who rings."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import InvalidInput, Permission
from frontdoor.contacts.actions import calling as actions
from frontdoor.contacts.forms import family as forms
from frontdoor.contacts.pages import family as pages
from frontdoor.contacts.queries import calling as queries
from frontdoor.contacts.queries.searching import Wanted
from frontdoor.contacts.rules.calling import NEVER, NOTHING
from frontdoor.contacts.views.screening.steps import refused


@address(Kind.COUNCIL, Permission.FAMILY_TELL)
def family_calls(request: Any) -> HttpResponse:
    """Begin a call from a parent; one's own that go on; and those who were promised a call."""
    by, at, slug = request.actor, request.at, request.council.slug
    form = forms.BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            call = actions.begin(form.cleaned_data["caller"], by=by, at=at)
            return redirect("contacts:family-call", council=slug, key=call.key)
        except InvalidInput as refusal:
            refused(form, refusal)
    context = {
        "form": form,
        "columns": pages.CALL_COLUMNS,
        "mine": pages.call_rows(queries.my_family_calls(by=by), slug, at=at),
        "promised": pages.call_rows(queries.to_ring_back(by=by, at=at), slug, at=at),
    }
    return render(request, "contacts/calling_list.html", context, status=422 if request.method == "POST" else 200)


@address(Kind.COUNCIL, Permission.FAMILY_TELL)
def family_call(request: Any, key: UUID) -> HttpResponse:
    """One call from a parent: find, check, say, keep."""
    by, at = request.actor, request.at
    opened = queries.open_family_call(key, by=by, at=at)
    page = _Page(request, opened)
    if request.method == "POST":
        answer = _STEPS.get(request.POST.get("do", ""), _Page.nothing)(page)
        if answer is not None:
            return answer
    context = {
        "opened": opened,
        "call": opened.call,
        "page": page,
        "nothing": NOTHING,
        "never": NEVER,
        "rules": pages.rule_rows([("The caller", rule) for rule in opened.safe], request.council.slug, ends=False),
        "rule_columns": pages.RULE_COLUMNS,
        "form": page.forms(),
    }
    return render(request, "contacts/calling_one.html", context, status=422 if page.wrong else 200)


class _Page:
    """The forms of the page as they stand: the one that was sent is bound."""

    def __init__(self, request: Any, opened: queries.Opened) -> None:
        self.request, self.opened, self.wrong = request, opened, False
        self.found: list[Any] | None = None
        seen = {"seen": opened.call.version}
        sent = request.POST.get("do") if request.method == "POST" else ""
        self.find = forms.FindForm(request.POST if sent == "find" else None, auto_id="find_%s")
        self.check = forms.CheckForm(
            request.POST if sent == "check" else None, initial=seen, auto_id="check_%s",
            facts=[(each.code, f"{each.question} On record: {each.answer}") for each in opened.facts],
            people=[(str(each.key), each.label) for each in opened.people],
            children=opened.offered,
        )  # fmt: skip
        self.end = forms.EndForm(request.POST if sent == "end" else None, initial=seen, auto_id="end_%s")
        self.rang = forms.RangForm(request.POST if sent == "rang" else None, initial=seen, auto_id="rang_%s")

    def forms(self) -> list[Any]:
        """Every form, for the summary of what is wrong."""
        return [self.find, self.check, self.end, self.rang]

    def nothing(self) -> None:
        self.wrong = True

    def searched(self) -> None:
        """Look for the contact; the question and what it shows are one entry."""
        if not self.find.is_valid():
            self.wrong = True
            return
        wanted = Wanted(**self.find.cleaned_data)
        self.found = queries.find_for_call(self.opened.call, wanted, by=self.request.actor, at=self.request.at)

    def picked(self) -> HttpResponse | None:
        try:
            contact = UUID(self.request.POST.get("contact", ""))
            seen = int(self.request.POST.get("seen", ""))
        except ValueError:
            self.wrong = True
            return None
        actions.pick(self.opened.call.key, seen=seen, contact=contact, by=self.request.actor, at=self.request.at)
        return self.again()

    def did(self, form: Any, act: Callable[..., Any]) -> HttpResponse | None:
        if form.is_valid():
            try:
                act(self.opened.call.key, **form.cleaned_data, by=self.request.actor, at=self.request.at)
                return self.again()
            except InvalidInput as refusal:
                refused(form, refusal)
        self.wrong = True
        return None

    def checked(self) -> HttpResponse | None:
        return self.did(self.check, actions.check)

    def ended(self) -> HttpResponse | None:
        return self.did(self.end, actions.end)

    def rung(self) -> HttpResponse | None:
        return self.did(self.rang, actions.rang)

    def again(self) -> HttpResponse:
        return redirect("contacts:family-call", council=self.request.council.slug, key=self.opened.call.key)


_STEPS: dict[str, Callable[[_Page], HttpResponse | None]] = {
    "find": _Page.searched,
    "pick": _Page.picked,
    "check": _Page.checked,
    "end": _Page.ended,
    "rang": _Page.rung,
}
