"""What a telephone call leaves beside its contact: that somebody rings somebody back, in so many minutes."""

from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.contacts.models.arrivals import Contact
from frontdoor.contacts.rules import states


class SafetyCall(CaseRow):
    """Where a child is this minute, and who rings whom back until when; the team can act on it alone.

    It stands from the moment it is agreed, while the call still goes on and whatever becomes of the machine at which
    it is written down. `call` is the key of the draft; `contact` is known when the call has become one.
    """

    call = models.UUIDField()
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="safety_calls"
    )
    rings = models.CharField(max_length=10, choices=states.RINGS)
    whom = models.CharField(max_length=300, blank=True)
    where_now = models.CharField(max_length=300, blank=True)
    with_whom = models.CharField(max_length=300, blank=True)
    until_when = models.CharField(max_length=300, blank=True)
    started_by = models.BigIntegerField()
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    done_by = models.BigIntegerField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=300, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["authority_id", "due_at"], name="safety_call_open", condition=models.Q(done_at__isnull=True)
            ),
            models.Index(fields=["authority_id", "call"], name="safety_call_call"),
            models.Index(
                fields=["authority_id", "contact"],
                name="safety_call_contact",
                condition=models.Q(contact__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)
