"""Accounts, posts, people of agencies and API clients: read before a council is known, so without a council policy."""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from frontdoor.access.rules import ROLE_NAMES
from frontdoor.organisations.models import Agency, Team


class Users(BaseUserManager["User"]):
    """Makes accounts; sign-in finds them by e-mail address, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """One person's account. What it reaches follows from posts, never from the account itself.

    `authority_id` is the council whose administrators keep the account; the posts may be any council's. `awake_since`
    is when somebody last vouched for it: an account that then stays unused falls asleep (`access.rules.asleep`).
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    registration = models.CharField("Social Work England number", max_length=20, blank=True)
    authority_id = models.SmallIntegerField()
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    awake_since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = Users()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "name"], name="access_user_authori_name_idx")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(is_active=True, ended_at=None) | models.Q(is_active=False, ended_at__isnull=False),
                name="account_ended_is_inactive",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """This person, in this team, in this role, from a day until a day (inclusive), employed by that agency."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="posts")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="posts")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=30, choices=[(role.value, name) for role, name in ROLE_NAMES.items()])
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    granted_by = models.CharField(max_length=60)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "starts_on"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="post_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.team}"


class ForAgency(models.Model):
    """This person acts for that agency, from a day until a day (inclusive), or until it is ended at once.

    It gives no post and reaches no record of the staff's. A lead person keeps the agency's others.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    lead = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    granted_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=60, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "agency"], name="%(class)s_once_an_agency", condition=models.Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="%(class)s_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by="")
                | models.Q(ended_at__isnull=False) & ~models.Q(ended_by=""),
                name="%(class)s_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} for {self.agency}"


class Sender(ForAgency):
    """This person sends reports for that agency, and sees what the agency itself sent."""


class Partner(ForAgency):
    """This person answers for that agency what councils ask it about a family: a right of its own, since who sends a
    school's reports need not read what the police are asked.
    """


class ApiClient(models.Model):
    """A system that sends: it belongs to an agency and one council, for a purpose; its secret is kept hashed.

    After a rotation the secret before works until `previous_until`, so that the sender can change over.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    authority_id = models.SmallIntegerField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="clients")
    name = models.CharField(max_length=120)
    purpose = models.CharField(max_length=300)
    secret_hash = models.BinaryField(max_length=32)
    previous_hash = models.BinaryField(max_length=32, null=True, blank=True)
    previous_until = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "name"], name="access_apiclient_name_idx")]

    def __str__(self) -> str:
        return self.name
