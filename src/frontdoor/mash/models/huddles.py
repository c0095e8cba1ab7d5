"""A huddle: who sat together, when, and which children were taken one by one, with what was decided there and then."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from frontdoor.actors.models import CaseRow
from frontdoor.mash.models.asking import Desk
from frontdoor.mash.models.enquiries import Subject


class Huddle(CaseRow):
    """One sitting of the hub, in the morning or at night. A council has one at a time."""

    began_by = models.BigIntegerField()
    began_at = models.DateTimeField()
    ended_by = models.BigIntegerField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "-began_at", "-id"], name="huddle_newest")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id"], name="huddle_one_at_a_time", condition=Q(ended_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return str(self.key)


class Present(CaseRow):
    """Somebody of an agency sat in it. Written once."""

    huddle = models.ForeignKey(Huddle, on_delete=models.PROTECT, db_index=False, related_name="+")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, db_index=False, related_name="+")
    who = models.CharField(max_length=200)
    by_user = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "present"
        indexes: ClassVar = [models.Index(fields=["authority_id", "huddle", "id"], name="present_of_huddle")]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(who=""), name="present_is_somebody")]

    def __str__(self) -> str:
        return self.who


class Taken(CaseRow):
    """One child was taken in it: whether the child was safe by the last answer, and what was decided. Written once."""

    huddle = models.ForeignKey(Huddle, on_delete=models.PROTECT, db_index=False, related_name="+")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, db_index=False, related_name="+")
    safe = models.CharField(max_length=10, blank=True)
    line = models.CharField(max_length=500, blank=True)
    by_user = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "taken"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "huddle", "subject"], name="taken_once_a_huddle")
        ]

    def __str__(self) -> str:
        return str(self.key)
