"""Early help for one family: its people, who has agreed to what, who tried to reach them, its history."""

from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.contacts.models import Contact, Matter, Named
from frontdoor.earlyhelp.rules import agreeing, hub, states

OPEN = models.Q(settled_at__isnull=True)


class Episode(CaseRow):
    """Early help for one family, from the request to its end.

    `contact` is the one whose slip opened it; slips of the same family join it. `received_at` is the first receipt by
    any part of the service, `opened_at` when the hub accepted. `due_at` follows the running clocks, as lists order by
    it. `stopping` says, while it is looked at for risk, whether the family refused or stopped answering.
    """

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, db_index=False, related_name="+")
    family = models.UUIDField()
    reference = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=states.STATES, default=states.State.REQUESTED.value)
    level = models.CharField(max_length=2, blank=True)
    received_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    opened_by = models.BigIntegerField(null=True, blank=True)
    team_id = models.BigIntegerField()
    holder = models.BigIntegerField(null=True, blank=True)
    stopping = models.CharField(max_length=12, choices=hub.STOPS, blank=True)
    due_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.BigIntegerField(null=True, blank=True)
    settled_why = models.TextField(blank=True)
    ending = models.CharField(max_length=20, choices=states.ENDINGS, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "due_at", "id"], name="episode_open", condition=OPEN),
            models.Index(fields=["authority_id", "contact"], name="episode_contact"),
            models.Index(fields=["authority_id", "family", "id"], name="episode_family"),
            models.Index(fields=["authority_id", "settled_at", "id"], name="episode_settled"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "family"], name="episode_one_a_family", condition=OPEN),
            models.UniqueConstraint(fields=["authority_id", "reference"], name="episode_once_a_reference"),
            models.CheckConstraint(
                condition=models.Q(state="closed", settled_at__isnull=False)
                | models.Q(~models.Q(state="closed"), settled_at__isnull=True),
                name="episode_settled_when_its_state_is",
            ),
            models.CheckConstraint(
                condition=models.Q(settled_at__isnull=True) | (~models.Q(settled_why="") & ~models.Q(ending="")),
                name="episode_ended_says_how_and_why",
            ),
            models.CheckConstraint(
                condition=models.Q(state="screening", stopping__in=[code for code, _ in hub.STOPS])
                | models.Q(~models.Q(state="screening"), stopping=""),
                name="episode_stopping_while_looked_at",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Member(CaseRow):
    """A child or an adult of the family, as the contact named them. Names stand there, and never here.

    `matter` and `slip` are how a child came. `named` is null where the contact could name no child. `same_as` is the
    row of the same child who was handed over twice: nothing is asked on this one.
    """

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, db_index=False, related_name="members")
    named = models.ForeignKey(Named, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+")
    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="+"
    )
    slip = models.UUIDField(null=True, blank=True)
    same_as = models.ForeignKey(
        "self", on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="again"
    )
    is_child = models.BooleanField()
    position = models.SmallIntegerField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "episode", "position", "id"], name="member_of_episode"),
            models.Index(fields=["authority_id", "matter"], name="member_matter"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority_id", "episode", "named"], name="member_once_a_person"),
            models.UniqueConstraint(fields=["authority_id", "slip"], name="member_once_a_slip"),
            models.CheckConstraint(
                condition=models.Q(is_child=True) | models.Q(matter__isnull=True, slip__isnull=True),
                name="member_adult_is_not_handed_over",
            ),
            models.CheckConstraint(
                condition=models.Q(named__isnull=False) | models.Q(slip__isnull=False), name="member_is_somebody"
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)


class Agreement(CaseRow):
    """What one person said about one purpose. Written once: the newest word stands, the others stay readable."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, db_index=False, related_name="agreements")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, db_index=False, related_name="agreements")
    purpose = models.CharField(max_length=10, choices=agreeing.PURPOSES)
    status = models.CharField(max_length=12, choices=agreeing.STATUSES)
    on = models.DateField()
    way = models.CharField(max_length=10, choices=agreeing.WAYS, blank=True)
    limits = models.CharField(max_length=1_000, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    why = models.CharField(max_length=1_000, blank=True)
    by_user = models.BigIntegerField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "episode", "id"], name="eh_agreement_of_episode")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(status="not_sought") | ~models.Q(why=""), name="eh_agreement_not_sought_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.status


class Attempt(CaseRow):
    """One time that somebody tried to reach the family, and whether they did. Written once."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, db_index=False, related_name="attempts")
    made_at = models.DateTimeField()
    way = models.CharField(max_length=10, choices=hub.REACHED_BY)
    reached = models.BooleanField()
    said = models.TextField(blank=True)
    by_user = models.BigIntegerField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "episode", "made_at"], name="attempt_of_episode")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(reached=False) | ~models.Q(said=""), name="attempt_reached_says_what"
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)


class Turn(CaseRow):
    """One line of the history. Written once."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, db_index=False, related_name="turns")
    kind = models.CharField(max_length=12, choices=states.LINES)
    text = models.TextField(blank=True)
    by_user = models.BigIntegerField(null=True, blank=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "episode", "at", "id"], name="eh_turn_of_episode")]

    def __str__(self) -> str:
        return self.kind
