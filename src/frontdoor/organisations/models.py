"""Agencies, teams and delegations: read before a council is known, so without a council policy."""

import uuid
from typing import ClassVar

from django.db import models


class Function(models.TextChoices):
    """What a team is there for; the first five are the ones that councils delegate together."""

    CONTACT_CENTRE = "contact_centre", "Contact centre"
    MASH = "mash", "Multi-agency safeguarding hub"
    EARLY_HELP = "early_help", "Early help hub"
    OUT_OF_HOURS = "out_of_hours", "Emergency duty team"
    MET = "met", "Missing, exploited and trafficked hub"
    ASSESSMENT = "assessment", "Assessment team"
    LADO = "lado", "Designated officer for allegations (LADO)"
    SPECIALIST = "specialist", "Specialist team"
    OVERSIGHT = "oversight", "Oversight and administration"


AGENCY_KINDS = [
    ("council", "Council"),
    ("police", "Police"),
    ("health", "Health"),
    ("education", "Education service"),
    ("school", "School or college"),
    ("probation", "Probation"),
    ("housing", "Housing"),
    ("charity", "Charity"),
    ("contractor", "Contractor"),
    ("other", "Other"),
]
"""What an agency is, as people say it."""


class Agency(models.Model):
    """An employer: a council, a police force, a health trust, a school, a contractor."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=30)

    class Meta:
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A team of one council for one function; whoever operates it under a delegation covers it from theirs."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    authority_id = models.SmallIntegerField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="teams")
    function = models.CharField(max_length=30, choices=Function.choices)
    name = models.CharField(max_length=120)
    restricted = models.BooleanField(default=False)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "name"], name="team_name_once_a_council")
        ]
        indexes: ClassVar = [models.Index(fields=["authority_id", "function"])]

    def __str__(self) -> str:
        return self.name


class Delegation(models.Model):
    """Council A's function F is operated by an agency, from a day until a day (inclusive), under a clause.

    Source: Local Government Act 1972 s101 and Local Government Act 2000 s9EA.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    authority_id = models.SmallIntegerField()
    function = models.CharField(max_length=30, choices=Function.choices)
    operator = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="operates")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    clause = models.CharField(max_length=200)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "function"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="delegation_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.authority_id} {self.function}"
