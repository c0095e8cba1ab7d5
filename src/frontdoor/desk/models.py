"""What the desk keeps of its own: the key of the sheet for a day without the system, and what is for supervision."""

from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow


class DownKey(CaseRow):
    """The key under which a council's sheet is encrypted: made of a passphrase that is not kept, wrapped from outside.

    :param master: which key outside wrapped it, by its fingerprint
    """

    salt = models.BinaryField(max_length=16)
    rounds = models.IntegerField()
    master = models.CharField(max_length=16)
    nonce = models.BinaryField(max_length=12)
    wrapped = models.BinaryField(max_length=64)
    made_by = models.BigIntegerField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id"], name="down_key_one_in_use", condition=models.Q(retired_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return str(self.key)


class Learning(CaseRow):
    """One's own decision, kept to be talked over in supervision: seen by whoever kept it, and by nobody else."""

    decision = models.UUIDField()
    user_id = models.BigIntegerField()
    words = models.CharField(max_length=500)
    kept_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "learning"
        indexes: ClassVar = [models.Index(fields=["authority_id", "user_id"], name="learning_user")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "decision", "user_id"],
                name="learning_once",
                condition=models.Q(ended_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return str(self.key)
