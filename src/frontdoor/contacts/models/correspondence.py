"""What came in writing, beside its contact: the original, its own date, and whether it has been put into the form."""

from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.contacts.models.arrivals import Contact
from frontdoor.contacts.rules import correspondence as rules


class Correspondence(CaseRow):
    """One e-mail, letter or other council's message, with what belongs to its paper and not to its story.

    When it reached us is its contact's `received_at`, when it was taken in here the contact's `entered_at`: three
    dates, never one. Who wrote it stands in the referrer's compartment; `sender` is a hash by which several messages of
    one address are counted. `digest` is that of the message's bytes: what was taken in once is not taken in again.

    :param original: key of the file that holds it as it came; none where it was too large, or nothing was scanned
    :param left_out: what came with it and could not be kept as a file of its own, a line each
    :param council_code: the other council, by its DfE number
    """

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, db_index=False, related_name="correspondence")
    door = models.CharField(max_length=20, choices=rules.DOORS)
    state = models.CharField(max_length=10, choices=rules.STATES)
    original = models.UUIDField(null=True, blank=True)
    written_on = models.DateField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    reached_whom = models.CharField(max_length=200, blank=True)

    subject = models.CharField(max_length=300, blank=True)
    message_id = models.CharField(max_length=250, blank=True)
    digest = models.BinaryField(max_length=32, null=True, blank=True)
    sender = models.CharField(max_length=32, blank=True)
    machine = models.CharField(max_length=12, choices=rules.MACHINE_WORDS, blank=True)
    unread = models.CharField(max_length=300, blank=True)
    left_out = models.TextField(blank=True)
    about = models.ForeignKey(
        Contact, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="more_said"
    )
    about_how = models.CharField(max_length=10, choices=rules.ABOUT, blank=True)

    council_code = models.CharField(max_length=3, blank=True)
    their_reference = models.CharField(max_length=100, blank=True)
    placed_here = models.BooleanField(null=True, blank=True)
    keeps = models.CharField(max_length=10, choices=rules.KEEPS, blank=True)
    kept_by = models.CharField(max_length=200, blank=True)
    kept_on = models.DateField(null=True, blank=True)

    taken_by = models.BigIntegerField(null=True, blank=True)
    taken_at = models.DateTimeField()
    sorted_by = models.BigIntegerField(null=True, blank=True)
    sorted_at = models.DateTimeField(null=True, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["authority_id", "taken_at", "id"],
                name="correspondence_waiting",
                condition=models.Q(state="waiting"),
            ),
            models.Index(fields=["authority_id", "sender", "taken_at"], name="correspondence_sender"),
            models.Index(
                fields=["authority_id", "about"], name="correspondence_about", condition=models.Q(about__isnull=False)
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "contact"], name="correspondence_once_a_contact"),
            models.UniqueConstraint(
                fields=["authority_id", "digest"],
                name="correspondence_once_a_message",
                condition=models.Q(digest__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.door} {self.state}"


class Sorting(CaseRow):
    """That something written was put into the form, or was nothing about a child; and that it was opened again.

    Each time is a row of its own, so that what was made of it first is still read when it was made into something else.
    """

    correspondence = models.ForeignKey(
        Correspondence, on_delete=models.PROTECT, db_index=False, related_name="sortings"
    )  # fmt: skip
    made = models.CharField(max_length=10, choices=rules.STATES)
    why = models.CharField(max_length=300, blank=True)
    done_by = models.BigIntegerField()
    done_at = models.DateTimeField()
    reopened_by = models.BigIntegerField(null=True, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "correspondence"],
                name="sorting_once_at_a_time",
                condition=models.Q(reopened_at__isnull=True),
            )
        ]
        indexes: ClassVar = [models.Index(fields=["authority_id", "correspondence", "done_at"], name="sorting_of")]

    def __str__(self) -> str:
        return f"{self.made} {self.done_at}"
