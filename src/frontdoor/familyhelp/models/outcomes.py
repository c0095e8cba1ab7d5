"""What is to change for a family, and how we know whether it has."""

from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.earlyhelp.models import Episode
from frontdoor.familyhelp.rules import outcomes


class Outcome(CaseRow):
    """One outcome that was marked for a family: a heading, in the words of its day, and what is to change."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, db_index=False, related_name="outcomes")
    code = models.CharField(max_length=20)
    heading = models.CharField(max_length=80)
    wanted = models.TextField()
    by_user = models.BigIntegerField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "at", "id"], name="outcome_marked")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "episode", "code", "heading"], name="outcome_once_a_family"
            ),
        ]

    def __str__(self) -> str:
        return self.heading


class Evidence(CaseRow):
    """How one outcome stood at a time, and how we know. Written once."""

    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, db_index=False, related_name="evidence")
    phase = models.CharField(max_length=6, choices=outcomes.PHASES)
    stands = models.CharField(max_length=6, choices=outcomes.STANDS)
    words = models.TextField()
    by_user = models.BigIntegerField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "outcome", "id"], name="evidence_of_outcome")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(words=""), name="evidence_says_how_we_know"),
        ]

    def __str__(self) -> str:
        return self.stands
