"""How early help ends: the pages of refusing, of the look for risk, of going back, of closing and opening again."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import Permission
from frontdoor.earlyhelp import actions, forms
from frontdoor.earlyhelp.rules.states import Step as Way
from frontdoor.earlyhelp.views.episodes import act, opened, seen
from frontdoor.shell.rules import moment

KEEP = Permission.EARLY_HELP_KEEP


@address(Kind.COUNCIL, KEEP)
def stop(request: Any, key: UUID) -> HttpResponse:
    """Say that the family does not want it, or does not answer."""
    found = opened(request, key)
    form = forms.StopForm(request.POST or None, initial=seen(found))
    intro = "Nothing ends here. A social worker looks at the family for risk first."
    title = "The family does not want it, or does not answer"
    return act(request, found, form, actions.stop, title=title, press="Stop the work", intro=intro, way=Way.STOP)


@address(Kind.COUNCIL, Permission.EARLY_HELP_SCREEN)
def look(request: Any, key: UUID) -> HttpResponse:
    """Look at a family for risk before early help ends."""
    found = opened(request, key)
    form = forms.LookForm(request.POST or None, initial=seen(found))
    tried = "\n".join(
        f"{moment(each.made_at)}: {each.get_way_display().lower()}, {'reached' if each.reached else 'not reached'}"
        for each in found.attempts
    )
    beside = (("Why it would end", found.episode.get_stopping_display()), ("Tried", tried or "Nothing is written down"))
    return act(
        request, found, form, actions.look, title="Look at it for risk", press="Record what you found", way=Way.END,
        beside=beside,
    )  # fmt: skip


@address(Kind.COUNCIL, KEEP)
def step_up(request: Any, key: UUID) -> HttpResponse:
    """Send a family back to the front door."""
    found = opened(request, key)
    form = forms.StepUpForm(request.POST or None, initial=seen(found))
    intro = (
        "This makes a new contact at once, with a receipt, a first look and the clock of a contact. Early help goes on "
        "meanwhile."
    )
    return act(
        request, found, form, actions.step_up, title="Send it back to the front door", press="Send it now", intro=intro
    )


@address(Kind.COUNCIL, KEEP)
def close(request: Any, key: UUID) -> HttpResponse:
    """End work that was taken on."""
    found = opened(request, key)
    form = forms.CloseForm(request.POST or None, initial=seen(found))
    intro = "A family that does not want it any more, or does not answer, does not end here: choose that instead."
    return act(request, found, form, actions.close, title="End early help", press="End it", intro=intro, way=Way.CLOSE)


@address(Kind.COUNCIL, KEEP)
def reopen(request: Any, key: UUID) -> HttpResponse:
    """Open it again."""
    found = opened(request, key)
    form = forms.WhyForm(request.POST or None, initial=seen(found), missing="Say why it is opened again")
    over = next(
        (f"The family has early help that is open, {each.reference}. Go on there." for each in found.earlier
         if each.settled_at is None), "",
    )  # fmt: skip
    words, intro = "Open it again", "The family is asked again whether it agrees."
    return act(request, found, form, actions.reopen, title=words, press=words, intro=intro, way=Way.REOPEN, over=over)


@address(Kind.COUNCIL, KEEP)
def note(request: Any, key: UUID) -> HttpResponse:
    """Write a note."""
    found = opened(request, key)
    form = forms.NoteForm(request.POST or None, initial=seen(found))
    return act(request, found, form, actions.note, title="Write a note", press="Save", always=True)
