"""Meetings of the team around a family: their pages, and invitations as files that calendars read."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from frontdoor.access.rules import Kind, address
from frontdoor.actors.rules import NotFound, Permission
from frontdoor.familyhelp.actions import inviting as sending
from frontdoor.familyhelp.actions import meeting as actions
from frontdoor.familyhelp.actions.planning import add_action
from frontdoor.familyhelp.forms import meetings as forms
from frontdoor.familyhelp.forms.planning import DoingForm
from frontdoor.familyhelp.models import Invited
from frontdoor.familyhelp.pages import calendars
from frontdoor.familyhelp.pages import meetings as pages
from frontdoor.familyhelp.queries.meetings import Met, asked_as, name_of, open_meeting
from frontdoor.familyhelp.rules import inviting
from frontdoor.familyhelp.rules.meetings import State, Step, why_not
from frontdoor.familyhelp.rules.team import NOT_TO_AGENCIES
from frontdoor.familyhelp.views.plan import goals, opened, owners
from frontdoor.familyhelp.views.team import act
from frontdoor.letters import queries as letters

SENDS = (
    "The address is kept for them from now on. The e-mail says when and where, names nobody, and brings the file for "
    "their calendar."
)
READ, WORK = Permission.FAMILY_HELP_READ, Permission.FAMILY_HELP_WORK


def _met(request: Any, key: UUID, meeting: UUID, permission: Permission = WORK) -> Met:
    return open_meeting(key, meeting, permission=permission, by=request.actor, at=request.at)


def _back(request: Any, key: UUID, meeting: UUID) -> str:
    return reverse("familyhelp:meeting", args=[request.council.slug, key, meeting])


def _one(do: Any, meeting: UUID, invited: UUID, key: UUID, **typed: Any) -> object:
    return do(key, meeting=meeting, invited=invited, **typed)


def _on(do: Any, meeting: UUID, key: UUID, **typed: Any) -> object:
    return do(key, meeting=meeting, **typed)


@address(Kind.COUNCIL, READ)
@require_safe
def meeting(request: Any, key: UUID, meeting: UUID) -> HttpResponse:
    """One meeting."""
    page = pages.meeting_page(_met(request, key, meeting, READ), request.council.slug, by=request.actor)
    return render(request, "familyhelp/meeting.html", {"page": page, "pages": pages})


@address(Kind.COUNCIL, READ)
@require_safe
def invitation(request: Any, key: UUID, meeting: UUID, invited: UUID) -> HttpResponse:
    """The invitation of one person, as a file that calendars read."""
    met = _met(request, key, meeting, READ)
    asked = next((each for each in met.invited if each.key == invited), None)
    if asked is None or not met.tells(asked):
        raise NotFound
    house = letters.house(by=request.actor, at=request.at)
    answer = HttpResponse(calendars.invitation(met.meeting, asked, house), content_type=calendars.TYPE)
    answer["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return answer


@address(Kind.COUNCIL, WORK)
def plan_meeting(request: Any, key: UUID) -> HttpResponse:
    """Plan a meeting."""
    found = opened(request, key)
    form = forms.MeetingForm(request.POST or None, initial={"minutes": 60}, people=owners(found))
    back = reverse("familyhelp:plan", args=[request.council.slug, key])
    return act(request, found.family, form, actions.plan_meeting, title="Plan a meeting", press="Save", back=back)


@address(Kind.COUNCIL, WORK)
def change_meeting(request: Any, key: UUID, meeting: UUID) -> HttpResponse:
    """Change a meeting."""
    met, found = _met(request, key, meeting), opened(request, key)
    row = met.meeting
    start = {
        "seen": row.version, "starts_at": row.starts_at, "minutes": row.minutes, "way": row.way, "place": row.place,
        "agenda": row.agenda, "invited": [asked_as(each) for each in met.asked],
    }  # fmt: skip
    form = forms.ChangeMeetingForm(request.POST or None, initial=start, people=owners(found))
    intro = (
        "Where the time or the place is another, everybody with an e-mail address gets the invitation again: it takes "
        "the place of the last. Give it to the others. Who is not chosen any more is taken off."
    )
    return act(
        request, met.family, form, partial(_on, actions.change_meeting, meeting), title="Change the meeting",
        press="Save", intro=intro, over=why_not(row.state, Step.CHANGE), back=_back(request, key, meeting),
    )  # fmt: skip


@address(Kind.COUNCIL, WORK)
def cancel_meeting(request: Any, key: UUID, meeting: UUID) -> HttpResponse:
    """Cancel a meeting."""
    met = _met(request, key, meeting)
    form = forms.WhyForm(request.POST or None, initial={"seen": met.meeting.version})
    return act(
        request, met.family, form, partial(_on, actions.cancel_meeting, meeting), title="Cancel the meeting",
        press="Cancel the meeting", over=why_not(met.meeting.state, Step.CANCEL), agreed=False,
        back=_back(request, key, meeting),
    )  # fmt: skip


def _invited(met: Met, invited: UUID) -> tuple[Invited, str]:
    """Somebody who was asked, and why nothing is done with their invitation any more; empty where something may be."""
    each = next((one for one in met.invited if one.key == invited), None)
    if each is None:
        raise NotFound
    return each, why_not(met.meeting.state, Step.CHANGE) or (inviting.NOT_ASKED if each.off_at else "")


@address(Kind.COUNCIL, WORK)
def uninvite(request: Any, key: UUID, meeting: UUID, invited: UUID) -> HttpResponse:
    """Take somebody off a meeting."""
    met = _met(request, key, meeting)
    each, over = _invited(met, invited)
    form = forms.OffForm(request.POST or None, initial={"seen": met.meeting.version})
    intro = (
        "The meeting is cancelled for them alone, and they can be asked again. Who has an e-mail address is told by "
        "e-mail; to anybody else, give the file that then lies on the page of the meeting."
    )
    over = over or ("" if len(met.asked) > 1 else inviting.LAST)
    return act(
        request, met.family, form, partial(_one, sending.uninvite, meeting, invited), press="Take them off",
        title=f"Take {name_of(each)} off the meeting", intro=intro, over=over, agreed=False,
        back=_back(request, key, meeting),
    )  # fmt: skip


@address(Kind.COUNCIL, WORK)
def send_invitation(request: Any, key: UUID, meeting: UUID, invited: UUID) -> HttpResponse:
    """Send an invitation to another address, or again to one that was not taken."""
    met = _met(request, key, meeting)
    each, over = _invited(met, invited)
    start = {"seen": met.meeting.version, "email": each.practitioner.email if each.practitioner else ""}
    form = forms.AddressForm(request.POST or None, initial=start)
    over = over or (inviting.BY_HAND if each.practitioner is None else "" if met.tells(each) else NOT_TO_AGENCIES)
    return act(
        request, met.family, form, partial(_one, sending.invite_again, meeting, invited), press="Send it",
        title=f"Send the invitation to {name_of(each)}", intro=SENDS, over=over, agreed=False,
        back=_back(request, key, meeting),
    )  # fmt: skip


@address(Kind.COUNCIL, WORK)
def hold_meeting(request: Any, key: UUID, meeting: UUID) -> HttpResponse:
    """Write down who came, and what was agreed."""
    met = _met(request, key, meeting)
    asked = [(str(each.key), name_of(each)) for each in met.asked]
    form = forms.HeldForm(request.POST or None, initial={"seen": met.meeting.version}, asked=asked)
    begun = "" if met.meeting.starts_at <= request.at else "This meeting has not begun."
    beside = (("What was to be talked about", met.meeting.agenda or "Nothing was written"),)
    return act(
        request, met.family, form, partial(_on, actions.hold_meeting, meeting), title="What was agreed", press="Save",
        over=why_not(met.meeting.state, Step.HOLD) or begun, beside=beside, back=_back(request, key, meeting),
    )  # fmt: skip


@address(Kind.COUNCIL, WORK)
def doing(request: Any, key: UUID, meeting: UUID) -> HttpResponse:
    """Write who does what by when, as it was agreed at a meeting."""
    met, found = _met(request, key, meeting), opened(request, key)
    form = DoingForm(request.POST or None, owners=owners(found), goals=goals(found))
    over = "This meeting was cancelled." if met.meeting.state == State.CANCELLED else ""
    return act(
        request, met.family, form, partial(_on, add_action, meeting), title="Who does what by when", press="Save",
        over=over, back=_back(request, key, meeting),
    )  # fmt: skip
