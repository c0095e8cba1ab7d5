"""Pages of huddles: the last ones, beginning one, one with the child who is spoken of, its end."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import InvalidInput, NotFound, Permission, acting_council, require
from frontdoor.contacts.views.screening.steps import Step, refused, step
from frontdoor.mash.actions import asking
from frontdoor.mash.actions import huddles as actions
from frontdoor.mash.forms import huddles as forms
from frontdoor.mash.models import Huddle
from frontdoor.mash.pages import huddles as pages
from frontdoor.mash.queries import huddles as queries
from frontdoor.mash.queries.asking import desks
from frontdoor.mash.rules.asking.states import State


@address(Kind.COUNCIL, Permission.MASH_READ)
@require_safe
def huddles(request: Any) -> HttpResponse:
    """The last huddles of this council."""
    found = queries.huddles(by=request.actor, at=request.at)
    going = next((each.row.key for each in found if each.row.ended_at is None), None)
    context = {"rows": pages.rows(found, request.council.slug), "columns": pages.COLUMNS, "going": going,
               "begins": request.actor.may(Permission.MASH_WORK) and going is None}  # fmt: skip
    return render(request, "mash/huddles.html", context)


def _who(request: Any, *, title: str, press: str, back: str, do: Any) -> HttpResponse:
    form = forms.PresentForm(request.POST or None, desks=desks(by=request.actor, at=request.at))
    page = Step(
        title=title, press=press, back=back, intro="Write their names. Leave empty whichever agency is not there."
    )

    def sit(_: dict[str, Any]) -> object:
        try:
            return do(form.who())
        except InvalidInput as nobody:  # the words stand at the first agency
            raise InvalidInput(**dict.fromkeys(list(form.fields)[:1], nobody.problems["present"])) from nobody

    return step(request, form, sit, page)


@address(Kind.COUNCIL, Permission.MASH_WORK)
def begin(request: Any) -> HttpResponse:
    """Begin a huddle with who is present."""
    back = reverse("mash:huddles", args=[request.council.slug])
    begun: list[Huddle] = []
    answer = _who(
        request, title="Begin a huddle: who is present?", press="Begin", back=back,
        do=lambda who: begun.append(actions.begin(who, by=request.actor, at=request.at)),
    )  # fmt: skip
    return redirect("mash:huddle", request.council.slug, begun[0].key) if begun else answer


@address(Kind.COUNCIL, Permission.MASH_WORK)
def come(request: Any, key: UUID) -> HttpResponse:
    """Somebody came later."""
    queries.open_huddle(key, by=request.actor, at=request.at)
    back = reverse("mash:huddle", args=[request.council.slug, key])
    return _who(
        request, title="Who came later?", press="Add them", back=back,
        do=lambda who: actions.come(key, who, by=request.actor, at=request.at),
    )  # fmt: skip


def _child(request: Any) -> UUID | None:
    """The child who is asked for in the address.

    :raises NotFound: what stands there is no key
    """
    try:
        return UUID(request.GET["child"]) if request.GET.get("child") else None
    except ValueError:
        raise NotFound from None


@address(Kind.COUNCIL, Permission.MASH_READ)
def huddle(request: Any, key: UUID) -> HttpResponse:
    """One huddle at its next child, where a partner's words are written down too; or its record once it has ended."""
    opened = queries.open_huddle(key, child=_child(request), by=request.actor, at=request.at)
    heard, decided = _forms(request, opened)
    if request.method == "POST":
        require(request.actor, Permission.MASH_WORK, authority=acting_council(request.actor))
        if opened.child is None:
            raise NotFound
        form = heard if request.POST.get("do") == "said" else decided
        if form is not None and form.is_valid() and _done(request, opened.row.key, opened.child, form):
            where = reverse("mash:huddle", args=[request.council.slug, key])
            return redirect(f"{where}?child={opened.child.subject.key}" if form is heard else where)
    context = {
        "opened": opened, "child": opened.child, "pages": pages, "slug": request.council.slug, "heard": heard,
        "decided": decided, "works": request.actor.may(Permission.MASH_WORK),
        "form": [form for form in (heard, decided) if form is not None],
    }  # fmt: skip
    return render(request, "mash/huddle.html", context, status=422 if request.method == "POST" else 200)


def _forms(request: Any, opened: queries.OpenedHuddle) -> tuple[Any, Any]:
    """The form of what a partner says, and of what is decided now: whichever was sent is bound."""
    if opened.child is None:
        return None, None
    sent = request.POST.get("do") if request.method == "POST" else ""
    child, asked = str(opened.child.subject.key), [one.request for one in opened.child.requests]
    agencies = [(str(row.key), row.desk.name) for row in asked if row.state != State.STOPPED]
    heard = forms.HeardForm(
        request.POST if sent == "said" else None, agencies=agencies, child=child, initial={"about": [child]}
    )
    return heard if agencies else None, forms.DecidedForm(request.POST if sent == "next" else None, child=child)


def _done(request: Any, huddle: UUID, child: queries.OneChild, form: Any) -> bool:
    """Write down what a partner said, or take the child; False where the form is shown again."""
    try:
        if isinstance(form, forms.HeardForm):
            said = asking.InRoom(**form.typed())
            asking.say_in_room(child.enquiry.key, said, by=request.actor, at=request.at)
        else:
            line = form.cleaned_data["line"]
            actions.take(huddle, child.subject.key, line=line, by=request.actor, at=request.at)
    except InvalidInput as problem:
        refused(form, problem)
        return False
    return True


@address(Kind.COUNCIL, Permission.MASH_WORK)
@require_POST
def end(request: Any, key: UUID) -> HttpResponse:
    """End a huddle."""
    actions.end(key, by=request.actor, at=request.at)
    return redirect("mash:huddle", request.council.slug, key)
