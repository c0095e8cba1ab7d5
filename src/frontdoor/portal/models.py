"""A report that somebody is still writing, under a key that only they hold; and how often something came."""

import uuid
from typing import ClassVar

from django.db import models


class Draft(models.Model):
    """The answers so far. Its one policy is on the draft's own key; no council may be known yet.

    :ivar holder: `resume:` and the SHA-256 of the browser's token, or `sender:`, the account and its agency
    :ivar idem: the key under which the report is sent, so that sending twice gives the same receipt
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    holder = models.CharField(max_length=80)
    idem = models.UUIDField(default=uuid.uuid4)
    data = models.JSONField(default=dict)
    version = models.IntegerField(default=1)
    made_at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["holder"], name="draft_once_a_holder")]

    def __str__(self) -> str:
        return str(self.id)


class Tally(models.Model):
    """How often something came within a while, under a keyed hash: whose it was cannot be read out of it.

    :ivar key: HMAC of what is counted, from where and in which while
    """

    key = models.BinaryField(max_length=32, primary_key=True)
    count = models.IntegerField()
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.count)
