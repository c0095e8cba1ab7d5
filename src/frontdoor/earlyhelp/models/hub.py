"""What the hub decides: which help fits, to whom a family is offered, what a look at it finds. Written once."""

from typing import ClassVar

from django.db import models

from frontdoor.actors.models import CaseRow
from frontdoor.contacts.models import Contact
from frontdoor.earlyhelp.models.episodes import Episode
from frontdoor.earlyhelp.rules import hub
from frontdoor.earlyhelp.rules.taking import KINDS


class Triage(CaseRow):
    """Which help fits, and why; the newest stands. `document` is the threshold document in force on the day."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, db_index=False, related_name="triages")
    outcome = models.CharField(max_length=16, choices=hub.TRIAGES)
    level = models.CharField(max_length=2, choices=hub.LEVELS)
    document = models.CharField(max_length=60, blank=True)
    needs = models.TextField()
    why = models.TextField()
    heard = models.TextField(blank=True)
    unheard = models.CharField(max_length=300, blank=True)
    alternatives = models.TextField(blank=True)
    by_user = models.BigIntegerField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "episode", "id"], name="triage_of_episode")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(outcome="targeted") | ~models.Q(alternatives=""), name="triage_names_alternatives"
            ),
            models.CheckConstraint(
                condition=~models.Q(heard="") | ~models.Q(unheard=""), name="triage_heard_the_children_or_says_why_not"
            ),
        ]

    def __str__(self) -> str:
        return self.outcome


class Provider(CaseRow):
    """Who may take a family on: a team of the council or another agency, with the room that it has.

    `places` is what it last said it can take on; null where it never said. `said_at` is when it said so.
    """

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=KINDS)
    what = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    places = models.SmallIntegerField(null=True, blank=True)
    said = models.CharField(max_length=300, blank=True)
    said_by = models.CharField(max_length=200, blank=True)
    said_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "name", "id"], name="provider_of_council")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "name"], name="provider_once_a_name",
                condition=models.Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=models.Q(places__isnull=True) | models.Q(places__gte=0, said_at__isnull=False),
                name="provider_says_when",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Offer(CaseRow):
    """One offer of a family to somebody who may take it on, and the answer. The newest is the one that stands.

    `worker` is who takes the family on, by name; `answered_with` who of theirs said so.
    """

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, db_index=False, related_name="offers")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, db_index=False, related_name="+")
    words = models.TextField()
    by_user = models.BigIntegerField()
    at = models.DateTimeField()
    answer = models.CharField(
        max_length=10,
        choices=[("accepted", "Takes the family on"), ("declined", "Does not"), ("taken_back", "Taken back by us")],
        blank=True,
    )
    answered_with = models.CharField(max_length=200, blank=True)
    worker = models.CharField(max_length=200, blank=True)
    answer_words = models.TextField(blank=True)
    answered_by = models.BigIntegerField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority_id", "episode", "id"], name="offer_of_episode"),
            models.Index(fields=["authority_id", "provider", "id"], name="offer_to_provider"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority_id", "episode"], name="offer_one_outstanding", condition=models.Q(answer="")
            ),
            models.CheckConstraint(
                condition=~models.Q(answer="accepted") | ~models.Q(worker=""), name="offer_accepted_by_somebody"
            ),
            models.CheckConstraint(
                condition=~models.Q(answer="declined") | ~models.Q(answer_words=""), name="offer_declined_says_why"
            ),
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at__isnull=True)
                | models.Q(~models.Q(answer=""), answered_at__isnull=False),
                name="offer_answered_when_it_is",
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)


class Review(CaseRow):
    """One look at a family on the waiting list: what has changed, and who has seen the children."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, db_index=False, related_name="reviews")
    change = models.CharField(max_length=8, choices=hub.CHANGES)
    words = models.TextField()
    by_user = models.BigIntegerField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "episode", "id"], name="review_of_episode")]

    def __str__(self) -> str:
        return self.change


class Look(CaseRow):
    """One look for risk before early help ends; no family's refusal or silence ends it without one."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, db_index=False, related_name="looks")
    stopping = models.CharField(max_length=12, choices=hub.STOPS)
    finding = models.CharField(max_length=10, choices=hub.FINDINGS)
    known = models.TextField()
    tried = models.TextField()
    why = models.TextField()
    by_user = models.BigIntegerField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "episode", "id"], name="look_of_episode")]

    def __str__(self) -> str:
        return self.finding


class StepUp(CaseRow):
    """One time that a family went back to the front door: the contact that was made, and why."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, db_index=False, related_name="step_ups")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, db_index=False, related_name="+")
    why = models.TextField()
    by_user = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority_id", "episode", "id"], name="step_up_of_episode")]

    def __str__(self) -> str:
        return str(self.key)
