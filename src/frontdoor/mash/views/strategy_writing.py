"""What is done with one strategy discussion: one small page each, and back to it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Actor, NotFound, Permission
from frontdoor.directions import queries as directions
from frontdoor.mash.actions import strategy as actions
from frontdoor.mash.forms import strategy as forms
from frontdoor.mash.queries.asking.desks import desks
from frontdoor.mash.queries.strategy.finding import may_join, name_of
from frontdoor.mash.queries.strategy.opening import Opened
from frontdoor.mash.rules.strategy import ForChild, Record
from frontdoor.mash.views.strategy import act_on, opened

NOBODY_JOINS = (
    "Every child of its contact and of the enquiry beside it is in this discussion. A child whom nobody has named "
    "yet is told of as a contact first, and handed over to the enquiry of the family."
)


def _seen(found: Opened, **more: Any) -> dict[str, Any]:
    return {"seen": found.row.version, **more}


def _owners(request: Any) -> list[tuple[str, str]]:
    return directions.owners(by=request.actor, at=request.at)


@address(Kind.COUNCIL, Permission.MASH_WORK)
def held(request: Any, key: UUID) -> HttpResponse:
    """Write when and how it was held, and who chaired."""
    found = opened(request, key)
    row = found.row
    first = _seen(found, began=row.began_at or request.at, ended=row.ended_at, how=row.how, chair=row.chair)
    form = forms.HoldForm(request.POST or None, initial=first)
    return act_on(request, found, form, actions.hold, title="When and how it was held", press="Save")


@address(Kind.COUNCIL, Permission.MASH_WORK)
def adjourn(request: Any, key: UUID) -> HttpResponse:
    """Adjourn it."""
    found = opened(request, key)
    form = forms.AdjournForm(request.POST or None, initial=_seen(found))
    intro = "What protects a child is done meanwhile. The clock runs until the time that you name."
    return act_on(request, found, form, actions.adjourn, title="Adjourn it", press="Adjourn it", intro=intro)


def _why(request: Any, key: UUID, do: Any, *, title: str, press: str, intro: str) -> HttpResponse:
    found = opened(request, key)
    form = forms.WhyForm(request.POST or None, initial=_seen(found))
    return act_on(request, found, form, do, title=title, press=press, intro=intro)


@address(Kind.COUNCIL, Permission.MASH_DECIDE)
def call_off(request: Any, key: UUID) -> HttpResponse:
    """Call it off: it is not held."""
    intro = "Write also what is done for the children instead."
    return _why(request, key, actions.call_off, title="Call it off", press="Call it off", intro=intro)


@address(Kind.COUNCIL, Permission.MASH_DECIDE)
def reopen(request: Any, key: UUID) -> HttpResponse:
    """It is held after all."""
    intro = "Its clock begins anew."
    return _why(request, key, actions.reopen, title="It is held after all", press="Open it again", intro=intro)


@address(Kind.COUNCIL, Permission.MASH_DECIDE)
def correct(request: Any, key: UUID) -> HttpResponse:
    """Open a signed record again."""
    intro = "The minutes that were sent are kept. The corrected ones are signed and sent as a new version."
    return _why(request, key, actions.correct, title="Correct the record", press="Open the record", intro=intro)


def _agencies(request: Any) -> list[tuple[str, str]]:
    found = desks(by=request.actor, at=request.at)
    return [(str(each.agency), each.name) for each in {desk.agency: desk for desk in found}.values()]


@address(Kind.COUNCIL, Permission.MASH_WORK)
def attend(request: Any, key: UUID) -> HttpResponse:
    """Write down somebody who was asked."""
    found = opened(request, key)
    first = _seen(found, came="came")
    form = forms.AttendForm(request.POST or None, initial=first, agencies=_agencies(request))
    return act_on(request, found, form, actions.attend, title="Who was asked and came", press="Save")


@address(Kind.COUNCIL, Permission.MASH_WORK)
def attended(request: Any, key: UUID, row: UUID) -> HttpResponse:
    """Write anew whether somebody came and what they brought."""
    found = opened(request, key)
    line = next((each for each in found.attending if each.key == row), None)
    if line is None:
        raise NotFound
    first = _seen(
        found, line=line.line, agency=str(line.agency or ""), name="" if line.agency else line.agency_name,
        who=line.who, role=line.role, came=line.came, way=line.way, contribution=line.contribution, mark=line.mark,
    )  # fmt: skip
    form = forms.AttendForm(request.POST or None, initial=first, agencies=_agencies(request))

    def do(discussion: UUID, **typed: Any) -> object:
        return actions.attend(discussion, row_key=row, **typed)

    return act_on(request, found, form, do, title=f"{line.agency_name}: did they take part?", press="Save")


@address(Kind.COUNCIL, Permission.MASH_WORK)
def issue(request: Any, key: UUID) -> HttpResponse:
    """Raise an issue."""
    found = opened(request, key)
    form = forms.IssueForm(request.POST or None, initial=_seen(found))
    intro = "It is answered before the record is signed, or left open with an action."
    return act_on(request, found, form, actions.raise_issue, title="Raise an issue", press="Save", intro=intro)


@address(Kind.COUNCIL, Permission.MASH_WORK)
def answer(request: Any, key: UUID, issue: UUID) -> HttpResponse:
    """Answer an issue, or leave it open with an action."""
    found = opened(request, key)
    row = next((each for each in found.issues if each.key == issue), None)
    if row is None:
        raise NotFound
    first = _seen(found, answer=row.answer, open_why=row.open_why)
    form = forms.AnswerForm(request.POST or None, initial=first, owners=_owners(request))

    def do(discussion: UUID, **typed: Any) -> object:
        return actions.answer_issue(discussion, issue, **typed)

    return act_on(request, found, form, do, title="Answer an issue", press="Save", intro=f"{row.raised_by}: {row.text}")


@address(Kind.COUNCIL, Permission.MASH_WORK)
def record(request: Any, key: UUID) -> HttpResponse:
    """Write the record; half of it may be saved."""
    found = opened(request, key)
    names = list(Record.__dataclass_fields__)
    first = _seen(found, **{name: getattr(found.row, name) for name in names})
    form = forms.RecordForm(request.POST or None, initial=first)

    def do(discussion: UUID, *, seen: int, by: Actor, at: datetime, **typed: Any) -> None:
        actions.write(discussion, seen=seen, record=Record(**typed), by=by, at=at)

    intro = "Save what you have: the rest may be written later. All of it stands before a manager signs."
    keeps = ("strategy-record", key)
    return act_on(request, found, form, do, title="The record", press="Save", intro=intro, keeps=keeps)


@address(Kind.COUNCIL, Permission.MASH_WORK)
def add(request: Any, key: UUID) -> HttpResponse:
    """Say that it is about more children: of its contact, or of the enquiry beside it."""
    found = opened(request, key)
    children = [(str(each.key), each.label) for each in may_join(found.row, by=request.actor)]
    form = forms.JoinForm(request.POST or None, initial=_seen(found), children=children)
    intro, over = "It is decided for each of them before the record is signed.", "" if children else NOBODY_JOINS
    return act_on(
        request, found, form, actions.add_children, title="It is about another child too", press="Add", intro=intro,
        over=over,
    )  # fmt: skip


@address(Kind.COUNCIL, Permission.MASH_WORK)
def child(request: Any, key: UUID, child: UUID) -> HttpResponse:
    """Write what is decided for one child. A section 47 enquiry begins at once."""
    found = opened(request, key)
    row = next((each for each in found.children if each.key == child), None)
    if row is None:
        raise NotFound
    names = ("threshold", "section47", "reason", "enquiry", "sees_at", "sees_with", "medical", "safety")
    began, asked = row.began_at is not None, row.seeing is not None
    form = forms.ChildForm(
        request.POST or None, owners=_owners(request), asked=asked,
        initial=_seen(found, **{name: getattr(row, name) for name in names}),
    )  # fmt: skip

    def do(discussion: UUID, *, seen: int, by: Actor, at: datetime, **typed: Any) -> None:
        given = {"sees": row.sees, "sees_at": row.sees_at, **typed}
        actions.decide_child(discussion, child, seen=seen, given=ForChild(**given), by=by, at=at)

    intro = (
        "The section 47 enquiry of this child began. Who sees the child, and when, is changed in that action."
        if began
        else "Somebody was asked to see this child. Who does, and when, is changed in that action."
        if asked
        else "A section 47 enquiry begins when you save this: the assessment team gets the child, and whoever sees the "
        "child gets that to do. A manager signs after."
    )
    return act_on(request, found, form, do, title=f"Decide for {name_of(row)}", press="Save", intro=intro)


@address(Kind.COUNCIL, Permission.MASH_WORK)
def act(request: Any, key: UUID) -> HttpResponse:
    """Give somebody something to do, with a time."""
    found = opened(request, key)
    those = [(str(each.key), name_of(each)) for each in found.children]
    form = forms.ActForm(request.POST or None, initial=_seen(found), owners=_owners(request), children=those)
    return act_on(request, found, form, actions.act, title="What is done, by whom, by when", press="Give it")


@address(Kind.COUNCIL, Permission.MASH_DECIDE)
def sign(request: Any, key: UUID) -> HttpResponse:
    """Sign the record."""
    found = opened(request, key)
    lacking = ", ".join(found.lacking)
    form = forms.SignForm(request.POST or None, initial=_seen(found), quorate=not lacking)

    def do(discussion: UUID, **typed: Any) -> object:
        return actions.sign(discussion, **{"why": "", **typed})

    intro = "You sign what was decided for every child. Nothing is sent yet."
    if found.wanting:
        intro = "It cannot be signed yet. " + " ".join(found.wanting)
    return act_on(
        request, found, form, do, title="Sign it", press="Sign it", intro=intro,
        warning=f"Not quorate. Nobody was there for: {lacking}." if lacking else "",
    )  # fmt: skip
