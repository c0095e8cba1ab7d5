"""What a worker marks in somebody's chronology, and says of it."""

from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.people.models.index import Person


class Mark(CaseRow):
    """An entry of a person's chronology that somebody holds to be significant, with why; taken back, it is kept.

    `event_kind` and `event_key` are plain values: what happened stands in rooms above this one.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="marks")
    event_kind = models.CharField(max_length=60)
    event_key = models.UUIDField()
    words = models.CharField(max_length=500)
    said_by = models.BigIntegerField()
    said_at = models.DateTimeField()
    ended_by = models.BigIntegerField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    shut = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "person"], name="mark_person")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "person", "event_key", "said_by"],
                condition=models.Q(ended_at=None),
                name="mark_once_by_each",
            )
        ]

    def __str__(self) -> str:
        return self.event_kind
