"""The plan with one family: goals and actions, what was agreed as it stood, what each person said, and reviews."""

from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.earlyhelp.models import Episode, Member
from frontdoor.familyhelp.models.team import Practitioner
from frontdoor.familyhelp.rules import planning


class Plan(CaseRow):
    """One plan for a family, whatever its status. `changed` says that it was changed since it was agreed last."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, db_index=False, related_name="plans")
    edition = models.SmallIntegerField(default=0)
    changed = models.BooleanField(default=True)
    review_at = models.DateTimeField(null=True, blank=True)
    version = models.IntegerField(default=1)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "episode"], name="plan_one_a_family"),
        ]

    def __str__(self) -> str:
        return str(self.key)


class Goal(CaseRow):
    """One thing that the family wants to be different, in its own words. `member` is null where it is everybody's."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, db_index=False, related_name="goals")
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+"
    )
    words = models.TextField()
    state = models.CharField(max_length=8, choices=planning.GOALS, default=planning.GoalState.OPEN.value)
    why = models.CharField(max_length=1_000, blank=True)
    version = models.IntegerField(default=1)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "plan", "id"], name="goal_of_plan")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(state="dropped") | ~models.Q(why=""), name="goal_dropped_says_why"
            )
        ]

    def __str__(self) -> str:
        return str(self.key)


class PlanAction(CaseRow):
    """What one person or one agency does until a day, and what came of it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, db_index=False, related_name="actions")
    goal = models.ForeignKey(
        Goal, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="actions"
    )
    meeting = models.ForeignKey(
        "familyhelp.Meeting", on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="actions"
    )
    what = models.TextField()
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+"
    )
    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+"
    )
    agency = models.CharField(max_length=200, blank=True)
    due_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=planning.OUTCOMES, blank=True)
    why = models.CharField(max_length=1_000, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    version = models.IntegerField(default=1)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "plan", "id"], name="action_of_plan")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(member__isnull=False, practitioner__isnull=True, agency="")
                | models.Q(member__isnull=True, practitioner__isnull=False, agency="")
                | models.Q(models.Q(member__isnull=True, practitioner__isnull=True), ~models.Q(agency="")),
                name="action_has_one_owner",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome__in=["not_done", "not_needed"]) | ~models.Q(why=""),
                name="action_not_done_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="", settled_at__isnull=True)
                | models.Q(~models.Q(outcome=""), settled_at__isnull=False),
                name="action_settled_when_it_is",
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)


class PlanLine(CaseRow):
    """One line of the history. Written once. `about` is the key of the goal, action or edition."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, db_index=False, related_name="lines")
    kind = models.CharField(max_length=10, choices=planning.LINES)
    about = models.UUIDField(null=True, blank=True)
    text = models.TextField(blank=True)
    by_user = models.BigIntegerField(null=True, blank=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "plan", "at", "id"], name="plan_line_of_plan")]

    def __str__(self) -> str:
        return self.kind


class PlanEdition(CaseRow):
    """The plan as it was agreed, to be read as it stood then (`planning.snapshot`). Written once."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, db_index=False, related_name="editions")
    number = models.SmallIntegerField()
    said = models.JSONField()
    by_user = models.BigIntegerField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "plan", "number"], name="edition_once_a_number"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class PlanWord(CaseRow):
    """What one person of the family said of an edition. Written once: the newest word stands."""

    edition = models.ForeignKey(PlanEdition, on_delete=models.PROTECT, db_index=False, related_name="words")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, db_index=False, related_name="+")
    agrees = models.CharField(max_length=10, choices=planning.SAYS)
    words = models.TextField(blank=True)
    by_user = models.BigIntegerField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "edition", "id"], name="plan_word_of_edition")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(agrees="yes") | ~models.Q(words=""), name="plan_word_says_why")
        ]

    def __str__(self) -> str:
        return self.agrees


class PlanReview(CaseRow):
    """One review with the family. Written once."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, db_index=False, related_name="reviews")
    held_on = models.DateField()
    well = models.TextField()
    worries = models.TextField()
    changes = models.TextField()
    leads_to = models.CharField(max_length=6, choices=planning.LEADS_TO)
    why = models.TextField()
    by_user = models.BigIntegerField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "plan", "id"], name="plan_review_of_plan")]

    def __str__(self) -> str:
        return self.leads_to


class ReviewVoice(CaseRow):
    """What one child said at a review, word for word, or why it was not asked. Written once."""

    review = models.ForeignKey(PlanReview, on_delete=models.PROTECT, db_index=False, related_name="voices")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, db_index=False, related_name="+")
    words = models.TextField(blank=True)
    unheard = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "review", "member"], name="voice_once_a_child"),
            models.CheckConstraint(
                condition=~models.Q(words="") | ~models.Q(unheard=""), name="voice_or_why_it_was_not_asked"
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)


class PlanPrint(CaseRow):
    """One time that an edition was printed for somebody. Written once; the ledger of disclosures reads it."""

    edition = models.ForeignKey(PlanEdition, on_delete=models.PROTECT, db_index=False, related_name="prints")
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+"
    )
    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+"
    )
    language = models.CharField(max_length=5)
    large = models.BooleanField()
    by_user = models.BigIntegerField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "edition", "id"], name="plan_print_of_edition")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(member__isnull=False, practitioner__isnull=True)
                | models.Q(member__isnull=True, practitioner__isnull=False),
                name="plan_print_is_for_one_person",
            )
        ]

    def __str__(self) -> str:
        return str(self.key)
