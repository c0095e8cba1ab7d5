"""What several agencies' knowledge comes to, who agrees, who is not waited for, what is recommended and decided."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from frontdoor.actors.models import CaseRow
from frontdoor.mash.models.asking import Request
from frontdoor.mash.models.enquiries import Enquiry, Subject
from frontdoor.mash.rules import deciding as rules


class Analysis(CaseRow):
    """One version of the analysis of an enquiry. Written once: what was agreed to an older one is kept and is void."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, db_index=False, related_name="+")
    number = models.SmallIntegerField()
    known = models.TextField()
    history = models.TextField()
    strengths = models.TextField()
    not_known = models.TextField()
    change_mind = models.TextField()
    why = models.TextField(blank=True)
    by_user = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "analyses"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "enquiry", "number"], name="analysis_once_a_number"),
            models.CheckConstraint(
                condition=~Q(known="") & ~Q(history="") & ~Q(strengths="") & ~Q(not_known="") & ~Q(change_mind=""),
                name="analysis_holds_every_part",
            ),
            models.CheckConstraint(condition=Q(number=1) | ~Q(why=""), name="analysis_again_says_why"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class Meaning(CaseRow):
    """What one version says of one child: what it means day to day, and the child's own words, dated. Written once."""

    analysis = models.ForeignKey(Analysis, on_delete=models.PROTECT, db_index=False, related_name="children")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, db_index=False, related_name="+")
    means = models.TextField()
    voice = models.TextField(blank=True)
    voice_on = models.DateField(null=True, blank=True)
    unheard = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "analysis", "subject"], name="meaning_once_a_child"),
            models.CheckConstraint(
                condition=~Q(means="")
                & (~Q(voice="") & Q(voice_on__isnull=False, unheard="") | Q(voice="") & ~Q(unheard="")),
                name="meaning_hears_the_child_or_says_why",
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)


class View(CaseRow):
    """Whether an agency agrees to a version of the analysis, in its own words. Written once; its newest word holds.

    `how` says whether the agency wrote it itself. What we wrote down stands until the agency's own word follows.
    """

    request = models.ForeignKey(Request, on_delete=models.PROTECT, db_index=False, related_name="+")
    analysis = models.ForeignKey(Analysis, on_delete=models.PROTECT, db_index=False, related_name="views")
    agency = models.UUIDField()
    agrees = models.BooleanField()
    words = models.TextField(blank=True)
    how = models.CharField(max_length=12, choices=rules.HOW)
    said_by = models.CharField(max_length=200)
    user_id = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "analysis", "at", "id"], name="view_of_analysis")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(agrees=True) | ~Q(words=""), name="view_against_says_why")
        ]

    def __str__(self) -> str:
        return "agrees" if self.agrees else "dissents"


class Waiting(CaseRow):
    """Whether a decision waits for a reply that is missing, and why, by whoever decides. Written once."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, db_index=False, related_name="+")
    waited = models.BooleanField()
    why = models.TextField()
    by_user = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "request", "at", "id"], name="waiting_of_request")]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(why=""), name="waiting_says_why")]

    def __str__(self) -> str:
        return self.why


class Recommendation(CaseRow):
    """What a social worker recommends for one child, resting on one version of the analysis. Ended, it is kept."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, db_index=False, related_name="+")
    analysis = models.ForeignKey(Analysis, on_delete=models.PROTECT, db_index=False, related_name="+")
    outcome = models.CharField(max_length=30)
    secondary = models.JSONField(default=list)
    specialist_route = models.CharField(max_length=40, blank=True)
    detail = models.TextField(blank=True)
    level = models.CharField(max_length=2)
    threshold_version = models.CharField(max_length=60)
    rationale = models.TextField()
    why_not_more = models.TextField()
    why_not_less = models.TextField()
    contingency = models.TextField()
    agreement = models.CharField(max_length=20, choices=rules.AGREEMENTS, blank=True)
    agreed_by = models.CharField(max_length=200, blank=True)
    made_by = models.BigIntegerField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.TextField(blank=True)
    ended_by = models.BigIntegerField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "subject", "made_at", "id"], name="recommendation_of_subject")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "subject"], name="mash_recommendation_one_standing",
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=~Q(rationale="") & ~Q(why_not_more="") & ~Q(why_not_less="") & ~Q(contingency="")
                & ~Q(level=""),
                name="mash_recommendation_gives_its_reasons",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(ended_why=""), name="mash_recommendation_ended_says_why"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.outcome


class Snapshot(CaseRow):
    """What lay before whoever decided, frozen: canonical JSON, hashed over its bytes. Written once.

    It holds keys, states and times. What agencies said is written once where it stands, and is read there by its key,
    behind the walls of whoever reads it.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, db_index=False, related_name="+")
    schema = models.SmallIntegerField()
    content = models.BinaryField(max_length=1_048_576)
    hash = models.BinaryField(max_length=32)
    taken_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "enquiry"], name="mash_snapshot_enquiry")]

    def __str__(self) -> str:
        return str(self.key)


class Decision(CaseRow):
    """A manager's decision for one child of an enquiry: it is the sign-off. Taken back or overtaken, it is kept.

    `recommended_by` is whoever recommended, and never whoever decides: the database holds it. `actioned_at` is when
    everything that it sent had been taken on.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, db_index=False, related_name="+")
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, db_index=False, related_name="+")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, db_index=False, related_name="+")
    outcome = models.CharField(max_length=30)
    secondary = models.JSONField(default=list)
    specialist_route = models.CharField(max_length=40, blank=True)
    detail = models.TextField(blank=True)
    other_council = models.SmallIntegerField(null=True, blank=True)
    worker = models.BigIntegerField(null=True, blank=True)
    manager = models.BigIntegerField(null=True, blank=True)
    rating = models.CharField(max_length=10)
    level = models.CharField(max_length=2)
    threshold_version = models.CharField(max_length=60)
    agreed = models.BooleanField()
    why_different = models.TextField(blank=True)
    risk_seen = models.TextField()
    direction = models.TextField()
    same_words = models.SmallIntegerField(default=0)
    recommended_by = models.BigIntegerField()
    made_by = models.BigIntegerField()
    made_at = models.DateTimeField()
    actioned_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_why = models.TextField(blank=True)
    voided_by = models.BigIntegerField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "subject", "made_at", "id"], name="decision_of_subject"),
            models.Index(fields=["authority_id", "made_by", "made_at"], name="mash_decision_maker"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "subject"], name="mash_decision_one_standing",
                condition=Q(voided_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=~Q(risk_seen="") & ~Q(direction=""), name="mash_decision_directs_something"
            ),
            models.CheckConstraint(condition=~Q(made_by=F("recommended_by")), name="mash_decision_is_by_another"),
            models.CheckConstraint(condition=Q(agreed=True) | ~Q(why_different=""), name="mash_decision_differs_why"),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True) | ~Q(voided_why=""), name="mash_decision_voided_says_why"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.outcome
