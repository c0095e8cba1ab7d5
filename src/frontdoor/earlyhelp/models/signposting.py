"""Services that a family was told of, and whether it went. Written once."""

from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.earlyhelp.models.episodes import Episode
from frontdoor.earlyhelp.rules import hub


class Signpost(CaseRow):
    """One service that a family was told of, by its key: no row of the open directory is held by a row of a family.

    `name` and `how` are what stood in the directory then.
    """

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, db_index=False, related_name="signposts")
    service = models.UUIDField()
    name = models.CharField(max_length=300)
    how = models.CharField(max_length=500, blank=True)
    words = models.TextField(blank=True)
    by_user = models.BigIntegerField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "episode", "id"], name="signpost_of_episode")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "episode", "service", "at"], name="signpost_once_a_telling")
        ]

    def __str__(self) -> str:
        return self.name


class Uptake(CaseRow):
    """What the family says came of it; the newest word stands. `reason` is why it did not go, as it is counted."""

    signpost = models.ForeignKey(Signpost, on_delete=models.PROTECT, db_index=False, related_name="uptakes")
    went = models.CharField(max_length=8, choices=hub.UPTAKES)
    why = models.CharField(max_length=1_000, blank=True)
    reason = models.CharField(max_length=12, choices=hub.REASONS, blank=True)
    by_user = models.BigIntegerField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "signpost", "id"], name="uptake_of_signpost")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(went="not") | ~models.Q(why=""), name="uptake_not_says_why")
        ]

    def __str__(self) -> str:
        return self.went
