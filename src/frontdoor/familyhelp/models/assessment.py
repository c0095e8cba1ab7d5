"""The assessment of a family: its rounds, every text of every field, and who has a page of it open."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from frontdoor.actors.models import CaseRow
from frontdoor.earlyhelp.models import Episode, Member
from frontdoor.familyhelp.rules import assessing
from frontdoor.familyhelp.rules.framework import LONGEST_CODE

OPEN = Q(shared_at__isnull=True)


class Assessment(CaseRow):
    """One round of a family's assessment: the first, or a review. What was shared never changes any more.

    `copy` is what the family got, word for word. `agrees` and `comments` are the family's.
    """

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, db_index=False, related_name="assessments")
    number = models.SmallIntegerField()
    state = models.CharField(max_length=12, choices=assessing.ROUNDS)
    why = models.CharField(max_length=1_000, blank=True)
    begun_at = models.DateTimeField()
    begun_by = models.BigIntegerField()
    begun_name = models.CharField(max_length=200)
    shared_at = models.DateTimeField(null=True, blank=True)
    shared_by = models.BigIntegerField(null=True, blank=True)
    shared_name = models.CharField(max_length=200, blank=True)
    agrees = models.CharField(max_length=8, choices=assessing.AGREES, blank=True)
    comments = models.TextField(blank=True)
    how = models.CharField(max_length=10, choices=assessing.WAYS, blank=True)
    who = models.CharField(max_length=300, blank=True)
    copy = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "episode", "number"], name="assessment_once_a_round"),
            models.UniqueConstraint(fields=["authority_id", "episode"], name="assessment_one_open", condition=OPEN),
            models.CheckConstraint(
                condition=Q(state="shared", shared_at__isnull=False) | Q(~Q(state="shared"), shared_at__isnull=True),
                name="assessment_shared_when_its_state_is",
            ),
            models.CheckConstraint(
                condition=OPEN | (~Q(agrees="") & ~Q(how="") & ~Q(who="") & ~Q(copy="")),
                name="assessment_shared_says_how",
            ),
            models.CheckConstraint(condition=Q(number=1) | ~Q(why=""), name="assessment_review_says_why"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.episode_id}/{self.number}"


class Passage(CaseRow):
    """What one field says, about one person or the family: the row of the highest version stands, the others are kept.

    Whoever goes on typing goes on in their row for a while (`since`); then, and when somebody else writes, it stays as
    it is for good and a new one is written.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, db_index=False, related_name="passages")
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="passages"
    )
    field = models.CharField(max_length=LONGEST_CODE)
    text = models.TextField(blank=True)
    version = models.IntegerField()
    carried = models.BooleanField(default=False)
    since = models.DateTimeField()
    at = models.DateTimeField()
    by_user = models.BigIntegerField()
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            # Of two who write over the same version one fails here, whatever Python thinks.
            models.UniqueConstraint(
                fields=["authority_id", "assessment", "member", "field", "version"], name="passage_once_a_version",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(version__gt=0), name="passage_has_a_version"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.field} {self.version}"


class Presence(CaseRow):
    """Who opened which page of a round last, and when: shown to the others who write in it."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, db_index=False, related_name="present")
    user = models.BigIntegerField()
    name = models.CharField(max_length=200)
    part = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "assessment", "user"], name="presence_once_a_person"),
        ]

    def __str__(self) -> str:
        return self.name
