"""Councils, their settings and places: read before a council is known, so without a council policy."""

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

COLOUR = RegexValidator(r"^#[0-9a-f]{6}$", "Enter a colour like #1d4f76")


class Council(models.Model):
    """A council that this service takes in for; number 0 is the service itself, for sign-ins and accounts.

    The number is the DfE's local authority code. A succeeded council keeps its row, so its slug is never reused.
    """

    id = models.SmallIntegerField(primary_key=True)
    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    legal_name = models.CharField(max_length=120)
    address = models.TextField()
    phone_professionals = models.CharField(max_length=30)
    phone_public = models.CharField(max_length=30)
    phone_out_of_hours = models.CharField(max_length=30)
    social_worker_phone = models.CharField(max_length=30)
    social_worker_hours = models.CharField(max_length=120)
    dpo_email = models.EmailField()
    brand_colour = models.CharField(max_length=7, validators=[COLOUR])
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors")
    version = models.IntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="council_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(ends_on__isnull=False), name="council_succeeded_has_ended"
            ),
            models.CheckConstraint(condition=Q(brand_colour__regex=r"^#[0-9a-f]{6}$"), name="council_colour_is_hex"),
        ]

    def __str__(self) -> str:
        return self.name


class Setting(models.Model):
    """One version of one setting of one council; never changed, never deleted.

    `entered_by` is the actor as the trail names it; `decided_by` is whoever the council says decided.
    """

    authority = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="settings")
    name = models.CharField(max_length=80)
    value = models.JSONField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=200)
    why = models.TextField()
    entered_by = models.CharField(max_length=80)
    entered_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority", "name", "starts_on"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="setting_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=~Q(decided_by="") & ~Q(why=""), name="setting_says_who_decided_and_why"),
        ]

    def __str__(self) -> str:
        return f"{self.authority_id} {self.name} from {self.starts_on}"


class Place(models.Model):
    """A postcode district ("PE7") or sector ("PE7 3") and one council that it lies in; several rows are a border."""

    district = models.CharField(max_length=4)
    prefix = models.CharField(max_length=6)
    authority_number = models.SmallIntegerField()
    authority_name = models.CharField(max_length=80)
    rank = models.SmallIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["prefix", "authority_number"], name="place_once_a_council"),
            models.UniqueConstraint(fields=["prefix", "rank"], name="place_one_order"),
        ]

    def __str__(self) -> str:
        return f"{self.prefix} {self.authority_name}"
