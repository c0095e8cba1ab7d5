"""A family's way up and down: each step-down, each status, and how it goes after."""

from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.earlyhelp.models import Episode
from frontdoor.familyhelp.rules import checking, standing
from frontdoor.referrals.models import Referral

OPEN = models.Q(settled_at__isnull=True)


class StepDown(CaseRow):
    """One step-down from a referral: the meeting, the plan, who leads from now on, and the hub's answer.

    `slip` is what went to the hub; `said` the hub's last words on it. `episode` is the help that opened or was joined.
    What was agreed at the meeting is never changed.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, db_index=False, related_name="step_downs")
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="step_downs"
    )
    slip = models.UUIDField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=standing.STATES, default=standing.State.SENT.value)
    said = models.TextField(blank=True)
    came_from = models.CharField(max_length=10, choices=standing.FROM)
    held_on = models.DateField()
    there = models.TextField()
    family_there = models.BooleanField()
    family_why = models.CharField(max_length=300, blank=True)
    plan = models.TextField()
    heard = models.TextField(blank=True)
    unheard = models.CharField(max_length=300, blank=True)
    lead_name = models.CharField(max_length=200)
    lead_agency = models.CharField(max_length=200)
    by_user = models.BigIntegerField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "referral", "id"], name="step_down_of_referral"),
            models.Index(fields=["authority_id", "episode", "id"], name="step_down_of_episode"),
            models.Index(fields=["authority_id", "settled_at", "id"], name="step_down_settled"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "referral"], name="step_down_one_at_a_time", condition=OPEN
            ),
            models.UniqueConstraint(fields=["authority_id", "slip"], name="step_down_once_a_slip"),
            models.CheckConstraint(
                condition=models.Q(state__in=["accepted", "withdrawn"], settled_at__isnull=False)
                | models.Q(state__in=["sent", "back"], settled_at__isnull=True),
                name="step_down_settled_when_its_state_is",
            ),
            models.CheckConstraint(
                condition=models.Q(family_there=True) | ~models.Q(family_why=""), name="step_down_family_or_says_why"
            ),
            models.CheckConstraint(
                condition=~models.Q(heard="") | ~models.Q(unheard=""), name="step_down_heard_or_says_why_not"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.key)


class Standing(CaseRow):
    """In which status a family is helped from a time on, and why. Written once: the newest stands."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, db_index=False, related_name="standings")
    status = models.CharField(max_length=10, choices=standing.STATUSES)
    since = models.DateTimeField()
    why = models.TextField()
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+"
    )
    by_user = models.BigIntegerField(null=True, blank=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "episode", "id"], name="standing_of_episode")]

    def __str__(self) -> str:
        return self.status


class Check(CaseRow):
    """A time at which somebody asks how it goes, after a step-down or after help that ended as reached."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, db_index=False, related_name="checks")
    origin = models.CharField(max_length=10, choices=checking.ORIGINS)
    which = models.CharField(max_length=8, choices=checking.WHICH)
    since = models.DateTimeField()
    state = models.CharField(max_length=10, choices=checking.STATES, default=checking.DUE)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "episode", "id"], name="check_of_episode"),
            models.Index(
                fields=["authority_id", "since", "id"], name="check_due", condition=models.Q(state=checking.DUE)
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "episode", "origin", "which", "since"], name="check_once_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.which


class Asking(CaseRow):
    """What came of asking: reached or not, whether the change is kept up, who says so. Written once."""

    check_of = models.ForeignKey(Check, on_delete=models.PROTECT, db_index=False, related_name="askings")
    reached = models.BooleanField()
    kept = models.CharField(max_length=8, choices=checking.ANSWERS, blank=True)
    who = models.CharField(max_length=200, blank=True)
    heard = models.TextField(blank=True)
    unheard = models.CharField(max_length=300, blank=True)
    words = models.TextField()
    by_user = models.BigIntegerField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "check_of", "id"], name="asking_of_check")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(reached=False, kept="")
                | (models.Q(reached=True) & ~models.Q(kept="") & ~models.Q(who="")),
                name="asking_reached_says_what_and_who",
            ),
        ]

    def __str__(self) -> str:
        return self.kept
