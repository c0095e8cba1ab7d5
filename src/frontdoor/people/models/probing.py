"""What a person is found by: a few indexed numbers, written whenever their facts are."""

from typing import ClassVar

from django.db import models


class Probe(models.Model):
    """One token of one person: `people.rules.probes` says what each is made of. It tells nothing by itself.

    The three columns are the key: the index holds all that is asked, and the table is never read.
    """

    pk = models.CompositePrimaryKey("authority_id", "token", "person_id")
    authority_id = models.SmallIntegerField()
    token = models.BigIntegerField()
    person_id = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "person_id"], name="probe_person")]

    def __str__(self) -> str:
        return str(self.token)
