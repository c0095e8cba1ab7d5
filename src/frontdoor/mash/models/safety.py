"""Whether the child is safe while the agencies look, and how anybody knows."""

from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.mash.models.enquiries import Subject
from frontdoor.mash.rules import safety


class SafetyCheck(CaseRow):
    """One answer for one child: is the child safe now, who knows it, and what they said. Written once.

    `asked_at` and `due_at` are the clock's that it answers. `own_words` are the child's, verbatim. `direction` is the
    action that "we do not know" or "no" started.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, db_index=False, related_name="checks")
    answer = models.CharField(max_length=10, choices=safety.ANSWERS)
    how = models.CharField(max_length=10, choices=safety.WAYS, blank=True)
    who = models.CharField(max_length=200, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    where = models.CharField(max_length=300, blank=True)
    said = models.TextField(blank=True)
    own_words = models.TextField(blank=True)
    direction = models.UUIDField(null=True, blank=True)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_by = models.BigIntegerField()
    answered_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "subject", "answered_at", "id"], name="safety_of_subject")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(answer="unknown")
                | (~models.Q(who="") & ~models.Q(how="") & ~models.Q(where="") & ~models.Q(said=""))
                & models.Q(seen_at__isnull=False),
                name="safety_says_how_we_know",
            ),
            models.CheckConstraint(
                condition=models.Q(answer="yes") | models.Q(direction__isnull=False), name="safety_starts_an_action"
            ),
        ]

    def __str__(self) -> str:
        return self.answer
