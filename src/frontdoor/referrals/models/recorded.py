"""What is recorded of a child who was referred: visits, and the dates after. Struck through, never changed."""

from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.referrals.models.referrals import Referral
from frontdoor.referrals.rules import recording

STANDS = models.Q(struck_at__isnull=True)
FILLED = models.Q(struck_at__isnull=False, struck_by__isnull=False) & ~models.Q(struck_why="")


class Visit(CaseRow):
    """One visit: when it was, where, who went, whether the child was seen and seen alone, and what the child said.

    `made_at` is when it was, `recorded_at` when it was written down. One that the case system told of says so.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, db_index=False, related_name="visits")
    made_at = models.DateTimeField()
    place = models.CharField(max_length=12, choices=recording.PLACES)
    where = models.CharField(max_length=300, blank=True)
    seen_by = models.CharField(max_length=200)
    seen = models.BooleanField()
    why_not_seen = models.TextField(blank=True)
    alone = models.BooleanField(null=True, blank=True)
    not_alone = models.CharField(max_length=12, choices=recording.NOT_ALONE, blank=True)
    voice = models.TextField(blank=True)
    voice_missing = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=12, choices=recording.SOURCES, default="team")
    recorded_by = models.BigIntegerField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    struck_by = models.BigIntegerField(null=True, blank=True)
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_why = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "referral", "made_at"], name="visit_of_referral")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(seen=False) | ~models.Q(voice="") | ~models.Q(voice_missing=""),
                name="visit_heard_the_child_or_says_why_not",
            ),
            models.CheckConstraint(
                condition=models.Q(seen=True) | ~models.Q(why_not_seen=""), name="visit_says_why_nobody_was_seen"
            ),
            models.CheckConstraint(
                condition=~models.Q(alone=False) | ~models.Q(not_alone=""), name="visit_says_why_not_alone"
            ),
            models.CheckConstraint(condition=STANDS | FILLED, name="visit_struck_by_somebody"),
        ]

    def __str__(self) -> str:
        return str(self.key)


class Milestone(CaseRow):
    """One of the dates after: assessment, section 47 enquiry, conference."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, db_index=False, related_name="milestones")
    kind = models.CharField(max_length=24, choices=recording.DATED)
    on = models.DateField()
    why = models.TextField(blank=True)
    source = models.CharField(max_length=12, choices=recording.SOURCES, default="team")
    recorded_by = models.BigIntegerField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    struck_by = models.BigIntegerField(null=True, blank=True)
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_why = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "referral", "on"], name="milestone_of_referral")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "referral", "kind"], name="milestone_once_a_kind", condition=STANDS
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="conference_not_needed") | ~models.Q(why=""), name="milestone_says_why_none"
            ),
            models.CheckConstraint(condition=STANDS | FILLED, name="milestone_struck_by_somebody"),
        ]

    def __str__(self) -> str:
        return self.kind
