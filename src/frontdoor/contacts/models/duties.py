"""What came of something that a kind of contact asks for."""

from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.contacts.models.arrivals import Contact
from frontdoor.contacts.rules import duties


class Settled(CaseRow):
    """How one duty of a contact ended: when, in a line, written down by whom. Written once."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, db_index=False, related_name="duties")
    duty = models.CharField(max_length=40)
    answer = models.CharField(max_length=20, choices=duties.ANSWERS)
    settled_on = models.DateTimeField()
    words = models.CharField(max_length=300)
    by_user = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "settled"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "contact", "duty"], name="duty_settled_once")
        ]

    def __str__(self) -> str:
        return self.duty
