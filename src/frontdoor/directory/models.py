"""Sources and their readings, services and what is searched by, and corrections. Open data: nobody's case is in it."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from frontdoor.actors.models import CaseRow
from frontdoor.directory.rules import keeping, reading

NOT_UNDONE = Q(undone_at__isnull=True)


class Source(CaseRow):
    """Who makes a part of the directory, and where it is read.

    `fresh_at` is when it was last read and applied; `failure` why the last try failed, empty where it did not.
    """

    name = models.CharField(max_length=120)
    origin = models.CharField(max_length=10, choices=keeping.ORIGINS)
    url = models.CharField(max_length=500, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    fresh_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=300, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "name"], name="source_named_once"),
            models.CheckConstraint(condition=Q(origin="file") | ~Q(url=""), name="source_has_its_address"),
        ]

    def __str__(self) -> str:
        return self.name


class Run(CaseRow):
    """One reading of a source: tried first, and applied when somebody has seen what it would do.

    `waits` says why one that was begun by itself waits for a person. `counts` are numbers alone.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, db_index=False, related_name="runs")
    state = models.CharField(max_length=10, choices=keeping.STATES)
    by_itself = models.BooleanField(default=False)
    begun_by = models.CharField(max_length=120)
    begun_at = models.DateTimeField()
    ended_by = models.CharField(max_length=120, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict)
    waits = models.CharField(max_length=300, blank=True)
    failure = models.CharField(max_length=300, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "source", "-begun_at"], name="run_of_source")]

    def __str__(self) -> str:
        return str(self.key)


class Finding(CaseRow):
    """One thing that was wrong in one reading: in which service, at which place, and why."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, db_index=False, related_name="findings")
    service = models.CharField(max_length=80, blank=True)
    path = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10, choices=reading.KINDS)
    why = models.CharField(max_length=300)
    left_out = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "run", "-left_out", "id"], name="finding_of_run")]

    def __str__(self) -> str:
        return self.why


class Staged(CaseRow):
    """One object of a reading, waiting to be applied; deleted when it was, or was dropped."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, db_index=False, related_name="staged")
    kind = models.CharField(max_length=14)
    feed_id = models.UUIDField()
    said = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "run", "kind", "feed_id"], name="staged_once")
        ]

    def __str__(self) -> str:
        return str(self.feed_id)


class FromFeed(CaseRow):
    """What a feed says of one thing with an identifier of its own: `said` is as the profile has it, without its parts
    that stand in tables."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, db_index=False, related_name="+")
    feed_id = models.UUIDField()
    name = models.CharField(max_length=300, blank=True)
    said = models.JSONField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Organization(FromFeed):
    """Who runs services."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["authority_id", "feed_id"], name="organization_once")]


class Location(FromFeed):
    """Where services are."""

    postcode = models.CharField(max_length=8, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["authority_id", "feed_id"], name="location_once")]
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "postcode"], name="location_postcode"),
            models.Index(fields=["authority_id", "latitude", "longitude"], name="location_where"),
        ]


class Taxonomy(FromFeed):
    """A list of terms."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["authority_id", "feed_id"], name="taxonomy_once")]


class TaxonomyTerm(FromFeed):
    """A term by which services are found: a need, a kind of service."""

    taxonomy = models.ForeignKey(
        Taxonomy, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="terms"
    )
    parent_id = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["authority_id", "feed_id"], name="term_once")]
        indexes: ClassVar = [models.Index(fields=["authority_id", "taxonomy", "name"], name="term_of_taxonomy")]


class Service(FromFeed):
    """One service: what its feed says, what was corrected here (`over`), and what it is searched by.

    The columns are worked out from both together (`rules.facets`). `public` is whether the portal shows it: active, and
    still in its feed. The database keeps the words of a full-text search beside them (`words`).
    """

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="services"
    )
    over = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    description = models.TextField(blank=True)
    about = models.TextField(blank=True)
    status = models.CharField(max_length=20)
    public = models.BooleanField()
    minimum_age = models.SmallIntegerField(null=True, blank=True)
    maximum_age = models.SmallIntegerField(null=True, blank=True)
    days = models.SmallIntegerField(default=0)
    free = models.BooleanField(null=True, blank=True)
    accessible = models.BooleanField(default=False)
    languages = ArrayField(models.CharField(max_length=60), default=list)
    places = ArrayField(models.CharField(max_length=80), default=list)
    assured_on = models.DateField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()
    version = models.IntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "feed_id"], name="service_once"),
            models.CheckConstraint(
                condition=Q(public=False) | Q(status="active", gone_at__isnull=True), name="service_public_is_active"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "feed_id"], name="service_public_by_id", condition=Q(public=True)),
            models.Index(
                fields=["authority_id", "name", "id"], name="service_public_by_name", condition=Q(public=True)
            ),
            models.Index(fields=["authority_id", "name", "id"], name="service_by_name"),
            models.Index(fields=["authority_id", "source", "id"], name="service_of_source"),
            models.Index(F("authority_id"), F("assured_on").asc(nulls_first=True), F("id"), name="service_assured"),
        ]


class ServiceAtLocation(CaseRow):
    """That a service is at a place."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, db_index=False, related_name="at_locations")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, db_index=False, related_name="+")
    feed_id = models.UUIDField()
    said = models.JSONField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["authority_id", "feed_id"], name="at_location_once")]
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "service", "location"], name="at_location_of_service"),
            models.Index(fields=["authority_id", "location", "service"], name="at_location_of_location"),
        ]

    def __str__(self) -> str:
        return str(self.feed_id)


class Schedule(CaseRow):
    """When a service is there: days as bits (Monday is 1), minutes since midnight; for searching."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, db_index=False, related_name="schedules")
    days = models.SmallIntegerField()
    opens = models.SmallIntegerField(null=True, blank=True)
    closes = models.SmallIntegerField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "service"], name="schedule_of_service")]

    def __str__(self) -> str:
        return str(self.days)


class Attribute(CaseRow):
    """That a service carries a term; for searching."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, db_index=False, related_name="attributes")
    term = models.ForeignKey(TaxonomyTerm, on_delete=models.PROTECT, db_index=False, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "service", "term"], name="attribute_once")
        ]
        indexes: ClassVar = [models.Index(fields=["authority_id", "term", "service"], name="attribute_by_term")]

    def __str__(self) -> str:
        return f"{self.service_id} {self.term_id}"


class Correction(CaseRow):
    """What somebody here put right, over what the feed says; the feed's own value stays in the service.

    `said` is what the feed said then; `now_says` what it said at the last reading that changed it, at `changed_at`.
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, db_index=False, related_name="corrections")
    field = models.CharField(max_length=40)
    said = models.JSONField(null=True)
    value = models.JSONField()
    why = models.CharField(max_length=300)
    by_user = models.BigIntegerField(null=True, blank=True)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    now_says = models.JSONField(null=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    kept_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=120, blank=True)
    undone_why = models.CharField(max_length=300, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "service", "field"], condition=NOT_UNDONE, name="correction_one_in_force"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="correction_says_why"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "service", "-at"], name="correction_of_service"),
            models.Index(
                fields=["authority_id", "-changed_at"], name="correction_changed",
                condition=Q(changed_at__isnull=False, undone_at__isnull=True),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.field
