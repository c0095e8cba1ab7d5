"""Two acts by two people, recommendation and decision; what both rest on; and protection that waits for neither."""

from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.contacts.models.arrivals import Contact, Matter, Named
from frontdoor.contacts.rules import samples, states


class Agreement(CaseRow):
    """Agreement to a service or a referral, per person and purpose; it is no basis for sharing data (domain 1.5)."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, db_index=False, related_name="agreements")
    named = models.ForeignKey(
        Named,
        on_delete=models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="agreements",
    )
    purpose = models.CharField(max_length=60)
    status = models.CharField(max_length=20, choices=states.AGREEMENTS)
    given_by = models.CharField(max_length=200, blank=True)
    reason_not_sought = models.CharField(max_length=300, blank=True)
    limits = models.CharField(max_length=1_000, blank=True)
    recorded_by = models.BigIntegerField(null=True, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "contact"], name="agreement_contact")]

    def __str__(self) -> str:
        return self.status


class LawfulBasis(CaseRow):
    """Why data may be used or shared: purpose, basis, necessity, proportionality, who decided (domain 1.5, 9.1)."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, db_index=False, related_name="bases")
    purpose = models.CharField(max_length=200)
    basis = models.CharField(max_length=60, choices=states.BASES)
    necessity = models.CharField(max_length=500)
    proportionality = models.CharField(max_length=500)
    decided_by = models.BigIntegerField()
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "lawful bases"
        indexes: ClassVar = [models.Index(fields=["authority_id", "contact"], name="basis_contact")]

    def __str__(self) -> str:
        return self.basis


class Recommendation(CaseRow):
    """What a social worker recommends for one child, and why, in parts."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, db_index=False, related_name="recommendations")
    outcome = models.CharField(max_length=30)
    secondary = models.JSONField(default=list)
    specialist_route = models.CharField(max_length=40, blank=True)
    known = models.TextField()
    means = models.TextField()
    decided = models.TextField()
    change_mind = models.TextField(blank=True)
    voice = models.TextField(blank=True)
    voice_missing = models.CharField(max_length=300, blank=True)
    history = models.TextField(blank=True)
    threshold_level = models.CharField(max_length=2)
    threshold_version = models.CharField(max_length=60)
    rating = models.CharField(max_length=10, blank=True)
    detail = models.TextField(blank=True)
    made_by = models.BigIntegerField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "matter"],
                name="recommendation_one_standing",
                condition=models.Q(ended_at__isnull=True),
            )
        ]
        indexes: ClassVar = [models.Index(fields=["authority_id", "matter"], name="recommendation_matter")]

    def __str__(self) -> str:
        return self.outcome


class Snapshot(CaseRow):
    """What was known at the moment of a decision: canonical JSON of at most 1 MB, frozen, hashed over its bytes."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, db_index=False, related_name="snapshots")
    schema = models.SmallIntegerField()
    content = models.BinaryField(max_length=1_048_576)
    hash = models.BinaryField(max_length=32)
    taken_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "contact"], name="snapshot_contact")]

    def __str__(self) -> str:
        return str(self.key)


class Decision(CaseRow):
    """A manager's decision for one child: it is the sign-off. Editing it or its grounds voids it and keeps it.

    `sample_share` is the percentage with which a decision by one key was drawn for reading again; null for all others.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, db_index=False, related_name="decisions")
    recommendation = models.ForeignKey(
        Recommendation,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="decisions",
    )
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, db_index=False, related_name="decisions")
    outcome = models.CharField(max_length=30)
    secondary = models.JSONField(default=list)
    specialist_route = models.CharField(max_length=40, blank=True)
    rating = models.CharField(max_length=10, blank=True)
    detail = models.TextField(blank=True)
    other_council = models.SmallIntegerField(null=True, blank=True)
    worker = models.BigIntegerField(null=True, blank=True)
    manager = models.BigIntegerField(null=True, blank=True)
    agreed = models.BooleanField()
    why_different = models.TextField(blank=True)
    risk_seen = models.TextField(blank=True)
    direction = models.TextField(blank=True)
    missing = models.TextField(blank=True)
    threshold_level = models.CharField(max_length=2)
    threshold_version = models.CharField(max_length=60)
    matter_version = models.IntegerField()
    sampled = models.BooleanField(default=False)
    sample_share = models.SmallIntegerField(null=True, blank=True)
    same_words = models.SmallIntegerField(default=0)
    made_by = models.BigIntegerField()
    made_at = models.DateTimeField()
    confirmed_by = models.BigIntegerField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_why = models.CharField(max_length=300, blank=True)
    addendum = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "matter"],
                name="decision_one_standing",
                condition=models.Q(voided_at__isnull=True),
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "matter"], name="decision_matter"),
            models.Index(fields=["authority_id", "made_by", "made_at"], name="decision_maker"),
            models.Index(
                fields=["authority_id", "made_at", "id"],
                name="decision_drawn",
                condition=models.Q(sample_share__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.outcome


class Review(CaseRow):
    """What another manager said who read a decision by one key again. Written once."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, db_index=False, related_name="reviews")
    answer = models.CharField(max_length=10, choices=samples.ANSWERS)
    words = models.TextField(blank=True)
    reviewed_by = models.BigIntegerField()
    reviewed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "decision"], name="review_once_a_decision"),
            models.CheckConstraint(condition=models.Q(answer="agree") | ~models.Q(words=""), name="review_says_why"),
        ]

    def __str__(self) -> str:
        return self.answer


class Protection(CaseRow):
    """Immediate protection or a strategy discussion, started in one action; what is filled in later is marked so."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, db_index=False, related_name="protections")
    kind = models.CharField(max_length=30, choices=states.PROTECTIONS)
    reason = models.CharField(max_length=500)
    with_whom = models.CharField(max_length=200)
    started_by = models.BigIntegerField()
    started_at = models.DateTimeField()
    recorded_after = models.TextField(blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    overseen_by = models.BigIntegerField(null=True, blank=True)
    overseen_at = models.DateTimeField(null=True, blank=True)
    oversight = models.TextField(blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "contact"], name="protection_contact"),
            models.Index(
                fields=["authority_id", "started_at"],
                name="protection_unseen",
                condition=models.Q(overseen_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class Pattern(CaseRow):
    """A manager's reasoned decision on repeat contacts: what changed, what each response was, whether it helped."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, db_index=False, related_name="patterns")
    counted = models.SmallIntegerField()
    rule = models.CharField(max_length=300)
    changed = models.TextField()
    responses = models.TextField()
    helped = models.TextField()
    conclusion = models.TextField()
    made_by = models.BigIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "contact"], name="pattern_contact")]

    def __str__(self) -> str:
        return str(self.counted)
