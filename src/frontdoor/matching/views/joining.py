"""Pages of joining two records: proposing, answering, parting and dividing; each one query and one action."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Conflict, InvalidInput, Permission
from frontdoor.matching.actions import joining as actions
from frontdoor.matching.actions import joining_telling, joining_undoing
from frontdoor.matching.forms import joining as forms
from frontdoor.matching.pages import joining as pages
from frontdoor.matching.queries import joining as queries
from frontdoor.matching.queries.joining_alike import alike
from frontdoor.matching.rules.joining import State
from frontdoor.people.pages.index_around import parts
from frontdoor.shell.pages import Item, paging, unseal

_KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
LISTS = (
    ("waiting", "To approve"), ("divide", "To divide"), ("made", "Joined"), ("settled", "Settled"),
)  # fmt: skip


@address(Kind.COUNCIL, Permission.JOIN_PROPOSE)
@require_safe
def joins(request: Any) -> HttpResponse:
    """The joins that wait for an answer, or to be divided, or that were made or settled."""
    asked = request.GET.get("show", "")
    which = asked if asked in queries.WHICH else "waiting"
    after = unseal(f"joins-{which}", request.GET.get("after", ""))
    found = queries.open_joins(which, after=after, by=request.actor, at=request.at)
    context = {
        "lists": [Item(words, f"?show={name}", current=name == which) for name, words in LISTS],
        "heading": dict(LISTS)[which], "columns": pages.JOIN_COLUMNS,
        "rows": pages.join_rows(found, request.council.slug), "paging": paging(f"joins-{which}", found, request.GET),
    }  # fmt: skip
    return render(request, "matching/join_list.html", context)


@address(Kind.COUNCIL, Permission.JOIN_PROPOSE)
@require_safe
def of_person(request: Any, key: UUID) -> HttpResponse:
    """What joining has to do with one record: its joins, rows that wait to be divided, and records like it."""
    by, slug = request.actor, request.council.slug
    found = queries.open_of_person(key, by=by, at=request.at)
    person = found.person
    if person.joined_into_id is not None and (made := next((j for j in found.joins if j.state == State.MADE), None)):
        return redirect("matching:of-person", council=slug, key=made.kept.key)
    context = {
        "person": person, "navigation": parts(person, slug, "matching:of-person", by=by), "open": found.open,
        "joins": pages.of_person_rows(found.joins, slug), "join_columns": pages.OF_PERSON_COLUMNS,
        "waiting": [pages.waiting_words(each) for each in found.waiting], "alike_columns": pages.ALIKE_COLUMNS,
        "alike": pages.alike_rows(alike(person, by=by), person, slug), "form": forms.WithForm(),
        "propose": reverse("matching:propose", args=[slug, person.key]),
    }  # fmt: skip
    return render(request, "matching/join_of_person.html", context)


def _other(request: Any) -> str:
    """The key of the other record, out of what was typed or pasted; empty where there is none."""
    said = request.POST.get("other", "") or request.GET.get("with", "") or request.GET.get("other", "")
    return key_in(said)


def key_in(text: str) -> str:
    """The key of a record out of what was typed or pasted; empty where there is none."""
    found = _KEY.findall(text.lower())
    return str(found[-1]) if found else ""


@address(Kind.COUNCIL, Permission.JOIN_PROPOSE)
def propose(request: Any, key: UUID) -> HttpResponse:
    """Two records side by side, and the proposal that they become one; without another, the way to name it."""
    by, at, slug = request.actor, request.at, request.council.slug
    if not (other := _other(request)) or (request.method == "POST" and "seen_one" not in request.POST):
        here = queries.person_of(key, by=by).key
        way = reverse("matching:propose", args=[slug, here])
        return redirect(f"{way}?with={other}" if other else reverse("matching:of-person", args=[slug, here]))
    compared = queries.open_pair(key, other, by=by, at=at)
    seen = {"other": other, "seen_one": compared.one.version, "seen_other": compared.other.version}
    columns = pages.side_columns(compared)
    form = forms.ProposeForm(
        request.POST or None, initial=seen, records=[("one", columns[1]), ("other", columns[2])],
        differs=[(each.what, pages.clash_choices(compared, each.what)) for each in compared.differs],
    )  # fmt: skip
    made: list[Any] = []

    def act() -> None:
        first, choices = form.said()
        versions = (form.cleaned_data["seen_one"], form.cleaned_data["seen_other"])
        kept, gone = (key, other) if first else (other, key)
        join = actions.propose(
            kept=kept, gone=gone, seen=versions if first else versions[::-1], choices=choices,
            reasons=list(compared.verdict.reasons), why=form.cleaned_data["why"], by=by, at=at,
        )  # fmt: skip
        made.append(join)

    status = acted(form, act) if request.method == "POST" else 200
    if made:
        return redirect("matching:join", council=slug, key=made[0].key)
    context = {"form": form, "side": side_by_side(compared), "back": reverse("matching:of-person", args=[slug, key])}
    return render(request, "matching/join_propose.html", context, status=status)


def side_by_side(compared: Any) -> dict[str, Any]:
    """What the template of two records side by side is given."""
    reasons, against = pages.reasons(compared)
    return {
        "columns": pages.side_columns(compared), "rows": pages.side_rows(compared), "reasons": reasons,
        "against": against, "words": compared.verdict.words, "twin": compared.verdict.twin,
    }  # fmt: skip


def acted(form: Form, act: Callable[[], object]) -> int:
    """Do what was typed; the status of the page that shows it again where it was not done."""
    if form.is_valid():
        try:
            act()
        except InvalidInput as refusal:
            for name, words in refusal.problems.items():
                form.add_error(name if name in form.fields else None, words)
        except Conflict:
            form.add_error(None, "Somebody has changed one of these records since you opened this page. Open it again.")
            return 409
        else:
            return 200
    return 422


@address(Kind.COUNCIL, Permission.JOIN_PROPOSE)
@require_safe
def join(request: Any, key: UUID) -> HttpResponse:
    """One join: what was said and done, the two side by side, what waits, and who worked with it."""
    by, slug = request.actor, request.council.slug
    opened = queries.open_join(key, by=by, at=request.at)
    found, approves, reads = opened.join, by.may(Permission.JOIN_APPROVE), by.may(Permission.CONTACT_READ)
    context = {
        "join": found, "facts": pages.facts(opened), "state": State(found.state).words,
        "heading": pages.pair_words(found),
        "side": side_by_side(opened.compared) if opened.compared else None, "changed": pages.changed_rows(opened),
        "changed_columns": pages.CHANGED_COLUMNS, "waiting": [pages.waiting_words(each) for each in opened.waiting],
        "acts": pages.act_rows(opened.acts, opened.users, slug, reads=reads), "act_columns": pages.ACT_COLUMNS,
        "told": pages.told_who_rows(opened), "told_columns": ["Who", "What they did", "Told", "What they found"],
        "answers": approves and found.state == State.PROPOSED and found.proposed_by != by.user_id,
        "own": found.state == State.PROPOSED and found.proposed_by == by.user_id,
        "undoes": approves and found.state == State.MADE, "divides": approves and found.state == State.UNDONE,
    }  # fmt: skip
    return render(request, "matching/join_one.html", context)


def _step(request: Any, key: UUID, form: Form, act: Callable[[], object], **words: Any) -> HttpResponse:
    """One form about a join, or its act and back to the join."""
    status = acted(form, act) if request.method == "POST" else 200
    if request.method == "POST" and status == 200:
        return redirect("matching:join", council=request.council.slug, key=key)
    context = {"form": form, "back": reverse("matching:join", args=[request.council.slug, key]), **words}
    return render(request, "matching/join_step.html", context, status=status)


@address(Kind.COUNCIL, Permission.JOIN_APPROVE)
def answer(request: Any, key: UUID) -> HttpResponse:
    """Approve or refuse what somebody else proposed."""
    by, at = request.actor, request.at
    opened = queries.open_join(key, by=by, at=at)
    found = opened.join
    seen = {"seen": found.version, "seen_kept": found.kept.version, "seen_gone": found.gone.version}
    names = pages.name_choices(queries.names_to_lead(opened, by=by))
    form = forms.AnswerForm(request.POST or None, initial=seen, names=names)

    def act() -> None:
        said = form.cleaned_data
        if said["answer"] == "approve":
            versions = (said["seen_kept"], said["seen_gone"])
            led = {name: said[name] for name in ("name", "name_why") if name in said}
            actions.approve(key, seen=said["seen"], seen_people=versions, why=said["why"], **led, by=by, at=at)
            return
        actions.refuse(key, seen=said["seen"], why=said["why"], not_same=said["not_same"], by=by, at=at)

    return _step(
        request, key, form, act, title="Answer a proposal to join two records", about=pages.pair_words(found),
        facts=pages.facts(opened), side=side_by_side(opened.compared) if opened.compared else None,
        press="Send the answer",
    )  # fmt: skip


@address(Kind.COUNCIL, Permission.JOIN_APPROVE)
def undo(request: Any, key: UUID) -> HttpResponse:
    """Part two records again."""
    by, at = request.actor, request.at
    opened = queries.open_join(key, by=by, at=at)
    form = forms.UndoForm(request.POST or None, initial={"seen": opened.join.version})
    return _step(
        request, key, form, lambda: joining_undoing.undo(key, **form.cleaned_data, by=by, at=at),
        title="Part the two records again", about=pages.pair_words(opened.join), facts=pages.facts(opened), side=None,
        press="Part them",
    )  # fmt: skip


@address(Kind.COUNCIL, Permission.JOIN_APPROVE)
def divide(request: Any, key: UUID) -> HttpResponse:
    """Give the rows that were added meanwhile to one of the two, one by one."""
    by, at, slug = request.actor, request.at, request.council.slug
    opened = queries.open_join(key, by=by, at=at)
    rows = [_division(request, opened.join, each) for each in opened.waiting]
    status = 200
    if request.method == "POST":
        mine = next((form for form in rows if form.is_bound), None)
        if mine is None:
            status = 422
            if asked := _KEY.findall(request.POST.get("division", "")):  # it waits no more: the action says why
                joining_undoing.divide(asked[0], to=opened.join.kept.key, by=by, at=at)
        else:
            said = mine.cleaned_data if mine.is_valid() else {}
            status = acted(mine, lambda: joining_undoing.divide(**_given(said), by=by, at=at))
        if status == 200:
            return redirect("matching:divide", council=slug, key=key)
    if not rows:
        return redirect("matching:join", council=slug, key=key)
    context = {
        "forms": rows,
        "heading": pages.pair_words(opened.join),
        "back": reverse("matching:join", args=[slug, key]),
    }
    return render(request, "matching/join_divide.html", context, status=status)


def _division(request: Any, join: Any, each: Any) -> forms.DivideForm:
    """The question about one row; bound where it is the one that was answered."""
    mine = request.method == "POST" and request.POST.get("division", "") == str(each.division.key)
    return forms.DivideForm(
        request.POST if mine else None, initial={"division": each.division.key}, records=pages.division_choices(join),
        words=pages.waiting_words(each), auto_id=f"id_{each.division.pk}_%s",
    )  # fmt: skip


def _given(said: dict[str, Any]) -> dict[str, Any]:
    return {"key": said["division"], "to": said["to"]}


@address(Kind.COUNCIL, Permission.PERSON_READ)
@require_safe
def told_list(request: Any) -> HttpResponse:
    """What one is asked to look at again, since a record that one worked with was joined by mistake."""
    found = queries.open_told(by=request.actor, at=request.at)
    context = {"rows": pages.told_rows(found, request.council.slug), "columns": pages.TOLD_COLUMNS}
    return render(request, "matching/join_told_list.html", context)


@address(Kind.COUNCIL, Permission.PERSON_READ)
def told(request: Any, key: UUID) -> HttpResponse:
    """One such record: what one did with it, and what one found on looking again."""
    by, at, slug = request.actor, request.at, request.council.slug
    found, done = queries.open_one_told(key, by=by, at=at)
    form = forms.LookForm(request.POST or None, initial={"seen": found.version})
    back = reverse("matching:told-list", args=[slug])
    status = 200
    if request.method == "POST":
        status = acted(form, lambda: joining_telling.look_again(key, **form.cleaned_data, by=by, at=at))
        if status == 200:
            return redirect(back)
    names, reads = {found.user_id: by.label}, by.may(Permission.CONTACT_READ)
    context = {
        "form": form, "told": found, "back": back, **pages.about(found),
        "acts": pages.act_rows(done, names, slug, reads=reads), "columns": pages.ACT_COLUMNS,
        "waits": found.looked_at is None,
    }  # fmt: skip
    return render(request, "matching/join_told.html", context, status=status)
