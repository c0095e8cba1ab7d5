"""What other systems bring: an index brought in, and who is open to whom, as at a time."""

from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.people.models.index import Person
from frontdoor.people.rules import case_dates
from frontdoor.people.rules import index as rules


class Bringing(CaseRow):
    """One run that brought people in, or tried out what it would bring: how far it is and what came of it.

    `place` is where a run that was killed goes on; `counts` are numbers by table and outcome.
    """

    kind = models.CharField(max_length=10, choices=rules.BRINGING_KINDS)
    state = models.CharField(max_length=10, choices=rules.BRINGING_STATES)
    dry = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, blank=True)
    as_at = models.DateTimeField(null=True, blank=True)
    begun_by = models.CharField(max_length=120, blank=True)
    begun_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    total = models.BigIntegerField(default=0)
    done = models.BigIntegerField(default=0)
    place = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    failure = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "kind", "-begun_at"], name="bringing_begun")]

    def __str__(self) -> str:
        return str(self.key)


class RefusedRow(CaseRow):
    """One row with something wrong, and what, in words; of what it held only its own number in the system it came from.

    `taken`: it was taken all the same, without its column, or somebody must look at it.
    """

    bringing = models.ForeignKey(Bringing, on_delete=models.PROTECT, db_index=False, related_name="refused")
    table = models.CharField(max_length=60)
    line = models.BigIntegerField()
    external = models.CharField(max_length=60, blank=True)
    column = models.CharField(max_length=60, blank=True)
    why = models.CharField(max_length=300)
    taken = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "bringing", "table", "line"], name="refused_row_bringing")
        ]

    def __str__(self) -> str:
        return self.why


class Involvement(CaseRow):
    """To whom a person is open in the council's case system, as the last refresh said.

    It is replaced by the next refresh as a whole: rows that a refresh no longer names are ended by it.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="involvements")
    external = models.CharField(max_length=60)
    kind = models.CharField(max_length=24)
    worker = models.CharField(max_length=120, blank=True)
    worker_state = models.CharField(max_length=12, choices=rules.WORKER_STATES, blank=True)
    team = models.CharField(max_length=120, blank=True)
    manager = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    plan = models.CharField(max_length=24, blank=True)
    legal_status = models.CharField(max_length=4, blank=True)
    offered_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    as_at = models.DateTimeField()
    bringing = models.ForeignKey(Bringing, on_delete=models.PROTECT, db_index=False, related_name="involvements")
    shut = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "person"], name="involvement_person")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["authority_id", "external"], name="involvement_once")]

    def __str__(self) -> str:
        return self.kind


class CaseDate(CaseRow):
    """One day on which something was done for a person, as the council's case system says it since the last refresh.

    A day that a refresh no longer names is `gone`; what was taken over from it elsewhere stands there until somebody
    strikes it.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="case_dates")
    external = models.CharField(max_length=110)
    kind = models.CharField(max_length=24, choices=case_dates.KINDS)
    on = models.DateField()
    seen = models.BooleanField(null=True, blank=True)
    alone = models.BooleanField(null=True, blank=True)
    gone = models.BooleanField(default=False)
    as_at = models.DateTimeField()
    bringing = models.ForeignKey(Bringing, on_delete=models.PROTECT, db_index=False, related_name="case_dates")
    shut = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "person", "on"], name="case_date_person")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "external", "kind"], name="case_date_once")
        ]

    def __str__(self) -> str:
        return self.kind
