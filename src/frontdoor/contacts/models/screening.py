"""What is done before the decision: first looks, questions, call attempts, consultations, links, the night rota."""

import uuid
from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.contacts.models.arrivals import CallBack, Contact
from frontdoor.contacts.rules import states


class FirstLook(CaseRow):
    """A qualified worker's first reading: is there immediate danger, open to whom, and one line why."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, db_index=False, related_name="looks")
    danger = models.CharField(max_length=10, choices=states.ANSWERS)
    open_to = models.CharField(max_length=200, blank=True)
    line = models.CharField(max_length=300)
    looked_by = models.BigIntegerField()
    looked_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "contact"], name="first_look_contact")]

    def __str__(self) -> str:
        return self.danger


class Question(CaseRow):
    """Something asked of the referrer or an agency. Waiting stops no clock; unanswered, it is screened again."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, db_index=False, related_name="questions")
    asked_of = models.CharField(max_length=200)
    text = models.TextField()
    asked_by = models.BigIntegerField()
    asked_at = models.DateTimeField()
    answer_due_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=states.QUESTION_STATES)
    answer = models.TextField(blank=True)
    seen_or_heard = models.CharField(max_length=300, blank=True)
    changed_today = models.CharField(max_length=500, blank=True)
    settled_by = models.BigIntegerField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "contact"], name="question_contact"),
            models.Index(
                fields=["authority_id", "answer_due_at"],
                name="question_open",
                condition=models.Q(state="asked"),
            ),
        ]

    def __str__(self) -> str:
        return self.state


class Attempt(CaseRow):
    """One try at reaching somebody: whom, how, and what came of it; about a contact, or a call that was asked for."""

    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="attempts"
    )
    question = models.ForeignKey(
        Question,
        on_delete=models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="attempts",
    )
    call_back = models.ForeignKey(
        CallBack, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="attempts"
    )
    whom = models.CharField(max_length=200)
    outcome = models.CharField(max_length=20, choices=states.ATTEMPT_OUTCOMES)
    note = models.CharField(max_length=500, blank=True)
    tried_by = models.BigIntegerField()
    tried_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "contact"], name="attempt_contact"),
            models.Index(
                fields=["authority_id", "call_back"],
                name="attempt_call_back",
                condition=models.Q(call_back__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(contact__isnull=False) | models.Q(call_back__isnull=False),
                name="attempt_is_about_something",
            )
        ]

    def __str__(self) -> str:
        return self.outcome


class Consultation(CaseRow):
    """Advice by a qualified social worker, with or without names; it becomes a contact when a risk is described."""

    contact = models.ForeignKey(
        Contact,
        on_delete=models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="consultations",
    )
    named = models.BooleanField()
    asker = models.CharField(max_length=200)
    asker_agency = models.CharField(max_length=200, blank=True)
    question = models.TextField()
    asked_at = models.DateTimeField()
    advice = models.TextField(blank=True)
    referral_advised = models.BooleanField(null=True, blank=True)
    advised_by = models.BigIntegerField(null=True, blank=True)
    advised_at = models.DateTimeField(null=True, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "advised_at"], name="consultation_open"),
            models.Index(
                fields=["authority_id", "contact"],
                name="consultation_contact",
                condition=models.Q(contact__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)


class Link(CaseRow):
    """Two contacts of one council that belong together; a duplicate keeps its own time, source and referrer."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, db_index=False, related_name="links")
    other = models.ForeignKey(Contact, on_delete=models.PROTECT, db_index=False, related_name="linked_from")
    kind = models.CharField(max_length=20, choices=states.LINK_KINDS)
    why = models.CharField(max_length=300)
    made_by = models.BigIntegerField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "other"], name="link_other")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "contact", "other", "kind"],
                name="link_once",
                condition=models.Q(ended_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.kind


class Mistake(CaseRow):
    """That a contact was entered by mistake: one person says so and why, another agrees. The contact is never deleted.

    While `agreed_at` is empty nothing has changed: the contact waits and its clocks run. `ended_at` is when it was
    turned down, taken back or undone.
    """

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, db_index=False, related_name="mistakes")
    why = models.CharField(max_length=300)
    asked_by = models.BigIntegerField()
    asked_at = models.DateTimeField()
    agreed_by = models.BigIntegerField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.BigIntegerField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=300, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["authority_id", "agreed_at", "asked_at"],
                name="mistake_standing",
                condition=models.Q(ended_at__isnull=True),
            ),
            models.Index(fields=["authority_id", "contact"], name="mistake_contact"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "contact"],
                name="mistake_one_standing",
                condition=models.Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=models.Q(agreed_by__isnull=True) | ~models.Q(agreed_by=models.F("asked_by")),
                name="mistake_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)


class Shift(models.Model):
    """Who watches the night inbox from an hour until an hour. An hour without a name is itself an alarm."""

    authority_id = models.SmallIntegerField()
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user_id = models.BigIntegerField()
    phone = models.CharField(max_length=40, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    made_by = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "starts_at"], name="shift_start")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="shift_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return str(self.key)
