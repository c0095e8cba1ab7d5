"""Services that somebody was told of while a contact was looked at. Written once."""

from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.contacts.models.arrivals import Contact
from frontdoor.contacts.rules.signposting import WAYS


class Pointer(CaseRow):
    """One service that somebody was told of, by its key: no row of the open directory is held by a row of a family.

    `name` and `how` are what stood in the directory then. `letter` is the one that told it, where one did.
    """

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, db_index=False, related_name="pointers")
    telling = models.UUIDField()
    service = models.UUIDField()
    name = models.CharField(max_length=300)
    how = models.CharField(max_length=500, blank=True)
    way = models.CharField(max_length=8, choices=WAYS)
    whom = models.CharField(max_length=200, blank=True)
    letter = models.UUIDField(null=True, blank=True)
    by_user = models.BigIntegerField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "contact", "id"], name="pointer_of_contact")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "telling", "service"], name="pointer_once_a_telling"),
            models.CheckConstraint(
                condition=models.Q(way="sent", letter__isnull=False) | models.Q(~models.Q(way="sent"), letter=None),
                name="pointer_sent_by_a_letter",
            ),
        ]

    def __str__(self) -> str:
        return self.name
