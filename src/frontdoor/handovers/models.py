"""The giver's slip with its history; the receiver's copy between councils, and the notices that travel to and fro."""

import uuid
from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.handovers import rules

UNSETTLED = models.Q(settled_at__isnull=True)
SENT = models.Q(state=rules.State.SENT.value)


class Handover(CaseRow):
    """Work on its way from one pair of hands to another; it is the giver's until it is accepted.

    Subject, teams and people are plain values. `summary` is one neutral line and needs no name; `payload` is the page
    that travels. `received_at` is the first receipt of what is passed, by any part of the service. `refusals` counts
    those of this work, also on slips that were withdrawn.
    """

    subject_kind = models.CharField(max_length=60)
    subject_key = models.UUIDField()
    summary = models.CharField(max_length=200)
    why = models.TextField()
    rating = models.CharField(max_length=10, blank=True)
    section47 = models.BooleanField(default=False)
    urgent = models.BooleanField(default=False)
    restricted = models.BooleanField(default=False)
    payload = models.JSONField(default=dict)

    from_team_id = models.BigIntegerField()
    from_user = models.BigIntegerField(null=True, blank=True)
    destination = models.CharField(max_length=30)
    route = models.CharField(max_length=40, blank=True)
    to_team_id = models.BigIntegerField(null=True, blank=True)
    to_user = models.BigIntegerField(null=True, blank=True)
    to_manager = models.BigIntegerField(null=True, blank=True)
    to_function = models.CharField(max_length=30)
    to_authority_id = models.SmallIntegerField()
    to_outside = models.CharField(max_length=200, blank=True)

    received_at = models.DateTimeField()
    first_sent_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    due_at = models.DateTimeField()
    leg = models.SmallIntegerField(default=1)
    refusals = models.SmallIntegerField(default=0)
    chased = models.SmallIntegerField(default=0)
    chased_at = models.DateTimeField(null=True, blank=True)

    state = models.CharField(max_length=12, choices=rules.STATES, default=rules.State.SENT.value)
    answered_by = models.BigIntegerField(null=True, blank=True)
    answered_name = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "due_at", "id"], name="handover_unsettled", condition=UNSETTLED),
            models.Index(fields=["authority_id", "to_team_id", "due_at", "id"], name="handover_inbox", condition=SENT),
            models.Index(
                fields=["authority_id", "to_team_id", "settled_at", "id"],
                name="handover_accepted",
                condition=models.Q(state=rules.State.ACCEPTED.value),
            ),
            models.Index(fields=["authority_id", "subject_key", "id"], name="handover_subject"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "subject_key", "destination", "route", "to_authority_id", "subject_kind"],
                name="handover_open_once",
                condition=UNSETTLED,
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["accepted", "withdrawn"], settled_at__isnull=False)
                | models.Q(state__in=["sent", "refused", "corrected", "escalated"], settled_at__isnull=True),
                name="handover_settled_when_accepted_or_withdrawn",
            ),
            models.CheckConstraint(
                condition=~(models.Q(urgent=True) & models.Q(state__in=["refused", "escalated"])),
                name="handover_urgent_is_never_refused",
            ),
            models.CheckConstraint(
                condition=models.Q(urgent=models.Q(section47=True) | models.Q(rating="red")),
                name="handover_urgent_is_red_or_section47",
            ),
            models.CheckConstraint(
                condition=models.Q(to_team_id__isnull=False, to_authority_id=models.F("authority_id"))
                | models.Q(to_team_id__isnull=True, destination="other_council"),
                name="handover_has_a_receiver",
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)


class Turn(CaseRow):
    """One line of a slip's history; written once.

    `manager` and `talked_at` are the conversation without which nothing is refused; `wrong` says what has to be put
    right. `by_name` stands for whoever answered in another council.
    """

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, db_index=False, related_name="turns")
    kind = models.CharField(max_length=12, choices=rules.TURNS)
    text = models.TextField(blank=True)
    wrong = models.CharField(max_length=10, choices=rules.WRONGS, blank=True)
    manager = models.CharField(max_length=200, blank=True)
    manager_id = models.BigIntegerField(null=True, blank=True)
    talked_at = models.DateTimeField(null=True, blank=True)
    by_user = models.BigIntegerField(null=True, blank=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "handover", "at", "id"], name="turn_of_handover")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(kind__in=["refused", "escalated"])
                | (~models.Q(manager="") & models.Q(talked_at__isnull=False) & ~models.Q(text="")),
                name="turn_refused_after_a_talk",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="corrected") | (~models.Q(wrong="") & ~models.Q(text="")),
                name="turn_corrected_says_what_is_wrong",
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class Copy(models.Model):
    """What another council passed to this one, and nothing more of theirs; the giver may insert it and never sees it.

    `authority_id` is the receiver. The key is made in Python, since RETURNING would need the right to read. `slip` is
    the giver's own key, by which the answer finds its way back. `received_at` is the giver's first receipt.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority_id = models.SmallIntegerField()
    from_authority_id = models.SmallIntegerField()
    slip = models.UUIDField()
    leg = models.SmallIntegerField()
    subject_kind = models.CharField(max_length=60)
    function = models.CharField(max_length=30)
    summary = models.CharField(max_length=200)
    why = models.TextField()
    rating = models.CharField(max_length=10, blank=True)
    section47 = models.BooleanField()
    urgent = models.BooleanField()
    payload = models.JSONField()
    sent_by = models.CharField(max_length=300)
    received_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    due_at = models.DateTimeField()

    state = models.CharField(max_length=12, choices=rules.STATES, default=rules.State.SENT.value)
    answered_by = models.BigIntegerField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    wrong = models.CharField(max_length=10, choices=rules.WRONGS, blank=True)
    manager = models.CharField(max_length=200, blank=True)
    talked_at = models.DateTimeField(null=True, blank=True)
    recalled_at = models.DateTimeField(null=True, blank=True)
    recalled_by = models.CharField(max_length=300, blank=True)
    recalled_why = models.TextField(blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        verbose_name_plural = "copies"
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "due_at", "id"], name="copy_inbox", condition=SENT),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "from_authority_id", "slip", "leg"], name="copy_once_a_leg"
            ),
            models.CheckConstraint(
                condition=~models.Q(authority_id=models.F("from_authority_id")), name="copy_between_two_councils"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["refused", "escalated"])
                | (models.Q(urgent=False, talked_at__isnull=False) & ~models.Q(manager="") & ~models.Q(answer="")),
                name="copy_refused_after_a_talk",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def key(self) -> uuid.UUID:
        """What addresses and the trail call it."""
        return self.id


class Notice(models.Model):
    """What one council tells the other about a slip: the answer to the giver, a withdrawal to the receiver.

    It travels as a copy does: inserted under the sender's council, read by the receiver's alone. A job acts on it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority_id = models.SmallIntegerField()
    from_authority_id = models.SmallIntegerField()
    slip = models.UUIDField()
    leg = models.SmallIntegerField()
    kind = models.CharField(max_length=12, choices=rules.STATES)
    text = models.TextField(blank=True)
    wrong = models.CharField(max_length=10, choices=rules.WRONGS, blank=True)
    manager = models.CharField(max_length=200, blank=True)
    talked_at = models.DateTimeField(null=True, blank=True)
    said_by = models.CharField(max_length=300)
    said_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["authority_id", "said_at"], name="notice_not_taken", condition=models.Q(taken_at__isnull=True)
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(authority_id=models.F("from_authority_id")), name="notice_between_two_councils"
            )
        ]

    def __str__(self) -> str:
        return self.kind

    @property
    def key(self) -> uuid.UUID:
        """What the trail calls it."""
        return self.id
