"""A file and its pieces: the original as it came, and the clean copy that people open."""

import uuid
from typing import ClassVar

from django.db import models

from frontdoor.files import rules


class File(models.Model):
    """One file that came with something or was added to it. Subject and people are plain values.

    Written by the portal's role, which may insert and not read: so the key is made in Python and nothing is returned.

    `digest` is the SHA-256 of the original, `copy_digest` that of the working copy; null until there is one.
    `page_digests` holds those of the pictures of its pages, 32 bytes each. `part_of` is the e-mail out of which it was
    taken. `hold` is why it is held (`rules.Hold`), `found` what the scanner called it. Who received it is null where a
    system did.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority_id = models.SmallIntegerField()
    subject_kind = models.CharField(max_length=60)
    subject_key = models.UUIDField()
    name = models.CharField(max_length=130)
    kind = models.CharField(max_length=10, choices=rules.KINDS)
    size = models.IntegerField()
    digest = models.BinaryField(max_length=32)
    state = models.CharField(max_length=10, choices=rules.STATES)
    hold = models.CharField(max_length=12, blank=True)
    found = models.CharField(max_length=120, blank=True)
    received_at = models.DateTimeField()
    received_by = models.BigIntegerField(null=True, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    scanned_at = models.DateTimeField(null=True, blank=True)
    copy_size = models.IntegerField(null=True, blank=True)
    copy_digest = models.BinaryField(max_length=32, null=True, blank=True)
    page_digests = models.BinaryField(blank=True, default=b"")
    part_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="parts"
    )
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.BigIntegerField(null=True, blank=True)
    released_why = models.CharField(max_length=300, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "subject_key", "received_at"], name="file_subject"),
            models.Index(
                fields=["authority_id", "tried_at", "id"], name="file_not_scanned",
                condition=models.Q(scanned_at__isnull=True),
            ),
            models.Index(
                fields=["authority_id", "part_of"], name="file_part", condition=models.Q(part_of__isnull=False)
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Piece(models.Model):
    """At most 1 MB of a file: of the original, of its working copy, or a picture of one page. Written once."""

    ORIGINAL, COPY, PAGE = "original", "copy", "page"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority_id = models.SmallIntegerField()
    file = models.ForeignKey(File, on_delete=models.PROTECT, db_index=False, related_name="pieces")
    of = models.CharField(max_length=8)
    number = models.SmallIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "file", "of", "number"], name="piece_once_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.of} {self.number} of {self.file_id}"
