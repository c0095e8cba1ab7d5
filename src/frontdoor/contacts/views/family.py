"""Pages on which a family is told: who waits, one person with the words, and each step."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.access.queries import colleagues
from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import NotFound, Permission
from frontdoor.codes import rules as codes
from frontdoor.contacts.actions import family as actions
from frontdoor.contacts.forms import family as forms
from frontdoor.contacts.forms.screening import Seen
from frontdoor.contacts.pages import family as pages
from frontdoor.contacts.queries import family as queries
from frontdoor.contacts.queries.record import open_contact
from frontdoor.contacts.rules import family as rules
from frontdoor.contacts.rules.states import CHILD_KINDS
from frontdoor.contacts.views.hub import hub
from frontdoor.contacts.views.screening.steps import Step, record_of, step
from frontdoor.councils.queries import setting


@address(Kind.COUNCIL, Permission.CONTACT_READ)
@require_safe
def families(request: Any) -> HttpResponse:
    """Everybody of a family who is still to be told, and those who are not told for now."""
    by, at, slug = request.actor, request.at, request.council.slug
    context = {
        "hub": hub(request),
        "rows": pages.rows(queries.families(by=by, at=at), slug, at=at),
        "columns": pages.COLUMNS,
        "not_told": pages.not_told_rows(queries.not_told(by=by, at=at), slug),
        "not_told_columns": pages.NOT_TOLD_COLUMNS,
    }
    return render(request, "contacts/family_list.html", context)


@address(Kind.COUNCIL, Permission.CONTACT_READ)
def telling(request: Any, key: UUID) -> HttpResponse:
    """One person who should hear: the words, what speaks against it, and what may be done."""
    if request.method == "POST":
        return _pressed(request, key)
    by, at, slug = request.actor, request.at, request.council.slug
    opened = queries.open_telling(key, by=by, at=at)
    context = {
        "opened": opened,
        "line": opened.line,
        "telling": opened.line.telling,
        "facts": pages.facts(opened),
        "acts": pages.acts(opened, slug, by=by),
        "presses": pages.presses(opened, by=by),
        "events": pages.events(opened),
        "rules": pages.rule_rows([(opened.line.person, rule) for rule in opened.rules], slug, ends=False),
        "rule_columns": pages.RULE_COLUMNS,
        "may": {permission.value for permission in Permission if by.may(permission)},
        "chosen": opened.line.telling.state != rules.State.TO_TELL,
    }
    return render(request, "contacts/family_telling.html", context)


_PRESSED = {"release": actions.release, "take-back": actions.take_back, "reconsider": actions.reconsider}


def _pressed(request: Any, key: UUID) -> HttpResponse:
    act = _PRESSED.get(request.POST.get("do", ""))
    form = Seen(request.POST)
    if act is None or not form.is_valid():
        queries.open_telling(key, by=request.actor, at=request.at)  # one that is not there answers as such
        return redirect("contacts:telling", council=request.council.slug, key=key)
    act(key, seen=form.cleaned_data["seen"], by=request.actor, at=request.at)
    return redirect("contacts:telling", council=request.council.slug, key=key)


def _step(request: Any, opened: queries.Opened, title: str, press: str, *, warning: str = "") -> Step:
    line = opened.line
    return Step(
        title=title, press=press, back=reverse("contacts:telling", args=[request.council.slug, line.telling.key]),
        about=line.contact.receipt, record=record_of(request, line.contact.key), beside=pages.facts(opened),
        warning=warning,
    )  # fmt: skip


@address(Kind.COUNCIL, Permission.FAMILY_TELL)
def choose(request: Any, key: UUID) -> HttpResponse:
    """Choose who tells somebody, when, how, and in which words."""
    by, at = request.actor, request.at
    opened = queries.open_telling(key, by=by, at=at)
    one = opened.line.telling
    people = [(each.id, each.name) for each in colleagues(by=by, at=at) if each.may(Permission.FAMILY_TELL)]
    initial = {
        "seen": one.version, "teller": by.user_id, "tell_at": at + timedelta(hours=1),
        "worry": one.worry or "wellbeing", "reason": one.reason or rules.usual_reason(opened.outcome),
        "responsibility": one.responsibility or None, "known_from": one.known_from, "how": one.how or None,
    }  # fmt: skip
    form = forms.ChooseForm(request.POST or None, colleagues=people, part=one.part, told=one.told, initial=initial)
    safeguarding = bool(opened.outcome) and codes.OUTCOMES[opened.outcome].safeguarding
    warning = "Agencies may be about to act. Ask the manager who decided, and the police where they act, first."
    page = _step(request, opened, f"Tell {opened.line.person}: choose the words", "Send to a second person",
                 warning=warning if safeguarding else "")  # fmt: skip
    return step(
        request, form, lambda said: actions.choose(key, seen=said["seen"], given=form.chosen(), by=by, at=at), page
    )


@address(Kind.COUNCIL, Permission.FAMILY_TELL)
def tell(request: Any, key: UUID) -> HttpResponse:
    """Write down that somebody was told."""
    by, at = request.actor, request.at
    opened = queries.open_telling(key, by=by, at=at)
    form = forms.TellForm(request.POST or None, initial={"seen": opened.line.telling.version})
    page = _step(request, opened, f"{opened.line.person} was told", "Save")
    return step(request, form, lambda said: actions.tell(key, **said, by=by, at=at), page)


@address(Kind.COUNCIL, Permission.FAMILY_RELEASE)
def not_tell(request: Any, key: UUID) -> HttpResponse:
    """A manager's reason for not telling somebody, with a day to look again."""
    by, at = request.actor, request.at
    opened = queries.open_telling(key, by=by, at=at)
    days = int(setting(rules.AGAIN_DAYS.name, authority=request.council.id, on=at).value)
    initial = {"seen": opened.line.telling.version, "again_on": at.date() + timedelta(weeks=days // 5, days=days % 5)}
    form = forms.NotTellForm(request.POST or None, initial=initial)
    page = _step(request, opened, f"{opened.line.person} is not told for now", "Save the reason")
    return step(request, form, lambda said: actions.not_tell(key, **said, by=by, at=at), page)


@address(Kind.COUNCIL, Permission.FAMILY_TELL)
def add(request: Any, key: UUID) -> HttpResponse:
    """Somebody else who should hear, or that something has arrived."""
    by, at = request.actor, request.at
    opened = open_contact(key, by=by, at=at)
    if opened.contact.state == "voided":
        raise NotFound
    form = forms.AddForm(
        request.POST or None,
        matters=[(str(each.key), each.called) for each in opened.matters],
        people=[
            (str(each.key), each.label) for each in opened.people if each.kind not in CHILD_KINDS or each.given_name
        ],
    )
    back = record_of(request, key)
    page = Step(title="Somebody of the family should hear", press="Add", back=back, about=opened.contact.receipt)
    return step(
        request,
        form,
        lambda said: actions.add(said["matter"], person=said["person"], told=said["told"], by=by, at=at),
        page,
    )
