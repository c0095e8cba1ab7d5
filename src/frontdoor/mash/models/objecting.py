"""What an agency says against a decision or a delay at its own desk, in its own rows, none of which is changed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from frontdoor.actors.models import CaseRow
from frontdoor.mash.models.asking import Asked, Request
from frontdoor.mash.rules import disagreements as rules


class Objection(CaseRow):
    """An agency that takes part disagrees. A job begins the disagreement that this council settles."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, db_index=False, related_name="+")
    asked = models.ForeignKey(Asked, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+")
    agency = models.UUIDField()
    about = models.CharField(max_length=20, choices=rules.ABOUT)
    role = models.CharField(max_length=200, blank=True)
    position = models.TextField()
    wanted = models.TextField()
    safety = models.TextField()
    urgent = models.BooleanField(default=False)
    user_id = models.BigIntegerField()
    name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "request", "at"], name="objection_of_request")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(position="") & ~Q(wanted="") & ~Q(safety=""), name="objection_says_everything"
            )
        ]

    def __str__(self) -> str:
        return self.about


class Position(CaseRow):
    """What the agency says at a later stage of its disagreement."""

    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, db_index=False, related_name="+")
    agency = models.UUIDField()
    text = models.TextField()
    user_id = models.BigIntegerField()
    name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "objection", "at"], name="position_of_objection")]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(text=""), name="position_says_something")]

    def __str__(self) -> str:
        return str(self.key)
