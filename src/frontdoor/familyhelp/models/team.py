"""The team around the family: who works with it, from any agency, and who leads."""

from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.earlyhelp.models import Episode

STAYS = models.Q(until__isnull=True)


class Practitioner(CaseRow):
    """Somebody of the team around a family, since when and until when. One leads, whatever the family's status.

    `user` is their account, null for whoever has none: such a person is told, and writes nothing. Nobody is moved: who
    leaves gets `until`, and who leads next is a new row. `own`: they work for this council; of anybody else the family
    agrees that they are told, and while nobody of it does they open nothing (`rules.team.is_told`).
    """

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, db_index=False, related_name="practitioners")
    user = models.BigIntegerField(null=True, blank=True)
    name = models.CharField(max_length=200)
    agency = models.CharField(max_length=200)
    own = models.BooleanField()
    job = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
    leads = models.BooleanField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    why_until = models.CharField(max_length=1_000, blank=True)
    by_user = models.BigIntegerField(null=True, blank=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "episode", "id"], name="practitioner_of_episode"),
            models.Index(fields=["authority_id", "user", "id"], name="practitioner_by_user", condition=STAYS),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "episode"], name="practitioner_one_leads",
                condition=models.Q(leads=True, until__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["authority_id", "episode", "user"], name="practitioner_once_an_account", condition=STAYS
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | ~models.Q(why_until=""), name="practitioner_left_says_why"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name
