"""The wish to lift the seal of an address, and the answer that another person gave to it."""

from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.people.models.index import Residence
from frontdoor.people.rules.lifting import STATES


class Lifting(CaseRow):
    """Somebody asks that an address stands in clear again, and a manager who is somebody else says yes or no.

    The database lets a seal go only with one of these that was answered by another person, once (`spent`). Whoever does
    not see the address does not see this row either.
    """

    residence = models.ForeignKey(Residence, on_delete=models.PROTECT, db_index=False, related_name="liftings")
    state = models.CharField(max_length=10, choices=STATES)
    why = models.CharField(max_length=300)
    asked_by = models.BigIntegerField()
    asked_at = models.DateTimeField()
    answered_by = models.BigIntegerField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_why = models.CharField(max_length=300, blank=True)
    spent = models.BooleanField(default=False)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "residence"], name="lifting_residence"),
            models.Index(
                fields=["authority_id", "asked_at", "id"], name="lifting_waits", condition=models.Q(state="asked")
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "residence"], condition=models.Q(state="asked"), name="lifting_asked_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["lifted", "refused"])
                | (
                    models.Q(answered_by__isnull=False, answered_at__isnull=False)
                    & ~models.Q(answered_by=models.F("asked_by"))
                ),
                name="lifting_answered_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.state
