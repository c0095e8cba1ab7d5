"""The abstract row of a case table: a council leads it, and a random key names it outside the database."""

import uuid

from django.db import models


class CaseRow(models.Model):
    """A row of one council's record. Its number stays inside; addresses and interfaces use the key."""

    authority_id = models.SmallIntegerField()
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True
