"""What those who send may see of what they sent; a sender that fell silent; a test message on its way."""

import uuid
from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.contacts.rules import senders, silence, trials


class Progress(models.Model):
    """One step of what an agency sent, in the words that it may read. The portal's role reads its own agency's.

    Nothing of the family stands here: a step, a team, what was decided in the words of the code list.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority_id = models.SmallIntegerField()
    agency = models.UUIDField()
    submission_id = models.UUIDField()
    step = models.CharField(max_length=12, choices=senders.STEPS)
    words = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "submission_id", "step", "words"], name="progress_once_a_step"
            )
        ]

    def __str__(self) -> str:
        return self.step


class Silence(CaseRow):
    """A sender that sent less than it usually does by this hour of this weekday, until somebody says why.

    `sender` is `client:<key>`, `agency:<key>` or `domain:<name>`; `day` is London's. One a sender and day.
    """

    sender = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    day = models.DateField()
    began_at = models.DateTimeField()
    usual = models.SmallIntegerField()
    seen = models.SmallIntegerField()
    days = models.SmallIntegerField()
    again_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.BigIntegerField(null=True, blank=True)
    found = models.CharField(max_length=12, choices=silence.FOUND, blank=True)
    why = models.CharField(max_length=500, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "sender", "day"], name="silence_once_a_day"),
            models.UniqueConstraint(
                fields=["authority_id", "sender"], name="silence_open_once", condition=models.Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, found="")
                | models.Q(ended_at__isnull=False) & ~models.Q(found=""),
                name="silence_ended_with_what_was_found",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["authority_id", "-began_at", "id"], name="silence_began")]

    def __str__(self) -> str:
        return self.sender


class Trial(models.Model):
    """A test message through one door, from end to end: when it passed each station. It never becomes a contact.

    `agency` is set where a sender asked for it: the portal's role reads its own agency's.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority_id = models.SmallIntegerField()
    agency = models.UUIDField(null=True, blank=True)
    door = models.CharField(max_length=12, choices=trials.DOORS)
    asked_by = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    submission_id = models.UUIDField(null=True, blank=True)
    number = models.CharField(max_length=24, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    worked_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "-asked_at", "id"], name="trial_asked")]

    def __str__(self) -> str:
        return f"{self.door} {self.number}"
