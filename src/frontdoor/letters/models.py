"""What goes out and what became of it. The person told is a reference into a compartment that another room keeps."""

from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.letters import rules

OPEN = models.Q(settled_at__isnull=True)
ON_ITS_WAY = models.Q(state__in=[rules.State.TO_SEND.value, rules.State.SENDING.value])


class Letter(CaseRow):
    """One telling of one person: that it arrived, what was decided, when somebody rings back.

    Subject, recipient, team and people are plain values. No name, number or address of the recipient stands here: they
    are found when it is sent, and the words follow from kind, audience, route, `wording_version` and `facts`. `asked`
    is the route that the person had asked for when `route` was chosen. `findings` are the guard's marks when it last
    looked, `released` those that somebody let pass. Who made, held or settled it is null where a system did.
    """

    kind = models.CharField(max_length=30, choices=rules.KINDS)
    audience = models.CharField(max_length=20)
    subject_kind = models.CharField(max_length=60)
    subject_key = models.UUIDField()
    occasion = models.CharField(max_length=80, blank=True)
    recipient = models.UUIDField()
    reference = models.CharField(max_length=24)
    asked = models.CharField(max_length=20, choices=rules.ROUTES)
    route = models.CharField(max_length=20, choices=rules.ROUTES)
    wording_version = models.SmallIntegerField()
    facts = models.JSONField()
    state = models.CharField(max_length=15, choices=rules.STATES)
    findings = models.JSONField(default=list)
    released = models.JSONField(default=list)
    due_at = models.DateTimeField()
    clock_kind = models.CharField(max_length=60)
    clock_subject_kind = models.CharField(max_length=60)
    clock_subject_key = models.CharField(max_length=64)
    team_id = models.BigIntegerField()

    made_by = models.BigIntegerField(null=True, blank=True)
    made_at = models.DateTimeField()
    held_by = models.BigIntegerField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    held_why = models.CharField(max_length=300, blank=True)
    released_by = models.BigIntegerField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_why = models.CharField(max_length=300, blank=True)
    attempts = models.SmallIntegerField(default=0)
    uncertain = models.BooleanField(default=False)
    tried_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=20, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_digest = models.CharField(max_length=64, blank=True)
    told_whom = models.CharField(max_length=200, blank=True)
    said = models.TextField(blank=True)
    settled_by = models.BigIntegerField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_why = models.CharField(max_length=300, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "subject_key", "subject_kind", "recipient", "kind", "occasion"],
                name="letter_once_an_occasion",
                condition=~models.Q(state=rules.State.CANCELLED.value),
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "due_at", "id"], name="letter_open", condition=OPEN),
            models.Index(fields=["authority_id", "subject_key"], name="letter_subject"),
            models.Index(fields=["authority_id", "next_at"], name="letter_on_its_way", condition=ON_ITS_WAY),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"
