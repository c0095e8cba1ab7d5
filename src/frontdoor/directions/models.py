"""Directions and their history."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from frontdoor.actors.models import CaseRow
from frontdoor.directions import rules

UNSETTLED = Q(settled_at__isnull=True)
OPEN = Q(state=rules.State.OPEN.value)


class Direction(CaseRow):
    """Something that somebody has to do by a time, for a child where it is for a child.

    Subject and child are plain values: the decision, discussion or audit that it came from, and whom it is for. The
    owner is one of a person, a team, or a partner agency without an account. `first_due_at` is the time that was named
    first; asking, moving and reopening are counted, since a direction that drifts must be seen to.
    """

    subject_kind = models.CharField(max_length=60)
    subject_key = models.UUIDField()
    child_kind = models.CharField(max_length=60, blank=True)
    child_key = models.UUIDField(null=True, blank=True)
    what = models.TextField()
    owner_user = models.BigIntegerField(null=True, blank=True)
    owner_team = models.BigIntegerField(null=True, blank=True)
    owner_agency = models.CharField(max_length=200, blank=True)
    given_by = models.BigIntegerField(null=True, blank=True)
    given_at = models.DateTimeField()
    first_due_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=rules.STATES, default=rules.State.OPEN.value)
    done_by = models.BigIntegerField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    evidence = models.TextField(blank=True)
    asked = models.SmallIntegerField(default=0)
    moved = models.SmallIntegerField(default=0)
    reopened = models.SmallIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["authority_id", "owner_user", "due_at", "id"], name="direction_of_user", condition=OPEN
            ),
            models.Index(
                fields=["authority_id", "owner_team", "due_at", "id"], name="direction_of_team", condition=OPEN
            ),
            models.Index(
                fields=["authority_id", "given_by", "due_at", "id"], name="direction_given", condition=UNSETTLED
            ),
            models.Index(fields=["authority_id", "subject_key", "id"], name="direction_subject"),
            models.Index(
                fields=["authority_id", "child_key", "id"],
                name="direction_child",
                condition=Q(child_key__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(owner_user__isnull=False, owner_team__isnull=True, owner_agency="")
                | Q(owner_user__isnull=True, owner_team__isnull=False, owner_agency="")
                | (Q(owner_user__isnull=True, owner_team__isnull=True) & ~Q(owner_agency="")),
                name="direction_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "withdrawn"]) | (Q(done_at__isnull=False) & ~Q(evidence="")),
                name="direction_done_has_evidence",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["checked", "withdrawn"], settled_at__isnull=False)
                | Q(state__in=["open", "done"], settled_at__isnull=True),
                name="direction_settled_when_checked_or_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(child_key__isnull=True, child_kind="") | (Q(child_key__isnull=False) & ~Q(child_kind="")),
                name="direction_child_has_a_kind",
            ),
            models.CheckConstraint(condition=Q(due_at__gt=F("given_at")), name="direction_due_after_it_was_given"),
            models.CheckConstraint(condition=~Q(what=""), name="direction_says_what"),
        ]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def owner(self) -> rules.Assignee:
        """Whose it is."""
        return rules.Assignee(self.owner_user, self.owner_team, self.owner_agency)


class Turn(CaseRow):
    """One line of a direction's history; written once. `due_at` is the time that a move or reopening named."""

    direction = models.ForeignKey(Direction, on_delete=models.PROTECT, db_index=False, related_name="turns")
    kind = models.CharField(max_length=10, choices=rules.TURNS)
    text = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    by_user = models.BigIntegerField(null=True, blank=True)
    by_name = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "direction", "at", "id"], name="turn_of_direction")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(kind__in=["moved", "reopened", "withdrawn", "done"]) | ~Q(text=""),
                name="turn_of_direction_has_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.kind
