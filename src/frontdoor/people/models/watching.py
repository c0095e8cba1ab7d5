"""A question to one of our own people about the records that they opened one day."""

from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.people.rules.watching import STATES


class Watched(CaseRow):
    """What one person opened one day with nothing in hand: why they are asked, what they said, what was found.

    `reasons` are words; `people` are the keys of the records, as plain values, so that nothing hangs on them. Nobody
    finds anything about themselves: the database says so too.
    """

    user_id = models.BigIntegerField()
    day = models.DateField()
    reasons = models.JSONField(default=list)
    people = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=STATES)
    found_at = models.DateTimeField()
    until = models.DateTimeField()
    words = models.CharField(max_length=1000, blank=True)
    said_at = models.DateTimeField(null=True, blank=True)
    looked_by = models.BigIntegerField(null=True, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.BigIntegerField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    finding = models.CharField(max_length=1000, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        verbose_name_plural = "watched"
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "user_id", "-day"], name="watched_user"),
            models.Index(fields=["authority_id", "-found_at", "id"], name="watched_found"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "user_id", "day"], name="watched_once_a_day"),
            models.CheckConstraint(
                condition=(models.Q(looked_by=None) | ~models.Q(looked_by=models.F("user_id")))
                & (models.Q(answered_by=None) | ~models.Q(answered_by=models.F("user_id"))),
                name="watched_answered_by_another",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["explained", "upheld"])
                | (models.Q(answered_by__isnull=False, answered_at__isnull=False) & ~models.Q(finding="")),
                name="watched_answered_in_words",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="upheld")
                | models.Q(said_at__isnull=False)
                | models.Q(answered_at__gt=models.F("until")),
                name="watched_heard_before_upheld",
            ),
        ]

    def __str__(self) -> str:
        return self.state
