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
