"""A complaint or compliment, and what was done with it, each line written once."""

from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.complaints import rules
from frontdoor.contacts.models import Contact


class Complaint(CaseRow):
    """What somebody says about how the front door worked.

    `contact` is the one in which it came, `about_contact` the one that it is about. Who complains is in no other
    record: a contact made of it keeps them in its own compartment. `due_at` is the clock's, as the list orders by.
    `number` counts without a gap in each council: whoever complains is told it.
    """

    number = models.IntegerField()
    kind = models.CharField(max_length=12, choices=rules.KINDS)
    way = models.CharField(max_length=12, choices=rules.WAYS)
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+"
    )
    about_contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+"
    )
    who = models.CharField(max_length=12, choices=rules.WHO)
    name = models.CharField(max_length=200, blank=True)
    reply_to = models.CharField(max_length=300, blank=True)
    what = models.TextField()
    team_id = models.BigIntegerField()
    about_user = models.BigIntegerField(null=True, blank=True)
    received_at = models.DateTimeField()
    taken_by = models.BigIntegerField(null=True, blank=True)

    state = models.CharField(max_length=12, choices=rules.STATES, default=rules.State.WAITING.value)
    stage = models.SmallIntegerField(choices=rules.STAGES, default=1)
    is_complex = models.BooleanField(default=False)
    owner = models.BigIntegerField(null=True, blank=True)
    due_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=rules.OUTCOMES, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["authority_id", "due_at", "id"], name="complaint_open", condition=models.Q(settled_at=None)
            ),
            models.Index(fields=["authority_id", "received_at", "id"], name="complaint_received"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "number"], name="complaint_once_a_number"),
            models.UniqueConstraint(
                fields=["authority_id", "contact"], name="complaint_once_a_contact",
                condition=models.Q(contact__isnull=False),
            ),
            models.CheckConstraint(
                condition=models.Q(owner__isnull=True)
                | models.Q(about_user__isnull=True)
                | ~models.Q(owner=models.F("about_user")),
                name="complaint_is_owned_by_another",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.key)

    @property
    def reference(self) -> str:
        """Its number as people read and say it."""
        return rules.reference(self.authority_id, self.number)


class Entry(CaseRow):
    """One line of what was done with it; written once. `contact` is one that was made of it, since it showed a risk."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, db_index=False, related_name="entries")
    kind = models.CharField(
        max_length=12,
        choices=[
            ("taken", "Taken in"), ("owned", "Given to somebody"), ("complex", "Found to be complex"),
            ("replied", "Answered"), ("learnt", "What was learnt"), ("stage", "Goes on to the next stage"),
            ("withdrawn", "Withdrawn"), ("thanked", "Passed to the team"), ("risk", "It showed a risk"),
        ],
    )  # fmt: skip
    text = models.TextField(blank=True)
    stage = models.SmallIntegerField()
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+"
    )
    by_user = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "entries"
        indexes: ClassVar = [models.Index(fields=["authority_id", "complaint", "id"], name="entry_of_complaint")]

    def __str__(self) -> str:
        return self.kind
