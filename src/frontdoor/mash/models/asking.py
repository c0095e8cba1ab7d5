"""Agencies that a council asks, on which grounds it asks them, what it asked, and what they replied."""

from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.mash.models.enquiries import Enquiry, Subject
from frontdoor.mash.rules.asking import grounds, replies, sets, states


class Desk(CaseRow):
    """An agency that this council asks: what it looks into, when it is always asked, under which agreement, its desk.

    `agency` is the key of `organisations.Agency`: one agency has a row for each council that asks it. The grounds are
    what its sharing agreement says; they fill in the grounds of an enquiry. `covers` names the schools or services for
    which it answers, one a line. `other_side` says that it works with people who pose a risk.
    """

    agency = models.UUIDField()
    name = models.CharField(max_length=200)
    line = models.CharField(max_length=20, choices=sets.LINES)
    covers = models.TextField(blank=True)
    other_side = models.BooleanField(default=False)
    ratings = models.JSONField(default=list)
    agreement = models.CharField(max_length=200)
    agreement_version = models.CharField(max_length=60)
    basis = models.CharField(max_length=20, choices=grounds.BASES, blank=True)
    condition = models.CharField(max_length=20, choices=grounds.CONDITIONS, blank=True)
    necessity = models.TextField(blank=True)
    proportionality = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    out_of_hours = models.CharField(max_length=40, blank=True)
    lead_name = models.CharField(max_length=200, blank=True)
    lead_email = models.EmailField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "line", "name"], name="desk_line")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "agency", "starts_on"], name="desk_once_from_a_day"),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="desk_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Capacity(CaseRow):
    """What an agency says that it can do today: a line, from whom, when. Written once; the newest of the day holds."""

    agency = models.UUIDField()
    line = models.CharField(max_length=200)
    said_by = models.CharField(max_length=200)
    user_id = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "capacities"
        indexes: ClassVar = [models.Index(fields=["authority_id", "agency", "-at"], name="capacity_newest")]

    def __str__(self) -> str:
        return self.line


class Agreement(CaseRow):
    """Whether the family agreed to checks with agencies, as it stands from then on; what was agreed may be taken back.

    A record of its own beside the lawful basis, which is not consent (domain 1.5). Written once; the newest holds.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, db_index=False, related_name="agreements")
    position = models.CharField(max_length=12, choices=grounds.POSITIONS)
    words = models.CharField(max_length=500)
    by_user = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "enquiry", "-at"], name="agreement_of_enquiry")]

    def __str__(self) -> str:
        return self.position


class Dispensing(CaseRow):
    """A manager's decision to ask without agreement, made before the first request leaves. Written once.

    Source: AB v Haringey [2013] EWHC 416 (Admin).
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, db_index=False, related_name="dispensings")
    position = models.CharField(max_length=12, choices=grounds.POSITIONS)
    why = models.TextField()
    on_refusal = models.TextField(blank=True)
    decided_by = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "enquiry", "-at"], name="dispensing_of_enquiry")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(position="given") & ~models.Q(why=""), name="dispensing_says_why"
            )
        ]

    def __str__(self) -> str:
        return self.position


class Grounds(CaseRow):
    """On which grounds agencies are asked: once for an enquiry, for one agency only where it differs. The newest holds.

    `duty` says that the duty to share of 2026 was in force when it was written.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, db_index=False, related_name="grounds")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+")
    purpose = models.CharField(max_length=300)
    basis = models.CharField(max_length=20, choices=grounds.BASES)
    condition = models.CharField(max_length=20, choices=grounds.CONDITIONS)
    necessity = models.TextField()
    proportionality = models.TextField()
    agreement = models.CharField(max_length=200, blank=True)
    agreement_version = models.CharField(max_length=60, blank=True)
    duty = models.BooleanField(default=False)
    by_user = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "grounds"
        indexes: ClassVar = [models.Index(fields=["authority_id", "enquiry", "-at"], name="grounds_of_enquiry")]

    def __str__(self) -> str:
        return self.purpose


class LeftOut(CaseRow):
    """An agency of the proposed set that is not asked, and why. Written once."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, db_index=False, related_name="left_out")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, db_index=False, related_name="+")
    why = models.CharField(max_length=500)
    by_user = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "left out"
        indexes: ClassVar = [models.Index(fields=["authority_id", "enquiry", "-at"], name="left_out_of_enquiry")]
        constraints: ClassVar = [models.CheckConstraint(condition=~models.Q(why=""), name="left_out_says_why")]

    def __str__(self) -> str:
        return self.why


class Request(CaseRow):
    """One request to one agency for the whole family. The agency reads it; only we change it.

    `sent_at`, `opened_at` and `answered_at` are the three hands of inspection line 3, each with a clock of its own.
    `told_at` is when a reply was taken by telephone, which stops the chasing until the agency has confirmed it.
    `other_side` says that the agency works with whoever may pose the risk: nothing of where the others are, or of a
    victim's safety, goes to it.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, db_index=False, related_name="requests")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, db_index=False, related_name="requests")
    agency = models.UUIDField()
    reference = models.CharField(max_length=60)
    rating = models.CharField(max_length=10)
    question = models.TextField()
    since = models.DateField(null=True, blank=True)
    why_asked = models.CharField(max_length=300)
    duty = models.BooleanField(default=False)
    other_side = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=states.STATES, default=states.State.SENT.value)
    sent_by = models.BigIntegerField()
    sent_at = models.DateTimeField()
    due_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    chased_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_why = models.CharField(max_length=300, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "enquiry", "sent_at", "id"], name="asking_of_enquiry"),
            models.Index(fields=["authority_id", "agency", "due_at", "id"], name="asking_of_agency"),
            models.Index(fields=["authority_id", "sent_at", "id"], name="asking_sent"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "enquiry", "agency"], name="asking_once_an_agency",
                condition=models.Q(stopped_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=models.Q(stopped_at__isnull=True, stopped_why="")
                | models.Q(stopped_at__isnull=False) & ~models.Q(stopped_why=""),
                name="asking_stopped_says_why",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.reference


class Asked(CaseRow):
    """One person about whom a request asks; names stand with the contact and in the index of people, never here."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, db_index=False, related_name="people")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, db_index=False, related_name="+")
    agency = models.UUIDField()
    is_child = models.BooleanField()
    position = models.SmallIntegerField()

    class Meta:
        verbose_name_plural = "asked"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "request", "subject"], name="asked_once_a_request")
        ]

    def __str__(self) -> str:
        return str(self.key)


class Opening(CaseRow):
    """Somebody of the agency opened a request. Written once."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, db_index=False, related_name="openings")
    agency = models.UUIDField()
    user_id = models.BigIntegerField(null=True, blank=True)
    name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "request", "at"], name="opening_of_request")]

    def __str__(self) -> str:
        return self.name


class Reply(CaseRow):
    """What an agency said about one person. Written once: a correction or a withdrawal is a new row, the first is kept.

    Several may stand beside each other for one person, each with its own handling mark.
    """

    request = models.ForeignKey(Request, on_delete=models.PROTECT, db_index=False, related_name="replies")
    asked = models.ForeignKey(Asked, on_delete=models.PROTECT, db_index=False, related_name="replies")
    agency = models.UUIDField()
    kind = models.CharField(max_length=14, choices=replies.KINDS)
    reason = models.CharField(max_length=500, blank=True)
    facts = models.TextField(blank=True)
    analysis = models.TextField(blank=True)
    protective = models.TextField(blank=True)
    mark = models.CharField(max_length=20, choices=replies.MARKS, default="professionals")
    family_may_see = models.BooleanField(null=True, blank=True)
    partners_may_see = models.BooleanField(default=False)
    how = models.CharField(max_length=12, choices=replies.HOW)
    said_by = models.CharField(max_length=200)
    user_id = models.BigIntegerField(null=True, blank=True)
    supersedes = models.ForeignKey(
        "self", on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+"
    )
    withdrawn = models.BooleanField(default=False)
    why = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "replies"
        indexes: ClassVar = [models.Index(fields=["authority_id", "request", "at", "id"], name="reply_of_request")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(partners_may_see=False) | ~models.Q(mark__in=sorted(replies.KEPT_APART)),
                name="reply_kept_apart_is_not_shared",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn=False) | models.Q(supersedes__isnull=False) & ~models.Q(why=""),
                name="reply_withdrawn_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class Confirmation(CaseRow):
    """The agency says whether what we wrote down of its words is right. Written once."""

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, db_index=False, related_name="confirmations")
    agency = models.UUIDField()
    agrees = models.BooleanField()
    words = models.CharField(max_length=500, blank=True)
    user_id = models.BigIntegerField(null=True, blank=True)
    name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "reply", "at"], name="confirmation_of_reply")]

    def __str__(self) -> str:
        return self.name
