"""Who belongs to whom and who lives with whom, as life has it: dated, directed, several at once."""

from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.people.models.index import Person, Recorded
from frontdoor.people.rules import index as rules


class Relationship(Recorded):
    """`person` is the `kind` of `other`: the mother of a child, the former partner of a parent.

    Parental responsibility is `person`'s for `other`, with what shows it: a birth certificate, an order, an agreement.
    """

    other = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="others")
    kind = models.CharField(max_length=24)
    responsibility = models.CharField(max_length=10, choices=rules.RESPONSIBILITIES, blank=True)
    evidence = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=12, choices=rules.PARTNERSHIPS, blank=True)
    twin = models.CharField(max_length=10, choices=rules.TWINS, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "person"], name="relationship_person"),
            models.Index(fields=["authority_id", "other"], name="relationship_other"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(person=models.F("other")), name="relationship_of_two_people")
        ]

    def __str__(self) -> str:
        return self.kind


class Household(CaseRow):
    """Some people who live together; where, is said by their residences."""

    label = models.CharField(max_length=120)
    made_by = models.BigIntegerField(null=True, blank=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.IntegerField(default=1)

    def __str__(self) -> str:
        return self.label


class Membership(Recorded):
    """One person's part in a household, with the days of the week where they are shared between two."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, db_index=False, related_name="memberships")
    pattern = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "person"], name="membership_person"),
            models.Index(fields=["authority_id", "household"], name="membership_household"),
        ]

    def __str__(self) -> str:
        return str(self.key)


class Change(CaseRow):
    """A change of who lives where, shown before it is made, made in one act, and undone exactly.

    `wanted` is what was asked for and `done` what was written, as plain values under a schema number of their own.
    """

    kind = models.CharField(max_length=20, choices=rules.CHANGE_KINDS)
    state = models.CharField(max_length=12, choices=rules.CHANGE_STATES)
    wanted = models.JSONField()
    done = models.JSONField(default=dict)
    why = models.CharField(max_length=300)
    asked_by = models.BigIntegerField()
    asked_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.BigIntegerField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_why = models.CharField(max_length=300, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "-asked_at", "id"], name="change_asked"),
            models.Index(
                fields=["authority_id", "-asked_at", "key"],
                name="change_waiting",
                condition=models.Q(state="asked"),
            ),
        ]

    def __str__(self) -> str:
        return self.kind
