"""Entries of the trail: who did or saw what, for which council, when and why."""

from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """One act or one reading. Written by plain SQL (the portal's role may not read it back); never changed.

    `at` is the instant that the act says of itself, `recorded_at` the database's own.
    """

    id = models.BigIntegerField(primary_key=True)
    authority_id = models.SmallIntegerField()
    actor = models.TextField()
    post = models.TextField()
    action = models.TextField()
    subject_kind = models.TextField()
    subject_key = models.TextField()
    why = models.TextField()
    detail = models.JSONField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    salt = models.UUIDField()

    class Meta:
        managed = False
        db_table = "trail_entry"
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.actor} {self.action}"


class Seal(models.Model):
    """One batch of entries: the root of their tree, chained to the batch before, signed by a key kept elsewhere.

    Which entries it holds, and where in the tree, stands in the table `trail_leaf`, a row each.
    """

    id = models.BigIntegerField(primary_key=True)
    authority_id = models.SmallIntegerField()
    number = models.IntegerField()
    entries = models.IntegerField()
    root = models.BinaryField()
    previous = models.BinaryField()
    head = models.BinaryField()
    signature = models.BinaryField()
    sealed_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "trail_seal"
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"{self.authority_id} seal {self.number}"


class Sealing(models.Model):
    """The sealer's heartbeat for a council: when it was heard of, why it failed, which seal was last given out.

    Read on every page, for whichever council, so without a council policy; it holds nothing of a case.
    """

    authority_id = models.SmallIntegerField(primary_key=True)
    heard_at = models.DateTimeField()
    failure = models.TextField()
    published = models.IntegerField()

    class Meta:
        managed = False
        db_table = "trail_sealing"

    def __str__(self) -> str:
        return f"{self.authority_id} {self.heard_at}"
