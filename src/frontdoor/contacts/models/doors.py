"""What is marked of a report from the public pages."""

import uuid
from typing import ClassVar

from django.db import models

from frontdoor.contacts.models.arrivals import Submission
from frontdoor.contacts.rules import doors


class Doubt(models.Model):
    """Why a report may not be genuine, and what somebody found who looked. The report itself is taken in like all.

    The portal inserts it with the submission and cannot read it back: so the key is made in Python.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority_id = models.SmallIntegerField()
    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, db_index=False, db_constraint=False, related_name="doubts"
    )
    marks = models.CharField(max_length=80)
    marked_at = models.DateTimeField()
    answer = models.CharField(max_length=12, choices=doors.ANSWERS, blank=True)
    why = models.CharField(max_length=300, blank=True)
    answered_by = models.BigIntegerField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["authority_id", "marked_at", "id"],
                name="doubt_open",
                condition=~models.Q(answer="genuine"),
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "submission"], name="doubt_once_a_submission")
        ]

    def __str__(self) -> str:
        return self.marks
