"""What people said of who is who: links of what arrived, pairs that never match, joins and their journal."""

from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.matching.rules import states
from frontdoor.people.models import Person


class Link(CaseRow):
    """A row of another room is this person: a child or adult named in a contact, somebody who told us.

    The subject is plain values, for rooms stand above this one. At most one link of a subject is confirmed; a rejected
    one is kept for ever, and the pair is never offered again.
    """

    subject_kind = models.CharField(max_length=60)
    subject_key = models.UUIDField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="links")
    state = models.CharField(max_length=10, choices=states.LINK_STATES)
    strength = models.CharField(max_length=16, blank=True)
    bits = models.FloatField(null=True, blank=True)
    weights_version = models.SmallIntegerField(null=True, blank=True)
    reasons = models.JSONField(default=list)
    made = models.BooleanField(default=False)
    said_by = models.BigIntegerField(null=True, blank=True)
    said_at = models.DateTimeField()
    why = models.CharField(max_length=300, blank=True)
    ended_by = models.BigIntegerField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=300, blank=True)
    shut = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "person", "subject_kind"], name="link_person"),
            models.Index(fields=["authority_id", "subject_key"], name="link_subject"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "subject_key"],
                condition=models.Q(state="confirmed", ended_at=None),
                name="link_one_confirmed",
            )
        ]

    def __str__(self) -> str:
        return self.state


class NotSame(CaseRow):
    """Two people who are not one: twins, cousins of one name, or the two identities of an adopted child.

    `hidden` pairs are never told of, not even as "not the same": that the two stand in one row is itself a secret. One
    ends only where whoever said so has asked for it, and another person says so too.
    """

    first = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="not_same_first")
    second = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="not_same_second")
    ground = models.CharField(max_length=16, choices=states.NOT_SAME_GROUNDS)
    hidden = models.BooleanField(default=False)
    why = models.CharField(max_length=300, blank=True)
    said_by = models.BigIntegerField(null=True, blank=True)
    said_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_why = models.CharField(max_length=300, blank=True)
    ended_by = models.BigIntegerField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "not same"
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "first"], name="not_same_first"),
            models.Index(fields=["authority_id", "second"], name="not_same_second"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(hidden=False)
                | models.Q(ended_by=None)
                | (models.Q(asked_at__isnull=False) & ~models.Q(ended_by=models.F("said_by"))),
                name="not_same_hidden_ended_by_two",
            )
        ]

    def __str__(self) -> str:
        return self.ground


class Join(CaseRow):
    """Two records of one person, made one: proposed by one, approved by another, and undone exactly.

    `kept` goes on; every row of `gone` is moved to it, one `Move` a row. `choices` says what of two that cannot both
    stand was taken. `divided_at`: after it was undone, a clerk said of every later row to whom it belongs.
    """

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="joins_kept")
    gone = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="joins_gone")
    state = models.CharField(max_length=10, choices=states.JOIN_STATES)
    choices = models.JSONField(default=dict)
    reasons = models.JSONField(default=list)
    why = models.CharField(max_length=300)
    proposed_by = models.BigIntegerField()
    proposed_at = models.DateTimeField()
    answered_by = models.BigIntegerField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_why = models.CharField(max_length=300, blank=True)
    undone_by = models.BigIntegerField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_why = models.CharField(max_length=300, blank=True)
    divided_by = models.BigIntegerField(null=True, blank=True)
    divided_at = models.DateTimeField(null=True, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "kept"], name="join_kept"),
            models.Index(fields=["authority_id", "gone"], name="join_gone"),
            models.Index(fields=["authority_id", "state", "proposed_at", "id"], name="join_state"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(kept=models.F("gone")), name="join_of_two_people"),
            models.CheckConstraint(
                condition=models.Q(answered_by=None) | ~models.Q(answered_by=models.F("proposed_by")),
                name="join_answered_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(state="proposed", answered_by=None)
                | (~models.Q(state="proposed") & models.Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="join_answered_unless_proposed",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["undone", "divided"])
                | (models.Q(undone_by__isnull=False, undone_at__isnull=False) & ~models.Q(undone_why="")),
                name="join_undone_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["authority_id", "gone"],
                condition=models.Q(state__in=["proposed", "made"]),
                name="join_gone_once",
            ),
        ]

    def __str__(self) -> str:
        return self.state


class Move(CaseRow):
    """One row that a join touched: which table and row, which column, and what it said before and after.

    A row that stood on the record that goes on has one too, with `was` and `became` alike: whatever has none was added
    later. `digest` is of what else the row said, so that a later change of it is seen.
    """

    join = models.ForeignKey(Join, on_delete=models.PROTECT, db_index=False, related_name="moves")
    table = models.CharField(max_length=60)
    row = models.BigIntegerField()
    column = models.CharField(max_length=60)
    was = models.JSONField(null=True)
    became = models.JSONField(null=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "join", "id"], name="move_join"),
            models.Index(fields=["authority_id", "table", "row"], name="move_row"),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row}"


class Division(CaseRow):
    """A row that was added to a joined record and must be given to one of the two, by a person, after it was undone."""

    join = models.ForeignKey(Join, on_delete=models.PROTECT, db_index=False, related_name="divisions")
    table = models.CharField(max_length=60)
    row = models.BigIntegerField()
    column = models.CharField(max_length=60)
    to = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+")
    said_by = models.BigIntegerField(null=True, blank=True)
    said_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "join", "id"], name="division_join")]

    def __str__(self) -> str:
        return f"{self.table} {self.row}"


class Told(CaseRow):
    """Somebody who worked with a wrong record: what they did, and that they looked at it.

    Either two records stood as one until they were parted (`join`), or somebody of a contact was taken for the wrong
    person (`link`).

    `acts` are what they did and how often, as codes; the clock of this row waits until they have looked.
    """

    join = models.ForeignKey(Join, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="told")
    link = models.ForeignKey(Link, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="told")
    user_id = models.BigIntegerField()
    acts = models.JSONField(default=dict)
    last_at = models.DateTimeField()
    told_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True, blank=True)
    finding = models.CharField(max_length=10, choices=states.FINDINGS, blank=True)
    words = models.CharField(max_length=500, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        verbose_name_plural = "told"
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "join", "id"], name="told_join"),
            models.Index(fields=["authority_id", "user_id", "told_at", "id"], name="told_user"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "join", "user_id"], name="told_once"),
            models.UniqueConstraint(fields=["authority_id", "link", "user_id"], name="told_once_of_a_match"),
            models.CheckConstraint(
                condition=models.Q(join__isnull=True, link__isnull=False)
                | models.Q(join__isnull=False, link__isnull=True),
                name="told_of_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(looked_at=None, finding="")
                | (models.Q(looked_at__isnull=False) & ~models.Q(finding="")),
                name="told_looked_with_a_finding",
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)


class Search(CaseRow):
    """One run that looked for doubles in the whole index: how far it is, with which weights, and what it found.

    `reached` is the number of the last person looked at: a run that was stopped goes on there.
    """

    state = models.CharField(max_length=10, choices=states.SEARCH_STATES)
    engine = models.CharField(max_length=10)
    weights_version = models.SmallIntegerField(null=True, blank=True)
    begun_by = models.CharField(max_length=120)
    begun_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    total = models.BigIntegerField(default=0)
    done = models.BigIntegerField(default=0)
    found = models.BigIntegerField(default=0)
    reached = models.BigIntegerField(default=0)
    failure = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "searches"
        indexes: ClassVar = [models.Index(fields=["authority_id", "-begun_at"], name="search_begun")]

    def __str__(self) -> str:
        return self.state


class Suspicion(CaseRow):
    """Two records that may be one person, found by a search and laid before somebody; once answered, for good.

    Where the other record is another council's, `other` is empty and `elsewhere` is all that is known of it here: its
    council and a bare reference.
    """

    search = models.ForeignKey(Search, on_delete=models.PROTECT, db_index=False, related_name="suspicions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="suspicions")
    other = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="suspicions_other"
    )
    elsewhere_council = models.SmallIntegerField(null=True, blank=True)
    elsewhere = models.UUIDField(null=True, blank=True)
    strength = models.CharField(max_length=16)
    bits = models.FloatField()
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=states.SUSPICION_STATES)
    answered_by = models.BigIntegerField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)
    shut = models.BooleanField(default=False)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "state", "-bits", "id"], name="suspicion_state"),
            models.Index(fields=["authority_id", "person"], name="suspicion_person"),
        ]

    def __str__(self) -> str:
        return self.state
