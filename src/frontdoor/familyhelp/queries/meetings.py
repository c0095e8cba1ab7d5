"""One meeting of the team around a family, with who was asked and what was agreed there."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound, Permission
from frontdoor.earlyhelp.queries.finding import label_of
from frontdoor.earlyhelp.rules.agreeing import Purpose
from frontdoor.familyhelp.models import Invitation, Invited, Meeting, PlanAction
from frontdoor.familyhelp.queries.families import Family, open_family
from frontdoor.familyhelp.rules.meetings import State
from frontdoor.familyhelp.rules.team import is_told


@dataclass(frozen=True, slots=True)
class Met:
    """A meeting that somebody opened.

    :param invited: everybody who is or was asked
    :param actions: those that were agreed there
    :param mails: the newest e-mail to each of them, by the number of their row
    """

    family: Family
    meeting: Meeting
    invited: tuple[Invited, ...]
    actions: tuple[PlanAction, ...]
    mails: dict[int, Invitation]

    @property
    def asked(self) -> tuple[Invited, ...]:
        """Who is asked now."""
        return tuple(each for each in self.invited if each.off_at is None)

    def tells(self, each: Invited) -> bool:
        """Whether somebody who was asked may take a file for their calendar; that it is cancelled is told always."""
        whose, over = each.practitioner, each.off_at is not None or self.meeting.state == State.CANCELLED
        return over or whose is None or is_told(own=whose.own, shares=self.family.agrees(Purpose.SHARING))


def open_meeting(
    key: UUID | str,
    meeting: UUID | str,
    *,
    permission: Permission = Permission.FAMILY_HELP_READ,
    by: Actor,
    at: datetime,
) -> Met:
    """Open a meeting; the opening of the family is recorded.

    :raises NotFound: absent, another council's, not a family of theirs, or no meeting of it
    :raises NotPermitted: the permission is missing
    """
    family = open_family(key, permission=permission, by=by, at=at)
    row = within(by, Meeting.objects.filter(episode=family.episode, key=meeting)).first()
    if row is None:
        raise NotFound
    asked = Invited.objects.select_related("member__named", "practitioner").filter(meeting=row)
    doing = PlanAction.objects.select_related("member__named", "practitioner").filter(meeting=row)
    mails = within(by, Invitation.objects.filter(invited__meeting=row)).order_by("sequence", "at", "id")
    return Met(
        family, row, tuple(within(by, asked).order_by("id")), tuple(within(by, doing).order_by("due_on", "id")),
        {each.invited_id: each for each in mails},
    )  # fmt: skip


def name_of(each: Invited) -> str:
    """Who is asked, in words."""
    return each.practitioner.name if each.practitioner else label_of(each.member.named if each.member else None)


def asked_as(each: Invited) -> str:
    """Who is asked, as a choice of a form names them."""
    if each.practitioner is not None:
        return f"practitioner:{each.practitioner.key}"
    return f"member:{each.member.key}" if each.member else ""
