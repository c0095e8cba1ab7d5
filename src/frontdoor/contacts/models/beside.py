"""One incident with children of two councils: what was passed, and the bare references that travel to and fro."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from frontdoor.actors.models import CaseRow
from frontdoor.contacts.models.arrivals import Contact, Named
from frontdoor.contacts.rules import beside


class Shared(CaseRow):
    """That a contact and one of another council tell of one incident; `mirror` is the same on both sides.

    `slip` is the handover that carried the other council's children there, or brought ours; `ours` says whether this
    council gave it. `withdrawn_at`: it was taken back.
    """

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, db_index=False, related_name="shared")
    mirror = models.UUIDField()
    council = models.SmallIntegerField()
    slip = models.UUIDField()
    ours = models.BooleanField()
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "shared"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "contact", "council"], name="shared_once_a_council"),
            models.CheckConstraint(condition=~Q(authority_id=F("council")), name="shared_between_two_councils"),
        ]

    def __str__(self) -> str:
        return str(self.mirror)


class SharedChild(CaseRow):
    """One child whom somebody here said to be the other council's, and passed there. Written once."""

    shared = models.ForeignKey(Shared, on_delete=models.PROTECT, db_index=False, related_name="children")
    named = models.ForeignKey(Named, on_delete=models.PROTECT, db_index=False, related_name="+")
    slip = models.UUIDField()
    why = models.CharField(max_length=300)
    by_user = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "shared children"
        indexes: ClassVar = [models.Index(fields=["authority_id", "named"], name="sharedchild_named")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "slip", "named"], name="sharedchild_once_a_slip"),
            models.CheckConstraint(condition=~Q(why=""), name="sharedchild_says_why"),
        ]

    def __str__(self) -> str:
        return str(self.key)


class ReferenceSent(CaseRow):
    """What the other council was told of a record here: a kind, its key, its number and a word. Written once.

    No reference reaches the other council without such a row: the database asks for it.
    """

    shared = models.ForeignKey(Shared, on_delete=models.PROTECT, db_index=False, related_name="sent")
    kind = models.CharField(max_length=10, choices=beside.KINDS)
    record = models.UUIDField()
    number = models.CharField(max_length=40)
    word = models.CharField(max_length=12, choices=beside.WORDS)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "references sent"
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "shared", "kind", "record", "-id"], name="referencesent_latest")
        ]

    def __str__(self) -> str:
        return self.number


class Reference(models.Model):
    """What another council told this one of its record of the same incident; the teller inserts it and never sees it.

    `authority_id` is the receiver. It can hold no content: a kind and a word of short lists, a number of one form.
    `id` is the key of the teller's own row of what it has told.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority_id = models.SmallIntegerField()
    from_authority_id = models.SmallIntegerField()
    mirror = models.UUIDField()
    kind = models.CharField(max_length=10, choices=beside.KINDS)
    record = models.UUIDField()
    number = models.CharField(max_length=40)
    word = models.CharField(max_length=12, choices=beside.WORDS)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "mirror", "-at"], name="reference_mirror")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(authority_id=F("from_authority_id")), name="reference_between_two_councils"
            ),
            models.CheckConstraint(condition=Q(number__regex=beside.NUMBER), name="reference_is_a_number"),
            models.CheckConstraint(
                condition=Q(word__in=[code for code, _ in beside.WORDS]), name="reference_is_a_word"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[code for code, _ in beside.KINDS]), name="reference_is_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.number
