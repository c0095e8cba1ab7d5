"""What the police send many at once: the batch as it came, each notice of it, and a storm that asks for people."""

from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.contacts.models.arrivals import Contact, Submission
from frontdoor.contacts.rules.notices import GRADES

BATCH_STATES = [("checked", "Checked, not taken in"), ("taken", "Taken in"), ("dropped", "Thrown away")]


class Batch(CaseRow):
    """Several notices in one file or one call, once a sender and key.

    `rows` are as they were sent, and only as long as they are needed: those to be taken in until they are, then those
    that were refused, to be mended and sent again. `answers` tell of each row what became of it, and hold no narrative.
    `agency` is set where an agency's own people or system sent them: the portal's role reads its own agency's.
    """

    sender = models.CharField(max_length=80)
    agency = models.UUIDField(null=True, blank=True)
    idem = models.CharField(max_length=120)
    digest = models.BinaryField(max_length=32)
    name = models.CharField(max_length=200, blank=True)
    given_by = models.BigIntegerField(null=True, blank=True)
    given_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=BATCH_STATES)
    taken_at = models.DateTimeField(null=True, blank=True)
    rows = models.JSONField(default=list)
    answers = models.JSONField(default=list)
    version = models.IntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "sender", "idem"], name="batch_once_a_key")
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "-given_at"], name="batch_given"),
            models.Index(
                fields=["authority_id", "agency", "-given_at", "id"], name="batch_of_agency",
                condition=models.Q(agency__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.key)


class Notice(CaseRow):
    """One notice of the police: the one submission that was made of their reference, and what they said of it.

    `grade` is the police's own, never ours. `happened_at`, `sent_at` and `received_at` are three different times.
    `told` is how the desk hears that it arrived: by the answer itself, by a letter, or with the letter of another.
    `agency` is that of its batch.
    """

    agency = models.UUIDField(null=True, blank=True)

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, db_index=False, related_name="notices", db_constraint=False
    )
    batch = models.ForeignKey(
        Batch, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="notices"
    )
    force_key = models.CharField(max_length=50)
    reference = models.CharField(max_length=60)
    force = models.CharField(max_length=120)
    incident = models.CharField(max_length=60, blank=True)
    desk = models.CharField(max_length=120, blank=True)
    officer = models.CharField(max_length=120, blank=True)
    grade = models.CharField(max_length=10, choices=GRADES, blank=True)
    happened_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True)
    told = models.CharField(max_length=10)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "force_key", "reference"], name="notice_once_a_reference"),
            models.UniqueConstraint(fields=["authority_id", "submission"], name="notice_once_a_submission"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "received_at", "id"], name="notice_received"),
            models.Index(fields=["authority_id", "place", "happened_at"], name="notice_place"),
            models.Index(fields=["authority_id", "batch"], name="notice_batch"),
        ]

    def __str__(self) -> str:
        return self.reference


class Claim(CaseRow):
    """Who has a contact before them for a first look, so that two people never read the same one at once."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, db_index=False, related_name="claims")
    user_id = models.BigIntegerField()
    claimed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "contact"], name="claim_once_a_contact")
        ]

    def __str__(self) -> str:
        return str(self.key)


class Storm(CaseRow):
    """More notices within an hour than the council's number: a manager says who works them."""

    began_at = models.DateTimeField()
    counted = models.IntegerField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.BigIntegerField(null=True, blank=True)
    line = models.CharField(max_length=300, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id"], name="storm_one_at_a_time", condition=models.Q(settled_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return str(self.key)
