"""What goes out and what became of it. The person told is a reference into a compartment that another room keeps."""

from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.letters import rules
from frontdoor.letters.rules.ledger import WENT

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


class SafeContact(CaseRow):
    """A rule about reaching one person: which way, never or when, a code word, and who set it down, why.

    The person is a reference (kind and key) into a compartment that another room keeps. A rule holds until somebody
    ends it: `review_on` brings it back to be looked at, and ends nothing.
    """

    subject_kind = models.CharField(max_length=60)
    subject_key = models.UUIDField()
    way = models.CharField(max_length=10, choices=rules.WAYS)
    never = models.BooleanField()
    begins = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    code_word = models.CharField(max_length=60, blank=True)
    why = models.CharField(max_length=300)
    review_on = models.DateField(null=True, blank=True)
    set_by = models.BigIntegerField()
    set_at = models.DateTimeField()
    ended_by = models.BigIntegerField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["authority_id", "subject_key"], name="safe_standing", condition=models.Q(ended_at__isnull=True)
            ),
            models.Index(
                fields=["authority_id", "review_on"], name="safe_review",
                condition=models.Q(ended_at__isnull=True, review_on__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.key)


class DataKey(CaseRow):
    """A council's own key for what is sealed in its rows, wrapped by a key that lies outside the database.

    :param master: which key outside wrapped it, by its fingerprint
    """

    master = models.CharField(max_length=16)
    nonce = models.BinaryField(max_length=12)
    wrapped = models.BinaryField(max_length=64)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id"], name="data_key_one_in_use", condition=models.Q(retired_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return str(self.key)


class ProtectedAddress(CaseRow):
    """Where somebody lives who must not be found: sealed, and bound to its council and row. No plain column holds it.

    :param marks: keyed digests of its postcode and first line, by which a text is searched for it
    :param set_by: null where whoever told us asked for it, and no colleague was there
    """

    subject_kind = models.CharField(max_length=60)
    subject_key = models.UUIDField()
    data_key = models.UUIDField()
    nonce = models.BinaryField(max_length=12)
    sealed = models.BinaryField(max_length=2_500)
    marks = models.JSONField(default=list)
    why = models.CharField(max_length=300)
    set_by = models.BigIntegerField(null=True, blank=True)
    set_at = models.DateTimeField()
    ended_by = models.BigIntegerField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "subject_key", "subject_kind"],
                name="protected_one_a_person",
                condition=models.Q(ended_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return str(self.key)


class Given(CaseRow):
    """Something about somebody that was given away, or decided not to be, and of which no other row tells. Once.

    `child` is the key of the row that the contact has of them; empty where it is about everybody in the matter. Of what
    was given the summary stands here, never the words.
    """

    subject_kind = models.CharField(max_length=60)
    subject_key = models.UUIDField()
    child = models.UUIDField(null=True, blank=True)
    went = models.CharField(max_length=10, choices=WENT)
    what = models.CharField(max_length=300)
    to_whom = models.CharField(max_length=200)
    agency = models.CharField(max_length=200, blank=True)
    why = models.CharField(max_length=500)
    basis = models.CharField(max_length=300, blank=True)
    how = models.CharField(max_length=60, blank=True)
    made_by = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "given"
        indexes: ClassVar = [models.Index(fields=["authority_id", "subject_key", "at"], name="given_of_subject")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(to_whom="") & ~models.Q(why=""), name="given_says_whom_and_why")
        ]

    def __str__(self) -> str:
        return self.what
