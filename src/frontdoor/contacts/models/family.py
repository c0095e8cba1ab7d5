"""Who of a family is told what, by whom and how; and calls from parents."""

from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.contacts.models.arrivals import Contact, Matter, Named
from frontdoor.contacts.rules import calling, family


class Telling(CaseRow):
    """One person who should hear about one child's matter: so each carer hears of their child alone.

    :param decision: key of the decision that is told; empty for that something arrived
    :param due_at: when the clock of the telling ran out or runs out, for the order of the list
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, db_index=False, related_name="tellings")
    person = models.ForeignKey(Named, on_delete=models.PROTECT, db_index=False, related_name="tellings")
    decision = models.UUIDField(null=True, blank=True)
    told = models.CharField(max_length=10, choices=family.TOLD)
    part = models.CharField(max_length=10, choices=family.PARTS)
    state = models.CharField(max_length=12, choices=family.STATES)
    due_at = models.DateTimeField()

    responsibility = models.CharField(max_length=10, choices=family.RESPONSIBILITY, blank=True)
    known_from = models.CharField(max_length=300, blank=True)
    how = models.CharField(max_length=10, choices=family.HOWS, blank=True)
    teller = models.BigIntegerField(null=True, blank=True)
    tell_at = models.DateTimeField(null=True, blank=True)
    worry = models.CharField(max_length=20, choices=family.WORRIES, blank=True)
    reason = models.CharField(max_length=20, choices=family.REASONS, blank=True)
    chosen_by = models.BigIntegerField(null=True, blank=True)
    chosen_at = models.DateTimeField(null=True, blank=True)
    released_by = models.BigIntegerField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    told_by = models.BigIntegerField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)

    why_not = models.CharField(max_length=20, choices=family.WHY_NOT, blank=True)
    why_words = models.CharField(max_length=1_000, blank=True)
    again_on = models.DateField(null=True, blank=True)
    refused_by = models.BigIntegerField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "matter", "person", "told", "decision"],
                name="telling_once_a_person",
                nulls_distinct=False,
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["authority_id", "due_at", "id"], name="telling_open",
                condition=models.Q(state__in=family.OPEN),
            ),
            models.Index(
                fields=["authority_id", "again_on"], name="telling_again",
                condition=models.Q(state=family.State.NOT_TOLD.value),
            ),
            models.Index(fields=["authority_id", "person"], name="telling_person"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.key)


class FamilyCall(CaseRow):
    """A parent or carer asks about a contact: who says they ring, how that was checked, what was said and asked.

    Until the check is done nothing is confirmed. `facts` holds which questions were asked and whether the answer
    was right, never the answer.
    """

    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="family_calls"
    )
    person = models.ForeignKey(
        Named, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="family_calls"
    )
    caller = models.CharField(max_length=200)
    began_at = models.DateTimeField()
    taken_by = models.BigIntegerField()
    check_made = models.CharField(max_length=12, choices=calling.CHECKS, blank=True)
    facts = models.JSONField(default=list)
    known_from = models.CharField(max_length=300, blank=True)
    children = models.JSONField(default=list)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    asked = models.TextField(blank=True)
    said = models.TextField(blank=True)
    complaint = models.TextField(blank=True)
    complaint_number = models.CharField(max_length=24, blank=True)
    worry = models.UUIDField(null=True, blank=True)
    ring_by = models.DateTimeField(null=True, blank=True)
    rang_at = models.DateTimeField(null=True, blank=True)
    rang_by = models.BigIntegerField(null=True, blank=True)
    rang_outcome = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["authority_id", "contact"], name="family_call_contact",
                condition=models.Q(contact__isnull=False),
            ),
            models.Index(
                fields=["authority_id", "ring_by"], name="family_call_ring",
                condition=models.Q(ring_by__isnull=False, rang_at__isnull=True),
            ),
            models.Index(
                fields=["authority_id", "taken_by"], name="family_call_open", condition=models.Q(ended_at__isnull=True)
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.key)
