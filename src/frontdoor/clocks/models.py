"""Clocks, their pauses and events, and the heartbeat of the sweep.

Subjects, teams and people are plain values without foreign keys, since clocks lie below the rooms that start them. Keys
are made in Python: the portal's role starts clocks and may read nothing back.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from frontdoor.clocks.rules import Escalation, Step

RUNNING = Q(stopped_at__isnull=True)


class Ended(models.TextChoices):
    """Why a clock stopped."""

    DONE = "done", "Done"
    REPLACED = "replaced", "Replaced by a shorter one"
    NOT_NEEDED = "not_needed", "No longer needed"
    MISTAKE = "mistake", "Its matter was entered by mistake"


class Outcome(models.TextChoices):
    """How a clock stopped."""

    IN_TIME = "in_time", "In time"
    LATE = "late", "Late"


class Clock(models.Model):
    """One deadline. It keeps the rule that made it; once stopped, its result stands for ever.

    `due_at` and `half_at` hold every ended pause; `rings_at` is when the sweep has something to say next, null while
    paused and when all has been said. `label` names the matter on a board and holds nobody's name.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority_id = models.SmallIntegerField()
    kind = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_key = models.CharField(max_length=64)
    label = models.CharField(max_length=120, default="")
    team_id = models.BigIntegerField(null=True)
    owner_id = models.BigIntegerField(null=True)
    unit = models.CharField(max_length=20)
    length = models.IntegerField()
    day_end = models.CharField(max_length=10)
    counting = models.CharField(max_length=10)
    rule_version = models.CharField(max_length=30)
    started_at = models.DateTimeField()
    half_at = models.DateTimeField()
    due_at = models.DateTimeField()
    rings_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    ended = models.CharField(max_length=12, choices=Ended.choices, default="")
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default="")
    late_reason = models.CharField(max_length=30, default="")
    late_note = models.CharField(max_length=500, default="")
    explained_by = models.CharField(max_length=80, default="")
    explained_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "team_id", "due_at", "id"], name="clock_of_team", condition=RUNNING),
            models.Index(fields=["authority_id", "kind", "due_at", "id"], name="clock_of_kind", condition=RUNNING),
            models.Index(
                fields=["authority_id", "owner_id", "due_at", "id"],
                name="clock_of_owner",
                condition=RUNNING & Q(owner_id__isnull=False),
            ),
            models.Index(
                fields=["authority_id", "due_at", "id"],
                name="clock_paused",
                condition=RUNNING & Q(paused_at__isnull=False),
            ),
            models.Index(
                fields=["authority_id", "rings_at"],
                name="clock_to_ring",
                condition=RUNNING & Q(rings_at__isnull=False),
            ),
            models.Index(
                fields=["authority_id", "stopped_at"],
                name="clock_late_unexplained",
                condition=Q(outcome=Outcome.LATE, late_reason=""),
            ),
            models.Index(
                fields=["authority_id", "-explained_at", "id"], name="clock_explained", condition=~Q(late_reason="")
            ),
            models.Index(fields=["authority_id", "subject_key"], name="clock_of_subject"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "subject_key", "subject_kind", "kind"],
                name="clock_runs_once_a_subject",
                condition=RUNNING,
            ),
            models.CheckConstraint(
                condition=Q(started_at__lte=F("half_at"), half_at__lte=F("due_at")), name="clock_in_order"
            ),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True, outcome="", ended="")
                | (Q(stopped_at__isnull=False) & ~Q(outcome="") & ~Q(ended="")),
                name="clock_stopped_has_outcome",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True) | Q(paused_at__isnull=True, rings_at__isnull=True),
                name="clock_stopped_is_still",
            ),
            models.CheckConstraint(
                condition=Q(late_reason="") | ~Q(explained_by="") & Q(explained_at__isnull=False),
                name="clock_explained_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.label}"


class Pause(models.Model):
    """A time in which a clock stood still, why, and by whose word (`user:12`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority_id = models.SmallIntegerField()
    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="pauses", db_index=False)
    reason = models.CharField(max_length=30)
    note = models.CharField(max_length=500, default="")
    paused_by = models.CharField(max_length=80, default="")
    paused_at = models.DateTimeField()
    resumed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "clock", "paused_at"], name="pause_of_clock")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "clock"], name="pause_runs_once", condition=Q(resumed_at__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(resumed_at__isnull=True) | Q(resumed_at__gte=F("paused_at")), name="pause_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason} from {self.paused_at}"


class Happening(models.TextChoices):
    """What can happen to a clock by time alone."""

    HALF = "half", "Half of the time has gone"
    BREACH = "breach", "The time has passed"


class Event(models.Model):
    """A passed half-time or deadline, once for each clock; `told_at` is when those who had to hear of it were told.

    `at` is the time that passed, `noticed_at` when it was seen.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority_id = models.SmallIntegerField()
    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="events", db_index=False)
    event = models.CharField(max_length=10, choices=Happening.choices)
    at = models.DateTimeField()
    noticed_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "noticed_at"], name="event_untold", condition=Q(told_at__isnull=True)),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "clock", "event"], name="event_once_a_clock")
        ]

    def __str__(self) -> str:
        return f"{self.event} at {self.at}"


class Sweep(models.Model):
    """The heartbeat: when a council's clocks were last swept, and by which settings they were worked out."""

    authority_id = models.SmallIntegerField()
    swept_at = models.DateTimeField()
    mark = models.CharField(max_length=8, default="")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["authority_id"], name="sweep_once_a_council")]

    def __str__(self) -> str:
        return f"{self.authority_id} at {self.swept_at}"


UNSEEN = Q(seen_at__isnull=True, overtaken_at__isnull=True)


class ClockNotice(models.Model):
    """That one person is to know of one step of a clock, and whether they have seen it.

    One row for each clock, step and person. Where nobody who reaches the council held the role it stands without a
    person, and the managers see it; so too when its person has gone. `turn` tells apart what may happen to a clock more
    than once. A later step overtakes an earlier one that nobody has seen. `message` is the message that told of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority_id = models.SmallIntegerField()
    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="notices", db_index=False)
    step = models.CharField(max_length=10, choices=[(step.value, step.words) for step in Step])
    turn = models.SmallIntegerField(default=0)
    user_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=20, choices=[(role.value, role.words) for role in Escalation])
    danger = models.BooleanField(default=False)
    told_at = models.DateTimeField()
    overtaken_at = models.DateTimeField(null=True)
    wants_message = models.BooleanField(default=False)
    message = models.UUIDField(null=True)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.BigIntegerField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "user_id", "-told_at", "-id"], name="notice_unseen", condition=UNSEEN),
            models.Index(
                fields=["authority_id", "seen_by", "-seen_at"],
                name="notice_seen",
                condition=Q(seen_at__isnull=False),
            ),
            models.Index(
                fields=["authority_id", "user_id"],
                name="notice_to_message",
                condition=Q(wants_message=True, message__isnull=True),
            ),
            models.Index(
                fields=["authority_id", "message"], name="notice_of_message", condition=Q(message__isnull=False)
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "clock", "step", "turn", "user_id"], name="notice_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(seen_at__isnull=True, seen_by__isnull=True)
                | Q(seen_at__isnull=False, seen_by__isnull=False),
                name="notice_seen_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} of {self.clock_id}"
