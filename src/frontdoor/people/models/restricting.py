"""Records that few may open: why, who, since when, and every time that somebody broke the glass."""

from datetime import timedelta
from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.people.models.index import Person
from frontdoor.people.rules import index as rules


class Restriction(CaseRow):
    """Why a record is shut, whom to call about it, and when that is looked at again: every ninety days."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="restrictions")
    ground = models.CharField(max_length=20, choices=rules.GROUNDS)
    why = models.CharField(max_length=300)
    call_whom = models.CharField(max_length=120)
    call_number = models.CharField(max_length=40)
    owner = models.BigIntegerField()
    set_by = models.BigIntegerField(null=True, blank=True)
    set_at = models.DateTimeField()
    review_on = models.DateField()
    ended_by = models.BigIntegerField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=300, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "person"], name="restriction_person"),
            models.Index(
                fields=["authority_id", "review_on"], name="restriction_review", condition=models.Q(ended_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.ground


class Review(CaseRow):
    """One look at whether a record must stay shut: who looked, what was found, until when."""

    restriction = models.ForeignKey(Restriction, on_delete=models.PROTECT, db_index=False, related_name="reviews")
    kept = models.BooleanField()
    why = models.CharField(max_length=300)
    by_user = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "restriction"], name="review_restriction")]

    def __str__(self) -> str:
        return str(self.key)


class NamedAccess(CaseRow):
    """Somebody who may open one shut record, from and until."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="named")
    user_id = models.BigIntegerField()
    why = models.CharField(max_length=300)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    given_by = models.BigIntegerField(null=True, blank=True)
    ended_by = models.BigIntegerField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "named access"
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "person", "user_id"], name="named_access_person"),
            models.Index(fields=["authority_id", "user_id"], name="named_access_user"),
        ]

    def __str__(self) -> str:
        return str(self.key)


class Glass(CaseRow):
    """Glass broken: one person opened one shut record for a reason and a time, and another looked at it after."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="glass")
    user_id = models.BigIntegerField()
    why = models.CharField(max_length=500)
    at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.BigIntegerField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    finding = models.CharField(max_length=12, choices=rules.FINDINGS, blank=True)
    review_words = models.CharField(max_length=500, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        verbose_name_plural = "glass"
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "person", "user_id"], name="glass_person"),
            models.Index(fields=["authority_id", "user_id", "until"], name="glass_user"),
            models.Index(fields=["authority_id", "at"], name="glass_review", condition=models.Q(reviewed_at=None)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(until__lte=models.F("at") + timedelta(hours=rules.LONGEST_GLASS)),
                name="glass_ends_soon",
            ),
            models.CheckConstraint(
                condition=models.Q(reviewed_by=None) | ~models.Q(reviewed_by=models.F("user_id")),
                name="glass_looked_at_by_another",
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)


class Declared(CaseRow):
    """What one of our own said of themselves or of a relative, so that these records stay shut to them.

    It is matched by name and day of birth alone, and by the service itself; a person says afterwards which it is.
    """

    user_id = models.BigIntegerField()
    ground = models.CharField(max_length=12, choices=rules.DECLARED)
    given_name = models.CharField(max_length=110)
    family_name = models.CharField(max_length=110)
    born_on = models.DateField()
    made_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.BigIntegerField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        verbose_name_plural = "declared"
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "user_id"], name="declared_user"),
            models.Index(
                fields=["authority_id", "made_at", "id"], name="declared_open", condition=models.Q(ended_at=None)
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)


class Barred(CaseRow):
    """A record that one of our own may never open: their own, a relative's as they declared, a colleague's as found.

    What was found by a declaration holds at once, and is confirmed or ended by a person after.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="barred")
    user_id = models.BigIntegerField()
    ground = models.CharField(max_length=12, choices=rules.BARS)
    why = models.CharField(max_length=300, blank=True)
    set_by = models.BigIntegerField(null=True, blank=True)
    set_at = models.DateTimeField()
    declared = models.ForeignKey(
        Declared, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="barred"
    )
    confirmed_by = models.BigIntegerField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.BigIntegerField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "barred"
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "person", "user_id"], name="barred_person"),
            models.Index(fields=["authority_id", "user_id"], name="barred_user"),
            models.Index(
                fields=["authority_id", "declared"], name="barred_declared", condition=models.Q(declared__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)
