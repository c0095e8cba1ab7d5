"""Meetings of the team around a family: when and where, who is asked, who came, what was agreed."""

from datetime import datetime
from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.earlyhelp.models import Episode, Member
from frontdoor.familyhelp.models.team import Practitioner
from frontdoor.familyhelp.rules import inviting, meetings

ASKED = models.Q(off_at__isnull=True)


class Meeting(CaseRow):
    """One meeting. Its key names it in calendars, and `sequence` counts each change of what a calendar shows."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, db_index=False, related_name="meetings")
    state = models.CharField(max_length=10, choices=meetings.STATES, default=meetings.State.PLANNED.value)
    starts_at = models.DateTimeField()
    minutes = models.SmallIntegerField()
    way = models.CharField(max_length=6, choices=meetings.WAYS)
    place = models.CharField(max_length=300, blank=True)
    agenda = models.TextField(blank=True)
    agreed = models.TextField(blank=True)
    why = models.CharField(max_length=1_000, blank=True)
    sequence = models.SmallIntegerField(default=0)
    changed_at = models.DateTimeField()
    version = models.IntegerField(default=1)
    by_user = models.BigIntegerField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "episode", "starts_at", "id"], name="fh_meeting_of_episode")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(minutes__gte=5, minutes__lte=600), name="meeting_has_a_length"),
            models.CheckConstraint(
                condition=~models.Q(state="cancelled") | ~models.Q(why=""), name="meeting_cancelled_says_why"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="held") | ~models.Q(agreed=""), name="meeting_held_says_what_was_agreed"
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)


class Invited(CaseRow):
    """Somebody who is asked to a meeting, of the family or of the team, since when; and whether they came.

    Who is not asked any more keeps their row, with when, why, the number that calendars know that word by
    (`off_sequence`), and for when the meeting was then (`off_from`): of another time they are not told. Who is asked
    again has a row of their own.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, db_index=False, related_name="invited")
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+"
    )
    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+"
    )
    came = models.CharField(max_length=8, choices=meetings.CAME, blank=True)
    at = models.DateTimeField()
    off_at = models.DateTimeField(null=True, blank=True)
    off_why = models.CharField(max_length=1_000, blank=True)
    off_sequence = models.SmallIntegerField(null=True, blank=True)
    off_from = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "invited"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "meeting", "member"], name="invited_member_once", condition=ASKED
            ),
            models.UniqueConstraint(
                fields=["authority_id", "meeting", "practitioner"], name="invited_colleague_once", condition=ASKED
            ),
            models.CheckConstraint(
                condition=models.Q(off_at__isnull=True, off_sequence__isnull=True, off_from__isnull=True)
                | models.Q(
                    models.Q(off_at__isnull=False, off_sequence__isnull=False, off_from__isnull=False),
                    ~models.Q(off_why=""),
                ),
                name="invited_off_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(member__isnull=False, practitioner__isnull=True)
                | models.Q(member__isnull=True, practitioner__isnull=False),
                name="invited_is_one_person",
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def known_for(self) -> datetime:
        """When the meeting is, as far as they are told."""
        return self.off_from or self.meeting.starts_at


class Invitation(CaseRow):
    """One e-mail to one person for one number of a meeting: the invitation, or the word that it is cancelled for them.

    The same number goes to the same address once. `email` is where it went.
    """

    invited = models.ForeignKey(Invited, on_delete=models.PROTECT, db_index=False, related_name="invitations")
    sequence = models.SmallIntegerField()
    method = models.CharField(max_length=8, choices=inviting.METHODS)
    email = models.CharField(max_length=254)
    state = models.CharField(max_length=8, choices=inviting.STATES, default=inviting.State.WAITING.value)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "invited", "sequence", "email"], name="invitation_once_a_number"
            ),
            models.CheckConstraint(condition=~models.Q(email=""), name="invitation_has_an_address"),
            models.CheckConstraint(
                condition=models.Q(state="waiting", settled_at__isnull=True)
                | models.Q(~models.Q(state="waiting"), settled_at__isnull=False),
                name="invitation_settled_when_it_is",
            ),
        ]

    def __str__(self) -> str:
        return self.state
